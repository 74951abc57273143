"""Which tables tell what a scenario changes? In short for the text, in full for the appendix."""

from collections.abc import Iterator

from simulator.assumptions import Assumption, Setting
from simulator.explain.causes import setting_of
from simulator.insight.comparison import setting_words
from simulator.insight.naming import title, value_text
from simulator.insight.splitting import control_text
from simulator.language import Language, say
from simulator.report.material import Material
from simulator.report.parts import Cell, Column, Table


def changed(material: Material) -> Iterator[tuple[Assumption, Setting, Setting]]:
    """The assumptions that the scenario sets otherwise: the row, the trend's setting, the scenario's."""
    plan = material.card.projection.plan
    for name, row in plan.catalogue.assumptions.items():
        before = setting_of(plan.catalogue, material.trend.projection.scenario, name)
        after = setting_of(plan.catalogue, material.scenario, name)
        if before != after:
            yield row, before, after


def change_table(material: Material, language: Language, *, full: bool = False) -> Table:
    """What is changed, from what to what, and who decides it; in full also with the evidence."""
    model = material.model
    rows: list[tuple[Cell, ...]] = []
    for row, before, after in changed(material):
        cells = [
            row.title(language),
            setting_words(model, row.name, before, language),
            setting_words(model, row.name, after, language),
            control_text(row.control, language),
        ]
        rows.append((*cells, row.reason(language)) if full else tuple(cells))
    year = material.card.projection.plan.sheet.base_year
    for name, value in material.scenario.typed_baselines.items():
        told = say("compare.baseline", language, name=title(model, name, language))
        cells = [told, "", value_text(model, name, value, language), ""]
        rows.append((*cells, say("report.typed", language, year=year)) if full else tuple(cells))
    columns = [
        Column(say("column.assumption", language), 3.4),
        Column(say("column.catalogue", language), 1.3, right=True),
        Column(say("report.column.scenario", language), 1.6, right=True),
        Column(say("explain.control", language), 1.4),
    ]
    if full:
        columns.append(Column(say("report.column.evidence", language), 5))
    return Table(tuple(columns), tuple(rows))
