"""What does the log of a plan hold? Read once a version; where it cannot be opened, why not."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from simulator.observation import Observation
from simulator.records import InputError, Problem

if TYPE_CHECKING:
    from simulator.ledger import Entry, Ledger

LOGS_KEPT = 8
PATIENCE = 10.0
"""Seconds after a database that could not be opened is asked again."""


@dataclass(frozen=True)
class Log:
    """All entries of a plan as they stood at a moment; or what keeps them from being read."""

    entries: "tuple[Entry, ...]" = ()
    problems: tuple[Problem, ...] = ()

    @property
    def observations(self) -> tuple[Observation, ...]:
        """What counts: neither superseded nor taken back."""
        return tuple(entry.observation for entry in self.entries if entry.counts)

    def entry(self, number: int) -> "Entry | None":
        """The entry of a number."""
        return next((entry for entry in self.entries if entry.number == number), None)

    def live(self, number: int) -> "Entry | None":
        """The entry of a number, if it counts."""
        found = self.entry(number)
        return found if found is not None and found.counts else None


class Books:
    """One ledger for all sessions of a server, opened when it is first asked for."""

    def __init__(self, opening: "Callable[[], Ledger]") -> None:
        self._opening = opening
        self._ledger: Ledger | None = None
        self._failed: tuple[float, InputError] | None = None
        self._lock = Lock()
        self._logs: OrderedDict[tuple[str, int, datetime | None], Log] = OrderedDict()

    def ledger(self) -> "Ledger":
        """The ledger. Raises InputError where its database cannot be opened."""
        with self._lock:
            if self._ledger is not None:
                return self._ledger
            if self._failed is not None and time.monotonic() - self._failed[0] < PATIENCE:
                raise self._failed[1]
            try:
                self._ledger = self._opening()
            except InputError as error:
                self._failed = (time.monotonic(), error)
                raise
            return self._ledger

    def read(self, plan: str, until: datetime | None = None) -> Log:
        """The log of a plan as it stands, or stood at a moment; never raises."""
        try:
            ledger = self.ledger()
            key = (plan, ledger.version(plan), until)
            with self._lock:
                found = self._logs.get(key)
            if found is None:
                found = Log(tuple(ledger.entries(plan, until=until)))
        except InputError as error:
            return Log(problems=error.problems)
        with self._lock:
            self._logs[key] = found
            self._logs.move_to_end(key)
            while len(self._logs) > LOGS_KEPT:
                self._logs.popitem(last=False)
        return found
