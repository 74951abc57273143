"""The page that puts two to six scenarios side by side."""

import csv
import io
import shlex
from collections.abc import Iterable
from dataclasses import replace

from simulator.cockpit import frame
from simulator.cockpit.compare_choice import choice, title_of
from simulator.cockpit.compare_marks import FEW
from simulator.cockpit.compare_tables import inputs, outcomes
from simulator.cockpit.compare_verdicts import verdicts
from simulator.cockpit.compare_view import heads
from simulator.cockpit.markup import Markup, tag
from simulator.cockpit.page_view import Page, grid, notes
from simulator.cockpit.pages import draw
from simulator.cockpit.session import Session
from simulator.cockpit.shelf import LONGEST_ADDRESS, SHOWN, file_stem
from simulator.compare import COLUMNS, Comparison, as_rows, compare
from simulator.insight.comparison import markdown
from simulator.language import Language, say
from simulator.language import show as written
from simulator.scenario import Scenario, dump
from simulator.scorecard import Scorecard

TONGUES: tuple[Language, Language] = ("vi", "en")
CSV, MARKDOWN = "comparison.csv", "comparison.md"


def show() -> None:
    """Draw the comparison of what the planner chose."""
    session = frame.current()
    language = session.language
    names = tuple(session.side_by_side())
    titles = [title_of(session, name, language) for name in names]
    comparison = compared(session)
    own = own_files(session, names)
    flips, kept = verdicts(comparison, titles, language)
    beside = "two" if len(names) <= FEW else "one"
    html = tag(
        "div",
        choice(session, names, saved(comparison, own.values(), session)),
        too_long(session),
        heads(comparison, titles, language),
        grid(beside, inputs(comparison, titles, language), outcomes(comparison, titles, language)),
        grid(f"{beside} words", flips, kept),
    )
    files = {CSV: _csv(comparison), MARKDOWN: markdown(comparison, language)}
    files |= {file: own_file(session, name) for name, file in own.items()}
    command = shlex.join(["simulator", "compare", *(own.get(name, name) for name in names)])
    about = say("compare.scenarios", language, count=len(names))
    draw(session, Page(html, files=files, command=command, about=about), "compare")


def own_files(session: Session, names: Iterable[str]) -> dict[str, str]:
    """The files of the scenarios that do not travel with the product, which the command needs."""
    return {
        name: f"{file_stem(name)}.yaml"
        for name in names
        if name == SHOWN or name in session.shelf.kept
    }


def own_file(session: Session, name: str) -> str:
    """A scenario of the planner's as the file that the command reads, with its title."""
    return dump(_titled(session, name, session.scenario(session.moves_of(name))))


def compared(session: Session) -> Comparison:
    """The chosen scenarios held against each other, called as their files are."""
    return compare([_named(session, name) for name in session.side_by_side()])


def _named(session: Session, name: str) -> Scorecard:
    card = session.compared_card(name)
    scenario = _titled(session, name, card.projection.scenario)
    return replace(card, projection=replace(card.projection, scenario=scenario))


def _titled(session: Session, name: str, scenario: Scenario) -> Scenario:
    vi, en = (title_of(session, name, language) for language in TONGUES)
    return replace(scenario, name=file_stem(name), title_vi=vi, title_en=en)


def saved(comparison: Comparison, files: Iterable[str], session: Session) -> Markup:
    """What can be saved, and how differences are to be read."""
    language = session.language
    how = "compare.how_apart" if None in comparison.against else "compare.how"
    buttons = [
        _saving(say("compare.save_csv", language), CSV),
        _saving(say("compare.save_markdown", language), MARKDOWN),
    ]
    own = [_saving(file, file) for file in files]
    needed = tag("span", say("compare.files", language), class_="secondary") if own else None
    told = tag("span", say(how, language), class_="secondary how")
    return tag("div", told, *buttons, needed, *own, class_="saved")


def _saving(text: str, file: str) -> Markup:
    return tag("button", text, type="button", data_save=file, class_="link")


def too_long(session: Session) -> Markup | None:
    """A warning where the address may be cut on its way."""
    length, language = len(session.address()), session.language
    if length <= LONGEST_ADDRESS:
        return None
    sizes = {"length": length, "most": LONGEST_ADDRESS}
    told = {key: written(size, 0, language) for key, size in sizes.items()}
    return notes([say("compare.long_address", language, **told)])


def _csv(comparison: Comparison) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(as_rows(comparison))
    return file.getvalue()
