"""Does new hydropower add what its capacity, months and water allow?"""

import pytest
from hypothesis import given

from tests.laws import assert_falls, assert_rises, same
from tests.strategies import raised, run, worlds


@pytest.mark.law(37)
@given(worlds=raised("hydropower_capacity_factor"))
def test_a_better_capacity_factor_raises_output_and_grdp(worlds):
    lower, higher = map(run, worlds)
    rising = ["new_hydropower_output", "industrial_output", "grdp"]
    assert_rises(lower, higher, rising, strictly=True)


@pytest.mark.law(37)
@given(worlds=raised("long_tao_months_lost"))
def test_a_longer_delay_lowers_output_and_grdp(worlds):
    lower, higher = map(run, worlds)
    falling = ["new_hydropower_output", "industrial_output", "grdp"]
    assert_falls(lower, higher, falling, strictly=True)


@given(worlds=raised("industrial_output_growth"))
def test_faster_output_raises_industrial_output(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["industrial_output"], strictly=True)


@given(world=worlds())
def test_output_is_the_grown_base_less_the_epidemic_and_the_new_plants(world):
    result = run(world)
    existing = 3032.48 * (1 + world["industrial_output_growth"])
    expected = existing * (1 - result["epidemic_loss_industry"]) + result["new_hydropower_output"]
    assert same(result["industrial_output"], expected)
    assert result["new_hydropower_output"] > 0
