"""How does one target fare: chance, range, Resolution, distance, and what to do about it?"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

from simulator.likelihood import likelihood, likely_from
from simulator.plan import Plan
from simulator.plan_rows import Target, Verdict
from simulator.projection import Projection
from simulator.scorecard.rules import (
    DECIDED,
    MEETING_VERDICTS,
    MISSING_VERDICTS,
    Method,
    Rules,
    is_scored,
    known_threshold,
    meets,
    method_of,
    reference_chance,
    verdict_in_scope,
)
from simulator.units import Array

Bools = NDArray[np.bool_]
Bound = Literal["at_least", "at_most", "point"]
Action = Literal["keep", "accelerate", "reverse"]

QUOTA_NEEDS = ("human_epidemic", "epidemic_months")
"""What decides how much of a quota's chance is left."""


@dataclass(frozen=True)
class TargetScore:
    """One row of the scorecard. Chances and quantiles are None where there is nothing to draw."""

    target: Target
    base: float | None
    method: Method
    reason: str
    quantiles: tuple[float, float, float] | None
    value: float | None
    """The central run's value; None where draws were made."""
    plan_chance: float | None
    resolution: tuple[float, float] | None
    resolution_bound: Bound | None
    verdict: Verdict | None
    word: str | None
    distance: float | None
    achievement: float | None
    expected_shortfall: float | None
    action: Action | None
    evidence: Literal["A", "B", "C"]
    slack_chance: float | None = None

    @property
    def name(self) -> str:
        """The name of the target, which is that of its quantity."""
        return self.target.name

    @property
    def counted(self) -> bool:
        """Whether the row enters the counts."""
        return is_scored(self.target, self.method)


def score_row(
    target: Target, projection: Projection, rules: Rules
) -> tuple[TargetScore, Bools | None]:
    """One row of the scorecard, and whether its target is met in each draw."""
    method, reason = method_of(target, projection)
    values = projection.values.get(target.name)
    verdict = verdict_in_scope(target, rules)
    central = projection.deterministic
    happened = None if central else happened_in(target, method, projection, rules)
    chance = None if central else _chance(target, method, happened, projection)
    if chance is not None and rules.pool and method == "simulated":
        chance = _pooled(chance, target, projection.plan)
    quantiles = None
    middle = None
    if values is not None and not central:
        p10, p50, p90 = projection.quantiles(target.name, (0.1, 0.5, 0.9))
        quantiles, middle = (p10, p50, p90), p50
    elif values is not None:
        middle = float(values)
    resolution, bound = _resolution(target, method, verdict, chance, values, projection, rules)
    row = TargetScore(
        target=target,
        base=_base(target, projection),
        method=method,
        reason=reason,
        quantiles=quantiles,
        value=middle if central else None,
        plan_chance=chance,
        resolution=resolution,
        resolution_bound=bound,
        verdict=verdict,
        word=None if chance is None else likelihood(chance).code,
        distance=_distance(target, middle),
        achievement=_achievement(target, middle),
        expected_shortfall=None if central else _expected_shortfall(target, values, rules),
        action=_action(target, _base(target, projection), chance, middle),
        evidence=_evidence(target, method, projection),
        slack_chance=(
            None if central else _slack_chance(target, method, verdict, happened, projection, rules)
        ),
    )
    return row, happened


def _base(target: Target, projection: Projection) -> float | None:
    typed = projection.model.typed_baselines
    return typed.get(target.name, target.base)


def happened_in(
    target: Target, method: Method, projection: Projection, rules: Rules
) -> Bools | None:
    """Whether the target is met in each draw; a judged row happens with its chance."""
    if method in DECIDED:
        return _met(target, projection.values[target.name], rules)
    judged = judged_chance(target, method, projection)
    if target.dimension is None or judged is None:
        return None
    chances = judged * _left_of_quotas(target, projection)
    return np.asarray(projection.normals[target.dimension] < ndtri(chances))


def _met(target: Target, values: Any, rules: Rules) -> Bools:
    if target.target is None or target.kind == "milestone":
        return np.asarray(values >= 1)
    return np.asarray(
        meets(
            values,
            target.target,
            target.sense or "at_least",
            target.decimals or 0,
            strict=bool(target.strict),
            rounding=rules.rounding,
        )
    )


def judged_chance(target: Target, method: Method, projection: Projection) -> float | None:
    """The chance of a row that is judged, not simulated, in a year without an epidemic."""
    if method == "prior":
        return target.prior
    return reference_chance(projection.plan, target) if method == "reference_class" else None


def _left_of_quotas(target: Target, projection: Projection) -> Array:
    """What a long epidemic leaves of a quota's chance, in each draw; 1 for all other rows."""
    draws = projection.scenario.draws
    if target.kind != "quota":
        return np.ones(draws)
    plan = projection.plan
    epidemic, months = (projection.values[name] for name in QUOTA_NEEDS)
    disrupted = (epidemic > 0) & (months >= plan.parameter("quota_epidemic_months"))
    return np.where(disrupted, plan.parameter("quota_epidemic_factor"), np.ones(draws))


def _chance(
    target: Target, method: Method, happened: Bools | None, projection: Projection
) -> float | None:
    if method in DECIDED:
        return None if happened is None else float(happened.mean())
    judged = judged_chance(target, method, projection)
    return None if judged is None else judged * float(_left_of_quotas(target, projection).mean())


def _pooled(chance: float, target: Target, plan: Plan) -> float:
    weight = plan.parameter("inside_view_weight")
    outside = reference_chance(plan, target)
    return float(expit(weight * logit(chance) + (1 - weight) * logit(outside)))


def _resolution(
    target: Target,
    method: Method,
    verdict: Verdict | None,
    chance: float | None,
    values: Any,
    projection: Projection,
    rules: Rules,
) -> tuple[tuple[float, float] | None, Bound | None]:
    if chance is None:
        return None, None
    known = known_threshold(target, rules)
    if known is not None and method in DECIDED:
        value, strict = known
        hit = meets(values, value, target.sense or "at_least", strict=strict)
        point = float(np.mean(hit))
        return (point, point), "point"
    if verdict in MEETING_VERDICTS:
        return (chance, 1.0), "at_least"
    if verdict in MISSING_VERDICTS:
        return (0.0, chance), "at_most"
    return None, None


def _distance(target: Target, middle: float | None) -> float | None:
    """How far the middle lies beyond the target, in its unit; negative where it falls short."""
    if middle is None or target.target is None or target.sense is None:
        return None
    return target.target - middle if target.sense == "at_most" else middle - target.target


def _achievement(target: Target, middle: float | None) -> float | None:
    if middle is None or not target.target or target.sense is None:
        return None
    if target.sense == "at_most":
        return target.target / middle if middle else None
    return middle / target.target


def _expected_shortfall(target: Target, values: Any, rules: Rules) -> float | None:
    """The mean amount missing over all draws, zero where the target is met, in its unit."""
    if values is None or target.target is None or target.sense not in {"at_least", "at_most"}:
        return None
    short = target.target - values if target.sense == "at_least" else values - target.target
    return float(np.mean(np.where(_met(target, values, rules), 0, short)))


def _action(
    target: Target, base: float | None, chance: float | None, middle: float | None
) -> Action | None:
    if chance is None:
        return None
    if chance >= likely_from():
        return "keep"
    if middle is not None and base is not None:
        hair = 10.0 ** -(target.decimals or 0) / 2
        ahead = middle - base if target.sense == "at_least" else base - middle
        if ahead < -hair:
            return "reverse"
    return "accelerate"


def _evidence(target: Target, method: Method, projection: Projection) -> Literal["A", "B", "C"]:
    """A: base printed and two years of change known; B: base printed; C: derived or judged."""
    lever = projection.plan.catalogue.assumptions.get(target.lever)
    judged = lever is not None and lever.evidence.startswith("judgement")
    if method not in {"simulated", "forecast"} or target.base is None or target.base_derived:
        return "C"
    if judged and (lever is None or lever.base_value is None):
        return "C"
    facts = projection.plan.facts
    one_year = any(f"{target.name}_base_{kind}" in facts for kind in ("growth", "change"))
    changes = one_year + (f"{target.name}_base_cumulative" in facts)
    return "A" if changes > 1 else "B"


def _slack_chance(
    target: Target,
    method: Method,
    verdict: Verdict | None,
    happened: Bools | None,
    projection: Projection,
    rules: Rules,
) -> float | None:
    """The Resolution's chance if the plan exceeds its number by an exponential slack."""
    judged = rules.slack and verdict in MEETING_VERDICTS and method == "simulated"
    if not judged or happened is None or not target.target:
        return None
    mean = projection.plan.parameter("resolution_slack_mean")
    ratio = projection.values[target.name] / target.target
    missing = 1 - ratio if target.sense == "at_least" else ratio - 1
    return float(np.mean(np.where(happened, 1, np.exp(-np.maximum(0, missing) / mean))))
