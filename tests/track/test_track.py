"""Does the year so far move every indicator as section 9 says, and obey the laws of tracking?"""

import datetime
import itertools
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.insight.tracking import sentences
from simulator.observation import Observation
from simulator.plan import Plan
from simulator.projection import Model, build_model, project
from simulator.records import InputError
from simulator.scorecard import Scorecard, score
from simulator.track import observables, track
from simulator.track.conjugate import LogNormal, learned
from simulator.track.quantities import drawn, fund_groups
from simulator.track.season import paid_share, season_share
from tests.laws import identical
from tests.runs import few
from tests.strategies import scenario, shipped_model, shipped_plan
from tests.track.years import (
    REPORTED,
    TEN_MONTHS,
    YEAR_END,
    flows,
    funds,
    middle,
    prior,
    prior_of,
    ten_months_of_2019,
    told,
    told_observations,
    width,
    with_spread,
)


def same_numbers(one: Scorecard, other: Scorecard) -> bool:
    left, right = one.projection.values, other.projection.values
    return all(identical(left[name], right[name]) for name in one.projection.quantities)


def retold(row: Observation, value: float) -> Observation:
    return Observation(
        row.quantity, row.kind, value, row.unit, row.date, row.source, row.entered_by
    )


# Acceptance: the ten months of 2019 as if they were 2020's


def test_foreign_capital_falls_clearly_below_the_offices_estimate() -> None:
    found = track(prior(4096), ten_months_of_2019())
    before, after = middle(found.prior, "foreign_capital_disbursement"), None
    after = middle(found.posterior, "foreign_capital_disbursement")
    assert after < before - 0.03
    assert after < 0.70 - 0.15
    alone = next(row for row in found.paces if row.fund == "foreign_capital").alone
    assert alone is not None
    assert alone[1] / 285.062 / 1.08 == pytest.approx(after, abs=0.03)


@pytest.mark.parametrize("fund", [name for name in REPORTED if name != "foreign_capital"])
def test_the_regular_funds_stay_near_their_estimates(fund: str) -> None:
    found = track(prior(4096), ten_months_of_2019())
    row = shipped_plan().funds[fund]
    estimate = (row.year_end_estimate or 0) / (row.allocation or 1)
    assert middle(found.posterior, f"{fund}_disbursement") == pytest.approx(estimate, abs=0.05)


def test_ten_months_leave_most_draws_counting_and_only_foreign_capital_surprises() -> None:
    found = track(prior(4096), ten_months_of_2019())
    assert found.weights is not None
    assert found.weights.effective > 2500
    assert not found.few_draws_count
    outside = {row.observation.quantity for row in found.surprises if row.outside}
    assert outside == {"foreign_capital_disbursement"}


def test_what_is_upstream_of_nothing_seen_hardly_moves_and_electricity_falls_with_its_money() -> (
    None
):
    found = track(prior(4096), ten_months_of_2019())
    before, after = found.prior.rows, found.posterior.rows
    assert after["electricity_access"].plan_chance < before["electricity_access"].plan_chance - 0.03
    assert after["birth_rate_reduction"].plan_chance == pytest.approx(
        before["birth_rate_reduction"].plan_chance, abs=0.02
    )


def test_the_reviewed_poverty_rate_moves_the_chance_as_section_9_says() -> None:
    row = told("poverty_rate", 33.05, "revised_baseline", datetime.date(2020, 3, 4))
    found = track(prior(4096), [row])
    assert found.prior.rows["poverty_rate"].plan_chance == pytest.approx(0.35, abs=0.01)
    assert found.posterior.rows["poverty_rate"].plan_chance == pytest.approx(0.83, abs=0.01)
    assert found.posterior.rows["poverty_rate"].base == 33.05


# Nothing seen, nothing moves


@pytest.mark.parametrize("draws", [64, 1024])
def test_without_observations_the_posterior_is_the_prior_itself(draws: int) -> None:
    card = prior(draws)
    assert track(card, ()).posterior is card
    later = told("visitors", 300, day=datetime.date(2020, 6, 30))
    early = track(card, [later], as_of=datetime.date(2020, 1, 31))
    assert early.posterior is card
    assert [row.why for row in early.set_aside] == ["after_as_of"]


@few
@given(funds(), st.floats(0.05, 0.6))
@pytest.mark.law(54)
def test_a_worthless_observation_leaves_the_prior(fund: str, seen: float) -> None:
    model = model_with(with_spread(shipped_plan(), fund, 1e9))
    card = prior_of(model)
    found = track(card, [told(f"{fund}_disbursement", seen)])
    assert found.weights is not None
    assert found.weights.effective == pytest.approx(1024)
    for name in card.projection.quantities:
        np.testing.assert_allclose(
            found.posterior.projection.values[name], card.projection.values[name], rtol=1e-6
        )


def model_with(plan: Plan) -> Model:
    return Model(plan, shipped_model().graph, shipped_model().constants, {})


# A complete observation decides


@few
@given(flows(), st.floats(0.8, 1.2))
@pytest.mark.law(54)
def test_a_whole_year_of_a_flow_is_its_year(flow: str, factor: float) -> None:
    assert season_share(shipped_plan(), flow, YEAR_END) == 1
    value = round(factor * middle(prior(), flow), 3)
    found = track(prior(), [told(flow, value, "to_date", YEAR_END)])
    assert (found.posterior.projection.values[flow] == value).all()
    assert found.posterior.rows[flow].quantiles == (value,) * 3


@few
@given(st.data())
def test_an_exact_figure_at_the_median_pins_its_quantity(data: st.DataObject) -> None:
    names = sorted(set(observables(shipped_model())) - GROUPED)
    name = data.draw(st.sampled_from(names))
    value = middle(prior(), name) if name in prior().projection.values else 1.0
    found = track(prior(), [told(name, value, "final", YEAR_END)])
    assert (found.posterior.projection.values[name] == value).all()
    row = found.posterior.rows.get(name)
    if row is not None and row.plan_chance is not None:
        assert row.plan_chance in (0, 1)
        assert found.posterior.count.scored == found.prior.count.scored


GROUPED = {"national_target_programmes_disbursed", "national_target_programmes_disbursement"}
"""A fund that the model splits has no draws of its own that could be pinned."""


def test_a_result_decides_what_was_only_judged() -> None:
    quota = told("workers_trained", 8100, "final", YEAR_END)
    task = told("na_sang_road", 0, "final", YEAR_END)
    found = track(prior(), [quota, task])
    before, after = found.prior.rows, found.posterior.rows
    assert before["workers_trained"].method == "reference_class"
    assert (after["workers_trained"].method, after["workers_trained"].plan_chance) == (
        "observed",
        1,
    )
    assert after["workers_trained"].resolution == (1, 1)
    assert (before["na_sang_road"].method, after["na_sang_road"].plan_chance) == ("prior", 0)
    assert after["visitors"] == before["visitors"]


@few
@given(st.data())
def test_identities_hold_after_an_exact_figure(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["poverty_rate", "visitors", "foreign_capital_disbursement"]))
    value = middle(prior(), name) * data.draw(st.floats(0.95, 1.05))
    values = track(prior(), [told(name, value, "final", YEAR_END)]).posterior.projection.values
    rate, households = values["poverty_rate"], values["households"]
    np.testing.assert_allclose(values["poor_households"], rate / 100 * households)
    paid = values["foreign_capital_allocation"] * values["foreign_capital_disbursement"]
    np.testing.assert_allclose(values["foreign_capital_disbursed"], paid)


def test_an_exact_share_of_a_fund_leaves_every_draw_counting() -> None:
    found = track(prior(), [told("foreign_capital_disbursement", 0.4, "final", YEAR_END)])
    assert found.weights is not None
    assert found.weights.effective == pytest.approx(1024)
    electricity = found.posterior.rows["electricity_access"], found.prior.rows["electricity_access"]
    assert electricity[0].quantiles[1] < electricity[1].quantiles[1]


# Order, precision, replay


@few
@given(st.lists(told_observations(), max_size=6), st.randoms(use_true_random=False))
@pytest.mark.law(54)
def test_order_of_entry_changes_nothing(rows: list[Observation], shuffle: random.Random) -> None:
    turned = rows.copy()
    shuffle.shuffle(turned)
    one, other = track(prior(256), rows), track(prior(256), turned)
    assert same_numbers(one.posterior, other.posterior)
    assert one.used == other.used
    assert set(one.set_aside) == set(other.set_aside)


@few
@given(st.lists(told_observations(), max_size=6), st.dates(datetime.date(2020, 1, 1), YEAR_END))
def test_a_replay_shows_what_was_shown_then(rows: list[Observation], day: datetime.date) -> None:
    then = track(prior(256), [row for row in rows if row.date <= day])
    replayed = track(prior(256), rows, as_of=day)
    assert same_numbers(then.posterior, replayed.posterior)
    assert then.surprises == replayed.surprises


@few
@given(st.lists(told_observations(), min_size=1, max_size=6))
def test_whatever_is_seen_weights_sum_to_one_and_no_draw_breaks(rows: list[Observation]) -> None:
    found = track(prior(256), rows)
    values = found.posterior.projection.values
    assert all(np.isfinite(values[name]).all() for name in found.posterior.projection.quantities)
    if found.weights is not None:
        assert found.weights.shares.sum() == pytest.approx(1)
        assert found.weights.effective >= 64 * (1 - 1e-6)
    assert all(0 <= row.percentile <= 1 for row in found.surprises)


@few
@given(funds(), st.floats(0.01, 0.5), st.floats(0.05, 0.95))
@example(fund="local_balance", spread=0.4, sharper=0.1)
def test_a_more_precise_figure_at_the_median_never_widens(
    fund: str, spread: float, sharper: float
) -> None:
    share = f"{fund}_disbursement"

    def after(errors: float) -> Scorecard:
        card = prior_of(model_with(with_spread(shipped_plan(), fund, errors)))
        seen = middle(card, share) * paid_share(shipped_plan(), TEN_MONTHS)
        return track(card, [told(share, seen)]).posterior

    wide, narrow = after(spread), after(spread * sharper)
    assert width(narrow, share) <= width(wide, share) * 1.05


@few
@given(flows(), st.floats(0.75, 1.25), st.integers(1, 12))
@pytest.mark.law(55)
def test_a_posterior_median_lies_between_prior_and_data(
    flow: str, factor: float, month: int
) -> None:
    card = prior()
    day = datetime.date(2020, month, 28)
    share = season_share(shipped_plan(), flow, day)
    before = middle(card, flow)
    found = track(card, [told(flow, factor * before * share, day=day)])
    low, high = sorted((before, factor * before))
    slack = 0.03 * width(card, flow)
    assert low - slack <= middle(found.posterior, flow) <= high + slack


@few
@given(funds(), st.floats(0.7, 1.1))
@pytest.mark.law(55)
def test_a_funds_posterior_median_lies_between_prior_and_data(fund: str, factor: float) -> None:
    card, share = prior(), f"{fund}_disbursement"
    before = middle(card, share)
    seen = factor * before * paid_share(shipped_plan(), TEN_MONTHS)
    after = middle(track(card, [told(share, seen)]).posterior, share)
    low, high = sorted((before, factor * before))
    assert low - 0.005 <= after <= high + 0.005


# The closed form and the weighted draws


@few
@given(st.sampled_from(["to_date", "year_end_estimate"]), st.floats(0.5, 1.5))
def test_draws_agree_with_the_closed_form_where_both_apply(kind: str, factor: float) -> None:
    fund, share = "foreign_capital", "foreign_capital_disbursement"
    card = prior(4096)
    values = np.log(drawn(share, card.projection.values, {}))
    before = LogNormal(float(np.exp(np.median(values))), float(np.std(values)))
    errors = shipped_plan().fund_errors[fund]
    usual = paid_share(shipped_plan(), TEN_MONTHS) if kind == "to_date" else 1.0
    optimism = 0 if kind == "to_date" else errors.estimate_optimism
    spread = errors.to_date_spread if kind == "to_date" else errors.estimate_spread
    says = factor * before.median
    seen = min(1.0, says * usual * np.exp(optimism))
    says = seen / usual / np.exp(optimism)
    expected = learned(before, [LogNormal(float(says), spread)])
    found = track(card, [told(share, float(seen), kind)])
    assert middle(found.posterior, share) == pytest.approx(expected.median, abs=0.02)


@few
@given(funds(), st.floats(0.3, 0.95))
def test_without_optimism_an_estimate_is_one_more_measurement(fund: str, seen: float) -> None:
    share, day = f"{fund}_disbursement", TEN_MONTHS
    card = prior_of(model_with(with_spread(shipped_plan(), fund, 0.2, optimism=0.0)))
    usual = paid_share(shipped_plan(), day)
    estimate = track(card, [told(share, seen, "year_end_estimate")])
    to_date = track(card, [told(share, seen * usual)])
    assert middle(estimate.posterior, share) == pytest.approx(middle(to_date.posterior, share))


# A rare epidemic


def test_half_a_year_without_tourists_teaches_an_epidemic() -> None:
    card = prior(4096)
    half = told("visitors", 300, day=datetime.date(2020, 6, 30))
    found = track(card, [half])
    assert card.projection.values["human_epidemic"].mean() == pytest.approx(0.03, abs=0.005)
    assert found.posterior.projection.values["human_epidemic"].mean() > 0.95
    assert found.weights is not None
    assert found.weights.effective > 1000
    assert found.surprises[0].outside
    assert (
        found.posterior.rows["retail_sales"].quantiles[1] < card.rows["retail_sales"].quantiles[1]
    )


def test_half_a_year_on_course_all_but_rules_an_epidemic_out() -> None:
    half = told("visitors", 640, day=datetime.date(2020, 6, 30))
    found = track(prior(4096), [half])
    assert found.posterior.projection.values["human_epidemic"].mean() < 0.01
    assert found.weights is not None
    assert found.weights.effective > 1700


@few
@given(st.floats(0.4, 1.1))
def test_even_and_plain_draws_of_an_epidemic_agree(factor: float) -> None:
    """The chance of an epidemic from strata is that from plain weights over many draws."""
    card = prior(2**14)
    share = season_share(shipped_plan(), "visitors", datetime.date(2020, 6, 30))
    seen = factor * 937 * share
    found = track(card, [told("visitors", seen, day=datetime.date(2020, 6, 30))])
    values = card.projection.values
    spread = 0.1 * np.sqrt((1 - share) / share)
    logs = -np.square(np.log(seen / share / values["visitors"]) / spread) / 2
    weights = np.exp(logs - logs.max())
    chance = float(weights @ values["human_epidemic"] / weights.sum())
    assert found.posterior.projection.values["human_epidemic"].mean() == pytest.approx(
        chance, abs=0.06
    )


# What replaces what


def test_the_latest_running_total_replaces_the_earlier_ones() -> None:
    august = told("local_balance_disbursement", 0.2, day=datetime.date(2020, 8, 31))
    october = told("local_balance_disbursed", 400)
    found = track(prior(), [october, august])
    assert found.used == (october,)
    assert [(row.observation, row.why) for row in found.set_aside] == [(august, "later")]


def test_contradicting_figures_of_a_day_teach_nothing_whichever_is_larger() -> None:
    august = told("visitors", 600, day=datetime.date(2020, 8, 31))
    low, high = told("visitors", 700), told("visitors", 800)
    for rows in itertools.permutations([august, low, high]):
        found = track(prior(), rows)
        assert found.used == (august,)
        assert {(row.observation, row.why) for row in found.set_aside} == {
            (low, "contradicts"),
            (high, "contradicts"),
        }
        assert same_numbers(found.posterior, track(prior(), [august]).posterior)
        for language, words in (("vi", "trái với số liệu khác"), ("en", "contradicts another")):
            assert sum(words in line for line in sentences(found, language)) == 2
    results = [told("visitors", value, "final", YEAR_END) for value in (900, 950)]
    assert track(prior(), [august, *results]).used == (august,)


def test_the_same_figure_told_twice_teaches_once_in_whatever_unit() -> None:
    rows = [told("visitors", 430.1), told("visitors", 430_100, unit="visits")]
    rows.append(replace(rows[0], source="another report"))
    for told_in in itertools.permutations(rows):
        found = track(prior(), told_in)
        assert len(found.used) == 1
        assert [row.why for row in found.set_aside] == ["repeated"] * 2
        assert same_numbers(found.posterior, track(prior(), found.used).posterior)


def test_a_result_makes_running_totals_and_estimates_idle() -> None:
    total = told("visitors", 700, day=datetime.date(2020, 9, 30))
    result = told("visitors", 930, "final", YEAR_END)
    found = track(prior(), [total, result])
    assert found.used == (result,)
    assert [row.why for row in found.set_aside] == ["final_known"]


# What the plan's year cannot take


def refusal(*rows: Observation, card: Scorecard | None = None) -> str:
    with pytest.raises(InputError) as caught:
        track(card or prior(64), rows)
    return str(caught.value)


def test_what_cannot_be_observed_is_refused_with_the_nearest_name() -> None:
    row = Observation("visitor", "final", 1, "x", YEAR_END, "", "")
    assert "visitor: cannot be observed here" in refusal(row)
    assert "did you mean 'visitors'?" in refusal(row)


def test_a_total_of_another_year_or_of_nothing_is_refused() -> None:
    assert "outside the plan's year" in refusal(told("visitors", 5, day=datetime.date(2019, 6, 30)))
    assert "0 says nothing" in refusal(told("visitors", 0))
    assert "out of range" in refusal(told("local_balance_disbursement", 1.2))
    assert "takes no to_date" in refusal(told("food_output", 1000))


def test_payments_of_january_after_the_year_still_belong_to_it() -> None:
    late = told("local_balance_disbursement", 0.96, day=datetime.date(2021, 1, 31))
    assert track(prior(64), [late]).used == (late,)


def test_a_plan_without_errors_and_seasons_refuses_what_needs_them() -> None:
    plan = shipped_plan()
    bare = Plan(**{**vars(plan), "fund_errors": {}, "seasons": {}})
    card = prior_of(build_model(bare), 64)
    assert "takes no to_date" in refusal(told("visitors", 500), card=card)
    assert "takes no to_date" in refusal(told("local_balance_disbursed", 300), card=card)
    final = told("visitors", 900, "final", YEAR_END)
    assert track(card, [final]).posterior.rows["visitors"].quantiles == (900, 900, 900)


def test_a_plan_without_facts_learns_what_rests_on_assumptions() -> None:
    bare = Plan(**{**vars(shipped_plan()), "facts": {}})
    card = prior_of(build_model(bare), 64)
    found = track(card, [told("registered_capital", 2100, "final", YEAR_END)])
    assert found.posterior.rows["registered_capital"].plan_chance == 1
    assert observables(card.projection.model)["visitors"].kinds == ("final",)
    seen = track(card, [told("visitors", 900, "final", YEAR_END)]).posterior.rows["visitors"]
    assert (seen.method, seen.plan_chance, seen.distance) == ("observed", 0, -10)
    assert "local_balance_disbursed" not in observables(card.projection.model)


def test_the_central_run_cannot_learn() -> None:
    card = score(project(shipped_model(), scenario(), deterministic=True))
    with pytest.raises(ValueError, match="central run"):
        track(card, ())


# What is told beside


def test_units_change_nothing() -> None:
    one = track(prior(256), [told("local_balance_disbursement", 0.55)])
    other = track(prior(256), [told("local_balance_disbursement", 55, unit="percent")])
    assert same_numbers(one.posterior, other.posterior)


def surprise(row: Observation) -> float:
    return track(prior(), [row]).surprises[0].percentile


@few
@given(flows(), st.floats(0.3, 1.5), st.floats(1.01, 1.5))
def test_a_larger_figure_was_less_expected_to_be_exceeded(
    flow: str, factor: float, larger: float
) -> None:
    row = told(flow, factor * middle(prior(), flow) * 0.5, day=datetime.date(2020, 6, 30))
    assert surprise(row) <= surprise(retold(row, row.value * larger)) + 1e-9


def test_the_median_itself_surprises_nobody() -> None:
    share = season_share(shipped_plan(), "retail_sales", TEN_MONTHS)
    assert surprise(told("retail_sales", middle(prior(), "retail_sales") * share)) == pytest.approx(
        0.5, abs=0.05
    )


def test_every_quantity_that_can_be_observed_is_drawn() -> None:
    values, groups = prior(64).projection.values, fund_groups(shipped_model())
    judged = {name for name, row in prior(64).rows.items() if row.method != "simulated"}
    for name, row in observables(shipped_model()).items():
        if name not in judged:
            assert drawn(name, values, groups).shape in {(64,), ()}, name
        assert row.low < row.high
        assert 1.0 in row.units.values()
