"""What would it take? The smallest change of chosen levers that reaches goals, or that none does."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.projection import project
from simulator.public_funds import MASTER
from simulator.scenario import Scenario
from simulator.scorecard import Scorecard, score
from simulator.seek.levers import Lever, levers_of
from simulator.seek.search import best_move, distance, smallest_move
from simulator.seek.trials import Goal, Steps, Trials

__all__ = ["Goal", "Move", "Outcome", "Sought", "seek"]


@dataclass(frozen=True)
class Move:
    """One lever's move: its value before and after, how far that is, and whether it is at an end."""

    lever: str
    before: float
    after: float
    spreads: float
    at_end: bool
    parts: tuple[tuple[str, float, float], ...] = ()
    """The funds that the master lever moves, with their values before and after."""


@dataclass(frozen=True)
class Outcome:
    """What became of a goal."""

    goal: Goal
    before: float
    after: float

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return self.after >= self.goal.wanted


@dataclass(frozen=True)
class Sought:
    """The smallest move that reaches every goal, or the one that comes nearest where none does."""

    card: Scorecard
    """The run after the move, from scratch."""
    outcomes: tuple[Outcome, ...]
    moves: tuple[Move, ...]
    distance: float
    """The root of the sum of squared spreads, each times its lever's cost."""
    idle: tuple[str, ...]
    """Levers on which no goal rests."""
    runs: int
    """How many different moves were tried."""

    @property
    def reached(self) -> bool:
        """Whether every goal is reached."""
        return all(outcome.reached for outcome in self.outcomes)

    @property
    def solution(self) -> Scenario | None:
        """The scenario that reaches the goals; nothing where none was found."""
        return self.card.projection.scenario if self.reached else None

    @property
    def limits(self) -> tuple[Move, ...]:
        """The moves that end where their lever's range does."""
        return tuple(move for move in self.moves if move.at_end)


def seek(
    start: Scorecard,
    goals: Sequence[Goal],
    costs: Mapping[str, float],
    follow: Callable[[int], None] | None = None,
) -> Sought:
    """Move the levers that `costs` names as little as reaches every goal, from a scorecard on.

    A lever is an assumption or all_public_funds. All tries share the draws, so that the answer
    is the same every time. `follow` is told after each try how many there were; what it raises
    ends the search. Raises InputError where goals or levers cannot be sought.
    """
    projection = start.projection
    levers = levers_of(projection.plan.catalogue, projection.scenario, costs)
    trials = Trials(start, goals, levers, follow)
    steps: Steps | None = None
    if trials.levers:
        steps = smallest_move(trials)
        steps = best_move(trials) if steps is None else steps
    steps = steps or (0,) * len(trials.levers)
    card = _moved(start, trials.levers, steps)
    return Sought(
        card,
        tuple(Outcome(goal, goal.found(start), goal.found(card)) for goal in trials.goals),
        tuple(
            _move(lever, number)
            for lever, number in zip(trials.levers, steps, strict=True)
            if number
        ),
        distance(trials, steps),
        trials.idle,
        trials.runs,
    )


def _move(lever: Lever, steps: int) -> Move:
    parts = tuple(
        (name, lever.parts[name].centre, setting.centre)
        for name, setting in lever.settings(steps).items()
        if lever.name == MASTER
    )
    at_end = steps in (lever.first, lever.last)
    return Move(lever.name, lever.start, lever.value(steps), lever.spreads(steps), at_end, parts)


def _moved(start: Scorecard, levers: Sequence[Lever], steps: Steps) -> Scorecard:
    """The scorecard after a move, computed anew in full."""
    scenario = start.projection.scenario
    changes = dict(scenario.changes)
    for lever, number in zip(levers, steps, strict=True):
        if number:
            changes |= {
                name: setting
                for name, setting in lever.settings(number).items()
                if name in changes or setting != lever.parts[name]
            }
    moved = replace(scenario, changes=changes)
    with np.errstate(all="ignore"):
        card = score(project(start.projection.model, moved), start.rules)
    for name in start.projection.quantities:
        if not math.isfinite(float(np.sum(card.projection.values[name]))):
            raise ArithmeticError(f"{name} comes to no finite number in every draw")
    return card
