"""Does what the report implies of the base year fit what it prints?"""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.equations.base_year import SECTORS, constant_price_tilt
from tests.laws import same
from tests.strategies import perturbed_plans, shipped_model

SHARES = st.floats(1, 100)
GROWTHS = st.floats(-0.3, 0.6)


@pytest.mark.law(13)
def test_sector_values_of_the_base_year_sum_to_grdp():
    base = shipped_model().constants
    total = sum(base[f"{sector}_value_base"] for sector in SECTORS)
    assert total == pytest.approx(11340.87, rel=1e-13)


@pytest.mark.law(13)
def test_constant_price_weights_give_the_printed_growth():
    base = shipped_model().constants
    growth = sum(
        base[f"{sector}_tilted_share"]
        / base["constant_price_total"]
        * base[f"{sector}_value_base_growth"]
        for sector in SECTORS
    )
    assert growth == pytest.approx(0.072, abs=1e-12)


@pytest.mark.law(13)
@pytest.mark.parametrize(
    ("sector", "weight"),
    [("agriculture", 0.2122), ("industry", 0.2295), ("services", 0.5338), ("product_tax", 0.0245)],
)
def test_constant_price_weights_are_those_of_the_method(sector, weight):
    base = shipped_model().constants
    found = base[f"{sector}_tilted_share"] / base["constant_price_total"]
    assert round(found, 4) == weight


@pytest.mark.law(13)
@given(
    shares=st.tuples(SHARES, SHARES, SHARES, SHARES),
    growths=st.tuples(GROWTHS, GROWTHS, GROWTHS, GROWTHS),
    between=st.floats(0.01, 0.99),
)
def test_weights_give_grdp_growth_wherever_it_lies_between_the_sectors(shares, growths, between):
    assume(max(growths) - min(growths) > 0.01)
    assert_weights_fit(shares, growths, between)


@pytest.mark.law(13)
def test_weights_fit_where_sectors_grow_almost_alike():
    assert_weights_fit((20.0, 23.0, 54.0, 3.0), (0.5, 0.5001, 0.5, 0.5), 0.9)


def assert_weights_fit(shares, growths, between):
    grdp_growth = min(growths) + between * (max(growths) - min(growths))
    facts = {"grdp_base_growth": grdp_growth}
    for sector, share, growth in zip(SECTORS, shares, growths, strict=True):
        facts[f"{sector}_share_base"] = 100 * share / sum(shares)
        facts[f"{sector}_share_base_change"] = 0.0
        facts[f"{sector}_value_base_growth"] = growth
    base = derived(facts)
    values = [base[f"{sector}_value_base"] for sector in SECTORS]
    assert min(values) >= 0
    assert sum(values) == pytest.approx(base["grdp_base"], rel=1e-10)
    previous = [value / (1 + growth) for value, growth in zip(values, growths, strict=True)]
    assert sum(previous) == pytest.approx(base["grdp_previous"], rel=1e-10)


def derived(facts):
    model = shipped_model()
    wanted = [
        name
        for name in model.graph.order
        if model.graph.equations[name].module.endswith("base_year")
    ]
    return model.graph.run_only({**model.constants, **facts}, wanted)


@given(outside=st.sampled_from([0.0, 0.03, 0.0316, 0.0899, 0.09, 0.2]))
def test_growth_outside_that_of_the_sectors_is_refused_in_words(outside):
    shares = (19.34, -0.95, 22.82, 0.03, 55.3, 0.87, 2.54, 0.05)
    growths = (0.0316, 0.0661, 0.0899, 0.0872)
    with pytest.raises(ValueError, match="must lie between"):
        constant_price_tilt(*shares[::2], *shares[1::2], *growths, outside)


@given(plan=perturbed_plans())
def test_derived_base_values_agree_with_their_definitions_whatever_the_facts(plan):
    base = derived({name: value for name, (value, _) in plan.base_inputs().items()})
    for left, right in (
        ("population_base * sport_participants_base_share", "sport_participants_base"),
        ("households_base * poverty_rate_base / 100", "poor_households_base"),
        ("nominal_grdp_base / population_base", "grdp_per_capita_base"),
        (
            "poverty_programme_base_allocation + new_rural_programme_base_allocation",
            "national_target_programmes_base_allocation",
        ),
        ("na_son_capacity + long_tao_capacity", "new_hydropower_capacity_base"),
        (
            "central_capital_base_allocation * central_capital_disbursed_base_plan_share",
            "central_capital_disbursed_base",
        ),
    ):
        assert same(eval(left, {}, base), base[right]), left
