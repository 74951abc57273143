"""Which pictures stand in a report? Growth, money, the herd where it matters, and telling targets."""

from simulator.drawing.dots import dot_plot
from simulator.drawing.figure import Figure
from simulator.drawing.fund_curves import fund_curves
from simulator.drawing.growth import contributions
from simulator.drawing.herd import herd_weeks
from simulator.drawing.structure import structure_figure
from simulator.insight.dots import spread_of
from simulator.insight.funds import funds_of
from simulator.insight.growth import growth_account, is_projected, structure
from simulator.insight.herd import herd_year
from simulator.language import Language, say
from simulator.report.inputs import changed
from simulator.report.material import Material
from simulator.report.parts import Section

MOST_TARGETS = 4
SHOCK = "shock"
"""The theme of disease and weather."""


def picture_sections(material: Material, language: Language) -> list[Section]:
    """Pictures by what they are about; what the plan does not project is left out."""
    named = {
        "growth": _growth(material, language),
        "disbursement": _money(material, language),
        "disease": _herd(material, language),
        "targets": _targets(material, language),
    }
    return [
        Section(tuple(figures), say(f"report.pictures.{name}", language))
        for name, figures in named.items()
        if figures
    ]


def _growth(material: Material, language: Language) -> list[Figure]:
    projection = material.card.projection
    if not is_projected(projection):
        return []
    plan, draws = projection.plan, projection.scenario.draws
    account = growth_account(material.central, projection)
    return [
        contributions(account, plan, draws, language),
        structure_figure(structure(material.card), plan, draws, language),
    ]


def _money(material: Material, language: Language) -> list[Figure]:
    funds = funds_of(material.card, material.trend)
    return [] if funds is None else [fund_curves(funds, material.card.projection.plan, language)]


def _herd(material: Material, language: Language) -> list[Figure]:
    """The herd's weeks, where the scenario says something of disease or weather."""
    if not any(row.theme == SHOCK for row, _, _ in changed(material)):
        return []
    year = herd_year(material.card)
    return [herd_weeks(year, material.card.projection.plan, language)] if year else []


def _targets(material: Material, language: Language) -> list[Figure]:
    """The targets whose chance moved most, then those that stand closest to even."""
    rows = {name: row for name, row in material.card.rows.items() if row.counted and row.quantiles}
    moved = [split.measure.name for split in material.splits if split.measure.name in rows]
    even = sorted(rows, key=lambda name: abs((rows[name].plan_chance or 0) - 1 / 2))
    chosen = list(dict.fromkeys([*moved, *even]))[:MOST_TARGETS]
    spreads = [spread_of(material.card, name) for name in chosen]
    model = material.model
    return [dot_plot(spread, model, language) for spread in spreads if spread is not None]
