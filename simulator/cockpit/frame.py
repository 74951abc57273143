"""What stands around every page? The session, the bar above it, and the page's own style."""

import gc
from datetime import UTC, tzinfo
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from simulator.batch import DEFAULT_SCENARIO, default_plan
from simulator.cockpit import components
from simulator.cockpit.gallery import Gallery
from simulator.cockpit.lever_panel import step_text, titles
from simulator.cockpit.notices import MOST_DECIMALS, Notice
from simulator.cockpit.session import Session
from simulator.cockpit.signing_in import sign_in, sign_out, visitor
from simulator.cockpit.uploads import LARGEST_UPLOAD
from simulator.cockpit.year_books import Books
from simulator.drawing.words import trimmed
from simulator.language import Language, say, show, unit_name
from simulator.ledger import open_ledger
from simulator.problem_words import problem_text
from simulator.report import FORMATS
from simulator.run import Workshop, product_version
from simulator.scenario import Scenario
from simulator.scorecard import Count, Distribution, Scorecard
from simulator.wording import signed

SESSION = "cockpit"
WORDS = (
    "pages",
    "share",
    "copied",
    "download",
    "upload",
    "language",
    "scenario",
    "adjust",
    "reset",
    "report",
    "report_making",
)


@st.cache_resource(show_spinner=False)
def shared() -> tuple[Workshop, Scorecard]:
    """Plans, models and the trend's scorecard, made once for all sessions and never changed.

    What lives until the end is frozen: Streamlit collects garbage after every run, before it sends
    the last of it, and would look through all of this each time a lever moves.
    """
    workshop = Workshop()
    name = default_plan()
    sheet = workshop.plan(name).sheet
    trend = Scenario(DEFAULT_SCENARIO, {}, {}, sheet.draws, sheet.seed, name)
    card = workshop.run(trend).card
    gc.collect()
    gc.freeze()
    return workshop, card


@st.cache_resource(show_spinner=False)
def gallery() -> Gallery:
    """The scenarios of comparisons that any session has run."""
    return Gallery()


@st.cache_resource(show_spinner=False)
def books() -> Books:
    """The log of what was observed, for all sessions; opened when a page first asks for it."""
    return Books(open_ledger)


def current() -> Session:
    """The state of this browser session, begun from the address."""
    if SESSION not in st.session_state:
        workshop, trend = shared()
        session = Session(workshop, default_plan(), trend, "vi", gallery(), books=books())
        session.visitor = visitor
        session.open_address(st.query_params.to_dict())
        st.session_state[SESSION] = session
    found: Session = st.session_state[SESSION]
    found.zone = _zone()
    return found


def _zone() -> tzinfo:
    """Where the browser's clock stands; the world's where that is not known here."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def heard(key: str) -> None:
    """Hand a component's event to the session, before the page is drawn.

    An event may come late, when its page has been left and its component is no more.
    """
    event = st.session_state.get(key, {}).get("event")
    if not event:
        return
    if event.get("kind") == "sign_in":
        sign_out() if visitor().name else sign_in()
    else:
        current().handle(event)


def mount(component: Any, key: str, data: dict[str, Any]) -> None:
    """Draw a component whose events the session handles."""
    component(key=key, data=data, on_event_change=partial(heard, key))


def bar(session: Session, pages: dict[str, tuple[str, str]], page: str) -> None:
    """The bar above the page; on other pages than the overview also what the scenario changes."""
    language = session.language
    sheet = session.plan.sheet
    words = {word: say(f"bar.{word}", language) for word in WORDS}
    words["dismiss"] = say("board.dismiss", language)
    province = sheet.province.vi if language == "vi" else sheet.province.en
    data = {
        "language": language,
        "brand": say("bar.brand", language),
        "place": say("bar.place", language, province=province, year=sheet.plan_year),
        "title": f"{pages[page][0]} – {say('bar.brand', language)}",
        "base": st.context.url.rsplit("/", 1)[0] + "/"
        if page != "overview" and st.context.url
        else "",
        "pages": [
            {"id": key, "title": title, "path": path, "current": key == page}
            for key, (title, path) in pages.items()
        ],
        "words": words,
        "yaml": session.yaml(),
        "file": "scenario.yaml",
        "largest": LARGEST_UPLOAD,
        "page": page,
        "report": {
            "making": session.handing is not None,
            "formats": [[shape, say(f"bar.report_{shape}", language)] for shape in FORMATS],
        },
        "scenario": None if page == "overview" else _scenario(session),
        "notices": [] if page == "overview" else [told(each, language) for each in session.notices],
    }
    mount(components.bar, "bar", data)


def _scenario(session: Session) -> dict[str, Any]:
    language, plan, moves = session.language, session.plan, session.moves
    count, trend = session.card().count, session.trend.count
    chips = []
    names = list(moves.changes)
    for name, title in zip(names, titles(names, plan.catalogue, language), strict=True):
        row = plan.catalogue.assumptions[name]
        step = step_text(row, row.centre, moves.changes[name].centre, language)
        chips.append({"name": name, "text": f"{title} {step}"})
    for name, value in moves.typed_baselines.items():
        target = plan.targets[name]
        unit = unit_name(target.unit, language)
        glue = "" if unit.startswith("%") or not unit else " "
        typed = f"{trimmed(value, MOST_DECIMALS, language)}{glue}{unit}"
        year = plan.sheet.base_year
        text = say("bar.typed", language, name=target.short(language), value=typed, year=year)
        chips.append({"name": name, "text": text})
    return {
        "title": say("bar.scenario_title", language, count=len(chips)),
        "chips": chips,
        "count": say("bar.count", language, mean=_mean(count.plan, language), scored=count.scored),
        "change": _change(count, trend, language),
        "resolution": say(
            "bar.resolution",
            language,
            low=_mean(count.resolution_low, language),
            high=_mean(count.resolution_high, language),
            judged=count.judged,
        ),
    }


def _mean(distribution: Distribution | None, language: Language) -> str:
    return "" if distribution is None else show(distribution.mean, 1, language)


def _change(count: Count, trend: Count, language: Language) -> dict[str, Any] | None:
    """How far the expected number lies from the trend's, unless nothing of it is seen."""
    if count.plan is None or trend.plan is None:
        return None
    move = count.plan.mean - trend.plan.mean
    text = signed(move, 1, language)
    return {"text": text, "up": move > 0} if text.startswith(("+", "−")) else None


def footer(session: Session) -> dict[str, Any]:
    """What reproduces the numbers on screen, and the line that does it in a shell."""
    language, sheet = session.language, session.plan.sheet
    facts = [
        say("foot.version", language, version=product_version()),
        say("foot.plan", language, plan=session.plan.name),
        say("foot.hash", language, hash=session.hash()),
        say("foot.seed", language, seed=sheet.seed),
        say("foot.draws", language, draws=show(sheet.draws, 0, language)),
    ]
    return {"facts": facts, "command": session.command()}


def told(notice: Notice, language: Language) -> str:
    """A notice in the language of the page."""
    said = say(notice.key, language, **notice.filled(language))
    if notice.problem is None:
        return said
    return f"{said} {problem_text(notice.problem, language, file=False)}"
