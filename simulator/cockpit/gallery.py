"""Which scenarios of comparisons have been run already? Kept for all sessions, without their draws.

A scorecard follows from its moves alone, so that sessions may share it; what a comparison reads of
one is small, and the draws, which are not, are let go.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import RLock

from simulator.cockpit.moves import Moves
from simulator.scorecard import Scorecard

MOST_CARDS = 32
"""Scorecards kept; the ones that were not looked at for longest leave first."""


@dataclass
class Gallery:
    """Scorecards by the moves behind them, and the moves of scenarios that travel with the product."""

    _cards: OrderedDict[str, Scorecard] = field(default_factory=OrderedDict)
    _moves: dict[str, Moves] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)
    """Two sessions that ask at once for one run wait for it together."""

    def card(self, key: str, run: Callable[[], Scorecard]) -> Scorecard:
        """The scorecard of a key, run where it is not there yet."""
        with self._lock:
            if key not in self._cards:
                self._cards[key] = without_draws(run())
            self._cards.move_to_end(key)
            while len(self._cards) > MOST_CARDS:
                self._cards.popitem(last=False)
            return self._cards[key]

    def moves(self, name: str, read: Callable[[], Moves]) -> Moves:
        """The moves of a shipped scenario, read and solved once."""
        with self._lock:
            if name not in self._moves:
                self._moves[name] = read()
            return self._moves[name]


def without_draws(card: Scorecard) -> Scorecard:
    """A scorecard with all that a comparison reads; the draws of the quantities are left out."""
    return replace(card, projection=replace(card.projection, values={}, sorted_draws={}))
