"""Which move does the strip split by lever, and is its split there yet? Worked out a turn at a time.

The strip speaks of the last move. Where that changed two or more levers, it is split by lever;
where it changed one and two or more differ from the trend, the whole way from the trend is.
All public funds, where they stand together on both sides, are one lever.
"""

from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from simulator.assumptions import Catalogue
from simulator.cockpit.address import to_address
from simulator.cockpit.moves import PUBLIC_FUNDS, Moves, master_value
from simulator.explain import Attribution, joined

RUNS_A_TURN = 128
"""Runs between two looks at what the planner does meanwhile: up to seven levers are one turn."""
SPLITS_KEPT = 64

Work = Generator[None, None, tuple[Attribution, ...]]
Key = tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]


@dataclass(frozen=True)
class Comparison:
    """What is split: the moves before and after, and whether that is the last move alone."""

    before: Moves
    after: Moves
    since: Literal["move", "trend"]

    @property
    def key(self) -> Key:
        """What the split follows from, whatever the order in which levers were moved."""
        one, other = (frozenset(to_address(moves).items()) for moves in (self.before, self.after))
        return one, other


@dataclass(frozen=True)
class LeverSplit:
    """The split of the expected number by lever, and of what."""

    since: Literal["move", "trend"]
    found: Attribution


def compared(now: Moves, earlier: Moves, catalogue: Catalogue) -> Comparison | None:
    """What to split by lever; None where one lever moved, or a baseline was typed between."""
    if now.typed_baselines != earlier.typed_baselines:
        return None
    if len(moved_levers(earlier, now, catalogue)) > 1:
        return Comparison(earlier, now, "move")
    trend = Moves({}, now.typed_baselines)
    if len(moved_levers(trend, now, catalogue)) > 1:
        return Comparison(trend, now, "trend")
    return None


def moved_levers(before: Moves, after: Moves, catalogue: Catalogue) -> list[tuple[str, ...]]:
    """The levers that differ, each alone but for the funds that the master lever moved."""
    differing = [
        name
        for name in catalogue.assumptions
        if before.changes.get(name) != after.changes.get(name)
    ]
    return joined(differing, together(before, after, catalogue))


def together(before: Moves, after: Moves, catalogue: Catalogue) -> Sequence[Sequence[str]]:
    """All public funds, where both sides hold them at the same distance from their trend."""
    both = all(_stand_together(moves, catalogue) for moves in (before, after))
    return (PUBLIC_FUNDS,) if both else ()


def _stand_together(moves: Moves, catalogue: Catalogue) -> bool:
    return moves.changes.keys().isdisjoint(PUBLIC_FUNDS) or bool(master_value(moves, catalogue))


@dataclass
class Splits:
    """The splits that a session has made, and the one that it is making."""

    _made: OrderedDict[Key, Attribution] = field(default_factory=OrderedDict)
    _underway: tuple[Key, Work] | None = None

    def made(self, comparison: Comparison) -> LeverSplit | None:
        """The split, or None where it is not there yet."""
        found = self._made.get(comparison.key)
        return None if found is None else LeverSplit(comparison.since, found)

    def turn(self, comparison: Comparison, begin: Callable[[], Work]) -> None:
        """Work on a split for one turn, from the beginning where another was underway."""
        key = comparison.key
        if key in self._made:
            return
        if self._underway is None or self._underway[0] != key:
            self._underway = (key, begin())
        _, work = self._underway
        try:
            for _ in range(RUNS_A_TURN):
                next(work)
        except StopIteration as end:
            (self._made[key],) = end.value
            self._underway = None
            while len(self._made) > SPLITS_KEPT:
                self._made.popitem(last=False)
