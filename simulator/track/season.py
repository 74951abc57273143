"""What part of a year's money or flow has usually come by a day? The payment curve and seasons."""

import math
from calendar import monthrange
from datetime import date

import numpy as np

from simulator.plan import Plan
from simulator.projection import expected_disbursed_share

MONTHS_OF_A_YEAR = 12


def months_gone(day: date, year: int) -> float:
    """Months of a year gone by at the end of a day; beyond 12 in the year that follows."""
    whole = MONTHS_OF_A_YEAR * (day.year - year) + day.month - 1
    return whole + day.day / monthrange(day.year, day.month)[1]


def payment_months(plan: Plan) -> float | None:
    """The months of the payment year; None where the plan knows no course of payments."""
    known = {"payment_year_months", "disbursement_curve_exponent"} <= plan.parameters.keys()
    return plan.parameter("payment_year_months") if known else None


def paid_share(plan: Plan, day: date) -> float:
    """The part of a fund's year-end total that is usually paid by a day (section 9)."""
    return expected_disbursed_share(plan, months_gone(day, plan.sheet.plan_year))


def season_share(plan: Plan, name: str, day: date) -> float:
    """The part of a flow's year that has usually come by a day; evenly within a month.

    Raises KeyError for a quantity without a season.
    """
    weights = np.broadcast_to(
        plan.parameters[plan.seasons[name].month_weights].number, MONTHS_OF_A_YEAR
    )
    gone = min(max(0.0, months_gone(day, plan.sheet.plan_year)), MONTHS_OF_A_YEAR)
    whole = math.floor(gone)
    if whole == MONTHS_OF_A_YEAR:
        return 1.0
    return float((weights[:whole].sum() + (gone - whole) * weights[whole]) / weights.sum())


def season_spread(plan: Plan, name: str, share: float) -> float:
    """How surely a running total tells the year, in logarithms: not at all at 0, exactly at 1."""
    return math.inf if share <= 0 else plan.seasons[name].half_spread * math.sqrt(1 / share - 1)
