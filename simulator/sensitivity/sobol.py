"""Whose uncertainty makes a result uncertain? Sobol indices of every output of a plan.

The random inputs are the independent coordinates behind the draws: each common factor, each
assumption's own coordinate beside the factors that it follows, and the noise of counts. What
several assumptions share is therefore the factor's, and no assumption's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from simulator.assumptions import COORDINATES, Catalogue, Setting
from simulator.projection import SMALLEST_PROBABILITY, Model, Projection
from simulator.scorecard import Scorecard
from simulator.scorecard.row import Bools, happened_in
from simulator.sensitivity.indices import Estimates, Estimator
from simulator.units import Array

POINTS = 4096
NINETY_FIVE = float(ndtri(0.975))


@dataclass(frozen=True)
class RandomInput:
    """One independent source of uncertainty."""

    name: str
    kind: Literal["assumption", "common_factor", "count_noise"]
    dimension: int
    moves: tuple[str, ...]
    """The inputs of the graph whose draws follow it."""


@dataclass(frozen=True)
class Output:
    """What is explained: a quantity, whether a target is met, or how many are met together."""

    kind: Literal["quantity", "met", "number_met"]
    name: str = ""


@dataclass(frozen=True)
class Share:
    """One input's part of one output's variance, with 95% bootstrap intervals."""

    input: RandomInput
    first: float
    first_interval: tuple[float, float]
    total: float
    total_interval: tuple[float, float]


@dataclass(frozen=True)
class Sobol:
    """All indices of a run, by input and output."""

    inputs: tuple[RandomInput, ...]
    outputs: tuple[Output, ...]
    estimates: Estimates
    points: int
    runs: int

    def of(self, output: Output) -> tuple[Share, ...]:
        """The inputs by their total part in one output, largest first."""
        at = self.outputs.index(output)
        found = self.estimates
        shares = [
            Share(
                one,
                float(found.first[row, at]),
                _interval(found.first[row, at], found.first_error[row, at]),
                float(found.total[row, at]),
                _interval(found.total[row, at], found.total_error[row, at]),
            )
            for row, one in enumerate(self.inputs)
        ]
        return tuple(sorted(shares, key=lambda share: (-share.total, share.input.name)))


def _interval(middle: float, error: float) -> tuple[float, float]:
    return float(middle - NINETY_FIVE * error), float(middle + NINETY_FIVE * error)


def random_inputs(model: Model, settings: Mapping[str, Setting]) -> tuple[RandomInput, ...]:
    """The coordinates that can move anything under these settings."""
    catalogue, users = model.plan.catalogue, model.graph.users
    free = [name for name in settings if name in users and _varies(catalogue, name, settings[name])]
    found: list[RandomInput] = []
    for name, factor in catalogue.factors.items():
        moves = (
            tuple(one for one in free if name in catalogue.assumptions[one].loadings)
            if factor.kind == "common_factor"
            else (name,) * (name in users)
        )
        if moves:
            found.append(RandomInput(name, factor.kind, factor.dimension, moves))
    return (
        *found,
        *(
            RandomInput(name, "assumption", catalogue.assumptions[name].dimension, (name,))
            for name in free
        ),
    )


def _varies(catalogue: Catalogue, name: str, setting: Setting) -> bool:
    if setting.fixed:
        return False
    if catalogue.assumptions[name].link == "switch":
        return 0 < setting.centre < 1
    return setting.p10 is not None or catalogue.spread(name) > 0


class Sampler:
    """The points A and B, the model at both, and the model at A with one input from B."""

    def __init__(self, card: Scorecard, points: int) -> None:
        self.projection, self.rules = card.projection, card.rules
        self.model = card.projection.model
        self.inputs = random_inputs(self.model, card.projection.settings)
        self.at_a, self.at_b = self._normals(points)
        self.normals = self.at_a.copy()
        self.counted = tuple(row.target for row in card.rows.values() if row.counted)
        self.values_a = self._all(self.at_a)
        self.values_b = self._all(self.at_b)

    def _normals(self, points: int) -> tuple[Array, Array]:
        inputs = len(self.inputs)
        normals = np.zeros((2, COORDINATES, points))
        if inputs:
            seed = self.projection.scenario.seed
            uniform = qmc.Sobol(2 * inputs, scramble=True, rng=seed).random(points).T
            drawn = ndtri(np.clip(uniform, SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY))
            dimensions = [one.dimension for one in self.inputs]
            normals[0, dimensions] = drawn[:inputs]
            normals[1, dimensions] = drawn[inputs:]
        return normals[0], normals[1]

    def _drawn(self, names: Iterable[str], normals: Array) -> dict[str, Any]:
        catalogue, settings = self.model.plan.catalogue, self.projection.settings
        return {
            name: (
                normals[catalogue.factors[name].dimension]
                if name in catalogue.factors
                else catalogue.draw(name, settings[name], normals)
            )
            for name in names
        }

    def _all(self, normals: Array) -> dict[str, Any]:
        noise = [
            name
            for name, row in self.model.plan.catalogue.factors.items()
            if row.kind == "count_noise"
        ]
        varying = self._drawn([*self.projection.settings, *noise], normals)
        varying["whole_counts"] = True
        return self.model.graph.run_again(self.model.constants, varying)

    def mixed(self, one: RandomInput) -> dict[str, Any]:
        """The model at A with one input from B; what does not follow it is taken over."""
        self.normals[one.dimension] = self.at_b[one.dimension]
        changed = {
            name: value.copy() if name in self.model.plan.catalogue.factors else value
            for name, value in self._drawn(one.moves, self.normals).items()
        }
        self.normals[one.dimension] = self.at_a[one.dimension]
        return self.model.graph.run_again(self.values_a, changed)

    def met(self, values: Mapping[str, Any], names: frozenset[str]) -> dict[str, Bools]:
        """Whether the counted targets among these names are met at each point."""
        run = self.projection
        projection = Projection(run.model, run.scenario, run.settings, values, False)
        found = {
            target.name: happened_in(target, "simulated", projection, self.rules)
            for target in self.counted
            if target.name in names
        }
        return {name: happened for name, happened in found.items() if happened is not None}


def sobol(card: Scorecard, points: int = POINTS) -> Sobol:
    """First-order and total indices of all quantities, of each target met and of the number met.

    Raises ValueError for the central run, in which nothing varies, and where the number of
    points is no power of two.
    """
    if card.projection.deterministic:
        raise ValueError("the central run has no variance")
    if points < 2 or points.bit_count() > 1:
        raise ValueError(f"{points} points: a power of two is needed")
    sampler = Sampler(card, points)
    model, inputs = sampler.model, sampler.inputs
    quantities = card.projection.quantities
    names = frozenset(target.name for target in sampler.counted)
    met_a = sampler.met(sampler.values_a, names)
    met_b = sampler.met(sampler.values_b, names)
    targets = tuple(met_a)
    outputs = (
        *(Output("quantity", name) for name in quantities),
        *(Output("met", name) for name in targets),
        Output("number_met"),
    )
    number_a = _number(met_a, points)
    estimator = Estimator(
        _rows(quantities, sampler.values_a, targets, met_a, number_a),
        _rows(quantities, sampler.values_b, targets, met_b, _number(met_b, points)),
        len(inputs),
        card.projection.scenario.seed,
    )
    for at, one in enumerate(inputs):
        values = sampler.mixed(one)
        affected = model.graph.downstream(one.moves)
        met = sampler.met(values, affected)
        number = number_a + sum(met[name] - met_a[name].astype(float) for name in met)
        rows = [row for row, name in enumerate(quantities) if name in affected]
        hit = [row for row, name in enumerate(targets) if name in met]
        moved = [quantities[row] for row in rows]
        block = _rows(moved, values, [targets[row] for row in hit], met, number)
        columns = [*rows, *(len(quantities) + row for row in hit), len(outputs) - 1]
        estimator.hold(at, columns, block)
    found = estimator.estimate()
    return Sobol(inputs, outputs, found, points, len(inputs) + 2)


def _number(met: Mapping[str, Bools], points: int) -> Array:
    number = np.zeros(points)
    for happened in met.values():
        number += happened
    return number


def _rows(
    quantities: Iterable[str],
    values: Mapping[str, Any],
    targets: Iterable[str],
    met: Mapping[str, Bools],
    number: Array,
) -> Array:
    """Outputs as rows: quantities, whether targets are met, how many are."""
    rows = [values[name] for name in quantities] + [met[name] for name in targets] + [number]
    block = np.empty((len(rows), len(number)))
    for at, row in enumerate(rows):
        block[at] = row
    return block
