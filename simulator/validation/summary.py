"""How good were the forecasts together? Coverage, skill against references, calibration of chances."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import binomtest, kstest

from simulator.likelihood import likelihoods
from simulator.validation.forecast import LEVELS, Forecast, Scored, ends, spreads_of
from simulator.validation.scores import relative_skill

BINS = 5
"""Columns of the histogram of ranks, as many as some thirty outcomes can fill."""
RESAMPLES = 2000
INTERVAL = 0.9
"""Level of the intervals around skill and coverage."""

Reference = Literal["last", "plan"]
REFERENCES: tuple[Reference, ...] = ("last", "plan")


@dataclass(frozen=True)
class Coverage:
    """How many outcomes lie in their central interval of a level, with a Wilson interval."""

    level: float
    inside: int
    count: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The part that lies inside."""
        return self.inside / self.count


@dataclass(frozen=True)
class Skill:
    """By how much the mean relative CRPS is smaller than a reference's; 0 is as good, 1 perfect."""

    reference: Reference
    count: int
    ours: float
    """Mean CRPS as a part of the last value."""
    theirs: float
    skill: float
    low: float
    high: float
    """The middle nine tenths over resampled outcomes."""
    better: int
    """In how many rows our score is the smaller."""


@dataclass(frozen=True)
class Ranks:
    """Where outcomes fall among their draws, and how far that is from uniform."""

    bins: tuple[int, ...]
    distance: float
    """Largest gap between the distribution of ranks and the uniform one (Kolmogorov-Smirnov)."""
    p_value: float


@dataclass(frozen=True)
class Reliability:
    """Targets that were given one likelihood word: their mean chance, and how many were met."""

    word: str
    count: int
    chance: float
    met: int


@dataclass(frozen=True)
class Chances:
    """Scores of the chances of meeting the plan."""

    count: int
    met: int
    expected: float
    brier: float
    log_score: float
    words: tuple[Reliability, ...]


@dataclass(frozen=True)
class Summary:
    """All scores over a set of outcomes."""

    count: int
    """Forecasts with draws."""
    coverage: tuple[Coverage, ...]
    skill: tuple[Skill, ...]
    """Against each reference that any row has."""
    ranks: Ranks | None
    needed_width: float | None
    """The factor by which the 80% intervals would have had to be wider to hold 80% of outcomes."""
    chances: Chances | None
    interval_brier: tuple[int, float] | None
    """How many bounds were held against what came, and their mean score."""

    def covered(self, level: float) -> Coverage:
        """The coverage of the intervals of one level."""
        return next(found for found in self.coverage if found.level == level)

    def against(self, reference: Reference) -> Skill | None:
        """The skill against one reference."""
        return next((found for found in self.skill if found.reference == reference), None)


def summary(rows: Sequence[Scored], seed: int) -> Summary:
    """Add up the scores of some outcomes; `seed` draws the resamples."""
    forecasts = [row.forecast for row in rows if row.forecast is not None]
    skills = (_skill(rows, reference, seed) for reference in REFERENCES)
    bounds = [row.bounded.interval_brier for row in rows if row.bounded is not None]
    return Summary(
        count=len(forecasts),
        coverage=tuple(_coverage(forecasts, level) for level in LEVELS) if forecasts else (),
        skill=tuple(found for found in skills if found is not None),
        ranks=_ranks([forecast.pit for forecast in forecasts]),
        needed_width=_needed_width(forecasts),
        chances=_chances(rows),
        interval_brier=(len(bounds), float(np.mean(bounds))) if bounds else None,
    )


def _coverage(forecasts: Sequence[Forecast], level: float) -> Coverage:
    inside = sum(forecast.covered[level] for forecast in forecasts)
    found = binomtest(inside, len(forecasts)).proportion_ci(INTERVAL, method="wilson")
    return Coverage(level, inside, len(forecasts), float(found.low), float(found.high))


def _skill(rows: Iterable[Scored], reference: Reference, seed: int) -> Skill | None:
    ours, theirs = [], []
    for row in rows:
        forecast, error = row.forecast, row.error_of(reference)
        if forecast is not None and forecast.scale and error is not None:
            ours.append(forecast.crps / forecast.scale)
            theirs.append(error / forecast.scale)
    if not ours:
        return None
    made, known = np.array(ours), np.array(theirs)
    picks = np.random.default_rng(seed).integers(0, len(made), (RESAMPLES, len(made)))
    resampled = [relative_skill(made[pick], known[pick]) for pick in picks]
    low, high = np.quantile(resampled, ends(INTERVAL), method="nearest")
    return Skill(
        reference=reference,
        count=len(made),
        ours=float(made.mean()),
        theirs=float(known.mean()),
        skill=relative_skill(made, known),
        low=float(low),
        high=float(high),
        better=int(np.sum(made < known)),
    )


def _ranks(pits: Sequence[float]) -> Ranks | None:
    if not pits:
        return None
    bins, _ = np.histogram(pits, bins=BINS, range=(0, 1))
    found = kstest(pits, "uniform")
    return Ranks(tuple(int(count) for count in bins), float(found.statistic), float(found.pvalue))


def _needed_width(forecasts: Sequence[Forecast]) -> float | None:
    off = [abs(row.spreads_off) for row in forecasts if row.spreads_off is not None]
    if not off:
        return None
    level = LEVELS[1]
    return float(np.quantile(off, level, method="inverted_cdf")) / spreads_of(level)


def _chances(rows: Iterable[Scored]) -> Chances | None:
    judged = [row.judged for row in rows if row.judged is not None]
    if not judged:
        return None
    words = []
    for band in likelihoods():
        group = [row for row in judged if row.word == band.code]
        if group:
            chance = float(np.mean([row.chance for row in group]))
            words.append(Reliability(band.code, len(group), chance, sum(row.met for row in group)))
    return Chances(
        count=len(judged),
        met=sum(row.met for row in judged),
        expected=sum(row.chance for row in judged),
        brier=float(np.mean([row.brier for row in judged])),
        log_score=float(np.mean([row.log_score for row in judged])),
        words=tuple(words),
    )
