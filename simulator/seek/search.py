"""Which is the smallest move that reaches the goals, and where do the levers come nearest?"""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy.optimize import minimize

from simulator.seek.trials import Steps, Trials
from simulator.units import Array

FINE, COARSE = 32, 8
"""Points looked at on each side of the start: of the only lever, of one of several."""
ROUNDS = 4
DIFFERENCE = 0.2
"""Spreads by which levers are moved to see slopes: wide enough to count draws, not noise."""
BEYOND = (1.0, 1.01, 1.03, 1.1, 1.3, 2.0)
RAY = 2**20
MOST_SHRINKS = 12


def distance(trials: Trials, steps: Steps) -> float:
    """How far a move goes: the root of the sum of squared spreads, each times its lever's cost."""
    return math.hypot(
        *(
            lever.cost * lever.spreads(number)
            for lever, number in zip(trials.levers, steps, strict=True)
        )
    )


def smallest_move(trials: Trials) -> Steps | None:
    """The smallest move that reaches every goal, or nothing where none was found."""
    origin: Steps = (0,) * len(trials.levers)
    if trials.reaches(origin):
        return origin
    found = _on_a_line(trials) if len(trials.levers) == 1 else _in_a_box(trials)
    return min((_shrunk(trials, steps) for steps in found), key=_by_distance(trials), default=None)


def best_move(trials: Trials) -> Steps:
    """The move that comes nearest to the goals; it stops where every goal is reached.

    Lever after lever goes where it helps most, until none helps further. Goals that pull levers
    apart are then weighed against each other from there.
    """
    steps: Steps = (0,) * len(trials.levers)
    points = FINE if len(steps) == 1 else COARSE
    for _ in range(ROUNDS):
        before = steps
        for at in range(len(steps)):
            steps = _helped(trials, steps, at, points)
            if trials.reaches(steps):
                return steps
        if steps == before:
            break
    return _weighed(trials, steps)


def _by_distance(trials: Trials) -> Any:
    return lambda steps: (distance(trials, steps), steps)


def _with(steps: Steps, at: int, number: int) -> Steps:
    return (*steps[:at], number, *steps[at + 1 :])


def _helped(trials: Trials, steps: Steps, at: int, points: int) -> Steps:
    """One lever put where it helps most; on its end where it helps no less there."""
    lever = trials.levers[at]
    numbers = [number for side in (1, -1) for number in lever.spaced(side, points)]
    moves = {_with(steps, at, number): number for number in numbers}
    top = max(trials.at(move).rank for move in moves)
    if top <= trials.at(steps).rank:
        return steps
    tied = [move for move in moves if trials.at(move).rank == top]
    ends = [move for move in tied if moves[move] in (lever.first, lever.last)]
    return min(ends or tied, key=_by_distance(trials))


def _on_a_line(trials: Trials) -> list[Steps]:
    """The first value on each side that reaches the goals, looked for outwards, then halved."""
    lever = trials.levers[0]
    found: list[Steps] = []
    for side in (1, -1):
        before = 0
        for number in lever.spaced(side, FINE):
            if trials.reaches((number,)):
                between = range(before + side, number + side, side)
                last = len(between) - 1
                at = bisect_left(between, True, hi=last, key=lambda k: trials.reaches((k,)))
                found.append((between[at],))
                break
            before = number
    if found:
        return found
    best = best_move(trials)
    return [best] if trials.reaches(best) else []


def _in_a_box(trials: Trials) -> Iterator[Steps]:
    """Where the search along slopes ends, begun at the start and at a move that reaches."""
    reaching = best_move(trials)
    begun = [np.zeros(len(trials.levers))]
    if trials.reaches(reaching):
        shortened = _along(trials, _spreads(trials, reaching)) or reaching
        yield shortened
        begun.append(_spreads(trials, shortened))
    for begin in begun:
        moved = _along(trials, _descend(trials, begin))
        if moved is not None:
            yield moved


def _spreads(trials: Trials, steps: Steps) -> Array:
    return np.array(
        [lever.spreads(number) for lever, number in zip(trials.levers, steps, strict=True)]
    )


def _steps(trials: Trials, spreads: Array) -> Steps:
    return tuple(
        lever.steps_at(float(far)) for lever, far in zip(trials.levers, spreads, strict=True)
    )


def _box(trials: Trials) -> list[tuple[float, float]]:
    return [(lever.spreads(lever.first), lever.spreads(lever.last)) for lever in trials.levers]


def _heights(trials: Trials, spreads: Array) -> Array:
    return trials.at(_steps(trials, spreads)).heights


def _slopes(trials: Trials, spreads: Array, box: list[tuple[float, float]]) -> Array:
    columns = []
    for at, (low, high) in enumerate(box):
        above, below = spreads.copy(), spreads.copy()
        above[at] = min(high, spreads[at] + DIFFERENCE)
        below[at] = max(low, spreads[at] - DIFFERENCE)
        rise = _heights(trials, above) - _heights(trials, below)
        columns.append(rise / (above[at] - below[at]))
    return np.array(columns).T


def _descend(trials: Trials, begin: Array) -> Array:
    """The least weighted squares of spreads with all heights at zero or above."""
    box = _box(trials)
    low, high = np.array(box).T
    costs = np.array([lever.cost for lever in trials.levers])
    unit = costs / costs.max()
    return _optimum(
        lambda x: float(np.sum((unit * x) ** 2)),
        lambda x: 2 * unit**2 * x,
        np.clip(begin, low, high),
        box,
        lambda x: _heights(trials, x),
        lambda x: _slopes(trials, x, box),
        {"maxiter": 25, "ftol": 1e-6},
    )


def _weighed(trials: Trials, steps: Steps) -> Steps:
    """From a move that reaches not all goals to the one whose lowest height is highest."""
    box = _box(trials)
    low, high = np.array(box).T
    trial = trials.at(steps)
    lowest = float(trial.heights.min())
    falls = -np.ones((len(trials.goals), 1))
    found = _optimum(
        lambda x: -float(x[-1]),
        lambda x: np.append(np.zeros(len(box)), -1.0),
        np.append(np.clip(_spreads(trials, steps), low, high), lowest),
        [*box, (lowest, float(trial.heights.max()) + 1)],
        lambda x: _heights(trials, x[:-1]) - x[-1],
        lambda x: np.hstack([_slopes(trials, x[:-1], box), falls]),
        {"maxiter": 15, "ftol": 1e-4},
    )
    return max(steps, _steps(trials, found[:-1]), key=lambda move: trials.at(move).rank)


def _optimum(
    value: Callable[[Array], float],
    slope: Callable[[Array], Array],
    begin: Array,
    box: list[tuple[float, float]],
    above: Callable[[Array], Array],
    slopes: Callable[[Array], Array],
    options: Any,
) -> Array:
    """Where a value is least inside a box with all of `above` at zero or more."""
    low, high = np.array(box).T

    def inside(point: Array) -> Array:
        return np.clip(np.nan_to_num(point), low, high)

    constraint: Any = {
        "type": "ineq",
        "fun": lambda x: above(inside(x)),
        "jac": lambda x: slopes(inside(x)),
    }
    found: Any = minimize(
        value,
        begin,
        jac=slope,
        method="SLSQP",
        bounds=box,
        constraints=constraint,
        options=options,
    )
    return inside(found.x)


def _along(trials: Trials, spreads: Array) -> Steps | None:
    """The shortest move in a direction that reaches the goals, or nothing where none does."""
    for beyond in BEYOND:
        far = spreads * beyond
        if trials.reaches(_steps(trials, far)):
            parts = range(1, RAY + 1)
            at = bisect_left(
                parts, True, hi=RAY - 1, key=lambda t: trials.reaches(_steps(trials, far * t / RAY))
            )
            return _steps(trials, far * parts[at] / RAY)
    return None


def _shrunk(trials: Trials, steps: Steps) -> Steps:
    """A move of which no lever can go one step back without missing a goal.

    Where goals pull levers apart, taking one back may free another, again and again by less;
    that ends after some rounds.
    """
    for _ in range(MOST_SHRINKS):
        before = steps
        for at in range(len(steps)):
            steps = _taken_back(trials, steps, at)
        if steps == before:
            break
    return steps


def _taken_back(trials: Trials, steps: Steps, at: int) -> Steps:
    """One lever taken back towards the start as far as the goals stay reached."""
    number = steps[at]
    side = 1 if number > 0 else -1
    back = 1
    while number and trials.reaches(_with(steps, at, number - side * back)):
        number -= side * back
        back = min(2 * back, abs(number))
    while back > 1 and number:
        back = min(back // 2, abs(number))
        if trials.reaches(_with(steps, at, number - side * back)):
            number -= side * back
    return _with(steps, at, number)
