"""How is a move split fairly over several causes? Shapley values: the mean over all orders.

Each sum is rounded once (`fsum`), so the order in which causes are named changes nothing and
the way back is exactly the negative of the way there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import comb, fsum, sqrt

import numpy as np

Values = tuple[float, ...]
"""One number for each measure that is split."""
ValueOf = Callable[[frozenset[int]], Values]
"""What is measured where some causes have moved and the others have not."""


@dataclass(frozen=True)
class Split:
    """The measures before and after all causes moved, and the shares of each cause in between."""

    before: Values
    after: Values
    shares: tuple[Values, ...]
    """By cause, then by measure."""
    errors: tuple[Values, ...] | None
    """Standard errors of the shares; None where they are exact."""
    runs: int


def gray_code(causes: int) -> list[int]:
    """All subsets as bits, each one cause away from the one before; cause 0 moves most often."""
    return [step ^ (step >> 1) for step in range(2**causes)]


def subsets(causes: int) -> Iterator[frozenset[int]]:
    """The subsets of that walk."""
    return (_members(subset, causes) for subset in gray_code(causes))


def _members(subset: int, causes: int) -> frozenset[int]:
    return frozenset(at for at in range(causes) if subset >> at & 1)


def exact(causes: int, value_of: ValueOf) -> Split:
    """All subsets, 2 to the number of causes."""
    values = {subset: value_of(_members(subset, causes)) for subset in gray_code(causes)}
    everything = 2**causes - 1
    shares = tuple(_share(at, causes, values) for at in range(causes))
    return Split(values[0], values[everything], shares, None, len(values))


def _share(at: int, causes: int, values: dict[int, Values]) -> Values:
    terms: list[Values] = []
    for subset, without in values.items():
        if subset >> at & 1:
            continue
        orders = causes * comb(causes - 1, subset.bit_count())
        moved = values[subset | 1 << at]
        terms.append(tuple((a - b) / orders for a, b in zip(moved, without, strict=True)))
    return tuple(fsum(column) for column in zip(*terms, strict=True))


def sampled(causes: int, value_of: ValueOf, pairs: int, seed: int) -> Split:
    """Random orders, each with its reverse; the shares of every order sum to the move."""
    if pairs < 2:
        raise ValueError("an error needs at least two pairs of orders")
    random = np.random.default_rng(seed)
    before = value_of(frozenset())
    after = value_of(frozenset(range(causes)))
    found: list[list[Values]] = [[] for _ in range(causes)]
    for _ in range(pairs):
        order = [int(cause) for cause in random.permutation(causes)]
        there = _along(order, value_of, before, after)
        back = _along(order[::-1], value_of, before, after)
        for cause in range(causes):
            found[cause].append(
                tuple((a + b) / 2 for a, b in zip(there[cause], back[cause], strict=True))
            )
    shares = tuple(
        tuple(fsum(column) / pairs for column in zip(*rows, strict=True)) for rows in found
    )
    errors = tuple(
        tuple(float(np.std(column, ddof=1)) / sqrt(pairs) for column in zip(*rows, strict=True))
        for rows in found
    )
    return Split(before, after, shares, errors, 2 + 2 * pairs * (causes - 1))


def _along(order: Sequence[int], value_of: ValueOf, before: Values, after: Values) -> list[Values]:
    """What each cause adds where they move one after the other, by cause."""
    added: list[Values] = [()] * len(order)
    last = before
    for place, cause in enumerate(order, 1):
        now = after if place == len(order) else value_of(frozenset(order[:place]))
        added[cause] = tuple(a - b for a, b in zip(now, last, strict=True))
        last = now
    return added
