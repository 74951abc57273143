"""Does access to the grid stay between its base and all households?"""

import pytest
from hypothesis import given

from tests.laws import assert_rises
from tests.strategies import raised, run, worlds


@pytest.mark.law(18)
@given(world=worlds())
def test_access_lies_between_the_base_year_and_a_hundred(world):
    result = run(world)
    assert result["electricity_access_base"] <= result["electricity_access"] <= 100


@pytest.mark.law(35)
@given(worlds=raised("foreign_capital_disbursement"))
def test_paying_out_more_foreign_capital_never_lowers_access(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["electricity_access"])
    if 0.01 < worlds[0]["electricity_gap_closed"] < 0.5:
        assert_rises(lower, higher, ["electricity_access"], strictly=True)


@given(worlds=raised("electricity_gap_closed"))
def test_closing_more_of_the_gap_never_lowers_access(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["electricity_access"])
