"""How is the pig herd's year drawn? The living with their bands, and four series below them."""

from math import ceil
from typing import Any

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Frame, Span, apart, spans, width_of
from simulator.drawing.svg import document, line, nice_ticks, polyline, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import months, source_text, span_text
from simulator.equations.swine_fever import WEEKS
from simulator.insight.herd import Bands, HerdYear
from simulator.language import Language, say, show
from simulator.plan import Plan

SMALL = ("infected", "culled", "empty_pens", "restocked")
OUTER, INNER = 0.25, 0.36
"""How strongly the band from P10 to P90 is painted, and on top of it that from P25 to P75."""
MONTHS = 12
LOWEST_CEILING = 300.0
"""Head: a small panel never stretches a few animals over its height."""


def thousands(head: float, decimals: int, language: Language) -> str:
    """A number of animals in thousands."""
    return show(head / 1000, decimals, language)


def herd_weeks(
    year: HerdYear,
    plan: Plan,
    language: Language,
    theme: Theme = "light",
    width: int = 620,
) -> Figure:
    """The living herd by week with its bands, and below it the ill, culled, empty and restocked."""
    main_height, small_top = 212, 228
    parts = [_living(year, width, main_height, language)]
    parts.append(line((0, small_top - 6), (width, small_top - 6)))
    gap = 12
    small = (width - (len(SMALL) - 1) * gap) / len(SMALL)
    for at, name in enumerate(SMALL):
        bands: Bands = getattr(year, name)
        parts.append(_small(name, bands, at * (small + gap), small_top, small, language))
    last = year.living.last
    alt = say(
        "disease.herd.alt",
        language,
        year=plan.sheet.plan_year,
        start=thousands(year.living.p50[0], 0, language),
        end=thousands(last.p50, 0, language),
        range=span_text(last.p10 / 1000, last.p90 / 1000, 0, language),
        culled=thousands(year.culled.last.p50, 1, language),
    )
    return Figure(
        name="pig_herd_by_week",
        title=say("disease.herd.title", language),
        subtitle=say("disease.herd.subtitle", language, year=plan.sheet.plan_year),
        svg=document(width, small_top + 128, theme, alt, parts),
        table=herd_table(year, plan),
        alt=alt,
        source=source_text(plan, ("pig_herd",), "E14, §5", year.draws, language),
    )


def herd_table(year: HerdYear, plan: Plan) -> pd.DataFrame:
    """All series at their five quantiles, one row for each week-end from 1 January."""
    columns: dict[str, Any] = {"week": range(WEEKS + 1)}
    for name in ("living", *SMALL):
        bands: Bands = getattr(year, name)
        for level in ("p10", "p25", "p50", "p75", "p90"):
            columns[f"{name}_head_{level}_{plan.sheet.plan_year}"] = getattr(bands, level)
    return pd.DataFrame(columns)


def _bands(frame: Frame, bands: Bands) -> str:
    weeks = range(WEEKS + 1)
    return (
        frame.band(weeks, bands.p10, bands.p90, opacity=OUTER)
        + frame.band(weeks, bands.p25, bands.p75, opacity=INNER)
        + polyline(frame.points(weeks, bands.p50))
    )


def _living(year: HerdYear, width: float, height: float, language: Language) -> str:
    bands = year.living
    values = [*bands.p10, *bands.p90]
    if year.pigs_needed is not None:
        values.append(year.pigs_needed)
    low, high = min(values), max(values)
    ticks = nice_ticks(low - (high - low) / 12, high + (high - low) / 12)
    if len(ticks) < 2:
        ticks = [low - 1, low + 1]
    step = ticks[1] - ticks[0]
    bottom = ticks[0] - step if low < ticks[0] else ticks[0]
    top = ticks[-1] + step if high > ticks[-1] else ticks[-1]
    ticks = [bottom + step * at for at in range(round((top - bottom) / step) + 1)]
    legend = 22
    frame = Frame(34, legend + 8, width - 34 - 108, height - legend - 8 - 22, 0, WEEKS, bottom, top)
    decimals = 0 if step >= 1000 else 1
    parts = [_herd_legend(width, language), frame.grid(ticks)]
    parts += [
        text(
            28,
            frame.y(tick) + 4,
            thousands(tick, decimals, language),
            anchor="end",
            size=11,
            colour="ink3",
        )
        for tick in ticks
    ]
    parts.append(_month_axis(frame, language))
    parts.append(_bands(frame, bands))
    parts.append(_needed(year, frame, language))
    parts.append(_end_labels(bands, frame, decimals, language))
    return "".join(parts)


def _herd_legend(width: float, language: Language) -> str:
    wording = say("disease.herd.legend", language)
    left = width - width_of(wording, 12) - 26
    return (
        rect(left, 3, 20, 11, opacity=OUTER)
        + rect(left, 6, 20, 5, opacity=INNER)
        + line((left, 8.5), (left + 20, 8.5), colour="accent", width=2)
        + text(left + 26, 13, wording, colour="ink2")
    )


def _month_axis(frame: Frame, language: Language) -> str:
    names = months(language)
    month = WEEKS / MONTHS
    parts = [line((frame.left, frame.bottom), (frame.right, frame.bottom), colour="edge")]
    for at, name in enumerate(names):
        edge = frame.x(at * month)
        parts.append(line((edge, frame.bottom), (edge, frame.bottom + 4), colour="edge"))
        parts.append(
            text(
                frame.x((at + 1 / 2) * month),
                frame.bottom + 16,
                name,
                anchor="middle",
                size=11,
                colour="ink3",
            )
        )
    parts.append(line((frame.right, frame.bottom), (frame.right, frame.bottom + 4), colour="edge"))
    return "".join(parts)


def _needed(year: HerdYear, frame: Frame, language: Language) -> str:
    if year.pigs_needed is None:
        return ""
    y = frame.y(year.pigs_needed)
    wording = say("disease.herd.needed", language, pigs=thousands(year.pigs_needed, 0, language))
    return line((frame.left, y), (frame.right, y), colour="ink", width=1.5, dash="5 3") + spans(
        frame.left + 6, y - 6, [Span(wording, weight=600)], halo=True
    )


def _end_labels(bands: Bands, frame: Frame, decimals: int, language: Language) -> str:
    last = bands.last
    entries = (
        (last.p90, "P90", 400, "ink2"),
        (last.p50, say("disease.herd.median", language), 600, "accent"),
        (last.p10, "P10", 400, "ink2"),
    )
    heights = apart([frame.y(value) for value, *_ in entries], 15)
    parts = []
    for y, (value, name, weight, colour) in zip(heights, entries, strict=True):
        wording = f"{thousands(value, decimals, language)} {name}"
        parts.append(text(frame.right + 6, y + 4, wording, weight=weight, colour=colour))
    return "".join(parts)


def _small(
    name: str, bands: Bands, left: float, top: float, width: float, language: Language
) -> str:
    high = max(*bands.p90, LOWEST_CEILING)
    step = nice_ticks(0, high, 3)[1]
    ticks = [step * at for at in range(ceil(high / step - 1e-9) + 1)]
    frame = Frame(left + 24, top + 44, width - 28, 62, 0, WEEKS, 0, ticks[-1])
    decimals = 0 if step >= 1000 else 1
    last = bands.last
    numbers = [
        Span(say("disease.herd.year_end", language) + " ", colour="ink2"),
        Span(_brief(last.p50, language), weight=600),
        Span(f" ({_brief(last.p10, language)}–{_brief(last.p90, language)})", colour="ink2"),
    ]
    parts = [
        text(left, top + 14, say(f"disease.herd.{name}", language), weight=600),
        spans(left, top + 29, numbers, size=11),
        frame.grid(ticks),
    ]
    parts += [
        text(
            left + 20,
            frame.y(tick) + 4,
            thousands(tick, decimals, language),
            anchor="end",
            size=11,
            colour="ink3",
        )
        for tick in ticks
    ]
    parts.append(_bands(frame, bands))
    names = months(language)
    quarter = MONTHS // 4
    for at in range(0, MONTHS, quarter):
        x = frame.x(at * WEEKS / MONTHS)
        parts.append(line((x, frame.bottom), (x, frame.bottom + 3), colour="edge"))
        parts.append(text(x, frame.bottom + 15, names[at], size=11, colour="ink3"))
    return "".join(parts)


def _brief(head: float, language: Language) -> str:
    """Thousands, with a decimal only below ten."""
    return thousands(head, 0 if abs(head) >= 9950 else 1, language)
