"""Which sheets hold the numbers? The scorecard, what is changed, quantities and their draws."""

from collections.abc import Callable
from typing import Literal

from simulator.insight.naming import manner, title
from simulator.insight.splitting import control_text
from simulator.language import Language, say, unit_name
from simulator.likelihood import likelihood
from simulator.report.board import amount
from simulator.report.inputs import changed
from simulator.report.material import Material
from simulator.report.numbers import LEVELS, MANY_LEVELS, quantities
from simulator.report.parts import Amount
from simulator.report.sheet import Made, Row, heads, share
from simulator.scorecard import TargetScore
from simulator.wording import shown_decimals


def scorecard(material: Material, language: Language) -> Made:
    """Every target with its numbers, its chance and what is to do."""
    sheet = material.card.projection.plan.sheet
    base, year = sheet.base_year, sheet.plan_year
    columns = [
        (say("report.column.sector", language), 14),
        (say("column.target", language), 38),
        (say("report.column.unit", language), 12),
        (say("column.base", language, year=base), 10),
        ("P10", 10),
        (say("report.column.median", language, year=year), 10),
        ("P90", 10),
        (say("column.plan", language, year=year), 11),
        (say("column.distance", language), 11),
        (say("column.chance", language), 9),
        (say("report.column.in_words", language), 17),
        (say("report.column.resolution_low", language), 11),
        (say("report.column.resolution_high", language), 11),
        (say("column.verdict", language), 13),
        (say("column.action", language), 11),
        (say("column.evidence", language), 10),
        (say("report.column.note", language), 26),
        (say("report.column.name", language), 26),
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
        share(row.plan_chance),
        "" if band is None else band.vi if language == "vi" else band.en,
        share(low),
        share(high),
        say(f"verdict.{row.verdict or 'none'}", language),
        say(f"action.{row.action}", language) if row.action else "",
        row.evidence,
        say(f"reason.{row.reason}", language, year=year) if row.reason else "",
        row.name,
    )


def changes(material: Material, language: Language) -> Made:
    """What the scenario sets otherwise than the trend, with the evidence."""
    model = material.model
    columns = heads(
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
    manner_: Literal["plain", "percent"] = "plain" if scale == 1 else "percent"
    return lambda value: None if value is None else Amount(value, decimals, manner_)


def quantity_rows(material: Material, language: Language) -> Made:
    """P10, median and P90 of every projected quantity."""
    columns = heads(
        language,
        ("explain.quantity", 60),
        ("report.column.unit", 18),
        ("report.column.p10", 14),
        ("column.median", 14),
        ("report.column.p90", 14),
        ("report.column.name", 36),
    )
    return columns, _quantiles(material, LEVELS, language)


def draw_rows(material: Material, language: Language) -> Made:
    """The quantiles of the draws of every projected quantity."""
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
