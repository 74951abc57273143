"""Are the printed reference values of the method reproduced, digit for digit?"""

import pytest

from simulator.assumptions import Setting
from simulator.projection import project
from tests.strategies import central_world, run, scenario, shipped_model

TREND = {
    "grdp_growth": "7.25",
    "grdp_per_capita": "32.26",
    "agriculture_share": "18.52",
    "industry_share": "22.95",
    "services_share": "55.97",
    "product_tax_share": "2.56",
    "total_investment": "12068.51",
    "industrial_output": "3381.65",
    "new_hydropower_output": "124.76",
    "food_output": "271476.26",
    "wet_rice_output": "160231.62",
    "upland_rice_output": "32917.60",
    "maize_output": "78327.05",
    "livestock_herd": "564007.4",
    "pig_herd": "349673.1",
    "buffalo_herd": "136744.04",
    "cattle_herd": "77590.28",
    "pigs_culled": "1884.32",
    "retail_sales": "14583.36",
    "visitors": "940.06",
    "tourism_revenue": "1531.83",
    "exports": "55.20",
    "imports": "41.35",
    "budget_revenue": "1296.81",
    "domestic_revenue": "1238.06",
    "electricity_access": "91.84",
    "poverty_rate": "30.85",
    "poor_households": "41110.4",
    "poverty_rate_30a": "44.84",
    "new_rural_communes": "37.05",
    "new_rural_criteria": "11.40",
    "jobs_created": "9248.95",
}

FROZEN = {
    "reference_investment": "12068.512",
    "reference_pig_herd": "338430.86",
    "reference_food_output": "271476.26",
    "reference_new_hydropower_output": "124.764",
    "reference_grdp_growth": "0.0725408",
    "reference_new_rural_programme_disbursed": "475.204",
    "reference_poverty_programme_disbursed": "240.705",
    "reference_foreign_capital_disbursement": "0.55",
}

EPIDEMIC = {
    "grdp_growth": "3.8957",
    "visitors": "510.373",
    "retail_sales": "13885.61",
    "jobs_created": "8384.80",
}

BASE_YEAR = {
    "constant_price_tilt": "-1.10412",
    "grdp_previous": "10579.17",
    "agriculture_value_base": "2316.10",
    "industry_value_base": "2587.99",
    "services_value_base": "6155.07",
    "product_tax_value_base": "281.72",
    "population_base": "601.658",
    "nominal_grdp_base": "17869.25",
    "poverty_programme_base_allocation": "239.651",
    "new_rural_programme_base_allocation": "473.122",
    "other_local_base_allocation": "834.56",
    "central_capital_base_allocation": "2939.07",
    "households_30a_base": "84944",
    "households_base": "130665",
    "child_friendly_communes_base": "98",
}

RESTOCKING = (0.0, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16)
PIGS_AT_YEAR_END = {
    0.05: (322964, 330822, 332998, 327121, 329187, 338489, 340819),
    0.20: (323086, 331629, 336615, 334144, 328504, 336744, 343528),
    0.50: (323241, 332263, 339088, 347587, 349799, 339855, 340239),
    0.80: (323331, 332465, 339508, 349128, 358237, 362570, 363175),
}
"""By biosecurity, along the restocking rates (section 5.4); printed as whole pigs, cut off."""


def as_printed(value: float, printed: str) -> str:
    """A value with as many decimals as a printed number."""
    return f"{value:.{len(printed.partition('.')[2])}f}"


@pytest.mark.law(14)
@pytest.mark.parametrize("name", TREND)
def test_the_trend_gives_its_reference_value(name):
    central = project(shipped_model(), scenario(), deterministic=True)
    assert as_printed(central.values[name], TREND[name]) == TREND[name]


@pytest.mark.law(14)
@pytest.mark.parametrize("name", FROZEN)
def test_the_frozen_reference_run_gives_its_value(name):
    assert as_printed(shipped_model().constants[name], FROZEN[name]) == FROZEN[name]


@pytest.mark.law(14)
@pytest.mark.parametrize("name", EPIDEMIC)
def test_an_epidemic_at_the_central_assumptions_gives_its_reference_value(name):
    struck = scenario({"human_epidemic": Setting(1.0)})
    central = project(shipped_model(), struck, deterministic=True)
    assert as_printed(central.values[name], EPIDEMIC[name]) == EPIDEMIC[name]


@pytest.mark.law(13, 14)
@pytest.mark.parametrize("name", BASE_YEAR)
def test_the_base_year_gives_its_derived_value(name):
    assert as_printed(shipped_model().constants[name], BASE_YEAR[name]) == BASE_YEAR[name]


@pytest.mark.law(14)
@pytest.mark.parametrize("biosecurity", PIGS_AT_YEAR_END)
@pytest.mark.parametrize("at", range(len(RESTOCKING)))
def test_pigs_at_year_end_are_those_of_the_table(biosecurity, at):
    world = central_world()
    world |= {"pig_biosecurity": biosecurity, "pig_restocking_rate": RESTOCKING[at]}
    assert int(run(world)["pigs_at_year_end"]) == PIGS_AT_YEAR_END[biosecurity][at]


def test_counts_of_the_central_run_are_not_rounded():
    central = project(shipped_model(), scenario(), deterministic=True).values
    assert central["new_rural_communes"] == pytest.approx(37.05)
    assert central["new_enterprises"] == pytest.approx(140.4)
    assert central["child_friendly_communes"] == pytest.approx(104.08)
