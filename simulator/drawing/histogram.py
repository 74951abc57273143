"""How are all draws of a quantity drawn? In columns that meet the plan or miss it."""

from dataclasses import replace

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Frame
from simulator.drawing.spread import (
    HEIGHT,
    WIDTH,
    axis,
    base_ring,
    plan_line,
    range_bar,
    source_of,
    spoken,
    spread_frame,
    unit_header,
    unit_sentence,
)
from simulator.drawing.svg import document, rect
from simulator.drawing.tokens import Theme
from simulator.insight.dots import Bin, Spread
from simulator.insight.naming import short_title
from simulator.language import Language, say, show, show_chance
from simulator.projection import Model


def histogram(
    spread: Spread,
    model: Model,
    language: Language,
    theme: Theme = "light",
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Figure:
    """How the draws are spread, in columns that are wholly met or wholly missed."""
    frame = spread_frame(spread, model, language, width, height)
    low = min(frame.x_low, spread.bins[0].low)
    high = max(frame.x_high, spread.bins[-1].high)
    tallest = max(one.missed + one.met for one in spread.bins)
    frame = replace(frame, x_low=low, x_high=high, y_high=tallest)
    parts = axis(spread, frame, width, language)
    parts += [_column(one, spread, frame) for one in spread.bins]
    parts += [
        *plan_line(spread, model, frame, _shared(spread, language), width, language),
        *range_bar(spread, model, frame, language),
        *base_ring(spread, model, frame, width, language),
    ]
    alt = spoken(spread, model, language)
    year = model.plan.sheet.plan_year
    return Figure(
        name=f"{spread.name}_histogram",
        title=say(
            "indicator.histogram.title",
            language,
            name=short_title(model, spread.name, language),
            year=year,
        ),
        subtitle=say(
            "indicator.histogram.judged" if spread.met is not None else "indicator.histogram.plain",
            language,
            draws=show(spread.draws, 0, language),
        )
        + unit_sentence(spread, model, language),
        svg=document(width, height, theme, alt, parts),
        table=pd.DataFrame(
            {
                f"from_{unit_header(spread.unit)}": [one.low for one in spread.bins],
                f"to_{unit_header(spread.unit)}": [one.high for one in spread.bins],
                f"draws_missed_{year}": [one.missed for one in spread.bins],
                f"draws_met_{year}": [one.met for one in spread.bins],
            }
        ),
        alt=alt,
        source=source_of(spread, model, language),
    )


def _column(one: Bin, spread: Spread, frame: Frame) -> str:
    """One column: accented where it meets the plan, grey where it misses."""
    top = frame.y(one.missed + one.met)
    left, right = frame.x(one.low) + 0.5, frame.x(one.high) - 0.5
    wide, tall = max(1.0, right - left), frame.bottom - top
    if spread.met is not None and one.missed > one.met:
        return rect(left, top, wide, tall, fill="sunk", stroke="fail")
    return rect(left, top, wide, tall, fill="mid" if spread.met is None else "accent")


def _shared(spread: Spread, language: Language) -> tuple[str, str]:
    """The chance of meeting the plan, as the board shows it."""
    if spread.met is None:
        return "", ""
    chance = sum(one.met for one in spread.bins) / spread.draws
    return say("indicator.histogram.met", language, chance=show_chance(chance, language)), ""
