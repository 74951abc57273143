"""How is the database reached? Writers one after another, and every fault in the house's words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from simulator.ledger.address import shown
from simulator.records import InputError, Problem

PATIENCE = 60
"""Seconds that a writer waits for those before it."""
ANSWER = 10
"""Seconds that a server has to answer at all."""
LOCKED = "ledger_locked"
LOCKS = {
    "write": "select pg_advisory_xact_lock(hashtext('plan-simulator'), 0)",
    "settle": "select pg_advisory_xact_lock_shared(hashtext('plan-simulator'), 0)",
}


def engine_of(url: URL) -> Engine:
    """An engine that opens no connection yet. Raises InputError where its driver is missing."""
    try:
        if url.get_backend_name() == "sqlite":
            file = Path(str(url.database))
            arguments: dict[str, Any] = {"timeout": PATIENCE}
            ahead = file.with_name(f"{file.name}-wal")
            if file.exists() and not os.access(file.parent, os.W_OK) and not ahead.exists():
                # SQLite would make files beside it to read; where none can be made, nothing changes
                url = url.set(database=f"file:{quote(str(file))}")
                url = url.update_query_dict({"immutable": "1", "uri": "true"})
            engine = create_engine(url, connect_args=arguments)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            arguments = {"connect_timeout": ANSWER, "options": "-c timezone=UTC"}
            engine = create_engine(url, connect_args=arguments, pool_pre_ping=True)
    except ImportError:
        wrong, allowed = "its driver is not installed", "pip install 'plan-simulator[postgresql]'"
        raise InputError([Problem(shown(url), None, "", wrong, allowed)]) from None
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Transactions begin when we say so; sqlite3 by itself would begin none before a change."""
    connection.isolation_level = None
    connection.execute("pragma foreign_keys = on")


def _begin_sqlite(connection: Connection) -> None:
    locked = connection.get_execution_options().get(LOCKED)
    connection.exec_driver_sql("begin immediate" if locked else "begin")


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Faults of the database as problems."""
    try:
        yield
    except DBAPIError as error:
        wrong = f"the database answers: {_reason(error)}"
        raise InputError([Problem(shown(url), None, "", wrong)]) from error
    except SQLAlchemyError as error:
        wrong = f"the database cannot be used: {_first_line(error)}"
        raise InputError([Problem(shown(url), None, "", wrong)]) from error


def _reason(error: DBAPIError) -> str:
    return _first_line(error.orig or error)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads one state of the database."""
    with told(engine.url), engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes alone: the order of commits is that of numbers and times."""
    with _locked(engine, "write") as connection:
        yield connection


@contextmanager
def settled(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads once every writer before it is done, so that no earlier time follows."""
    if engine.dialect.name == "sqlite" and "immutable" in engine.url.query:
        with reading(engine) as connection:
            yield connection
        return
    with _locked(engine, "settle") as connection:
        yield connection


@contextmanager
def _locked(engine: Engine, lock: str) -> Iterator[Connection]:
    with told(engine.url), engine.connect() as plain:
        connection = plain.execution_options(**{LOCKED: True})
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"set local lock_timeout = '{PATIENCE}s'"))
                connection.execute(text(LOCKS[lock]))
            yield connection
