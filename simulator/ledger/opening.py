"""What happens when a ledger is opened? An old database is brought to this version, none is harmed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, inspect, text

from simulator.ledger.address import address_of, shown
from simulator.ledger.connecting import engine_of, reading, told, writing
from simulator.ledger.log import Clock, Ledger
from simulator.ledger.tables import VERSION_TABLE
from simulator.output import whole_file
from simulator.records import InputError, Problem

MIGRATIONS = Path(__file__).parent / "migrations"


def opened(
    address: str | None = None,
    *,
    migrations: Path = MIGRATIONS,
    clock: Clock | None = None,
    make: bool = True,
) -> Ledger:
    """The ledger at an address, at this version of the product."""
    url = address_of(address)
    if not make and url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        raise _none_yet(url)
    engine = engine_of(url)
    try:
        _bring_up(engine, _config(migrations), make=make)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine, clock or CLOCKS[engine.dialect.name])


def _own_clock(_connection: Connection) -> datetime:
    return datetime.now(UTC)


def _server_clock(connection: Connection) -> datetime:
    """One clock for all who write to one server."""
    now: datetime = connection.execute(text("select clock_timestamp()")).scalar_one()
    return now.astimezone(UTC)


CLOCKS: dict[str, Callable[[Connection], datetime]] = {
    "sqlite": _own_clock,
    "postgresql": _server_clock,
}


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config


def _none_yet(url: URL) -> InputError:
    allowed = "one that `simulator observations add`, `import` or `restore` makes"
    return InputError([Problem(shown(url), None, "", "there is no database here yet", allowed)])


def _bring_up(engine: Engine, config: Config, *, make: bool) -> None:
    newest = ScriptDirectory.from_config(config).get_current_head()
    with reading(engine) as connection:
        version = _checked_version(connection, config)
    if version == newest:
        return
    if version is None and not make:
        raise _none_yet(engine.url)
    if engine.dialect.name == "sqlite":
        _log_ahead(engine)
    with writing(engine) as connection:
        version = _checked_version(connection, config)
        if version == newest:
            return
        if version is not None and engine.dialect.name == "sqlite":
            _copy(Path(str(engine.url.database)), version)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _checked_version(connection: Connection, config: Config) -> str | None:
    """The version of the database; None for one without tables. Raises InputError for a stranger's."""
    tables = inspect(connection).get_table_names()
    where = shown(connection.engine.url)
    if VERSION_TABLE not in tables:
        if tables and connection.dialect.name == "sqlite":
            wrong = "is a database of something else"
            raise InputError([Problem(where, None, "", wrong, "a new file")])
        return None
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    version = context.get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        wrong = f"was written by a newer version of the product ({version})"
        raise InputError([Problem(where, None, "", wrong, "that version, or a restored backup")])
    return version


def _log_ahead(engine: Engine) -> None:
    """Let readers of a file go on while somebody writes; the file remembers it."""
    with told(engine.url), engine.connect() as connection:
        connection.connection.cursor().execute("pragma journal_mode = wal")


def _copy(file: Path, version: str) -> None:
    """Put a copy of a database file beside it, as it is before it changes."""
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    path = file.with_name(f"{file.stem}.version_{version}_{now}{file.suffix}")
    with closing(sqlite3.connect(file)) as database, whole_file(path) as copy:
        copy.write(database.serialize())
