"""By how much does a scenario move an outcome of a comparison, and is that for the better?"""

from simulator.compare import Outcome
from simulator.plan_rows import Target


def shift(outcome: Outcome, at: int) -> float:
    """How far a median lies from the base's, in widths of the wider P10-P90 range; 0 where one has none."""
    first, other = outcome.rows[0].quantiles, outcome.rows[at].quantiles
    if first is None or other is None or other[1] == first[1]:
        return 0.0
    width = max(first[2] - first[0], other[2] - other[0])
    return (other[1] - first[1]) / width if width else float("inf")


def largest_shift(outcome: Outcome) -> float:
    """The size of the largest shift of an outcome."""
    return max(abs(shift(outcome, at)) for at in range(len(outcome.rows)))


def printed_move(outcome: Outcome, at: int, decimals: int) -> float | None:
    """The difference of two medians as they are printed, so that it is the one a reader finds."""
    first, other = outcome.medians[0], outcome.medians[at]
    if first is None or other is None:
        return None
    return round(round(other, decimals) - round(first, decimals), decimals)


def is_better(target: Target, move: float) -> bool | None:
    """Whether a move is towards the plan; None where it is none, or where neither way is better."""
    if not move or target.sense in {None, "neutral"}:
        return None
    return (move > 0) == (target.sense != "at_most")
