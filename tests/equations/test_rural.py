"""Do communes stay within their pool, and does the programme's money help them?"""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.forms import graduates
from tests.laws import assert_rises
from tests.strategies import central_world, raised, run, standard_normals_of, worlds

NOISES = standard_normals_of()


@pytest.mark.law(19)
@given(world=worlds(), noise=NOISES, whole=st.booleans())
def test_new_rural_communes_stay_between_the_base_and_base_and_pool(world, noise, whole):
    result = run(world, whole_counts=whole, new_rural_communes_noise=noise)
    assert 30 <= result["new_rural_communes"] <= 45
    assert 0 <= result["new_rural_communes_added"] <= 15
    if whole:
        assert result["new_rural_communes"] == np.rint(result["new_rural_communes"])


@pytest.mark.law(35)
@given(
    worlds=raised("new_rural_programme_disbursement"),
    gain=st.floats(0, 1),
    noise=NOISES,
    whole=st.booleans(),
)
@example(  # a large noise: the normal approximation falls in the chance before it is clipped
    worlds=(
        central_world() | {"new_rural_programme_disbursement": 0.001},
        central_world() | {"new_rural_programme_disbursement": 0.02},
    ),
    gain=0.0,
    noise=-6.0,
    whole=False,
)
def test_a_programme_that_pays_more_never_loses_communes_or_criteria(worlds, gain, noise, whole):
    lower, higher = (
        run(
            world | {"new_rural_criteria_gain": gain},
            whole_counts=whole,
            new_rural_communes_noise=noise,
        )
        for world in worlds
    )
    assert_rises(lower, higher, ["new_rural_communes", "new_rural_criteria"])


@given(
    chances=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    noise=NOISES,
    pool=st.integers(0, 200),
    whole=st.booleans(),
)
def test_a_higher_chance_never_graduates_fewer_for_the_same_noise(chances, noise, pool, whole):
    fewer, more = (graduates(pool, chance, noise, whole) for chance in chances)
    assert 0 <= fewer <= pool
    assert fewer <= more + 1e-9


@given(pool=st.integers(0, 200), noise=NOISES, whole=st.booleans())
def test_a_certain_chance_graduates_all_and_no_chance_none(pool, noise, whole):
    assert graduates(pool, 1.0, noise, whole) == pool
    assert graduates(pool, 0.0, noise, whole) == 0


@given(world=worlds())
def test_criteria_gain_what_passing_communes_and_the_others_gain(world):
    result = run(world)
    gained = result["new_rural_criteria"] - 11.2
    passing = result["new_rural_communes_added"] * 2.5 / 116
    others = result["new_rural_criteria_gain"] * result["new_rural_programme_pace"]
    assert gained == pytest.approx(passing + others, abs=1e-9)


@given(world=worlds(), whole=st.booleans())
def test_rated_products_never_fall_and_are_whole_where_counted(world, whole):
    result = run(world, whole_counts=whole)
    assert result["ocop_products"] >= result["ocop_products_base"]
    if not whole:
        assert result["ocop_products"] == 11 + result["new_ocop_products"]
    else:
        assert result["ocop_products"] == np.rint(result["ocop_products"])
