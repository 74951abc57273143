"""How is an entry added, corrected, taken back, and the log read as it stood at a moment?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import Connection, Engine, func, insert, select

from simulator.ledger.address import shown
from simulator.ledger.connecting import reading, settled, writing
from simulator.ledger.entry import FILE, LARGEST_NUMBER, Entry, observation_problems, text_problems
from simulator.ledger.repeats import repeat_problems, subject
from simulator.ledger.replay import GAP, TICK, whole_batches
from simulator.ledger.tables import entries, read_entries, row_of, seen_at, versions, whole_rows
from simulator.observation import Observation
from simulator.records import InputError, Problem
from simulator.yaml_text import MOST_PROBLEMS

Clock = Callable[[Connection], datetime]
LATEST = datetime(9999, 1, 1, tzinfo=UTC)
"""No entry follows one of this moment."""


class Ledger:
    """An open ledger: a context manager, safe for threads. Whoever writes waits for who wrote first.

    Every method raises InputError where the database does not answer.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self._clock = clock

    @property
    def address(self) -> str:
        """Where the database is, without its password."""
        return shown(self.engine.url)

    def record(
        self,
        plan: str,
        observations: Sequence[Observation],
        *,
        batch: str = "",
        once: bool = False,
    ) -> list[Entry]:
        """Add observations of a plan's year, all or none.

        That they fit the plan is for the caller to see (`faults_of`). Raises InputError for what
        no ledger can hold, and with `once` where something that counts already speaks of the same
        quantity, kind and day.
        """
        problems = [*text_problems("plan", plan, empty=False), *text_problems("batch", batch)]
        problems += [problem for told in observations for problem in observation_problems(told)]
        _raise(problems)
        with writing(self.engine) as connection:
            if once:
                _raise(repeat_problems(_log(plan, connection), observations))
            number, moment = self._next(connection)
            added = [
                Entry(number + at, plan, _plain(told), moment + at * TICK, batch=batch)
                for at, told in enumerate(observations)
            ]
            if added:
                connection.execute(insert(entries), [row_of(entry) for entry in added])
        return added

    def correct(
        self, number: int, observation: Observation, *, note: str = "", once: bool = False
    ) -> Entry:
        """Put an observation in the place of an entry's, which stays in the log.

        Raises InputError where the entry is unknown, or corrected or taken back already, and with
        `once` where it would come to speak of what another entry speaks of.
        """
        _raise([*observation_problems(observation), *text_problems("note", note)])

        def said(old: Entry, connection: Connection) -> tuple[Observation, bool]:
            if once and subject(old.observation) != subject(observation):
                _raise(repeat_problems(_log(old.plan, connection), [observation]))
            return _plain(observation), False

        return self._supersede(number, said, note)

    def withdraw(self, number: int, *, entered_by: str, note: str = "") -> Entry:
        """Take back an entry, which stays in the log; nothing counts in its place.

        Raises InputError where the entry is unknown, or corrected or taken back already.
        """
        _raise(
            [*text_problems("entered_by", entered_by, empty=False), *text_problems("note", note)]
        )
        return self._supersede(
            number, lambda old, _: (replace(old.observation, entered_by=entered_by), True), note
        )

    def entries(self, plan: str, *, until: datetime | None = None) -> list[Entry]:
        """The whole log of a plan, as it stood at a moment where one is given.

        Raises ValueError for a moment that does not know its time zone.
        """
        if until is not None and until.tzinfo is None:
            raise ValueError(f"{until} has no time zone")
        with reading(self.engine) as connection:
            newest = None if until is None else self._newest(connection)
            if until is None or (newest is not None and until <= newest):
                return _seen(plan, until, connection)
        with settled(self.engine) as connection:  # else who is writing may come before that moment
            return _seen(plan, until, connection)

    def observations(self, plan: str, *, until: datetime | None = None) -> tuple[Observation, ...]:
        """What counted at a moment: the last word on every entry that was not taken back."""
        return tuple(entry.observation for entry in self.entries(plan, until=until) if entry.counts)

    def entry(self, number: int) -> Entry:
        """One entry, of whatever plan. Raises InputError where there is none of that number."""
        with reading(self.engine) as connection:
            found = _entry(number, connection)
            if found is None:
                raise InputError([_closed(number, None, connection)])
        return found

    def version(self, plan: str) -> int:
        """The newest number of a plan's log, which changes whenever the log does; 0 for none."""
        newest = select(func.max(entries.c.number)).where(entries.c.plan == plan)
        with reading(self.engine) as connection:
            return connection.execute(newest).scalar() or 0

    def database_version(self) -> str:
        """The version of the database's tables."""
        with reading(self.engine) as connection:
            return str(connection.execute(select(versions.c.version_num)).scalar_one())

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _newest(self, connection: Connection) -> datetime | None:
        with whole_rows(connection, seen_at(None)):
            found: datetime | None = connection.execute(
                select(func.max(entries.c.entered_at))
            ).scalar()
        return found

    def _next(self, connection: Connection) -> tuple[int, datetime]:
        """The next number and moment, which ascend even where the clock goes back."""
        newest = select(func.max(entries.c.number), func.max(entries.c.entered_at))
        with whole_rows(connection, seen_at(None)):
            number, moment = connection.execute(newest).one()
        now = self._clock(connection)
        if moment is None:
            return 1, now
        if number >= LARGEST_NUMBER or moment >= LATEST:
            raise InputError([Problem(FILE, None, str(number), "leaves no room for another entry")])
        return number + 1, max(now, moment + GAP)

    def _supersede(
        self,
        number: int,
        said: Callable[[Entry, Connection], tuple[Observation, bool]],
        note: str,
    ) -> Entry:
        with writing(self.engine) as connection:
            old = _entry(number, connection)
            if old is None or not old.counts:
                raise InputError([_closed(number, old, connection)])
            new_number, moment = self._next(connection)
            observation, withdrawn = said(old, connection)
            added = Entry(
                new_number, old.plan, observation, moment, number, withdrawn=withdrawn, note=note
            )
            connection.execute(insert(entries), [row_of(added)])
        return added


def _seen(plan: str, until: datetime | None, connection: Connection) -> list[Entry]:
    moment = None if until is None else whole_batches(until, connection)
    return read_entries(connection, seen_at(moment).where(entries.c.plan == plan))


def _log(plan: str, connection: Connection) -> list[Entry]:
    return read_entries(connection, seen_at(None).where(entries.c.plan == plan))


def _entry(number: int | None, connection: Connection) -> Entry | None:
    if number is None or not 0 < number <= LARGEST_NUMBER:
        return None
    asked = seen_at(None).where(entries.c.number == number)
    return next(iter(read_entries(connection, asked)), None)


def _closed(number: int, old: Entry | None, connection: Connection) -> Problem:
    """Why an entry can be neither corrected nor taken back."""
    name = str(number)
    if old is None:
        return Problem(FILE, None, name, "there is no such entry")
    if old.withdrawn:
        wrong = f"takes back entry {old.supersedes}"
        return Problem(FILE, None, name, wrong, "a new entry in its place")
    asked = seen_at(None).where(entries.c.number == old.superseded_by)
    later = read_entries(connection, asked)[0]
    done = "taken back" if later.withdrawn else "corrected"
    who, when = later.observation.entered_by, f"{later.entered_at:%Y-%m-%d %H:%M:%S} UTC"
    wrong = f"was {done} by {who} on {when}"
    return Problem(FILE, None, name, wrong, f"entry {later.number}, which came in its place")


def _plain(told: Observation) -> Observation:
    """An observation whose value is a float and nothing more special."""
    return replace(told, value=float(told.value))


def _raise(problems: Iterable[Problem]) -> None:
    told = tuple(problems)
    if told:
        raise InputError(told[:MOST_PROBLEMS])
