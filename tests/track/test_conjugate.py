"""Is one fund's closed form what a fine grid gives, and does it obey the laws of learning?"""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.track.conjugate import LogNormal, learned

AMOUNTS = st.floats(0.01, 100)
SPREADS = st.floats(0.01, 2)


def log_normals() -> st.SearchStrategy[LogNormal]:
    return st.builds(LogNormal, AMOUNTS, SPREADS)


@given(log_normals(), st.lists(log_normals(), max_size=3))
def test_it_is_what_a_fine_grid_gives(prior: LogNormal, measured: list[LogNormal]) -> None:
    after = learned(prior, measured)
    grid = math.log(after.median) + after.spread * np.linspace(-9, 9, 4001)
    density = np.zeros(len(grid))
    for one in (prior, *measured):
        density -= np.square((grid - math.log(one.median)) / one.spread) / 2
    weights = np.exp(density - density.max())
    weights /= weights.sum()
    mean = weights @ grid
    assert mean == pytest.approx(math.log(after.median), abs=1e-6)
    assert math.sqrt(weights @ np.square(grid - mean)) == pytest.approx(after.spread, rel=1e-5)


@given(log_normals(), log_normals())
def test_one_measurement_weighs_as_section_9_says(prior: LogNormal, seen: LogNormal) -> None:
    weight = prior.spread**2 / (prior.spread**2 + seen.spread**2)
    after = learned(prior, [seen])
    gap = math.log(seen.median) - math.log(prior.median)
    assert math.log(after.median) == pytest.approx(math.log(prior.median) + weight * gap, abs=1e-9)
    assert after.spread**2 == pytest.approx((1 - weight) * prior.spread**2)


@given(log_normals(), log_normals(), log_normals())
@pytest.mark.law(54)
def test_order_changes_nothing(prior: LogNormal, one: LogNormal, other: LogNormal) -> None:
    first, second = learned(prior, [one, other]), learned(prior, [other, one])
    assert first.median == pytest.approx(second.median, rel=1e-9)
    assert first.spread == pytest.approx(second.spread, rel=1e-9)


@given(log_normals(), AMOUNTS)
@pytest.mark.law(54)
def test_all_is_known_or_nothing(prior: LogNormal, amount: float) -> None:
    assert learned(prior, [LogNormal(amount, math.inf)]) == LogNormal(
        math.exp(math.log(prior.median)), prior.spread
    )
    certain = learned(prior, [LogNormal(amount, 0.0)])
    assert certain.median == pytest.approx(amount)
    assert certain.spread == 0


@given(log_normals(), log_normals())
@pytest.mark.law(55)
def test_the_median_lies_between_prior_and_data(prior: LogNormal, seen: LogNormal) -> None:
    low, high = sorted((prior.median, seen.median))
    assert low * (1 - 1e-9) <= learned(prior, [seen]).median <= high * (1 + 1e-9)


@given(log_normals(), log_normals(), st.floats(0, 1))
def test_a_more_precise_measurement_never_widens(
    prior: LogNormal, seen: LogNormal, sharper: float
) -> None:
    sharp = LogNormal(seen.median, seen.spread * sharper)
    assert learned(prior, [sharp]).spread <= learned(prior, [seen]).spread + 1e-12


@given(log_normals(), AMOUNTS)
def test_without_optimism_two_equal_spreads_average(prior: LogNormal, amount: float) -> None:
    after = learned(prior, [LogNormal(amount, prior.spread)])
    assert after.median == pytest.approx(math.sqrt(prior.median * amount))


@given(log_normals(), log_normals(), st.floats(0.1, 1))
@example(prior=LogNormal(90.0, 0.1), seen=LogNormal(2.0, 0.01), most=1.0)
def test_nothing_pays_more_than_its_allocation(
    prior: LogNormal, seen: LogNormal, most: float
) -> None:
    prior = LogNormal(most * prior.median / 100, prior.spread)
    assert learned(prior, [seen], most).median <= most * (1 + 1e-12)
