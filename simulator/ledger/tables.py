"""How does an entry stand in the database? One table, and what its columns keep bit for bit."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    select,
)
from sqlalchemy.engine import RowMapping
from sqlalchemy.types import TypeDecorator

from simulator.ledger.entry import FILE, Entry
from simulator.observation import Observation
from simulator.observation_reading import KINDS
from simulator.records import InputError, Problem
from simulator.yaml_text import MOST_PROBLEMS


class Exact(TypeDecorator[float]):
    """A float as the shortest text that gives it back bit for bit."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> str | None:
        """The text of a number."""
        return None if value is None else repr(float(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> float | None:
        """The number of a text."""
        if value is None:
            return None
        found = float(value)
        if not math.isfinite(found):
            raise ValueError(value)
        return found


class Moment(TypeDecorator[datetime]):
    """A moment in UTC to the microsecond; SQLite keeps it without saying that it is UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as the database keeps it."""
        if value is None:
            return None
        universal = value.astimezone(UTC)
        return universal.replace(tzinfo=None) if dialect.name == "sqlite" else universal

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, aware of being UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


entries = Table(
    "ledger_entries",
    MetaData(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("plan", Text),
    Column("quantity", Text),
    Column("kind", Text),
    Column("value", Exact),
    Column("unit", Text),
    Column("date", Date),
    Column("source", Text),
    Column("entered_by", Text),
    Column("entered_at", Moment),
    Column("supersedes", Integer),
    Column("withdrawn", Boolean),
    Column("note", Text),
    Column("batch", Text),
)
"""As the newest migration leaves it, for asking; only migrations make and change it."""
VERSION_TABLE = "ledger_version"
versions = Table(VERSION_TABLE, MetaData(), Column("version_num", Text))
"""The migration that the database is at."""
OBSERVED = ("quantity", "kind", "value", "unit", "date", "source", "entered_by")


def row_of(entry: Entry) -> dict[str, Any]:
    """An entry as a row to insert; what supersedes it stands in the row of that one."""
    observed = {name: getattr(entry.observation, name) for name in OBSERVED}
    rest = ("number", "plan", "entered_at", "supersedes", "withdrawn", "note", "batch")
    return observed | {name: getattr(entry, name) for name in rest}


def entry_of(row: RowMapping) -> Entry:
    """An entry as it was entered."""
    columns = dict(row)
    if columns["kind"] not in KINDS:
        raise ValueError(columns["kind"])
    return Entry(observation=Observation(*(columns.pop(name) for name in OBSERVED)), **columns)


def seen_at(until: datetime | None) -> Select[Any]:
    """The log as it stood at a moment, in order; each entry with what had superseded it by then."""
    later = entries.alias("later")
    superseding = later.c.supersedes == entries.c.number
    if until is not None:
        superseding = and_(superseding, later.c.entered_at <= until)
    asked = (
        select(*entries.c, later.c.number.label("superseded_by"))
        .select_from(entries.outerjoin(later, superseding))
        .order_by(entries.c.number)
    )
    return asked if until is None else asked.where(entries.c.entered_at <= until)


def read_entries(connection: Connection, asked: Select[Any]) -> list[Entry]:
    """The entries that a question of `seen_at` finds."""
    with whole_rows(connection, asked):
        return [entry_of(row) for row in connection.execute(asked).mappings()]


@contextmanager
def whole_rows(connection: Connection, asked: Select[Any]) -> Iterator[None]:
    """Name the entries that cannot be read, if some cannot. Raises InputError."""
    try:
        yield
    except (ValueError, TypeError, OverflowError) as error:
        numbers = connection.execute(select(entries.c.number).order_by(entries.c.number)).scalars()
        damaged = [number for number in numbers.all() if not _readable(number, connection, asked)]
        wrong, allowed = "was damaged outside the product", "a restored backup"
        problems = [Problem(FILE, None, str(number), wrong, allowed) for number in damaged]
        if not problems:
            raise
        raise InputError(problems[:MOST_PROBLEMS]) from error


def _readable(number: int, connection: Connection, asked: Select[Any]) -> bool:
    try:
        found = connection.execute(asked.where(entries.c.number == number)).mappings().all()
        for row in found:
            entry_of(row)
    except (ValueError, TypeError, OverflowError):
        return False
    return True
