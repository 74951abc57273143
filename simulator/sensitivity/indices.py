"""Which share of an output's variance does an input make? First-order and total Sobol indices.

Two independent sets of points, A and B, and for each input A with that input from B. First
order by Saltelli et al. 2010, total by Jansen 1999; errors by a bootstrap over blocks of
points, which costs little because only means of blocks are resampled.
"""

from dataclasses import dataclass

import numpy as np

from simulator.units import Array

BLOCKS = 32
RESAMPLES = 100


@dataclass(frozen=True)
class Estimates:
    """Indices with bootstrap standard errors, each of shape (inputs, outputs)."""

    first: Array
    total: Array
    first_error: Array
    total_error: Array


class Estimator:
    """The outputs at A and B, shape (outputs, points), against which each input is held."""

    def __init__(self, at_a: Array, at_b: Array, inputs: int, seed: int) -> None:
        self.blocks = min(BLOCKS, at_a.shape[1])
        self.a = at_a
        mean = (at_a.mean(axis=1) + at_b.mean(axis=1))[:, None] / 2
        self.b = at_b - mean
        centred = at_a - mean
        self.sums = self._in_blocks(centred + self.b, np.ones_like(centred)) / 2
        self.squares = (self._in_blocks(centred, centred) + self._in_blocks(self.b, self.b)) / 2
        self.shape = (inputs, len(at_a))
        self.held: list[tuple[list[int], list[int], Array, Array]] = []
        self.seed = seed

    def _in_blocks(self, one: Array, other: Array) -> Array:
        """Means of products over blocks of neighbouring points, shape (outputs, blocks)."""
        length = one.shape[1] // self.blocks
        shape = (len(one), self.blocks, length)
        return np.einsum("obp,obp->ob", one.reshape(shape), other.reshape(shape)) / length

    def hold(self, at: int, rows: list[int], mixed: Array) -> None:
        """Take in the outputs in these rows with one input from B; the others stay as at A."""
        step = mixed - self.a[rows]
        first, total = self._in_blocks(self.b[rows], step), self._in_blocks(step, step) / 2
        self.held.append(([at] * len(rows), rows, first, total))

    def estimate(self) -> Estimates:
        """The indices; an output that does not vary has no variance to share out."""
        found = np.zeros((4, *self.shape))
        if not self.held:
            return Estimates(*found)
        inputs, outputs, *both = map(np.concatenate, zip(*self.held, strict=True))
        weights = np.random.default_rng(self.seed).multinomial(
            self.blocks, np.full(self.blocks, 1 / self.blocks), size=RESAMPLES
        )
        means: Array = weights.T / self.blocks
        variance = self.squares.mean(axis=1) - self.sums.mean(axis=1) ** 2
        resampled = self.squares @ means - (self.sums @ means) ** 2
        for at, parts in enumerate(both):
            shares = _share(parts @ means, resampled[outputs])
            found[at, inputs, outputs] = _share(parts.mean(axis=1), variance[outputs])
            found[at + 2, inputs, outputs] = shares.std(axis=1, ddof=1)
        return Estimates(*found)


def _share(part: Array, variance: Array) -> Array:
    """A part of the variance, and nothing where there is none."""
    varies = np.isfinite(variance) & (variance > 0)
    return np.divide(part, variance, out=np.zeros_like(part), where=varies)
