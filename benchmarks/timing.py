"""How long do two things take, one after the other, again and again? Ratios of medians."""

import statistics
import time
from collections.abc import Callable


def alternate(
    first: Callable[[], object], second: Callable[[], object], rounds: int = 25
) -> tuple[float, float]:
    """Median seconds of two calls taken in turn, so that a drifting machine hurts both alike."""
    first()
    second()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for call, taken in zip((first, second), times, strict=True):
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def verdict(name: str, ratio: float, goal: float, at_most: bool = True) -> None:
    """Print a ratio beside its goal and whether it holds."""
    holds = ratio <= goal if at_most else ratio >= goal
    sign = "<=" if at_most else ">="
    print(f"{name}: {ratio:.3g} (goal {sign} {goal:g}) {'holds' if holds else 'does not hold'}")
