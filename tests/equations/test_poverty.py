"""Do poor households fit the rate, and does money and growth lower it?"""

import pytest
from hypothesis import given

from tests.laws import assert_falls, assert_rises, identical, same
from tests.strategies import raised, run, worlds


@pytest.mark.law(9)
@given(world=worlds())
def test_poor_households_are_the_rate_of_all_households(world):
    result = run(world)
    assert same(result["poor_households"], result["poverty_rate"] / 100 * result["households"])
    assert 0 <= result["poverty_rate"] <= 100
    assert 0 <= result["poverty_rate_30a"] <= 100


@pytest.mark.law(35)
@given(worlds=raised("poverty_programme_disbursement"))
def test_a_programme_that_pays_more_never_raises_poverty(worlds):
    lower, higher = map(run, worlds)
    assert_falls(lower, higher, ["poverty_rate", "poverty_rate_30a", "poor_households"])
    if worlds[0]["poverty_relative_fall"] > 1e-3:
        assert_falls(lower, higher, ["poverty_rate"], strictly=True)


@given(worlds=raised(["poverty_relative_fall", "poverty_relative_fall_30a"]))
def test_a_larger_relative_fall_lowers_its_own_rate_alone(worlds):
    lower, higher = map(run, worlds)
    thirty = worlds[0]["poverty_relative_fall"] == worlds[1]["poverty_relative_fall"]
    own, other = ("_30a", "") if thirty else ("", "_30a")
    assert_falls(lower, higher, [f"poverty_rate{own}", f"poor_households{own}"], strictly=True)
    assert identical(lower[f"poverty_rate{other}"], higher[f"poverty_rate{other}"])


@given(worlds=raised("household_growth"))
def test_more_households_at_the_same_rate_are_more_poor_households(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["poor_households"], strictly=True)
    assert identical(lower["poverty_rate"], higher["poverty_rate"])
