"""What is an entry of the ledger, and what may never stand in one?"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from simulator.observation import Observation
from simulator.observation_reading import KINDS, text_fault
from simulator.records import Problem, nearest
from simulator.yaml_text import in_words

LARGEST_NUMBER = 2_000_000_000
"""Of an entry; a database's number of four bytes ends a little further on."""
FILE = "observations"


@dataclass(frozen=True)
class Entry:
    """One row of the log: an observation, or what corrects one or takes it back."""

    number: int
    """Given by the database, ascending in the order of entering."""
    plan: str
    observation: Observation
    """What was entered; `entered_by` says who. For what takes back, what it takes back."""
    entered_at: datetime
    """UTC; ascends strictly with the number."""
    supersedes: int | None = None
    """The entry that this one corrects or takes back."""
    withdrawn: bool = False
    """Whether it takes back, so that nothing counts in its place."""
    note: str = ""
    """Why it was corrected or taken back."""
    superseded_by: int | None = None
    """The entry that corrects or takes back this one, as of the moment that was asked for."""
    batch: str = ""
    """What came in together; empty for a single entry."""

    @property
    def counts(self) -> bool:
        """Whether something can be learned from it: neither superseded nor taking back."""
        return self.superseded_by is None and not self.withdrawn


def observation_problems(told: Observation) -> Iterator[Problem]:
    """What keeps an observation out of any ledger, whatever plan it is of."""
    for field in ("quantity", "unit", "source", "entered_by"):
        text = getattr(told, field)
        yield from text_problems(field, text, empty=field == "unit")
    if told.kind not in KINDS:
        near = nearest(str(told.kind), KINDS)
        yield Problem(FILE, None, str(told.kind), "unknown kind", ", ".join(KINDS), near)
    value: object = told.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        wrong = f"is {in_words(value)}, not a number"
        yield Problem(FILE, None, "value", wrong, "a dot as the decimal sign")
    elif not _finite(value):
        yield Problem(FILE, None, "value", f"is {value!r:.40}", "a finite number")
    if type(told.date) is not date:
        yield Problem(FILE, None, "date", f"is {in_words(told.date)}", "a day as 2020-10-31")


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def text_problems(name: str, text: object, *, empty: bool = True) -> Iterator[Problem]:
    """What is wrong with a text of an entry."""
    if not isinstance(text, str):
        yield Problem(FILE, None, name, f"is {in_words(text)}", "text")
    elif not text.strip() and not empty:
        yield Problem(FILE, None, name, "is missing")
    elif (fault := text_fault(name, text)) is not None:
        yield Problem(FILE, None, name, fault.wrong, fault.allowed)
