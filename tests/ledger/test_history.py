"""Whatever is done to a ledger, in any order: is it what a plain list of entries would be?"""

import datetime
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from simulator.ledger import Entry, open_ledger
from simulator.ledger.backup import backup, restore
from simulator.ledger.opening import opened
from simulator.observation import Observation
from simulator.records import InputError
from tests.ledger.conftest import Fresh
from tests.ledger.postgresql import forget
from tests.ledger.told import bits, observations, texts

PLANS = ("plan", "other")
TICK = datetime.timedelta(microseconds=1)
START = datetime.datetime(2020, 11, 5, tzinfo=datetime.UTC)
Log = tuple[Entry, ...]


def seen(log: Log, plan: str, until: datetime.datetime) -> list[Entry]:
    """What a plain list says was seen at a moment."""
    known = [entry for entry in log if entry.entered_at <= until]
    following = log[len(known) : len(known) + 1]
    while known and following and following[0].entered_at - known[-1].entered_at == TICK:
        following = (known.pop(),)
    later = {entry.supersedes: entry.number for entry in known}
    return [
        replace(entry, superseded_by=later.get(entry.number))
        for entry in known
        if entry.plan == plan
    ]


class History(RuleBasedStateMachine):
    """A ledger beside a list; the clock jumps as it likes, the log may not."""

    saved = Bundle("saved")
    fresh: Fresh
    folder: Path
    numbers = itertools.count()

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.address = self.fresh()
        self.open()
        self.log: Log = ()
        self.looked: list[tuple[datetime.datetime, str, list[Entry]]] = []

    def open(self) -> None:
        self.ledger = opened(self.address, clock=lambda _: self.now)

    def teardown(self) -> None:
        self.ledger.close()
        forget(self.address)

    @rule(seconds=st.integers(-(10**6), 10**6))
    def clock_jumps(self, seconds: int) -> None:
        self.now += datetime.timedelta(seconds=seconds)

    @rule(plan=st.sampled_from(PLANS), rows=st.lists(observations, max_size=4), batch=st.text("ab"))
    def record(self, plan: str, rows: list[Observation], batch: str) -> None:
        added = self.ledger.record(plan, rows, batch=batch)
        assert [bits(entry.observation) for entry in added] == [bits(row) for row in rows]
        assert all(
            (entry.plan, entry.batch, entry.supersedes) == (plan, batch, None) for entry in added
        )
        self.log += tuple(added)

    @rule(plan=st.sampled_from(PLANS), rows=st.lists(observations, min_size=1, max_size=3))
    def record_one_that_is_wrong(self, plan: str, rows: list[Observation]) -> None:
        with pytest.raises(InputError):
            self.ledger.record(plan, [*rows, replace(rows[0], source="\0")])

    @rule(at=st.integers(0, 20), row=observations, note=texts, take_back=st.booleans())
    @precondition(lambda self: self.log)
    def supersede(self, at: int, row: Observation, note: str, take_back: bool) -> None:
        old = self.log[at % len(self.log)]
        closed = old.withdrawn or any(entry.supersedes == old.number for entry in self.log)
        act: Callable[[], Entry]
        if take_back:
            act = lambda: self.ledger.withdraw(old.number, entered_by=row.entered_by, note=note)  # noqa: E731
            row = replace(old.observation, entered_by=row.entered_by)
        else:
            act = lambda: self.ledger.correct(old.number, row, note=note)  # noqa: E731
        if closed:
            with pytest.raises(InputError):
                act()
            return
        added = act()
        assert bits(added.observation) == bits(row)
        assert (added.plan, added.note, added.supersedes) == (old.plan, note, old.number)
        assert added.withdrawn == take_back
        self.log += (added,)

    @rule()
    def reopen(self) -> None:
        self.ledger.close()
        self.open()

    @rule(plan=st.sampled_from(PLANS))
    def look(self, plan: str) -> None:
        """What was seen at the newest moment that has passed must be seen there ever after."""
        if self.log:
            moment = self.log[-1].entered_at
            self.looked.append((moment, plan, self.ledger.entries(plan, until=moment)))

    @rule(target=saved)
    def back_up(self) -> tuple[Path, Log]:
        path = self.folder / f"{next(self.numbers)}.gz"
        assert backup(self.ledger, path) == len(self.log)
        return path, self.log

    @rule(one=saved, replacing=st.booleans())
    def restore(self, one: tuple[Path, Log], replacing: bool) -> None:
        path, then = one
        if then[: len(self.log)] == self.log:
            assert restore(self.ledger, path, replace=replacing) == len(then) - len(self.log)
        elif not replacing:
            with pytest.raises(InputError):
                restore(self.ledger, path)
            return
        else:
            assert restore(self.ledger, path, replace=True) == len(then)
            self.looked = []
        self.log = then

    @rule(one=saved)
    def restore_elsewhere(self, one: tuple[Path, Log]) -> None:
        path, then = one
        address = self.fresh()
        with open_ledger(address) as other:
            restore(other, path)
            for plan in PLANS:
                assert other.entries(plan) == seen(
                    then, plan, datetime.datetime.max.replace(tzinfo=datetime.UTC)
                )
        forget(address)

    @invariant()
    def it_is_the_list(self) -> None:
        assert [entry.number for entry in self.log] == list(range(1, len(self.log) + 1))
        assert all(one.entered_at < next_.entered_at for one, next_ in itertools.pairwise(self.log))
        end = datetime.datetime.max.replace(tzinfo=datetime.UTC)
        for plan in PLANS:
            held = self.ledger.entries(plan)
            assert held == seen(self.log, plan, end)
            heads = [entry for entry in held if entry.superseded_by is None]
            counting = [bits(entry.observation) for entry in heads if not entry.withdrawn]
            assert [bits(row) for row in self.ledger.observations(plan)] == counting
            assert self.ledger.version(plan) == max((entry.number for entry in held), default=0)

    @invariant()
    def what_was_seen_stays_seen(self) -> None:
        for moment, plan, then in self.looked:
            assert self.ledger.entries(plan, until=moment) == then
        for entry in self.log[::3]:
            assert self.ledger.entries(entry.plan, until=entry.entered_at) == seen(
                self.log, entry.plan, entry.entered_at
            )


def test_a_ledger_is_a_list_that_only_grows(fresh: Fresh, tmp_path: Path) -> None:
    class Here(History):
        pass

    Here.fresh, Here.folder = staticmethod(fresh), tmp_path
    few = settings(max_examples=max(10, settings().max_examples // 4), stateful_step_count=15)
    run_state_machine_as_test(Here, settings=few)
