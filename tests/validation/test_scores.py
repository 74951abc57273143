"""Are the scores proper, and those of the literature? Against brute force and another library."""

import math

import numpy as np
import pytest
import scoringrules
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import ndtri

from simulator.validation.scores import (
    brier,
    crps,
    interval_brier,
    log_score,
    pit,
    relative_skill,
)

amounts = st.floats(-1e9, 1e9, allow_subnormal=False)
samples = st.lists(amounts, min_size=1, max_size=40)
chances = st.floats(0, 1)
GRID = [at / 100 for at in range(101)]
DRAWS = 4096


def near(value: float, scale: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9 * max(1.0, scale))


# Draws


@given(samples, amounts)
@example([3.0, 3.0, 3.0], 3.0)
@example([1e9, -1e9], 0.0)
def test_the_sorted_form_is_the_double_mean_over_all_pairs(draws, outcome):
    x = np.array(draws)
    brute = np.mean(np.abs(x - outcome)) - np.mean(np.abs(x[:, None] - x[None, :])) / 2
    assert crps(x, outcome) == near(brute, np.abs(x).max())


@given(samples, amounts)
def test_another_library_gives_the_same(draws, outcome):
    x = np.array(draws)
    assert crps(x, outcome) == near(scoringrules.crps_ensemble(outcome, x), np.abs(x).max())


@given(amounts, amounts, st.integers(1, 9))
def test_a_single_numbers_score_is_its_absolute_error(forecast, outcome, copies):
    assert crps(np.full(copies, forecast), outcome) == near(abs(forecast - outcome), abs(forecast))


@given(samples, amounts)
def test_a_score_is_never_below_zero_nor_above_the_mean_error(draws, outcome):
    x = np.array(draws)
    slack = 1e-9 * max(1.0, np.abs(x).max(), abs(outcome))
    assert -slack <= crps(x, outcome) <= np.mean(np.abs(x - outcome)) + slack


@given(samples, amounts, st.floats(0.01, 100), amounts)
def test_a_score_scales_with_its_unit_and_not_with_its_origin(draws, outcome, factor, shift):
    x = np.array(draws)
    size = factor * (np.abs(x).max() + abs(outcome)) + abs(shift)
    moved = crps(factor * x + shift, factor * outcome + shift)
    assert moved == near(factor * crps(x, outcome), size)


@given(samples, amounts, st.randoms())
def test_the_order_of_draws_changes_nothing(draws, outcome, random):
    shuffled = draws.copy()
    random.shuffle(shuffled)
    assert crps(np.array(draws), outcome) == crps(np.array(shuffled), outcome)


def mean_score(draws, outcomes):
    return np.mean([crps(draws, outcome) for outcome in outcomes])


@given(st.floats(-2, 2), st.floats(0.3, 3))
@example(0.5, 1.0)
@example(0.0, 1.5)
def test_the_true_distribution_scores_best_on_average(shift, width):
    """Both in exact quantiles, so that nothing but the distributions differs."""
    quantiles = ndtri((np.arange(400) + 0.5) / 400)
    outcomes = quantiles[::4]
    assert mean_score(quantiles, outcomes) <= mean_score(width * quantiles + shift, outcomes) + 1e-4


# Ranks


@given(samples, amounts, chances)
def test_a_rank_lies_between_zero_and_one_and_rises_with_the_outcome(draws, outcome, uniform):
    x = np.array(draws)
    rank = pit(x, outcome, uniform)
    assert 0 <= rank <= 1
    assert rank <= pit(x, outcome + 1, uniform)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.integers(-1, 6))
def test_among_equal_draws_the_rank_is_spread_over_their_share(draws, outcome):
    x = np.array(draws)
    low, high = (pit(x, outcome, end) for end in (0, 1))
    assert high - low == pytest.approx(np.mean(x == outcome))
    assert low == pytest.approx(np.mean(x < outcome))


def test_ranks_of_a_true_count_forecast_are_uniform():
    random = np.random.default_rng(3)
    counts = random.binomial(10, 0.3, 4000)
    ranks = [pit(counts, outcome, random.random()) for outcome in random.binomial(10, 0.3, 4000)]
    shares, _ = np.histogram(ranks, bins=5, range=(0, 1))
    assert shares / 4000 == pytest.approx([0.2] * 5, abs=0.03)


# Chances


@given(chances, st.booleans())
def test_a_brier_score_is_that_of_another_library(chance, happened):
    assert brier(chance, happened) == pytest.approx(scoringrules.brier_score(int(happened), chance))


@given(chances)
@example(0.0)
@example(1.0)
def test_the_true_chance_scores_best_by_brier_and_logarithm(truth):
    def expected(score, chance):
        return truth * score(chance, True) + (1 - truth) * score(chance, False)

    def logarithm(chance, happened):
        return log_score(chance, happened, DRAWS)

    for score in (brier, logarithm):
        best = min(expected(score, chance) for chance in GRID)
        assert expected(score, truth) <= best + 2e-4


@given(chances, st.booleans(), st.integers(1, DRAWS))
def test_no_log_score_is_endless(chance, happened, draws):
    assert 0 < log_score(chance, happened, draws) < math.inf
    assert log_score(1 / 2, happened, draws) == pytest.approx(math.log(2))


@given(chances, chances, st.booleans())
def test_bounds_that_hold_what_came_cost_nothing(one, other, happened):
    low, high = sorted((one, other))
    assert interval_brier(0, high, False) == 0
    assert interval_brier(low, 1, True) == 0
    assert interval_brier(0, 1, happened) == 0


@given(chances, st.booleans())
def test_bounds_that_are_one_chance_score_as_it_does(chance, happened):
    assert interval_brier(chance, chance, happened) == pytest.approx(brier(chance, happened))


@given(chances, chances, chances, chances, st.booleans())
def test_wider_bounds_never_cost_more(one, other, third, fourth, happened):
    lowest, low, high, highest = sorted((one, other, third, fourth))
    assert interval_brier(lowest, highest, happened) <= interval_brier(low, high, happened)


# Skill

errors = st.lists(st.floats(0, 1e6), min_size=1, max_size=20)


@given(errors)
@example([0.0])
def test_a_reference_has_no_skill_against_itself(scores):
    assert relative_skill(scores, scores) == 0


@given(errors, st.floats(0.1, 10))
def test_skill_does_not_depend_on_the_common_unit(scores, factor):
    reference = [score + 1 for score in scores]
    scaled = relative_skill([factor * s for s in scores], [factor * r for r in reference])
    assert scaled == pytest.approx(relative_skill(scores, reference), rel=1e-9, abs=1e-12)


@given(errors)
def test_skill_is_at_most_one_and_one_for_the_perfect(reference):
    assert relative_skill([0.0] * len(reference), [r + 1 for r in reference]) == 1
    assert relative_skill([r + 1 for r in reference], [0.0] * len(reference)) == -math.inf
