"""The page that puts two to six scenarios side by side."""

import csv
import io
import shlex
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from simulator.cockpit import frame
from simulator.cockpit.compare_view import heads, inputs, outcomes, verdicts
from simulator.cockpit.markup import Markup, tag
from simulator.cockpit.page_view import Page, grid, head, sending
from simulator.cockpit.pages import draw
from simulator.cockpit.session import Session
from simulator.cockpit.shelf import SHOWN
from simulator.cockpit.uploads import LARGEST_UPLOAD
from simulator.compare import COLUMNS, FEWEST, MOST, Comparison, as_rows, compare
from simulator.insight.comparison import markdown
from simulator.language import Language, say
from simulator.scenario import dump
from simulator.scenario_file import read_scenario, shipped_scenarios
from simulator.scorecard import Scorecard


def show() -> None:
    """Draw the comparison of what the planner chose."""
    session = frame.current()
    language = session.language
    names = tuple(session.side_by_side())
    titles = [title_of(session, name) for name in names]
    comparison = compared(session)
    flips, kept = verdicts(comparison, titles, language)
    html = tag(
        "div",
        head(say("compare.page", language), (), beside=choice(session, names)),
        heads(comparison, titles, language),
        grid("two", inputs(comparison, titles, language), outcomes(comparison, titles, language)),
        grid("two", flips, kept),
    )
    own = own_files(session, names)
    files = {"comparison.csv": _csv(comparison), "comparison.md": markdown(comparison, language)}
    command = shlex.join(["simulator", "compare", *(own.get(name, name) for name in names)])
    files |= {file: dump(session.scenario(session.moves_of(name))) for name, file in own.items()}
    draw(session, Page(html, files=files, command=command), "compare")


def own_files(session: Session, names: Iterable[str]) -> dict[str, str]:
    """The files of the scenarios that do not travel with the product, which the command needs."""
    return {
        name: f"{name.replace('.', '_')}.yaml"
        for name in names
        if name == SHOWN or name in session.shelf.kept
    }


def title_of(session: Session, name: str) -> str:
    """What a scenario of the comparison is called."""
    if name == SHOWN:
        return say("compare.shown", session.language)
    if name in session.shelf.kept:
        return session.shelf.kept[name].title
    return shipped_title(name, session.language)


@cache
def shipped_title(name: str, language: Language) -> str:
    """The title of a scenario that travels with the product."""
    title = read_scenario(shipped_scenarios()[name]).sheet.title or {}
    return title.get(language) or name


def compared(session: Session) -> Comparison:
    """The chosen scenarios held against each other, each under its own title."""
    cards = []
    for name, moves in session.side_by_side().items():
        title = title_of(session, name)
        cards.append(_named(session.card(moves), name, title))
    return compare(cards)


def _named(card: Scorecard, name: str, title: str) -> Scorecard:
    scenario = replace(card.projection.scenario, name=name, title_vi=title, title_en=title)
    return replace(card, projection=replace(card.projection, scenario=scenario))


def choice(session: Session, names: tuple[str, ...]) -> Markup:
    """What is compared: take away, put first, add, keep, load."""
    language = session.language
    chips = [_chip(session, name, at, len(names)) for at, name in enumerate(names)]
    others = [SHOWN, *session.shelf.kept, *shipped_scenarios()]
    options = [
        tag("option", title_of(session, name), value=name) for name in others if name not in names
    ]
    label = say("compare.add", language, most=MOST)
    add = tag(
        "select",
        tag("option", label, value=""),
        *options,
        class_="pick add",
        aria_label=label,
        data_send=sending("compare", change="add"),
        disabled="" if len(names) >= MOST else None,
    )
    keep_label = say("compare.keep_title", language)
    keep = tag(
        "form",
        tag("input", name="title", maxlength=40, placeholder=keep_label, aria_label=keep_label),
        tag("button", say("compare.keep", language), type="submit"),
        data_send=sending("compare", change="keep"),
        class_="keep",
    )
    load = tag(
        "label",
        say("bar.upload", language),
        tag(
            "input",
            type="file",
            accept=".yaml,.yml",
            data_send=sending("compare", change="upload"),
            data_largest=LARGEST_UPLOAD,
        ),
        class_="load",
    )
    own = own_files(session, names).values()
    saves = [
        tag("button", text, type="button", data_save=file, class_="link")
        for text, file in (
            (say("compare.save_csv", language), "comparison.csv"),
            (say("compare.save_markdown", language), "comparison.md"),
            *((file, file) for file in own),
        )
    ]
    if own:
        saves.insert(2, tag("span", say("compare.files", language), class_="secondary"))
    return tag("div", *chips, add, keep, load, *saves, class_="shelf")


def _chip(session: Session, name: str, at: int, count: int) -> Markup:
    language = session.language
    title = title_of(session, name)
    if at == 0:
        base = tag("span", title, tag("i", f" {say('compare.base', language)}"))
    else:
        told = say("compare.make_base", language, title=title)
        base = tag(
            "button",
            title,
            type="button",
            title=told,
            aria_label=told,
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


def _csv(comparison: Comparison) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(as_rows(comparison))
    return file.getvalue()
