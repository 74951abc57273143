"""Is late money the shipped scenario laid on top of the open one, from the same draws?"""

import numpy as np
import pytest
from hypothesis import given

from simulator.insight.late_money import EXPECTED, late_money
from simulator.insight.overlay import shipped_scenario
from tests.cards import card_of, runs, trend
from tests.runs import few
from tests.strategies import scenario

MOVED = ("agriculture_growth", "foreign_capital_disbursement", "pig_biosecurity", "human_epidemic")


@few
@given(run=runs(*MOVED))
def test_now_is_the_board(run):
    card = card_of(run)
    shown = {row.name: row for row in late_money(card).outcomes}
    for name, row in shown.items():
        if name != EXPECTED:
            assert row.now == float(np.median(card.projection.values[name]))
    assert card.count.plan is not None
    assert shown[EXPECTED].now == card.count.plan.mean


@few
@given(run=runs(*MOVED))
def test_late_is_the_open_scenario_with_the_shipped_one_on_top(run):
    card = card_of(run)
    late = late_money(card)
    for name, shipped in (("late", late.late), ("full", late.full)):
        alone = card_of(
            scenario({**run.changes, **shipped.changes}, draws=run.draws, seed=run.seed)
        )
        for row in late.outcomes:
            if row.name != EXPECTED:
                expected = float(np.median(alone.projection.values[row.name]))
                assert getattr(row, name) == expected
            else:
                assert alone.count.plan is not None
                assert getattr(row, name) == alone.count.plan.mean


@few
@given(run=runs(*MOVED))
def test_full_disbursement_never_gives_less_than_late_money(run):
    card = card_of(run)
    for row in late_money(card).outcomes:
        if row.name == EXPECTED:
            continue
        sign = 1 if row.better == "higher" else -1
        assert sign * row.late <= sign * row.full


def test_the_changes_are_those_of_the_files():
    late = late_money(trend())
    assert late.late.changes == shipped_scenario(trend(), "late_funds").changes
    assert len(late.late.changes) == 10
    assert len(late.full.changes) == 9
    assert late.moves_non_state
    assert late.same_year_effect == 0.5
    assert late.scored == 41


def test_a_lower_poverty_rate_is_better():
    better = {row.name: row.better for row in late_money(trend()).outcomes}
    assert better["poverty_rate"] == "lower"
    assert better["total_investment"] == better[EXPECTED] == "higher"


def test_the_trends_investment_is_that_of_the_method():
    row = late_money(trend(256)).outcomes[0]
    assert row.name == "total_investment"
    assert row.now == pytest.approx(12068.5, rel=0.01)
