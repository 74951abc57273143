"""What do pages ask of a scorecard that takes long? Each answer is kept until another one is shown."""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from simulator.cockpit.moves import MASTER, PUBLIC_FUNDS
from simulator.explain import Measure
from simulator.records import InputError
from simulator.scorecard import Scorecard
from simulator.seek import Goal, Sought, seek
from simulator.sensitivity import Tornado, tornado


@dataclass
class Answers:
    """The answers of one session; only the latest of each kind is kept."""

    _tornado: tuple[Scorecard, Tornado] | None = None
    _needed: tuple[Scorecard, tuple[str, float], dict[str, Sought]] | None = None

    def tornado(self, card: Scorecard) -> Tornado:
        """What each assumption does alone."""
        if self._tornado is None or self._tornado[0] is not card:
            self._tornado = (card, tornado(card))
        return self._tornado[1]

    def needed(self, card: Scorecard, name: str, level: float) -> dict[str, Sought]:
        """What each front lever alone would have to be for a target's chance."""
        key = (name, level)
        if self._needed is None or self._needed[0] is not card or self._needed[1] != key:
            goal = Goal(name, level)
            found = {}
            for lever in _levers_of(card, name):
                with suppress(InputError, ArithmeticError), np.errstate(all="ignore"):
                    found[lever] = seek(card, [goal], {lever: 1.0})
            self._needed = (card, key, found)
        return self._needed[2]


def _levers_of(card: Scorecard, name: str) -> list[str]:
    """The front levers on which a quantity rests, all public funds as one."""
    model = card.projection.model
    reach = Measure("chance", name).rests_on(model)
    rows = model.plan.catalogue.assumptions.values()
    front = [row.name for row in rows if row.front and row.name in reach]
    funds = [MASTER] if any(fund in reach for fund in PUBLIC_FUNDS) else []
    return funds + [lever for lever in front if lever not in PUBLIC_FUNDS]
