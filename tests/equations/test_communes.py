"""Do child-friendly and clean communes stay within the communes there are?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import assert_rises
from tests.strategies import raised, run, standard_normals_of, worlds


@pytest.mark.law(19)
@given(world=worlds(), noise=standard_normals_of(), whole=st.booleans())
def test_child_friendly_communes_stay_between_the_base_and_all(world, noise, whole):
    result = run(world, whole_counts=whole, child_friendly_communes_noise=noise)
    assert 98 <= result["child_friendly_communes"] <= 130
    if whole:
        assert result["child_friendly_communes"] == np.rint(result["child_friendly_communes"])


@given(
    worlds=raised(
        ["child_friendly_graduation", "newly_clean_communes", "substitution_treatment_growth"]
    ),
    noise=standard_normals_of(),
    whole=st.booleans(),
)
def test_each_commune_assumption_never_lowers_its_count(worlds, noise, whole):
    lower, higher = (
        run(world, whole_counts=whole, child_friendly_communes_noise=noise) for world in worlds
    )
    names = ["child_friendly_communes", "clean_communes", "substitution_treatment"]
    assert_rises(lower, higher, names)


@given(world=worlds(), whole=st.booleans())
def test_clean_communes_move_by_the_assumed_number(world, whole):
    result = run(world, whole_counts=whole)
    change = result["newly_clean_communes"]
    assert result["clean_communes"] == 53 + (np.rint(change) if whole else change)
