"""Do weights sum to one, keep what rare shocks are worth, and survive resampling?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.track.weights import LEAST_EFFECTIVE, LEAST_PART, effective, resampled, weigh


@st.composite
def log_weights(draw: st.DrawFn, draws: int = 256) -> np.ndarray:
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sharpness = draw(st.sampled_from([0.0, 0.1, 1.0, 30.0, 1e6]))
    return sharpness * generator.standard_normal(draws) + draw(st.floats(-1e3, 1e3))


ONE = np.zeros(256, dtype=np.int64)
WHOLE = np.array([1.0])


@given(log_weights())
def test_weights_sum_to_one_and_enough_draws_count(logs: np.ndarray) -> None:
    found = weigh(logs, ONE, WHOLE)
    assert found.shares.sum() == pytest.approx(1)
    assert (found.shares >= 0).all()
    least = min(LEAST_EFFECTIVE, len(logs) // LEAST_PART)
    assert found.effective >= least * (1 - 1e-6)
    assert found.effective == pytest.approx(effective(found.shares))
    assert found.tempered == (found.power < 1)
    if found.tempered:
        assert found.effective == pytest.approx(least, rel=1e-3)


@given(log_weights(), st.floats(0.01, 0.99))
def test_strata_that_are_equally_likely_keep_their_prior_probability(
    logs: np.ndarray, mass: float
) -> None:
    strata = np.arange(256, dtype=np.int64) % 2
    both = np.repeat(logs[:128], 2)
    found = weigh(both, strata, np.array([1 - mass, mass]))
    assert found.shares[strata == 1].sum() == pytest.approx(mass)


@given(log_weights())
def test_the_order_of_draws_changes_no_weight(logs: np.ndarray) -> None:
    found, turned = weigh(logs, ONE, WHOLE), weigh(logs[::-1], ONE, WHOLE)
    np.testing.assert_allclose(found.shares, turned.shares[::-1], rtol=1e-6, atol=1e-12)


@given(log_weights())
def test_resampling_takes_each_draw_as_often_as_it_weighs(logs: np.ndarray) -> None:
    shares = weigh(logs, ONE, WHOLE).shares
    taken = np.bincount(resampled(shares), minlength=len(shares))
    assert taken.sum() == len(shares)
    assert (np.abs(taken - len(shares) * shares) < 1 + 1e-9).all()


def test_equal_weights_take_every_draw_in_its_place() -> None:
    assert (resampled(np.full(64, 1 / 64)) == np.arange(64)).all()
