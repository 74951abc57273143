"""Does the order in which figures were entered, or a detour by a correction, teach anything else?"""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.ledger import Ledger, open_ledger
from simulator.observation import Observation
from simulator.track import Tracked, track
from tests.laws import identical
from tests.ledger.conftest import Fresh
from tests.track.years import prior, ten_months_of_2019, told_observations


@pytest.fixture(scope="module")
def shared(fresh: Fresh) -> Iterator[Ledger]:
    with open_ledger(fresh()) as opened:
        yield opened


def named(row: Observation) -> Observation:
    return Observation(*[*vars(row).values()][:-1], entered_by=row.entered_by or "me")


def learned(ledger: Ledger, plan: str) -> Tracked:
    return track(prior(64), ledger.observations(plan))


def assert_same(one: Tracked, other: Tracked) -> None:
    ours: dict[str, Any] = dict(one.posterior.projection.values)
    theirs = other.posterior.projection.values
    assert ours.keys() == theirs.keys()
    assert all(identical(ours[name], theirs[name]) for name in ours)
    chances = [[row.plan_chance for row in told.posterior.rows.values()] for told in (one, other)]
    assert chances[0] == chances[1]


@settings(max_examples=settings().max_examples // 4)
@given(rows=st.permutations([named(row) for row in ten_months_of_2019()]))
def test_the_order_of_entering_changes_nothing(shared: Ledger, rows: list[Observation]) -> None:
    plan = f"order {shared.version('count')}"
    shared.record("count", rows[:1])
    for row in rows:
        shared.record(plan, [row])
    assert_same(learned(shared, plan), track(prior(64), map(named, ten_months_of_2019())))


@settings(max_examples=settings().max_examples // 4)
@given(right=told_observations().map(named), slip=told_observations().map(named))
def test_a_corrected_slip_and_a_withdrawn_one_leave_no_trace(
    shared: Ledger, right: Observation, slip: Observation
) -> None:
    plan = f"slip {shared.version('count')}"
    shared.record("count", [right])
    wrong, gone = shared.record(plan, [slip, slip])
    shared.correct(wrong.number, right)
    shared.withdraw(gone.number, entered_by="me")
    assert shared.observations(plan) == (right,)
    assert_same(learned(shared, plan), track(prior(64), [right]))
