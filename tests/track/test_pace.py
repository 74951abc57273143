"""Is the pace told against the right whole, and does what is needed bring the year there?"""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.track import Pace, track
from simulator.track.season import months_gone, paid_share, season_share, season_spread
from tests.runs import few
from tests.strategies import shipped_plan
from tests.track.years import TEN_MONTHS, YEAR_END, flows, funds, middle, prior, told

DAYS = st.dates(datetime.date(2020, 1, 1), YEAR_END)


def pace(name: str, *rows: object, day: datetime.date | None = None) -> Pace:
    found = track(prior(256), rows, as_of=day)
    return next(row for row in found.paces if row.name == name)


def test_months_gone_counts_whole_months_at_their_end() -> None:
    assert months_gone(datetime.date(2020, 2, 29), 2020) == 2
    assert months_gone(datetime.date(2020, 6, 15), 2020) == 5.5
    assert months_gone(datetime.date(2021, 1, 31), 2020) == 13


@given(flows(), DAYS, DAYS)
def test_a_season_only_fills_and_ends_full(
    flow: str, one: datetime.date, other: datetime.date
) -> None:
    plan = shipped_plan()
    shares = [season_share(plan, flow, day) for day in sorted((one, other))]
    assert 0 < shares[0] <= shares[1] <= 1
    assert season_share(plan, flow, YEAR_END) == 1
    assert season_spread(plan, flow, 1.0) == 0
    spreads = [season_spread(plan, flow, share) for share in shares]
    assert spreads[0] >= spreads[1]


def test_half_of_the_year_has_the_spread_of_the_table() -> None:
    plan = shipped_plan()
    assert season_spread(plan, "visitors", 0.5) == pytest.approx(0.10)
    assert season_spread(plan, "budget_revenue", 0.5) == pytest.approx(0.05)
    half = season_share(plan, "visitors", datetime.date(2020, 6, 30))
    assert half == pytest.approx(0.695)


@given(funds(), st.floats(0.01, 0.9), DAYS)
def test_a_fund_paid_at_the_needed_rate_pays_its_allocation(
    fund: str, seen: float, day: datetime.date
) -> None:
    row = (
        pace(f"{fund}_disbursed", told(f"{fund}_disbursement", seen, day=day))
        if (fund not in {"poverty_programme", "new_rural_programme"})
        else None
    )
    if row is None:
        return
    assert row.denominator == "allocation"
    assert row.seen_share == pytest.approx(seen)
    assert row.rate_needed is not None
    assert row.seen is not None
    assert row.seen + row.months_left * row.rate_needed == pytest.approx(row.whole)
    assert row.implied == pytest.approx(row.seen / paid_share(shipped_plan(), day))
    assert row.usual_share == paid_share(shipped_plan(), day)


@few
@given(flows(), st.floats(0.1, 0.9), DAYS)
def test_a_flow_at_the_needed_rate_reaches_the_plan(
    flow: str, part: float, day: datetime.date
) -> None:
    target = shipped_plan().targets[flow].target
    assert target is not None
    row = pace(flow, told(flow, part * target, day=day))
    assert (row.denominator, row.whole) == ("plan", target)
    assert row.seen is not None
    if row.months_left:
        assert row.rate_needed is not None
        assert row.seen + row.months_left * row.rate_needed == pytest.approx(target)
    else:
        assert row.rate_needed is None


def test_every_fund_that_the_report_lists_and_every_season_has_a_row_without_figures() -> None:
    found = track(prior(256), (), as_of=TEN_MONTHS)
    names = [row.name for row in found.paces]
    assert "national_target_programmes_disbursed" in names
    assert "poverty_programme_disbursed" not in names
    assert set(shipped_plan().seasons) < set(names)
    assert all(row.seen is None is row.rate_needed for row in found.paces)
    for row in found.paces:
        assert row.expected[1] == pytest.approx(middle(prior(256), row.name))
        assert row.expected_share is not None
    shares = [row.share_of_investment for row in found.paces if row.fund]
    assert 0 < sum(share for share in shares if share is not None) < 1


def test_a_year_end_beyond_the_plan_needs_nothing_more() -> None:
    row = pace("visitors", told("visitors", 2000, day=datetime.date(2020, 9, 30)))
    assert row.rate_needed == 0


def test_the_pace_of_a_whole_year_is_its_result() -> None:
    row = pace("visitors", told("visitors", 900, "final", YEAR_END))
    assert row.seen == 900
    assert np.ptp(row.expected) == 0
