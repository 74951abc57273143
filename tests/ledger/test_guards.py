"""Does the database itself refuse to change or lose an entry, whoever asks?"""

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from simulator.ledger import Ledger, open_ledger
from simulator.ledger.tables import entries, row_of
from tests.ledger.told import told

COLUMNS = ", ".join(column.name for column in entries.c)
CHANGES = (
    "update ledger_entries set value = '7'",
    "update ledger_entries set note = note where number = 1",
    "delete from ledger_entries",
    "delete from ledger_entries where number = 2",
    f"insert into ledger_entries ({COLUMNS}) select {COLUMNS} from ledger_entries where number = 2 "
    "on conflict (number) do update set value = '7'",
)
ONLY_SQLITE = (
    f"insert or replace into ledger_entries ({COLUMNS}) select {COLUMNS} from ledger_entries",
    f"replace into ledger_entries ({COLUMNS}) select {COLUMNS} from ledger_entries where number = 2",
    "update or replace ledger_entries set number = 1 where number = 2",
    "update or ignore ledger_entries set value = '7'",
)
ONLY_POSTGRESQL = ("truncate ledger_entries", "truncate ledger_entries cascade")


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    ledger.record("plan", [told(1), told(2), told(3)])
    ledger.correct(2, told(4))
    return ledger


def test_no_statement_changes_or_loses_an_entry(filled: Ledger) -> None:
    before = filled.entries("plan")
    name = filled.engine.dialect.name
    for change in (*CHANGES, *(ONLY_SQLITE if name == "sqlite" else ONLY_POSTGRESQL)):
        with pytest.raises(DBAPIError, match="ledger_entries"), filled.engine.begin() as one:
            one.execute(text(change))
        assert filled.entries("plan") == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 2},
        {"number": 0},
        {"supersedes": 2},
        {"supersedes": 77},
        {"supersedes": 5},
        {"supersedes": 3, "plan": "other"},
        {"withdrawn": True},
        {"entered_by": ""},
        {"source": None},
        {"entered_at": "first"},
    ],
    ids=str,
)
def test_no_row_gets_in_that_the_log_must_never_hold(
    wrong: dict[str, object], filled: Ledger
) -> None:
    before = filled.entries("plan")
    last = before[-1]
    fitting = row_of(last) | {"number": 5, "supersedes": None}
    fitting["entered_at"] = last.entered_at.replace(year=last.entered_at.year + 1)
    if "entered_at" in wrong:
        wrong = {"entered_at": before[0].entered_at}

    def insert(row: dict[str, object]) -> None:
        with filled.engine.begin() as one:
            one.execute(entries.insert(), [row])

    with pytest.raises(DBAPIError):
        insert(fitting | wrong)
    assert filled.entries("plan") == before
    insert(fitting)
    assert len(filled.entries("plan")) == 5


def test_a_user_who_may_only_add_and_read_can_use_the_ledger(filled: Ledger) -> None:
    if filled.engine.dialect.name == "sqlite":
        return
    with filled.engine.begin() as one:
        one.execute(text("create role adder login"))
        one.execute(text("grant select, insert on ledger_entries to adder"))
        one.execute(text("grant select on ledger_version to adder"))
    address = filled.engine.url.set(username="adder").render_as_string(hide_password=False)
    with open_ledger(address) as ledger:
        (added,) = ledger.record("plan", [told(9)])
        ledger.withdraw(added.number, entered_by="me")
        assert ledger.entries("plan", until=added.entered_at) == [
            *filled.entries("plan")[:4],
            added,
        ]
        with pytest.raises(DBAPIError, match="must be owner"), ledger.engine.begin() as one:
            one.execute(text("alter table ledger_entries disable trigger user"))


def test_foreign_keys_are_on_in_every_connection(filled: Ledger) -> None:
    if filled.engine.dialect.name == "sqlite":

        def on(connection: Connection) -> bool:
            return connection.execute(text("pragma foreign_keys")).scalar_one() == 1

        with filled.engine.connect() as one, filled.engine.connect() as other:
            assert on(one)
            assert on(other)
