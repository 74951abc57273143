"""Which levers has a planner moved, and what came before? Immutable, so that undo is exact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from simulator.assumptions import Catalogue, Setting
from simulator.public_funds import MASTER, PUBLIC_FUNDS, shifted

__all__ = [
    "MASTER",
    "MASTER_HIGH",
    "MASTER_LOW",
    "MASTER_STEP",
    "PUBLIC_FUNDS",
    "History",
    "Moves",
    "master_moves",
    "master_value",
]

LONGEST_HISTORY = 200


@dataclass(frozen=True)
class Moves:
    """What differs from the trend: changed assumptions and typed baselines."""

    changes: Mapping[str, Setting] = field(default_factory=dict)
    typed_baselines: Mapping[str, float] = field(default_factory=dict)

    def moved(self, name: str, setting: Setting | None, catalogue: Catalogue) -> "Moves":
        """One lever moved; a lever put back on its centre is no change."""
        changes = {key: value for key, value in self.changes.items() if key != name}
        if setting is not None and setting != catalogue.default(name):
            changes[name] = setting
        return replace(self, changes=changes)

    def without(self, names: Iterable[str]) -> "Moves":
        """Some levers put back, and some typed baselines taken back."""
        dropped = set(names)
        kept = {name: value for name, value in self.changes.items() if name not in dropped}
        typed = {name: value for name, value in self.typed_baselines.items() if name not in dropped}
        return Moves(kept, typed)

    def typed(self, name: str, value: float | None) -> "Moves":
        """A baseline typed in, or taken back."""
        baselines = {key: old for key, old in self.typed_baselines.items() if key != name}
        if value is not None:
            baselines[name] = value
        return replace(self, typed_baselines=baselines)


@dataclass(frozen=True)
class History:
    """The moves now, those before and those undone; a drag is one step, however many values it sent."""

    now: Moves = Moves()
    past: tuple[Moves, ...] = ()
    future: tuple[Moves, ...] = ()
    settled: Moves | None = None
    """Where an unfinished drag began."""

    def drag(self, moves: Moves) -> "History":
        """A value on the way: shown, but not yet a step."""
        return replace(self, now=moves, settled=self.settled or self.now)

    def step(self, moves: Moves) -> "History":
        """A finished move; the way back leads to where it began."""
        before = self.settled or self.now
        if moves == before:
            return replace(self, now=moves, settled=None)
        past = (*self.past, before)[-LONGEST_HISTORY:]
        return History(moves, past)

    def undo(self) -> "History":
        """One step back, or the same where there is none; an unfinished drag is a step."""
        if self.settled is not None:
            return self.step(self.now).undo()
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.now, *self.future))

    def redo(self) -> "History":
        """One undone step again, or the same where there is none or a drag has begun another way."""
        if self.settled is not None:
            return self.step(self.now).redo()
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.now), self.future[1:])


MASTER_LOW, MASTER_HIGH, MASTER_STEP = -0.4, 0.05, 0.005


def master_moves(moves: Moves, points: float, catalogue: Catalogue) -> Moves:
    """All public funds moved by the same points from their trend, each within its range."""
    for name in PUBLIC_FUNDS:
        if name in catalogue.assumptions:
            moves = moves.moved(name, Setting(_shifted(name, points, catalogue)), catalogue)
    return moves


def master_value(moves: Moves, catalogue: Catalogue) -> float:
    """The points by which all public funds are moved together; 0 where they are not."""
    funds = [name for name in PUBLIC_FUNDS if name in catalogue.assumptions]
    shifts = [
        moves.changes[name].centre - catalogue.assumptions[name].centre
        for name in funds
        if name in moves.changes
    ]
    for points in {round(shift, 9) for shift in shifts}:
        if all(
            moves.changes.get(name, catalogue.default(name))
            == Setting(_shifted(name, points, catalogue))
            for name in funds
        ):
            return points
    return 0.0


def _shifted(name: str, points: float, catalogue: Catalogue) -> float:
    row = catalogue.assumptions[name]
    return shifted(row, row.centre, points)
