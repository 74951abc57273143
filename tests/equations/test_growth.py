"""Does GRDP add up, stay put where nothing happens, and follow its drivers in the right direction?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.equations.base_year import SECTORS
from tests.laws import assert_falls, assert_rises, identical, moved, same
from tests.strategies import central_world, raised, run, values, worlds

SHOCKS_OFF = {
    "infected_pigs_at_start": 0.0,
    "swine_fever_introductions": 0.0,
    "newly_connected_herds": 0.0,
    "foot_and_mouth_outbreak": 0.0,
    "human_epidemic": 0.0,
}


@pytest.mark.law(1)
@given(world=worlds())
def test_sector_values_sum_to_grdp(world):
    result = run(world)
    assert same(sum(result[f"{sector}_value"] for sector in SECTORS), result["grdp"])
    assert result["grdp"] > 0


@pytest.mark.law(12)
@given(world=worlds(), other=worlds())
def test_investment_effects_on_the_sectors_weigh_up_to_the_whole_effect(world, other):
    drivers = ("non_state_investment_growth", "price_growth", "central_capital_plan_growth")
    before, after = run(world), run(world | {name: other[name] for name in drivers})
    weighted = sum(
        after[f"{sector}_value_base"]
        / after["grdp_base"]
        * (after[f"{sector}_growth_realised"] - before[f"{sector}_growth_realised"])
        for sector in ("agriculture", "industry", "services")
    )
    assert weighted == pytest.approx(
        after["investment_effect"] - before["investment_effect"], abs=1e-12
    )


@pytest.mark.law(12)
def test_a_tenth_less_investment_costs_four_tenths_of_a_point():
    base = run(central_world())
    effect = base["reference_investment"] * -0.1 / base["nominal_grdp_base"] * 0.5 / 8.43
    assert round(100 * effect, 2) == -0.40


@pytest.mark.law(25)
@given(world=worlds({"same_year_effect_of_investment": 0.0}), other=worlds())
def test_without_a_same_year_effect_investment_never_moves_grdp(world, other):
    investing = {
        name: value
        for name, value in other.items()
        if name.endswith(("_disbursement", "_plan_growth", "_investment_growth", "_ratio"))
        or name == "extra_revenue_fund_repeated"
    }
    before, after = run(world), run(world | investing)
    assert identical(before["grdp"], after["grdp"])


@pytest.mark.law(27)
def test_without_growth_and_price_changes_the_year_repeats_the_base_year():
    world = central_world() | SHOCKS_OFF
    for name in world:
        if name.endswith("_relative_price"):
            world[name] = 0.0
    for sector in SECTORS:
        world[f"{sector}_growth"] = 0.0
    world |= {"price_growth": 0.0, "same_year_effect_of_investment": 0.0}
    result = run(world)
    assert result["grdp_growth"] == pytest.approx(0, abs=1e-12)
    assert result["nominal_grdp"] == pytest.approx(result["nominal_grdp_base"], rel=1e-14)
    for sector in SECTORS:
        assert result[f"{sector}_share"] == pytest.approx(result[f"{sector}_share_base"], rel=1e-13)


@pytest.mark.law(27)
def test_the_reference_run_reproduces_the_growth_sliders_exactly():
    result = run(central_world() | SHOCKS_OFF)
    for sector in ("agriculture", "industry", "services"):
        assert result[f"{sector}_growth_realised"] == result[f"{sector}_growth"]
    assert result["growth_surprise"] == 0


@pytest.mark.law(30)
@given(worlds=raised("services_growth"))
def test_faster_services_raise_grdp_and_what_hangs_on_it(worlds):
    lower, higher = map(run, worlds)
    rising = ["grdp", "grdp_growth", "grdp_per_capita", "services_share", "budget_revenue"]
    assert_rises(lower, higher, [*rising, "domestic_revenue"], strictly=True)
    falling = ["agriculture_share", "poverty_rate", "poverty_rate_30a", "poor_households"]
    assert_falls(lower, higher, falling, strictly=True)


@pytest.mark.law(31)
@given(worlds=raised("agriculture_growth"))
def test_faster_farming_raises_grdp_its_share_and_income_per_head(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["grdp", "agriculture_share", "grdp_per_capita"], strictly=True)


@pytest.mark.law(32)
@given(worlds=raised("price_growth"))
def test_higher_prices_raise_income_per_head_and_never_real_growth(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["grdp_per_capita"], strictly=True)
    assert_falls(lower, higher, ["grdp"])


@pytest.mark.law(32)
@given(worlds=raised("price_growth", {"same_year_effect_of_investment": 0.0}))
def test_without_a_same_year_effect_prices_leave_real_growth_alone(worlds):
    lower, higher = map(run, worlds)
    assert identical(lower["grdp"], higher["grdp"])


@given(worlds=raised(["industry_growth", "product_tax_growth"]))
def test_faster_industry_and_product_taxes_raise_grdp_and_income_per_head(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["grdp", "grdp_per_capita", "budget_revenue"], strictly=True)
    assert_falls(lower, higher, ["agriculture_share", "poverty_rate"], strictly=True)


@given(world=worlds(), growth=values("services_growth"))
def test_a_sector_slider_leaves_the_other_sectors_real_growth_alone(world, growth):
    before, after = run(world), run(world | {"services_growth": growth})
    others = {"agriculture_value", "industry_value", "product_tax_value", "total_investment"}
    assert not others & moved(before, after)


@given(loss=st.floats(0, 0.3), world=worlds({"foot_and_mouth_outbreak": 1.0}))
def test_foot_and_mouth_disease_costs_farm_growth_its_coefficient(loss, world):
    sick, well = (
        run(world | {"foot_and_mouth_loss": loss}),
        run(world | {"foot_and_mouth_loss": 0.0}),
    )
    cost = well["agriculture_growth_realised"] - sick["agriculture_growth_realised"]
    assert cost == pytest.approx(sick["agriculture_response_to_foot_and_mouth"] * loss, abs=1e-12)
