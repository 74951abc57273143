"""How is the pace of a year drawn? Small multiples: what is usual, what was seen, what is expected."""

from collections.abc import Sequence
from math import ceil
from typing import Any, Literal

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.fund_words import fund_title
from simulator.drawing.pace_words import pace_lines
from simulator.drawing.plot import Frame, Span, apart, diamond, spans, width_of
from simulator.drawing.svg import document, line, polyline, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import percent
from simulator.drawing.year_axis import year_axis
from simulator.insight.course import Course
from simulator.language import Language, say, show
from simulator.plan import Plan

Group = Literal["funds", "flows"]
COLUMNS = 4
GAP, ROW_GAP = 20, 12
TICKS_LEFT = 28
HEAD = 98
"""Above the plot of a panel: its title and its lines of words."""
PLOT, FOOT = 118, 20
END_LABEL = 44
"""Right of a plot: the share at the year's end."""
LEGEND = 26
BAND = 0.32
SMALL, LINE = 11, 14


def pace_figure(
    courses: Sequence[Course],
    group: Group,
    plan: Plan,
    draws: int,
    language: Language,
    theme: Theme = "light",
    width: int = 1286,
) -> Figure | None:
    """The courses of funds or of flows, each as a part of what it is measured against."""
    shown = [course for course in courses if (course.pace.fund is not None) == (group == "funds")]
    if not shown:
        return None
    panel = (width - TICKS_LEFT - (COLUMNS - 1) * GAP) / COLUMNS
    height = HEAD + PLOT + FOOT
    parts = [_legend(language)]
    for at, course in enumerate(shown):
        row, column = divmod(at, COLUMNS)
        left = TICKS_LEFT + column * (panel + GAP)
        top = LEGEND + row * (height + ROW_GAP)
        ticks = _ticks(shown[row * COLUMNS : (row + 1) * COLUMNS])
        parts += _panel(course, left, top, panel, ticks, column == 0, plan, language)
    rows = ceil(len(shown) / COLUMNS)
    year = plan.sheet.plan_year
    slowest = min(shown, key=lambda course: course.middle)
    alt = say(
        f"pace.alt.{group}",
        language,
        count=len(shown),
        year=year,
        seen=sum(bool(course.seen) for course in shown),
        lowest=course_title(slowest, plan, language),
        low=percent(slowest.middle, 0, language),
    )
    return Figure(
        name=f"pace_of_{group}",
        title=say(f"pace.title.{group}", language),
        subtitle=say(f"pace.subtitle.{group}", language, year=year),
        svg=document(width, LEGEND + rows * (height + ROW_GAP) - ROW_GAP, theme, alt, parts),
        table=pace_rows(shown, plan),
        alt=alt,
        source=say("pace.source", language, draws=show(draws, 0, language)),
    )


def course_title(course: Course, plan: Plan, language: Language) -> str:
    """The short name of a fund or flow."""
    if course.pace.fund is not None:
        return fund_title(plan.funds[course.pace.fund], language)
    return plan.targets[course.pace.name].short(language)


def pace_rows(courses: Sequence[Course], plan: Plan) -> pd.DataFrame:
    """Every point of the courses and every figure that was seen, one a row."""
    year = plan.sheet.plan_year
    rows: list[dict[str, Any]] = []
    for course in courses:
        start = {"name": course.pace.name, "year": year, "measured_against": course.pace.whole}
        start["unit"] = course.pace.unit

        def add(series: str, month: float, share: float, start: dict[str, Any] = start) -> None:
            point = {"series": series, "month": round(month, 4), "percent": 100 * share}
            rows.append(start | point)

        for point in course.seen:
            add("seen", point.month, point.share)
        if course.estimate is not None:
            add("office_estimate", course.months[-1], course.estimate)
        ends = (("before_p50", course.before), ("p10", course.low), ("p50", course.middle))
        for series, end in (*ends, ("p90", course.high)):
            for month, share in zip(course.months, course.by_month(end), strict=True):
                if month == int(month):
                    add(series, month, share)
    return pd.DataFrame(rows)


def _ticks(courses: Sequence[Course]) -> list[float]:
    """Quarters of the whole, up to all of it or as far as anything lies."""
    highest = max(
        1.0,
        *(max(course.high, course.before, course.estimate or 0) for course in courses),
        *(point.share for course in courses for point in course.seen),
    )
    step = 0.25 if highest <= 2 else 0.25 * ceil(highest)
    return [step * at for at in range(ceil(highest / step - 1e-9) + 1)]


def _legend(language: Language) -> str:
    y, x = 12.0, 0.0
    parts: list[str] = []

    def entry(key: str, sign_width: float) -> None:
        nonlocal x
        wording = say(key, language)
        parts.append(text(x + sign_width + 6, y, wording, colour="ink2"))
        x += sign_width + 6 + 0.9 * width_of(wording, 12) + 16

    parts.append(rect(0, y - 9, 20, 10, opacity=BAND))
    parts.append(line((0, y - 4), (20, y - 4), colour="accent", width=2))
    entry("pace.legend.after", 20)
    parts.append(line((x, y - 4), (x + 20, y - 4), colour="ink2", width=1.5, dash="3 3"))
    entry("pace.legend.before", 20)
    parts.append(diamond(x + 5, y - 4, fill="warn", stroke="warn"))
    entry("pace.legend.seen", 10)
    parts.append(diamond(x + 5, y - 4, fill="panel", stroke="warn"))
    entry("pace.legend.estimate", 10)
    return "".join(parts)


def _panel(
    course: Course,
    left: float,
    top: float,
    width: float,
    ticks: list[float],
    with_ticks: bool,
    plan: Plan,
    language: Language,
) -> list[str]:
    frame = Frame(
        left,
        top + HEAD,
        width - END_LABEL,
        PLOT,
        x_low=0,
        x_high=course.months[-1],
        y_low=0,
        y_high=ticks[-1],
    )
    start = left - TICKS_LEFT if with_ticks else left
    told = bool(course.seen) or course.estimate is not None
    rule = "accent" if told else "line"
    title = course_title(course, plan, language)
    parts = [
        line((start, top + 1), (left + width, top + 1), colour=rule, width=2),
        text(start, top + 18, title, size=13, weight=600),
    ]
    for at, pieces in enumerate(pace_lines(course, language)):
        parts.append(spans(start, top + 18 + LINE * (at + 1), pieces, size=SMALL))
    parts.append(frame.grid(ticks))
    if with_ticks:
        parts += [
            text(
                left - 6, frame.y(tick) + 4, f"{100 * tick:g}", anchor="end", size=11, colour="ink3"
            )
            for tick in ticks[:: 1 if len(ticks) < 7 else 2]
        ]
    end = ceil(course.months[-1])
    marked = (course.asked, course.pace.day) if 0 < course.asked < end else None
    parts.append(year_axis(frame, plan.sheet.plan_year, end, marked, language))
    parts += _curves(frame, course)
    parts += _seen(frame, course, language)
    return parts


def _curves(frame: Frame, course: Course) -> list[str]:
    months = course.months
    low, middle, high = (course.by_month(end) for end in (course.low, course.middle, course.high))
    parts = [frame.band(months, low, high, opacity=BAND)]
    if course.moved:
        before = frame.points(months, course.by_month(course.before))
        parts.append(polyline(before, colour="ink2", width=1.5, dash="3 3"))
    parts.append(polyline(frame.points(months, middle)))
    return parts


def _seen(frame: Frame, course: Course, language: Language) -> list[str]:
    parts = [
        diamond(frame.x(point.month), frame.y(point.share), fill="warn", stroke="warn")
        for point in course.seen
    ]
    if course.seen:
        last = course.seen[-1]
        x, y = frame.x(last.month), frame.y(last.share)
        wording = percent(last.share, 1, language)
        room = x - frame.left > width_of(wording, 12)
        pieces = [Span(wording, weight=600, colour="warn")]
        anchor = "end" if room else "start"
        parts.append(spans(x - 8 if room else x + 8, y - 4, pieces, anchor=anchor, halo=True))
    ends = [(course.middle, Span(percent(course.middle, 0, language), 600, "accent", 13))]
    before = percent(course.before, 0, language)
    if before != percent(course.middle, 0, language):
        ends.append((course.before, Span(before, colour="ink2")))
    if course.estimate is not None:
        parts.append(
            diamond(frame.right, frame.y(course.estimate), fill="panel", stroke="warn"),
        )
        ends.append((course.estimate, Span(percent(course.estimate, 0, language), colour="warn")))
    heights = apart([frame.y(value) for value, _ in ends], 14)
    parts += [
        spans(frame.right + 8, y + 4, [span]) for y, (_, span) in zip(heights, ends, strict=True)
    ]
    return parts
