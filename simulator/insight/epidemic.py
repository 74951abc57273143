"""If an epidemic comes, what does each month lose, channel by channel, and what is still met?"""

from dataclasses import dataclass

import numpy as np

from simulator.assumptions import Setting
from simulator.equations.epidemic import CHANNELS, monthly_losses
from simulator.insight.overlay import expected_met, overlaid
from simulator.projection import Projection
from simulator.scorecard import Scorecard

EPIDEMIC = "human_epidemic"
TRADE = ("exports", "imports")
MONTHS, DEPTH, START = "epidemic_months", "epidemic_depth", "epidemic_start"


@dataclass(frozen=True)
class Loss:
    """What an epidemic takes from channels that it strikes alike."""

    channels: tuple[str, ...]
    months: tuple[float, ...]
    """The share lost in each month of the year."""
    weights: tuple[float, ...]
    """What each month is of a usual year; they sum to 1."""
    year: float
    """The share lost of the year."""


@dataclass(frozen=True)
class Epidemic:
    """An epidemic of the scenario's central length, depth and start."""

    chance: float
    """That it comes at all, as the scenario sets it."""
    months: float
    depth: float
    start: float
    losses: tuple[Loss, ...]
    """From the largest to the smallest."""
    expected_now: float
    expected_if_it_comes: float
    """The expected number of targets met in a year with an epidemic, its form as uncertain as set."""
    growth_now: float
    growth_if_it_comes: float
    """Median GRDP growth, in percent."""
    scored: int
    draws: int


def epidemic_of(card: Scorecard) -> Epidemic:
    """The epidemic that a run holds possible, as if it came."""
    projection = card.projection
    certain = overlaid(card, {EPIDEMIC: Setting(1.0, fixed=True)})
    central = {
        name: projection.plan.catalogue.central(name, projection.settings[name])
        for name in (MONTHS, DEPTH, START)
    }
    growth = [float(np.median(row.projection.values["grdp_growth"])) for row in (card, certain)]
    return Epidemic(
        chance=projection.settings[EPIDEMIC].centre,
        months=central[MONTHS],
        depth=central[DEPTH],
        start=central[START],
        losses=losses(projection, central[MONTHS], central[DEPTH], central[START]),
        expected_now=expected_met(card),
        expected_if_it_comes=expected_met(certain),
        growth_now=growth[0],
        growth_if_it_comes=growth[1],
        scored=card.count.scored,
        draws=projection.scenario.draws,
    )


def losses(projection: Projection, months: float, depth: float, start: float) -> tuple[Loss, ...]:
    """The losses of every channel; exports and imports share a row where nothing tells them apart."""
    found: dict[tuple[object, ...], Loss] = {}
    for channel in CHANNELS:
        equation = projection.model.graph.equations[f"epidemic_loss_{channel}"]
        given = {
            parameter: projection.values[name]
            for parameter, name in _renamed(channel, equation.arguments).items()
        }
        seasonality = np.broadcast_to(given.pop("seasonality"), 12)
        by_month = monthly_losses(months, depth, start, **given)
        weights = seasonality / seasonality.sum()
        together = TRADE if channel in TRADE else (channel,)
        key = (together, *given.values(), *weights.tolist())
        same = found.get(key)
        found[key] = Loss(
            (*(same.channels if same else ()), channel),
            tuple(float(x) for x in by_month),
            tuple(float(x) for x in weights),
            float(min(1, by_month @ weights)),
        )
    return tuple(sorted(found.values(), key=lambda loss: -loss.year))


def _renamed(channel: str, arguments: tuple[str, ...]) -> dict[str, str]:
    """The coefficients of a channel's equation by the parameter of its form."""
    own = {
        "sensitivity": f"epidemic_sensitivity_{channel}",
        "half_life": f"epidemic_half_life_{channel}",
        "scar_months": "epidemic_scar_months",
    }
    (seasonality,) = (name for name in arguments if name.endswith("_seasonality"))
    return own | {"seasonality": seasonality}
