"""How does a projection stand against the plan and the Resolution, target by target and together?"""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.plan_rows import Target
from simulator.projection import Projection, same_run
from simulator.scorecard.count import Count, Distribution, count_met
from simulator.scorecard.row import QUOTA_NEEDS, Bools, TargetScore, score_row
from simulator.scorecard.rules import Rules, meets
from simulator.scorecard.tally import Tally, tally

__all__ = [
    "Count",
    "Distribution",
    "Rules",
    "Scorecard",
    "Tally",
    "TargetScore",
    "meets",
    "score",
    "tally",
]


@dataclass(frozen=True)
class Scorecard:
    """A projection held against every target of the plan."""

    projection: Projection
    rules: Rules
    rows: Mapping[str, TargetScore]
    count: Count
    met: Mapping[str, Bools]
    """For each target with a chance, whether it is met in each draw."""


def score(
    projection: Projection, rules: Rules | None = None, previous: Scorecard | None = None
) -> Scorecard:
    """Hold a projection against the plan; rows whose draws did not change are taken over."""
    rules = rules or Rules()
    reusable = (
        previous if previous is not None and _comparable(previous, projection, rules) else None
    )
    rows: dict[str, TargetScore] = {}
    met: dict[str, Bools] = {}
    for name, target in projection.plan.targets.items():
        if reusable is not None and _unchanged(name, target, projection, reusable):
            rows[name] = reusable.rows[name]
            if name in reusable.met:
                met[name] = reusable.met[name]
            continue
        rows[name], happened = score_row(target, projection, rules)
        if happened is not None:
            met[name] = happened
    return Scorecard(projection, rules, rows, count_met(projection, rules, rows, met), met)


def _comparable(previous: Scorecard, projection: Projection, rules: Rules) -> bool:
    before = previous.projection
    return previous.rules == rules and same_run(
        before, projection.model, projection.scenario, deterministic=projection.deterministic
    )


def _unchanged(name: str, target: Target, projection: Projection, previous: Scorecard) -> bool:
    before = previous.projection
    needed = QUOTA_NEEDS if target.kind == "quota" else (name,)
    return all(
        projection.values.get(quantity) is before.values.get(quantity) for quantity in needed
    )
