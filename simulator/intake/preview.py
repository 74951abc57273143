"""What does a table say, row by row, before anything of it is kept?"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.observation import Kind, Observation
from simulator.records import Problem


@dataclass(frozen=True)
class Defaults:
    """What holds for all rows of a table that does not say it itself."""

    kind: Kind | None = None
    date: datetime.date | None = None
    unit: str = ""
    source: str = ""
    entered_by: str = ""
    leave_out_unknown: bool = False
    """Whether rows that name no quantity of the plan are left out, with a note, or are problems."""


@dataclass(frozen=True)
class PreviewRow:
    """One value of a table: where it stands, what stood there, and what was made of it."""

    place: str
    """A sheet and a cell, as Bảng 1!B7, or a line of a text table, as line 7."""
    cells: Mapping[str, str]
    """What stood there, by field."""
    observation: Observation | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    """What was understood, in English; `simulator.intake.note_text` says it in a language."""


@dataclass(frozen=True)
class Preview:
    """A table as it was understood; nothing of it counts before all of it is right."""

    file: str
    rows: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...] = ()
    """Of the file as a whole."""

    @property
    def ready(self) -> bool:
        """Whether there is something to take in, and nothing wrong anywhere."""
        wrong = self.problems or any(row.problems for row in self.rows)
        return not wrong and bool(self.observations)

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The observations of the rows that give one."""
        return tuple(row.observation for row in self.rows if row.observation is not None)
