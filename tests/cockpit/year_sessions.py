"""Which sessions meet the laws of the year's page? A ledger in memory, and who may or may not edit."""

import base64
import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from simulator.cockpit.session import Session
from simulator.cockpit.signing_in import Visitor
from simulator.cockpit.year import FIELDS
from simulator.cockpit.year_books import Books
from simulator.cockpit.year_typed import typed_value
from simulator.intake import write_csv
from simulator.language import Language
from simulator.ledger import Entry
from simulator.ledger.repeats import repeat_problems
from simulator.observation import Observation
from simulator.records import InputError, Problem
from tests.cockpit.sessions import HOSTILE, PLAN, anything, session
from tests.track.years import told_observations

NEW_YEAR = datetime.datetime(2020, 11, 1, 8, tzinfo=datetime.UTC)


class MemoryLedger:
    """What a ledger promises, kept in a list: each entry a day after the one before."""

    def __init__(self) -> None:
        self.log: list[Entry] = []

    def _next(self) -> tuple[int, datetime.datetime]:
        number = len(self.log) + 1
        return number, NEW_YEAR + datetime.timedelta(days=number)

    def record(
        self,
        plan: str,
        observations: Sequence[Observation],
        *,
        batch: str = "",
        once: bool = False,
    ) -> list[Entry]:
        assert once
        if problems := [*repeat_problems(self.entries(plan), observations)]:
            raise InputError(problems)
        assert all(told.entered_by for told in observations)
        added = []
        for told in observations:
            entry = Entry(*self._next()[:1], plan, told, self._next()[1], batch=batch)
            self.log.append(entry)
            added.append(entry)
        return added

    def _supersede(self, number: int, told: Observation, **more: Any) -> Entry:
        live = {entry.number for entry in self.entries(PLAN) if entry.counts}
        if number not in live:
            raise InputError([Problem("observations", None, str(number), "is gone")])
        entry = Entry(self._next()[0], PLAN, told, self._next()[1], supersedes=number, **more)
        self.log.append(entry)
        return entry

    def correct(
        self, number: int, observation: Observation, *, note: str = "", once: bool = False
    ) -> Entry:
        assert once
        return self._supersede(number, observation, note=note)

    def withdraw(self, number: int, *, entered_by: str, note: str = "") -> Entry:
        told = next((row.observation for row in self.log if row.number == number), None)
        if told is None:
            raise InputError([Problem("observations", None, str(number), "there is none")])
        told = replace(told, entered_by=entered_by)
        return self._supersede(number, told, withdrawn=True, note=note)

    def entries(self, plan: str, *, until: datetime.datetime | None = None) -> list[Entry]:
        rows = [row for row in self.log if until is None or row.entered_at <= until]
        by = {row.supersedes: row.number for row in rows if row.supersedes}
        return [replace(row, superseded_by=by.get(row.number)) for row in rows]

    def version(self, plan: str) -> int:
        return len(self.log)


@dataclass
class Door:
    """Who is there; may change between two events."""

    may_edit: bool = True
    name: str = "Lan"

    def __call__(self) -> Visitor:
        return Visitor(self.name, self.may_edit, False, False)


def year_session(
    language: Language = "vi", *, may_edit: bool = True, ledger: Any = None, draws: int = 64
) -> Session:
    """A session with a log of its own."""
    made = session(language, draws)
    kept = MemoryLedger() if ledger is None else ledger
    made.books = Books(lambda: kept)
    made.visitor = Door(may_edit)
    return made


def act(change: str, **more: Any) -> dict[str, Any]:
    return {"kind": "year", "change": change} | more


def entering(made: Session, told: Observation, **more: Any) -> dict[str, Any]:
    """What the form sends for an observation, typed in the reader's language."""
    fields = {
        "quantity": told.quantity,
        "manner": told.kind,
        "value": typed_value(told.value, made.language),
        "unit": told.unit,
        "date": told.date.isoformat(),
        "source": told.source,
    }
    return act("enter", turn=made.year.turn, **(fields | more))


def importing(made: Session) -> dict[str, Any]:
    """What the button below a table that was read sends."""
    upload = made.year.upload
    return act("import", turn=0 if upload is None else upload.turn)


def uploading(observations: Sequence[Observation], name: str = "so_lieu.csv") -> dict[str, Any]:
    content = write_csv(observations)
    return act("upload", name=name, base64=base64.b64encode(content).decode())


def steps() -> st.SearchStrategy[tuple[str, Any]]:
    """Anything a page may send, in words that a test turns into an event of the moment."""
    typed = st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(FIELDS, st.text(max_size=6) | st.sampled_from([HOSTILE, "1,5"]))
        | {"turn": st.integers(0, 3)},
    )
    numbers = st.integers(-1, 6)
    return st.one_of(
        st.tuples(st.just("told"), told_observations()),
        st.tuples(st.just("twice"), told_observations()),
        st.tuples(st.just("typed"), typed),
        st.tuples(st.sampled_from(["correct", "ask_withdraw"]), numbers),
        st.tuples(st.just("withdraw"), st.sampled_from(["", "nhầm", HOSTILE])),
        st.tuples(st.just("upload"), st.lists(told_observations(), max_size=3)),
        st.tuples(st.just("broken upload"), anything()),
        st.tuples(st.just("import"), st.none()),
        st.tuples(st.just("leave"), st.sampled_from(["upload", "form"])),
        st.tuples(st.just("replay"), st.sampled_from(["2020-06-30", "2020-11-03", "?", ""])),
        st.tuples(st.just("now"), st.none()),
        st.tuples(st.just("show"), st.sampled_from(["all", "moved", "economy", HOSTILE])),
        st.tuples(st.just("door"), st.booleans()),
        st.tuples(st.just("anything"), st.dictionaries(st.text(max_size=6), anything())),
    )


def event_of(made: Session, step: tuple[str, Any]) -> Any:
    """What the page that is shown would send for a step."""
    what, value = step
    turn = made.year.turn
    events: dict[str, Callable[[], Any]] = {
        "told": lambda: entering(made, value, note="vì sao"),
        "twice": lambda: entering(made, value, note="vì sao"),
        "typed": lambda: act("enter", **({"turn": turn} | value)),
        "correct": lambda: act(what, number=value),
        "ask_withdraw": lambda: act(what, number=value),
        "withdraw": lambda: act(what, turn=turn, note=value),
        "upload": lambda: uploading(value),
        "broken upload": lambda: act("upload", name=value, base64=value),
        "import": lambda: importing(made),
        "leave": lambda: act(what, of=value),
        "replay": lambda: act(what, date=value, clock="entered" if turn % 2 else "spoken"),
        "anything": lambda: {"kind": "year", **value},
    }
    return events.get(what, lambda: act(what, value=value))()


def take(made: Session, step: tuple[str, Any]) -> None:
    """Do what a step says."""
    what, value = step
    if what == "door":
        assert isinstance(made.visitor, Door)
        made.visitor.may_edit = value
        return
    event = event_of(made, step)
    for _ in range(1 + (what == "twice")):
        made.handle(event)
