"""Does enrolment stay within 0 to 100 and step from its baseline?"""

import pytest
from hypothesis import given

from simulator.equations.education import STEPS
from tests.laws import assert_rises, moved
from tests.strategies import central_world, raised, run, worlds


@pytest.mark.law(18)
@given(world=worlds())
def test_enrolment_lies_strictly_between_nobody_and_everybody(world):
    result = run(world)
    for name in STEPS:
        assert 0 < result[name] < 100


@given(worlds=raised(sorted(STEPS.values())))
def test_a_larger_step_raises_its_own_enrolment_alone(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, STEPS)
    assert len(moved(lower, higher)) == 2


@pytest.mark.parametrize("enrolment", STEPS)
def test_no_step_keeps_the_baseline_and_a_small_step_moves_it_by_its_points(enrolment):
    world = central_world()
    still = run(world | {STEPS[enrolment]: 0.0})
    assert still[enrolment] == pytest.approx(still[f"{enrolment}_base"], rel=1e-14)
    small = run(world | {STEPS[enrolment]: 1e-4})
    assert small[enrolment] - still[enrolment] == pytest.approx(1e-4, rel=0.01)
