"""How good was one forecast? Proper scores of draws, of chances and of bounds against what came."""

from typing import Any

import numpy as np

from simulator.units import Array


def crps(draws: Array, outcome: float) -> float:
    """Continuous ranked probability score of draws, shape (n,), in their unit; 0 is perfect.

    mean|x - y| - mean|x - x'| / 2 over all pairs, from sorted draws in n log n. Of one draw it is
    the absolute error. Gneiting and Raftery 2007.
    """
    errors = np.sort(np.asarray(draws, dtype=float)) - outcome
    count = len(errors)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return float(np.mean(np.abs(errors)) - np.sum(ranks * errors) / count**2)


def pit(draws: Array, outcome: float, uniform: float) -> float:
    """The rank of an outcome among draws, 0 to 1; among equal ones `uniform`, 0 to 1, decides.

    Uniform where outcomes come from the forecast. Counts have ties, continuous draws none.
    """
    below = np.mean(np.asarray(draws) < outcome)
    equal = np.mean(np.asarray(draws) == outcome)
    return float(below + uniform * equal)


def brier(chance: float, happened: bool) -> float:
    """The squared error of a chance; 0 is perfect, 1/4 is what a coin gets."""
    return (chance - happened) ** 2


def log_score(chance: float, happened: bool, draws: int) -> float:
    """Minus the logarithm of the chance of what happened; 0 is perfect, log 2 is what a coin gets.

    A chance counted from draws is taken half a draw away from 0 and 1, so that no score is endless.
    """
    counted = (chance * draws + 1 / 2) / (draws + 1)
    return float(-np.log(counted if happened else 1 - counted))


def interval_brier(low: float, high: float, happened: bool) -> float:
    """The squared distance of what happened (0 or 1) from the interval of its chance; 0 inside.

    Of an interval without width it is the Brier score.
    """
    nearest = float(np.clip(happened, low, high))
    return (nearest - happened) ** 2


def relative_skill(scores: Any, reference: Any) -> float:
    """1 - sum of scores / sum of the reference's; 0 for the reference itself, 1 for a perfect one.

    A reference without error leaves nothing to gain: 0 against another perfect one, else -inf.
    """
    ours, theirs = float(np.sum(scores)), float(np.sum(reference))
    if theirs == 0:
        return 0.0 if ours == 0 else float("-inf")
    return 1 - ours / theirs
