"""How much of each fund is paid, by when in the year, and out of how much?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from simulator.assumptions import to_link
from simulator.equations.investment import FUNDS
from simulator.insight.ranges import Range
from simulator.plan import Plan
from simulator.plan_rows import Fact
from simulator.projection import Projection, expected_disbursed_share
from simulator.scorecard import Scorecard
from simulator.track.season import months_gone
from simulator.units import Values

BEYOND_EVIDENCE = 2
"""A centre further from the catalogue's than this many spreads lies outside the evidence."""


@dataclass(frozen=True)
class Payments:
    """What the report prints of a fund's base year, as shares of that year's allocation."""

    allocation: float
    to_date: float | None = None
    """Recomputed from the amounts."""
    to_date_amount: float | None = None
    to_date_printed: str = ""
    """The share as the report prints it, where it contradicts the report's own amounts."""
    day: date | None = None
    month: float | None = None
    """Months of the payment year gone by that day."""
    estimate: float | None = None
    """The office's estimate of what is paid by the end of the calendar year."""
    estimate_printed: bool = True
    """False where it is what the other funds' estimates leave of a printed total."""


@dataclass(frozen=True)
class CurvePoint:
    """The share of a year's allocation that is paid by the end of a month of the payment year."""

    month: float
    paid: Range
    trend: float | None


@dataclass(frozen=True)
class Fund:
    """A source of public capital as the report lists it; the model may split it into members."""

    name: str
    title_vi: str
    title_en: str
    managed_by: str
    members: tuple[str, ...]
    allocation: Range
    disbursed: Range
    share: Range
    """Disbursed at the end of the payment year, of the allocation."""
    share_of_investment: Range
    trend: float | None
    """The median share of the reference run, where the disbursement was changed against it."""
    beyond_evidence: bool
    curve: tuple[CurvePoint, ...]
    base: Payments


@dataclass(frozen=True)
class Total:
    """Public capital of one manager, or all of it, against two denominators."""

    name: str
    """local, central or public."""
    allocation: Range
    disbursed: Range
    share: Range
    share_of_investment: Range
    trend: float | None
    trend_of_investment: float | None
    base_disbursed: float | None
    base_share: float | None
    base_share_of_investment: float | None


@dataclass(frozen=True)
class Funds:
    """All public capital of a run, with what stands beside it in total investment."""

    funds: tuple[Fund, ...]
    totals: Mapping[str, Total]
    investment: Range
    non_state: Range
    non_state_growth: float
    """The median, against the base year."""
    draws: int


def funds_of(card: Scorecard, reference: Scorecard | None = None) -> Funds | None:
    """Every fund of a run: allocation, disbursement, its curve over the year, and the base year.

    None where the plan lists no funds, or lacks what total investment is made of.

    The curve of the plan year is the fund's year-end share times F(t) / F(end of the payment
    year), F being the usual course of payments (section 9); its band is the tenth and ninetieth
    percentile of the year-end share under the same F, so the timing itself adds no spread. The
    points of the base year are no part of the curve: they are what was paid by the printed date,
    and what the office then expected by 31 December.
    """
    here = card.projection
    if "total_investment" not in here.values:
        return None
    groups = _groups(here)
    if not groups:
        return None
    trend = None if reference is None else reference.projection
    base = _base_year(here.plan, here, groups)
    funds = tuple(_fund(name, members, here, trend, base[name]) for name, members in groups.items())
    totals = {name: _total(name, members, here, trend) for name, members in _managers(here).items()}
    growth = np.divide(
        here.values["non_state_investment"], here.values["non_state_investment_base"]
    )
    return Funds(
        funds,
        totals,
        investment=Range.of(here.values["total_investment"]),
        non_state=Range.of(here.values["non_state_investment"]),
        non_state_growth=float(np.median(growth)) - 1,
        draws=here.scenario.draws,
    )


def _projected(projection: Projection) -> list[str]:
    listed = [name for name, row in projection.plan.funds.items() if row.in_model]
    known = [name for name in listed if name in FUNDS]
    return [name for name in known if f"{name}_disbursed" in projection.values]


def _groups(projection: Projection) -> dict[str, tuple[str, ...]]:
    """The funds as the report lists them, each with its members in the model."""
    rows = projection.plan.funds

    def listed(name: str) -> str:
        parent = rows[name].reported_as
        return parent if parent in rows else name

    groups: dict[str, tuple[str, ...]] = {}
    for name in _projected(projection):
        groups[listed(name)] = (*groups.get(listed(name), ()), name)
    return groups


def _managers(projection: Projection) -> dict[str, tuple[str, ...]]:
    names = _projected(projection)
    rows = projection.plan.funds
    managers: dict[str, tuple[str, ...]] = {
        manager: tuple(name for name in names if rows[name].managed_by == manager)
        for manager in dict.fromkeys(rows[name].managed_by for name in names)
    }
    return {**managers, "public": tuple(names)}


def _sum(projection: Projection, members: tuple[str, ...], what: str) -> Values:
    total: Values = 0.0
    for member in members:
        total = total + projection.values[f"{member}_{what}"]
    return total


def _share(part: Values, whole: Values) -> Values:
    """The part of the whole; nothing of nothing."""
    return np.divide(part, np.where(np.equal(whole, 0), 1, whole))


def _median_share(projection: Projection, members: tuple[str, ...]) -> float:
    disbursed = _sum(projection, members, "disbursed")
    return float(np.median(_share(disbursed, _sum(projection, members, "allocation"))))


def _fund(
    name: str,
    members: tuple[str, ...],
    here: Projection,
    trend: Projection | None,
    base: Payments,
) -> Fund:
    row = here.plan.funds[name]
    allocation = _sum(here, members, "allocation")
    disbursed = _sum(here, members, "disbursed")
    share = Range.of(_share(disbursed, allocation))
    changed = trend is not None and any(
        here.settings[_lever(member)] != trend.settings[_lever(member)] for member in members
    )
    before = _median_share(trend, members) if trend is not None and changed else None
    return Fund(
        name=name,
        title_vi=row.title_vi,
        title_en=row.title_en,
        managed_by=row.managed_by,
        members=members,
        allocation=Range.of(allocation),
        disbursed=Range.of(disbursed),
        share=share,
        share_of_investment=Range.of(_share(disbursed, here.values["total_investment"])),
        trend=before,
        beyond_evidence=any(_is_beyond_evidence(member, here) for member in members),
        curve=curve(here.plan, share, before),
        base=base,
    )


def _lever(fund: str) -> str:
    return f"{fund}_disbursement"


def _is_beyond_evidence(fund: str, projection: Projection) -> bool:
    name = _lever(fund)
    catalogue = projection.plan.catalogue
    assumption, spread = catalogue.assumptions[name], catalogue.spread(name)
    centre = projection.settings[name].centre
    if centre == assumption.centre:
        return False
    away = to_link(centre, assumption.link) - to_link(assumption.centre, assumption.link)
    return bool(abs(away) > BEYOND_EVIDENCE * spread)


def curve(plan: Plan, share: Range, trend: float | None = None) -> tuple[CurvePoint, ...]:
    """The share paid by the end of each month of the payment year, which ends at the year's share."""
    end = plan.parameter("payment_year_months")
    whole = expected_disbursed_share(plan, end)
    points = []
    for month in (*range(math.ceil(end)), end):
        paid = expected_disbursed_share(plan, month) / whole
        points.append(
            CurvePoint(
                float(month),
                Range(share.p10 * paid, share.p50 * paid, share.p90 * paid),
                None if trend is None else trend * paid,
            )
        )
    return tuple(points)


def _total(
    name: str, members: tuple[str, ...], here: Projection, trend: Projection | None
) -> Total:
    allocation = _sum(here, members, "allocation")
    disbursed = _sum(here, members, "disbursed")
    base_disbursed = _base_disbursed(name, members, here)
    base_allocation = _sum(here, members, "base_allocation")
    base_investment = here.values.get("total_investment_base")
    before = None
    if trend is not None:
        paid = _sum(trend, members, "disbursed")
        before = float(np.median(_share(paid, trend.values["total_investment"])))
    return Total(
        name=name,
        allocation=Range.of(allocation),
        disbursed=Range.of(disbursed),
        share=Range.of(_share(disbursed, allocation)),
        share_of_investment=Range.of(_share(disbursed, here.values["total_investment"])),
        trend=None if trend is None else _median_share(trend, members),
        trend_of_investment=before,
        base_disbursed=base_disbursed,
        base_share=_ratio(base_disbursed, float(base_allocation)),
        base_share_of_investment=_ratio(base_disbursed, base_investment),
    )


def _ratio(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def _base_disbursed(name: str, members: tuple[str, ...], here: Projection) -> float | None:
    """What was disbursed in the base year by one manager, or by all managers together."""
    managers = dict.fromkeys(here.plan.funds[member].managed_by for member in members)
    names = [*managers] if name == "public" else [name]
    printed = [_printed(here.plan, f"{manager}_capital_disbursed_base") for manager in names]
    return None if None in printed else sum(value for value in printed if value is not None)


def _printed(plan: Plan, input_name: str) -> float | None:
    fact = plan.facts.get(input_name)
    return None if fact is None else fact.value


def _base_year(
    plan: Plan, projection: Projection, groups: Mapping[str, tuple[str, ...]]
) -> dict[str, Payments]:
    """The base year's payments of each fund.

    A fund without an estimate of its own has what the estimates of the other funds leave of
    its manager's printed total: all of it where it is the manager's only fund.
    """
    allocations = {
        name: float(_sum(projection, members, "base_allocation"))
        for name, members in groups.items()
    }
    estimates = {name: _estimate(plan, name, allocations[name]) for name in groups}
    found = {}
    for name in groups:
        estimate, printed = estimates[name], True
        if estimate is None:
            beside = [
                estimates[other]
                for other in groups
                if other != name and plan.funds[other].managed_by == plan.funds[name].managed_by
            ]
            total = _printed(plan, f"{plan.funds[name].managed_by}_capital_disbursed_base")
            printed = not beside
            if total is not None and None not in beside:
                estimate = total - sum(value for value in beside if value is not None)
        found[name] = _payments(plan, name, allocations[name], estimate, printed)
    return found


def _estimate(plan: Plan, name: str, allocation: float) -> float | None:
    amount = plan.funds[name].year_end_estimate
    share = _printed(plan, f"{name}_base_estimate_share")
    return share * allocation if amount is None and share is not None else amount


def _payments(
    plan: Plan, name: str, allocation: float, estimate: float | None, printed: bool
) -> Payments:
    row = plan.funds[name]
    day = date.fromisoformat(row.to_date) if row.to_date else None
    year_end = Payments(allocation, estimate=_ratio(estimate, allocation), estimate_printed=printed)
    to_date = _ratio(row.disbursed_to_date, allocation)
    if day is None or to_date is None:
        return year_end
    return replace(
        year_end,
        to_date=to_date,
        to_date_amount=row.disbursed_to_date,
        to_date_printed=_contradicted(plan.facts.get(f"{name}_base_to_date_share"), to_date),
        day=day,
        month=months_gone(day, day.year),
    )


def _contradicted(fact: Fact | None, recomputed: float) -> str:
    """The printed share where the recomputed one, to as many decimals, differs from it."""
    if fact is None:
        return ""
    figure = fact.printed.rstrip("%")
    decimals = len(figure.partition(",")[2])
    same = round(100 * recomputed, decimals) == round(100 * fact.value, decimals)
    return "" if same else fact.printed
