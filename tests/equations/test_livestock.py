"""Do the three species add up, and does foot-and-mouth disease take what it should?"""

import pytest
from hypothesis import given

from tests.laws import assert_falls, assert_rises, moved, same
from tests.strategies import raised, run, worlds

SPECIES = ("buffalo_herd", "cattle_herd", "pig_herd")


@pytest.mark.law(6)
@given(world=worlds())
def test_the_herd_is_the_sum_of_three_species(world):
    result = run(world)
    assert same(sum(result[name] for name in SPECIES), result["livestock_herd"])
    assert all(result[name] >= 0 for name in SPECIES)


@given(worlds=raised(["buffalo_growth", "cattle_growth", "pig_capacity_growth"]))
def test_a_species_growth_raises_the_herd(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["livestock_herd"], strictly=True)


@given(worlds=raised("foot_and_mouth_loss", {"foot_and_mouth_outbreak": 1.0}))
def test_an_outbreak_takes_buffalo_cattle_and_growth_but_no_pigs(worlds):
    lower, higher = map(run, worlds)
    assert_falls(
        lower, higher, ["buffalo_herd", "cattle_herd", "livestock_herd", "grdp"], strictly=True
    )
    assert "pig_herd" not in moved(lower, higher)


@given(worlds=raised("foot_and_mouth_loss", {"foot_and_mouth_outbreak": 0.0}))
def test_without_an_outbreak_its_loss_is_irrelevant(worlds):
    lower, higher = map(run, worlds)
    assert moved(lower, higher) == {"foot_and_mouth_loss"}
