"""How are the pig herd's year and the map of biosecurity against restocking drawn?"""

from math import ceil
from typing import Any

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Frame, Span, apart, spans, text_on, width_of, wrapped
from simulator.drawing.svg import document, line, nice_ticks, polyline, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import (
    Glance,
    dash_text,
    model_text,
    months,
    short_percent,
    source_text,
    span_text,
)
from simulator.equations.swine_fever import WEEKS
from simulator.insight.epidemic import Epidemic
from simulator.insight.herd import Bands, HerdMap, HerdYear
from simulator.language import Language, say, show, show_chance
from simulator.likelihood import Likelihood, likelihood, likelihoods, shown_chance
from simulator.plan import Plan

SMALL = ("infected", "culled", "empty_pens", "restocked")
OUTER, INNER = 0.25, 0.36
"""How strongly the band from P10 to P90 is painted, and on top of it that from P25 to P75."""
MONTHS = 12
FILLS = {
    "virtually_certain": ("l5", 1.0),
    "very_likely": ("l5", 1.0),
    "likely": ("l4", 1.0),
    "about_even": ("l3", 0.22),
    "unlikely": ("l2", 0.28),
    "very_unlikely": ("l2", 0.6),
    "exceptionally_unlikely": ("l2", 0.6),
}
"""The token of each likelihood word and how strongly it fills a cell, so that text keeps its contrast."""


def thousands(head: float, decimals: int, language: Language) -> str:
    """A number of animals in thousands."""
    return show(head / 1000, decimals, language)


def herd_weeks(
    year: HerdYear,
    plan: Plan,
    draws: int,
    language: Language,
    theme: Theme = "light",
    width: int = 620,
) -> Figure:
    """The living herd by week with its bands, and below it the ill, culled, empty and restocked."""
    main_height, small_top = 212, 228
    parts = [_living(year, width, main_height, language)]
    parts.append(line((0, small_top - 6), (width, small_top - 6)))
    gap = 18
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
        source=source_text(plan, ("pig_herd",), "E14, §5", draws, language),
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
    frame = Frame(34, legend + 8, width - 34 - 92, height - legend - 8 - 22, 0, WEEKS, bottom, top)
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
    left = width - 0.9 * width_of(wording, 12) - 26
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
    high = max(*bands.p90, 1.0)
    step = nice_ticks(0, high, 3)[1]
    ticks = [step * at for at in range(ceil(high / step - 1e-9) + 1)]
    frame = Frame(left + 24, top + 44, width - 28, 62, 0, WEEKS, 0, ticks[-1])
    decimals = 0 if step >= 1000 else 1 if step >= 100 else 3
    last = bands.last
    numbers = [
        Span(say("disease.herd.year_end", language) + " ", colour="ink2"),
        Span(thousands(last.p50, 1, language), weight=600),
        Span(f" ({dash_text(last, 1, language, 1 / 1000)})", colour="ink2"),
    ]
    parts = [
        text(left, top + 14, say(f"disease.herd.{name}", language), weight=600),
        spans(left, top + 29, numbers, size=11),
        frame.grid(ticks),
    ]
    parts += [
        text(
            left + 19,
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


def herd_map_picture(
    chart: HerdMap, plan: Plan, language: Language, theme: Theme = "light", width: int = 648
) -> Figure:
    """The chance of the plan's herd, biosecurity upwards and restocking to the right."""
    left, top, cell, height = 54.0, 30.0, 50.0, 38.0
    rows, columns = len(chart.biosecurity), len(chart.restocking)
    parts = _map_heads(chart, left, top, cell, height, language)
    for row in range(rows):
        y = top + (rows - 1 - row) * height
        for column in range(columns):
            parts.append(
                _cell(
                    chart.chances[row][column],
                    left + column * cell,
                    y,
                    cell,
                    height,
                    theme,
                    language,
                )
            )
    parts.append(_frontier(chart, left, top, cell, height))
    at_row, at_column = chart.current
    parts.append(
        rect(
            left + at_column * cell + 1,
            top + (rows - 1 - at_row) * height + 1,
            cell - 2,
            height - 2,
            fill="",
            stroke="ink",
            stroke_width=2.5,
        )
    )
    side = left + columns * cell + 28
    parts.append(_map_legend(chart, side, top, width - side, language))
    chance = chart.chances[at_row][at_column]
    best = max(max(row) for row in chart.chances)
    alt = say(
        "disease.map.alt",
        language,
        now=show_chance(chance, language),
        biosecurity=short_percent(chart.biosecurity[at_row], language),
        restocking=short_percent(chart.restocking[at_column], language),
        best=show_chance(best, language),
    )
    return Figure(
        name="biosecurity_and_restocking",
        title=map_title(chart, language),
        subtitle=say("disease.map.subtitle", language, year=plan.sheet.plan_year),
        svg=document(width, top + rows * height + 8, theme, alt, parts),
        table=map_table(chart, plan),
        alt=alt,
        source=model_text("E13, E14, §5", chart.draws, language),
    )


def map_title(chart: HerdMap, language: Language) -> str:
    """What the map teaches, where it does: restocking helps with biosecurity and not without."""
    teaches = chart.low.herd_change <= 0 < chart.high.herd_change
    return say("disease.map.title_lesson" if teaches else "disease.map.title", language)


def map_table(chart: HerdMap, plan: Plan) -> pd.DataFrame:
    """Every cell of the map, one a row."""
    return pd.DataFrame(
        [
            {
                "biosecurity_percent": 100 * secure,
                "restocked_percent_of_empty_pens_a_week": 100 * restocked,
                f"chance_of_the_herd_target_{plan.sheet.plan_year}": chart.chances[row][column],
                "current": (row, column) == chart.current,
            }
            for row, secure in enumerate(chart.biosecurity)
            for column, restocked in enumerate(chart.restocking)
        ]
    )


def _map_heads(
    chart: HerdMap, left: float, top: float, cell: float, height: float, language: Language
) -> list[str]:
    rows = len(chart.biosecurity)
    heads = say("disease.map.rows", language).split("|")
    parts = [
        text(left - 8, top - 18 + 12 * at, word, anchor="end", size=11, colour="ink2")
        for at, word in enumerate(heads)
    ]
    for column, restocked in enumerate(chart.restocking):
        current = column == chart.current[1]
        parts.append(
            text(
                left + (column + 1 / 2) * cell,
                top - 8,
                short_percent(restocked, language),
                anchor="middle",
                weight=600 if current else 400,
            )
        )
    for row, secure in enumerate(chart.biosecurity):
        current = row == chart.current[0]
        parts.append(
            text(
                left - 8,
                top + (rows - row - 1 / 2) * height + 4,
                short_percent(secure, language),
                anchor="end",
                weight=600 if current else 400,
            )
        )
    return parts


def _cell(
    chance: float,
    x: float,
    y: float,
    width: float,
    height: float,
    theme: Theme,
    language: Language,
) -> str:
    colour, strength = FILLS[likelihood(chance).code]
    ink = text_on(theme, colour, strength)
    return rect(x + 1 / 2, y + 1 / 2, width - 1, height - 1, fill=colour, opacity=strength) + text(
        x + width / 2, y + height / 2 + 4, in_tenths(chance, language), anchor="middle", colour=ink
    )


def in_tenths(chance: float, language: Language) -> str:
    """A chance in tenths without the "of ten", for cells: 4,5, or <1 and >9 at the ends."""
    band = likelihood(chance)
    if band.code in {"very_likely", "virtually_certain"}:
        return f">{_tenths(band.low, language)}"
    if band.code in {"very_unlikely", "exceptionally_unlikely"}:
        return f"<{_tenths(band.high, language)}"
    return _tenths(shown_chance(chance), language)


def _tenths(chance: float, language: Language) -> str:
    tenths = round(10 * chance, 1)
    return show(tenths, 0 if tenths == round(tenths) else 1, language)


def _reaches_half(chance: float) -> bool:
    """Whether a cell shows five of ten or more."""
    return shown_chance(chance) >= 1 / 2 - 1e-9


def _frontier(chart: HerdMap, left: float, top: float, cell: float, height: float) -> str:
    """A dashed line between cells that show five of ten or more and those that show less."""
    rows, columns = len(chart.biosecurity), len(chart.restocking)
    parts = []
    for row in range(rows):
        y = top + (rows - 1 - row) * height
        for column in range(columns):
            x = left + column * cell
            here = _reaches_half(chart.chances[row][column])
            if column + 1 < columns and here != _reaches_half(chart.chances[row][column + 1]):
                parts.append(_dashed((x + cell, y), (x + cell, y + height)))
            if row + 1 < rows and here != _reaches_half(chart.chances[row + 1][column]):
                parts.append(_dashed((x, y), (x + cell, y)))
    return "".join(parts)


def _dashed(start: tuple[float, float], end: tuple[float, float]) -> str:
    return line(start, end, colour="ink", width=1.5, dash="3 2")


def _map_legend(chart: HerdMap, left: float, top: float, width: float, language: Language) -> str:
    parts = []
    y = top
    for band in _merged_bands():
        colour, strength = FILLS[band.code]
        word = band.vi if language == "vi" else band.en
        parts.append(rect(left, y, 16, 12, fill=colour, opacity=strength))
        parts.append(text(left + 24, y + 10, word))
        y += 19
    y += 6
    row, column = chart.current
    now = say(
        "disease.map.now",
        language,
        biosecurity=short_percent(chart.biosecurity[row], language),
        restocking=short_percent(chart.restocking[column], language),
    )
    parts.append(rect(left + 1, y + 1, 14, 10, fill="", stroke="ink", stroke_width=2))
    parts.append(text(left + 24, y + 10, now))
    y += 19
    parts.append(_dashed((left, y + 6), (left + 16, y + 6)))
    parts.append(text(left + 24, y + 10, say("disease.map.half", language)))
    y += 32
    for sentence in wrapped(lesson_text(chart, language), 1.1 * width, 12):
        parts.append(text(left, y, sentence, colour="ink2"))
        y += 16
    return "".join(parts)


def _merged_bands() -> list[Likelihood]:
    """One entry for each fill of the map, from the likeliest; the word is the wider band's."""
    ends = {"virtually_certain", "exceptionally_unlikely"}
    return [band for band in likelihoods() if band.code not in ends]


def lesson_text(chart: HerdMap, language: Language) -> str:
    """What restocking twice as fast does without biosecurity and with it."""
    return " ".join(
        say(
            f"disease.map.lesson_{place}",
            language,
            biosecurity=short_percent(lesson.biosecurity, language),
            faster=short_percent(lesson.faster, language),
            restocking=short_percent(lesson.restocking, language),
            herd=_changed(lesson.herd_change, language),
            culled=_changed(lesson.culled_change, language),
        )
        for place, lesson in (("low", chart.low), ("high", chart.high))
    )


def _changed(head: float, language: Language) -> str:
    """A change in words: giảm 0,5 nghìn con."""
    amount = thousands(abs(head), 1, language)
    if amount == thousands(0, 1, language):
        return say("disease.map.unchanged", language)
    return say("disease.map.falls" if head < 0 else "disease.map.rises", language, amount=amount)


def disease_glances(
    year: HerdYear, epidemic: Epidemic, plan: Plan, language: Language
) -> list[Glance]:
    """The numbers above the page: pigs, culls, the herd's chance, and an epidemic among people."""
    living, culled = year.living.last, year.culled.last
    plan_year = plan.sheet.plan_year
    glances = [
        Glance(
            say("disease.glance.pigs", language, year=plan_year),
            thousands(living.p50, 0, language),
            span_text(living.p10 / 1000, living.p90 / 1000, 0, language),
        ),
        Glance(
            say("disease.glance.culled", language, year=plan_year),
            thousands(culled.p50, 1, language),
            span_text(culled.p10 / 1000, culled.p90 / 1000, 1, language),
        ),
    ]
    if year.herd_chance is not None and year.herd_target is not None:
        band = likelihood(year.herd_chance)
        glances.append(
            Glance(
                say("disease.glance.herd", language, target=show(year.herd_target, 0, language)),
                show_chance(year.herd_chance, language),
                band.vi if language == "vi" else band.en,
                likelihood=band.code,
            )
        )
    glances.append(
        Glance(
            say("disease.glance.epidemic", language),
            short_percent(epidemic.chance, language),
            say(
                "disease.glance.epidemic_then",
                language,
                expected=show(epidemic.expected_if_it_comes, 1, language),
                scored=epidemic.scored,
            ),
        )
    )
    return glances
