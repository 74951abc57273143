"""Do visitors and what they spend fit each other?"""

import pytest
from hypothesis import given

from tests.laws import assert_rises, moved, same
from tests.strategies import raised, run, worlds


@pytest.mark.law(11)
@given(world=worlds())
def test_revenue_per_visitor_is_the_base_years_grown_and_at_the_years_prices(world):
    result = run(world)
    each = result["tourism_revenue_base"] / result["visitors_base"]
    expected = each * (1 + result["spend_per_visitor_growth"]) * result["price_factor"]
    assert same(result["tourism_revenue"], result["visitors"] * expected)


@given(world=worlds())
def test_visitors_are_those_from_abroad_and_from_home(world):
    result = run(world)
    assert same(result["international_visitors"] + result["domestic_visitors"], result["visitors"])
    assert min(result["international_visitors"], result["domestic_visitors"]) >= 0


@given(worlds=raised("visitor_growth", {"human_epidemic": 0.0}))
def test_more_visitors_bring_more_revenue(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["visitors", "tourism_revenue"], strictly=True)


@given(worlds=raised("spend_per_visitor_growth"))
def test_spending_moves_revenue_alone(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["tourism_revenue"])
    assert moved(lower, higher) <= {"spend_per_visitor_growth", "tourism_revenue"}
