"""Do sensitivities agree with runs by hand, with SALib, and with functions whose answer is known?"""

import json
import warnings
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from SALib.analyze.sobol import analyze, first_order, total_order
from scipy.stats import qmc, spearmanr

from simulator.assumptions import Setting
from simulator.sensitivity import Output, rank_correlations, shifted, sobol, tornado
from simulator.sensitivity.indices import Estimates, Estimator
from simulator.sensitivity.sobol import NINETY_FIVE, Sampler
from simulator.units import Array
from tests.cards import card_of, trend
from tests.strategies import catalogue, scenario, shipped_plan
from tests.test_cli import done

G = np.array([0.0, 1.0, 4.5, 9.0])


def ishigami(x: Array) -> Array:
    angle = np.pi * (2 * x - 1)
    return np.sin(angle[0]) + 7 * np.sin(angle[1]) ** 2 + 0.1 * angle[2] ** 4 * np.sin(angle[0])


def sobol_g(x: Array) -> Array:
    return np.prod((np.abs(4 * x - 2) + G[:, None]) / (1 + G[:, None]), axis=0)


def analytic_g() -> tuple[Array, Array]:
    parts = 1 / (3 * (1 + G) ** 2)
    whole = np.prod(1 + parts)
    return parts / (whole - 1), parts * whole / (1 + parts) / (whole - 1)


def estimated(function: Callable[[Array], Array], inputs: int, points: int = 2**15) -> Estimates:
    drawn = qmc.Sobol(2 * inputs, rng=1).random(points).T
    a, b = drawn[:inputs], drawn[inputs:]
    estimator = Estimator(function(a)[None], function(b)[None], inputs, 1)
    for at in range(inputs):
        mixed = a.copy()
        mixed[at] = b[at]
        estimator.hold(at, [0], function(mixed)[None])
    return estimator.estimate()


def test_ishigami_comes_out_as_on_paper() -> None:
    found = estimated(ishigami, 3)
    np.testing.assert_allclose(found.first[:, 0], [0.3139, 0.4424, 0.0], atol=0.01)
    np.testing.assert_allclose(found.total[:, 0], [0.5576, 0.4424, 0.2437], atol=0.01)


def test_sobols_g_comes_out_as_on_paper() -> None:
    found = estimated(sobol_g, 4)
    first, total = analytic_g()
    np.testing.assert_allclose(found.first[:, 0], first, atol=0.01)
    np.testing.assert_allclose(found.total[:, 0], total, atol=0.01)
    assert np.all(np.abs(found.first[:, 0] - first) <= 4 * found.first_error[:, 0] + 1e-3)


def test_indices_agree_with_salib() -> None:
    card = trend(256)
    sampler, found = Sampler(card, 256), sobol(card, 256)
    for name in ("grdp_growth", "mean_pig_herd"):
        at = found.outputs.index(Output("quantity", name))
        a, b = sampler.values_a[name], sampler.values_b[name]
        middle = np.concatenate([a, b]).mean()
        for row, one in enumerate(found.inputs):
            mixed = sampler.mixed(one)[name] - middle
            theirs = [index(a - middle, mixed, b - middle) for index in (first_order, total_order)]
            ours = [found.estimates.first[row, at], found.estimates.total[row, at]]
            np.testing.assert_allclose(ours, np.ravel(theirs), rtol=1e-9, atol=1e-12)


def analysed(a: Array, mixed: list[Array], b: Array) -> dict[str, Array]:
    """SALib's whole analysis of outputs at A, at A with one input from B each, and at B."""
    answers = np.column_stack([a, *mixed, b]).ravel()
    problem = {"num_vars": len(mixed), "names": [f"x{at}" for at in range(len(mixed))]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SALib divides by the variance of what does not vary
        return analyze(problem, answers, calc_second_order=False, num_resamples=200, seed=1)


def assert_analysed(theirs: dict[str, Array], first: Array, total: Array, errors: Array) -> None:
    """The same indices; SALib takes the mean of all runs away, we that of A and B.

    Its intervals are those of independent points, which points of Sobol can only better.
    """
    np.testing.assert_allclose(first, theirs["S1"], atol=5e-4)
    np.testing.assert_allclose(total, theirs["ST"], atol=5e-4)
    conf = np.array([theirs["S1_conf"], theirs["ST_conf"]])
    assert np.all(NINETY_FIVE * errors <= 3 * conf + 1e-2)


@pytest.mark.parametrize(("function", "inputs"), [(ishigami, 3), (sobol_g, 4)])
def test_indices_and_intervals_are_those_of_salibs_whole_analysis(function, inputs) -> None:
    drawn = qmc.Sobol(2 * inputs, rng=2).random(2**12).T
    a, b = drawn[:inputs], drawn[inputs:]
    mixed = []
    for at in range(inputs):
        point = a.copy()
        point[at] = b[at]
        mixed.append(function(point))
    estimator = Estimator(function(a)[None], function(b)[None], inputs, 1)
    for at, values in enumerate(mixed):
        estimator.hold(at, [0], values[None])
    found = estimator.estimate()
    errors = np.array([found.first_error[:, 0], found.total_error[:, 0]])
    theirs = analysed(function(a), mixed, function(b))
    assert_analysed(theirs, found.first[:, 0], found.total[:, 0], errors)


def test_intervals_hold_the_answer_as_often_as_they_say() -> None:
    first, total = analytic_g()
    inside = []
    for seed in range(60):
        drawn = qmc.Sobol(8, rng=seed).random(2**10).T
        a, b = drawn[:4], drawn[4:]
        estimator = Estimator(sobol_g(a)[None], sobol_g(b)[None], 4, seed)
        for at in range(4):
            mixed = a.copy()
            mixed[at] = b[at]
            estimator.hold(at, [0], sobol_g(mixed)[None])
        found = estimator.estimate()
        for ours, error, answer in (
            (found.first[:, 0], found.first_error[:, 0], first),
            (found.total[:, 0], found.total_error[:, 0], total),
        ):
            inside.append(np.abs(ours - answer) <= NINETY_FIVE * error)
    assert 0.9 <= np.mean(inside) <= 1


@pytest.mark.parametrize("name", ["visitors", "total_investment"])
def test_a_quantity_of_the_model_is_analysed_as_salib_does(name: str) -> None:
    card = trend(256)
    sampler, found = Sampler(card, 1024), sobol(card, 1024)
    at = found.outputs.index(Output("quantity", name))
    mixed = [sampler.mixed(one)[name] for one in found.inputs]
    theirs = analysed(sampler.values_a[name], mixed, sampler.values_b[name])
    estimates = found.estimates
    errors = np.array([estimates.first_error[:, at], estimates.total_error[:, at]])
    assert_analysed(theirs, estimates.first[:, at], estimates.total[:, at], errors)


def test_what_an_input_cannot_reach_has_exactly_no_part() -> None:
    found = sobol(trend(64), 64)
    for share in found.of(Output("quantity", "jobs_created")):
        if share.input.name == "drought_severity":
            assert share.first == share.total == 0


def test_what_is_fixed_is_no_source() -> None:
    card = card_of(scenario({"services_growth": Setting(0.08, fixed=True)}))
    assert "services_growth" not in {one.name for one in sobol(card, 16).inputs}
    with pytest.raises(ValueError, match="power of two"):
        sobol(card, 100)


@given(st.sampled_from(sorted(catalogue())))
def test_a_bar_is_two_runs_by_hand(name: str) -> None:
    card = trend()
    bar = next(bar for bar in _tornado().bars if bar.name == name)
    setting = card.projection.settings[name]
    for side, known, outcome in ((-1, bar.low, bar.at_low), (1, bar.high, bar.at_high)):
        moved = shifted(shipped_plan().catalogue, name, setting, side)
        assert moved == known
        by_hand = card_of(replace(card.projection.scenario, changes={name: moved}))
        assert by_hand.count.plan is not None
        assert outcome.number_met == by_hand.count.plan.mean
        for target, chance in outcome.chances.items():
            assert chance == by_hand.rows[target].plan_chance


_kept = []


def _tornado():
    if not _kept:
        _kept.append(tornado(trend()))
    return _kept[0]


def test_rank_correlations_are_spearmans() -> None:
    projection = trend(128).projection
    found = rank_correlations(projection, ["grdp_growth"]).of("grdp_growth")
    growth = projection.values["grdp_growth"]
    for name in ("services_growth", "industry_growth", "human_epidemic"):
        drawn = projection.values[name]
        assert found[name] == pytest.approx(spearmanr(drawn, growth).statistic)


def test_the_command_ranks_in_every_format() -> None:
    rows = json.loads(done("sensitivity", "--target", "grdp_growth", "--format", "json"))["rows"]
    assert {row["role"] for row in rows} == {"tornado", "sobol", "rank"}
    assert done("sensitivity", "--target", "grdp", "--format", "csv").startswith("role,measure")
    assert "Share of the variance" in done("sensitivity", "--language", "en")
