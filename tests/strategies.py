"""Which worlds may a property meet? Every assumption anywhere in its range, ends included."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st

from simulator.assumptions import Assumption, Setting
from simulator.plan import Fact, Plan, find_plan, load_plan
from simulator.projection import Model, build_model
from simulator.scenario import Scenario


class World(dict[str, float]):
    """A value for every assumption; a switch is 0 or 1. Prints as what differs from the centre."""

    def __or__(self, other: Any) -> "World":
        return World({**self, **other})

    def __repr__(self) -> str:
        central = central_world()
        return f"central_world() | { ({k: v for k, v in self.items() if v != central.get(k)}) }"


BASELINES = {
    "child_underweight_rate": 17.2,
    "under_five_mortality": 33.0,
    "doctors_per_10000": 12.0,
    "urban_clean_water": 99.4,
    "rural_clean_water": 82.0,
}
"""Typed baselines for the rows that the report leaves without one; made up for the tests."""

MONEY = {
    "billion_vnd",
    "billion_vnd_2010_prices",
    "million_vnd_per_person_per_year",
    "billion_vnd_2010_prices_per_mwh",
}
"""The units that a change of the currency changes."""

SWINE_FEVER = (
    "infected_pigs_at_start",
    "newly_connected_herds",
    "swine_fever_introductions",
    "swine_fever_transmission",
    "pig_biosecurity",
    "swine_fever_detection_delay",
    "pig_restocking_rate",
    "pig_pens_abandoned",
)


@cache
def shipped_plan() -> Plan:
    return load_plan(find_plan("dien_bien_2020"))


@cache
def shipped_model() -> Model:
    return build_model(shipped_plan())


@cache
def model_with_baselines() -> Model:
    return build_model(shipped_plan(), BASELINES)


def catalogue() -> dict[str, Assumption]:
    return dict(shipped_plan().catalogue.assumptions)


def central_world() -> World:
    known = shipped_plan().catalogue
    return World({name: known.central(name, known.default(name)) for name in known.assumptions})


def run(
    world: World, model: Model | None = None, *, whole_counts: bool = False, **noise: float
) -> dict[str, Any]:
    """Every quantity in a world: straight through the equations, without draws."""
    model = model or shipped_model()
    factors = model.plan.catalogue.factors.values()
    noises = [row.name for row in factors if row.kind == "count_noise"]
    varying: dict[str, Any] = dict.fromkeys(noises, 0.0) | world | noise
    varying["whole_counts"] = whole_counts
    return model.graph.run_again({**model.constants, **varying}, varying)


def scenario(
    changes: dict[str, Setting] | None = None,
    draws: int = 64,
    seed: int = 20191231,
    typed_baselines: dict[str, float] | None = None,
) -> Scenario:
    return Scenario(
        name="test",
        changes=changes or {},
        typed_baselines=typed_baselines or {},
        draws=draws,
        seed=seed,
        plan="dien_bien_2020",
    )


@cache
def values(name: str) -> st.SearchStrategy[float]:
    """Values of one assumption over its full range; the centre is the simplest."""
    row = catalogue()[name]
    if row.link == "switch":
        return st.sampled_from([0.0, 1.0])
    ends = st.sampled_from([row.centre, row.low, row.high])
    return ends | st.floats(row.low, row.high, allow_subnormal=False)


@cache
def _all_values() -> st.SearchStrategy[World]:
    return st.fixed_dictionaries({name: values(name) for name in catalogue()}).map(World)


@st.composite
def worlds(draw: st.DrawFn, fixed: dict[str, float] | None = None) -> World:
    """Worlds anywhere in the ranges, a few quantities fixed."""
    return draw(_all_values()) | (fixed or {})


@st.composite
def herd_worlds(draw: st.DrawFn, fixed: dict[str, float] | None = None) -> World:
    """Worlds that differ from the central one in the swine fever assumptions alone."""
    moved = {name: draw(values(name)) for name in SWINE_FEVER}
    return central_world() | moved | (fixed or {})


@st.composite
def pairs(draw: st.DrawFn, name: str, least: float = 1e-3) -> tuple[float, float]:
    """A lower and a higher value of an assumption, apart by `least` of its range or more."""
    row = catalogue()[name]
    if row.link == "switch":
        return 0.0, 1.0
    gap = least * (row.high - row.low)
    ends = st.sampled_from([row.low, row.high])
    inside = st.floats(row.low, row.high - gap, allow_subnormal=False)
    lower = draw(st.just(row.low) | inside)
    higher = draw(st.floats(lower + gap, row.high, allow_subnormal=False) | ends)
    return (lower, higher) if higher >= lower + gap else (lower, row.high)


@st.composite
def raised(
    draw: st.DrawFn,
    name: str | list[str],
    fixed: dict[str, float] | None = None,
    within: Callable[..., st.SearchStrategy[World]] = worlds,
) -> tuple[World, World]:
    """Two worlds that differ in one assumption alone: lower in the first, higher in the second."""
    chosen = name if isinstance(name, str) else draw(st.sampled_from(name))
    world = draw(within(fixed))
    lower, higher = draw(pairs(chosen))
    return world | {chosen: lower}, world | {chosen: higher}


@st.composite
def settings_of(draw: st.DrawFn, name: str) -> Setting:
    """What a scenario may say of an assumption: a centre, a fixed value or three quantiles."""
    row = catalogue()[name]
    kind = draw(st.sampled_from(["centre", "fixed", "quantiles"]))
    if row.link == "switch":
        return Setting(draw(st.floats(0, 1)), fixed=kind == "fixed")
    if kind == "quantiles":
        edge = 1e-6 * (row.high - row.low)
        inside = st.floats(row.low + edge, row.high - edge)
        p10, p50, p90 = sorted(draw(inside) for _ in range(3))
        return Setting(p50, p10=p10, p90=p90)
    return Setting(draw(values(name)), fixed=kind == "fixed")


@st.composite
def scenarios(draw: st.DrawFn, most_changes: int = 6) -> Scenario:
    """Small runs: 64 to 256 draws, any seed of a handful, a few assumptions changed."""
    names = draw(st.lists(st.sampled_from(sorted(catalogue())), max_size=most_changes, unique=True))
    return scenario(
        {name: draw(settings_of(name)) for name in names},
        draws=draw(st.sampled_from([64, 128, 256])),
        seed=draw(st.sampled_from([20191231, 0, 1, 2**31])),
    )


def standard_normals_of() -> st.SearchStrategy[float]:
    return st.floats(-6, 6, allow_subnormal=False)


SHARE_UNITS = {"share", "probability", "index_0-1"}


class PerturbedPlan(Plan):
    """A plan that prints as how it was made, for it is too long to print whole."""

    def __repr__(self) -> str:
        return self.__dict__["made"]


def perturbed_plans() -> st.SearchStrategy[Plan]:
    """The shipped plan with every observed level and every coefficient moved by up to a tenth."""
    return st.integers(0, 2**32 - 1).map(perturbed_plan)


def perturbed_plan(seed: int) -> Plan:
    plan = shipped_plan()
    generator = np.random.default_rng(seed)

    def moved(row: Fact) -> Fact:
        if row.kind not in {"value", "allocation", "estimate"} or row.unit.startswith("percent"):
            return row
        return row.model_copy(update={"value": row.value * generator.uniform(0.9, 1.1)})

    parameters = {
        name: row.model_copy(
            update={
                "value": ";".join(
                    repr(min(float(part) * generator.uniform(0.9, 1.1), _most(row.unit)))
                    for part in row.value.split(";")
                )
            }
        )
        for name, row in plan.parameters.items()
    }
    facts = {name: moved(row) for name, row in plan.facts.items()}
    perturbed = PerturbedPlan(**{**vars(plan), "facts": facts, "parameters": parameters})
    perturbed.__dict__["made"] = f"perturbed_plan({seed})"
    return perturbed


def _most(unit: str) -> float:
    return 1.0 if unit in SHARE_UNITS else np.inf


def money_scaled(plan: Plan, scale: float) -> Plan:
    """The plan in another currency: every amount of money of the base times a number (law 52)."""
    facts = {
        name: row.model_copy(update={"value": row.value * scale}) if row.unit in MONEY else row
        for name, row in plan.facts.items()
    }
    parameters = {
        name: row.model_copy(update={"value": repr(float(row.value) * scale)})
        if row.unit in MONEY
        else row
        for name, row in plan.parameters.items()
    }
    assumptions = {
        name: row.model_copy(
            update={part: getattr(row, part) * scale for part in ("low", "centre", "high")}
        )
        if row.unit == "billion VND"
        else row
        for name, row in plan.catalogue.assumptions.items()
    }
    return replace(
        plan,
        facts=facts,
        parameters=parameters,
        catalogue=replace(plan.catalogue, assumptions=assumptions),
    )
