"""How is a target read: met, in scope, above which threshold, and judged by what?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from simulator.plan import Plan
from simulator.plan_rows import Target, Verdict
from simulator.projection import Projection
from simulator.thresholds import Threshold

DECIDED: frozenset[str] = frozenset({"simulated", "observed"})
"""Methods under which draws of the quantity say whether its target is met."""

Method = Literal["simulated", "observed", "reference_class", "prior", "forecast", "not_projected"]

TOLERANCE = 1e-9
"""Of the target: rounding errors of the arithmetic never decide."""

MEETING_VERDICTS = frozenset({"met", "exceeded"})
MISSING_VERDICTS = frozenset({"nearly_met", "not_met"})


@dataclass(frozen=True)
class Rules:
    """How targets are read; the defaults are the report's own reading."""

    rounding: bool = True
    scope: Literal["bullet", "clause"] = "bullet"
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    slack: bool = False
    pool: bool = False


def meets(
    values: Any,
    target: float,
    sense: str,
    decimals: int = 0,
    *,
    strict: bool = False,
    rounding: bool = True,
) -> Any:
    """Whether values meet a target as the report would print them, shape of the values.

    With decimals the printed target is met from half a last digit short of it, unless rounding
    is off. "Over" (strict) wants more than the target. Rounding errors never decide.
    """
    oriented = values - target if sense == "at_least" else target - values
    least = margin(target, decimals, strict=strict, rounding=rounding)
    return oriented > least if strict else oriented >= least


def margin(
    target: float, decimals: int = 0, *, strict: bool = False, rounding: bool = True
) -> float:
    """How far beyond a target a value must lie to meet it, in its unit (see `meets`)."""
    hair = TOLERANCE * abs(target)
    if strict:
        return hair
    return -((10.0**-decimals / 2 if rounding and decimals > 0 else 0.0) + hair)


def method_of(target: Target, projection: Projection) -> tuple[Method, str]:
    """How a target's chance is found, and a code that says why it is not simulated.

    A row that is not simulated is observed once its result was seen; it stays out of counts.
    """
    method, reason = _unseen_method(target, projection)
    judged = method in {"reference_class", "prior", "not_projected"} and target.kind != "neutral"
    return ("observed", "") if judged and target.name in projection.known else (method, reason)


def _unseen_method(target: Target, projection: Projection) -> tuple[Method, str]:
    simulated = target.name in projection.model.graph.equations
    if target.kind == "neutral":
        return ("forecast", "forecast") if simulated else ("not_projected", "missing_inputs")
    if target.kind == "quota":
        return "reference_class", "quota"
    if target.kind == "milestone":
        return ("simulated", "") if simulated else ("prior", "milestone")
    if target.kind == "no_baseline":
        typed = target.name in projection.model.typed_baselines
        return ("simulated", "") if simulated and typed else ("reference_class", "no_baseline")
    return ("simulated", "") if simulated else ("not_projected", "missing_inputs")


def reference_chance(plan: Plan, target: Target | None = None) -> float:
    """The share of comparable plan statements that were reached, with the data's prior."""
    prior = plan.parameter("reference_class_prior")
    kind = "_social" if target is not None and target.reference_class == "social" else ""
    reached = plan.parameter(f"reference_class{kind}_reached")
    statements = plan.parameter(f"reference_class{kind}_statements")
    return (reached + prior) / (statements + 2 * prior)


def is_scored(target: Target, method: Method) -> bool:
    """Whether a row enters the counts: scored by the plan, or given a typed baseline."""
    typed = target.kind == "no_baseline" and not target.scored
    return method == "simulated" and (bool(target.scored) or typed)


def verdict_in_scope(target: Target, rules: Rules) -> Verdict | None:
    """The report's verdict, unless it may judge the whole bullet and only clauses count."""
    if rules.scope == "clause" and target.verdict_scope != "explicit":
        return None
    return target.resolution_verdict


def known_threshold(target: Target, rules: Rules) -> tuple[float, bool] | None:
    """The Resolution's own number where it is printed or published, and whether it is strict."""
    if target.resolution_value is not None:
        return target.resolution_value, bool(target.resolution_strict)
    external = rules.thresholds.get(target.name)
    if external is not None and external.comparable:
        return external.value, external.strict
    return None
