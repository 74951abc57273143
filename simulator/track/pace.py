"""Is the year on course? What is usual by this day, what was seen, and what is needed from here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from scipy.special import ndtri

from simulator.projection import Projection
from simulator.track.conjugate import LogNormal, learned
from simulator.track.quantities import PAID, PAID_SHARE, drawn, fund_groups, fund_of
from simulator.track.readings import Reading, scaled
from simulator.track.season import (
    MONTHS_OF_A_YEAR,
    months_gone,
    paid_share,
    payment_months,
    season_share,
)

TENTH = float(ndtri(0.9))
Range = tuple[float, float, float]
"""Tenth, fiftieth and ninetieth percentile."""


@dataclass(frozen=True)
class Pace:
    """One fund or flow on a day of the year. Amounts are in the quantity's own unit."""

    name: str
    """Of the quantity: `<fund>_disbursed` or a flow."""
    fund: str | None
    unit: str
    day: date
    """Of the running total, where there is one; else the day that is asked about."""
    usual_share: float
    """The part of the year's end that has usually come by the day."""
    whole: float
    """What the year is measured against: a fund's allocation (median), a flow's plan."""
    denominator: Literal["allocation", "plan"]
    seen: float | None
    """The running total."""
    estimate: float | None
    """The office's own estimate of the year's end."""
    implied: float | None
    """The year's end if the rest comes as usual: seen over the usual share."""
    alone: Range | None
    """The year's end from this fund's own figures and its prior, in closed form (section 9)."""
    expected: Range
    """The year's end after everything that was seen."""
    expected_share: Range | None
    """The same as a part of the whole, of each draw's own allocation where that is the whole."""
    share_of_investment: float | None
    """A fund's expected year's end as a part of expected total investment."""
    rate_so_far: float | None
    """A month, from the start of the year."""
    rate_needed: float | None
    """A month from the day on, so that the whole is reached; 0 where it is."""
    months_left: float

    @property
    def seen_share(self) -> float | None:
        """The running total against the whole."""
        return None if self.seen is None or not self.whole else self.seen / self.whole


def paces(
    prior: Projection, posterior: Projection, readings: Sequence[Reading], day: date | None
) -> Iterator[Pace]:
    """Every fund that the report lists and every flow with a season, by a day of the year."""
    if day is None:
        return
    plan, groups = prior.plan, fund_groups(prior.model)
    told = {row.quantity: row for row in readings if row.observation.kind == "to_date"}
    estimates = {row.quantity: row for row in readings if row.observation.kind != "to_date"}
    if payment_months(plan) is not None:
        for fund in _listed(prior, groups):
            yield _fund_pace(fund, prior, posterior, readings, groups, day)
    for name in plan.seasons:
        if name in prior.values and name not in prior.model.constants:
            yield _flow_pace(name, posterior, told.get(name), estimates.get(name), day)


def _listed(projection: Projection, groups: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The funds as the report lists them: a part of another is not one of them."""
    rows = projection.plan.funds
    return [
        name
        for name in groups
        if rows[name].reported_as in ("", name) or rows[name].reported_as not in groups
    ]


def _range(values: object) -> Range:
    low, middle, high = (float(part) for part in np.quantile(np.asarray(values), (0.1, 0.5, 0.9)))
    return low, middle, high


def _fund_pace(
    fund: str,
    prior: Projection,
    posterior: Projection,
    readings: Sequence[Reading],
    groups: Mapping[str, tuple[str, ...]],
    day: date,
) -> Pace:
    plan, name = prior.plan, f"{fund}_{PAID}"
    own = [row for row in readings if fund_of(row.quantity, groups) == fund]
    allocation = _allocation(fund, prior, groups)

    def amount(row: Reading) -> float:
        return row.value * (allocation if row.quantity == f"{fund}_{PAID_SHARE}" else 1)

    kinds = {row.observation.kind: row for row in own}
    told, estimate = kinds.get("to_date"), kinds.get("year_end_estimate")
    final = kinds.get("final")
    seen_on = told.observation.date if told else day
    usual = paid_share(plan, seen_on)
    seen = amount(told) if told else (amount(final) if final else None)
    gone = months_gone(seen_on, plan.sheet.plan_year)
    left = max(0.0, (payment_months(plan) or 0) - gone)
    expected = drawn(name, posterior.values, groups)
    investment = posterior.values.get("total_investment")
    return Pace(
        name=name,
        fund=fund,
        unit="billion_vnd",
        day=seen_on,
        usual_share=usual,
        whole=allocation,
        denominator="allocation",
        seen=seen,
        estimate=amount(estimate) if estimate else None,
        implied=None if told is None else seen_over(seen, usual),
        alone=_alone(fund, prior, own, groups, allocation) if told or estimate else None,
        expected=_range(expected),
        expected_share=_range(drawn(f"{fund}_{PAID_SHARE}", posterior.values, groups)),
        share_of_investment=(
            None if investment is None else float(np.median(expected / investment))
        ),
        rate_so_far=None if seen is None or not gone else seen / gone,
        rate_needed=_needed(seen, allocation, left),
        months_left=left,
    )


def seen_over(seen: float | None, usual: float) -> float | None:
    """The year's end that a running total implies."""
    return None if seen is None or not usual else seen / usual


def _needed(seen: float | None, whole: float, left: float) -> float | None:
    if seen is None or not whole:
        return None
    short = max(0.0, whole - seen)
    return 0.0 if not short else (short / left if left else None)


def _allocation(fund: str, projection: Projection, groups: Mapping[str, tuple[str, ...]]) -> float:
    total = sum(projection.values[f"{member}_allocation"] for member in groups[fund])
    return float(np.median(total))


def _alone(
    fund: str,
    prior: Projection,
    own: Sequence[Reading],
    groups: Mapping[str, tuple[str, ...]],
    allocation: float,
) -> Range:
    """The fund's year end by the closed form, capped at its allocation."""
    paid = scaled(drawn(f"{fund}_{PAID_SHARE}", prior.values, groups), "log")
    share = LogNormal(float(np.exp(np.median(paid))), float(np.std(paid)))
    measured = [
        LogNormal(
            row.centre / (1 if row.quantity == f"{fund}_{PAID_SHARE}" else allocation), row.spread
        )
        for row in own
        if not row.exact
    ]
    after = learned(share, measured)
    low, middle, high = (
        allocation * min(1.0, after.quantile(normal)) for normal in (-TENTH, 0.0, TENTH)
    )
    return low, middle, high


def _flow_pace(
    name: str,
    posterior: Projection,
    told: Reading | None,
    final: Reading | None,
    day: date,
) -> Pace:
    plan = posterior.plan
    target = plan.targets.get(name)
    seen_on = told.observation.date if told else day
    usual = season_share(plan, name, seen_on)
    gone = min(max(0.0, months_gone(seen_on, plan.sheet.plan_year)), MONTHS_OF_A_YEAR)
    seen = told.value if told else (final.value if final else None)
    whole = 0.0 if target is None or target.target is None else target.target
    left = MONTHS_OF_A_YEAR - gone
    return Pace(
        name=name,
        fund=None,
        unit=posterior.model.graph.equations[name].unit,
        day=seen_on,
        usual_share=usual,
        whole=whole,
        denominator="plan",
        seen=seen,
        estimate=None,
        implied=None if told is None else seen_over(seen, usual),
        alone=None,
        expected=_range(posterior.values[name]),
        expected_share=_range(posterior.values[name] / whole) if whole else None,
        share_of_investment=None,
        rate_so_far=None if seen is None or not gone else seen / gone,
        rate_needed=_needed(seen, whole, left),
        months_left=left,
    )
