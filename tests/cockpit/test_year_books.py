"""Is the log read once a version, and is a database that cannot be opened told and asked again?"""

import datetime
from dataclasses import replace

import pytest

from simulator.cockpit import year_books
from simulator.cockpit.year_books import Books
from simulator.ledger import open_ledger
from simulator.records import InputError, Problem
from tests.cockpit.sessions import PLAN
from tests.cockpit.year_sessions import MemoryLedger, act, entering, year_session
from tests.track.years import told

VISITORS = replace(told("visitors", 430.0), entered_by="Lan")


class Counting(MemoryLedger):
    reads = 0

    def entries(self, plan, *, until=None):
        self.reads += 1
        return super().entries(plan, until=until)


def test_a_log_is_read_once_until_it_changes():
    ledger = Counting()
    books = Books(lambda: ledger)
    assert books.read(PLAN) is books.read(PLAN)
    assert ledger.reads == 1
    ledger.record(PLAN, [VISITORS], once=True)
    reads = ledger.reads
    assert books.read(PLAN).observations == (VISITORS,)
    assert books.read(PLAN).observations == (VISITORS,)
    assert ledger.reads == reads + 1


def test_what_another_session_enters_is_seen_and_learned_from():
    ledger = MemoryLedger()
    one, other = year_session(ledger=ledger, draws=256), year_session(ledger=ledger, draws=256)
    before = one.learned(one.log())
    other.handle(entering(other, VISITORS))
    after = one.learned(one.log())
    assert before.tracked.used == ()
    assert after.tracked.used == (VISITORS,)
    assert one.learned(one.log()) is after, "kept until the log or the levers are others"
    one.handle({"kind": "move", "name": "visitor_growth", "value": 0.2, "final": True})
    assert one.learned(one.log()) is not after
    assert one.learned(one.log()).tracked.prior is one.card()


@pytest.mark.parametrize("clock", ["spoken", "entered"])
def test_a_replayed_day_learns_what_was_known_then(clock):
    made = year_session(draws=256)
    june, october = datetime.date(2020, 6, 30), datetime.date(2020, 10, 31)
    made.handle(entering(made, replace(VISITORS, date=june)))
    made.handle(entering(made, replace(VISITORS, value=700.0, date=october)))
    day = "2020-07-15" if clock == "spoken" else "2020-11-02"
    made.handle(act("replay", date=day, clock=clock))
    assert [row.date for row in made.learned(made.log()).tracked.used] == [june]


def test_a_database_that_cannot_be_opened_is_told_and_asked_again_after_a_while(monkeypatch):
    asked = []

    def opening():
        asked.append(1)
        if len(asked) == 1:
            raise InputError([Problem("postgresql://nowhere", None, "", "the database answers")])
        return MemoryLedger()

    books = Books(opening)
    made = year_session()
    made.books = books
    assert made.log().problems
    assert made.learned(made.log()).tracked.used == ()
    made.handle(entering(made, VISITORS))
    assert made.year.refused
    assert made.year.draft.fields["value"] == "430"
    assert len(asked) == 1
    monkeypatch.setattr(year_books, "PATIENCE", 0.0)
    made.handle(act("enter", turn=made.year.turn, **made.year.draft.fields))
    assert [row.value for row in made.log().observations] == [430.0]


def test_a_database_of_something_else_is_a_problem_and_not_an_exception(tmp_path):
    file = tmp_path / "other.db"
    file.write_bytes(b"no database")
    made = year_session()
    made.books = Books(lambda: open_ledger(f"sqlite:///{file}"))
    assert made.log().problems
    assert made.log().observations == ()
