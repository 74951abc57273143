"""How good are we? A scorecard's forecasts held against what came of the plan year."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.scorecard import Scorecard
from simulator.validation.forecast import Bounded, Forecast, Judged, Scored, hold_against
from simulator.validation.outcomes import Outcome, latest_validated, outcomes_of, read_outcomes
from simulator.validation.summary import Chances, Coverage, Ranks, Reliability, Skill, Summary
from simulator.validation.summary import summary as sum_up

__all__ = [
    "Bounded",
    "Chances",
    "Coverage",
    "Forecast",
    "Judged",
    "Outcome",
    "Ranks",
    "Reliability",
    "Scored",
    "Skill",
    "Summary",
    "Validation",
    "latest_validated",
    "outcomes_of",
    "read_outcomes",
    "validate",
]


@dataclass(frozen=True)
class Validation:
    """One scenario of a plan against the outcomes of its year."""

    card: Scorecard
    rows: tuple[Scored, ...]
    """In the order of the board; quantities that are no target follow."""
    whole: Summary
    unshocked: Summary | None
    """Without the rows that a shock moved which no forecast could hold; None where no row is marked."""
    missing: tuple[str, ...]
    """Targets with a forecast or a chance that no outcome is known of."""
    unscored: Mapping[str, str]
    """Outcomes of what cannot be forecast from this plan's folder, and why."""


def validate(card: Scorecard, outcomes: Mapping[str, Outcome]) -> Validation:
    """Hold a scorecard against outcomes. Raises ValueError for a central run, which has no chances."""
    projection = card.projection
    if projection.deterministic:
        raise ValueError("the central run has no chances to score")
    names = [name for name in card.rows if name in outcomes]
    names += [name for name in outcomes if name not in card.rows]
    held = [hold_against(card, outcomes[name]) for name in names]
    scored = tuple(row for row in held if row.forecast or row.judged or row.bounded)
    kept = tuple(row for row in scored if not row.outcome.shock)
    seed = projection.scenario.seed
    return Validation(
        card=card,
        rows=scored,
        whole=sum_up(scored, seed),
        unshocked=sum_up(kept, seed) if len(kept) < len(scored) else None,
        missing=tuple(
            name
            for name, row in card.rows.items()
            if name not in outcomes and (row.plan_chance is not None or row.quantiles is not None)
        ),
        unscored={
            row.name: projection.unprojected.get(row.name, "it does not vary by draw")
            for row in held
            if row not in scored
        },
    )
