"""Does the herd model keep its pens, and which of its laws hold over the whole ranges?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.equations.swine_fever import Herd, swine_fever_year, weekly_herd
from simulator.graph import Equation
from tests.laws import ROUNDING, assert_falls, assert_rises, moved, same
from tests.strategies import (
    SWINE_FEVER,
    central_world,
    herd_worlds,
    raised,
    run,
    shipped_model,
    values,
)

PENS = 402_230
NO_RESTOCKING = {"pig_restocking_rate": 0.0}
NO_INFECTION = {"infected_pigs_at_start": 0.0, "swine_fever_introductions": 0.0}


def herd(world) -> dict:
    """The herd's quantities alone, with the susceptible pigs at year end."""
    model = shipped_model()
    inputs = {**model.constants, **{name: world[name] for name in SWINE_FEVER}}
    result = model.graph.run_only(inputs, ["pigs_at_year_end", "mean_pig_herd", "pigs_infected"])
    weeks = weekly_herd(*[inputs[name] for name in Equation.of(swine_fever_year).arguments])
    end = result["swine_fever_year"].end
    return result | {"susceptible": end.shielded + end.connected, "weeks": weeks}


def raised_herds(name, fixed=None):
    return raised(name, fixed, within=herd_worlds)


def pens(year: Herd):
    return year.living + year.downtime + year.empty + year.abandoned


@pytest.mark.law(15)
@given(world=herd_worlds())
def test_pens_are_neither_made_nor_lost_and_none_is_negative(world):
    year = herd(world)["weeks"]
    assert same(pens(year), PENS)
    assert all(np.min(states) >= 0 for states in year)


@pytest.mark.law(15)
@given(
    start=st.tuples(*[st.floats(0, 1e6)] * 2, *[st.floats(0, 1e5)] * 2),
    world=herd_worlds(),
    waits=st.tuples(*[st.floats(0.05, 30)] * 3),
    infectiousness=st.floats(0, 2),
    wilder=st.floats(1, 20),
)
def test_pens_are_kept_whatever_the_parameters(start, world, waits, infectiousness, wilder):
    shielded, connected, downtime, empty = start
    year = weekly_herd(
        shielded,
        connected + 1,
        downtime,
        empty,
        world["pig_pens_abandoned"],
        world["infected_pigs_at_start"] * wilder,
        world["newly_connected_herds"],
        world["swine_fever_transmission"] * wilder,
        world["pig_biosecurity"],
        world["swine_fever_introductions"] * wilder,
        world["swine_fever_detection_delay"],
        world["pig_restocking_rate"] * wilder,
        *waits,
        infectiousness,
    )
    assert same(pens(year), shielded + connected + 1 + downtime + empty)
    assert all(np.min(states) >= 0 for states in year)


@pytest.mark.law(16)
@given(world=herd_worlds())
def test_herd_and_culls_stay_within_what_there_is(world):
    result = herd(world)
    year = result["weeks"]
    assert np.all(year.living >= 0)
    assert np.all(year.living <= PENS * (1 + ROUNDING))
    assert np.all(year.culled <= (year.infected + world["infected_pigs_at_start"]) * (1 + ROUNDING))


@pytest.mark.law(17)
@given(world=herd_worlds())
def test_cumulative_culls_and_infections_never_fall(world):
    year = herd(world)["weeks"]
    assert np.all(np.diff(year.culled) >= 0)
    assert np.all(np.diff(year.infected) >= 0)


@given(world=herd_worlds())
def test_the_years_figures_are_those_of_its_last_week_and_the_mean_of_53_counts(world):
    result = herd(world)
    year = result["weeks"]
    assert result["pigs_infected"] == np.max(year.infected)
    assert result["pigs_at_year_end"] == pytest.approx(year.living[52], rel=1e-14)
    assert result["mean_pig_herd"] == pytest.approx(sum(year.living) / 53, rel=1e-12)


def test_infections_still_go_on_in_the_last_week_of_the_central_run():
    year = herd(central_world())["weeks"]
    assert year.infected[52] > year.infected[51] > 0


@pytest.mark.law(23)
@given(
    world=herd_worlds(NO_INFECTION | {"newly_connected_herds": 0.0}),
    transmission=values("swine_fever_transmission"),
    delay=values("swine_fever_detection_delay"),
    biosecurity=values("pig_biosecurity"),
)
def test_without_infection_the_disease_is_irrelevant_and_nothing_is_culled(
    world, transmission, delay, biosecurity
):
    other = {
        "swine_fever_transmission": transmission,
        "swine_fever_detection_delay": delay,
        "pig_biosecurity": biosecurity,
    }
    before, after = run(world), run(world | other)
    assert moved(before, after) <= set(other)
    assert after["pigs_culled"] == 0


@pytest.mark.law(39)
@given(worlds=raised_herds("pig_biosecurity"))
def test_biosecurity_never_lowers_the_mean_herd(worlds):
    lower, higher = map(herd, worlds)
    assert_rises(lower, higher, ["mean_pig_herd"])


@pytest.mark.law(39)
@given(worlds=raised_herds("pig_biosecurity", NO_RESTOCKING))
def test_without_restocking_biosecurity_never_adds_infections(worlds):
    lower, higher = map(herd, worlds)
    assert_falls(lower, higher, ["pigs_infected"])


@pytest.mark.law(39)
@given(worlds=raised_herds(["swine_fever_transmission", "swine_fever_introductions"]))
def test_a_more_contagious_or_frequent_disease_never_raises_the_mean_herd(worlds):
    lower, higher = map(herd, worlds)
    assert_falls(lower, higher, ["mean_pig_herd"])


@pytest.mark.law(39)
@given(
    worlds=raised_herds(["swine_fever_transmission", "swine_fever_introductions"], NO_RESTOCKING)
)
def test_without_restocking_a_more_contagious_disease_never_infects_fewer(worlds):
    lower, higher = map(herd, worlds)
    assert_rises(lower, higher, ["pigs_infected"])


@pytest.mark.law(39)
@given(worlds=raised_herds(["newly_connected_herds", "pig_restocking_rate"]))
def test_more_connected_or_restocked_pigs_never_mean_fewer_infections(worlds):
    lower, higher = map(herd, worlds)
    assert_rises(lower, higher, ["pigs_infected"])


@pytest.mark.law(40)
@given(worlds=raised_herds("swine_fever_detection_delay", NO_RESTOCKING))
def test_without_restocking_late_detection_never_infects_fewer(worlds):
    lower, higher = map(herd, worlds)
    assert_rises(lower, higher, ["pigs_infected"])


@pytest.mark.law(40)
@given(
    worlds=raised_herds(
        [
            "swine_fever_transmission",
            "swine_fever_introductions",
            "infected_pigs_at_start",
            "newly_connected_herds",
            "swine_fever_detection_delay",
        ],
        NO_RESTOCKING,
    )
)
def test_without_restocking_more_disease_leaves_no_more_susceptible_pigs(worlds):
    lower, higher = map(herd, worlds)
    assert_falls(lower, higher, ["susceptible"])


@pytest.mark.law(40)
@given(worlds=raised_herds("pig_biosecurity", NO_RESTOCKING))
def test_without_restocking_biosecurity_leaves_no_fewer_susceptible_pigs(worlds):
    lower, higher = map(herd, worlds)
    assert_rises(lower, higher, ["susceptible"])


@pytest.mark.law(41)
@given(worlds=raised_herds("pig_restocking_rate", NO_INFECTION))
def test_without_infection_faster_restocking_never_lowers_the_herd(worlds):
    lower, higher = map(herd, worlds)
    assert_rises(lower, higher, ["pigs_at_year_end", "mean_pig_herd"])
    if worlds[0]["pig_pens_abandoned"] < 0.99 and worlds[0]["pig_restocking_rate"] < 0.1:
        assert_rises(lower, higher, ["pigs_at_year_end"], strictly=True)


@pytest.mark.law(41)
@given(worlds=raised_herds("pig_pens_abandoned", NO_INFECTION))
def test_without_infection_more_abandoned_pens_never_raise_the_herd(worlds):
    lower, higher = map(herd, worlds)
    assert_falls(lower, higher, ["pigs_at_year_end", "mean_pig_herd"])
    if worlds[0]["pig_restocking_rate"] > 1e-3:
        assert_falls(lower, higher, ["pigs_at_year_end"], strictly=True)


def test_restocking_without_biosecurity_is_not_monotone():
    """The lesson of section 5.4, and why no law of the herd at year end stands here."""
    ends = [
        herd(central_world() | {"pig_biosecurity": 0.05, "pig_restocking_rate": rate})[
            "pigs_at_year_end"
        ]
        for rate in (0.01, 0.02, 0.04)
    ]
    assert ends[0] > ends[1] < ends[2]


@given(world=herd_worlds())
def test_the_year_is_the_last_week_and_the_mean_of_all_weeks(world):
    result = herd(world)
    weeks = result["weeks"]
    year = result["swine_fever_year"]
    for name, at_the_end in year.end._asdict().items():
        np.testing.assert_array_equal(getattr(weeks, name)[-1], at_the_end)
    np.testing.assert_allclose(weeks.living.mean(axis=0), year.mean_living, rtol=ROUNDING)
