"""How is a whole log carried away, and brought back into any database without losing what is there?"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, delete, insert, text

from simulator.ledger.backup_file import line_of, read_backup, write_backup
from simulator.ledger.connecting import reading, writing
from simulator.ledger.log import Ledger
from simulator.ledger.tables import entries, read_entries, row_of, seen_at
from simulator.records import InputError, Problem


def backup(ledger: Ledger, path: Path) -> int:
    """Write the logs of all plans to a new file, whole or not at all; how many entries it holds.

    Raises InputError where the file is there already.
    """
    if path.exists():
        raise InputError([Problem(str(path), None, "", "is there already", "a new file")])
    if not path.absolute().parent.exists():
        wrong, allowed = "its folder does not exist", "a folder that exists"
        raise InputError([Problem(str(path), None, "", wrong, allowed)])
    with reading(ledger.engine) as connection:
        held = read_entries(connection, seen_at(None))
    return write_backup(path, held)


def restore(ledger: Ledger, path: Path, *, replace: bool = False) -> int:
    """Add what a backup holds and the database lacks, all or nothing; how many entries that were.

    The file is verified before the database is touched. A database that holds what the backup
    lacks is refused, or with `replace` becomes what the backup is. Raises InputError.
    """
    brought = read_backup(path)
    with writing(ledger.engine) as connection:
        held = read_entries(connection, seen_at(None))
        lines = [line_of(entry) for entry in brought]
        if [line_of(entry) for entry in held] != lines[: len(held)]:
            if not replace:
                wrong = "lacks entries that the database holds"
                allowed = "--replace, after a backup of the database"
                raise InputError([Problem(str(path), None, "", wrong, allowed)])
            with _guards_lifted(connection):
                connection.execute(delete(entries))
            held = []
        missing = [row_of(entry) for entry in brought[len(held) :]]
        if missing:
            connection.execute(insert(entries), missing)
    return len(missing)


@contextmanager
def _guards_lifted(connection: Connection) -> Iterator[None]:
    """Let this transaction remove entries; the guards are back before it ends."""
    if connection.dialect.name == "sqlite":
        asked = "select name, sql from sqlite_master where type = 'trigger' and tbl_name = :table"
        guards = connection.execute(text(asked), {"table": entries.name}).all()
        lift = [f"drop trigger {guard.name}" for guard in guards]
        put_back = [guard.sql for guard in guards]
    else:
        lift = [f"alter table {entries.name} disable trigger user"]
        put_back = [f"alter table {entries.name} enable trigger user"]
    for statement in lift:
        connection.exec_driver_sql(statement)
    yield
    for statement in put_back:
        connection.exec_driver_sql(statement)
