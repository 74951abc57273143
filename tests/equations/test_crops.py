"""Do the crops add up, and does a drought always cost?"""

import pytest
from hypothesis import given

from tests.laws import assert_falls, assert_rises, same
from tests.strategies import raised, run, values, worlds

CROPS = ("wet_rice", "upland_rice", "maize")
OUTPUTS = [f"{crop}_output" for crop in CROPS]
CHANGES = [f"{crop}_{part}_growth" for crop in CROPS for part in ("area", "yield")]


@pytest.mark.law(7)
@given(world=worlds())
def test_food_is_the_sum_of_three_crops(world):
    result = run(world)
    assert same(sum(result[name] for name in OUTPUTS), result["food_output"])
    assert all(result[name] >= 0 for name in OUTPUTS)


@pytest.mark.law(26)
@given(world=worlds(dict.fromkeys(CHANGES, 0.0) | {"drought_severity": 0.15}))
def test_without_growth_and_with_the_base_years_drought_crops_repeat_it_exactly(world):
    result = run(world)
    for crop in CROPS:
        assert result[f"{crop}_output"] == result[f"{crop}_output_base"]


@pytest.mark.law(36)
@given(worlds=raised("drought_severity"))
def test_a_worse_drought_lowers_every_crop_and_growth_and_raises_poverty(worlds):
    lower, higher = map(run, worlds)
    assert_falls(lower, higher, [*OUTPUTS, "food_output", "grdp"], strictly=True)
    assert_rises(lower, higher, ["poverty_rate", "poverty_rate_30a"], strictly=True)


@given(worlds=raised(CHANGES))
def test_more_area_or_yield_gives_more_food_and_growth(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["food_output", "agriculture_value", "grdp"], strictly=True)


@given(world=worlds(), severity=values("drought_severity"))
def test_upland_rice_suffers_most_and_wet_rice_least(world, severity):
    dry = run(world | {"drought_severity": severity})
    wet = run(world | {"drought_severity": 0.0})
    kept = {crop: dry[f"{crop}_output"] / wet[f"{crop}_output"] for crop in CROPS}
    assert kept["upland_rice"] <= kept["maize"] <= kept["wet_rice"] <= 1
