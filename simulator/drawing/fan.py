"""How does a quantity leave the base year? As a fan of its quantiles to the plan year."""

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Frame, apart, width_of
from simulator.drawing.spread import (
    HEIGHT,
    SMALL,
    WIDTH,
    level_text,
    plan_words,
    source_of,
    spoken,
    unit_header,
    unit_sentence,
)
from simulator.drawing.svg import circle, document, line, nice_ticks, polygon, polyline, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import trimmed
from simulator.insight.dots import LEVELS, Spread
from simulator.insight.naming import short_title
from simulator.language import Language, say, unit_name
from simulator.projection import Model


def fan(
    spread: Spread,
    model: Model,
    language: Language,
    theme: Theme = "light",
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Figure:
    """From the base year's value to the range of the plan year, with the plan's line across."""
    target = spread.target.target if spread.target is not None else None
    base = spread.fan.base
    values = [*spread.fan.quantiles, *(v for v in (target, base) if v is not None)]
    low, high = min(values), max(values)
    if not high > low:
        low, high = low - 1, high + 1
    pad = (high - low) / 12
    labels = [level_text(spread, model, at, language) for at in range(len(LEVELS))]
    right = max(width_of(label, SMALL) for label in labels) + 12
    ticks = nice_ticks(low, high, 5)
    percent = "%" if unit_name(spread.unit, language).startswith("%") else ""
    tick_labels = [trimmed(tick, 6, language) + percent for tick in ticks]
    left = max(width_of(label, SMALL) for label in tick_labels) + 8
    frame = Frame(left, 18, width - left - right, height - 46, 0, 1, low - pad, high + pad)
    parts = [frame.grid(ticks)]
    parts += [
        text(left - 6, frame.y(tick) + 4, label, anchor="end", size=SMALL, colour="ink2")
        for tick, label in zip(ticks, tick_labels, strict=True)
    ]
    parts += _wedge(spread, frame)
    places = apart([frame.y(value) for value in spread.fan.quantiles], 13)
    shift = max(0.0, max(places) - (height - 24)) - max(0.0, 14 - min(places))
    for at, (place, label) in enumerate(zip(places, labels, strict=True)):
        middle = LEVELS[at] == LEVELS[len(LEVELS) // 2]
        parts.append(
            text(
                frame.right + 8,
                place - shift + 4,
                label,
                size=SMALL,
                weight=600 if middle else 400,
                colour="ink" if middle else "ink2",
            )
        )
    if target is not None:
        y = frame.y(target)
        parts.append(line((frame.left, y), (frame.right, y), colour="ink", width=1.5))
        above = y - 5 if y > 30 else y + 14
        parts.append(text(frame.left + 4, above, plan_words(spread, model, language), weight=600))
    years = (spread.fan.base_year, spread.fan.plan_year)
    for x, year, anchor in ((frame.left, years[0], "start"), (frame.right, years[1], "end")):
        parts.append(text(x, height - 8, str(year), anchor=anchor, colour="ink2"))
    alt = spoken(spread, model, language)
    return Figure(
        name=f"{spread.name}_fan",
        title=say(
            "indicator.fan.title",
            language,
            name=short_title(model, spread.name, language),
            base=years[0],
            year=years[1],
        ),
        subtitle=say("indicator.fan.subtitle", language) + unit_sentence(spread, model, language),
        svg=document(width, height, theme, alt, parts),
        table=_fan_table(spread),
        alt=alt,
        source=source_of(spread, model, language),
    )


def _wedge(spread: Spread, frame: Frame) -> list[str]:
    """Bands from the base year's point; a bar at the plan year where the base is unknown."""
    p10, p25, p50, p75, p90 = (frame.y(value) for value in spread.fan.quantiles)
    if spread.fan.base is None:
        start = frame.right - 36
        return [
            rect(start, p90, 36, p10 - p90, opacity=0.3),
            rect(start, p75, 36, p25 - p75, opacity=0.45),
            line((start, p50), (frame.right, p50), colour="ink", width=2),
        ]
    tip = (frame.left, frame.y(spread.fan.base))
    end = frame.right
    return [
        polygon([tip, (end, p90), (end, p10)], opacity=0.3),
        polygon([tip, (end, p75), (end, p25)], opacity=0.45),
        polyline([tip, (end, p50)], colour="ink", width=2),
        circle(*tip, 3.5, fill="panel", stroke="ink"),
        circle(end, p50, 3.5, fill="ink"),
    ]


def _fan_table(spread: Spread) -> pd.DataFrame:
    column = f"{spread.name}_{unit_header(spread.unit)}"
    rows = [
        {"year": spread.fan.plan_year, "series": f"p{round(100 * level)}", column: value}
        for level, value in zip(LEVELS, spread.fan.quantiles, strict=True)
    ]
    base = {"year": spread.fan.base_year, "series": "value", column: spread.fan.base}
    target = spread.target.target if spread.target is not None else None
    plan = {"year": spread.fan.plan_year, "series": "plan", column: target}
    return pd.DataFrame([base, *rows, plan])
