"""What of a batch is asked for, and what is done? One SQLite file that outlives a kill.

SQLite gives what a journal needs: each outcome is there in full or not at all, the file knows its
index, and the lock on it ends with the process that holds it. The queue of scenarios is a table of
a passing database, so that no number of scenarios fills the memory.
"""

import hashlib
import json
import pickle
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from simulator.batch.gathering import Failure, printable
from simulator.batch.reading import FileRuns, taken_name
from simulator.batch.running import Outcome, Piece
from simulator.records import InputError, Problem
from simulator.scenario import Scenario

JOURNAL = "journal.sqlite"
PAGE = 64
"""Scenarios fetched from the queue at once."""
KEY_BYTES = 16

_FORM = 1
"""Of the tables below; a journal of another form is begun anew."""
_QUEUE = """CREATE TABLE queue (
    position INTEGER PRIMARY KEY, name TEXT UNIQUE, file TEXT, key BLOB, scenario BLOB
)"""
_OUTCOME = """CREATE TABLE IF NOT EXISTS {}.outcome (
    key BLOB PRIMARY KEY, entry TEXT, content BLOB, problems TEXT
)"""
_ASKED = """CREATE TEMP VIEW asked AS
    SELECT position, name, queue.key AS key, scenario, entry, content, problems
    FROM queue LEFT JOIN outcome USING (key)"""


@dataclass(frozen=True)
class Task:
    """One scenario that is to be run: its key in the journal, its name, and itself, pickled."""

    key: bytes
    name: str
    scenario: bytes

    def unpacked(self) -> Scenario:
        """The scenario; the bytes were made by this process or by the one that sent them."""
        scenario: Scenario = pickle.loads(self.scenario)  # noqa: S301
        return scenario


@dataclass(frozen=True)
class Counts:
    """How far a batch is."""

    asked: int
    done: int
    failed: int

    @property
    def open(self) -> int:
        """Scenarios that are neither done nor failed."""
        return self.asked - self.done - self.failed


class Journal:
    """The scenarios of a batch in their order, and the outcome of each that was run."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, found: FileRuns, plans: Mapping[str, str]) -> Failure | None:
        """Queue the runs of a file, all or, where one has the name of an earlier one, none.

        `plans` holds the hash of each plan.
        """
        self._db.execute("SAVEPOINT file")
        try:
            for scenario in found.runs:
                name, file = printable(scenario.name), printable(str(found.path))
                key = _key(scenario, plans[scenario.plan])
                row = (name, file, key, pickle.dumps(scenario))
                try:
                    self._db.execute(
                        "INSERT INTO queue (name, file, key, scenario) VALUES (?, ?, ?, ?)", row
                    )
                except sqlite3.IntegrityError:
                    return self._taken(name, found.path)
            self._db.execute("RELEASE file")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
        return None

    def _taken(self, name: str, path: Path) -> Failure:
        (first,) = self._db.execute("SELECT file FROM queue WHERE name = ?", (name,)).fetchone()
        return taken_name(name, path, Path(first))

    def counts(self) -> Counts:
        """How many scenarios are queued, and how many of them are done or failed."""
        query = "SELECT count(*), count(entry), count(problems) FROM asked"
        return Counts(*self._db.execute(query).fetchone())

    def todo(self) -> Iterator[Task]:
        """The scenarios that are neither done nor failed, in order."""
        return self._tasks(
            "SELECT position, key, name, scenario FROM asked "
            "WHERE entry IS NULL AND problems IS NULL AND position > ? ORDER BY position LIMIT ?"
        )

    def failed(self) -> Iterator[Task]:
        """The scenarios that failed, in order, to run them again."""
        return self._tasks(
            "SELECT position, key, name, scenario FROM asked "
            "WHERE problems IS NOT NULL AND position > ? ORDER BY position LIMIT ?"
        )

    def _tasks(self, query: str) -> Iterator[Task]:
        last = 0
        while rows := self._db.execute(query, (last, PAGE)).fetchall():
            for _, *told in rows:
                yield Task(*told)
            last = rows[-1][0]

    def record(self, task: Task, outcome: Outcome) -> None:
        """Keep an outcome; from here on a kill cannot lose it."""
        entry, content, problems = None, None, None
        if isinstance(outcome, Piece):
            entry, content = outcome.entry, outcome.content
        else:
            problems = json.dumps([asdict(problem) for problem in outcome.problems])
        row = (task.key, entry, content, problems)
        with _told(JOURNAL):
            self._db.execute("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?)", row)

    def pieces(self) -> Iterator[Piece]:
        """What is kept of the scenarios that are done, in the order of the queue."""
        query = "SELECT entry, content FROM asked WHERE entry IS NOT NULL ORDER BY position"
        return (Piece(*row) for row in self._db.execute(query))

    def entries(self) -> Iterator[str]:
        """What lists tell of the scenarios that are done, in the order of the queue."""
        query = "SELECT entry FROM asked WHERE entry IS NOT NULL ORDER BY position"
        return (entry for (entry,) in self._db.execute(query))

    def failures(self) -> Iterator[Failure]:
        """The scenarios that failed, in the order of the queue."""
        query = "SELECT name, problems FROM asked WHERE problems IS NOT NULL ORDER BY position"
        for name, problems in self._db.execute(query):
            yield Failure(name, tuple(Problem(**problem) for problem in json.loads(problems)))

    def open_names(self) -> Iterator[str]:
        """The scenarios that are neither done nor failed, in the order of the queue."""
        query = "SELECT name FROM asked WHERE entry IS NULL AND problems IS NULL ORDER BY position"
        return (name for (name,) in self._db.execute(query))

    def prune(self) -> None:
        """Let go of outcomes that no queued scenario asks for."""
        self._db.execute("DELETE FROM outcome WHERE key NOT IN (SELECT key FROM queue)")

    def keep_in(self, folder: Path, stamp: str, *, anew: bool) -> None:
        """Keep outcomes in a folder, which this process alone may write to until the journal closes.

        `stamp` says all that beside a scenario decides its outcome; what was done under another is
        not taken for done. `anew` forgets what earlier batches did.
        Raises InputError where another process writes there or the file cannot be used.
        """
        path = folder / JOURNAL
        with _told(str(path)):
            folder.mkdir(parents=True, exist_ok=True)
            self._db.execute("ATTACH ? AS kept", (str(path),))
            self._db.execute("PRAGMA kept.locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA kept.journal_mode = WAL")
            self._db.execute("PRAGMA kept.synchronous = NORMAL")
            self._db.execute("BEGIN EXCLUSIVE")  # takes the lock, which stays
            (form,) = self._db.execute("PRAGMA kept.user_version").fetchone()
            if anew or form != _FORM:
                self._db.execute("DROP TABLE IF EXISTS kept.outcome")
            self._db.execute(_OUTCOME.format("kept"))
            self._db.execute(f"PRAGMA kept.user_version = {_FORM}")
            self._db.execute("COMMIT")
            if anew:
                self._db.execute("VACUUM kept")
            self._stamp(stamp)
            self._db.execute(_ASKED)

    def keep_nowhere(self) -> None:
        """Keep outcomes until the journal closes."""
        self._db.execute(_OUTCOME.format("main"))
        self._db.execute(_ASKED)

    def _stamp(self, stamp: str) -> None:
        def stamped(key: bytes) -> bytes:
            return hashlib.blake2b(key + stamp.encode(), digest_size=KEY_BYTES).digest()

        self._db.create_function("stamped", 1, stamped, deterministic=True)
        self._db.execute("UPDATE queue SET key = stamped(key)")


@contextmanager
def open_journal() -> Iterator[Journal]:
    """An empty queue; where outcomes are kept is said once all scenarios are read."""
    connection = sqlite3.connect("", timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute(_QUEUE)
        yield Journal(connection)
    finally:
        connection.close()


@contextmanager
def _told(path: str) -> Iterator[None]:
    """What goes wrong with the file, as a problem."""
    try:
        yield
    except OSError as error:
        wrong = f"cannot be written: {error.strerror}"
        raise InputError([Problem(str(error.filename or path), None, "", wrong)]) from None
    except UnicodeEncodeError:
        told = Problem(printable(path), None, "", "a name that is not UTF-8", "a name in UTF-8")
        raise InputError([told]) from None
    except sqlite3.Error as error:
        raise InputError([_problem(path, error)]) from None


def _problem(path: str, error: sqlite3.Error) -> Problem:
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_BUSY:
        wrong = "another batch is writing to this folder"
        return Problem(path, None, "", wrong, "another folder, or wait until it is done")
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        allowed = "another folder, or remove the file and run anew"
        return Problem(path, None, "", "is not the journal of a batch", allowed)
    return Problem(path, None, "", f"cannot be written: {error}")


def _key(scenario: Scenario, plan: str) -> bytes:
    """A hash of all that a scenario and its plan decide; names count, for results carry them."""
    told = f"{plan} {scenario!r}"
    return hashlib.blake2b(told.encode(), digest_size=KEY_BYTES).digest()
