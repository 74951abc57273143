"""How is a comparison of scenarios written? Small tables of words, for shell, page and Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.assumptions import Setting
from simulator.compare import Comparison, Input, Outcome
from simulator.insight.naming import title, value_text
from simulator.language import Language, say, show
from simulator.projection import Model
from simulator.scorecard import Count
from simulator.wording import chance_text, resolution_text, shown_decimals, signed, title_of


@dataclass(frozen=True)
class WordTable:
    """A table that is written already: what it is about, its head, and its rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def word_tables(comparison: Comparison, language: Language) -> Iterator[WordTable]:
    """What differs between scenarios: inputs, outcomes, verdicts, counts."""
    scenarios = tuple(card.projection.scenario.title(language) for card in comparison.cards)
    yield WordTable(
        say("compare.inputs", language),
        (say("compare.input", language), *scenarios),
        tuple(input_texts(comparison, found, language) for found in comparison.inputs),
    )
    outcomes = [outcome for outcome in comparison.outcomes if outcome.differs]
    same = len(comparison.outcomes) - len(outcomes)
    yield WordTable(
        say("compare.outcomes", language, same=same),
        (say("column.target", language), *scenarios),
        tuple(_outcome(outcome, language) for outcome in outcomes),
    )
    yield WordTable(
        say("compare.verdicts", language),
        (say("column.target", language), *scenarios),
        tuple(_verdict(outcome, language) for outcome in comparison.outcomes if outcome.flips),
    )
    yield WordTable(
        say("compare.counts", language),
        ("", *scenarios),
        tuple(_counts(comparison, language)),
    )


def input_texts(comparison: Comparison, found: Input, language: Language) -> tuple[str, ...]:
    """An input's name, and what each scenario says of it."""
    model = comparison.cards[0].projection.model
    if found.kind in {"draws", "seed"}:
        values = (f"{value:.0f}" if isinstance(value, float) else "" for value in found.values)
        return (say(f"compare.{found.kind}", language), *values)
    name = title(model, found.name, language)
    if found.kind == "typed_baseline":
        name = say("compare.baseline", language, name=name)

    return (
        name,
        *(
            setting_words(model, found.name, value, language)
            if isinstance(value, Setting)
            else value_text(model, found.name, value, language)
            for value in found.values
        ),
    )


def setting_words(model: Model, name: str, setting: Setting, language: Language) -> str:
    """What a scenario says of an assumption: its centre, with quantiles, or exactly what."""

    def written(value: float | None) -> str:
        return value_text(model, name, value, language)

    centre = written(setting.centre)
    if setting.fixed:
        return say("compare.fixed", language, value=centre)
    if setting.p10 is None:
        return centre
    return f"{centre} ({written(setting.p10)} – {written(setting.p90)})"


def _outcome(outcome: Outcome, language: Language) -> tuple[str, ...]:
    decimals = max(shown_decimals(row) for row in outcome.rows)
    cells = []
    for at, (median, chance) in enumerate(zip(outcome.medians, outcome.chances, strict=True)):
        parts = []
        for value, first, digits, text in (
            (median, outcome.medians[0], decimals, _number(median, decimals, language)),
            (chance, outcome.chances[0], 2, _chance(chance, language)),
        ):
            if value is not None:
                parts.append(text)
            if at and value is not None and first is not None and value != first:
                parts[-1] += f" ({signed(value - first, digits, language)})"
        cells.append("; ".join(parts))
    return (title_of(outcome.rows[0], language), *cells)


def _number(value: float | None, decimals: int, language: Language) -> str:
    return "" if value is None else show(value, decimals, language)


def _chance(chance: float | None, language: Language) -> str:
    return "" if chance is None else chance_text(chance, language)


def _verdict(outcome: Outcome, language: Language) -> tuple[str, ...]:
    cells = []
    for row, verdict in zip(outcome.rows, outcome.verdicts, strict=True):
        parts = [_chance(row.plan_chance, language)]
        if verdict is not None:
            word, bound = say(f"compare.{verdict}", language), resolution_text(row, language)
            told = word if word == bound else f"{word}, {bound}"
            parts.append(say("compare.resolution", language, verdict=told))
        cells.append("; ".join(part for part in parts if part))
    return (title_of(outcome.rows[0], language), *cells)


def _counts(comparison: Comparison, language: Language) -> Iterator[tuple[str, ...]]:
    counts = [card.count for card in comparison.cards]
    first = comparison.expected[0]
    expected = []
    for at, (count, mean) in enumerate(zip(counts, comparison.expected, strict=True)):
        text = show(mean, 1, language)
        if at and mean != first:
            text += f" ({signed(mean - first, 2, language)})"
        interval = "" if count.plan is None else f" [{count.plan.p05}–{count.plan.p95}]"
        expected.append(text + interval)
    yield say("compare.expected", language, scored=counts[0].scored), *expected
    judged = counts[0].judged
    resolution = (_bounds(count, language) for count in counts)
    yield say("compare.resolution_count", language, judged=judged), *resolution
    structure = (_chance(count.structure, language) for count in counts)
    yield say("compare.structure", language), *structure
    cells = [""]
    for against in comparison.against[1:]:
        if against is None:
            cells.append(say("compare.drawn_differently", language))
            continue
        shares = {
            key: f"{show(100 * share, 0, language)}%"
            for key, share in (
                ("more", against.more),
                ("same", against.same),
                ("fewer", against.fewer),
            )
        }
        cells.append(say("compare.against_cell", language, **shares))
    yield say("compare.against", language), *cells


def _bounds(count: Count, language: Language) -> str:
    if count.resolution_low is None or count.resolution_high is None:
        return ""
    low, high = (
        show(part.mean, 1, language) for part in (count.resolution_low, count.resolution_high)
    )
    return f"{low}–{high}"


def markdown(comparison: Comparison, language: Language) -> str:
    """A comparison as Markdown: a heading and a table for each part."""
    parts = []
    for table in word_tables(comparison, language):
        lines = [f"## {table.title}", ""]
        if table.rows:
            lines.append(_line(table.head))
            lines.append(_line([":--", *["--:"] * (len(table.head) - 1)]))
            lines += [_line(row) for row in table.rows]
        else:
            lines.append(say("compare.nothing", language))
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _line(cells: Any) -> str:
    escaped = (str(cell).replace("\\", "\\\\").replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
