"""How do thousands of draws fit into a page? As the few integers that the Sobol points follow from."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from simulator.projection import sobol_points

BITS = 30
"""Of a Sobol point as SciPy draws it: every point is a whole number of 2**-30."""

Integers = NDArray[np.int64]


def seeds_of_points(seed: int, draws: int, dimensions: Iterable[int]) -> dict[int, list[int]]:
    """For each dimension its first point and its directions, as integers of 30 bits.

    Point n is point n - 1 with the bits of one direction turned over: that of n's lowest bit.
    """
    points = sobol_points(seed, draws)
    powers = [2**power for power in range(draws.bit_length() - 1)]
    found = {}
    for dimension in dimensions:
        whole = (points[dimension] * 2**BITS).astype(np.int64)
        directions = [int(whole[power] ^ whole[power - 1]) for power in powers]
        found[dimension] = [int(whole[0]), *directions]
    return found


def points_of(numbers: list[int]) -> Integers:
    """The points that follow from the integers of one dimension, in their order."""
    first, *directions = numbers
    points = np.array([first], dtype=np.int64)
    for direction in directions:
        points = np.concatenate([points, points ^ points[0] ^ points[-1] ^ direction])
    return points
