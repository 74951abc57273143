"""Which shapes do equations share? Growth, counting, logit steps, weekly hazards, renamed copies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, logit

from simulator.units import Values


@dataclass(frozen=True)
class Named:
    """One equation made of a general form: its own name, and the quantity behind each argument."""

    name: str
    form: Callable[..., Any]
    arguments: dict[str, str]
    sentence: str


def named(name: str, form: Callable[..., Any], sentence: str, **arguments: str) -> Named:
    """Give a general form a name; arguments that keep their own name need not be listed."""
    return Named(name, form, arguments, sentence)


def grown(base: Values, growth: Values) -> Values:
    """A base grown by a relative change; it can vanish but not turn negative."""
    return base * np.maximum(0, 1 + growth)


def previous_level(level: Values, growth: Values) -> Values:
    """The level one year earlier, from a level and its relative growth."""
    return level / (1 + growth)


def planned_level(level: Values, plan_share: Values) -> Values:
    """The level that was planned, from a level and the share of the plan that it reached."""
    return level / plan_share


def counted(amount: Values, whole_counts: bool) -> Values:
    """A count: never negative, and whole where draws are counted (not in the central run)."""
    positive = np.maximum(0, amount)
    return np.rint(positive) if whole_counts else positive


def graduates(pool: Values, chance: Values, noise: Values, whole_counts: bool) -> Values:
    """How many of a pool pass when each passes with the same chance (normal approximation)."""
    expected = pool * chance
    drawn = expected + np.sqrt(expected * (1 - chance)) * noise
    return np.clip(counted(drawn, whole_counts), 0, pool)


def logit_step(baseline: Values, step: Values) -> Values:
    """A percentage moved by `step` points at its baseline's slope, and never out of 0 to 100 (E29).

    A baseline of nobody or everybody has no slope and stays where it is.
    """
    share = baseline / 100
    slope = 100 * share * (1 - share)
    return 100 * expit(logit(share) + step / np.where(slope == 0, 1, slope))


def weekly_probability(hazard: Values) -> Values:
    """The probability that an event of constant hazard happens within one week."""
    return -np.expm1(-hazard)


def payment_curve(month: Values, payment_year_months: Values, exponent: Values) -> Values:
    """The share of the year's payments made by the end of a month, F(t) = (t / year)^exponent.

    `month` counts from the start of the year and may be fractional; the payment year closes
    after its last calendar month, so December is not yet 1.
    """
    return np.clip(month / payment_year_months, 0, 1) ** exponent
