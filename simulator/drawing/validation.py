"""How is a validation drawn? Outcomes in their intervals, their ranks, and what each word came to."""

from collections.abc import Sequence

import pandas as pd
from scipy.stats import binom

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Frame, Span, diamond, spans
from simulator.drawing.svg import circle, document, line, rect, shape, text
from simulator.drawing.tokens import Theme
from simulator.insight.naming import unit_of
from simulator.insight.validation import amount, name_of, unit_text, years
from simulator.language import Language, say, show
from simulator.likelihood import likelihoods
from simulator.validation import Chances, Forecast, Scored, Validation

WIDTH = 690
NARROW = 560
FARTHEST = 4.0
"""Spreads from the median at which the picture ends; what lies beyond stands at its edge."""
ROW = 19.0
HALF, EIGHTY = 0.6745, 1.2816
"""Spreads from the median within which half and eight tenths of a normal distribution lie."""
SHORT_UNIT = 8
"""Letters of a unit that stand beside an outcome; longer ones are in the table."""
LIKELY = 0.9
"""Level of the band of column heights that chance alone would give."""


def interval_picture(
    validation: Validation, language: Language, theme: Theme = "light", width: int = WIDTH
) -> Figure:
    """Where each outcome lies in its forecast, measured in the forecast's own spreads."""
    rows = [row for row in validation.rows if row.forecast is not None]
    left, right, top = 232.0, 128.0, 40.0
    height = top + ROW * len(rows) + 22
    frame = Frame(
        left, top, width - left - right, ROW * len(rows), -FARTHEST, FARTHEST, 0, len(rows)
    )
    parts = [
        rect(frame.x(-EIGHTY), top, 2 * (frame.x(EIGHTY) - frame.x(0)), frame.height, opacity=0.22),
        rect(frame.x(-HALF), top, 2 * (frame.x(HALF) - frame.x(0)), frame.height, opacity=0.3),
        line((frame.x(0), top), (frame.x(0), frame.bottom), colour="edge"),
        _legend(frame, language),
    ]
    for at, row in enumerate(rows):
        parts.append(_outcome(validation, row, frame, top + ROW * at + ROW / 2, width, language))
    for tick in (-4, -2, 0, 2, 4):
        label = show(tick, 0, language)
        parts.append(text(frame.x(tick), frame.bottom + 14, label, anchor="middle", size=11))
    _, year = years(validation)
    inside = validation.whole.covered(0.8)
    alt = say(
        "validation.picture.alt",
        language,
        year=year,
        inside=inside.inside,
        count=inside.count,
        outside=", ".join(name_of(validation, row.name, language, short=True) for row in _far(rows))
        or say("validation.picture.none", language),
    )
    return Figure(
        name=f"validation_intervals_{year}",
        title=say("validation.picture.title", language),
        subtitle=say("validation.picture.subtitle", language, year=year),
        svg=document(width, height, theme, alt, parts),
        table=_interval_table(validation, rows),
        alt=alt,
        source=_source(validation, language),
    )


def _far(rows: Sequence[Scored]) -> list[Scored]:
    return [row for row in rows if abs(_off(row)) > FARTHEST]


def _off(row: Scored) -> float:
    return (row.forecast.spreads_off or 0.0) if row.forecast is not None else 0.0


def _legend(frame: Frame, language: Language) -> str:
    x, y = frame.left - 222, 14.0
    pieces = [
        circle(x + 5, y - 4, 4, fill="accent"),
        text(x + 14, y, say("validation.picture.inside", language), size=11),
        diamond(x + 105, y - 4, fill="panel", stroke="warn"),
        text(x + 115, y, say("validation.picture.outside", language), size=11),
    ]
    x += 232
    pieces += [
        line((x, y - 10), (x, y + 2), colour="ink", width=1.5),
        text(x + 7, y, say("validation.picture.plan", language), size=11),
        circle(x + 84, y - 4, 3, stroke="ink3"),
        text(x + 92, y, say("validation.picture.last", language), size=11),
    ]
    for share, edge in ((50, HALF), (80, EIGHTY)):
        pieces.append(
            text(frame.x(edge), frame.top - 6, f"{share}%", anchor="middle", size=11, colour="ink2")
        )
    return "".join(pieces)


def _outcome(
    validation: Validation, row: Scored, frame: Frame, y: float, width: int, language: Language
) -> str:
    forecast = row.forecast
    if forecast is None:
        return ""
    star = " *" if row.outcome.shock else ""
    name = name_of(validation, row.name, language, short=True) + star
    parts = [
        text(frame.left - 10, y + 4, name, anchor="end"),
        line((frame.left, y), (frame.right, y)),
    ]
    for reference, value in (("last", forecast.last), ("plan", forecast.plan)):
        at = None if value is None else spreads_from_median(forecast, value)
        if at is None or abs(at) > FARTHEST:
            continue
        if reference == "last":
            parts.append(circle(frame.x(at), y, 3, stroke="ink3"))
        else:
            parts.append(line((frame.x(at), y - 6), (frame.x(at), y + 6), colour="ink", width=1.5))
    off = forecast.spreads_off or 0.0
    at = max(-FARTHEST, min(FARTHEST, off))
    if forecast.covered[0.8]:
        parts.append(circle(frame.x(at), y, 4.5, fill="accent"))
    else:
        parts.append(diamond(frame.x(at), y, fill="panel", stroke="warn"))
    if abs(off) > FARTHEST:
        label, anchor = show(off, 1, language), "start" if off < 0 else "end"
        parts.append(
            spans(
                frame.x(at) + (9 if off < 0 else -9),
                y + 4,
                [Span(label, 600, "warn")],
                anchor=anchor,
                halo=True,
                size=11,
            )
        )
    came = amount(validation, row.name, row.outcome.value, language)
    unit = unit_text(validation, row.name, language).partition(",")[0]
    if unit and len(unit) <= SHORT_UNIT:
        came += unit if unit.startswith(("%", "‰")) else f" {unit}"
    parts.append(text(width, y + 4, came, anchor="end", size=11, colour="ink2"))
    return "".join(parts)


def spreads_from_median(forecast: Forecast, value: float) -> float | None:
    """How far a value lies from the median, in spreads of its side."""
    low, high = forecast.middle_eighty
    side = high - forecast.median if value > forecast.median else forecast.median - low
    return None if side <= 0 else (value - forecast.median) / side * EIGHTY


def _interval_table(validation: Validation, rows: Sequence[Scored]) -> pd.DataFrame:
    base, year = years(validation)
    model = validation.card.projection.model
    forecasts = [row.forecast for row in rows if row.forecast is not None]
    return pd.DataFrame(
        {
            "name": [row.name for row in rows],
            "unit": [unit_of(model, row.name) for row in rows],
            f"p10_{year}": [forecast.middle_eighty[0] for forecast in forecasts],
            f"p50_{year}": [forecast.median for forecast in forecasts],
            f"p90_{year}": [forecast.middle_eighty[1] for forecast in forecasts],
            f"outcome_{year}": [row.outcome.value for row in rows],
            f"plan_{year}": [forecast.plan for forecast in forecasts],
            f"value_{base}": [forecast.last for forecast in forecasts],
            "spreads_off": [forecast.spreads_off for forecast in forecasts],
            "rank": [forecast.pit for forecast in forecasts],
        }
    )


def _source(validation: Validation, language: Language) -> str:
    sheet = validation.card.projection.plan.sheet
    report = sheet.report.vi if language == "vi" else sheet.report.en
    return say("validation.picture.source", language, report=report)


def rank_picture(
    validation: Validation, language: Language, theme: Theme = "light", width: int = NARROW
) -> Figure:
    """How many outcomes fall into each fifth of their forecasts; a good forecast has even columns."""
    ranks = validation.whole.ranks
    bins = ranks.bins if ranks is not None else ()
    total, columns = sum(bins), len(bins)
    even = total / columns
    low, high = binom.interval(LIKELY, total, 1 / columns)
    tallest = max(*bins, float(high)) + 1
    frame = Frame(34, 16, width - 44, 138, 0, columns, 0, tallest)
    parts = [
        rect(
            frame.left,
            frame.y(float(high)),
            frame.width,
            frame.y(float(low)) - frame.y(float(high)),
            fill="sunk",
        ),
        line((frame.left, frame.y(even)), (frame.right, frame.y(even)), colour="edge", dash="4 3"),
    ]
    for at, count in enumerate(bins):
        x, wide = frame.x(at) + 8, frame.width / columns - 16
        parts.append(rect(x, frame.y(count), wide, frame.bottom - frame.y(count), fill="accent"))
        parts.append(
            spans(
                x + wide / 2,
                frame.y(count) - 4,
                [Span(str(count), 600)],
                anchor="middle",
                halo=True,
            )
        )
        ends = f"{show(at / columns, 1, language)}–{show((at + 1) / columns, 1, language)}"
        parts.append(text(x + wide / 2, frame.bottom + 15, ends, anchor="middle", size=11))
    parts.append(line((frame.left, frame.bottom), (frame.right, frame.bottom), colour="edge"))
    parts.append(text(0, frame.y(even) + 4, show(even, 0, language), size=11, colour="ink2"))
    _, year = years(validation)
    alt = say(
        "validation.ranks_picture.alt",
        language,
        bins=", ".join(map(str, bins)),
        even=show(even, 0, language),
    )
    edges = [at / columns for at in range(columns + 1)]
    return Figure(
        name=f"validation_ranks_{year}",
        title=say("validation.ranks_picture.title", language),
        subtitle=say("validation.ranks_picture.subtitle", language, year=year),
        svg=document(width, 176, theme, alt, parts),
        table=pd.DataFrame(
            {
                "rank_from": edges[:-1],
                "rank_to": edges[1:],
                f"outcomes_{year}": list(bins),
                "even": [even] * columns,
            }
        ),
        alt=alt,
        source=_source(validation, language),
    )


def word_picture(
    validation: Validation,
    chances: Chances,
    language: Language,
    theme: Theme = "light",
    width: int = NARROW,
) -> Figure:
    """For each likelihood word, the mean chance that it was given with and the part that was met."""
    bands = {band.code: band for band in likelihoods()}
    left, right, top = 176.0, 92.0, 22.0
    height = top + 26 * len(chances.words) + 22
    frame = Frame(left, top, width - left - right, 26.0 * len(chances.words), 0, 100, 0, 1)
    parts = []
    for tick in (0, 25, 50, 75, 100):
        parts.append(line((frame.x(tick), top), (frame.x(tick), frame.bottom)))
        anchor = "middle"
        parts.append(text(frame.x(tick), frame.bottom + 15, f"{tick}%", anchor=anchor, size=11))
    for at, word in enumerate(chances.words):
        y = top + 26 * at + 13
        band = bands[word.word]
        name = band.vi if language == "vi" else band.en
        given, met = 100 * word.chance, 100 * word.met / word.count
        parts += [
            shape(word.word, 8, y),
            text(22, y + 4, name),
            line((frame.x(given), y), (frame.x(met), y), colour="edge", width=1.5),
            circle(frame.x(given), y, 4, fill="panel", stroke="ink"),
            circle(frame.x(met), y, 5, fill="accent"),
            text(
                width,
                y + 4,
                say("validation.words_picture.met", language, met=word.met, count=word.count),
                anchor="end",
            ),
        ]
    parts += [
        circle(left + 5, 8, 4, fill="panel", stroke="ink"),
        text(left + 14, 12, say("validation.words_picture.given", language), size=11),
        circle(left + 150, 8, 5, fill="accent"),
        text(left + 160, 12, say("validation.words_picture.came", language), size=11),
    ]
    _, year = years(validation)
    alt = say(
        "validation.words_picture.alt",
        language,
        met=chances.met,
        count=chances.count,
        expected=show(chances.expected, 1, language),
    )
    return Figure(
        name=f"validation_words_{year}",
        title=say("validation.words", language),
        subtitle=say("validation.words_picture.subtitle", language, year=year),
        svg=document(width, height, theme, alt, parts),
        table=pd.DataFrame(
            {
                "word": [word.word for word in chances.words],
                "targets": [word.count for word in chances.words],
                f"mean_chance_{year}": [word.chance for word in chances.words],
                f"met_{year}": [word.met for word in chances.words],
            }
        ),
        alt=alt,
        source=_source(validation, language),
    )
