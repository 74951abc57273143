"""How is disbursement drawn? Curves of payment by fund, bars of what is paid, late money as a table."""

from dataclasses import replace
from math import ceil
from typing import Any, Literal

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Frame, Span, apart, diamond, spans, width_of, wrapped
from simulator.drawing.svg import document, line, polyline, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import (
    Glance,
    dash_text,
    day_text,
    difference,
    end_of_month,
    model_text,
    percent,
    source_text,
    span_text,
    trimmed,
)
from simulator.insight.funds import Fund, Funds, Payments, Total
from simulator.insight.late_money import EXPECTED, LateMoney, Outcome
from simulator.language import Language, say, show, texts, unit_name
from simulator.plan import Plan

Denominator = Literal["allocation", "investment"]

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


def fund_title(fund: Fund, language: Language) -> str:
    """A fund's short name, or its title where the texts have none."""
    if f"funds.short.{fund.name}" in texts():
        return say(f"funds.short.{fund.name}", language)
    return fund.title_vi if language == "vi" else fund.title_en


def billions(amount: float, language: Language) -> str:
    """An amount of money with its unit."""
    return f"{show(amount, 0, language)} {unit_name('billion_vnd', language)}"


def fund_curves(
    funds: Funds, plan: Plan, language: Language, theme: Theme = "light", width: int = 892
) -> Figure:
    """Small multiples: by fund, the share of the year's allocation paid by each month."""
    years = {"base": plan.sheet.base_year, "year": plan.sheet.plan_year}
    panel = (width - TICKS_LEFT - (COLUMNS - 1) * GAP) / COLUMNS
    parts = [_curve_legend(funds, years, language)]
    for at, fund in enumerate(funds.funds):
        row, column = divmod(at, COLUMNS)
        left = TICKS_LEFT + column * (panel + GAP)
        top = LEGEND + row * (PANEL_HEIGHT + GAP)
        parts.append(_curve_panel(fund, left, top, panel, column == 0, plan, language))
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
        source=_source(funds, plan, language),
    )


def _source(funds: Funds, plan: Plan, language: Language) -> str:
    names = [fund.name for fund in funds.funds] + [
        f"{manager}_capital_disbursed" for manager in funds.totals
    ]
    return source_text(plan, names, "E9", funds.draws, language)


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


def _curve_panel(
    fund: Fund,
    left: float,
    top: float,
    width: float,
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
        y_high=1,
    )
    rule = "accent" if moved else "line"
    start = left if not with_ticks else left - TICKS_LEFT
    parts = [
        line((start, top + 1), (left + width, top + 1), colour=rule, width=2),
        text(start, top + 19, fund_title(fund, language), size=13, weight=600),
        spans(start, top + 34, _allocation_line(fund, language), size=11),
        spans(start, top + 48, _disbursed_line(fund, language), size=11),
    ]
    ticks = [0, 0.25, 0.5, 0.75, 1]
    parts.append(frame.grid(ticks))
    if with_ticks:
        parts += [
            text(
                left - 6, frame.y(tick) + 4, f"{100 * tick:g}", anchor="end", size=11, colour="ink3"
            )
            for tick in ticks
        ]
    parts.append(_days(frame, fund, plan, language))
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


def _days(frame: Frame, fund: Fund, plan: Plan, language: Language) -> str:
    """The days under a panel, and a dotted line at the day of the base year's point."""
    end = fund.curve[-1].month
    places = {0.0: end_of_month(plan.sheet.plan_year, 0)}
    half = 6
    places[float(half)] = end_of_month(plan.sheet.plan_year, half)
    parts = []
    if fund.base.day is not None and fund.base.month is not None:
        places[fund.base.month] = fund.base.day
        x = frame.x(fund.base.month)
        parts.append(line((x, frame.top), (x, frame.bottom), colour="ink3", dash="1 3"))
    places[end] = end_of_month(plan.sheet.plan_year, ceil(end))
    for month, day in places.items():
        x = frame.x(month)
        parts.append(line((x, frame.bottom), (x, frame.bottom + 3), colour="edge"))
        anchor = "start" if month == 0 else "middle"
        parts.append(
            text(
                x, frame.bottom + 15, day_text(day, language), anchor=anchor, size=11, colour="ink3"
            )
        )
    return "".join(parts)


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


def fund_bars(
    funds: Funds,
    plan: Plan,
    language: Language,
    theme: Theme = "light",
    denominator: Denominator = "allocation",
    width: int = 374,
) -> Figure:
    """What is paid of each fund: within its allocation, or as a share of total investment."""
    ordered = sorted(funds.funds, key=lambda fund: -_whole(fund, denominator))
    names = [fund_title(fund, language) for fund in ordered]
    label = max(0.88 * width_of(name, 12) for name in names) + 8
    numbers = [_bar_numbers(fund, denominator, language) for fund in ordered]
    room = width - label - max(width_of("".join(pair), 12) for pair in numbers[:2]) - 8
    largest = max(_whole(fund, denominator) for fund in ordered) or 1.0
    step = 20
    parts = []
    for at, (fund, (paid, of)) in enumerate(zip(ordered, numbers, strict=True)):
        y = at * step + 4
        scale = room / largest
        filled = scale * _paid(fund, denominator)
        reach = scale * _whole(fund, denominator)
        moved = fund.trend is not None
        parts.append(text(0, y + 11, names[at], weight=600 if moved else 400))
        parts.append(rect(label, y, filled, 13, fill="accent" if moved else "mid"))
        parts.append(rect(label, y, reach, 13, fill="", stroke="edge"))
        after = [Span(paid, weight=600), Span(of, colour="ink2")]
        parts.append(spans(label + reach + 6, y + 11, after))
    y = len(ordered) * step + 10
    parts.append(line((0, y), (width, y)))
    note = _beside(funds, denominator, plan, language)
    for at, sentence in enumerate(wrapped(note, 1.1 * width, 12)):
        parts.append(text(0, y + 18 + 16 * at, sentence, colour="ink2"))
    height = y + 18 + 16 * len(wrapped(note, 1.1 * width, 12)) - 8
    alt = say(
        f"funds.bars.alt_{denominator}",
        language,
        count=len(ordered),
        name=names[0],
        paid=billions(ordered[0].disbursed.p50, language),
        whole=billions(ordered[0].allocation.p50, language),
        share=percent(ordered[0].share_of_investment.p50, 1, language),
    )
    return Figure(
        name=f"disbursed_of_{denominator}",
        title=say(f"funds.bars.title_{denominator}", language),
        subtitle=say(f"funds.bars.subtitle_{denominator}", language, year=plan.sheet.plan_year),
        svg=document(width, height, theme, alt, parts),
        table=bar_table(funds, plan),
        alt=alt,
        source=_source(funds, plan, language),
    )


def _whole(fund: Fund, denominator: Denominator) -> float:
    return fund.allocation.p50 if denominator == "allocation" else fund.share_of_investment.p50


def _paid(fund: Fund, denominator: Denominator) -> float:
    return fund.disbursed.p50 if denominator == "allocation" else fund.share_of_investment.p50


def _bar_numbers(fund: Fund, denominator: Denominator, language: Language) -> tuple[str, str]:
    paid = show(fund.disbursed.p50, 0, language)
    if denominator == "allocation":
        return paid, f" / {show(fund.allocation.p50, 0, language)}"
    return percent(fund.share_of_investment.p50, 1, language), f" ({paid})"


def _beside(funds: Funds, denominator: Denominator, plan: Plan, language: Language) -> str:
    growth = percent(funds.non_state_growth, 1, language)
    return say(
        f"funds.bars.beside_{denominator}",
        language,
        amount=billions(funds.non_state.p50, language),
        growth=f"+{growth}" if funds.non_state_growth > 0 else growth,
        investment=billions(funds.investment.p50, language),
        year=plan.sheet.plan_year,
        base=plan.sheet.base_year,
    )


def bar_table(funds: Funds, plan: Plan) -> pd.DataFrame:
    """Amounts and shares of each fund and of the totals."""
    year = plan.sheet.plan_year
    rows = []
    items: list[Fund | Total] = [*funds.funds, *funds.totals.values()]
    for item in items:
        row: dict[str, Any] = {"fund": item.name}
        for name, amount, unit, scale in (
            ("allocation", item.allocation, "billion_vnd", 1),
            ("disbursed", item.disbursed, "billion_vnd", 1),
            ("disbursed", item.share, "percent_of_allocation", 100),
            ("disbursed", item.share_of_investment, "percent_of_total_investment", 100),
        ):
            for level in ("p10", "p50", "p90"):
                row[f"{name}_{unit}_{level}_{year}"] = scale * getattr(amount, level)
        rows.append(row)
    return pd.DataFrame(rows)


def disbursement_glances(
    funds: Funds, plan: Plan, language: Language, denominator: Denominator = "allocation"
) -> list[Glance]:
    """The numbers above the page: locally managed and all public capital, and the base year."""
    year, base = plan.sheet.plan_year, plan.sheet.base_year
    glances = []
    for name in ("local", "public"):
        total = funds.totals.get(name)
        if total is None:
            continue
        of_allocation = denominator == "allocation"
        share = total.share if of_allocation else total.share_of_investment
        trend = total.trend if of_allocation else total.trend_of_investment
        before = total.base_share if of_allocation else total.base_share_of_investment
        whole = total.allocation if of_allocation else funds.investment
        amounts = span_text(total.disbursed.p10, total.disbursed.p90, 0, language)
        glances.append(
            Glance(
                say(f"funds.glance.{name}", language, year=year),
                billions(total.disbursed.p50, language),
                amounts,
            )
        )
        around = [span_text(100 * share.p10, 100 * share.p90, 0, language)]
        if trend is not None:
            around.append(say("funds.glance.trend", language, share=percent(trend, 1, language)))
        if before is not None:
            around.append(
                say("funds.glance.base", language, year=base, share=percent(before, 1, language))
            )
        glances.append(
            Glance(
                say(
                    f"funds.glance.of_{denominator}",
                    language,
                    amount=billions(whole.p50, language),
                ),
                percent(share.p50, 1, language),
                "; ".join(around),
            )
        )
    return glances


def disbursement_notes(funds: Funds, plan: Plan, language: Language) -> list[str]:
    """What a reader should know of the base year's points and of settings beyond the evidence."""
    notes = []
    latest = _latest(funds)
    base = plan.sheet.base_year
    if latest is not None and latest.base.day is not None and latest.base.estimate is not None:
        notes.append(
            say(
                "funds.note.late",
                language,
                fund=fund_title(latest, language),
                day=day_text(latest.base.day, language),
                year=base,
                paid=show(latest.base.to_date_amount or 0, 3, language),
                allocation=show(latest.base.allocation, 3, language),
                unit=unit_name("billion_vnd", language),
                estimate=trimmed(100 * latest.base.estimate, 1, language),
            )
        )
    notes += [
        say(
            "funds.note.beyond",
            language,
            fund=fund_title(fund, language),
            share=percent(fund.share.p50, 0, language),
        )
        for fund in funds.funds
        if fund.beyond_evidence
    ]
    notes += [
        say(
            "funds.note.contradicts",
            language,
            fund=fund_title(fund, language),
            printed=_figure(fund.base.to_date_printed, language),
            recomputed=percent(
                fund.base.to_date or 0, _decimals(fund.base.to_date_printed), language
            ),
        )
        for fund in funds.funds
        if fund.base.to_date_printed
    ]
    return notes


def _latest(funds: Funds) -> Fund | None:
    """The fund that had paid least of what the office expected of it by the year's end."""

    def pace(base: Payments) -> float:
        return (base.to_date or 0) / (base.estimate or 1)

    dated = [fund for fund in funds.funds if fund.base.to_date is not None and fund.base.estimate]
    return min(dated, key=lambda fund: pace(fund.base), default=None)


def _decimals(printed: str) -> int:
    return len(printed.rstrip("%").partition(",")[2])


def _figure(printed: str, language: Language) -> str:
    return printed if language == "vi" else printed.replace(",", ".")


def late_money_table(
    late: LateMoney, plan: Plan, language: Language, theme: Theme = "light", width: int = 374
) -> Figure:
    """Medians with late money, as now, and in full; differences are those of the shown numbers."""
    rights = [width - 212, width - 162, width - 106, width - 52, float(width)]
    heads = [say(f"funds.late.{key}", language) for key in ("late", "now", "full")]
    parts = [
        text(rights[1], 12, heads[0], anchor="end", size=11, weight=600),
        text(rights[2], 12, heads[1], anchor="end", size=11, weight=600),
        text(width, 12, heads[2], anchor="end", size=11, weight=600),
        line((0, 19), (width, 19), colour="edge"),
    ]
    step = 27
    rows = []
    for at, outcome in enumerate(late.outcomes):
        y = 19 + step * (at + 1)
        decimals = _shown(outcome, plan)
        numbers = [
            difference(outcome.late, outcome.now, decimals, language),
            show(outcome.late, decimals, language),
            show(outcome.now, decimals, language),
            show(outcome.full, decimals, language),
            difference(outcome.full, outcome.now, decimals, language),
        ]
        colours = [_judged(outcome, outcome.late), "ink2", "ink", "ink2"]
        colours.append(_judged(outcome, outcome.full))
        label = say(f"funds.row.{outcome.name}", language, scored=late.scored)
        last = outcome.name == EXPECTED
        parts.append(text(0, y - 9, label, weight=600 if last else 400))
        for right, number, colour in zip(rights, numbers, colours, strict=True):
            weight = 600 if colour == "ink" else 400
            parts.append(text(right, y - 9, number, anchor="end", weight=weight, colour=colour))
        parts.append(line((0, y), (width, y)))
        rows.append(_late_row(outcome, plan))
    foot = _late_foot(late, plan, language)
    top = 19 + step * len(late.outcomes) + 18
    sentences = wrapped(foot, 1.1 * width, 11)
    parts += [text(0, top + 15 * at, s, size=11, colour="ink3") for at, s in enumerate(sentences)]
    growth = next((o for o in late.outcomes if o.name == EXPECTED), late.outcomes[0])
    alt = say(
        "funds.late.alt",
        language,
        late=show(growth.late, 1, language),
        now=show(growth.now, 1, language),
        full=show(growth.full, 1, language),
        scored=late.scored,
    )
    return Figure(
        name="late_money",
        title=say("funds.late.title", language),
        subtitle=say("funds.late.subtitle", language, year=plan.sheet.plan_year),
        svg=document(width, top + 15 * len(sentences) - 8, theme, alt, parts),
        table=pd.DataFrame(rows),
        alt=alt,
        source=model_text("E5, E6, E9, E19, E20, E22", late.draws, language),
    )


def _shown(outcome: Outcome, plan: Plan) -> int:
    if outcome.name == EXPECTED:
        return 1
    target = plan.targets.get(outcome.name)
    printed = target.decimals or 0 if target else 0
    return {"billion_vnd": 0}.get(
        outcome.unit, 2 if outcome.unit.startswith("percent") else printed
    )


def _judged(outcome: Outcome, value: float) -> str:
    if value == outcome.now:
        return "ink2"
    return "accent" if (value > outcome.now) == (outcome.better == "higher") else "warn"


def _late_row(outcome: Outcome, plan: Plan) -> dict[str, Any]:
    return {
        "quantity": outcome.name,
        "unit": outcome.unit or "targets",
        "year": plan.sheet.plan_year,
        "late_funds": outcome.late,
        "now": outcome.now,
        "full_disbursement": outcome.full,
    }


def _late_foot(late: LateMoney, plan: Plan, language: Language) -> str:
    counts = sorted((len(late.late.changes), len(late.full.changes)))
    count = f"{counts[0]}" if counts[0] == counts[1] else f"{counts[0]}–{counts[1]}"
    sentences = [
        say(
            "funds.late.foot",
            language,
            late=late.late.name,
            full=late.full.name,
            count=count,
        )
    ]
    if late.moves_non_state:
        sentences.append(say("funds.late.foot_non_state", language))
    effect = percent(late.same_year_effect, 0, language)
    sentences.append(say("funds.late.foot_effect", language, share=effect))
    return " ".join(sentences)
