"""Do the insights and pictures of another province's plan show what it has and leave out the rest?"""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.drawing.drought import drought_table_picture
from simulator.drawing.epidemic import epidemic_calendar
from simulator.drawing.fund_bars import fund_bars
from simulator.drawing.fund_curves import fund_curves
from simulator.drawing.fund_words import disbursement_glances, disbursement_notes
from simulator.drawing.herd import herd_weeks
from simulator.drawing.late_money import late_money_table
from simulator.insight.drought import droughts
from simulator.insight.epidemic import epidemic_of
from simulator.insight.funds import funds_of
from simulator.insight.herd import herd_map, herd_year
from simulator.insight.late_money import late_money
from simulator.plan import load_plan
from simulator.projection import build_model, project
from simulator.scorecard import Scorecard, score
from tests.invented import write_invented_plan
from tests.pictures import assert_picture
from tests.strategies import scenario, shipped_plan


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    folder: Path = write_invented_plan(tmp_path_factory.mktemp("plans") / "lam_giang_2025")
    run = replace(scenario(), plan=str(folder))
    return score(project(build_model(load_plan(folder)), run))


def test_a_plan_without_a_list_of_funds_has_no_curves(other):
    assert not other.projection.plan.funds
    assert funds_of(other) is None


def test_a_listed_fund_has_the_other_plans_own_figures(other):
    plan = other.projection.plan
    listed = replace(plan, funds=shipped_plan().funds)
    model = replace(other.projection.model, plan=listed)
    funds = funds_of(replace(other, projection=replace(other.projection, model=model)))
    assert funds is not None
    assert funds.totals["central"].base_disbursed == 1000
    assert funds.totals["central"].base_share == pytest.approx(0.8)
    assert disbursement_glances(funds, plan, "vi")
    disbursement_notes(funds, plan, "vi")
    for language in ("vi", "en"):
        assert_picture(fund_curves(funds, plan, language))
        assert_picture(fund_bars(funds, plan, language))


def test_late_money_is_told_of_what_it_projects(other):
    late = late_money(other)
    assert "electricity_access" not in {row.name for row in late.outcomes}
    assert_picture(late_money_table(late, other.projection.plan, "vi"))


def test_its_pigs_are_drawn_without_a_target_that_it_does_not_have(other):
    year = herd_year(other)
    assert year is not None
    assert year.pigs_needed is None
    assert herd_map(other) is None
    assert_picture(herd_weeks(year, other.projection.plan, "vi"))


def test_its_epidemic_and_drought_are_its_own(other):
    plan = other.projection.plan
    dry = droughts(other)
    assert dry is not None
    assert dry.food_target == 350000
    assert_picture(drought_table_picture(dry, plan, "vi"))
    assert_picture(epidemic_calendar(epidemic_of(other), plan, "vi"))
