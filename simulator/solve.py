"""What would have to be true for the plan to come out? Centres that make the central run hit it.

Not a forecast: each target's own lever is moved, inside its range, until the central run
returns the target. Growth, structure and GRDP per head are solved together first, because
their targets fix every sector's value and the deflator.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scipy.optimize import brentq

from simulator.assumptions import Setting, to_link
from simulator.projection import Model, Projection, project
from simulator.scenario import Scenario
from simulator.scorecard import meets

SECTORS = ("agriculture", "industry", "services", "product_tax")
STRUCTURE_TARGETS = (
    "grdp_growth",
    "agriculture_share",
    "industry_share",
    "services_share",
    "grdp_per_capita",
    "population",
)
RELATIVE_PRICES = tuple(f"{sector}_relative_price" for sector in SECTORS)
ROUNDS = 20
"""At most; one is enough where growth, structure and GRDP per head are solved together."""


@dataclass(frozen=True)
class Goal:
    """A quantity that should reach a value, and the assumption that is moved for it."""

    quantity: str
    wanted: float
    lever: str


@dataclass(frozen=True)
class Unreached:
    """A target that no value of its lever reaches: the nearest result, and the end that binds."""

    target: str
    wanted: float
    nearest: float
    lever: str
    limit: float


@dataclass(frozen=True)
class Gap:
    """How far a solved centre lies from the catalogue's, in the assumption's own spreads."""

    assumption: str
    catalogue: float
    solved: float
    spreads: float | None
    """None for a switch, which has no spread."""


@dataclass(frozen=True)
class PlanSolution:
    """The scenario under which the central run returns the plan, and what it asks for."""

    scenario: Scenario
    gaps: tuple[Gap, ...]
    """Largest first."""
    unreached: tuple[Unreached, ...]


def solve_plan(model: Model, scenario: Scenario) -> PlanSolution:
    """Move each target's lever until the central run returns the target.

    Assumptions that the scenario changes itself stay as it says; their targets are then
    listed as unreached where they are.
    """
    settings = dict(scenario.changes)
    own = frozenset(settings)
    catalogue = model.plan.catalogue
    for name in RELATIVE_PRICES:
        if name in catalogue.assumptions and name not in own:
            price = catalogue.assumptions[name]
            settings[name] = Setting(min(max(price.low, 0.0), price.high))
    central = _central(model, scenario, settings)
    goals = [goal for goal in _goals(model, central) if goal.lever not in own]
    for _ in range(ROUNDS):
        before = dict(settings)
        for goal in goals:
            settings[goal.lever], central = _reach(model, scenario, settings, central, goal)
        if settings == before or not _unreached(model, central):
            break
    solved = replace(scenario, changes=settings, solve=None)
    return PlanSolution(solved, _gaps(model, settings), tuple(_unreached(model, central)))


def _central(
    model: Model,
    scenario: Scenario,
    settings: Mapping[str, Setting],
    previous: Projection | None = None,
) -> Projection:
    changed = replace(scenario, changes=settings)
    return project(model, changed, deterministic=True, previous=previous)


def _wanted(model: Model, name: str) -> float | None:
    target = model.plan.targets.get(name)
    return None if target is None else target.target


def _goals(model: Model, central: Projection) -> list[Goal]:
    """All goals, each after those whose result it depends on."""
    goals: dict[str, Goal] = {}
    structure = _structure_goals(model, central.values)
    for name, target in model.plan.targets.items():
        together = structure and name in STRUCTURE_TARGETS
        if target.lever and target.target is not None and not together:
            goals[name] = Goal(name, target.target, target.lever)
    goals |= {goal.quantity: goal for goal in structure}
    rank = {name: at for at, name in enumerate(model.graph.order)}
    return sorted(
        (goal for name, goal in goals.items() if name in rank),
        key=lambda goal: rank[goal.quantity],
    )


def _structure_goals(model: Model, values: Mapping[str, Any]) -> list[Goal]:
    """Values of the sectors, population and prices that growth, shares and GRDP per head imply.

    Sectors without a target share what the others leave as they did in the base year, as
    product taxes do where only they are left. Growth and population without a target stay as
    projected.
    """
    wanted = {name: _wanted(model, name) for name in STRUCTURE_TARGETS}
    given = {name: value for name, value in wanted.items() if value is not None}
    known = {sector: given[name] for sector in SECTORS if (name := f"{sector}_share") in given}
    if not known or any(name not in values for name in STRUCTURE_TARGETS):
        return []
    base = {sector: values[f"{sector}_share_base"] for sector in SECTORS}
    left = (100 - sum(known.values())) / sum(base[sector] for sector in base if sector not in known)
    relative = {
        sector: known[sector] / base[sector] if sector in known else left for sector in SECTORS
    }
    weighted = sum(
        values[f"{sector}_value_base"] / values["grdp_base"] * relative[sector]
        for sector in SECTORS
    )
    scale = (1 + given.get("grdp_growth", values["grdp_growth"]) / 100) / weighted
    goals = [
        Goal(
            f"{sector}_value",
            values[f"{sector}_value_base"] * scale * relative[sector],
            f"{sector}_growth",
        )
        for sector in SECTORS
    ]
    population = given.get("population", values["population"])
    if "population" in given:
        goals.append(Goal("population", population, "population_growth"))
    if "grdp_per_capita" in given:
        price_level = given["grdp_per_capita"] * population / (values["nominal_grdp_base"] * scale)
        factor = price_level / (1 + values["reference_price_growth"])
        goals.append(Goal("price_factor", factor, "price_growth"))
    return goals


def _reach(
    model: Model,
    scenario: Scenario,
    settings: Mapping[str, Setting],
    central: Projection,
    goal: Goal,
) -> tuple[Setting, Projection]:
    assumption = model.plan.catalogue.assumptions[goal.lever]

    def at(value: float) -> Projection:
        moved = {**settings, goal.lever: Setting(value)}
        return _central(model, scenario, moved, central)

    def miss(value: float) -> float:
        return float(at(value).values[goal.quantity]) - goal.wanted

    low, high = miss(assumption.low), miss(assumption.high)
    if low * high > 0:
        nearest = assumption.low if abs(low) < abs(high) else assumption.high
    else:
        nearest = float(brentq(miss, assumption.low, assumption.high, xtol=1e-14, rtol=1e-14))
    return Setting(nearest), at(nearest)


def _unreached(model: Model, central: Projection) -> list[Unreached]:
    missed = []
    for name, target in model.plan.targets.items():
        if name not in central.values or target.target is None or not target.lever:
            continue
        value = float(central.values[name])
        decimals = target.decimals or 0
        above = meets(value, target.target, "at_least", decimals)
        below = meets(value, target.target, "at_most", decimals)
        if not (above and below):
            limit = central.settings[target.lever].centre
            missed.append(Unreached(name, target.target, value, target.lever, limit))
    return missed


def _gaps(model: Model, settings: Mapping[str, Setting]) -> tuple[Gap, ...]:
    catalogue = model.plan.catalogue
    gaps = []
    for name, setting in settings.items():
        assumption = catalogue.assumptions[name]
        spread = catalogue.spread(name)
        moved = to_link(setting.centre, assumption.link) - to_link(
            assumption.centre, assumption.link
        )
        spreads = moved / spread if spread and assumption.link != "switch" else None
        gaps.append(Gap(name, assumption.centre, setting.centre, spreads))
    return tuple(sorted(gaps, key=lambda gap: -abs(gap.spreads or 0.0)))
