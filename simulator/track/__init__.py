"""What does the plan's year look like after what was seen of it so far? (section 9)"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from simulator.observation import Observation
from simulator.observation_reading import faults_of
from simulator.projection import Model, Projection, build_model, project
from simulator.records import InputError, Problem
from simulator.scorecard import Scorecard, score
from simulator.track.pace import Pace, paces
from simulator.track.posterior import learn
from simulator.track.quantities import fund_groups, observables, watch
from simulator.track.readings import Reading, SetAside, in_order, read, sift
from simulator.track.weights import Weights

__all__ = [
    "Pace",
    "SetAside",
    "Surprise",
    "Tracked",
    "observables",
    "track",
    "watch",
]

OUTSIDE_NINE_IN_TEN = 0.05
"""A percentile of the prior below this, or as near to 1, is told as a surprise."""


@dataclass(frozen=True)
class Surprise:
    """How an observation stood against what was expected before any was known."""

    observation: Observation
    percentile: float
    """The chance that the prior gave to less than what was seen."""
    says: float
    """What the observation alone says of the year's end, in the quantity's own unit."""

    @property
    def outside(self) -> bool:
        """Whether it lies outside what was expected in nine years of ten."""
        return not OUTSIDE_NINE_IN_TEN <= self.percentile <= 1 - OUTSIDE_NINE_IN_TEN


@dataclass(frozen=True)
class Tracked:
    """A plan's year before and after what was seen of it; without observations both are one."""

    prior: Scorecard
    posterior: Scorecard
    """Draws of equal weight that agree with what was seen; every number read off it is a posterior's."""
    used: tuple[Observation, ...]
    set_aside: tuple[SetAside, ...]
    as_of: date | None
    """The day up to which observations were known; None for all that are given."""
    weights: Weights | None
    """Of the draws that were weighed; None where nothing had to be."""
    surprises: tuple[Surprise, ...]
    paces: tuple[Pace, ...]

    @property
    def few_draws_count(self) -> bool:
        """Whether so few draws agree with what was seen that their weights had to be flattened."""
        return self.weights is not None and self.weights.tempered


def track(
    prior: Scorecard,
    observations: Iterable[Observation],
    *,
    as_of: date | None = None,
    build: Callable[[Mapping[str, float]], Model] | None = None,
) -> Tracked:
    """Learn from observations: every quantity moves, as far as it goes with what was seen.

    `prior` must hold draws. `build` gives a model with some base values replaced, where a cache
    is wanted; by default it is built. Order plays no part, and with no observation the posterior
    is the prior itself. Raises InputError for observations that the plan's year cannot take.
    """
    model = prior.projection.model
    if prior.projection.deterministic:
        raise ValueError("the central run has no draws that could learn")
    told = in_order(observations)
    refuse(told, model)
    groups = fund_groups(model)
    known = observables(model)
    units = {row.quantity: known[row.quantity].units for row in told}
    used, aside = sift(told, groups, as_of, units)
    factors = [known[row.quantity].units[row.unit] for row in used]
    bases = {
        row.quantity: row.value * factor
        for row, factor in zip(used, factors, strict=True)
        if row.kind == "revised_baseline"
    }
    card = _rebased(prior, bases, build) if bases else prior
    readings: list[Reading] = []
    results: dict[str, float] = {}
    for row, factor in zip(used, factors, strict=True):
        if row.kind == "revised_baseline":
            continue
        if row.quantity in model.plan.targets and row.quantity not in card.projection.values:
            results[row.quantity] = row.value * factor
            continue
        reading = read(row, card.projection, groups, factor)
        if reading is None:
            aside.append(SetAside(row, "season_not_begun"))
        else:
            readings.append(reading)
    idle = {id(row.observation) for row in aside}
    used = [row for row in used if id(row) not in idle]
    day = as_of or max((row.date for row in used), default=None)
    weights: Weights | None = None
    surprises: list[Surprise] = []
    projection = card.projection
    if readings:
        found = learn(projection, readings, groups)
        projection, weights = found.projection, found.weights
        surprises = [
            Surprise(row.observation, percentile, row.centre)
            for row, percentile in zip(readings, found.percentiles, strict=True)
        ]
    exact = {row.quantity for row in readings if row.exact}
    posterior = _scored(card, projection, exact, results) if readings or results else card
    return Tracked(
        prior,
        posterior,
        tuple(used),
        tuple(aside),
        as_of,
        weights,
        tuple(surprises),
        tuple(paces(card.projection, posterior.projection, readings, day)),
    )


def _scored(
    before: Scorecard, learned: Projection, exact: Iterable[str], results: Mapping[str, float]
) -> Scorecard:
    """The scorecard of learned draws, the results among them that no equation projects."""
    draws = learned.scenario.draws
    seen = {name: np.full(draws, value) for name, value in results.items()}
    projection = replace(
        learned,
        values={**learned.values, **seen},
        known=frozenset({*exact, *results}),
        learned_normals=learned.normals,
    )
    return score(projection, before.rules)


def refuse(observations: Iterable[Observation], model: Model, file: str = "observations") -> None:
    """Raise InputError that lists everything wrong with observations of a model's year."""
    year = watch(model)
    problems = [
        Problem(file, None, fault.name, fault.wrong, fault.allowed, fault.nearest)
        for told in observations
        for fault in faults_of(told, year)
    ]
    if problems:
        raise InputError(problems)


def _rebased(
    prior: Scorecard,
    bases: Mapping[str, float],
    build: Callable[[Mapping[str, float]], Model] | None,
) -> Scorecard:
    """The prior on other base values; the scenario stays what it was."""
    projection = prior.projection
    typed = {**projection.model.typed_baselines, **bases}
    model = build(typed) if build else build_model(projection.plan, typed)
    scenario = replace(projection.scenario, typed_baselines=typed)
    rebased = replace(project(model, scenario), scenario=projection.scenario)
    return score(rebased, prior.rules)
