"""Does revenue follow growth and prices, and contain its domestic part?"""

import pytest
from hypothesis import given

from tests.laws import assert_falls, assert_rises
from tests.strategies import central_world, raised, run, worlds


@pytest.mark.law(10)
@given(world=worlds())
def test_domestic_revenue_never_exceeds_the_whole(world):
    result = run(world)
    assert 0 <= result["domestic_revenue"] <= result["budget_revenue"]


@pytest.mark.law(10)
@given(worlds=raised("domestic_revenue_shift"))
def test_within_its_range_the_shift_never_meets_the_whole(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["domestic_revenue"], strictly=True)
    assert higher["domestic_revenue"] < higher["budget_revenue"]


@given(worlds=raised(["revenue_growth", "price_growth"]))
def test_revenue_rises_with_its_growth_and_with_prices(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["budget_revenue", "domestic_revenue"], strictly=True)


def test_an_epidemic_cuts_revenue_only_through_growth():
    well = run(central_world())
    ill = run(central_world() | {"human_epidemic": 1.0})
    assert_falls(well, ill, ["budget_revenue"], strictly=True)
    fall = (ill["grdp_growth"] - well["grdp_growth"]) / 100
    assert ill["budget_revenue"] - well["budget_revenue"] == pytest.approx(
        1233.897 * 0.5 * fall, rel=1e-9
    )
    assert ill["total_investment"] == well["total_investment"]
