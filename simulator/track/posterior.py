"""What do the draws of a projection become when they have to agree with what was seen?"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from simulator.projection import Projection, run_draws
from simulator.track.quantities import drawn
from simulator.track.readings import Reading, scaled
from simulator.track.strata import stratify
from simulator.track.transport import Linearised, Move, coordinates_behind
from simulator.track.weights import Weights, Whole, effective, resampled, weigh
from simulator.units import Array

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

    def counting(self, inside: NDArray[np.bool_]) -> float:
        """The effective number of draws inside a stratum."""
        logs = self.log_weights[inside]
        if not len(logs):
            return 0.0
        shares = np.exp(logs - logs.max())
        return effective(shares / shares.sum())


def learn(
    prior: Projection, readings: Sequence[Reading], groups: Mapping[str, tuple[str, ...]]
) -> Learned:
    """Draws of a projection that agree with readings.

    Rare switches are drawn evenly. The normals are moved to where the readings lie, stratum by
    stratum, except where the draws as they were count for more; weights put right what both
    distort. The weighted draws are resampled to as many of equal weight, and exact figures take
    their places with all that follows from them.
    """
    learner = _Learner(prior, readings, groups)
    plain = learner.plain()
    sample = learner.best(plain)
    strata = learner.strata
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


class _Learner:
    """A projection and the readings that its draws have to agree with."""

    def __init__(
        self,
        prior: Projection,
        readings: Sequence[Reading],
        groups: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.prior, self.readings, self.groups = prior, readings, groups
        quantities = [row.quantity for row in readings]
        self.strata = stratify(prior, quantities)
        self.coordinates = np.array(coordinates_behind(quantities, prior.model, groups), dtype=int)
        self.spreads = np.array([row.spread for row in readings])
        self.wanted = np.array([row.level for row in readings])

    def plain(self) -> _Sample:
        """The prior's own draws, the rare switches drawn evenly."""
        catalogue, normals = self.prior.plan.catalogue, self.prior.normals
        changed = {
            name: catalogue.draw(name, self.strata.settings[name], normals)
            for name in self.strata.switches
        }
        values = self.prior.model.graph.run_again(self.prior.values, changed)
        return self._sample(values, normals, np.zeros(normals.shape[1]))

    def best(self, plain: _Sample) -> _Sample:
        """Of each stratum the round of moves in which most of its draws count, or the plain one."""
        insides = self.strata.insides
        best = [plain for _ in insides]
        for moved in self._rounds(plain):
            for one, inside in enumerate(insides):
                if moved.counting(inside) > best[one].counting(inside):
                    best[one] = moved
        if all(one is best[0] for one in best):
            return best[0]
        normals, ratio = plain.normals.copy(), plain.ratio.copy()
        for chosen, inside in zip(best, insides, strict=True):
            normals[:, inside], ratio[inside] = chosen.normals[:, inside], chosen.ratio[inside]
        return self._at(normals, ratio)

    def _rounds(self, plain: _Sample) -> Iterator[_Sample]:
        """Draws moved to the readings, made linear where the round before has brought them."""
        places = [np.ix_(self.coordinates, np.flatnonzero(one)) for one in self.strata.insides]
        linear = [
            Linearised(self.wanted, np.square(self.spreads), plain.normals[place])
            for place in places
        ]
        moves: list[Move | None] = [None for _ in places]
        sample = plain
        for _ in range(ROUNDS):
            normals, ratio, levels = plain.normals.copy(), plain.ratio.copy(), self._levels(sample)
            for one, place in enumerate(places):
                if not linear[one].solvable:
                    continue
                inside = place[1].ravel()
                linear[one].regress(levels[:, inside], moves[one])
                moves[one] = move = linear[one].move()
                normals[place], ratio[inside] = move.apply(linear[one].normals)
            if not any(moves):
                return
            sample = self._at(normals, ratio)
            yield sample

    def _at(self, normals: Array, ratio: Array) -> _Sample:
        values = run_draws(self.prior.model, self.strata.settings, normals)
        return self._sample(values, normals, ratio)

    def _sample(self, values: Mapping[str, Any], normals: Array, ratio: Array) -> _Sample:
        residuals = np.array(
            [row.residuals(drawn(row.quantity, values, self.groups)) for row in self.readings]
        )
        densities = (
            -np.square(residuals) / 2 - np.log(self.spreads * math.sqrt(2 * math.pi))[:, None]
        )
        return _Sample(values, normals, ratio, densities.sum(axis=0) + ratio)

    def _levels(self, sample: _Sample) -> Array:
        """The readings' quantities on their scales, shape (readings, draws)."""
        return np.array(
            [
                scaled(drawn(row.quantity, sample.values, self.groups), row.scale)
                for row in self.readings
            ]
        )
