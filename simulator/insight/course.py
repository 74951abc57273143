"""How does a fund or flow run through the year, before and after what was seen of it?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from simulator.observation import Observable, Observation
from simulator.plan import Plan
from simulator.scorecard import Scorecard
from simulator.track import Pace, Tracked, observables
from simulator.track.quantities import PAID_SHARE, drawn, fund_groups
from simulator.track.season import (
    MONTHS_OF_A_YEAR,
    months_gone,
    paid_share,
    payment_months,
    season_share,
)


@dataclass(frozen=True)
class Point:
    """A running total that was reported, as a part of the whole."""

    day: date
    month: float
    share: float


@dataclass(frozen=True)
class Course:
    """A year month by month, each amount as a part of what the year is measured against."""

    pace: Pace
    months: tuple[float, ...]
    usual: tuple[float, ...]
    """The part of the year's end that has usually come by each month."""
    before: float
    """The median of the year's end before anything was seen, as a part of the whole."""
    low: float
    middle: float
    high: float
    """The year's end after everything that was seen: tenth, fiftieth, ninetieth percentile."""
    seen: tuple[Point, ...]
    estimate: float | None
    """The office's own estimate of the year's end, as a part of the whole."""
    asked: float
    """The month of the pace's day."""

    @property
    def moved(self) -> bool:
        """Whether the year's end has another median than before."""
        return self.before != self.middle

    def by_month(self, year_end: float) -> list[float]:
        """The course to a year's end, at each month."""
        return [year_end * share for share in self.usual]


def courses(tracked: Tracked) -> tuple[Course, ...]:
    """The course of every fund and flow whose year is measured against something.

    A fund's year end times F(t) / F(end), F being the usual course of payments; a flow's times
    the part that has usually come in its season (section 9). The timing adds no spread.
    """
    return tuple(_courses(tracked))


def _courses(tracked: Tracked) -> Iterator[Course]:
    plan = tracked.prior.projection.plan
    known = observables(tracked.prior.projection.model)
    told = [*tracked.used, *(row.observation for row in tracked.set_aside if row.why == "later")]
    for pace in tracked.paces:
        if not pace.whole:
            continue
        end = (payment_months(plan) or 0) if pace.fund else float(MONTHS_OF_A_YEAR)
        months = _months(end)
        usual = _usual(pace, plan, months)
        low, middle, high = pace.expected_share or (part / pace.whole for part in pace.expected)
        yield Course(
            pace=pace,
            months=months,
            usual=usual,
            before=_before(pace, tracked.prior),
            low=low,
            middle=middle,
            high=high,
            seen=tuple(_seen(pace, told, known, plan)),
            estimate=None if pace.estimate is None else pace.estimate / pace.whole,
            asked=min(end, max(0.0, months_gone(pace.day, plan.sheet.plan_year))),
        )


def _months(end: float) -> tuple[float, ...]:
    """Halves of a month up to the end, which draw a bend as a bend."""
    return tuple(float(month) for month in np.linspace(0, end, round(2 * end) + 1))


def _usual(pace: Pace, plan: Plan, months: tuple[float, ...]) -> tuple[float, ...]:
    first = date(plan.sheet.plan_year, 1, 1)
    days = [_day(first, month) for month in months]
    if pace.fund is None:
        return tuple(0.0 if day < first else season_share(plan, pace.name, day) for day in days)
    whole = paid_share(plan, days[-1])
    return tuple(0.0 if day < first else paid_share(plan, day) / whole for day in days)


def _day(first: date, month: float) -> date:
    """The day at whose end so many months have gone by; the day before the year for none."""
    whole = int(month)
    year, at = first.year + whole // MONTHS_OF_A_YEAR, whole % MONTHS_OF_A_YEAR + 1
    begin = date(year, at, 1)
    after = date(year + at // MONTHS_OF_A_YEAR, at % MONTHS_OF_A_YEAR + 1, 1)
    return begin + timedelta(days=round((month - whole) * (after - begin).days) - 1)


def _before(pace: Pace, prior: Scorecard) -> float:
    projection = prior.projection
    groups = fund_groups(projection.model)
    name = f"{pace.fund}_{PAID_SHARE}" if pace.fund else pace.name
    middle = float(np.median(drawn(name, projection.values, groups)))
    return middle if pace.fund else middle / pace.whole


def _seen(
    pace: Pace, told: list[Observation], known: Mapping[str, Observable], plan: Plan
) -> Iterator[Point]:
    """The running totals that were reported of a fund or flow, in the order of their days."""
    share = f"{pace.fund}_{PAID_SHARE}"
    names = {pace.name, share} if pace.fund else {pace.name}
    rows = [row for row in told if row.kind == "to_date" and row.quantity in names]
    for row in sorted(rows, key=lambda row: row.date):
        value = row.value * known[row.quantity].units[row.unit]
        month = months_gone(row.date, plan.sheet.plan_year)
        yield Point(row.date, month, value if row.quantity == share else value / pace.whole)
