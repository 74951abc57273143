"""What do the draws of a projection become when they have to agree with what was seen?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from simulator.assumptions import Setting
from simulator.projection import Model, Projection, run_draws
from simulator.track.quantities import drawn
from simulator.track.readings import Reading, scaled
from simulator.track.transport import Linearised, Move, coordinates_behind
from simulator.track.weights import Weights, Whole, effective, resampled, weigh
from simulator.units import Array

RARE = 0.1
"""A switch whose rarer side is rarer than this is drawn evenly and weighted back."""
ROUNDS = 3
"""Of making the readings linear around where the draws lie."""


@dataclass(frozen=True)
class Learned:
    """A posterior projection, the weights behind it, and how each reading surprised the prior."""

    projection: Projection
    weights: Weights
    percentiles: tuple[float, ...]
    """The chance that the prior gave to less than what was seen, reading by reading."""


@dataclass(frozen=True)
class _Sample:
    """Draws that may stand for the posterior once they are weighted."""

    values: Mapping[str, Any]
    normals: Array
    ratio: Array
    """The log density of the prior over that under which the normals were drawn, each draw."""
    log_weights: Array


class _Best(NamedTuple):
    """The draws of a stratum of which most count so far, and how many do."""

    sample: _Sample
    counting: float


@dataclass(frozen=True)
class _Strata:
    """The rare switches, drawn evenly; every combination of their sides is a stratum."""

    switches: tuple[str, ...]
    settings: Mapping[str, Setting]
    masses: Array
    """The prior probability of each stratum."""
    members: Whole
    """The stratum of each draw."""

    @property
    def prior_shares(self) -> Array:
        """What each draw counts before anything was seen; the sum is one."""
        counts = np.bincount(self.members, minlength=len(self.masses))
        shares = self.masses[self.members] / counts[self.members]
        return np.asarray(shares / shares.sum())


def learn(
    prior: Projection, readings: Sequence[Reading], groups: Mapping[str, tuple[str, ...]]
) -> Learned:
    """Draws of a projection that agree with readings.

    Rare switches are drawn evenly. The normals are moved to where the readings lie, stratum by
    stratum, except where the draws as they were count for more; weights put right what both
    distort. The weighted draws are resampled to as many of equal weight, and exact figures take
    their places with all that follows from them.
    """
    strata = _stratify(prior, readings)
    plain = _as_drawn(prior, strata, readings, groups)
    sample = _moved(plain, prior, strata, readings, groups)
    weights = weigh(sample.log_weights, strata.members, strata.masses)
    chosen = resampled(weights.shares)
    values = {
        name: value if name in prior.model.constants else _taken(value, chosen)
        for name, value in sample.values.items()
    }
    pins = {row.quantity: row.value for row in readings if row.exact and row.quantity in values}
    values = prior.model.graph.run_again(
        values, {name: np.full(len(chosen), value) for name, value in pins.items()}
    )
    projection = replace(
        prior, values=values, sorted_draws={}, learned_normals=sample.normals[:, chosen]
    )
    before = strata.prior_shares
    percentiles = [
        float(before @ ndtr(row.residuals(drawn(row.quantity, plain.values, groups))))
        for row in readings
    ]
    return Learned(projection, weights, tuple(percentiles))


def _taken(value: Any, chosen: Whole) -> Any:
    """The chosen draws of a quantity, of a record of quantities, or a number as it is."""
    if isinstance(value, tuple):
        return type(value)(*(_taken(part, chosen) for part in value))
    return value[chosen] if np.shape(value) == np.shape(chosen) else value


def _stratify(prior: Projection, readings: Sequence[Reading]) -> _Strata:
    graph, assumptions = prior.model.graph, prior.plan.catalogue.assumptions
    switches = {name: row for name, row in assumptions.items() if row.link == "switch"}
    chances = {name: prior.settings[name].centre for name in switches}
    rare = [
        name
        for name, row in switches.items()
        if not (prior.settings[name].fixed or row.loadings)
        and 0 < min(chances[name], 1 - chances[name]) < RARE
        and any(reading.quantity in graph.downstream((name,)) for reading in readings)
    ]
    sides = list(product((False, True), repeat=len(rare)))
    masses = [
        math.prod(
            chances[name] if struck else 1 - chances[name]
            for name, struck in zip(rare, stratum, strict=True)
        )
        for stratum in sides
    ]
    members = np.zeros(prior.scenario.draws, dtype=np.int64)
    for name in rare:
        members = 2 * members + (prior.normals[switches[name].dimension] < 0)
    settings = {**prior.settings, **{name: Setting(1 / 2) for name in rare}}
    return _Strata(tuple(rare), settings, np.array(masses), members)


def _as_drawn(
    prior: Projection,
    strata: _Strata,
    readings: Sequence[Reading],
    groups: Mapping[str, tuple[str, ...]],
) -> _Sample:
    """The prior's own draws, the rare switches drawn evenly."""
    catalogue, normals = prior.plan.catalogue, prior.normals
    changed = {
        name: catalogue.draw(name, strata.settings[name], normals) for name in strata.switches
    }
    values = prior.model.graph.run_again(prior.values, changed)
    likelihood = _log_likelihood(values, readings, groups, len(normals[0]))
    return _Sample(values, normals, np.zeros(len(likelihood)), likelihood)


def _moved(
    plain: _Sample,
    prior: Projection,
    strata: _Strata,
    readings: Sequence[Reading],
    groups: Mapping[str, tuple[str, ...]],
) -> _Sample:
    """Draws moved to the readings, of each stratum the round of moves in which most of them count."""
    model = prior.model
    used = coordinates_behind({row.quantity: row for row in readings}, model, groups)
    wanted = np.array([row.level for row in readings])
    noise = np.array([row.spread**2 for row in readings])
    insides = [strata.members == one for one in range(len(strata.masses))]
    linear = [Linearised(wanted, noise, plain.normals[np.ix_(used, ins)]) for ins in insides]
    best = [_Best(plain, _counting(plain, inside)) for inside in insides]
    sample = plain
    moves: list[Move | None] = [None for _ in insides]
    for _ in range(ROUNDS):
        normals, ratio = plain.normals.copy(), np.zeros(len(strata.members))
        levels = _levels(sample, readings, groups)
        for one, inside in enumerate(insides):
            if linear[one].solvable:
                linear[one].regress(levels[:, inside], moves[one])
                moves[one] = linear[one].move()
                normals[np.ix_(used, inside)], ratio[inside] = moves[one].apply(linear[one].normals)
        if not any(moves):
            return plain
        sample = _rerun(normals, ratio, model, strata, readings, groups)
        for one, inside in enumerate(insides):
            counting = _counting(sample, inside)
            if counting > best[one].counting:
                best[one] = _Best(sample, counting)
    samples = [one.sample for one in best]
    if all(one is samples[0] for one in samples):
        return samples[0]
    normals, ratio = plain.normals.copy(), np.zeros(len(strata.members))
    for one, inside in zip(samples, insides, strict=True):
        normals[:, inside], ratio[inside] = one.normals[:, inside], one.ratio[inside]
    return _rerun(normals, ratio, model, strata, readings, groups)


def _levels(
    sample: _Sample, readings: Sequence[Reading], groups: Mapping[str, tuple[str, ...]]
) -> Array:
    """The readings' quantities on their scales, shape (readings, draws)."""
    draws = len(sample.ratio)
    return np.array(
        [
            np.broadcast_to(scaled(drawn(row.quantity, sample.values, groups), row.scale), draws)
            for row in readings
        ]
    )


def _rerun(
    normals: Array,
    ratio: Array,
    model: Model,
    strata: _Strata,
    readings: Sequence[Reading],
    groups: Mapping[str, tuple[str, ...]],
) -> _Sample:
    values = run_draws(model, strata.settings, normals)
    likelihood = _log_likelihood(values, readings, groups, len(ratio))
    return _Sample(values, normals, ratio, likelihood + ratio)


def _log_likelihood(
    values: Mapping[str, Any],
    readings: Sequence[Reading],
    groups: Mapping[str, tuple[str, ...]],
    draws: int,
) -> Array:
    """The log density of the readings at each draw; a density has the reading's own scale as unit."""
    total = np.zeros(draws)
    for row in readings:
        residuals = row.residuals(drawn(row.quantity, values, groups))
        total = total - np.square(residuals) / 2 - math.log(row.spread * math.sqrt(2 * math.pi))
    return total


def _counting(sample: _Sample, inside: NDArray[np.bool_]) -> float:
    """The effective number of draws inside a stratum."""
    logs = sample.log_weights[inside]
    shares = np.exp(logs - logs.max())
    return effective(shares / shares.sum())
