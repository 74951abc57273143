"""How is a quantity spread over its draws: fifty equal dots, a histogram, a fan from the base year?"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.plan_rows import Target
from simulator.projection import Projection
from simulator.scorecard import Rules, Scorecard, meets

DOTS = 50
LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The quantiles of a fan; the outer two and the middle are shown everywhere."""
BINS = 24
"""About how many columns a histogram has; round numbers and the target decide exactly."""
HALVINGS = 60
"""Of an interval: enough for every digit of a number."""
SMALLEST_WIDTH = 1e-9
"""Of the values: draws closer together than this are one column."""


@dataclass(frozen=True)
class Dot:
    """One of fifty equally likely outcomes; `met` is None where there is nothing to meet."""

    value: float
    met: bool | None


@dataclass(frozen=True)
class Bin:
    """Draws from `low` up to `high`, by whether they meet the target; all `missed` if there is none."""

    low: float
    high: float
    missed: int
    met: int


@dataclass(frozen=True)
class Fan:
    """From the base year's value to the quantiles of the plan year."""

    base_year: int
    base: float | None
    plan_year: int
    quantiles: tuple[float, ...]
    """At `LEVELS`."""


@dataclass(frozen=True)
class Spread:
    """A quantity's draws, ready to be drawn in three ways."""

    name: str
    unit: str
    dots: tuple[Dot, ...]
    bins: tuple[Bin, ...]
    fan: Fan
    draws: int
    whole: bool
    """Whether every draw is a whole number, as counts are."""
    boundary: float | None
    """Where draws begin to meet the target; half-way between two whole numbers for counts."""
    target: Target | None

    @property
    def met(self) -> int | None:
        """How many dots meet the target, None where there is nothing to meet."""
        judged = [dot.met for dot in self.dots if dot.met is not None]
        return sum(judged) if judged else None

    @property
    def missed(self) -> int | None:
        """How many dots miss the target."""
        return None if self.met is None else len(self.dots) - self.met


def spread_of(card: Scorecard, name: str) -> Spread | None:
    """The draws of a quantity, judged as the scorecard judges it; None where nothing was drawn."""
    projection = card.projection
    values = projection.values.get(name)
    if projection.deterministic or not isinstance(values, np.ndarray):
        return None
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    row = card.rows.get(name)
    simulated = row is not None and row.method == "simulated" and name in card.met
    met = card.met[name][order] if simulated else None
    whole = bool(np.all(ordered == np.rint(ordered)))
    target = row.target if row is not None else None
    boundary = _boundary(target, card.rules, whole=whole)
    return Spread(
        name=name,
        unit=target.unit if target else projection.model.graph.equations[name].unit,
        dots=_dots(ordered, met),
        bins=_bins(ordered, met, whole, boundary),
        fan=_fan(projection, name, row.base if row is not None else _observed(projection, name)),
        draws=len(ordered),
        whole=whole,
        boundary=boundary,
        target=target,
    )


def _dots(ordered: Any, met: Any) -> tuple[Dot, ...]:
    """Dot k is the draw at the level (k - 1/2) / 50, so that a dot is met when its draw is.

    The number met is then the whole number nearest to 50 times the chance.
    """
    places = [
        math.ceil((2 * at + 1) * len(ordered) / (2 * DOTS)) - 1  # the first draw at the level
        for at in range(DOTS)
    ]
    return tuple(
        Dot(float(ordered[place]), None if met is None else bool(met[place])) for place in places
    )


def _boundary(target: Target | None, rules: Rules, *, whole: bool) -> float | None:
    """Where meeting begins, found by asking; a last printed digit around the target holds it."""
    if target is None or target.target is None:
        return None
    sense = target.sense if target.sense in {"at_least", "at_most"} else None
    if sense is None:
        return target.target
    decimals = target.decimals or 0
    reach = 1.0 if whole else 10.0**-decimals
    outside = -reach if sense == "at_least" else reach
    missed, met = target.target + outside, target.target - outside
    for _ in range(HALVINGS):
        middle = (missed + met) / 2
        happens = meets(
            middle,
            target.target,
            sense,
            decimals,
            strict=bool(target.strict),
            rounding=rules.rounding,
        )
        missed, met = (missed, middle) if happens else (middle, met)
    if not whole:
        return met
    return math.floor(met) + 0.5 if sense == "at_most" else math.ceil(met) - 0.5


def _bins(ordered: Any, met: Any, whole: bool, boundary: float | None) -> tuple[Bin, ...]:
    """Columns of a round width that hold every draw, each wholly met or wholly missed."""
    low, high = float(ordered[0]), float(ordered[-1])
    if whole:
        width = max(1.0, float(math.ceil((high - low) / BINS)))
        anchor = math.floor(low if boundary is None else boundary) + 0.5
    else:
        width = _round_width((high - low) / BINS)
        anchor = _switch(ordered, met, low if boundary is None else boundary)
    if not math.isfinite(width) or width <= SMALLEST_WIDTH * max(abs(low), abs(high)):
        return (Bin(low, high, *_split(met, 0, len(ordered))),)
    first = math.floor((low - anchor) / width)
    last = math.floor((high - anchor) / width)
    edges = [anchor + at * width for at in range(first, last + 2)]
    places = np.searchsorted(ordered, edges, side="left")
    places[0], places[-1] = 0, len(ordered)
    return tuple(
        Bin(edges[at], edges[at + 1], *_split(met, int(places[at]), int(places[at + 1])))
        for at in range(len(edges) - 1)
    )


def _switch(ordered: Any, met: Any, otherwise: float) -> float:
    """The first draw whose verdict differs from the lowest draw's: rounding puts it near the target."""
    if met is None or met.all() or not met.any():
        return otherwise
    return float(ordered[np.argmax(met != met[0])])


def _round_width(raw: float) -> float:
    """The nearest 1, 2 or 5 times a power of ten that is no smaller; 0 where there is no width."""
    if not raw > np.finfo(float).tiny:
        return 0.0
    power = 10.0 ** math.floor(math.log10(raw))
    return next((power * step for step in (1, 2, 5) if power * step >= raw), 10 * power)


def _split(met: Any, start: int, stop: int) -> tuple[int, int]:
    inside = 0 if met is None else int(met[start:stop].sum())
    return stop - start - inside, inside


def _observed(projection: Projection, name: str) -> float | None:
    """The base year's value of a quantity that is no target."""
    value = projection.model.constants.get(f"{name}_base")
    return None if value is None or np.ndim(value) else float(value)


def _fan(projection: Projection, name: str, base: float | None) -> Fan:
    sheet = projection.plan.sheet
    quantiles = projection.quantiles(name, LEVELS)
    return Fan(sheet.base_year, base, sheet.plan_year, tuple(quantiles))
