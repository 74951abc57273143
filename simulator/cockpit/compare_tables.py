"""In what do scenarios differ, and what comes of it? Levers and medians, a column for each scenario."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.assumptions import Setting
from simulator.cockpit.board_view import board_decimals, picture
from simulator.cockpit.compare_marks import columns, mark
from simulator.cockpit.lever_panel import value_text
from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.page_view import card
from simulator.compare import Comparison, Input, Outcome
from simulator.drawing import svg
from simulator.insight.comparison import input_texts
from simulator.insight.differing import is_better, largest_shift, printed_move, shift
from simulator.language import Language, say, unit_name
from simulator.wording import number_or_blank, signed

PLOT, PLOT_HEIGHT = 108.0, 14.0
FIRST_LEVERS, FIRST_OUTCOMES = 12, 8
MOST_NAMED = 2
"""Outcomes that a sentence names."""


@dataclass(frozen=True)
class Lines:
    """A table of a comparison: heads of its columns, its rows, and how many are seen at first."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    first: int


def panel(title: str, *parts: Markup | None) -> Markup:
    """A card whose tables scroll sideways by themselves where there is no room."""
    inner = tag("div", join(parts), class_="wide", tabindex="0", role="region", aria_label=title)
    return card(inner, title=title)


def folded(lines: Lines, name: str, language: Language) -> Markup:
    """A table of which the first rows are seen, and a button for all; what is the same, in words."""
    if not lines.rows:
        return tag("p", say("compare.nothing", language))
    body = [
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            *(tag("td", cell) for cell in row[1:]),
            class_="rest" if at >= lines.first else None,
        )
        for at, row in enumerate(lines.rows)
    ]
    heads = tag("tr", *(tag("th", cell, scope="col") for cell in lines.heads))
    made = tag("table", tag("thead", heads), tag("tbody", *body), class_="folded")
    if len(lines.rows) <= lines.first:
        return made
    more = tag(
        "button",
        say("compare.show_all", language, count=len(lines.rows)),
        type="button",
        class_="link",
        aria_expanded="false",
        data_unfold=name,
        data_fewer=say("compare.show_fewer", language),
    )
    return join((made, more))


def inputs(comparison: Comparison, titles: Sequence[str], language: Language) -> Markup:
    """The levers that differ, on their range and in numbers; those of the first screen first."""
    catalogue = comparison.cards[0].projection.plan.catalogue.assumptions
    moved = [found for found in comparison.inputs if found.kind == "assumption"]
    others = [found for found in comparison.inputs if found.kind != "assumption"]
    ordered = [*others, *sorted(moved, key=lambda found: not catalogue[found.name].front)]
    rows = []
    for found in ordered:
        name, *texts = input_texts(comparison, found, language)
        if found.kind == "assumption":
            name = catalogue[found.name].short(language)
        cells = [
            tag("span", "=", class_="secondary") if at and value == found.values[0] else text
            for at, (text, value) in enumerate(zip(texts, found.values, strict=True))
        ]
        rows.append([name, _range(comparison, found, titles, language), *cells])
    heading = [say("compare.levers_differ", language), "", *columns(titles)]
    same = say("compare.same_levers", language, count=len(catalogue) - len(moved))
    note = f"{same} {say('compare.equal_levers', language)}"
    return panel(
        say("compare.inputs", language),
        folded(Lines(heading, rows, FIRST_LEVERS), "inputs", language),
        tag("p", note, class_="secondary"),
    )


def _range(
    comparison: Comparison, found: Input, titles: Sequence[str], language: Language
) -> Markup:
    row = comparison.cards[0].projection.plan.catalogue.assumptions.get(found.name)
    if row is None:
        return Markup()
    centres = [value.centre for value in found.values if isinstance(value, Setting)]

    def x(value: float) -> float:
        return 6 + (PLOT - 12) * (value - row.low) / (row.high - row.low or 1)

    middle = PLOT_HEIGHT / 2
    parts = [
        svg.line((0, middle), (PLOT, middle), width=1.5),
        svg.line((x(min(centres)), middle), (x(max(centres)), middle), colour="edge", width=1.5),
        *(mark(at, x(value), middle) for at, value in reversed(list(enumerate(centres)))),
    ]
    said = "; ".join(
        f"{title}: {value_text(row, value, language)}"
        for title, value in zip(titles, centres, strict=True)
    )
    return picture(PLOT, PLOT_HEIGHT, said, parts)


def outcomes(comparison: Comparison, titles: Sequence[str], language: Language) -> Markup:
    """Medians and their differences from the base, those that differ most against their spread first."""
    projected = [
        outcome
        for outcome in comparison.outcomes
        if any(value is not None for value in outcome.medians)
    ]
    ordered = sorted(projected, key=lambda outcome: -largest_shift(outcome))
    year = comparison.cards[0].projection.plan.sheet.plan_year
    heading = [
        say("compare.median", language, year=year),
        say("compare.plan", language),
        *columns(titles),
    ]
    rows = [_outcome(outcome, language) for outcome in ordered]
    return panel(
        say("compare.medians", language),
        folded(Lines(heading, rows, FIRST_OUTCOMES), "outcomes", language),
        tag("p", say("compare.equal_note", language), class_="secondary"),
        summary(comparison, titles, language),
    )


def _outcome(outcome: Outcome, language: Language) -> list[str]:
    base = outcome.rows[0]
    decimals = board_decimals(base)
    unit = unit_name(base.target.unit, language)
    title = base.target.short(language)
    cells: list[str] = [
        f"{title}, {unit}" if unit else title,
        number_or_blank(base.target.target, decimals, language),
    ]
    for at, value in enumerate(outcome.medians):
        shown = number_or_blank(value, decimals, language) or "–"
        move = printed_move(outcome, at, decimals)
        if not at or move is None:
            cells.append(shown if at else tag("b", shown))
            continue
        better = is_better(base.target, move)
        kind = "secondary" if better is None else "up" if better else "down"
        told = signed(move, decimals, language) if move else "="
        cells.append(join((tag("span", shown), " ", tag("span", told, class_=f"by {kind}"))))
    return cells


def summary(comparison: Comparison, titles: Sequence[str], language: Language) -> Markup:
    """A sentence for each scenario: the expected number and what differs most, against the base."""
    sentences = []
    for at, title in enumerate(titles):
        if not at:
            continue
        shifts = [(abs(shift(outcome, at)), outcome) for outcome in comparison.outcomes]
        moved = [outcome for _, outcome in sorted(shifts, key=lambda pair: -pair[0])]
        named = [told for one in moved if (told := _named(one, at, language))][:MOST_NAMED]
        expected = signed(comparison.expected[at] - comparison.expected[0], 1, language)
        key = "compare.sentence" if named else "compare.sentence_still"
        values = {"title": title, "expected": expected} | (
            {"moves": "; ".join(named)} if named else {}
        )
        sentences.append(tag("li", say(key, language, **values)))
    return tag("ul", *sentences, class_="told")


def _named(outcome: Outcome, at: int, language: Language) -> str:
    """An outcome and its difference in the difference's unit, or nothing where none is printed."""
    target = outcome.rows[0].target
    decimals = board_decimals(outcome.rows[0])
    move = printed_move(outcome, at, decimals)
    if not move:
        return ""
    unit = unit_name(target.unit, language)
    unit = unit_name("percentage_points", language) if unit.startswith("%") else unit
    return f"{target.short(language)} {signed(move, decimals, language)} {unit}".rstrip()
