"""Do an epidemic's months add up to what the equation takes of the year?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.equations.epidemic import CHANNELS
from simulator.insight.epidemic import epidemic_of, losses
from simulator.projection import project
from tests.cards import card_of, runs, trend
from tests.runs import few
from tests.strategies import scenario, shipped_model

MOVED = ("human_epidemic", "epidemic_months", "epidemic_depth", "epidemic_start")


@few
@given(months=st.floats(0, 12), depth=st.floats(0, 1), start=st.floats(1, 12))
def test_the_months_add_up_to_the_loss_that_the_equation_takes_of_the_year(months, depth, start):
    certain = {
        "human_epidemic": Setting(1.0, fixed=True),
        "epidemic_months": Setting(months, fixed=True),
        "epidemic_depth": Setting(depth, fixed=True),
        "epidemic_start": Setting(start, fixed=True),
    }
    run = project(shipped_model(), scenario(certain), deterministic=True)
    found = losses(run, months, depth, start)
    assert sorted(channel for loss in found for channel in loss.channels) == sorted(CHANNELS)
    for loss in found:
        total = sum(w * lost for w, lost in zip(loss.weights, loss.months, strict=True))
        assert sum(loss.weights) == pytest.approx(1)
        assert loss.year == pytest.approx(total, abs=1e-12)
        assert all(0 <= lost <= 1 for lost in loss.months)
        for channel in loss.channels:
            assert loss.year == pytest.approx(run.values[f"epidemic_loss_{channel}"], abs=1e-12)


@few
@given(run=runs(*MOVED))
def test_what_is_expected_if_it_comes_is_the_board_with_the_switch_on(run):
    card = card_of(run)
    epidemic = epidemic_of(card)
    on = card_of(replace(run, changes={**run.changes, "human_epidemic": Setting(1.0, fixed=True)}))
    assert on.count.plan is not None
    assert card.count.plan is not None
    assert epidemic.expected_if_it_comes == on.count.plan.mean
    assert epidemic.expected_now == card.count.plan.mean
    assert epidemic.growth_if_it_comes == float(np.median(on.projection.values["grdp_growth"]))
    assert epidemic.growth_if_it_comes <= epidemic.growth_now
    assert epidemic.chance == card.projection.settings["human_epidemic"].centre


@few
@given(run=runs(*MOVED))
def test_the_losses_stand_from_large_to_small(run):
    card = card_of(run)
    years = [loss.year for loss in epidemic_of(card).losses]
    assert years == sorted(years, reverse=True)


def test_exports_and_imports_share_a_row():
    rows = [loss.channels for loss in epidemic_of(trend()).losses]
    assert ("exports", "imports") in rows
    assert len(rows) == len(CHANNELS) - 1


def test_the_central_epidemic_is_that_of_the_catalogue():
    epidemic = epidemic_of(trend())
    assert (epidemic.months, epidemic.depth, epidemic.start) == (3, 0.7, 2)
    visitors = epidemic.losses[0]
    assert visitors.channels == ("international_visitors",)
    assert visitors.months[:4] == pytest.approx((0, 0.7, 0.7, 0.7))
