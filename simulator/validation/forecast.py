"""How did the forecast of one quantity do? Its range, the outcome, its scores and two references."""

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from scipy.special import ndtri

from simulator.likelihood import likelihood
from simulator.scorecard import Scorecard, TargetScore, meets
from simulator.validation.outcomes import Outcome
from simulator.validation.scores import brier, crps, interval_brier, log_score, pit

LEVELS = (0.5, 0.8, 0.9)
"""Central intervals whose coverage is counted."""


@dataclass(frozen=True)
class Forecast:
    """Draws of a quantity held against its outcome; amounts and errors in its unit."""

    quantiles: Mapping[float, float]
    """By level: the ends of all central intervals, and the median."""
    covered: Mapping[float, bool]
    """By level of the interval."""
    pit: float
    outcome: float
    crps: float
    last: float | None
    """The value of the year before, which persistence repeats; its score is its absolute error."""
    plan: float | None
    """The plan's number, taken as a forecast."""
    scale: float | None
    """What errors are divided by before they are added over units: the last value, known before."""

    @property
    def median(self) -> float:
        """The middle of the draws."""
        return self.quantiles[1 / 2]

    @property
    def middle_eighty(self) -> tuple[float, float]:
        """The tenth and the ninetieth percentile."""
        low, high = ends(LEVELS[1])
        return self.quantiles[low], self.quantiles[high]

    @property
    def spreads_off(self) -> float | None:
        """How far the outcome lies from the median, in spreads of its side."""
        return self.spreads_from_median(self.outcome)

    def spreads_from_median(self, value: float) -> float | None:
        """How far a value lies from the median, in spreads of its side; None where that has none."""
        low, high = self.middle_eighty
        side = high - self.median if value > self.median else self.median - low
        return None if side <= 0 else float((value - self.median) / side * spreads_of(LEVELS[1]))


@dataclass(frozen=True)
class Judged:
    """A chance of meeting the plan held against whether it was met."""

    chance: float
    met: bool
    word: str
    brier: float
    log_score: float


@dataclass(frozen=True)
class Bounded:
    """Bounds on the chance of meeting the Resolution held against whether it was met."""

    low: float
    high: float
    met: bool
    interval_brier: float


@dataclass(frozen=True)
class Scored:
    """One outcome with everything that can be said of its forecast."""

    outcome: Outcome
    forecast: Forecast | None
    judged: Judged | None
    bounded: Bounded | None

    @property
    def name(self) -> str:
        """The name of the target or quantity."""
        return self.outcome.name

    def error_of(self, reference: str) -> float | None:
        """The score of a reference, "last" or "plan": a single number's is its absolute error."""
        value = None if self.forecast is None else getattr(self.forecast, reference)
        return None if value is None else abs(value - self.outcome.value)


def ends(level: float) -> tuple[float, float]:
    """The quantile levels between which a central interval lies."""
    return (1 - level) / 2, (1 + level) / 2


def spreads_of(level: float) -> float:
    """Half the width of a central interval of a normal distribution, in its spreads."""
    return float(ndtri(ends(level)[1]))


def hold_against(card: Scorecard, outcome: Outcome) -> Scored:
    """Score the forecast of one quantity of a scorecard."""
    row = card.rows.get(outcome.name)
    return Scored(
        outcome,
        _forecast(card, row, outcome),
        _judged(card, row, outcome),
        _bounded(row, outcome),
    )


def _forecast(card: Scorecard, row: TargetScore | None, outcome: Outcome) -> Forecast | None:
    projection = card.projection
    draws = projection.values.get(outcome.name)
    if draws is None or np.ndim(draws) == 0 or (row is not None and row.quantiles is None):
        return None
    levels = sorted({1 / 2, *(end for level in LEVELS for end in ends(level))})
    quantiles = dict(zip(levels, projection.quantiles(outcome.name, levels), strict=True))
    covered = {
        level: quantiles[ends(level)[0]] <= outcome.value <= quantiles[ends(level)[1]]
        for level in LEVELS
    }
    last = row.base if row else projection.model.constants.get(f"{outcome.name}_base")
    seed = [projection.scenario.seed, crc32(outcome.name.encode())]
    return Forecast(
        quantiles=quantiles,
        covered=covered,
        pit=pit(draws, outcome.value, float(np.random.default_rng(seed).random())),
        outcome=outcome.value,
        crps=crps(draws, outcome.value),
        last=None if last is None else float(last),
        plan=row.target.target if row else None,
        scale=abs(float(last)) if last else None,
    )


def _judged(card: Scorecard, row: TargetScore | None, outcome: Outcome) -> Judged | None:
    if row is None or row.plan_chance is None:
        return None
    chance, met = row.plan_chance, plan_met(row, outcome.value, rounding=card.rules.rounding)
    draws = card.projection.scenario.draws
    word = likelihood(chance).code
    return Judged(chance, met, word, brier(chance, met), log_score(chance, met, draws))


def plan_met(row: TargetScore, value: float, *, rounding: bool = True) -> bool:
    """Whether an outcome meets a target as the plan prints it; a task is met from 1 on."""
    target = row.target
    if target.target is None:
        return value >= 1
    return bool(
        meets(
            value,
            target.target,
            target.sense or "at_least",
            target.decimals or 0,
            strict=bool(target.strict),
            rounding=rounding,
        )
    )


def _bounded(row: TargetScore | None, outcome: Outcome) -> Bounded | None:
    if row is None or row.resolution is None or outcome.resolution_met is None:
        return None
    low, high = row.resolution
    met = bool(outcome.resolution_met)
    return Bounded(low, high, met, interval_brier(low, high, met))
