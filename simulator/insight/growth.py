"""Where does growth come from, what is the economy made of, and what moves GRDP per head?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.equations.structure import SECTORS
from simulator.insight.ranges import Range
from simulator.plan_rows import Target
from simulator.projection import Model, Projection
from simulator.scorecard import Scorecard
from simulator.scorecard.count import STRUCTURE

NEUTRAL: dict[str, tuple[str, str | None]] = {
    "investment": ("investment_effect", None),
    "herd": ("mean_pig_herd", "reference_pig_herd"),
    "crops": ("food_output", "reference_food_output"),
    "hydropower": ("new_hydropower_output", "reference_new_hydropower_output"),
    "foot_and_mouth": ("foot_and_mouth_buffalo_loss", None),
}
"""Each effect on a sector's growth: what drives it, and the quantity at which it is nil (or 0)."""

PARTS = ("own", *NEUTRAL, "epidemic")
"""What a sector's contribution is made of."""


@dataclass(frozen=True)
class SectorGrowth:
    """What one sector adds to GRDP growth, in percentage points of GRDP unless said otherwise."""

    sector: str
    weight: float
    """Percent of the base year's GRDP at constant prices."""
    own_growth: float
    """The assumed growth, in percent, before effects and losses."""
    growth: float
    """The growth that comes out, in percent."""
    contribution: float
    """In the central run."""
    parts: Mapping[str, float]
    """The contribution by `PARTS`; they add up to it."""
    spread: Range | None
    """P10, P50, P90 of the draws; None where nothing was drawn."""
    base: float | None
    """What the sector added in the base year."""


@dataclass(frozen=True)
class GrowthAccount:
    """GRDP growth as the sum of what the sectors add."""

    sectors: tuple[SectorGrowth, ...]
    growth: float
    """Of the central run, in percent; the contributions add up to it."""
    spread: Range | None
    base: float | None
    target: Target | None
    base_year: int
    plan_year: int

    def total(self, part: str) -> float:
        """One part over all sectors, in percentage points."""
        return sum(sector.parts[part] for sector in self.sectors)


def is_projected(projection: Projection) -> bool:
    """Whether the plan gives what an account of growth and structure needs."""
    needed = {"grdp_growth", "grdp_per_capita", *(f"{sector}_share" for sector in SECTORS)}
    return needed <= projection.values.keys()


def growth_account(central: Projection, draws: Projection | None = None) -> GrowthAccount:
    """The sectors' contributions in a central run, with the spread of the draws beside them."""
    if not central.deterministic:
        raise ValueError("contributions are split in the central run")
    values, model = central.values, central.model
    grdp_base = float(values["grdp_base"])
    target = central.plan.targets.get("grdp_growth")
    growth = values.get("grdp_base_growth")
    return GrowthAccount(
        sectors=tuple(_sector(model, sector, values, draws, grdp_base) for sector in SECTORS),
        growth=float(values["grdp_growth"]),
        spread=None if draws is None else Range.of(draws.values["grdp_growth"]),
        base=None if growth is None else 100 * float(growth),
        target=target,
        base_year=central.plan.sheet.base_year,
        plan_year=central.plan.sheet.plan_year,
    )


def _sector(
    model: Model,
    sector: str,
    values: Mapping[str, Any],
    draws: Projection | None,
    grdp_base: float,
) -> SectorGrowth:
    value, base = float(values[f"{sector}_value"]), float(values[f"{sector}_value_base"])
    to_points = 100 * base / grdp_base
    realised, effects = _effects(model, sector, values)
    own = realised - sum(effects.values())
    contribution = 100 * (value - base) / grdp_base
    parts = dict.fromkeys(PARTS, 0.0) | {
        name: to_points * effect for name, effect in effects.items()
    }
    parts["own"] = to_points * own
    parts["epidemic"] = contribution - to_points * realised
    spread = None
    if draws is not None:
        spread = Range.of(100 * (draws.values[f"{sector}_value"] - base) / grdp_base)
    return SectorGrowth(
        sector=sector,
        weight=to_points,
        own_growth=100 * own,
        growth=100 * (value / base - 1),
        contribution=contribution,
        parts=parts,
        spread=spread,
        base=_base_contribution(sector, values),
    )


def _effects(
    model: Model, sector: str, values: Mapping[str, Any]
) -> tuple[float, dict[str, float]]:
    """A sector's growth, and what it would be less if each driver stood at its reference."""
    equation = model.graph.equations.get(f"{sector}_growth_realised")
    if equation is None:
        return float(values[f"{sector}_growth"]), {}
    given = {argument: values[argument] for argument in equation.arguments}
    realised = float(equation.function(*given.values()))
    effects = {}
    for name, (driver, neutral) in NEUTRAL.items():
        if driver in given:
            without = {**given, driver: 0.0 if neutral is None else values[neutral]}
            effects[name] = realised - float(equation.function(*without.values()))
    return realised, effects


def _base_contribution(sector: str, values: Mapping[str, Any]) -> float | None:
    growth, previous = values.get(f"{sector}_value_base_growth"), values.get("grdp_previous")
    if growth is None or previous is None:
        return None
    value = float(values[f"{sector}_value_base"])
    return 100 * (value - value / (1 + float(growth))) / float(previous)


@dataclass(frozen=True)
class SectorShare:
    """One sector's part of nominal GRDP, in percent."""

    sector: str
    base: float
    spread: Range
    stacked: float
    """The median, scaled so that the sectors' medians make a whole."""
    planned: float | None
    implied: bool
    """Whether the plan's share is not printed but left over by the others."""
    sense: str | None
    """Whether the plan wants at least or at most this share."""
    chance: float | None


@dataclass(frozen=True)
class Structure:
    """What the economy is made of: base year, draws of the plan year, plan."""

    sectors: tuple[SectorShare, ...]
    joint_chance: float | None
    """The chance that all printed structure targets are met in the same draw."""
    judged: tuple[str, ...]
    """The targets that the joint chance is about."""
    base_year: int
    plan_year: int


def structure(card: Scorecard) -> Structure:
    """The structure of the economy from a scorecard with draws."""
    projection = card.projection
    if projection.deterministic:
        raise ValueError("the structure's chances are those of draws")
    values, plan = projection.values, projection.plan
    ranges = {
        sector: Range.of(np.asarray(values[f"{sector}_share"], dtype=float)) for sector in SECTORS
    }
    middle = sum(row.p50 for row in ranges.values())
    planned, implied = _planned_shares(plan.targets)
    rows = []
    for sector in SECTORS:
        score = card.rows.get(f"{sector}_share")
        rows.append(
            SectorShare(
                sector=sector,
                base=float(values[f"{sector}_share_base"]),
                spread=ranges[sector],
                stacked=100 * ranges[sector].p50 / middle,
                planned=planned.get(sector),
                implied=sector == implied,
                sense=score.target.sense if score is not None else None,
                chance=score.plan_chance if score is not None else None,
            )
        )
    return Structure(
        sectors=tuple(rows),
        joint_chance=card.count.structure,
        judged=tuple(name for name in STRUCTURE if name in card.met),
        base_year=plan.sheet.base_year,
        plan_year=plan.sheet.plan_year,
    )


def _planned_shares(targets: Mapping[str, Target]) -> tuple[dict[str, float], str | None]:
    """The plan's shares; the only one that is not printed is what the others leave."""
    printed = {
        sector: target.target
        for sector in SECTORS
        if (target := targets.get(f"{sector}_share")) is not None and target.target is not None
    }
    left = [sector for sector in SECTORS if sector not in printed]
    if len(left) != 1:
        return printed, None
    return printed | {left[0]: 100 - sum(printed.values())}, left[0]


@dataclass(frozen=True)
class Bridge:
    """From a base value to a result in steps that add up, each a factor's share of the way."""

    base: float
    factors: Mapping[str, float]
    """By name: by what the base is multiplied."""
    steps: Mapping[str, float]
    """By name: what the factor adds, in the unit of the base."""
    result: float


def bridge(base: float, factors: Mapping[str, float]) -> Bridge:
    """Split a product's change among its factors, whatever their order (logarithmic mean)."""
    result = base
    for factor in factors.values():
        result *= factor
    mean = base if result == base else (result - base) / np.log(result / base)
    logs = {name: float(np.log(factor)) for name, factor in factors.items()}
    steps = {name: float(mean * log) for name, log in logs.items()}
    return Bridge(base, dict(factors), steps, result)


@dataclass(frozen=True)
class PerHead:
    """What moves GRDP per head and nominal GRDP: the central run beside what the plan implies."""

    central: Bridge
    """GRDP per head by real growth, prices and population, in million VND a head."""
    nominal: Bridge
    """Nominal GRDP by real growth and prices, in billion VND."""
    planned: Bridge | None
    """As `central`, from the plan's own targets; None where it prints too little."""
    spread: Range | None
    nominal_spread: Range | None
    base_year: int
    plan_year: int


def per_head(central: Projection, draws: Projection | None = None) -> PerHead:
    """Split the change of GRDP per head in a central run, and the change that the plan wants."""
    values, plan = central.values, central.plan
    per_head_base = float(values["grdp_per_capita_base"])
    nominal_base = float(values["nominal_grdp_base"])
    population_base = float(values["population_base"])
    real = float(values["grdp"]) / float(values["grdp_base"])
    nominal = float(values["nominal_grdp"]) / nominal_base
    heads = float(values["population"]) / population_base
    factors = {"real_growth": real, "prices": nominal / real}
    return PerHead(
        central=bridge(per_head_base, factors | {"population": 1 / heads}),
        nominal=bridge(nominal_base, factors),
        planned=_planned_bridge(plan.targets, per_head_base, population_base),
        spread=None if draws is None else Range.of(draws.values["grdp_per_capita"]),
        nominal_spread=None if draws is None else Range.of(draws.values["nominal_grdp"]),
        base_year=plan.sheet.base_year,
        plan_year=plan.sheet.plan_year,
    )


def _planned_bridge(
    targets: Mapping[str, Target], per_head_base: float, population_base: float
) -> Bridge | None:
    growth, wanted, people = (
        targets[name].target if name in targets else None
        for name in ("grdp_growth", "grdp_per_capita", "population")
    )
    if growth is None or not wanted or not people:
        return None
    real, heads = 1 + growth / 100, people / population_base
    prices = wanted / per_head_base * heads / real
    return bridge(per_head_base, {"real_growth": real, "prices": prices, "population": 1 / heads})
