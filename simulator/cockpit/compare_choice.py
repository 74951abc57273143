"""How does a planner choose what is compared? Chips, a list of scenarios to add, a name to keep one under."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from simulator.cockpit.compare_marks import sign
from simulator.cockpit.markup import Markup, tag
from simulator.cockpit.page_view import sending
from simulator.cockpit.shelf import LONGEST_TITLE, SHOWN
from simulator.cockpit.uploads import LARGEST_UPLOAD
from simulator.compare import FEWEST, MOST
from simulator.language import Language, say
from simulator.scenario_file import read_scenario, shipped_scenarios

if TYPE_CHECKING:
    from simulator.cockpit.session import Session


def title_of(session: "Session", name: str, language: Language) -> str:
    """What a scenario of the comparison is called."""
    if name == SHOWN:
        return say("compare.shown", language)
    if name in session.shelf.kept:
        return session.shelf.kept[name].title
    return shipped_title(name, language)


@cache
def shipped_title(name: str, language: Language) -> str:
    """The title of a scenario that travels with the product."""
    title = read_scenario(shipped_scenarios()[name]).sheet.title
    return title.get(language) or name


@cache
def shipped_reason(name: str, language: Language) -> str:
    """Why a scenario that travels with the product says what it says."""
    because = read_scenario(shipped_scenarios()[name]).sheet.because
    return because if isinstance(because, str) else because.get(language, "")


def choice(session: "Session", names: tuple[str, ...], after: Markup) -> Markup:
    """What is compared: take away, put first, add, keep, load."""
    language = session.language
    chips = [_chip(session, name, at, len(names)) for at, name in enumerate(names)]
    load = tag(
        "label",
        say("compare.load", language),
        tag(
            "input",
            type="file",
            accept=".yaml,.yml",
            data_send=sending("compare", change="upload"),
            data_largest=LARGEST_UPLOAD,
        ),
        class_="load",
    )
    heading = tag("h1", say("compare.page", language))
    row = tag(
        "div", heading, *chips, _adding(session, names), _keeping(session), load, class_="shelf"
    )
    return tag("header", row, after, class_="chosen")


def _chip(session: "Session", name: str, at: int, count: int) -> Markup:
    language = session.language
    title = title_of(session, name, language)
    if at == 0:
        base = tag("span", sign(at), f" {title}", tag("i", f" {say('compare.base', language)}"))
    else:
        told = say("compare.make_base", language, title=title)
        base = tag(
            "button",
            sign(at),
            f" {title}",
            type="button",
            aria_label=told,
            data_tip=told,
            data_send=sending("compare", change="base", name=name),
        )
    away = None
    if count > FEWEST:
        away = tag(
            "button",
            "×",
            type="button",
            aria_label=say("compare.remove", language, title=title),
            data_send=sending("compare", change="remove", name=name),
        )
    return tag("span", base, away, class_="chip")


def _adding(session: "Session", names: tuple[str, ...]) -> Markup:
    """A list that opens: what is on screen, the planner's own, and what travels with the product."""
    language = session.language
    groups = (
        ("compare.on_screen", [SHOWN]),
        ("compare.own", list(session.shelf.kept)),
        ("compare.shipped", list(shipped_scenarios())),
    )
    parts = [
        part
        for key, members in groups
        for part in _group(session, key, [name for name in members if name not in names])
    ]
    return tag(
        "details",
        tag("summary", say("compare.add", language, most=MOST), data_home="shelf"),
        tag("div", *parts),
        class_="drop add",
    )


def _group(session: "Session", key: str, members: Iterable[str]) -> list[Markup]:
    language = session.language
    lines = [_member(session, name) for name in members]
    return [tag("h3", say(key, language)), tag("ul", *lines)] if lines else []


def _member(session: "Session", name: str) -> Markup:
    language = session.language
    title = title_of(session, name, language)
    own = name in session.shelf.kept
    why = "" if own or name == SHOWN else shipped_reason(name, language)
    forget = None
    if own:
        forget = tag(
            "button",
            "×",
            type="button",
            aria_label=say("compare.forget", language, title=title),
            data_tip=say("compare.forget", language, title=title),
            data_send=sending("compare", change="forget", name=name),
        )
    add = tag(
        "button",
        tag("b", title),
        tag("span", f" {why}", class_="secondary") if why else None,
        type="button",
        data_send=sending("compare", change="add", name=name),
    )
    return tag("li", add, forget)


def _keeping(session: "Session") -> Markup:
    """A name for what is on screen, suggested, and the button that keeps it."""
    language = session.language
    label = say("compare.keep_title", language)
    field = tag(
        "input",
        name="title",
        maxlength=LONGEST_TITLE,
        value=say("compare.kept", language, number=session.shelf.next_number),
        aria_label=label,
    )
    form = tag(
        "form",
        tag("label", label, field),
        tag("button", say("compare.keep_now", language), type="submit"),
        data_send=sending("compare", change="keep"),
        class_="keep",
    )
    return tag(
        "details", tag("summary", say("compare.keep", language)), form, class_="drop keeping"
    )
