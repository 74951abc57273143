"""Is what was entered kept to the last bit, in its order, and told as it stood at any moment?"""

import datetime
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import event

from simulator.ledger import Ledger, open_ledger
from simulator.observation import Observation
from simulator.problem_words import phrase
from simulator.records import InputError
from tests.ledger.conftest import Fresh
from tests.ledger.told import bits, observations, told

NOW = datetime.datetime(2020, 11, 5, 8, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def shared(fresh: Fresh) -> Iterator[Ledger]:
    """One database for many examples, each with a plan of its own."""
    with open_ledger(fresh()) as opened:
        yield opened


@given(rows=st.lists(observations, max_size=5), batch=st.text("abc", max_size=3))
@example(rows=[told(value) for value in (-0.0, 0.1 + 0.2, 5e-324)], batch="")
def test_what_is_recorded_comes_back_to_the_last_bit(
    shared: Ledger, rows: list[Observation], batch: str
) -> None:
    plan = f"plan {len(shared.entries('count'))}"
    shared.record("count", [told()])
    added = shared.record(plan, rows, batch=batch)
    found = shared.entries(plan)
    assert found == added
    assert [bits(entry.observation) for entry in found] == [bits(row) for row in rows]
    assert {entry.batch for entry in found} <= {batch}
    assert [bits(row) for row in shared.observations(plan)] == [bits(row) for row in rows]


def test_numbers_and_times_ascend_together(ledger: Ledger) -> None:
    for plan in ("one", "other", "one"):
        ledger.record(plan, [told(value) for value in range(3)])
    rows = sorted((*ledger.entries("one"), *ledger.entries("other")), key=lambda row: row.number)
    assert [row.number for row in rows] == list(range(1, 10))
    times = [row.entered_at for row in rows]
    assert times == sorted(set(times))
    assert all(time.utcoffset() == datetime.timedelta() for time in times)


@given(steps=st.lists(st.integers(-100, 100), min_size=1, max_size=6))
def test_a_replay_stays_true_when_the_clock_goes_back(shared: Ledger, steps: list[int]) -> None:
    moments = iter(NOW + step * datetime.timedelta(seconds=1) for step in steps)
    ledger = Ledger(shared.engine, lambda _: next(moments))
    plan = f"steps {shared.version('steps')}"
    shared.record("steps", [told()])
    seen = []
    for at in range(len(steps)):
        (entry,) = ledger.record(plan, [told(at)])
        seen.append((entry.entered_at, ledger.entries(plan)))
    for moment, then in seen:
        assert ledger.entries(plan, until=moment) == then


def test_a_correction_stands_beside_what_it_corrects(ledger: Ledger) -> None:
    (first,) = ledger.record("plan", [told(1)])
    second = ledger.correct(first.number, told(2, by="you"), note="a slip")
    third = ledger.withdraw(second.number, entered_by="her")
    assert [row.observation.value for row in ledger.entries("plan")] == [1, 2, 2]
    assert [row.superseded_by for row in ledger.entries("plan")] == [2, 3, None]
    assert [row.superseded_by for row in ledger.entries("plan", until=second.entered_at)] == [
        2,
        None,
    ]
    assert (second.plan, second.supersedes, second.note) == ("plan", 1, "a slip")
    assert (third.withdrawn, third.observation.entered_by) == (True, "her")
    assert ledger.observations("plan") == ()
    assert ledger.observations("plan", until=second.entered_at) == (told(2, by="you"),)
    assert ledger.observations("plan", until=first.entered_at) == (told(1),)
    before = first.entered_at - datetime.timedelta(microseconds=1)
    assert ledger.entries("plan", until=before) == []


def test_a_closed_entry_says_who_closed_it(ledger: Ledger) -> None:
    (first,) = ledger.record("plan", [told(1)])
    second = ledger.correct(first.number, told(2, by="Lò Văn Ánh"))
    with pytest.raises(InputError, match=r"1: was corrected by Lò Văn Ánh on .* UTC; .*entry 2"):
        ledger.withdraw(first.number, entered_by="me")
    third = ledger.withdraw(second.number, entered_by="you")
    with pytest.raises(InputError, match=r"2: was taken back by you on .* UTC; .*entry 3"):
        ledger.correct(second.number, told(3))
    with pytest.raises(InputError, match="3: takes back entry 2"):
        ledger.correct(third.number, told(3))
    with pytest.raises(InputError, match="99: there is no such entry"):
        ledger.correct(99, told(3))
    assert len(ledger.entries("plan")) == 3


def test_two_figures_that_contradict_each_other_do_not_come_in_together(ledger: Ledger) -> None:
    with pytest.raises(InputError, match=r"is told twice: 1\.0 visits and 2\.0 visits"):
        ledger.record("plan", [told(1.0), told(2.0)], once=True)
    (kept,) = ledger.record("plan", [told(1.0)], once=True)
    ledger.record("other", [told(2.0)], once=True)
    with pytest.raises(InputError, match=r"entry 1 says 1\.0 visits already"):
        ledger.record("plan", [told(2.0)], once=True)
    assert ledger.entries("plan") == [kept]


@pytest.mark.parametrize("number", [-1, 0, 2**31, 2**63, 10**30])
def test_a_number_that_no_entry_can_have_is_unknown(ledger: Ledger, number: int) -> None:
    for act in (
        lambda: ledger.withdraw(number, entered_by="me"),
        lambda: ledger.correct(number, told()),
        lambda: ledger.entry(number),
    ):
        with pytest.raises(InputError, match="there is no such entry"):
            act()


def test_a_replay_shows_a_batch_whole_or_not_at_all(ledger: Ledger) -> None:
    ledger.record("plan", [told(0)])
    batch = ledger.record("plan", [told(1), told(2), told(3)], batch="one")
    ledger.record("plan", [told(4)], batch="one")
    seen = [len(ledger.entries("plan", until=entry.entered_at)) for entry in batch]
    assert seen == [1, 1, 4]


def test_a_version_changes_with_its_own_plan_only(ledger: Ledger) -> None:
    assert ledger.version("plan") == 0
    (first,) = ledger.record("plan", [told()])
    ledger.record("other", [told()])
    assert (ledger.version("plan"), ledger.version("other")) == (1, 2)
    ledger.withdraw(first.number, entered_by="me")
    assert (ledger.version("plan"), ledger.version("other")) == (3, 2)


BAD = {
    "entered_by: is missing": told(by=" "),
    "quantity: is missing": told(quantity=""),
    "value: is nan; allowed: a finite number": told(float("nan")),
    "value: is -inf": told(float("-inf")),
    "value: is true, not a number": told(True),
    "value: is '3', not a number": told("3"),  # type: ignore[arg-type]
    "value: is 1000": told(10**400),
    "source: has 1001 letters; allowed: at most 1000": replace(told(), source="a" * 1001),
    "source: control character in": replace(told(), source="a\x00"),
    "unit: control character in": replace(told(), unit="\ud800"),
    "fine: unknown kind; .* did you mean 'final'": replace(told(), kind="fine"),  # type: ignore[arg-type]
    "date: is 2020-11-05": replace(told(), date=NOW),
    "source: is empty; allowed: text": replace(told(), source=None),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("wrong", BAD)
def test_what_is_no_observation_is_refused_with_all_that_came_with_it(
    wrong: str, ledger: Ledger
) -> None:
    (kept,) = ledger.record("plan", [told()])
    with pytest.raises(InputError, match=f"observations: {wrong}") as caught:
        ledger.record("plan", [told(2), BAD[wrong], told(3)])
    with pytest.raises(InputError):
        ledger.correct(kept.number, BAD[wrong])
    assert ledger.entries("plan") == [kept]
    for problem in caught.value.problems:
        assert phrase(problem.wrong)
        assert not problem.allowed or phrase(problem.allowed)


def test_other_texts_are_held_to_the_same(ledger: Ledger) -> None:
    (kept,) = ledger.record("plan", [told()])
    for act in (
        lambda: ledger.record("", [told()]),
        lambda: ledger.record("plan", [told()], batch="\n"),
        lambda: ledger.withdraw(kept.number, entered_by=""),
        lambda: ledger.withdraw(kept.number, entered_by="me", note="x" * 2000),
        lambda: ledger.correct(kept.number, told(), note="\x07"),
    ):
        with pytest.raises(InputError):
            act()
    assert ledger.entries("plan") == [kept]


def test_a_number_of_numpy_is_a_number(ledger: Ledger) -> None:
    ledger.record("plan", [told(np.float64(0.1) * 3), told(7)])
    assert [row.value for row in ledger.observations("plan")] == [0.1 * 3, 7.0]


def test_a_moment_without_its_zone_is_no_moment(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="time zone"):
        ledger.entries("plan", until=datetime.datetime(2020, 1, 1))


def test_threads_share_a_ledger_and_one_of_two_corrections_wins(ledger: Ledger) -> None:
    (first,) = ledger.record("plan", [told()])
    lost: list[InputError] = []

    def act(at: int) -> None:
        for value in range(10):
            ledger.record("plan", [told(value)])
        try:
            ledger.correct(first.number, told(at))
        except InputError as error:
            lost.append(error)

    threads = [threading.Thread(target=act, args=(at,)) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lost) == 5
    assert len(ledger.entries("plan")) == 62
    assert len(ledger.observations("plan")) == 61


def test_a_replay_waits_for_who_is_writing(ledger: Ledger) -> None:
    """Else an entry could appear at a moment at which the log was seen without it."""
    ledger.record("plan", [told(1)])
    inside, go = threading.Event(), threading.Event()

    def stop(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lower().startswith("insert"):
            inside.set()
            assert go.wait(30)

    event.listen(ledger.engine, "after_cursor_execute", stop)
    later = datetime.datetime.max.replace(tzinfo=datetime.UTC) - datetime.timedelta(days=1)
    with ThreadPoolExecutor(2) as threads:
        writer = threads.submit(ledger.record, "plan", [told(2)])
        assert inside.wait(30)
        reader = threads.submit(ledger.entries, "plan", until=later)
        assert len(ledger.entries("plan")) == 1
        with pytest.raises(TimeoutError):
            reader.result(0.3)
        go.set()
        assert len(writer.result(30)) == 1
        assert len(reader.result(30)) == 2
