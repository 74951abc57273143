"""Where do outcomes lie in their forecasts? One row an outcome, measured in the forecast's spreads."""

from collections.abc import Sequence

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Frame, Span, diamond, spans
from simulator.drawing.svg import circle, document, line, rect, text
from simulator.drawing.tokens import Theme
from simulator.insight.naming import unit_of
from simulator.insight.validation import amount, name_of, unit_text, years
from simulator.language import Language, say, show
from simulator.validation import Scored, Validation
from simulator.validation.forecast import spreads_of

WIDTH = 690
FARTHEST = 4.0
"""Spreads from the median at which the picture ends; what lies beyond stands at its edge."""
ROW = 19.0
HALF, EIGHTY = spreads_of(0.5), spreads_of(0.8)
"""Spreads from the median within which half and eight tenths of a normal distribution lie."""
SHORT_UNIT = 8
"""Letters of a unit that stand beside an outcome; longer ones are in the table."""


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
        source=source_of(validation, language),
    )


def _far(rows: Sequence[Scored]) -> list[Scored]:
    return [row for row in rows if abs(_off(row)) > FARTHEST]


def _off(row: Scored) -> float:
    """In spreads; without any, an outcome stands on the median or at the edge of the picture."""
    forecast = row.forecast
    if forecast is None or forecast.spreads_off is not None:
        return 0.0 if forecast is None else forecast.spreads_off or 0.0
    return FARTHEST * (
        (row.outcome.value > forecast.median) - (row.outcome.value < forecast.median)
    )


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
        at = None if value is None else forecast.spreads_from_median(value)
        if at is None or abs(at) > FARTHEST:
            continue
        if reference == "last":
            parts.append(circle(frame.x(at), y, 3, stroke="ink3"))
        else:
            parts.append(line((frame.x(at), y - 6), (frame.x(at), y + 6), colour="ink", width=1.5))
    off = _off(row)
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


def source_of(validation: Validation, language: Language) -> str:
    """The report that printed the outcomes, and where the method explains the scores."""
    sheet = validation.card.projection.plan.sheet
    report = sheet.report.vi if language == "vi" else sheet.report.en
    return say("validation.picture.source", language, report=report)
