"""Where do draws have to lie to agree with what was seen? An affine move of their normals.

Where every reading is linear in the standard normals, the posterior is normal and known in closed
form (Kalman's formula; for one fund it is the conjugate log-normal of section 9). Moving the
normals by the symmetric square root of its covariance keeps each draw as near to itself as can be.
Readings are made linear by regression over the draws, again and again around where the draws then
lie; what linearity misses widens the reading, and is told as a ratio of densities, so that weights
can put it right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.projection import Model
from simulator.track.quantities import PAID, fund_of
from simulator.units import Array

KNOWN_DIRECTION = 0.02
"""Draws shrunk further along a direction than this say nothing of slopes along it."""
DRAWS_A_SLOPE = 4
"""Regressions with fewer draws for each slope are not made."""


@dataclass(frozen=True)
class Move:
    """Normals moved along a few directions of some coordinates: from a to shift + shrink * a."""

    basis: Array
    """The directions as orthonormal columns, shape (coordinates, directions)."""
    shift: Array
    shrink: Array
    """The posterior's spread along each direction, from 0 to 1."""

    def apply(self, normals: Array) -> tuple[Array, Array]:
        """The moved normals, and the log density of the prior over that of the move, each draw.

        `normals` has the shape (coordinates, draws), the ratio (draws,).
        """
        before = self.basis.T @ normals
        after = self.shift[:, None] + self.shrink[:, None] * before
        ratio = (np.square(before) - np.square(after)).sum(axis=0) / 2
        moved = normals + self.basis @ (after - before)
        return moved, ratio + float(np.log(self.shrink).sum())

    def slopes_before(self, slopes: Array) -> Array:
        """Slopes along moved normals, from slopes along the normals before the move."""
        known = self.shrink > KNOWN_DIRECTION
        inverse = np.where(known, 1 / np.where(known, self.shrink, 1), 0)
        along = slopes @ self.basis
        return np.asarray(slopes + (along * (inverse - 1)) @ self.basis.T)


class Linearised:
    """Readings as linear functions of normals: level = constant + slopes @ z + N(0, variance).

    Begins flat; `regress` bends it to what draws of the readings' quantities say.
    """

    def __init__(self, wanted: Array, noise: Array, normals: Array) -> None:
        """Readings' levels and noise variances, and normals of shape (coordinates, draws)."""
        self.wanted, self.noise, self.normals = wanted, noise, normals
        self.slopes = np.zeros((len(wanted), len(normals)))
        self.constant = np.zeros(len(wanted))
        self.variance = noise
        coordinates, self.draws = normals.shape
        self.mean = normals.mean(axis=1, keepdims=True)
        self.centred = normals - self.mean
        self.free = self.draws - coordinates - 1
        self.solvable = self.draws >= DRAWS_A_SLOPE * (coordinates + 1)

    def regress(self, levels: Array, move: Move | None) -> None:
        """Fit to the quantities' levels, shape (readings, draws), where a move has brought them."""
        moved = self.normals if move is None else move.apply(self.normals)[0]
        missed = levels - self.slopes @ moved
        centred = missed - missed.mean(axis=1, keepdims=True)
        gram = self.centred @ self.centred.T
        found = np.linalg.solve(gram, self.centred @ centred.T).T
        left = centred - found @ self.centred
        self.slopes = self.slopes + (found if move is None else move.slopes_before(found))
        self.constant = (levels - self.slopes @ moved).mean(axis=1)
        self.variance = self.noise + np.square(left).sum(axis=1) / max(1, self.free)

    def move(self) -> Move:
        """The move of the normals that the linear readings ask for."""
        spreads = np.sqrt(self.variance)
        left, sizes, right = np.linalg.svd(self.slopes / spreads[:, None], full_matrices=False)
        gaps = left.T @ ((self.wanted - self.constant) / spreads)
        shift = sizes / (1 + np.square(sizes)) * gaps
        return Move(right.T, shift, 1 / np.sqrt(1 + np.square(sizes)))


def coordinates_behind(
    quantities: Iterable[str], model: Model, groups: Mapping[str, tuple[str, ...]]
) -> list[int]:
    """The coordinates on which quantities rest smoothly, so all but those of switches."""
    graph, catalogue = model.graph, model.plan.catalogue
    wanted: set[str] = set()
    for quantity in quantities:
        fund = fund_of(quantity, groups)
        parts = [quantity]
        if fund is not None and quantity not in catalogue.assumptions:
            parts = [f"{member}_{PAID}" for member in groups[fund]]
        steps = {step for name in parts for step in graph.upstream(name)}
        wanted |= {*parts, *(of for step in steps for of in graph.equations[step].arguments)}
    found = {row.dimension for name, row in catalogue.factors.items() if name in wanted}
    for name, row in catalogue.assumptions.items():
        if name in wanted and row.link != "switch":
            found |= {row.dimension, *(catalogue.factors[of].dimension for of in row.loadings)}
    return sorted(found)
