"""What does a report rest on? A result, the trend it is held against, the split, and the backtest."""

from dataclasses import dataclass, replace

import numpy as np

from simulator.batch import DEFAULT_SCENARIO
from simulator.explain import Attribution, Measure, attribute
from simulator.insight.backtest import backtest
from simulator.projection import Model, Projection, project
from simulator.records import InputError, Problem
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.scorecard import Scorecard
from simulator.validation import Validation, latest_validated

MOST_SPLIT = 8
"""Chances whose moves are split, those that moved most."""
SMALLEST_MOVE = 0.005
"""A chance that moved less is not split."""


@dataclass(frozen=True)
class Material:
    """What the report of one result says, before it is put into words."""

    result: Result
    trend: Scorecard
    """At the catalogue's centres, with the result's typed baselines, draws and seed."""
    central: Projection
    splits: tuple[Attribution, ...]
    """Of the expected number, then of the chances that moved most; empty where nothing is changed."""
    validation: Validation | None
    """The same engine a year before, where a plan with known outcomes travels with the product."""

    @property
    def card(self) -> Scorecard:
        """The scorecard, after what was learned from observations."""
        return self.result.card

    @property
    def model(self) -> Model:
        """The model of the scorecard."""
        return self.card.projection.model

    @property
    def scenario(self) -> Scenario:
        """What was projected: what the scenario asked to be solved is set."""
        return self.card.projection.scenario

    @property
    def untaught(self) -> Scorecard:
        """The scorecard before anything was learned from observations."""
        return self.result.tracked.prior if self.result.tracked else self.result.card


def gather_material(
    result: Result, workshop: Workshop, validation: Validation | None = None
) -> Material:
    """All that a report of a result needs; a validation that is known is not made again.

    Raises InputError for the central run, which has no chances to report.
    """
    if result.card.projection.deterministic:
        wrong = "the central run has no chances to report"
        raise InputError([Problem(result.scenario.name, None, "", wrong, "a run of draws")])
    asked = result.scenario
    trend = workshop.run(
        Scenario(DEFAULT_SCENARIO, {}, asked.typed_baselines, asked.draws, asked.seed, asked.plan)
    ).card
    projection = result.card.projection
    before = result.tracked.prior if result.tracked else result.card
    earlier = latest_validated(besides=projection.plan.name) if validation is None else None
    if earlier is not None:
        validation = backtest(earlier, workshop)
    return Material(
        result=result,
        trend=trend,
        central=project(projection.model, projection.scenario, deterministic=True),
        splits=_splits(trend, before),
        validation=validation,
    )


def _splits(trend: Scorecard, card: Scorecard) -> tuple[Attribution, ...]:
    """How the expected number and the chances that moved most divide over the levers."""
    moves = {
        name: abs(row.plan_chance - before)
        for name, row in card.rows.items()
        if row.plan_chance is not None and (before := trend.rows[name].plan_chance) is not None
    }
    moved = sorted(
        (name for name in moves if moves[name] >= SMALLEST_MOVE), key=lambda n: -moves[n]
    )
    first, second = trend.projection.scenario, card.projection.scenario
    if not second.changes:
        return ()
    measures = [Measure("number_met"), *(Measure("chance", name) for name in moved[:MOST_SPLIT])]
    with np.errstate(all="ignore"):
        return attribute(trend.projection.model, first, replace(second, solve=None), measures)
