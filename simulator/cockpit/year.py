"""What does a planner do on the page of the year? The day replayed, what is typed, what is asked."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, get_args

from simulator.cockpit.address import Clamped
from simulator.cockpit.notices import Notice
from simulator.intake import Defaults, Preview
from simulator.observation_reading import Fault, day_of

Clock = Literal["spoken", "entered"]
"""Which day counts: the one that a figure speaks of, or the one on which it was entered."""
CLOCKS: tuple[Clock, ...] = get_args(Clock)
AS_OF, CLOCK, SHOWN = "as_of", "clock", "year"
MOVED, ALL = "moved", "all"
"""Which rows the board shows, beside the name of a sector."""
FIELDS = ("quantity", "manner", "value", "unit", "date", "source", "note")
LONGEST_TEXT = 200


class Editor(Protocol):
    """Who is there, and whether they may change the log."""

    @property
    def name(self) -> str:
        """What the log calls them."""

    @property
    def may_edit(self) -> bool:
        """Whether they may enter, correct and withdraw."""


@dataclass(frozen=True)
class _Nobody:
    name: str = ""
    may_edit: bool = False


NOBODY = _Nobody
"""Where nobody says who is there: they may read."""


@dataclass(frozen=True)
class Replay:
    """A day of the past that is looked at, or none."""

    day: datetime.date | None = None
    clock: Clock = "spoken"

    @property
    def spoken(self) -> datetime.date | None:
        """The last day that figures may speak of."""
        return self.day if self.clock == "spoken" else None

    def until(self, zone: datetime.tzinfo) -> datetime.datetime | None:
        """The moment up to which figures were entered: the end of the day where the reader is."""
        if self.day is None or self.clock != "entered":
            return None
        end = datetime.datetime.combine(self.day, datetime.time.max, zone)
        try:
            end.astimezone(datetime.UTC)
        except (
            OverflowError
        ):  # the first and last days of the calendar, where another zone has none
            return end.replace(tzinfo=datetime.UTC)
        return end


@dataclass(frozen=True)
class Draft:
    """What is typed into the form; a fault stands at the field that it is about."""

    fields: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    corrects: int | None = None
    """The entry that the form corrects."""

    def faults_at(self, name: str) -> list[Fault]:
        """What is wrong with one field."""
        return [fault for fault in self.faults if fault.field == name]


@dataclass(frozen=True)
class Upload:
    """A table that was read and may be imported, and what holds for all its rows."""

    name: str
    content: bytes
    preview: Preview
    defaults: Defaults = field(default_factory=Defaults)
    turn: int = 0
    """Of its form: a second press of its button enters nothing."""


@dataclass(frozen=True)
class Year:
    """What the page shows and holds beside the log itself."""

    replay: Replay = field(default_factory=Replay)
    shown: str = MOVED
    draft: Draft = field(default_factory=Draft)
    withdrawing: int | None = None
    """The entry that is about to be taken back, once that is confirmed."""
    upload: Upload | None = None
    turn: int = 0
    """Of the form: what was typed in another one does not stand in it, and is not entered twice."""
    turns: int = 0
    """How many forms were begun."""
    aside: tuple[int, Draft] | None = None
    """The form for a new figure, put aside while an entry is corrected or withdrawn."""
    told: tuple[Notice, ...] = ()
    """What came of the last thing that was asked for."""
    refused: bool = False
    """Whether that could not be done."""
    come: int = 0
    """Counts what the reader should be led to: words, a fault, a form, a table."""

    def say(self, *told: Notice, refused: bool = False) -> "Year":
        """The same with other words about what was done."""
        return replace(self, told=told, refused=refused, come=self.come + bool(told))

    def begin(self, draft: Draft | None = None) -> "Year":
        """The same with a form of its own, empty or filled in."""
        found = Draft() if draft is None else draft
        turn = self.turns + 1
        year = replace(self, draft=found, turn=turn, turns=turn, come=self.come + 1)
        return replace(year, withdrawing=None, aside=None)

    def put_aside(self, draft: Draft | None = None) -> "Year":
        """Begin to correct or withdraw; the form for a new figure comes back afterwards."""
        busy = self.draft.corrects is not None or self.withdrawing is not None
        aside = self.aside if busy else (self.turn, self.draft)
        return replace(self.begin(draft), aside=aside)

    def back(self) -> "Year":
        """The form for a new figure as it was before an entry was corrected or withdrawn."""
        if self.aside is None:
            return self.begin()
        turn, draft = self.aside
        year = replace(self, turn=turn, draft=draft, come=self.come + 1)
        return replace(year, withdrawing=None, aside=None)

    def to_address(self) -> dict[str, str]:
        """The keys and values of an address."""
        found = {} if self.shown == MOVED else {SHOWN: self.shown}
        if self.replay.day is not None:
            found[AS_OF] = self.replay.day.isoformat()
            if self.replay.clock != "spoken":
                found[CLOCK] = self.replay.clock
        return found


def year_of(address: Mapping[str, str], sectors: frozenset[str]) -> tuple[Year, list[Clamped]]:
    """What an address shows of the year, and what of it had to be left out."""
    left: list[Clamped] = []
    day = day_of(address.get(AS_OF))
    if AS_OF in address and day is None:
        left.append(Clamped(AS_OF, address[AS_OF], None))
    clock: Clock = "entered" if address.get(CLOCK) == "entered" else "spoken"
    shown = address.get(SHOWN, MOVED)
    if shown not in {MOVED, ALL, *sectors}:
        left.append(Clamped(SHOWN, shown, None))
        shown = MOVED
    return Year(Replay(day, clock), shown), left
