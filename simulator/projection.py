"""What does a plan give under a scenario? Draws of every quantity, or the central run."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from simulator.assumptions import COORDINATES, Setting
from simulator.equations import all_equations
from simulator.forms import Named, payment_curve
from simulator.graph import Equation, Graph, WiringError
from simulator.plan import Plan
from simulator.records import nearest
from simulator.scenario import Scenario
from simulator.units import Array, Values

SMALLEST_PROBABILITY = 2.0**-33

DISEASE_OFF = (
    "infected_pigs_at_start",
    "swine_fever_introductions",
    "newly_connected_herds",
    "foot_and_mouth_outbreak",
    "human_epidemic",
)
"""Assumptions that are zero in the frozen reference run."""

REFERENCE_ASSUMPTIONS = {
    "reference_price_growth": "price_growth",
    "reference_drought_severity": "drought_severity",
    "reference_foreign_capital_disbursement": "foreign_capital_disbursement",
}
REFERENCE_QUANTITIES = {
    "reference_investment": "total_investment",
    "reference_pig_herd": "mean_pig_herd",
    "reference_food_output": "food_output",
    "reference_new_hydropower_output": "new_hydropower_output",
    "reference_new_rural_programme_disbursed": "new_rural_programme_disbursed",
    "reference_poverty_programme_disbursed": "poverty_programme_disbursed",
}
REFERENCE_GROWTH = "reference_grdp_growth"

TARGETS_READ = {
    "poor_households_30a_planned": "poor_households_30a",
    "poverty_rate_30a_planned": "poverty_rate_30a",
    "child_friendly_communes_planned": "child_friendly_communes",
}
"""The declared exceptions to the rule that targets never enter a projection."""


def sobol_points(seed: int, draws: int) -> Array:
    """Scrambled Sobol points between 0 and 1, shape (256, draws)."""
    points: Array = qmc.Sobol(COORDINATES, scramble=True, rng=seed).random(draws).T
    return points


@lru_cache(maxsize=4)
def standard_normals(seed: int, draws: int) -> Array:
    """Scrambled Sobol points as standard normals, shape (256, draws); read-only, shared by seed."""
    clipped = np.clip(sobol_points(seed, draws), SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY)
    normals: Array = np.ascontiguousarray(ndtri(clipped))
    normals.flags.writeable = False
    return normals


@dataclass(frozen=True)
class Model:
    """A plan's equations wired to its base year, and its frozen reference run."""

    plan: Plan
    graph: Graph
    constants: Mapping[str, Any]
    """Facts, parameters, what they imply, and the reference quantities."""
    typed_baselines: Mapping[str, float]

    @property
    def unprojected(self) -> Mapping[str, str]:
        """Quantities that cannot be projected, and why."""
        return self.graph.unprojected


def build_model(plan: Plan, typed_baselines: Mapping[str, float] | None = None) -> Model:
    """Wire a plan, and freeze its reference run by the same equations.

    Raises WiringError where an equation and the plan's tables do not fit.
    """
    typed = dict(typed_baselines or {})
    for name in typed:
        if name not in plan.targets:
            near = nearest(name, plan.targets)
            raise WiringError(f"{name} is no target of the plan; the nearest known name is {near}")
    given = plan.base_inputs()
    given |= {f"{name}_base": (value, plan.targets[name].unit) for name, value in typed.items()}
    for name, target_name in TARGETS_READ.items():
        target = plan.targets.get(target_name)
        if target is not None and target.target is not None:
            given[name] = (target.target, target.unit)
    constants: dict[str, Any] = {name: value for name, (value, _) in given.items()}
    units = {name: unit for name, (_, unit) in given.items()}
    catalogue = plan.catalogue
    units |= {name: row.unit for name, row in catalogue.assumptions.items()}
    units |= {
        name: "standard_normal"
        for name, row in catalogue.factors.items()
        if row.kind == "count_noise"
    }
    units["whole_counts"] = "flag"

    observed = {*plan.facts, *(f"{name}_base" for name in typed)}
    sources = all_equations()
    computed = {equation.name: equation for equation in map(Equation.of, sources)}
    units |= {
        name: catalogue.assumptions[assumption].unit
        for name, assumption in REFERENCE_ASSUMPTIONS.items()
    }
    units |= {name: computed[quantity].unit for name, quantity in REFERENCE_QUANTITIES.items()}
    units[REFERENCE_GROWTH] = "share/year"
    graph = Graph(
        [source for source in sources if _name(source) not in observed], units, _is_observation
    )
    constants |= _freeze_reference(plan, graph, constants)
    for name in _constant_equations(graph, constants):
        constants[name] = graph.equations[name].function(
            *[constants[argument] for argument in graph.equations[name].arguments]
        )
    return Model(plan, graph, constants, typed)


def _name(source: Callable[..., Any] | Named) -> str:
    return source.name if isinstance(source, Named) else source.__name__


def _is_observation(name: str) -> bool:
    return "_base" in name or name in TARGETS_READ


def _constant_equations(graph: Graph, constants: Mapping[str, Any]) -> list[str]:
    known = set(constants)
    found = []
    for name in graph.order:
        if known.issuperset(graph.equations[name].arguments):
            known.add(name)
            found.append(name)
    return found


def _freeze_reference(plan: Plan, graph: Graph, constants: Mapping[str, Any]) -> dict[str, Any]:
    catalogue = plan.catalogue
    inputs = dict(constants)
    for name, assumption in catalogue.assumptions.items():
        inputs[name] = 0.0 if name in DISEASE_OFF else assumption.centre
    inputs |= _central_noise(plan)
    reference: dict[str, Any] = {
        name: catalogue.assumptions[assumption].centre
        for name, assumption in REFERENCE_ASSUMPTIONS.items()
    }
    inputs |= reference
    wanted = [name for name in REFERENCE_QUANTITIES.values() if name in graph.equations]
    values = graph.run_only(inputs, wanted)
    reference |= {
        name: values[quantity]
        for name, quantity in REFERENCE_QUANTITIES.items()
        if quantity in graph.equations
    }
    if "grdp_growth" in graph.equations:
        values = graph.run_only(inputs | reference, ["grdp_growth"])
        reference[REFERENCE_GROWTH] = values["grdp_growth"] / 100
    return reference


def _central_noise(plan: Plan) -> dict[str, Any]:
    noise: dict[str, Any] = {
        name: 0.0 for name, row in plan.catalogue.factors.items() if row.kind == "count_noise"
    }
    return noise | {"whole_counts": False}


@dataclass(frozen=True)
class Projection:
    """Every quantity of a plan under a scenario: arrays of draws, or numbers in the central run."""

    model: Model
    scenario: Scenario
    settings: Mapping[str, Setting]
    values: Mapping[str, Any]
    deterministic: bool
    sorted_draws: dict[str, Array] = field(default_factory=dict, compare=False, repr=False)
    """Sorted copies of quantities that were asked for, kept because sorting is the costly part."""
    learned_normals: Array | None = field(default=None, compare=False, repr=False)
    """The normals of draws that have learned from observations, in place of the seed's own."""
    known: frozenset[str] = frozenset()
    """Quantities of which the year's result was seen, also such as no equation projects."""

    @property
    def plan(self) -> Plan:
        """The plan that was projected."""
        return self.model.plan

    @property
    def unprojected(self) -> Mapping[str, str]:
        """Quantities that cannot be projected, and why."""
        return self.model.unprojected

    @cached_property
    def normals(self) -> Array:
        """The standard normals behind the draws, shape (256, draws)."""
        if self.learned_normals is not None:
            return self.learned_normals
        return standard_normals(self.scenario.seed, self.scenario.draws)

    @cached_property
    def quantities(self) -> tuple[str, ...]:
        """The computed quantities that vary by draw or stand in the central run, in run order."""
        return tuple(
            name
            for name in self.model.graph.order
            if name not in self.model.constants and not isinstance(self.values[name], tuple)
        )

    def quantiles(self, name: str, levels: Iterable[float]) -> list[float]:
        """Quantiles of a quantity over the draws, linear between order statistics."""
        if name not in self.sorted_draws:
            self.sorted_draws[name] = np.sort(self.values[name])
        ordered = self.sorted_draws[name]
        positions = [level * (len(ordered) - 1) for level in levels]
        return [
            float(
                ordered[int(at)]
                + (at - int(at)) * (ordered[min(int(at) + 1, len(ordered) - 1)] - ordered[int(at)])
            )
            for at in positions
        ]


def project(
    model: Model,
    scenario: Scenario,
    *,
    deterministic: bool = False,
    previous: Projection | None = None,
) -> Projection:
    """Project a plan under a scenario; with `previous`, only what lies downstream of a change.

    The result is bit for bit the same with and without `previous`.
    """
    if scenario.typed_baselines != model.typed_baselines:
        raise ValueError("the model was built for other typed baselines than the scenario's")
    settings = {
        name: scenario.changes.get(name) or model.plan.catalogue.default(name)
        for name in model.plan.catalogue.assumptions
    }
    if previous is not None and same_run(previous, model, scenario, deterministic=deterministic):
        changed = {
            name: _input(model, name, setting, scenario, deterministic)
            for name, setting in settings.items()
            if setting != previous.settings[name]
        }
        moved = model.graph.downstream(changed) | changed.keys()
        return Projection(
            model,
            scenario,
            settings,
            model.graph.run_again(previous.values, changed),
            deterministic,
            {name: row for name, row in previous.sorted_draws.items() if name not in moved},
        )
    if not deterministic:
        normals = standard_normals(scenario.seed, scenario.draws)
        return Projection(model, scenario, settings, run_draws(model, settings, normals), False)
    inputs: dict[str, Any] = dict(model.constants)
    for name, setting in settings.items():
        inputs[name] = _input(model, name, setting, scenario, deterministic)
    inputs |= _central_noise(model.plan)
    values = model.graph.run_again(inputs, _varying(model, inputs))
    return Projection(model, scenario, settings, values, deterministic)


def run_draws(
    model: Model, settings: Mapping[str, Setting], normals: Array, *, whole_counts: bool = True
) -> dict[str, Any]:
    """Every quantity under settings, at standard normals of shape (256, draws)."""
    catalogue = model.plan.catalogue
    inputs: dict[str, Any] = dict(model.constants)
    for name, setting in settings.items():
        inputs[name] = catalogue.draw(name, setting, normals)
    for name, row in catalogue.factors.items():
        if row.kind == "count_noise":
            inputs[name] = normals[row.dimension]
    inputs["whole_counts"] = whole_counts
    return model.graph.run_again(inputs, _varying(model, inputs))


def _varying(model: Model, inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in inputs.items() if name not in model.constants}


def same_run(
    previous: Projection, model: Model, scenario: Scenario, *, deterministic: bool
) -> bool:
    """Whether a projection has the same plan and draws, so that only changed levers differ."""
    return (
        previous.model is model
        and previous.learned_normals is None
        and previous.deterministic == deterministic
        and previous.scenario.seed == scenario.seed
        and previous.scenario.draws == scenario.draws
    )


def _input(
    model: Model, name: str, setting: Setting, scenario: Scenario, deterministic: bool
) -> Values:
    catalogue = model.plan.catalogue
    if deterministic:
        return catalogue.central(name, setting)
    return catalogue.draw(name, setting, standard_normals(scenario.seed, scenario.draws))


def expected_disbursed_share(plan: Plan, month: float) -> float:
    """The share of a fund's year-end total that is usually paid by the end of a month (section 9)."""
    return float(
        payment_curve(
            month,
            plan.parameter("payment_year_months"),
            plan.parameter("disbursement_curve_exponent"),
        )
    )
