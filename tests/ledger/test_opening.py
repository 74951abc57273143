"""Is a database found, brought to this version without loss, and left alone where it is not ours?"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from simulator.ledger import DATABASE, open_ledger
from simulator.ledger.address import address_of, shown
from simulator.ledger.opening import MIGRATIONS, opened
from simulator.problem_words import phrase
from simulator.records import InputError
from tests.ledger.told import told

SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"

def upgrade():
    op.add_column("ledger_entries", sa.Column("place", sa.Text, server_default="here"))
"""


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Migrations of a later version of the product."""
    folder = tmp_path / "100% newer" / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "version_2.py").write_text(SECOND)
    return folder


def path_of(address: str) -> Path:
    return Path(address.removeprefix("sqlite:///"))


def test_an_older_database_is_brought_up_and_loses_nothing(address: str, newer: Path) -> None:
    with open_ledger(address) as ledger:
        ledger.record("plan", [told(0.1 + 0.2), told(-0.0)])
        ledger.correct(1, told(7))
        before = ledger.entries("plan")
    with opened(address, migrations=newer) as ledger:
        assert ledger.entries("plan") == before
        assert ledger.database_version() == "2"
        ledger.record("plan", [told(8)])
        with pytest.raises(DBAPIError, match="ledger_entries"), ledger.engine.begin() as one:
            one.execute(text("delete from ledger_entries"))
    if address.startswith("sqlite"):
        path = path_of(address)
        (copy,) = path.parent.glob(f"{path.stem}.version_1_*.db")
        with open_ledger(f"sqlite:///{copy}") as old:
            assert old.entries("plan") == before
        copy.unlink()


def test_a_migration_that_fails_changes_nothing(address: str, newer: Path) -> None:
    with open_ledger(address) as ledger:
        (kept,) = ledger.record("plan", [told()])
    later = newer / "versions" / "version_2.py"
    later.write_text(later.read_text() + "    op.execute('select from nowhere')\n")
    with pytest.raises(InputError, match="the database answers"):
        opened(address, migrations=newer)
    with open_ledger(address) as ledger:
        assert ledger.database_version() == "1"
        assert ledger.entries("plan") == [kept]


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(
    address: str, newer: Path
) -> None:
    with opened(address, migrations=newer) as ledger:
        ledger.record("plan", [told()])
    content = path_of(address).read_bytes() if address.startswith("sqlite") else b""
    with pytest.raises(InputError, match=r"newer version of the product \(2\)") as caught:
        open_ledger(address)
    assert said_in_vietnamese(caught.value)
    if content:
        assert path_of(address).read_bytes() == content
    with opened(address, migrations=newer) as ledger:
        assert len(ledger.entries("plan")) == 1


def test_threads_that_open_a_new_database_at_once_find_it_made(address: str) -> None:
    failed: list[BaseException] = []

    def act() -> None:
        try:
            with open_ledger(address) as ledger:
                ledger.record("plan", [told()])
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=act) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with open_ledger(address) as ledger:
        assert len(ledger.entries("plan")) == 8


def test_the_setting_says_where_and_without_it_the_user_has_a_file(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE, address)
    with open_ledger() as ledger:
        ledger.record("plan", [told()])
    with open_ledger(address) as ledger:
        assert len(ledger.entries("plan")) == 1
    monkeypatch.setenv(DATABASE, "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    with open_ledger() as ledger:
        assert ledger.entries("plan") == []
    assert (tmp_path / "own" / "plan-simulator" / "observations.db").is_file()


def test_a_home_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(DATABASE, "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(InputError, match=f"cannot be made: .*; allowed: {DATABASE} set") as caught:
        open_ledger()
    assert said_in_vietnamese(caught.value)


@given(text=st.text(max_size=40) | st.text("abc:/@?=&%[]+.", max_size=40))
@example("sqlite:///a\0b")
@example("sqlite:///" + "a" * 5000 + "/b")
@example("postgresql://me:secret@[::1/x")
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    with contextlib.suppress(InputError):
        assert address_of(text).get_backend_name() in {"sqlite", "postgresql"}


@given(password=st.text("abcXYZ:/@%? é", min_size=4), inside=st.booleans())
def test_no_password_is_ever_shown(password: str, inside: bool) -> None:
    url = make_url("postgresql://host/x?user=me")
    query = {"user": "me", "password": password}
    url = url.set(password=password) if inside else url.set(query=query)
    assert password not in shown(url)
    assert quote(password, safe="") not in shown(url)


def test_no_command_loads_a_database_library_before_it_asks_the_database() -> None:
    code = "import sys, simulator.cli; print({'sqlalchemy', 'alembic'} & set(sys.modules))"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout == "set()\n"


def said_in_vietnamese(error: InputError) -> bool:
    parts = [part for one in error.problems for part in (one.wrong, one.allowed) if part]
    return all(phrase(part) for part in parts)


BAD = {
    "seen.db": "is no address",
    "postgresql://me:secret@host:port/x": "is no address",
    "postgres://me:secret@host/x": "postgres: is no .*did you mean 'postgresql'",
    "mysql://me:secret@host/x": "mysql: is no database that can be used",
    "sqlite+aiosqlite:///x.db": "is no database that can be used",
    "sqlite://": "names no file",
    "sqlite:///:memory:": "names no file",
    "sqlite:///x.db?mode=memory&uri=true": "names no file",
    "sqlite:////no/such/folder/x.db": "its folder does not exist",
    "sqlite:////tmp": "the database answers: unable to open database file",
    "postgresql://me:secret@127.0.0.1:1/x": "the database answers: connection failed",
    "postgresql://127.0.0.1:1/x?user=me&password=secret": r"/x\?user=me: the database answers",
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_address_is_told_and_its_password_is_not(bad: str) -> None:
    with pytest.raises(InputError, match=BAD[bad]) as caught:
        open_ledger(bad)
    assert "secret" not in str(caught.value)
    assert said_in_vietnamese(caught.value)


def test_a_file_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    for name, wrong in (
        ("other.db", "is a database of something else"),
        ("x.txt", "not a database"),
    ):
        path = tmp_path / name
        if name == "other.db":
            with closing(sqlite3.connect(path)) as one:
                one.execute("create table songs (title text)")
        else:
            path.write_text("dear diary\n" * 200)
        before = path.read_bytes()
        with pytest.raises(InputError, match=wrong):
            open_ledger(f"sqlite:///{path}")
        assert path.read_bytes() == before
        assert [one.name for one in tmp_path.glob(f"{name}*")] == [name]


@pytest.mark.parametrize(
    "damage",
    ["value = 'abc'", "value = 'nan'", "date = '2020-02-31'", "entered_at = 'soon'", "kind = 'x'"],
)
def test_a_damaged_entry_is_named(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with open_ledger(f"sqlite:///{path}") as ledger:
        ledger.record("plan", [told(1), told(2)])
        with closing(sqlite3.connect(path)) as one, one:
            one.execute("drop trigger ledger_entries_no_update")
            one.execute(f"update ledger_entries set {damage} where number = 2")
        with pytest.raises(InputError, match="2: was damaged outside the product") as caught:
            ledger.entries("plan")
    assert said_in_vietnamese(caught.value)


def test_a_file_in_a_folder_that_cannot_be_written_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(f"sqlite:///{tmp_path}/log.db") as ledger:
        (kept,) = ledger.record("plan", [told()])
    monkeypatch.setattr("os.access", lambda _path, mode: mode != os.W_OK)
    with open_ledger(f"sqlite:///{tmp_path}/log.db", make=False) as ledger:
        later = kept.entered_at.replace(year=9000)
        assert ledger.entries("plan", until=later) == [kept]
        with pytest.raises(InputError, match="readonly"):
            ledger.record("plan", [told()])


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match="driver is not installed; allowed: pip install"):
        open_ledger("postgresql://me@host/x")
