"""Are health and water projected once a baseline is typed in, and within their bounds?"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.forms import logit_step
from simulator.projection import build_model
from tests.laws import assert_falls, assert_rises
from tests.strategies import (
    BASELINES,
    central_world,
    model_with_baselines,
    raised,
    run,
    shipped_model,
    shipped_plan,
    worlds,
)

PERCENTS = ("child_underweight_rate", "urban_clean_water", "rural_clean_water")
STEPS = [
    "child_underweight_step",
    "under_five_mortality_step",
    "new_doctors",
    "urban_water_step",
    "rural_water_step",
]


def test_without_a_baseline_nothing_is_projected_and_with_one_all_five_are():
    assert set(shipped_model().unprojected) == set(BASELINES)
    assert not model_with_baselines().unprojected


@pytest.mark.law(18)
@given(world=worlds())
def test_rates_stay_within_their_bounds(world):
    result = run(world, model_with_baselines())
    assert all(0 <= result[name] <= 100 for name in PERCENTS)
    assert 0 <= result["under_five_mortality"] <= 1000
    assert result["doctors_per_10000"] >= 0


@pytest.mark.law(18)
@given(step=st.floats(-5, 8), baseline=st.sampled_from([0.0, 100.0]) | st.floats(1e-9, 100 - 1e-9))
@example(step=0.2, baseline=100.0)  # divided by the slope, which is zero at either end
@example(step=0.2, baseline=0.0)
def test_a_step_from_any_baseline_stays_within_a_hundred(step, baseline):
    assert 0 <= logit_step(baseline, step) <= 100


@given(step=st.floats(-5, 8), end=st.sampled_from([0.0, 100.0]))
def test_a_baseline_at_an_end_stays_there(step, end):
    assert logit_step(end, step) == end


@pytest.mark.parametrize("end", [0.0, 100.0])
def test_a_typed_baseline_of_all_or_nothing_is_projected(end):
    model = build_model(shipped_plan(), {"urban_clean_water": end})
    assert run(central_world(), model)["urban_clean_water"] == end


@given(worlds=raised(STEPS))
def test_a_larger_step_never_lowers_its_indicator(worlds):
    lower, higher = (run(world, model_with_baselines()) for world in worlds)
    assert_rises(lower, higher, BASELINES)


@given(worlds=raised("population_growth"))
def test_more_people_mean_fewer_doctors_for_each(worlds):
    lower, higher = (run(world, model_with_baselines()) for world in worlds)
    assert_falls(lower, higher, ["doctors_per_10000"], strictly=True)


@given(worlds=raised("birth_rate_fall"))
def test_the_fall_of_the_birth_rate_is_the_assumed_one(worlds):
    for world in worlds:
        assert run(world)["birth_rate_reduction"] == world["birth_rate_fall"]
