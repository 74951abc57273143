"""What does each observation say, how surely, and which ones does a later one replace?"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from simulator.assumptions import Link, to_link
from simulator.observation import Observation
from simulator.projection import Projection
from simulator.track.quantities import drawn, fund_of
from simulator.track.season import paid_share, season_share, season_spread
from simulator.units import Array

EXACT_BAND = 0.1
"""Of a quantity's own spread: so near must a draw come to an exact figure to speak for the rest."""
EXACT_ON_LINK = 1e-6
"""The same for an assumption, in its own spreads: it is reached exactly, so the band may vanish."""
COUNT_BAND = 0.25
"""The same for whole counts: a neighbour speaks hardly at all."""
FURTHEST = 3.0
"""Spreads: an assumption's final figure further out teaches the correlations no more than this."""

Why = Literal["later", "repeated", "contradicts", "final_known", "after_as_of", "season_not_begun"]


@dataclass(frozen=True)
class SetAside:
    """An observation that teaches nothing beside the others, and why."""

    observation: Observation
    why: Why


@dataclass(frozen=True)
class Reading:
    """What an observation says: f(quantity) = level + N(0, spread²), f the scale.

    The level is on the scale, with the usual course of the year and the office's optimism taken out.
    """

    observation: Observation
    quantity: str
    value: float
    """What was seen, in the quantity's own unit."""
    scale: Link
    level: float
    spread: float
    exact: bool = False

    def residuals(self, values: Array) -> Array:
        """How many spreads the reading lies above each value, shape of the values."""
        return (self.level - scaled(values, self.scale)) / self.spread

    @property
    def centre(self) -> float:
        """What the observation alone says of the year's end, in the quantity's own unit."""
        return math.exp(self.level) if self.scale == "log" else self.level


def scaled(values: Array, scale: Link) -> Array:
    """Values on the scale of a reading."""
    if scale == "log":
        return np.log(np.maximum(values, np.finfo(float).tiny))
    if scale == "logit":
        inside = np.clip(values, np.finfo(float).tiny, 1 - np.finfo(float).epsneg)
        return np.log(inside) - np.log1p(-inside)
    return values


def in_order(observations: Iterable[Observation]) -> list[Observation]:
    """Observations in an order of their own, whatever the order in which they came."""
    return sorted(
        observations,
        key=lambda row: (row.date, *vars(row).values()),
    )


def sift(
    observations: Iterable[Observation],
    groups: Mapping[str, tuple[str, ...]],
    as_of: date | None,
    factors: Mapping[str, Mapping[str, float]],
) -> tuple[list[Observation], list[SetAside]]:
    """The observations that teach, in an order of their own, and the others with the reason.

    Running totals of one year hold each other, so their errors are anything but independent:
    where the course of payments errs by independent steps, the last total holds all that the
    earlier ones say of the year's end. The same goes for what an office thinks. So of each
    quantity the latest running total, estimate, result and base value teach, one of each; a fund
    is one quantity, told as an amount or as a share; and a result makes the rest of its year idle.
    Which of two figures for one day is right, nobody can tell from the figures: neither teaches.
    `factors` gives, by quantity and unit, what makes the quantity's own unit of it.
    """
    aside: list[SetAside] = []
    told: dict[tuple[str, str], dict[date, list[Observation]]] = {}
    for row in in_order(observations):
        if as_of is not None and row.date > as_of:
            aside.append(SetAside(row, "after_as_of"))
            continue
        days = told.setdefault((fund_of(row.quantity, groups) or row.quantity, row.kind), {})
        days.setdefault(row.date, []).append(row)
    latest: dict[tuple[str, str], Observation] = {}
    for key, days in told.items():
        for rows in reversed(days.values()):
            torn = {row.quantity for row in rows if _contradicted(row, rows, factors)}
            aside += [SetAside(row, "contradicts") for row in rows if row.quantity in torn]
            sound = [row for row in rows if row.quantity not in torn]
            if key in latest:
                aside += [SetAside(row, "later") for row in sound]
            elif sound:
                aside += [SetAside(row, "repeated") for row in sound[:-1]]
                latest[key] = sound[-1]
    used = []
    for (subject, kind), row in latest.items():
        if kind in {"to_date", "year_end_estimate"} and (subject, "final") in latest:
            aside.append(SetAside(row, "final_known"))
        else:
            used.append(row)
    return in_order(used), aside


def _contradicted(
    row: Observation, rows: Iterable[Observation], factors: Mapping[str, Mapping[str, float]]
) -> bool:
    """Whether another figure of the same quantity says something else."""
    units = factors[row.quantity]
    return any(
        not math.isclose(row.value * units[row.unit], other.value * units[other.unit])
        for other in rows
        if other.quantity == row.quantity
    )


def read(
    told: Observation, prior: Projection, groups: Mapping[str, tuple[str, ...]], factor: float
) -> Reading | None:
    """What an observation says of a projection; None for a flow whose season has not begun.

    `factor` makes the quantity's own unit of the observation's.
    """
    value, plan = told.value * factor, prior.plan
    fund = fund_of(told.quantity, groups)
    if told.kind == "final":
        return _final(told, value, prior, groups)
    if fund is not None:
        errors = plan.fund_errors[fund]
        if told.kind == "to_date":
            level = math.log(value / paid_share(plan, told.date))
            return Reading(told, told.quantity, value, "log", level, errors.to_date_spread)
        level = math.log(value) - errors.estimate_optimism
        return Reading(told, told.quantity, value, "log", level, errors.estimate_spread)
    share = season_share(plan, told.quantity, told.date)
    spread = season_spread(plan, told.quantity, share)
    if math.isinf(spread):
        return None
    if spread == 0:
        return _final(told, value, prior, groups)
    return Reading(told, told.quantity, value, "log", math.log(value / share), spread)


def _final(
    told: Observation, value: float, prior: Projection, groups: Mapping[str, tuple[str, ...]]
) -> Reading:
    name, catalogue = told.quantity, prior.plan.catalogue
    if name in catalogue.assumptions and not prior.settings[name].fixed:
        assumption = catalogue.assumptions[name]
        linked = scaled(np.asarray(prior.values[name]), assumption.link)
        middle, spread = float(np.median(linked)), float(np.std(linked))
        if spread > 0:
            level = to_link(value, assumption.link)
            level = min(max(level, middle - FURTHEST * spread), middle + FURTHEST * spread)
            return Reading(
                told, name, value, assumption.link, level, EXACT_ON_LINK * spread, exact=True
            )
    values = drawn(name, prior.values, groups)
    spread = float(np.std(values))
    if np.all(values == np.rint(values)):
        band = max(COUNT_BAND, EXACT_BAND * spread)
        return Reading(told, name, value, "identity", value, band, exact=True)
    least = np.finfo(float).eps * max(1.0, abs(value))
    return Reading(
        told, name, value, "identity", value, max(EXACT_BAND * spread, least), exact=True
    )
