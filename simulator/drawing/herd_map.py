"""How is the map of biosecurity against restocking drawn, and what does it teach in words?"""

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.herd import thousands
from simulator.drawing.plot import text_on, wrapped
from simulator.drawing.svg import document, line, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import model_text, short_percent
from simulator.insight.herd import HerdMap
from simulator.language import Language, say, show, show_chance
from simulator.likelihood import Likelihood, likelihood, likelihoods, shown_chance
from simulator.plan import Plan

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


def herd_map_picture(
    chart: HerdMap, plan: Plan, language: Language, theme: Theme = "light", width: int = 648
) -> Figure:
    """The chance of the plan's herd, biosecurity upwards and restocking to the right."""
    left, top, cell, height = 62.0, 30.0, 50.0, 38.0
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
    legend, legend_end = _map_legend(chart, side, top, width - side, language)
    parts.append(legend)
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
        svg=document(width, max(top + rows * height, legend_end) + 8, theme, alt, parts),
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


def _map_legend(
    chart: HerdMap, left: float, top: float, width: float, language: Language
) -> tuple[str, float]:
    """What the map's fills and lines mean, what it teaches, and where that ends."""
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
    for sentence in wrapped(lesson_text(chart, language), width, 12):
        parts.append(text(left, y, sentence, colour="ink2"))
        y += 16
    return "".join(parts), y - 16


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
