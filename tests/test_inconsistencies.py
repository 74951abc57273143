"""Does what the list of the report's inconsistencies calls computed follow from the plan's data?"""

import re
from collections.abc import Callable

import pytest

from simulator.figures import number
from simulator.forms import planned_level
from simulator.plan import find_plan, load_plan
from simulator.projection import build_model

PLAN = load_plan(find_plan("dien_bien_2020"))
CONSTANTS = build_model(PLAN).constants
LISTED_FUNDS = [
    fund for fund in PLAN.funds.values() if fund.reported_as == fund.name
]  # the report's own list: parts of a fund that it reports as one are left out

Recomputation = Callable[[], tuple[float, ...]]
RECOMPUTATIONS: dict[str, Recomputation] = {}


def recomputes(row: Recomputation) -> Recomputation:
    """Register the recomputation of the row that bears its name."""
    RECOMPUTATIONS[row.__name__] = row
    return row


def fact(name: str, kind: str = "value") -> float:
    return PLAN.facts[f"{name}_base" + ("" if kind == "value" else f"_{kind}")].value


def target(name: str) -> float:
    value = PLAN.targets[name].target
    assert value is not None
    return value


def percent(ratio: float) -> float:
    return 100 * ratio


def relative_percent(later: float, earlier: float) -> float:
    return percent(later / earlier - 1)


@recomputes
def plan_price_growth() -> tuple[float, ...]:
    nominal = target("grdp_per_capita") * target("population")
    real_growth = 1 + target("grdp_growth") / 100
    return (relative_percent(nominal / real_growth, CONSTANTS["nominal_grdp_base"]),)


@recomputes
def base_year_price_growth() -> tuple[float, ...]:
    population_growth = target("population") / CONSTANTS["population_base"]
    nominal_growth = (1 + fact("grdp_per_capita", "growth")) * population_growth
    return (relative_percent(nominal_growth, 1 + fact("grdp", "growth")),)


@recomputes
def grdp_price_bases() -> tuple[float, ...]:
    return (CONSTANTS["nominal_grdp_base"] / fact("grdp"),)


@recomputes
def population_not_printed() -> tuple[float, ...]:
    athletes, share = fact("sport_participants"), fact("sport_participants", "share")
    rounding = 0.0005
    population = athletes / share
    return (
        population,
        athletes / (share + rounding),
        athletes / (share - rounding),
        relative_percent(target("population"), population),
    )


@recomputes
def sector_growth_and_shares() -> tuple[float, ...]:
    sectors = ("agriculture", "industry", "services", "product_tax")
    growth = {sector: fact(f"{sector}_value", "growth") for sector in sectors}
    share = {sector: fact(f"{sector}_share") for sector in sectors}
    change = {sector: fact(f"{sector}_share", "change") for sector in sectors}
    return (
        sum((share[sector] - change[sector]) * growth[sector] for sector in sectors),
        sum(share[sector] * growth[sector] for sector in sectors),
    )


@recomputes
def target_programmes_disbursed_share() -> tuple[float, ...]:
    fund = "target_programmes"
    return (percent(fact(fund, "to_date") / fact(fund, "allocation")),)


@recomputes
def local_funds_sum() -> tuple[float, ...]:
    planned = sum(fact(fund.name, "allocation") for fund in LISTED_FUNDS)
    realised = sum(
        fund.year_end_estimate
        if fund.year_end_estimate is not None
        else fact(fund.name, "allocation") * fact(fund.name, "estimate_share")
        for fund in LISTED_FUNDS
    )
    plan_of_all = planned_level(
        fact("local_capital_disbursed"), fact("local_capital_disbursed", "plan_share")
    )
    return (
        planned,
        float(plan_of_all) - planned,
        realised,
        fact("local_capital_disbursed") - realised,
    )


@recomputes
def local_capital_label() -> tuple[float, ...]:
    parts = ("central_capital_disbursed", "local_capital_disbursed", "non_state_investment")
    assert sum(fact(part) for part in parts) == pytest.approx(fact("total_investment"), abs=0.005)
    return (
        float(
            planned_level(
                fact("local_capital_disbursed"), fact("local_capital_disbursed", "plan_share")
            )
        ),
    )


@recomputes
def electricity_access_increase() -> tuple[float, ...]:
    planned, base = target("electricity_access"), fact("electricity_access")
    return relative_percent(planned, base), planned - base


@recomputes
def child_friendly_communes_base() -> tuple[float, ...]:
    planned, communes = target("child_friendly_communes"), fact("communes")
    increase = fact("child_friendly_communes", "planned_change") / 100 * communes
    assert CONSTANTS["child_friendly_communes_base"] == planned - round(increase)
    return (
        planned - round(increase),
        increase,
        percent(target("child_friendly_communes_new") / communes),
    )


@recomputes
def forest_cover_gain() -> tuple[float, ...]:
    land = fact("forest_area") / fact("forest_cover")
    return (fact("forest_area", "change") / land,)


@recomputes
def poverty_30a_base() -> tuple[float, ...]:
    households = CONSTANTS["households_30a_base"]
    planned_households = 100 * target("poor_households") / target("poverty_rate")
    household_growth = planned_households / CONSTANTS["households_base"]
    poor_in_base_year = households / household_growth * fact("poverty_rate_30a") / 100
    return (
        households,
        poor_in_base_year,
        fact("poor_households") - poor_in_base_year,
        target("poor_households") - target("poor_households_30a"),
    )


@recomputes
def budget_revenue_label() -> tuple[float, ...]:
    return (
        relative_percent(target("budget_revenue"), fact("budget_revenue")),
        relative_percent(target("budget_revenue"), fact("local_budget_total_revenue")),
    )


@recomputes
def muong_nhe_capital() -> tuple[float, ...]:
    printed = PLAN.inconsistencies["muong_nhe_capital"].printed.split("; ")
    return (number(printed[-1].removesuffix(" tỷ")) / target("total_investment"),)


@recomputes
def industry_share_increase() -> tuple[float, ...]:
    sectors = ("agriculture", "industry", "services")
    return (
        target("industry_share") - fact("industry_share"),
        100 - sum(target(f"{sector}_share") for sector in sectors),
    )


@recomputes
def jobs_breakdown() -> tuple[float, ...]:
    parts = (
        "jobs_from_employment_support",
        "jobs_from_labour_export",
        "jobs_in_enterprises",
        "jobs_in_public_agencies",
        "jobs_from_programmes_and_self_employment",
    )
    return (sum(fact(part) for part in parts),)


@recomputes
def cultural_new_rural_rate() -> tuple[float, ...]:
    return (percent(fact("cultural_new_rural_communes") / fact("new_rural_programme_communes")),)


@recomputes
def livestock_herd_plan_share() -> tuple[float, ...]:
    species = ("buffalo_herd", "cattle_herd", "pig_herd")
    planned = sum(planned_level(fact(herd), fact(herd, "plan_share")) for herd in species)
    return (percent(fact("livestock_herd") / float(planned)),)


@recomputes
def verdict_scope() -> tuple[float, ...]:
    scopes = [row.verdict_scope for row in PLAN.targets.values() if row.resolution_verdict]
    return scopes.count("ambiguous"), scopes.count("by_bullet_scope")


@recomputes
def clean_water_series() -> tuple[float, ...]:
    assert PLAN.targets["urban_clean_water"].base is None
    return (target("urban_clean_water") - fact("urban_clean_water_supply"),)


@recomputes
def year_end_estimates() -> tuple[float, ...]:
    used_for = PLAN.sources["poverty_review_2020"].used_for
    reviewed = re.search(r"([\d,]+) households and ([\d.]+)%", used_for)
    assert reviewed is not None
    households, rate = float(reviewed[1].replace(",", "")), float(reviewed[2])
    return households, rate, rate - fact("poverty_rate")


@recomputes
def road_length() -> tuple[float, ...]:
    classes = ("national", "provincial", "urban", "border_patrol", "rural", "special_purpose")
    return (sum(fact(f"{road}_road_length") for road in classes),)


@recomputes
def foreign_capital_disbursed_share() -> tuple[float, ...]:
    return (percent(fact("foreign_capital", "to_date") / fact("foreign_capital", "allocation")),)


@recomputes
def protection_forest_planting() -> tuple[float, ...]:
    return (fact("planted_forest_area") - fact("production_forest_planted_area"),)


@recomputes
def coffee_shortfall() -> tuple[float, ...]:
    planned = planned_level(fact("coffee_output"), fact("coffee_output", "plan_share"))
    output_per_hectare = fact("coffee_output") / fact("coffee_area")
    return (
        float(planned) - fact("coffee_output"),
        -fact("coffee_area", "change") * output_per_hectare,
    )


@recomputes
def solid_classrooms() -> tuple[float, ...]:
    kinds = ("permanent", "semi_permanent", "temporary")
    assert sum(fact(f"{kind}_classrooms", "share") for kind in kinds) == pytest.approx(1)
    return (
        percent(fact("permanent_classrooms", "share")) - fact("solid_construction_classroom_rate"),
    )


@recomputes
def family_counts() -> tuple[float, ...]:
    return (
        fact("sport_families") / fact("sport_families", "share"),
        fact("cultural_families") / fact("cultural_families", "share"),
        CONSTANTS["households_base"],
    )


@recomputes
def unplanned_migration() -> tuple[float, ...]:
    households = fact("emigrant_households") + fact("immigrant_households")
    persons = fact("emigrants") + fact("immigrants")
    return (
        households,
        persons,
        fact("migrant_households") - households,
        fact("migrants") - persons,
    )


@recomputes
def registered_capital_base() -> tuple[float, ...]:
    return (relative_percent(target("registered_capital"), fact("registered_capital")),)


@recomputes
def substitution_treatment_scope() -> tuple[float, ...]:
    return (target("substitution_treatment") - target("drug_rehabilitation"),)


NUMBER = re.compile(r"-?\d+(?:\.(\d+))?")


@pytest.mark.parametrize("name", sorted(RECOMPUTATIONS | dict(PLAN.inconsistencies)))
def test_every_row_is_recomputed_to_its_printed_digits_and_nothing_else_is(name: str):
    assert name in PLAN.inconsistencies, "a recomputation without a row in inconsistencies.csv"
    assert name in RECOMPUTATIONS, "a row of inconsistencies.csv that nothing recomputes"
    computed = PLAN.inconsistencies[name].computed
    found = list(NUMBER.finditer(computed))
    values = RECOMPUTATIONS[name]()
    assert [
        f"{value:.{len(match[1] or '')}f}" for value, match in zip(values, found, strict=True)
    ] == [match[0] for match in found]


@pytest.mark.parametrize("name", sorted(PLAN.inconsistencies))
def test_computed_figures_are_plain_numbers_or_percents(name: str):
    computed = PLAN.inconsistencies[name].computed
    assert all(re.fullmatch(rf"{NUMBER.pattern}%?", part) for part in computed.split("; "))


@pytest.mark.parametrize("name", sorted(PLAN.inconsistencies))
def test_lines_are_line_numbers_in_their_order(name: str):
    lines = [int(line) for line in PLAN.inconsistencies[name].lines.split(";")]
    assert lines == sorted(set(lines))
    assert lines[0] > 0


@pytest.mark.parametrize("name", sorted(PLAN.inconsistencies))
def test_a_treatment_is_one_short_sentence_in_each_language(name: str):
    row = PLAN.inconsistencies[name]
    for sentence in (row.treatment, row.treatment_vi):
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert len(sentence) <= 160
    for title in (row.title_vi, row.title_en):
        assert not title.endswith(".")
        assert len(title) <= 80
