"""Which tables tell how targets fare? The whole board, its summary by word, and what needs work."""

from collections.abc import Iterator

from simulator.language import Language, say, show, show_chance
from simulator.likelihood import likelihood, likelihoods
from simulator.report.parts import Amount, Cell, Chance, Column, Table
from simulator.run import Result
from simulator.scorecard import TargetScore
from simulator.wording import MARKS, footnotes, resolution_text, shown_decimals, title_of

MOST_AT_RISK = 10


def chance_cell(chance: float | None, language: Language) -> Chance | None:
    """A chance as a table shows it."""
    if chance is None:
        return None
    band = likelihood(chance)
    word = band.vi if language == "vi" else band.en
    return Chance(band, show_chance(chance, language), word)


def amount(value: float | None, decimals: int, *, sign: bool = False) -> Amount | None:
    """A number of a table, or nothing."""
    return None if value is None else Amount(value, decimals, "signed" if sign else "plain")


def words_table(result: Result, language: Language) -> Table:
    """The targets that count, by the word of their chance, from the most likely."""
    counted = [row for row in result.card.rows.values() if row.counted]
    rows: list[tuple[Cell, ...]] = []
    for band in likelihoods():
        names = [_listed(row, language) for row in counted if row.word == band.code]
        word = band.vi if language == "vi" else band.en
        if names:
            cell = Chance(band, word, "")
            rows.append((cell, Amount(len(names)), "; ".join(names)))
    columns = (
        Column(say("report.column.word", language), 1.6),
        Column(say("report.column.count", language), 0.8, right=True),
        Column(say("report.column.targets", language), 5),
    )
    return Table(columns, tuple(rows))


def _listed(row: TargetScore, language: Language) -> str:
    """A title among others: a short one that leans on the row above it does not stand alone."""
    short = row.target.short(language)
    return row.target.title(language) if short[:1].islower() else short


def risk_table(result: Result, language: Language) -> Table:
    """The counted targets that are least likely met, with what falls short and what is to do."""
    rows = [row for row in result.card.rows.values() if row.counted and row.quantiles is not None]
    rows = [row for row in rows if row.action not in {None, "keep"}]
    rows.sort(key=lambda row: row.plan_chance or 0.0)
    sheet = result.card.projection.plan.sheet
    columns = (
        Column(say("column.target", language), 3.4),
        Column(say("report.column.median", language, year=sheet.plan_year), 1.2, right=True),
        Column(say("column.plan", language, year=sheet.plan_year), 1.2, right=True),
        Column(say("column.distance", language), 1.2, right=True),
        Column(say("column.chance", language), 1.9),
        Column(say("column.action", language), 1.1),
    )
    return Table(columns, tuple(_risk(row, language) for row in rows[:MOST_AT_RISK]))


def _risk(row: TargetScore, language: Language) -> tuple[Cell, ...]:
    decimals = shown_decimals(row)
    return (
        title_of(row, language),
        amount(row.quantiles[1] if row.quantiles else None, decimals),
        amount(row.target.target, decimals),
        amount(row.distance, decimals, sign=True),
        chance_cell(row.plan_chance, language),
        say(f"action.{row.action}", language) if row.action else "",
    )


def board_table(result: Result, language: Language) -> Table:
    """Every target of the plan, in its order, under its sector."""
    sheet = result.card.projection.plan.sheet
    columns = (
        Column(say("report.column.number", language), 0.6, right=True),
        Column(say("column.target", language), 3.7),
        Column(say("column.base", language, year=sheet.base_year), 1.3, right=True),
        Column(say("report.column.median", language, year=sheet.plan_year), 1.3, right=True),
        Column(say("column.range", language), 2.3, right=True),
        Column(say("column.plan", language, year=sheet.plan_year), 1.3, right=True),
        Column(say("column.distance", language), 1.3, right=True),
        Column(say("column.chance", language), 2.6),
        Column(say("column.resolution", language), 1.45),
        Column(say("column.verdict", language), 1.2),
        Column(say("column.action", language), 1.3),
        Column(say("column.evidence", language), 1.2),
    )
    rows = list(result.card.rows.values())
    groups = {}
    for at, row in enumerate(rows):
        if not at or rows[at - 1].target.sector != row.target.sector:
            groups[at] = say(f"sector.{row.target.sector}", language)
    cells = tuple(_board(at, row, language) for at, row in enumerate(rows, 1))
    return Table(columns, cells, groups=groups, notes=tuple(board_notes(result, language)))


def _board(at: int, row: TargetScore, language: Language) -> tuple[Cell, ...]:
    decimals = shown_decimals(row)
    p10, p50, p90 = row.quantiles or (None, None, None)
    spread = (
        ""
        if p10 is None or p90 is None
        else f"{show(p10, decimals, language)}–{show(p90, decimals, language)}"
    )
    return (
        Amount(at),
        title_of(row, language) + MARKS.get(row.reason, ""),
        amount(row.base, decimals),
        amount(p50, decimals),
        spread,
        amount(row.target.target, decimals),
        amount(row.distance, decimals, sign=True),
        chance_cell(row.plan_chance, language),
        resolution_text(row, language),
        say(f"verdict.{row.verdict or 'none'}", language),
        say(f"action.{row.action}", language) if row.action else "",
        row.evidence,
    )


def board_notes(result: Result, language: Language) -> Iterator[str]:
    """How the board is read."""
    yield say("report.board_note", language)
    yield from (line.strip() for line in footnotes(result, language))
