"""Do nominal values, shares and income per head fit each other?"""

import pytest
from hypothesis import given

from simulator.equations.structure import SECTORS
from tests.laws import assert_falls, assert_rises, moved, same
from tests.strategies import raised, run, worlds


@pytest.mark.law(2, 18)
@given(world=worlds())
def test_shares_of_grdp_sum_to_a_hundred_and_lie_within_it(world):
    result = run(world)
    shares = [result[f"{sector}_share"] for sector in SECTORS]
    assert sum(shares) == pytest.approx(100, abs=1e-10)
    assert all(0 <= share <= 100 for share in shares)


@pytest.mark.law(3)
@given(world=worlds())
def test_income_per_head_times_people_is_nominal_grdp(world):
    result = run(world)
    assert same(result["grdp_per_capita"] * result["population"], result["nominal_grdp"])
    total = sum(result[f"{sector}_nominal_value"] for sector in SECTORS)
    assert same(total, result["nominal_grdp"])


@pytest.mark.law(33)
@given(worlds=raised("population_growth"))
def test_more_people_mean_less_income_per_head_and_nothing_else_of_the_economy(worlds):
    lower, higher = map(run, worlds)
    assert_falls(lower, higher, ["grdp_per_capita"], strictly=True)
    assert moved(lower, higher) == {"population_growth", "population", "grdp_per_capita"}


@given(worlds=raised([f"{sector}_relative_price" for sector in SECTORS]))
def test_a_relative_price_moves_values_and_shares_but_not_real_growth(worlds):
    lower, higher = map(run, worlds)
    (name,) = (name for name in worlds[0] if worlds[0][name] != worlds[1][name])
    sector = name.removesuffix("_relative_price")
    assert_rises(lower, higher, [f"{sector}_share", "grdp_per_capita"], strictly=True)
    assert "grdp" not in moved(lower, higher)
