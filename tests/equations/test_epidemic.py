"""What may an epidemic take, and does none take nothing?"""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.equations.epidemic import CHANNELS, LOSSES
from tests.laws import assert_falls, identical, moved
from tests.strategies import central_world, raised, run, values, worlds

LOSS_NAMES = [f"epidemic_loss_{channel}" for channel in CHANNELS]
HIT = [
    "grdp",
    "visitors",
    "tourism_revenue",
    "retail_sales",
    "trade_turnover",
    "jobs_created",
    "industrial_output",
]
EPIDEMIC = {"human_epidemic": 1.0}
loss_of = LOSSES[0].form
WEIGHTS = st.lists(st.floats(0, 1), min_size=12, max_size=12).filter(lambda found: sum(found) > 0.1)


@pytest.mark.law(20)
@given(world=worlds(EPIDEMIC))
def test_a_loss_is_a_share(world):
    result = run(world)
    for name in LOSS_NAMES:
        assert 0 <= result[name] <= 1


@pytest.mark.law(20)
@given(
    months=values("epidemic_months"),
    depth=values("epidemic_depth"),
    start=values("epidemic_start"),
    sensitivity=st.floats(0, 3),
    half_life=st.floats(0.1, 60),
    weights=WEIGHTS,
    scar=st.floats(0.1, 12),
)
@example(  # summing twelve weights in two orders gave a loss above one
    months=12.0, depth=1.0, start=1.0, sensitivity=1.0, half_life=3.0, weights=[0.9] * 12, scar=1.5
)
def test_a_loss_is_a_share_whatever_the_parameters(
    months, depth, start, sensitivity, half_life, weights, scar
):
    loss = loss_of(1.0, months, depth, start, sensitivity, half_life, np.array(weights), scar)
    assert 0 <= loss <= 1


@pytest.mark.law(21)
@given(world=worlds({"human_epidemic": 0.0}), other=worlds())
def test_without_an_epidemic_its_months_depth_and_start_are_irrelevant(world, other):
    names = ("epidemic_months", "epidemic_depth", "epidemic_start")
    assert moved(run(world), run(world | {name: other[name] for name in names})) <= set(names)


@pytest.mark.law(22)
@given(world=worlds(EPIDEMIC), none=st.sampled_from(["epidemic_months", "epidemic_depth"]))
def test_an_epidemic_of_no_months_or_no_depth_is_no_epidemic(world, none):
    ended = run(world | {none: 0.0})
    never = run(world | {none: 0.0, "human_epidemic": 0.0})
    assert moved(ended, never) == {"human_epidemic"}


@pytest.mark.law(22)
@given(world=worlds(EPIDEMIC), little=st.floats(1e-12, 0.5))
def test_a_vanishing_epidemic_takes_vanishing_losses(world, little):
    shallow, short = (run(world | {name: little}) for name in ("epidemic_depth", "epidemic_months"))
    for name in LOSS_NAMES:
        assert shallow[name] <= 2 * little
        assert short[name] <= 2 * little


@pytest.mark.law(22)
@given(world=worlds(EPIDEMIC), months=st.floats(0, 11.9), channel=st.sampled_from(LOSS_NAMES))
def test_a_little_longer_costs_a_little_more_with_no_jump_at_a_months_end(world, months, channel):
    before = run(world | {"epidemic_months": months})[channel]
    after = run(world | {"epidemic_months": months + 1e-6})[channel]
    assert abs(after - before) <= 1e-5


@pytest.mark.law(38)
@given(worlds=raised(["epidemic_depth", "epidemic_months"], EPIDEMIC))
def test_a_deeper_or_longer_epidemic_never_helps(worlds):
    lower, higher = map(run, worlds)
    assert_falls(lower, higher, HIT)


@pytest.mark.law(38)
@pytest.mark.parametrize("name", ["epidemic_depth", "epidemic_months"])
def test_a_deeper_or_longer_epidemic_costs_more_in_the_central_run(name):
    world = central_world() | EPIDEMIC
    assert_falls(run(world), run(world | {name: 1.2 * world[name]}), HIT, strictly=True)


@given(world=worlds())
def test_an_epidemic_leaves_investment_crops_and_herds_alone(world):
    before, after = (run(world | {"human_epidemic": on}) for on in (0.0, 1.0))
    untouched = ("total_investment", "food_output", "livestock_herd", "agriculture_value")
    for name in untouched:
        assert identical(before[name], after[name])


@given(world=worlds(EPIDEMIC), start=st.floats(-5, 20))
def test_a_start_outside_the_year_counts_as_its_first_or_last_month(world, start):
    outside = run(world | {"epidemic_start": start})
    inside = run(world | {"epidemic_start": min(max(start, 1.0), 12.0)})
    for name in LOSS_NAMES:
        assert identical(outside[name], inside[name])


def test_four_months_from_february_cost_services_what_they_were_fitted_to():
    world = central_world() | EPIDEMIC
    world |= {"epidemic_months": 4.0, "epidemic_depth": 0.95, "epidemic_start": 2.0}
    result = run(world)
    assert 0.03 < result["epidemic_loss_services"] < 0.08
    assert result["epidemic_loss_international_visitors"] > 0.75
