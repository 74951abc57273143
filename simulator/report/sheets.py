"""Which sheets does a workbook have, and what stands in them? Numbers as numbers, one row a thing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from simulator.compare import COLUMNS as COMPARED
from simulator.compare import as_rows, compare
from simulator.insight.citation import document_text
from simulator.insight.method import hindsight_table, inconsistency_table, judgement_table
from simulator.insight.naming import manner, title
from simulator.insight.splitting import control_text, lever_text
from simulator.insight.tracking import board, observation_table, pace_table
from simulator.language import Language, say, unit_name
from simulator.likelihood import likelihood
from simulator.report.board import amount
from simulator.report.inputs import changed
from simulator.report.material import Material
from simulator.report.numbers import MANY_LEVELS, quantities
from simulator.report.parts import Amount, Cell, Code
from simulator.report.trust import again_section, identity
from simulator.scorecard import TargetScore
from simulator.wording import headlines, shown_decimals

Row: TypeAlias = tuple[Cell, ...]
Made: TypeAlias = tuple[Sequence[tuple[str, float]], Sequence[Row]]
"""Columns with their widths, and rows."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the heads of its columns with their widths in letters, and its rows."""

    name: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[Row, ...]


def sheets(materials: Sequence[Material], language: Language) -> Iterator[Sheet]:
    """The sheets of one scenario or of several, where a column says which one a row is of."""
    makers: dict[str, Callable[[Material, Language], Made]]
    makers = {
        "scorecard": _scorecard,
        "changes": _changes,
        "quantities": _quantities,
        "draws": _draws,
        "split": _split,
        "tracking": _tracking,
        "provenance": _provenance,
    }
    if len(materials) > 1:
        yield _comparison(materials, language)
    for key, maker in makers.items():
        made = [(material, *maker(material, language)) for material in materials]
        columns = list(made[0][1])
        rows: list[Row] = []
        for material, _, found in made:
            own = (material.scenario.name,) if len(materials) > 1 else ()
            rows += [(*own, *row) for row in found]
        if len(materials) > 1:
            columns.insert(0, (say("report.column.scenario", language), 20))
        if rows or key in {"scorecard", "changes"}:
            yield Sheet(say(f"report.sheet.{key}", language), tuple(columns), tuple(rows))
    yield _doubts(materials[0], language)


def _heads(
    language: Language, *columns: tuple[str, float], **years: int
) -> list[tuple[str, float]]:
    return [
        (say(key, language, **years) if years else say(key, language), width)
        for key, width in columns
    ]


def _scorecard(material: Material, language: Language) -> Made:
    sheet = material.card.projection.plan.sheet
    base, year = sheet.base_year, sheet.plan_year
    columns = [
        (say("report.column.sector", language), 16),
        (say("column.target", language), 46),
        (say("report.column.unit", language), 14),
        (say("column.base", language, year=base), 12),
        ("P10", 12),
        (say("report.column.median", language, year=year), 14),
        ("P90", 12),
        (say("column.plan", language, year=year), 14),
        (say("column.distance", language), 14),
        (say("column.chance", language), 12),
        (say("report.column.word", language), 22),
        (say("report.column.resolution_low", language), 14),
        (say("report.column.resolution_high", language), 14),
        (say("column.verdict", language), 18),
        (say("column.action", language), 14),
        (say("column.evidence", language), 11),
        (say("report.column.note", language), 34),
        (say("report.column.name", language), 30),
    ]
    return columns, [_target(row, base, language) for row in material.card.rows.values()]


def _target(row: TargetScore, year: int, language: Language) -> Row:
    decimals = shown_decimals(row)
    p10, p50, p90 = row.quantiles or (None, None, None)
    low, high = row.resolution or (None, None)
    band = likelihood(row.plan_chance) if row.plan_chance is not None else None
    return (
        say(f"sector.{row.target.sector}", language),
        row.target.title(language),
        unit_name(row.target.unit, language),
        amount(row.base, decimals),
        amount(p10, decimals),
        amount(p50, decimals),
        amount(p90, decimals),
        amount(row.target.target, decimals),
        amount(row.distance, decimals, sign=True),
        _share(row.plan_chance),
        "" if band is None else band.vi if language == "vi" else band.en,
        _share(low),
        _share(high),
        say(f"verdict.{row.verdict or 'none'}", language),
        say(f"action.{row.action}", language) if row.action else "",
        row.evidence,
        say(f"reason.{row.reason}", language, year=year) if row.reason else "",
        row.name,
    )


def _share(value: float | None, decimals: int = 0) -> Amount | None:
    return None if value is None else Amount(value, decimals, "percent")


def _changes(material: Material, language: Language) -> Made:
    model = material.model
    columns = _heads(
        language,
        ("column.assumption", 46),
        ("report.column.unit", 12),
        ("column.catalogue", 12),
        ("report.column.scenario", 14),
        ("report.column.p10", 10),
        ("report.column.p90", 10),
        ("report.column.fixed", 14),
        ("explain.control", 18),
        ("report.column.evidence", 60),
        ("report.column.name", 30),
    )
    rows: list[Row] = []
    for row, before, after in changed(material):
        scale, unit, _ = manner(model, row.name, after.centre)
        _, _, places = manner(model, row.name, before.centre)
        _, _, more = manner(model, row.name, after.centre)
        shown = _shown(scale, max(places, more))
        rows.append(
            (
                row.title(language),
                unit_name(unit, language),
                shown(before.centre),
                shown(after.centre),
                shown(after.p10),
                shown(after.p90),
                say("yes", language) if after.fixed else "",
                control_text(row.control, language),
                row.reason(language),
                row.name,
            )
        )
    year = material.card.projection.plan.sheet.base_year
    for name, value in material.scenario.typed_baselines.items():
        scale, unit, places = manner(model, name, value)
        told = say("compare.baseline", language, name=title(model, name, language))
        reason = say("report.typed", language, year=year)
        shown = _shown(scale, places)
        rows.append(
            (told, unit_name(unit, language), None, shown(value), *[None] * 4, reason, name)
        )
    return columns, rows


def _shown(scale: float, decimals: int) -> Callable[[float | None], Amount | None]:
    manner_ = "plain" if scale == 1 else "percent"
    return lambda value: None if value is None else Amount(value, decimals, manner_)  # type: ignore[arg-type]


def _quantities(material: Material, language: Language) -> Made:
    columns = _heads(
        language,
        ("explain.quantity", 60),
        ("report.column.unit", 18),
        ("report.column.p10", 14),
        ("column.median", 14),
        ("report.column.p90", 14),
        ("report.column.name", 36),
    )
    return columns, _quantiles(material, (0.1, 0.5, 0.9), language)


def _draws(material: Material, language: Language) -> Made:
    columns = [
        (say("explain.quantity", language), 60.0),
        (say("report.column.unit", language), 18.0),
        *((f"P{100 * level:.0f}", 12.0) for level in MANY_LEVELS),
        (say("report.column.name", language), 36.0),
    ]
    return columns, _quantiles(material, MANY_LEVELS, language)


def _quantiles(material: Material, levels: tuple[float, ...], language: Language) -> list[Row]:
    found = quantities(material.card.projection, levels, language)
    return [
        (title(material.model, name, language), unit, *amounts, name)
        for name, unit, amounts in found
    ]


def _split(material: Material, language: Language) -> Made:
    columns = _heads(
        language,
        ("report.column.what", 46),
        ("explain.lever", 46),
        ("explain.control", 18),
        ("explain.share", 14),
        ("explain.before", 12),
        ("explain.after", 12),
    )
    rows: list[Row] = []
    for split in material.splits:
        chance = split.measure.kind == "chance"
        shown = (
            (lambda value: Amount(value, 1, "percent"))
            if chance
            else (lambda value: Amount(value, 2))
        )
        what = (
            title(material.model, split.measure.name, language)
            if chance
            else say("explain.number_met", language)
        )
        rows += [
            (
                what,
                lever_text(material.model, part, language),
                control_text(part.control, language),
                shown(part.share),
                shown(split.before),
                shown(split.after),
            )
            for part in split.parts
            if part.share
        ]
    return columns, rows


def _tracking(material: Material, language: Language) -> Made:
    tracked = material.result.tracked
    columns = [("", 40.0), *(("", 18.0) for _ in range(9))]
    rows: list[Row] = []
    if tracked is not None:
        for table in (observation_table, pace_table, board):
            words = table(tracked, language)
            if words.rows:
                rows += [(words.title,), words.head, *words.rows, ()]
    return columns, [(*row, *[None] * (len(columns) - len(row))) for row in rows]


def _provenance(material: Material, language: Language) -> Made:
    columns = _heads(language, ("report.column.fact", 30), ("report.column.told", 110))
    rows: list[Row] = list(identity(material, language))
    rows += [
        (say("report.headline", language), line) for line in headlines(material.result, language)
    ]
    codes = [
        block.text for block in again_section(material, language).blocks if isinstance(block, Code)
    ]
    rows += [
        (say("report.reproduce", language), line)
        for code in codes
        for line in code.rstrip("\n").split("\n")
    ]
    sources = material.card.projection.plan.sources.values()
    label = say("report.appendix.sources", language)
    rows += [(label, document_text(source, language)) for source in sources]
    return columns, rows


def _doubts(material: Material, language: Language) -> Sheet:
    tables = [
        maker(material.model, language)
        for maker in (inconsistency_table, judgement_table, hindsight_table)
    ]
    most = max(len(table.head) for table in tables)
    rows: list[Row] = []
    for table in tables:
        rows += [(table.title,), table.head, *table.rows, ()]
    columns = tuple(("", 44.0) for _ in range(most))
    return Sheet(
        say("report.sheet.doubts", language),
        columns,
        tuple((*row, *[None] * (most - len(row))) for row in rows),
    )


def _comparison(materials: Sequence[Material], language: Language) -> Sheet:
    found = compare([material.card for material in materials])
    widths = (12, 40, 18, 20, 18, 14, 22, 14)
    columns = tuple(
        (say(f"report.compared.{key}", language), float(width))
        for key, width in zip(COMPARED, widths, strict=True)
    )
    rows = tuple(tuple(_plain(row[key]) for key in COMPARED) for row in as_rows(found))
    return Sheet(say("report.sheet.comparison", language), columns, rows)


def _plain(value: object) -> Cell:
    if isinstance(value, int | float):
        return Amount(float(value), 4)
    return None if value is None else str(value)
