"""Does each drought's row say what the board would say with the lever there?"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from simulator.assumptions import Setting
from simulator.insight.drought import Droughts, droughts
from tests.cards import card_of, runs, trend, with_changes
from tests.runs import few

MOVED = ("drought_severity", "wet_rice_area_growth", "maize_yield_growth")


def found(card) -> Droughts:
    rows = droughts(card)
    assert rows is not None
    return rows


@few
@given(run=runs(*MOVED))
def test_every_row_is_what_the_board_says_there(run):
    card = card_of(run)
    own = card.projection.settings["drought_severity"]
    for row in found(card).rows:
        setting = own if row.severity == own.centre else Setting(row.severity, fixed=own.fixed)
        there = card_of(replace(run, changes={**run.changes, "drought_severity": setting}))
        assert row.food == float(np.median(there.projection.values["food_output"]))
        assert row.growth == float(np.median(there.projection.values["grdp_growth"]))
        assert row.chance == there.rows["food_output"].plan_chance


@few
@given(run=runs("wet_rice_area_growth", "upland_rice_yield_growth"))
def test_a_severer_drought_leaves_less_food_and_growth(run):
    card = card_of(run)
    rows = sorted(found(card).rows, key=lambda row: row.severity)
    for milder, severer in pairwise(rows):
        assert severer.food < milder.food
        assert severer.growth < milder.growth
        assert (severer.chance or 0) <= (milder.chance or 0)


def test_the_rows_are_now_the_base_year_one_year_in_twenty_and_the_severe_scenario():
    rows = found(trend(1024)).rows
    assert [row.kind for row in rows] == ["now", "base_year", "rare", "severe"]
    assert [row.severity for row in rows] == pytest.approx([0.1, 0.15, 0.31, 0.55], abs=0.01)


def test_one_year_in_twenty_does_not_move_with_the_lever():
    moved = found(with_changes(drought_severity=Setting(0.6, fixed=True)))
    assert moved.rows[2].severity == found(trend()).rows[2].severity


def test_upland_rice_is_hit_hardest():
    rows = found(trend())
    assert rows.hardest_hit == "upland_rice_output"
    assert rows.hardest_at == 0.55
    assert 0.1 < rows.hardest_loss < 0.3
    assert rows.food_target == 270520
