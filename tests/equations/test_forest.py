"""Does forest cover gain what regrowth adds?"""

import pytest
from hypothesis import given

from tests.laws import assert_rises, moved
from tests.strategies import raised, run, worlds


@pytest.mark.law(18)
@given(world=worlds())
def test_cover_is_the_base_and_the_gain_within_all_land(world):
    result = run(world)
    assert result["forest_cover"] == 42.25 + world["forest_cover_gain"]
    assert 0 <= result["forest_cover"] <= 100


@given(worlds=raised("forest_cover_gain"))
def test_a_larger_gain_raises_cover_alone(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["forest_cover"], strictly=True)
    assert moved(lower, higher) == {"forest_cover", "forest_cover_gain"}
