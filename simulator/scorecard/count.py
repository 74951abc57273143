"""How many targets are met together, of the plan and of the Resolution?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.likelihood import likely_from, unlikely_to
from simulator.projection import Projection
from simulator.scorecard.row import Bools, TargetScore, happened_in
from simulator.scorecard.rules import (
    TOLERANCE,
    Rules,
    is_scored,
    known_threshold,
    meets,
    reference_chance,
)

STRUCTURE = ("agriculture_share", "industry_share", "services_share")


@dataclass(frozen=True)
class Distribution:
    """How many targets are met together: the mean, a 90% interval and the chance of each number."""

    mean: float
    p05: int
    p50: int
    p95: int
    chances: tuple[float, ...]

    @classmethod
    def of(cls, met: Bools) -> "Distribution":
        """From joint draws, shape (targets, draws)."""
        numbers = met.sum(axis=0)
        counts = np.bincount(numbers, minlength=met.shape[0] + 1)
        chances = counts / counts.sum()
        cumulative = np.cumsum(counts) / counts.sum()
        p05, p50, p95 = (
            int(np.searchsorted(cumulative, level - TOLERANCE)) for level in (0.05, 0.5, 0.95)
        )
        return cls(float(numbers.mean()), p05, p50, p95, tuple(float(c) for c in chances))


@dataclass(frozen=True)
class Count:
    """What is met together, from joint draws; in the central run only how many are met."""

    scored: int
    met: int | None
    plan: Distribution | None
    judged: int
    resolution_low: Distribution | None
    resolution_high: Distribution | None
    likely_met: tuple[str, ...]
    unlikely: tuple[str, ...]
    cannot_be_said: tuple[str, ...]
    structure: float | None
    """The chance that all structure targets are met in the same draw."""
    outside_view: float
    """How many the report's own record of reaching plans would lead one to expect."""


def count_met(
    projection: Projection,
    rules: Rules,
    rows: Mapping[str, TargetScore],
    met: Mapping[str, Bools],
) -> Count:
    """Count what is met together: the plan's targets, and the Resolution's as two bounds."""
    scored = [name for name, row in rows.items() if is_scored(row.target, row.method)]
    outside = sum(reference_chance(projection.plan) for _ in scored)
    if projection.deterministic:
        number = sum(_central_met(rows[name], projection, rules) for name in scored)
        return Count(len(scored), number, None, 0, None, None, (), (), (), None, outside)
    judged = [name for name in scored if rows[name].resolution is not None]
    low, high = _resolution_draws(judged, rows, met, projection, rules)
    draws = projection.scenario.draws
    plan_met = np.array([met[name] for name in scored], dtype=bool).reshape(len(scored), draws)
    structure = [name for name in STRUCTURE if name in scored]
    return Count(
        scored=len(scored),
        met=None,
        plan=Distribution.of(plan_met),
        judged=len(judged),
        resolution_low=Distribution.of(low) if judged else None,
        resolution_high=Distribution.of(high) if judged else None,
        likely_met=_where(judged, rows, lambda low, _: low >= likely_from()),
        unlikely=_where(judged, rows, lambda _, high: high <= unlikely_to()),
        cannot_be_said=_where(
            judged, rows, lambda low, high: low < likely_from() and high > unlikely_to()
        ),
        structure=(
            float(np.logical_and.reduce([met[name] for name in structure]).mean())
            if len(structure) == len(STRUCTURE)
            else None
        ),
        outside_view=outside,
    )


def _central_met(row: TargetScore, projection: Projection, rules: Rules) -> bool:
    happened = happened_in(row.target, row.method, projection, rules)
    return bool(happened) if happened is not None else False


def _where(
    names: Iterable[str], rows: Mapping[str, TargetScore], holds: Callable[[float, float], bool]
) -> tuple[str, ...]:
    return tuple(name for name in names if holds(*(rows[name].resolution or (0.0, 1.0))))


def _resolution_draws(
    judged: list[str],
    rows: Mapping[str, TargetScore],
    met: Mapping[str, Bools],
    projection: Projection,
    rules: Rules,
) -> tuple[Bools, Bools]:
    """Whether each judged target is surely, and whether it is possibly met, in each draw."""
    low, high = [], []
    for name in judged:
        row = rows[name]
        if row.resolution_bound == "point":
            known = known_threshold(row.target, rules)
            if known is None:
                raise ValueError(f"{name}: a point without a threshold")
            value, strict = known
            hit = meets(
                projection.values[name], value, row.target.sense or "at_least", strict=strict
            )
            low.append(hit)
            high.append(hit)
        elif row.resolution_bound == "at_least":
            low.append(met[name])
            high.append(np.ones_like(met[name]))
        else:
            low.append(np.zeros_like(met[name]))
            high.append(met[name])
    draws = projection.scenario.draws
    return np.array(low, dtype=bool).reshape(-1, draws), np.array(high, dtype=bool).reshape(
        -1, draws
    )
