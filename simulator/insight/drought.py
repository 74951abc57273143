"""What does a drought of this or that severity take from food and growth?"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.equations.crops import CROPS
from simulator.insight.overlay import moved, overlaid, shipped_scenario
from simulator.scorecard import Scorecard

SEVERITY = "drought_severity"
SEVERE = "drought_severe"
FOOD = "food_output"
RARE = 0.95

Kind = Literal["now", "base_year", "rare", "severe"]


@dataclass(frozen=True)
class Drought:
    """A run with the drought's centre at one severity."""

    kind: Kind
    severity: float
    food: float
    """Median, in tonnes."""
    growth: float
    """Median GRDP growth, in percent."""
    chance: float | None
    """Of the plan's food output."""
    crops: dict[str, float]
    """Median output of each crop, in tonnes."""


@dataclass(frozen=True)
class Droughts:
    """Severities side by side, from the same draws."""

    rows: tuple[Drought, ...]
    food_target: float | None
    hardest_hit: str
    """The crop that the severest of them cuts most."""
    hardest_loss: float
    """The share of its output now that it then loses."""
    hardest_at: float
    draws: int


def droughts(card: Scorecard) -> Droughts | None:
    """The drought as set, as in the base year, as in one year of twenty, and as in the severe scenario.

    None where the plan has no crops to project.

    Each row moves the lever's centre and keeps its spread, so it says what the board would say.
    """
    projection = card.projection
    if FOOD not in projection.values:
        return None
    plan = projection.plan
    own = projection.settings[SEVERITY]
    usual = plan.catalogue.draw(SEVERITY, plan.catalogue.default(SEVERITY), projection.normals)
    severe = shipped_scenario(card, SEVERE).changes[SEVERITY]
    levels: dict[Kind, float] = {
        "base_year": plan.parameter("drought_severity_base"),
        "rare": float(np.quantile(usual, RARE)),
        "severe": severe.centre,
    }
    rows = [_row("now", own.centre, card)]
    rows += [
        _row(kind, level, overlaid(card, {SEVERITY: moved(own, level)}))
        for kind, level in levels.items()
    ]
    worst = max(rows, key=lambda row: row.severity)
    lost = {crop: 1 - worst.crops[crop] / now for crop, now in rows[0].crops.items() if now}
    hardest = max(lost, key=lambda crop: lost[crop])
    target = plan.targets.get(FOOD)
    return Droughts(
        rows=tuple(rows),
        food_target=target.target if target else None,
        hardest_hit=hardest,
        hardest_loss=lost[hardest],
        hardest_at=worst.severity,
        draws=projection.scenario.draws,
    )


def _row(kind: Kind, severity: float, card: Scorecard) -> Drought:
    values = card.projection.values
    row = card.rows.get(FOOD)
    return Drought(
        kind,
        severity,
        food=float(np.median(values[FOOD])),
        growth=float(np.median(values["grdp_growth"])),
        chance=row.plan_chance if row is not None else None,
        crops={crop.name: float(np.median(values[crop.name])) for crop in CROPS},
    )
