"""Do the weekly bands and the map say what the herd's equation and the scorecard say?"""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.insight.herd import (
    BIOSECURITY,
    CELLS,
    HERD,
    RESTOCKING,
    Bands,
    HerdMap,
    HerdYear,
    Rerun,
    herd_map,
    herd_year,
    pigs_needed,
)
from tests.cards import card_of, runs, trend, with_changes
from tests.laws import ROUNDING
from tests.runs import few
from tests.strategies import SWINE_FEVER, scenario, shipped_plan

MOVED = (*SWINE_FEVER, "pig_capacity_growth", "buffalo_growth", "cattle_growth")
SERIES = ("living", "infected", "culled", "empty_pens", "restocked")
NO_INFECTION = {
    "infected_pigs_at_start": Setting(0.0, fixed=True),
    "swine_fever_introductions": Setting(0.0, fixed=True),
    "newly_connected_herds": Setting(0.0, fixed=True),
}


def year_of(card) -> HerdYear:
    year = herd_year(card)
    assert year is not None
    return year


def map_of(card) -> HerdMap:
    chart = herd_map(card)
    assert chart is not None
    return chart


@few
@given(run=runs(*MOVED))
def test_the_bands_are_ordered_and_nothing_is_negative(run):
    card = card_of(run)
    year = year_of(card)
    for name in SERIES:
        bands: Bands = getattr(year, name)
        levels = [bands.p10, bands.p25, bands.p50, bands.p75, bands.p90]
        assert {len(level) for level in levels} == {53}
        for low, high in pairwise(levels):
            assert all(a <= b for a, b in zip(low, high, strict=True))
        assert min(bands.p10) >= -1e-6


@few
@given(run=runs(*MOVED))
def test_what_is_counted_from_january_on_begins_at_nothing_and_never_falls(run):
    card = card_of(run)
    year = year_of(card)
    for bands in (year.culled, year.restocked):
        for level in (bands.p10, bands.p25, bands.p50, bands.p75, bands.p90):
            assert level[0] == 0
            assert all(b >= a - 1e-6 for a, b in pairwise(level))


@few
@given(run=runs(*MOVED))
def test_the_year_ends_at_the_quantities_of_the_run(run):
    card = card_of(run)
    year, projection = year_of(card), card.projection
    for bands, name in ((year.living, "pig_herd"), (year.culled, "pigs_culled")):
        ends = [bands.p10[-1], bands.p25[-1], bands.p50[-1], bands.p75[-1], bands.p90[-1]]
        expected = projection.quantiles(name, (0.1, 0.25, 0.5, 0.75, 0.9))
        assert np.allclose(ends, expected, rtol=ROUNDING, atol=1e-6)


def test_the_year_begins_with_the_herd_that_the_report_counts():
    assert year_of(trend()).living.p50[0] == pytest.approx(323393, abs=0.5)


@few
@given(rate=st.floats(0.001, 0.5), abandoned=st.floats(0, 1))
def test_without_infection_the_herd_grows_by_what_is_restocked(rate, abandoned):
    certain = NO_INFECTION | {
        "pig_restocking_rate": Setting(rate, fixed=True),
        "pig_pens_abandoned": Setting(abandoned, fixed=True),
        "pig_capacity_growth": Setting(0.0, fixed=True),
    }
    year = year_of(with_changes(**certain))
    grown = np.array(year.living.p50) - year.living.p50[0]
    assert np.allclose(grown, year.restocked.p50, atol=1e-6)
    filled = year.empty_pens.p50[0] - np.array(year.empty_pens.p50)
    assert np.allclose(filled, year.restocked.p50, atol=1e-6)


def test_nothing_is_restocked_at_a_rate_of_nothing():
    year = year_of(with_changes(pig_restocking_rate=Setting(0.0)))
    assert max(year.restocked.p90) == pytest.approx(0, abs=1e-6)


@few
@given(run=runs(*MOVED))
def test_the_pigs_needed_bring_the_medians_to_the_target(run):
    card = card_of(run)
    values = card.projection.values
    others = np.median(values["buffalo_herd"]) + np.median(values["cattle_herd"])
    target = shipped_plan().targets[HERD].target
    assert target is not None
    assert pigs_needed(card.projection, target) + others == pytest.approx(target)
    assert year_of(card).pigs_needed == pigs_needed(card.projection, target)


@few
@given(run=runs(BIOSECURITY, RESTOCKING, "infected_pigs_at_start"))
def test_the_marked_cell_is_the_scorecards_chance(run):
    card = card_of(run)
    chart = map_of(card)
    row, column = chart.current
    settings = card.projection.settings
    assert chart.biosecurity[row] == settings[BIOSECURITY].centre
    assert chart.restocking[column] == settings[RESTOCKING].centre
    assert chart.chances[row][column] == card.rows[HERD].plan_chance
    again = Rerun(card.projection, card.projection.scenario.draws)
    target = card.rows[HERD].target
    own = settings[BIOSECURITY], settings[RESTOCKING]
    assert again.chance(target, card.rules, *own) == card.rows[HERD].plan_chance


@few
@given(
    run=runs(BIOSECURITY, RESTOCKING, "pig_pens_abandoned"),
    row=st.integers(0, CELLS - 1),
    column=st.integers(0, CELLS - 1),
)
def test_every_cell_is_what_the_board_would_say_there(run, row, column):
    card = card_of(run)
    chart = map_of(card)
    at = {BIOSECURITY: chart.biosecurity[row], RESTOCKING: chart.restocking[column]}
    changes = dict(run.changes)
    for name, centre in at.items():
        own = card.projection.settings[name]
        changes[name] = own if own.centre == centre else Setting(centre, fixed=own.fixed)
    there = card_of(scenario(changes, draws=run.draws, seed=run.seed))
    assert chart.chances[row][column] == there.rows[HERD].plan_chance


@few
@given(run=runs(BIOSECURITY, RESTOCKING))
def test_the_axes_rise_and_stay_in_the_catalogues_ranges(run):
    card = card_of(run)
    chart = map_of(card)
    for levels, name in ((chart.biosecurity, BIOSECURITY), (chart.restocking, RESTOCKING)):
        row = shipped_plan().catalogue.assumptions[name]
        assert len(levels) == CELLS
        assert all(a < b for a, b in pairwise(levels))
        assert row.low <= levels[0] <= levels[-1] <= row.high


def test_fewer_draws_are_the_first_of_the_run():
    card = trend(256)
    few_draws, all_draws = herd_map(card, 64), map_of(card)
    assert few_draws is not None
    assert (few_draws.draws, all_draws.draws) == (64, 256)
    assert few_draws.chances[3][3] == all_draws.chances[3][3]
    assert np.allclose(few_draws.chances, all_draws.chances, atol=0.2)


def test_the_usual_axes_are_round_numbers_around_the_catalogues_centres():
    chart = map_of(trend())
    assert np.allclose(chart.biosecurity, [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95])
    assert np.allclose(chart.restocking, [0, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16])
    assert chart.current == (3, 3)


def test_restocking_twice_as_fast_helps_only_the_biosecure():
    chart = map_of(trend(1024))
    assert chart.low.biosecurity == pytest.approx(0.2)
    assert chart.high.biosecurity == pytest.approx(0.8)
    assert chart.low.herd_change < 0 < chart.high.herd_change
    assert chart.low.culled_change > 10 * abs(chart.high.culled_change)
    assert (chart.low.restocking, chart.low.faster) == (0.02, 0.04)


def test_a_lesson_is_the_difference_of_two_boards():
    card = trend()
    lesson = map_of(card).high
    slow, fast = (
        with_changes(pig_biosecurity=Setting(lesson.biosecurity), pig_restocking_rate=Setting(rate))
        for rate in (lesson.restocking, lesson.faster)
    )
    gap = np.median(fast.projection.values["pig_herd"]) - np.median(
        slow.projection.values["pig_herd"]
    )
    assert lesson.herd_change == pytest.approx(gap)
