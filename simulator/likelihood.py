"""Which calibrated word belongs to a chance, and how is the chance shown beside it?"""

from dataclasses import dataclass
from functools import cache

from simulator.records import Record, read_table
from simulator.resources import PACKAGE

STEP = 0.05
"""Chances are shown to five points."""


class _Row(Record):
    code: str
    from_chance: float
    vi: str
    en: str


@dataclass(frozen=True)
class Likelihood:
    """A word and the band of chances that it stands for, from `low` up to but without `high`."""

    code: str
    low: float
    high: float
    vi: str
    en: str


@cache
def likelihoods() -> tuple[Likelihood, ...]:
    """The calibrated words, from the most to the least likely."""
    rows = read_table(PACKAGE / "texts" / "likelihood.csv", _Row, ("code",)).values()
    bands: list[Likelihood] = []
    high = float("inf")
    for row in rows:
        bands.append(Likelihood(row.code, row.from_chance, high, row.vi, row.en))
        high = row.from_chance
    return tuple(bands)


def likelihood(chance: float) -> Likelihood:
    """The word for a chance from 0 to 1. Raises ValueError for a chance below 0."""
    for band in likelihoods():
        if chance >= band.low:
            return band
    raise ValueError(f"{chance!r} is not a chance")


LIKELY = "likely"
UNLIKELY = "unlikely"


def likely_from() -> float:
    """The chance from which a target counts as likely met."""
    return next(band.low for band in likelihoods() if band.code == LIKELY)


def unlikely_to() -> float:
    """The chance up to which a target counts as unlikely."""
    return next(band.high for band in likelihoods() if band.code == UNLIKELY)


def shown_chance(chance: float) -> float:
    """The five-point step nearest to a chance among those inside the band of its word.

    Number and word never disagree. The outermost bands, which hold no step but 0 or 1,
    give their inner edge, to be shown as "over" or "under" it.
    """
    band = likelihood(chance)
    steps = [index * STEP for index in range(1, round(1 / STEP))]
    inside = [step for step in steps if band.low <= step + 1e-9 and step < band.high - 1e-9]
    if inside:
        return min(inside, key=lambda step: abs(step - chance))
    return band.low if chance >= 1 / 2 else band.high
