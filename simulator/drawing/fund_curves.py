"""How is disbursement drawn over the year? Small multiples, one curve a fund."""

from dataclasses import replace
from math import ceil
from typing import Any

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.fund_words import billions, fund_source, fund_title
from simulator.drawing.plot import Frame, Span, apart, diamond, spans, width_of
from simulator.drawing.svg import document, line, polyline, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import dash_text, day_text, end_of_month, percent, trimmed
from simulator.drawing.year_axis import year_axis
from simulator.insight.funds import Fund, Funds
from simulator.language import Language, say, show
from simulator.plan import Plan

COLUMNS = 4
GAP = 16
TICKS_LEFT = 28
PANEL_HEIGHT = 222
HEAD = 58
"""Above the plot of a panel: its title and two lines."""
FOOT = 20
"""Below it: the days."""
END_LABEL = 40
"""Right of it: the share at the end of the year."""
LEGEND = 26
BAND = 0.32
ON_THE_CURVE = 0.03
"""A point less than this below the curve is labelled above it, where there is more room."""
YEAR_END = 12
"""The month whose end the office's estimates are for."""


def fund_curves(
    funds: Funds, plan: Plan, language: Language, theme: Theme = "light", width: int = 892
) -> Figure:
    """Small multiples: by fund, the share of the year's allocation paid by each month."""
    years = {"base": plan.sheet.base_year, "year": plan.sheet.plan_year}
    panel = (width - TICKS_LEFT - (COLUMNS - 1) * GAP) / COLUMNS
    ticks = _ticks(funds)
    parts = [_curve_legend(funds, years, language)]
    for at, fund in enumerate(funds.funds):
        row, column = divmod(at, COLUMNS)
        left = TICKS_LEFT + column * (panel + GAP)
        top = LEGEND + row * (PANEL_HEIGHT + GAP)
        parts.append(_curve_panel(fund, left, top, panel, ticks, column == 0, plan, language))
    rows = ceil(len(funds.funds) / COLUMNS)
    height = LEGEND + rows * (PANEL_HEIGHT + GAP) - GAP
    title = say("funds.curves.title", language)
    end = end_of_month(plan.sheet.plan_year, ceil(funds.funds[0].curve[-1].month))
    by_share = sorted(funds.funds, key=lambda fund: fund.share.p50)
    alt = say(
        "funds.curves.alt",
        language,
        count=len(funds.funds),
        year=years["year"],
        lowest=fund_title(by_share[0], language),
        low=percent(by_share[0].share.p50, 0, language),
        highest=fund_title(by_share[-1], language),
        high=percent(by_share[-1].share.p50, 0, language),
    )
    return Figure(
        name="disbursement_by_fund",
        title=title,
        subtitle=say(
            "funds.curves.subtitle",
            language,
            year=years["year"],
            end=f"{day_text(end, language)}/{end.year}"
            if language == "vi"
            else f"{day_text(end, language)} {end.year}",
        ),
        svg=document(width, height, theme, alt, parts),
        table=curve_table(funds, plan),
        alt=alt,
        source=fund_source(funds, plan, language),
    )


def curve_table(funds: Funds, plan: Plan) -> pd.DataFrame:
    """Every point of the curves, and the points of the base year, one a row."""
    rows: list[dict[str, Any]] = []

    def add(fund: str, year: int, series: str, month: float, share: float | None) -> None:
        if share is not None:
            point = {"fund": fund, "year": year, "series": series}
            percents = {"month": round(month, 4), "paid_percent_of_allocation": 100 * share}
            rows.append(point | percents)

    for fund in funds.funds:
        for point in fund.curve:
            for series, share in (
                ("p10", point.paid.p10),
                ("p50", point.paid.p50),
                ("p90", point.paid.p90),
                ("trend_p50", point.trend),
            ):
                add(fund.name, plan.sheet.plan_year, series, point.month, share)
        base = fund.base
        add(fund.name, plan.sheet.base_year, "paid_to_date", base.month or 0, base.to_date)
        series = "office_estimate" if base.estimate_printed else "derived_estimate"
        add(fund.name, plan.sheet.base_year, series, YEAR_END, base.estimate)
    return pd.DataFrame(rows)


def _curve_legend(funds: Funds, years: dict[str, int], language: Language) -> str:
    day = next((fund.base.day for fund in funds.funds if fund.base.day), None)
    y = 12.0
    x = 0.0
    parts: list[str] = []

    def entry(key: str, sign_width: float, **values: object) -> None:
        nonlocal x
        wording = say(key, language, **years, **values)
        parts.append(text(x + sign_width + 6, y, wording, colour="ink2"))
        x += sign_width + 6 + 0.9 * width_of(wording, 12) + 14

    parts.append(rect(0, y - 9, 20, 10, opacity=BAND))
    parts.append(line((0, y - 4), (20, y - 4), colour="accent", width=2))
    entry("funds.legend.plan_year", 20)
    if any(fund.trend is not None for fund in funds.funds):
        parts.append(line((x, y - 4), (x + 20, y - 4), colour="ink2", width=1.5, dash="3 3"))
        entry("funds.legend.trend", 20)
    if day is not None:
        parts.append(diamond(x + 5, y - 4, fill="warn", stroke="warn"))
        entry("funds.legend.to_date", 10, day=day_text(day, language))
    parts.append(diamond(x + 5, y - 4, fill="panel", stroke="warn"))
    year_end = end_of_month(years["base"], YEAR_END)
    entry("funds.legend.estimate", 10, day=day_text(year_end, language))
    return "".join(parts)


def _ticks(funds: Funds) -> list[float]:
    """Quarters of an allocation, up to all of it or as far as a point of the base year lies."""
    bases = [fund.base for fund in funds.funds]
    highest = max(1.0, *(base.to_date or 0 for base in bases), *(b.estimate or 0 for b in bases))
    step = 0.25 if highest <= 2 else 0.25 * ceil(highest)
    return [step * at for at in range(ceil(highest / step - 1e-9) + 1)]


def _curve_panel(
    fund: Fund,
    left: float,
    top: float,
    width: float,
    ticks: list[float],
    with_ticks: bool,
    plan: Plan,
    language: Language,
) -> str:
    moved = fund.trend is not None
    months = [point.month for point in fund.curve]
    frame = Frame(
        left,
        top + HEAD,
        width - END_LABEL,
        PANEL_HEIGHT - HEAD - FOOT,
        x_low=0,
        x_high=months[-1],
        y_low=0,
        y_high=ticks[-1],
    )
    rule = "accent" if moved else "line"
    start = left if not with_ticks else left - TICKS_LEFT
    parts = [
        line((start, top + 1), (left + width, top + 1), colour=rule, width=2),
        text(start, top + 19, fund_title(fund, language), size=13, weight=600),
        spans(start, top + 34, _allocation_line(fund, language), size=11),
        spans(start, top + 48, _disbursed_line(fund, language), size=11),
    ]
    parts.append(frame.grid(ticks))
    if with_ticks:
        parts += [
            text(
                left - 6, frame.y(tick) + 4, f"{100 * tick:g}", anchor="end", size=11, colour="ink3"
            )
            for tick in ticks
        ]
    seen = fund.base.month, fund.base.day
    marked = None if seen[0] is None or seen[1] is None else (seen[0], seen[1])
    parts.append(year_axis(frame, plan.sheet.plan_year, fund.curve[-1].month, marked, language))
    low, mid, high = (
        [getattr(point.paid, level) for point in fund.curve] for level in ("p10", "p50", "p90")
    )
    parts.append(frame.band(months, low, high, opacity=BAND))
    if moved:
        usual = [point.trend or 0 for point in fund.curve]
        dashed = frame.points(months, usual)
        parts.append(polyline(dashed, colour="ink2", width=1.5, dash="3 3"))
    parts.append(polyline(frame.points(months, mid)))
    parts.append(_base_points(fund, frame, language))
    parts.append(_end_labels(fund, frame, language))
    return "".join(parts)


def _allocation_line(fund: Fund, language: Language) -> list[Span]:
    amount = billions(fund.allocation.p50, language)
    return [Span(say("funds.panel.allocation", language, amount=amount), colour="ink2")]


def _disbursed_line(fund: Fund, language: Language) -> list[Span]:
    before, after = say("funds.panel.disbursed", language).split("{amount}")
    return [
        Span(before, colour="ink2"),
        Span(show(fund.disbursed.p50, 0, language), weight=600),
        Span(f"{after} ({dash_text(fund.disbursed, 0, language)})", colour="ink2"),
    ]


def _base_points(fund: Fund, frame: Frame, language: Language) -> str:
    base = fund.base
    parts = []
    if base.month is not None and base.to_date is not None:
        x, y = frame.x(base.month), frame.y(base.to_date)
        decimals = 1
        wording = percent(base.to_date, decimals, language)
        above = base.to_date >= _median_at(fund, base.month) - ON_THE_CURVE
        near_ground = frame.bottom - y < 12
        parts.append(diamond(x, y, fill="warn", stroke="warn"))
        parts.append(
            spans(
                x - 8 if above or near_ground else x + 9,
                y - 4 if above or near_ground else y + 4,
                [Span(wording, weight=600, colour="warn")],
                anchor="end" if above or near_ground else "start",
                halo=True,
            )
        )
    if base.estimate is not None:
        x, y = frame.x(YEAR_END), frame.y(base.estimate)
        parts.append(diamond(x, y, fill="panel", stroke="warn"))
        if _estimate_above(fund):
            pieces = [_estimate_span(fund, language)]
            parts.append(spans(x - 8, y + 4, pieces, anchor="end", size=11, halo=True))
    return "".join(parts)


def _estimate_above(fund: Fund) -> bool:
    return (fund.base.estimate or 0) >= _median_at(fund, YEAR_END)


def _estimate_span(fund: Fund, language: Language) -> Span:
    key = "funds.panel.estimate" if fund.base.estimate_printed else "funds.panel.derived"
    share = trimmed(100 * (fund.base.estimate or 0), 1, language)
    return Span(say(key, language, share=share), colour="warn")


def _median_at(fund: Fund, month: float) -> float:
    """The median curve between its monthly points."""
    for before, after in zip(fund.curve, fund.curve[1:], strict=False):
        if before.month <= month <= after.month:
            way = (month - before.month) / (after.month - before.month)
            return before.paid.p50 + way * (after.paid.p50 - before.paid.p50)
    return fund.share.p50


def _end_labels(fund: Fund, frame: Frame, language: Language) -> str:
    """Right of the plot: the year's share, the trend's, and an estimate below the curve."""
    share = percent(fund.share.p50, 0, language)
    labels = [(fund.share.p50, Span(share, weight=600, colour="accent", size=13))]
    if fund.trend is not None:
        labels.append((fund.trend, Span(percent(fund.trend, 0, language), colour="ink2")))
    if fund.base.estimate is not None and not _estimate_above(fund):
        labels.append((fund.base.estimate, replace(_estimate_span(fund, language), size=11)))
    heights = apart([frame.y(value) for value, _ in labels], 15)
    edge = frame.right + END_LABEL
    return "".join(
        spans(edge, y + 4, [span], anchor="end", halo=True)
        if span.colour == "warn"
        else spans(frame.right + 4, y + 4, [span])
        for y, (_, span) in zip(heights, labels, strict=True)
    )
