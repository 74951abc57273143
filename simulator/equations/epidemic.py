"""What does a human epidemic take, month by month and channel by channel? (E32)"""

import numpy as np
from numpy.typing import NDArray

from simulator.forms import named
from simulator.units import MonthOfYear, Months, Probability, Ratio, Share, Values

CHANNELS = (
    "international_visitors",
    "domestic_visitors",
    "retail",
    "exports",
    "imports",
    "services",
    "industry",
    "product_tax",
    "jobs",
)


def monthly_losses(
    months: Months,
    depth: Share,
    start: MonthOfYear,
    sensitivity: Ratio,
    half_life: Months,
    scar_months: Months,
) -> NDArray[np.float64]:
    """The share lost in each of the year's 12 months, on a leading axis of months.

    Months inside the restrictions lose the depth; after them a scar, deeper the longer they
    lasted, fades with its half-life. Both are integrals over the month, so that neither a
    vanishing epidemic nor one that ends mid-month makes a jump.
    """
    shape = np.broadcast(months, depth, start).shape
    month = np.arange(12.0).reshape((12,) + (1,) * len(shape))
    begin = np.clip(start, 1, 12) - 1
    end = begin + months
    inside = np.maximum(0, np.minimum(month + 1, end) - np.maximum(month, begin))
    scar = -np.expm1(-months / scar_months)
    faded = np.exp2(-np.maximum(month - end, 0) / half_life) - np.exp2(
        -np.maximum(month + 1 - end, 0) / half_life
    )
    after = scar * (half_life / np.log(2)) * faded
    losses: NDArray[np.float64] = np.minimum(1, sensitivity * depth * (inside + after))
    return losses


def _epidemic_loss(
    human_epidemic: Probability,
    epidemic_months: Months,
    epidemic_depth: Share,
    epidemic_start: MonthOfYear,
    sensitivity: Ratio,
    half_life: Months,
    seasonality: Share,
    scar_months: Months,
) -> Share:
    if np.ndim(human_epidemic) == 0:
        if human_epidemic == 0:
            return 0.0 * epidemic_months
        losses = monthly_losses(
            epidemic_months, epidemic_depth, epidemic_start, sensitivity, half_life, scar_months
        )
        return human_epidemic * _weighted(seasonality, losses)
    struck = np.flatnonzero(human_epidemic)
    loss = np.zeros(np.shape(human_epidemic))

    def where_struck(values: Values) -> Values:
        return np.broadcast_to(values, loss.shape)[struck]

    losses = monthly_losses(
        where_struck(epidemic_months),
        where_struck(epidemic_depth),
        where_struck(epidemic_start),
        sensitivity,
        half_life,
        scar_months,
    )
    loss[struck] = np.asarray(human_epidemic)[struck] * _weighted(seasonality, losses)
    return loss


def _weighted(seasonality: Share, losses: NDArray[np.float64]) -> Values:
    weights = np.broadcast_to(seasonality, 12)
    total = weights[0] * losses[0]
    for weight, lost in zip(weights[1:], losses[1:], strict=True):
        total = total + weight * lost
    return np.minimum(1, total / weights.sum())


LOSSES = [
    named(
        f"epidemic_loss_{channel}",
        _epidemic_loss,
        "Restrictions and their fading scar take a share of the year (E32).",
        sensitivity=f"epidemic_sensitivity_{channel}",
        half_life=f"epidemic_half_life_{channel}",
        seasonality=(
            "domestic_visitor_seasonality"
            if channel == "domestic_visitors"
            else "uniform_seasonality"
        ),
        scar_months="epidemic_scar_months",
    )
    for channel in CHANNELS
]
