"""How are two runs compared? Identities to rounding, neutralities bit for bit, monotone laws."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

ROUNDING = 1e-9


def same(left: Any, right: Any, rounding: float = ROUNDING) -> bool:
    """Equal but for rounding, relative to the larger of the two."""
    scale = np.maximum(np.abs(left), np.abs(right))
    return bool(np.all(np.abs(np.subtract(left, right)) <= rounding * scale + 1e-300))


def identical(left: Any, right: Any) -> bool:
    """Equal bit for bit, compartments of the herd included."""
    if isinstance(left, tuple):
        return all(identical(one, other) for one, other in zip(left, right, strict=True))
    return np.array_equal(np.asarray(left), np.asarray(right)) and np.array_equal(
        np.signbit(left), np.signbit(right)
    )


def moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The quantities that are not bit for bit the same in two runs."""
    assert before.keys() == after.keys()
    return {name for name in before if not identical(before[name], after[name])}


def assert_rises(
    lower: Mapping[str, Any],
    higher: Mapping[str, Any],
    names: Iterable[str],
    *,
    strictly: bool = False,
) -> None:
    """Each quantity is larger in the second run (no smaller, where not strictly)."""
    for name in names:
        before, after = np.asarray(lower[name]), np.asarray(higher[name])
        slack = 0 if strictly else ROUNDING * np.maximum(np.abs(before), np.abs(after))
        wrong = ~(after > before) if strictly else ~(after >= before - slack)
        assert not wrong.any(), f"{name} goes from {before} to {after}"


def assert_falls(
    lower: Mapping[str, Any],
    higher: Mapping[str, Any],
    names: Iterable[str],
    *,
    strictly: bool = False,
) -> None:
    """Each quantity is smaller in the second run (no larger, where not strictly)."""
    assert_rises(higher, lower, names, strictly=strictly)
