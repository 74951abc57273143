"""Where do draws have to lie to agree with what was seen? An affine move of their normals.

Near the most likely point every reading is nearly linear in the standard normals, and then the
posterior is normal and known in closed form (Kalman's formula; for one fund it is the conjugate
log-normal of section 9). Moving the normals by the symmetric square root of its covariance keeps
each draw as near to itself as can be. What linearity gets wrong is told as a log ratio of
densities, so that weights can put it right exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.assumptions import COORDINATES, Setting
from simulator.projection import Model, run_draws
from simulator.track.quantities import PAID, drawn, fund_of
from simulator.track.readings import Reading, scaled
from simulator.units import Array

STEP = 1e-4
"""Of a finite difference, in standard normals."""
ROUNDS, HALVINGS = 12, 8
CLOSE = 1e-6
"""A move of the most likely point that ends the search."""


@dataclass(frozen=True)
class Move:
    """Standard normals moved along a few directions: from a to shift + shrink * a."""

    basis: Array
    """The directions as orthonormal columns, shape (256, directions)."""
    shift: Array
    shrink: Array
    """The posterior's spread along each direction, from 0 to 1."""

    def apply(self, normals: Array) -> tuple[Array, Array]:
        """The moved normals, and the log density of the prior over that of the move, each draw.

        `normals` has the shape (256, draws), the ratio (draws,).
        """
        before = self.basis.T @ normals
        after = self.shift[:, None] + self.shrink[:, None] * before
        ratio = (np.square(before) - np.square(after)).sum(axis=0) / 2
        moved = normals + self.basis @ (after - before)
        return moved, ratio + float(np.log(self.shrink).sum())


@dataclass(frozen=True)
class World:
    """What readings are held against: a model, its settings, and the groups of its funds."""

    model: Model
    settings: Mapping[str, Setting]
    groups: Mapping[str, tuple[str, ...]]

    def coordinates(self, readings: Sequence[Reading]) -> list[int]:
        """The coordinates on which some reading rests smoothly: all but those of switches."""
        wanted = {name for reading in readings for name in self._behind(reading.quantity)}
        catalogue = self.model.plan.catalogue
        found: set[int] = set()
        for name, row in catalogue.assumptions.items():
            if name in wanted and row.link != "switch" and not self.settings[name].fixed:
                found |= {row.dimension, *(catalogue.factors[of].dimension for of in row.loadings)}
        found |= {row.dimension for name, row in catalogue.factors.items() if name in wanted}
        return sorted(found)

    def _behind(self, quantity: str) -> set[str]:
        """Everything that a quantity rests on, inputs included."""
        graph, fund = self.model.graph, fund_of(quantity, self.groups)
        names = [quantity]
        if fund is not None and quantity not in self.settings:
            names = [f"{member}_{PAID}" for member in self.groups[fund]]
        steps = {step for name in names for step in graph.upstream(name)}
        return {*names} | {
            argument for step in steps for argument in graph.equations[step].arguments
        }

    def levels(self, readings: Sequence[Reading], normals: Array) -> Array:
        """The readings' quantities on their scales, shape (readings, draws)."""
        values = run_draws(self.model, self.settings, normals, whole_counts=False)
        found = [
            scaled(drawn(reading.quantity, values, self.groups), reading.scale)
            for reading in readings
        ]
        return np.array([np.broadcast_to(row, normals.shape[1]) for row in found])


def find_move(world: World, readings: Sequence[Reading], start: Array) -> Move | None:
    """The move under which draws agree with the readings; None where nothing that varies is read.

    `start` is a point of the standard normals, shape (256,): a switch stays on its side there.
    """
    coordinates = world.coordinates(readings)
    if not coordinates:
        return None
    search = _Search(world, readings, start, coordinates)
    point = np.zeros(len(coordinates))
    gaps, slopes, cost = search.at(point)
    for _ in range(ROUNDS):
        left, sizes, right = np.linalg.svd(slopes, full_matrices=False)
        wanted = left.T @ (gaps + slopes @ point)
        step = right.T @ (sizes / (1 + np.square(sizes)) * wanted) - point
        for _ in range(HALVINGS):
            there = search.at(point + step)
            if there[2] <= cost:
                break
            step = step / 2
        else:
            break  # no nearer point in this direction
        point = point + step
        gaps, slopes, cost = there
        if np.abs(step).max() < CLOSE:
            break
    _, sizes, right = np.linalg.svd(slopes, full_matrices=False)
    basis = np.zeros((COORDINATES, len(sizes)))
    basis[coordinates] = right.T
    return Move(basis, right @ point, 1 / np.sqrt(1 + np.square(sizes)))


@dataclass(frozen=True)
class _Search:
    world: World
    readings: Sequence[Reading]
    start: Array
    coordinates: list[int]

    def at(self, point: Array) -> tuple[Array, Array, float]:
        """Gaps to the readings and their slopes, both in spreads, and what the point costs."""
        count = len(self.coordinates)
        normals = np.repeat(self.start[:, None], 1 + count, axis=1)
        normals[self.coordinates] = point[:, None]
        normals[self.coordinates, np.arange(1, 1 + count)] += STEP
        spreads = np.sqrt([reading.spread**2 + reading.blur for reading in self.readings])
        levels = self.world.levels(self.readings, normals) / spreads[:, None]
        wanted = np.array([reading.level for reading in self.readings]) / spreads
        gaps = wanted - levels[:, 0]
        slopes = np.nan_to_num((levels[:, 1:] - levels[:, :1]) / STEP, posinf=0.0, neginf=0.0)
        return gaps, slopes, float(point @ point + gaps @ gaps)
