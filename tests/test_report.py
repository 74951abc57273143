"""Do facts and targets say what the report prints, and does the base year follow from them?"""

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from simulator.figures import matches, number
from simulator.forms import planned_level, previous_level
from simulator.plan import Fact, find_plan, load_plan
from simulator.projection import build_model
from simulator.records import read_table
from simulator.units import canonical

PLAN = load_plan(find_plan("dien_bien_2020"))
FACTS = list(read_table(PLAN.folder / "facts.csv", Fact, ("name", "kind")).values())
CONSTANTS = build_model(PLAN).constants


@pytest.fixture(scope="module")
def report_lines() -> list[str]:
    path = os.environ.get("REPORT_TEXT")
    if not path:
        pytest.skip("REPORT_TEXT is unset; it names the text of the report, which is not shipped")
    return Path(path).read_text(encoding="utf-8").split("\n")


# What is printed


def test_every_printed_fact_stands_on_its_line(report_lines: list[str]):
    absent = [fact for fact in FACTS if fact.printed not in report_lines[fact.line - 1]]
    assert absent == []


def test_every_fact_said_to_be_repeated_stands_on_those_lines_too(report_lines: list[str]):
    absent = [
        (fact.name, line)
        for fact in FACTS
        for line in repeated_on(fact)
        if fact.printed not in report_lines[line - 1]
    ]
    assert absent == []


def test_every_printed_target_stands_on_its_line(report_lines: list[str]):
    absent = [
        target.name
        for target in PLAN.targets.values()
        if target.line is None or target.printed not in report_lines[target.line - 1]
    ]
    assert absent == []


def test_every_printed_figure_of_an_inconsistency_stands_on_one_of_its_lines(
    report_lines: list[str],
):
    absent = [
        (row.name, figure)
        for row in PLAN.inconsistencies.values()
        for figure in row.printed.split("; ")
        if not any(figure in report_lines[int(line) - 1] for line in row.lines.split(";"))
    ]
    assert absent == []


def repeated_on(fact: Fact) -> list[int]:
    return [int(line) for line in re.findall(r"also line (\d+)", fact.note)]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.name}-{fact.kind}")
def test_a_fact_has_the_value_that_its_printed_figure_says(fact: Fact):
    assert matches(fact.value, fact.printed, canonical(fact.unit))


def test_no_two_facts_share_a_name_and_a_kind():
    counts = Counter((fact.name, fact.kind) for fact in FACTS)
    assert max(counts.values()) == 1
    assert len(PLAN.facts) == len(FACTS)


def test_facts_stand_in_the_order_of_the_report():
    lines = [fact.line for fact in FACTS]
    assert lines == sorted(lines)


# What the targets start from

PRINTED_UNDER_ANOTHER_NAME = {
    "grdp_growth": lambda: 100 * observed("grdp", "growth"),
    "new_rural_communes_added": lambda: observed("new_rural_communes", "change"),
}


@pytest.mark.parametrize(
    "name", [name for name, target in PLAN.targets.items() if target.base is not None]
)
def test_a_target_starts_from_its_fact_or_from_what_the_model_derives(name: str):
    target = PLAN.targets[name]
    printed_base = PLAN.facts.get(f"{name}_base")
    assert target.base is not None
    assert target.base_derived == (printed_base is None and name not in PRINTED_UNDER_ANOTHER_NAME)
    if name in PRINTED_UNDER_ANOTHER_NAME:
        assert target.base == pytest.approx(PRINTED_UNDER_ANOTHER_NAME[name](), rel=1e-12)
    elif printed_base is not None:
        assert target.base == printed_base.value
    else:
        assert rounded(CONSTANTS[f"{name}_base"], f"{target.base:g}") == f"{target.base:g}"


def test_only_targets_without_a_printed_or_derived_base_have_none():
    for name in PLAN.baseless():
        assert f"{name}_base" not in PLAN.facts
        assert f"{name}_base" not in CONSTANTS


# How often plans were reached


def test_the_reference_class_is_what_the_report_says_of_its_own_plans():
    of_facts = [fact for fact in FACTS if fact.kind == "plan_share"]
    of_funds = [
        fact
        for fact in FACTS
        if fact.kind == "estimate_share"
        and fact.name in PLAN.funds
        and PLAN.funds[fact.name].reported_as == fact.name
    ]
    social = [fact for fact in of_facts if fact.section.startswith("A.II.")]
    assert len(of_facts + of_funds) == PLAN.parameter("reference_class_statements")
    assert reached(of_facts + of_funds) == PLAN.parameter("reference_class_reached")
    assert len(social) == PLAN.parameter("reference_class_social_statements")
    assert reached(social) == PLAN.parameter("reference_class_social_reached")


def reached(statements: list[Fact]) -> int:
    return sum(statement.value >= 1 for statement in statements)


# What follows for the year before and for the plan of the base year


def observed(name: str, kind: str = "value") -> float:
    return PLAN.facts[f"{name}_base" + ("" if kind == "value" else f"_{kind}")].value


def before(name: str) -> float:
    """The level of the year before, from growth or from an absolute change."""
    if f"{name}_base_growth" in PLAN.facts:
        return float(previous_level(observed(name), observed(name, "growth")))
    return observed(name) - observed(name, "change")


def planned(name: str) -> float:
    return float(planned_level(observed(name), observed(name, "plan_share")))


def rounded(value: float, as_printed: str) -> str:
    """A value to as many decimals as another figure is printed with."""
    return f"{value:.{len(as_printed.partition('.')[2])}f}"


LEVELS_OF_THE_YEAR_BEFORE = """
grdp 10579.17
agriculture_share 20.29
industry_share 22.79
services_share 54.43
product_tax_share 2.49
grdp_per_capita 28.29
wet_rice_output 150969
wet_rice_area 28062
upland_rice_output 34372
upland_rice_area 23246.9
maize_output 79261
maize_area 29780
buffalo_herd 129213
cattle_herd 68384
pig_herd 402230
industrial_output 2812.54
retail_sales 10908.2
visitors 704.8
international_visitors 151.0
tourism_revenue 1154.7
exports 44
imports 23
trade_turnover 67
central_capital_disbursed 2266.8
local_capital_disbursed 2735.6
non_state_investment 4670.4
poor_households 47336
poverty_rate 37.08
"""

LEVELS_OF_THE_PLAN = """
wet_rice_output 151993
wet_rice_area 28171
upland_rice_output 33765
upland_rice_area 23021
maize_output 79100
maize_area 29780
buffalo_herd 129588
cattle_herd 71366
pig_herd 404697
retail_sales 12760
visitors 830
international_visitors 180
tourism_revenue 1361
trade_turnover 83
central_capital_disbursed 2939.1
local_capital_disbursed 2971.1
non_state_investment 5860.8
budget_revenue 1196.45
"""


def table(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n") if line]


@pytest.mark.parametrize(("name", "level"), table(LEVELS_OF_THE_YEAR_BEFORE))
def test_the_level_of_the_year_before_follows_from_level_and_growth(name: str, level: str):
    assert rounded(before(name), level) == level


@pytest.mark.parametrize(("name", "level"), table(LEVELS_OF_THE_PLAN))
def test_the_planned_level_follows_from_level_and_share_of_the_plan(name: str, level: str):
    assert rounded(planned(name), level) == level


CROPS = ("wet_rice_output", "upland_rice_output", "maize_output")
SPECIES = ("buffalo_herd", "cattle_herd", "pig_herd")
CAPITAL = ("central_capital_disbursed", "local_capital_disbursed", "non_state_investment")


@pytest.mark.parametrize(
    ("whole", "parts", "year_before", "plan", "tolerance"),
    [
        ("food_output", CROPS, "264602", "264858", 0.5),
        ("livestock_herd", SPECIES, "599827", "605651", 0),
        ("total_investment", CAPITAL, "9672.7", "11771", 0.005),
        ("trade_turnover", ("exports", "imports"), "67", None, 0),
    ],
)
def test_a_whole_and_its_growth_are_those_of_its_parts(
    whole: str, parts: tuple[str, ...], year_before: str, plan: str | None, tolerance: float
):
    level = sum(observed(part) for part in parts)
    level_before = sum(before(part) for part in parts)
    assert level == pytest.approx(observed(whole), abs=tolerance, rel=1e-12)
    assert rounded(level_before, year_before) == year_before
    assert growth_as_printed(whole, level / level_before - 1)
    if plan is not None:
        assert rounded(sum(planned(part) for part in parts), plan) == plan


def growth_as_printed(name: str, growth: float) -> bool:
    """Whether a growth rounds to the printed percentage, which prints no sign for a fall."""
    printed = PLAN.facts[f"{name}_base_growth"].printed.removesuffix("%")
    decimals = len(printed.partition(",")[2])
    return f"{100 * abs(growth):.{decimals}f}" == f"{number(printed):.{decimals}f}"


@pytest.mark.parametrize(
    ("crop", "level", "level_before"),
    [
        ("wet_rice", "5.427", "5.380"),
        ("upland_rice", "1.418", "1.479"),
        ("maize", "2.717", "2.662"),
    ],
)
def test_yields_follow_from_outputs_and_areas(crop: str, level: str, level_before: str):
    assert rounded(observed(f"{crop}_output") / observed(f"{crop}_area"), level) == level
    assert rounded(before(f"{crop}_output") / before(f"{crop}_area"), level_before) == level_before


def test_households_follow_from_the_poor_ones_and_their_rate():
    plan_count, plan_rate = (
        PLAN.targets[name].target for name in ("poor_households", "poverty_rate")
    )
    assert plan_count is not None
    assert plan_rate is not None
    households_before = 100 * before("poor_households") / before("poverty_rate")
    households = CONSTANTS["households_base"]
    households_planned = 100 * plan_count / plan_rate
    assert rounded(households_before, "127659") == "127659"
    assert rounded(households, "130665") == "130665"
    assert rounded(households_planned, "133267") == "133267"
    assert rounded(100 * (households / households_before - 1), "2.35") == "2.35"
    assert rounded(100 * (households_planned / households - 1), "1.99") == "1.99"


# What the model derives of the base year


@pytest.mark.parametrize(
    ("name", "derived"),
    [
        ("population_base", "601.658"),
        ("nominal_grdp_base", "17869.25"),
        ("households_base", "130665"),
        ("households_30a_base", "84944"),
        ("child_friendly_communes_base", "98"),
        ("na_son_capacity", "3.2"),
        ("poverty_programme_base_allocation", "239.651"),
        ("new_rural_programme_base_allocation", "473.122"),
        ("other_local_base_allocation", "834.56"),
        ("central_capital_base_allocation", "2939.07"),
        ("grdp_previous", "10579.17"),
        ("constant_price_tilt", "-1.10412"),
        ("agriculture_value_base", "2316.10"),
        ("industry_value_base", "2587.99"),
        ("services_value_base", "6155.07"),
        ("product_tax_value_base", "281.72"),
    ],
)
def test_the_model_derives_what_the_report_implies(name: str, derived: str):
    assert rounded(CONSTANTS[name], derived) == derived


SECTORS = ("agriculture", "industry", "services", "product_tax")


@pytest.mark.law(13)
def test_constant_price_weights_add_the_sectors_up_to_grdp_and_its_growth():
    weights = [
        CONSTANTS[f"{sector}_tilted_share"] / CONSTANTS["constant_price_total"]
        for sector in SECTORS
    ]
    assert [rounded(weight, ".1234") for weight in weights] == [
        "0.2122",
        "0.2295",
        "0.5338",
        "0.0245",
    ]
    growth = [observed(f"{sector}_value", "growth") for sector in SECTORS]
    weighted = sum(weight * rate for weight, rate in zip(weights, growth, strict=True))
    assert weighted == pytest.approx(observed("grdp", "growth"), abs=1e-12)
    values = [CONSTANTS[f"{sector}_value_base"] for sector in SECTORS]
    assert sum(values) == pytest.approx(observed("grdp"), rel=1e-12)


def test_the_sector_shares_of_both_years_add_up_to_a_hundred():
    assert sum(observed(f"{sector}_share") for sector in SECTORS) == pytest.approx(100)
    assert sum(before(f"{sector}_share") for sector in SECTORS) == pytest.approx(100)
