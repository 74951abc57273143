"""Do the facts, plans and outcomes of the backtest say what the report prints?"""

import os
import re
import shutil
from pathlib import Path

import pytest

from simulator.derivation import cited
from simulator.plan import Fact, find_plan, load_plan
from simulator.plan_rows import Target
from simulator.projection import build_model
from simulator.records import read_table
from simulator.validation import Outcome, read_outcomes
from tests.folders import problems_of, set_cell
from tests.strategies import shipped_plan

PLAN = load_plan(find_plan("dien_bien_2019"))
FACTS = list(PLAN.facts.values())
OUTCOMES = read_outcomes(PLAN.folder / "outcomes.csv", PLAN)
CONSTANTS = build_model(PLAN).constants

BASE_YEAR = """
grdp 10579.17
agriculture_share 20.29
industry_share 22.79
services_share 54.43
product_tax_share 2.49
grdp_per_capita 28.29
wet_rice_output 150969
upland_rice_output 34372
maize_output 79261
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
non_state_investment 4670.4
poor_households 47336
poverty_rate 37.08
households 127659
"""
PLANS = """
wet_rice_output 151993
upland_rice_output 33765
maize_output 79100
food_output 264858
buffalo_herd 129588
cattle_herd 71366
pig_herd 404697
livestock_herd 605651
retail_sales 12760
visitors 830
international_visitors 180
tourism_revenue 1361
trade_turnover 83
central_capital_disbursed 2939.1
non_state_investment 5860.8
total_investment 11771
budget_revenue 1196.45
"""


def table(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n") if line]


def rounded(value: float, as_printed: str) -> str:
    return f"{value:.{len(as_printed.partition('.')[2])}f}"


@pytest.fixture(scope="module")
def report_lines() -> list[str]:
    path = os.environ.get("REPORT_TEXT")
    if not path:
        pytest.skip("REPORT_TEXT is unset; it names the text of the report, which is not shipped")
    return Path(path).read_text(encoding="utf-8").split("\n")


# Against the report


def test_every_figure_of_every_derivation_stands_on_its_line(report_lines: list[str]):
    rows: list[Fact | Target | Outcome] = [*FACTS, *PLAN.targets.values(), *OUTCOMES.values()]
    absent = [
        (row.name, figure)
        for row in rows
        for figure in cited(row.derivation)
        if not stands(figure.figure, report_lines[figure.line - 1])
    ]
    assert absent == []


def stands(figure: str, line: str) -> bool:
    """Whether a figure stands on a line as a number of its own, not inside a longer one."""
    return re.search(rf"(?<![\d.,]){re.escape(figure)}(?!\d|[.,]\d)", line) is not None


def test_every_printed_figure_of_facts_and_outcomes_stands_on_its_line(report_lines: list[str]):
    absent = [fact.name for fact in FACTS if fact.printed not in report_lines[fact.line - 1]]
    absent += [
        row.name
        for row in OUTCOMES.values()
        if row.line is None or not row.printed or row.printed not in report_lines[row.line - 1]
    ]
    assert absent == []


def test_outcomes_are_what_the_plan_of_2020_starts_from():
    facts = shipped_plan().facts
    for name, row in OUTCOMES.items():
        if name != "grdp_growth":
            fact = facts[f"{name}_base"]
            assert (row.value, row.unit, row.line) == (fact.value, fact.unit, fact.line)
    assert OUTCOMES["grdp_growth"].value == pytest.approx(100 * facts["grdp_base_growth"].value)


# What was derived


def test_every_fact_is_derived():
    assert all(fact.derivation for fact in FACTS)
    assert all(target.derivation for target in PLAN.targets.values() if target.target is not None)


@pytest.mark.parametrize(("name", "level"), table(BASE_YEAR))
def test_the_base_year_is_that_of_the_method(name: str, level: str):
    assert rounded(CONSTANTS[f"{name}_base"], level) == level


@pytest.mark.parametrize(("name", "level"), table(PLANS))
def test_the_plan_of_2019_is_that_of_the_method(name: str, level: str):
    target = PLAN.targets[name].target
    assert target is not None
    assert rounded(target, level) == level


@pytest.mark.parametrize("name", [n for n, t in PLAN.targets.items() if t.base is not None])
def test_a_target_starts_from_its_fact_or_from_the_sum_of_its_parts(name: str):
    parts = {
        "food_output": ("wet_rice_output", "upland_rice_output", "maize_output"),
        "livestock_herd": ("buffalo_herd", "cattle_herd", "pig_herd"),
        "trade_turnover": ("exports", "imports"),
    }
    base = PLAN.targets[name].base
    assert base is not None
    if name == "grdp_growth":
        assert base == 7.15
    elif name in parts:
        total = sum(CONSTANTS[f"{part}_base"] for part in parts[name])
        assert base == pytest.approx(total, abs=0.5)
    elif name == "central_capital_disbursed":
        assert base == pytest.approx(CONSTANTS["central_capital_base_allocation"], abs=0.05)
    elif name == "total_investment":
        funds = [CONSTANTS[f"{fund}_base_allocation"] for fund in PLAN.funds if fund_is_used(fund)]
        total = sum(funds) + CONSTANTS["non_state_investment_base"]
        assert base == pytest.approx(total, abs=0.005)
    else:
        printed = shipped_plan().facts[f"{name}_base"].value
        decimals = len(f"{printed:g}".partition(".")[2])
        assert base == pytest.approx(CONSTANTS[f"{name}_base"], abs=0.5 * 10**-decimals + 1e-9)


def fund_is_used(fund: str) -> bool:
    return bool(PLAN.funds[fund].in_model)


def test_sector_values_add_up_to_grdp():
    sectors = ("agriculture", "industry", "services", "product_tax")
    total = sum(CONSTANTS[f"{sector}_value_base"] for sector in sectors)
    assert total == pytest.approx(CONSTANTS["grdp_base"], rel=1e-9)


def test_what_was_realised_in_2018_adds_up_as_printed():
    """Total investment grew by 12.14% over what the three parts of 2018 give."""
    base = PLAN.targets["total_investment"].base
    outcome = OUTCOMES["total_investment"].value
    assert base is not None
    assert f"{100 * (outcome / base - 1):.2f}" == "12.14"


# What the forecasts may know


def test_centres_are_end_2018_anchors_and_spreads_are_the_catalogues():
    anchors = {0.071, 0.101, 0.028, 0.0}
    newest = shipped_plan().catalogue
    assert PLAN.catalogue.spread_inflation == newest.spread_inflation == 1.25
    for name, row in PLAN.catalogue.assumptions.items():
        other = newest.assumptions[name]
        assert (row.spread, row.inflated, row.link, row.common_factor, row.dimension) == (
            other.spread, other.inflated, other.link, other.common_factor, other.dimension,
        )  # fmt: skip
        if "anchor" in row.evidence and "no anchor" not in row.evidence:
            assert row.centre in anchors, name
        assert row.base_value is None
        assert "2019" not in row.evidence


def test_few_centres_of_growth_are_those_of_the_2020_catalogue():
    kept = {
        name
        for name, row in PLAN.catalogue.assumptions.items()
        if row.theme == "growth" and row.evidence.startswith("judgement: as in the catalogue")
    }
    assert kept == {
        "population_growth", "same_year_effect_of_investment", "domestic_revenue_shift",
        "hydropower_capacity_factor", "long_tao_months_lost",
    }  # fmt: skip


# Faults


def test_a_value_that_does_not_follow_from_its_derivation_is_told(tmp_path):
    folder = tmp_path / "plan"
    shutil.copytree(PLAN.folder, folder)
    line = set_cell(folder / "facts.csv", "value", "705", "visitors", "value")
    other = set_cell(folder / "targets.csv", "derivation", "[171: 845] /", "visitors")
    fact, target = problems_of(folder)
    assert (fact.file, fact.line, fact.name) == ("facts.csv", line, "visitors")
    assert fact.allowed.startswith("704.753961")
    assert (target.file, target.line, target.name) == ("targets.csv", other, "visitors")
    assert "cannot be computed" in target.wrong


def test_facts_stand_in_any_order_but_once():
    rows = read_table(PLAN.folder / "facts.csv", Fact, ("name", "kind"))
    assert len(rows) == len(PLAN.facts)
