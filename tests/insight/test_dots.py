"""Do fifty dots, the histogram's columns and the fan say what the draws say?"""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.insight.dots import BINS, DOTS, LEVELS, Spread, spread_of
from simulator.projection import project
from simulator.scorecard import Rules, meets, score
from tests.cards import card_of, trend, with_changes
from tests.runs import calm_scenarios, few
from tests.strategies import BASELINES, model_with_baselines, scenario, shipped_model

DRAWN = sorted(name for name in trend().rows if name in trend().projection.values)
SIMULATED = [name for name in DRAWN if trend().rows[name].method == "simulated"]


def found(card, name: str) -> Spread:
    spread = spread_of(card, name)
    assert spread is not None
    return spread


@few
@given(run=calm_scenarios(), name=st.sampled_from(DRAWN))
def test_the_dots_are_fifty_draws_in_order(run, name):
    card = card_of(run)
    spread = found(card, name)
    values = [dot.value for dot in spread.dots]
    assert len(values) == DOTS
    assert all(lower <= higher for lower, higher in pairwise(values))
    assert set(values) <= set(card.projection.values[name].tolist())


@few
@given(run=calm_scenarios(), name=st.sampled_from(SIMULATED), rounding=st.booleans())
def test_as_many_dots_meet_the_plan_as_fifty_times_its_chance_rounded(run, name, rounding):
    card = score(project(shipped_model(), run), Rules(rounding=rounding))
    spread = found(card, name)
    chance = card.rows[name].plan_chance
    assert spread.met is not None
    assert spread.missed == DOTS - spread.met
    assert abs(spread.met - DOTS * chance) <= 0.5 + 1e-9


@few
@given(run=calm_scenarios(), name=st.sampled_from(SIMULATED), rounding=st.booleans())
def test_a_dot_is_met_exactly_where_its_value_meets_the_target(run, name, rounding):
    card = score(project(shipped_model(), run), Rules(rounding=rounding))
    spread = found(card, name)
    target = spread.target
    for dot in spread.dots:
        assert dot.met == bool(
            meets(
                dot.value,
                target.target,
                target.sense or "at_least",
                target.decimals or 0,
                strict=bool(target.strict),
                rounding=rounding,
            )
        )
        right = dot.value > spread.boundary
        assert right == (dot.met == (target.sense != "at_most")) or dot.value == spread.boundary


@few
@given(run=calm_scenarios(), name=st.sampled_from(DRAWN))
def test_the_columns_hold_every_draw_once_and_none_is_met_in_part(run, name):
    card = card_of(run)
    spread = found(card, name)
    assert sum(one.missed + one.met for one in spread.bins) == spread.draws
    assert all(one.missed == 0 or one.met == 0 for one in spread.bins) or len(spread.bins) == 1
    assert all(before.high == after.low for before, after in pairwise(spread.bins))
    assert len(spread.bins) <= 2 * BINS + 2
    values = card.projection.values[name]
    assert spread.bins[0].low <= values.min()
    assert spread.bins[-1].high >= values.max()
    for one in spread.bins[1:-1]:
        inside = (values >= one.low) & (values < one.high)
        assert inside.sum() == one.missed + one.met


@few
@given(run=calm_scenarios(), name=st.sampled_from(DRAWN))
def test_the_fan_opens_upwards_and_its_ends_are_the_boards(run, name):
    card = card_of(run)
    fan = found(card, name).fan
    assert list(fan.quantiles) == sorted(fan.quantiles)
    assert (fan.quantiles[0], fan.quantiles[2], fan.quantiles[-1]) == card.rows[name].quantiles
    assert fan.base == card.rows[name].base
    assert len(fan.quantiles) == len(LEVELS)


def test_counts_keep_whole_dots_and_a_boundary_between_them():
    spread = found(trend(), "new_rural_communes")
    assert spread.whole
    assert all(dot.value == round(dot.value) for dot in spread.dots)
    assert spread.boundary == 36.5


def test_over_a_number_begins_beyond_it_and_rounding_half_a_digit_short_of_it():
    assert found(trend(), "visitors").boundary == pytest.approx(910, abs=1e-5)
    assert found(trend(), "visitors").boundary > 910
    assert found(trend(), "birth_rate_reduction").boundary == pytest.approx(0.45)
    assert found(trend(), "poverty_rate").boundary == pytest.approx(30.675)


def test_a_forecast_has_dots_that_meet_nothing():
    spread = found(trend(), "population")
    assert {dot.met for dot in spread.dots} == {None}
    assert spread.met is None
    assert spread.boundary == 612.32


def test_a_quantity_that_is_no_target_has_dots_too():
    spread = found(trend(), "pig_herd")
    assert spread.target is None
    assert spread.unit == "head"
    assert spread.fan.base == 323393
    assert found(trend(), "pigs_culled").fan.base is None


def test_what_is_locked_is_one_column():
    card = with_changes(birth_rate_fall=Setting(0.5, fixed=True))
    spread = found(card, "birth_rate_reduction")
    assert {dot.value for dot in spread.dots} == {0.5}
    assert len(spread.bins) == 1


def test_nothing_is_drawn_of_the_central_run_or_of_what_is_judged():
    central = score(project(shipped_model(), scenario(), deterministic=True))
    assert spread_of(central, "grdp_growth") is None
    assert spread_of(trend(), "workers_trained") is None
    assert spread_of(trend(), "swine_fever_year") is None


def test_a_typed_baseline_gives_dots():
    run = scenario(typed_baselines=BASELINES)
    card = score(project(model_with_baselines(), run))
    spread = found(card, "doctors_per_10000")
    assert spread.fan.base == BASELINES["doctors_per_10000"]
    assert spread.met is not None


@few
@given(run=calm_scenarios())
def test_dots_follow_the_draws_whatever_their_order(run):
    card = card_of(run)
    values = np.sort(card.projection.values["grdp_growth"])
    places = [int(np.ceil((at + 0.5) / DOTS * len(values))) - 1 for at in range(DOTS)]
    dots = found(card, "grdp_growth").dots
    assert [dot.value for dot in dots] == values[places].tolist()
