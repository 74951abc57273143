"""Are the tables that only tracking needs checked, cited, and free to be left out?"""

import re
from pathlib import Path

import pytest

from simulator.plan import load_plan
from tests.folders import copied, only_problem_of, problems_of, set_cell
from tests.strategies import shipped_plan
from tests.test_sources import FIRST_WORD, GROUNDS, named_sources


def test_every_row_says_what_it_leans_on_in_both_languages() -> None:
    plan = shipped_plan()
    for row in (*plan.fund_errors.values(), *plan.seasons.values()):
        first = FIRST_WORD.match(row.source)
        assert first is not None
        assert first[0] in GROUNDS | set(plan.sources)
        assert named_sources(row.source) - set(plan.sources) == set()
        assert row.source_vi


def test_the_errors_are_those_of_section_9() -> None:
    rows = shipped_plan().fund_errors
    told = {
        "local_balance": (0.12, 0.03, 0.04),
        "national_target_programmes": (0.12, 0.03, 0.05),
        "target_programmes": (0.12, 0.03, 0.05),
        "government_bonds": (0.25, 0.05, 0.10),
        "foreign_capital": (1.6, 0.35, 0.45),
    }
    for name, numbers in told.items():
        row = rows[name]
        found = (row.to_date_spread, row.estimate_optimism, row.estimate_spread)
        assert found == numbers


def test_a_plan_may_do_without_them(tmp_path: Path) -> None:
    plan = copied(tmp_path)
    (plan / "fund_errors.csv").unlink()
    (plan / "seasons.csv").unlink()
    assert load_plan(plan).seasons == load_plan(plan).fund_errors == {}


def test_an_unknown_fund_is_told(tmp_path: Path) -> None:
    plan = copied(tmp_path)
    line = set_cell(plan / "fund_errors.csv", "name", "local_balanse", "local_balance")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.nearest) == (
        "fund_errors.csv",
        line,
        "local_balance",
    )


@pytest.mark.parametrize(
    ("weights", "wrong"),
    [
        ("domestic_visitor_season", "unknown parameter of weights"),
        ("visitors", "unknown parameter of weights"),
    ],
)
def test_unknown_weights_are_told(weights: str, wrong: str, tmp_path: Path) -> None:
    plan = copied(tmp_path)
    line = set_cell(plan / "seasons.csv", "month_weights", weights, "visitors")
    problem = only_problem_of(plan)
    assert (problem.line, problem.wrong) == (line, wrong)


@pytest.mark.parametrize("value", ["0.1;0.2", "0", "1;1;1;1;1;1;1;1;1;1;1;-1"])
def test_weights_that_are_none_are_told(value: str, tmp_path: Path) -> None:
    plan = copied(tmp_path)
    set_cell(plan / "parameters.csv", "value", value, "domestic_visitor_seasonality")
    text = (plan / "seasons.csv").read_text(encoding="utf-8")
    uses = len(re.findall("domestic_visitor_seasonality", text))
    problems = [row for row in problems_of(plan) if row.file == "seasons.csv"]
    assert len(problems) == uses
    assert all("holds no weights of months" in row.wrong for row in problems)
