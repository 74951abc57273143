"""Is the backtest what is said of it, and do the totals keep the laws of scores?"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from simulator.batch import default_plan
from simulator.plan import find_plan, load_plan, shipped_plans
from simulator.projection import project
from simulator.run import folder_hash
from simulator.scorecard import score
from simulator.validation import Outcome, latest_validated, outcomes_of, validate
from simulator.validation.forecast import LEVELS, ends
from tests.folders import copied
from tests.runs import few
from tests.strategies import scenario, shipped_model
from tests.validation.cases import BACKTEST, backtest, card, outcomes

SWINE_FEVER = {"pig_herd", "livestock_herd"}


# What is pinned


def test_the_headline_numbers():
    whole = backtest().whole
    assert whole.count == 30
    assert [whole.covered(level).inside for level in LEVELS] == [8, 13, 19]
    last, plan = whole.against("last"), whole.against("plan")
    assert (last.count, plan.count) == (30, 16)
    assert last.skill == pytest.approx(0.47, abs=0.01)
    assert plan.skill == pytest.approx(-0.10, abs=0.02)
    assert last.low < last.skill < last.high < 1
    assert plan.low < plan.skill < plan.high
    assert whole.needed_width == pytest.approx(2.1, abs=0.1)
    assert whole.ranks.bins == pytest.approx((5, 1, 3, 6, 15), abs=1)
    assert (whole.chances.count, whole.chances.met) == (16, 10)
    assert whole.chances.expected == pytest.approx(3.6, abs=0.1)
    assert whole.chances.brier == pytest.approx(0.47, abs=0.01)
    assert whole.interval_brier is None


def test_without_shocked_rows_the_spreads_are_still_too_narrow():
    rest = backtest().unshocked
    assert rest.count == 27
    assert rest.covered(0.8).inside == 13
    assert rest.covered(0.8).high < 0.8
    assert rest.needed_width == pytest.approx(1.4, abs=0.1)


def test_swine_fever_makes_pigs_outliers_that_no_spread_of_the_catalogue_holds():
    off = {row.name: row.forecast.spreads_off for row in backtest().rows}
    assert off["pig_herd"] == pytest.approx(-10.5, abs=0.3)
    assert {name for name, gap in off.items() if gap < -4} == SWINE_FEVER


def test_nothing_of_2019_is_missing_and_the_rest_says_what_it_lacks():
    found = backtest()
    assert found.missing == ()
    assert len(found.unscored) == 16
    for name, why in found.unscored.items():
        assert f"{name}_base is not given" in why or "budget_revenue_base is not given" in why


def test_a_forecast_uses_nothing_that_its_year_printed():
    """Other outcomes change scores and leave the forecasts bit for bit as they are."""
    wrong = {
        name: row.model_copy(update={"value": row.value * 1.1}) for name, row in outcomes().items()
    }
    other = validate(card(), wrong)
    for one, two in zip(backtest().rows, other.rows, strict=True):
        assert one.forecast.quantiles == two.forecast.quantiles


# The plan folder


def test_the_backtest_travels_and_the_default_plan_stays_the_newest():
    assert [folder.name for folder in shipped_plans()] == [BACKTEST, "dien_bien_2020"]
    assert default_plan() == "dien_bien_2020"
    assert latest_validated() == BACKTEST
    assert latest_validated(besides=BACKTEST) is None
    assert outcomes_of(load_plan(find_plan("dien_bien_2020"))) is None


def test_outcomes_decide_no_number_and_so_no_hash(tmp_path):
    folder = copied(tmp_path)
    before = folder_hash(folder)
    (folder / "outcomes.csv").write_text("name,value,unit,source\n", encoding="utf-8")
    assert folder_hash(folder) == before


# Laws


def made(values: dict[str, float]) -> dict[str, Outcome]:
    targets = shipped_model().plan.targets
    return {
        name: Outcome(name=name, value=value, unit=targets[name].unit, source="made up")
        for name, value in values.items()
    }


PROJECTED = [
    name for name, row in card("dien_bien_2020", 64).rows.items() if row.quantiles is not None
]
several = st.dictionaries(
    st.sampled_from(PROJECTED), st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=12
)


@few
@given(several)
def test_wider_intervals_hold_no_fewer_and_every_rank_is_one(values):
    whole = validate(card("dien_bien_2020", 64), made(values)).whole
    inside = [whole.covered(level).inside for level in LEVELS]
    assert inside == sorted(inside)
    for coverage in whole.coverage:
        assert 0 <= coverage.low <= coverage.share <= coverage.high <= 1
        assert coverage.count == whole.count == len(values)
    assert sum(whole.ranks.bins) == len(values)
    assert 0 <= whole.ranks.distance <= 1


@few
@given(several)
def test_the_same_outcomes_get_the_same_scores(values):
    one, other = (validate(card("dien_bien_2020", 64), made(values)) for _ in range(2))
    assert one.whole == other.whole


@few
@given(st.integers(0, 2**31))
def test_a_forecast_covers_its_own_draws_as_often_as_it_says(seed):
    """Outcomes drawn from the forecast itself: the medians of many coverages are the levels."""
    projection = card("dien_bien_2020", 1024).projection
    random = np.random.default_rng(seed)
    inside = dict.fromkeys(LEVELS, 0)
    names = ["grdp_growth", "exports", "forest_cover", "jobs_created", "retail_sales"]
    for _ in range(40):
        at = int(random.integers(1024))
        values = {name: float(projection.values[name][at]) for name in names}
        whole = validate(card("dien_bien_2020", 1024), made(values)).whole
        for level in LEVELS:
            inside[level] += whole.covered(level).inside
    for level in LEVELS:
        slack = 5 * math.sqrt(level * (1 - level) / 200)
        assert inside[level] / 200 == pytest.approx(level, abs=slack)


def test_the_median_as_outcome_is_no_spread_off_and_its_80_percent_end_is_1_28():
    projection = card("dien_bien_2020", 1024).projection
    low, high = ends(0.8)
    for level, off in ((1 / 2, 0.0), (low, ndtri(low)), (high, ndtri(high))):
        (value,) = projection.quantiles("exports", [level])
        (row,) = validate(card("dien_bien_2020", 1024), made({"exports": value})).rows
        assert row.forecast.spreads_off == pytest.approx(off, abs=1e-9)


def test_a_perfect_plan_cannot_be_beaten_and_a_perfect_forecast_has_full_skill():
    target = shipped_model().plan.targets["exports"].target
    (row,) = validate(card("dien_bien_2020", 64), made({"exports": target})).rows
    assert row.error_of("plan") == 0
    whole = validate(card("dien_bien_2020", 64), made({"exports": target})).whole
    assert whole.against("plan").skill == -math.inf


def test_a_task_is_judged_by_its_prior_and_has_no_draws_to_rank():
    values = {"city_class_two": 1.0, "sixty_metre_road": 0.0, "workers_trained": 8000.0}
    found = validate(card("dien_bien_2020", 64), made(values))
    assert {row.name: row.judged.met for row in found.rows} == {
        "city_class_two": True, "sixty_metre_road": False, "workers_trained": True,
    }  # fmt: skip
    assert found.whole.count == 0
    assert found.whole.coverage == ()
    assert found.whole.ranks is None
    assert found.whole.chances.count == 3
    prior = shipped_model().plan.targets["city_class_two"].prior
    (row,) = (row for row in found.rows if row.name == "city_class_two")
    assert row.judged.brier == pytest.approx((1 - prior) ** 2)


def test_bounds_are_scored_where_a_report_says_what_came_of_the_resolution():
    known = made({"food_output": 270600.0})
    row = known["food_output"].model_copy(update={"resolution_met": 1})
    found = validate(card("dien_bien_2020", 64), {"food_output": row})
    assert found.whole.interval_brier == (1, 0.0)
    row = row.model_copy(update={"resolution_met": 0})
    found = validate(card("dien_bien_2020", 64), {"food_output": row})
    chance = found.rows[0].judged.chance
    assert found.whole.interval_brier == (1, pytest.approx(chance**2))


def test_whether_the_plan_was_met_follows_the_rules_of_the_board():
    """Rounding counts for printed decimals, and "over" wants more."""
    plan = shipped_model().plan.targets
    rounded = plan["grdp_growth"].target - 0.004
    values = {"grdp_growth": rounded, "visitors": plan["visitors"].target}
    met = {
        row.name: row.judged.met for row in validate(card("dien_bien_2020", 64), made(values)).rows
    }
    assert met == {"grdp_growth": True, "visitors": False}


def test_the_central_run_has_no_chances_to_score():
    central = score(project(shipped_model(), scenario(), deterministic=True))
    with pytest.raises(ValueError, match="central run"):
        validate(central, {})


def test_what_has_no_outcome_is_listed():
    found = validate(card("dien_bien_2020", 64), made({"exports": 50.0}))
    assert "exports" not in found.missing
    assert len(found.missing) == len(card("dien_bien_2020", 64).rows) - 1
