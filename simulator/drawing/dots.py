"""How is a chance drawn? As fifty equally likely dots on either side of the plan's line."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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
from simulator.drawing.svg import circle, document
from simulator.drawing.tokens import Theme
from simulator.insight.dots import Dot, Spread
from simulator.insight.naming import short_title
from simulator.language import Language, say, show
from simulator.projection import Model

DIAMETERS = (22, 20, 18, 16, 14, 12, 11, 10, 9, 8, 7, 6, 5)
FEW_VALUES = 12
"""Dots of so few different values are piled in a block at each."""
WIDEST_BLOCK = 10
"""Dots side by side in one block."""


def dot_plot(
    spread: Spread,
    model: Model,
    language: Language,
    theme: Theme = "light",
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Figure:
    """Fifty equally likely outcomes, hollow where the plan is missed, filled where it is met."""
    frame = spread_frame(spread, model, language, width, height)
    parts = [
        *axis(spread, frame, width, language),
        *_dots(spread, frame),
        *plan_line(spread, model, frame, _counted(spread, language), width, language),
        *range_bar(spread, model, frame, language),
        *base_ring(spread, model, frame, width, language),
    ]
    alt = spoken(spread, model, language)
    years = model.plan.sheet
    return Figure(
        name=f"{spread.name}_dots",
        title=say(
            "indicator.dots.title",
            language,
            name=short_title(model, spread.name, language),
            count=len(spread.dots),
            year=years.plan_year,
        ),
        subtitle=say(
            "indicator.dots.subtitle",
            language,
            count=len(spread.dots),
            draws=show(spread.draws, 0, language),
        )
        + unit_sentence(spread, model, language),
        svg=document(width, height, theme, alt, parts),
        table=_dot_table(spread, years.plan_year),
        alt=alt,
        source=source_of(spread, model, language),
    )


@dataclass(frozen=True)
class _Place:
    x: float
    y: float
    radius: float


def _dots(spread: Spread, frame: Frame) -> list[str]:
    parts = []
    for dot, place in zip(spread.dots, _places(spread, frame), strict=True):
        edge = min(1.5, place.radius / 4)
        radius = place.radius - 1
        if dot.met is None:
            parts.append(circle(place.x, place.y, radius, fill="mid", stroke="mid"))
        elif dot.met:
            drawn = circle(
                place.x, place.y, radius, fill="accent", stroke="accent", stroke_width=edge
            )
            parts.append(drawn)
        else:
            parts.append(circle(place.x, place.y, radius, stroke="ink3", stroke_width=edge))
    return parts


def _places(spread: Spread, frame: Frame) -> list[_Place]:
    """Where each dot stands: in columns on either side of the plan's line, or in blocks by value."""
    values = [dot.value for dot in spread.dots]
    different = sorted(set(values))
    if len(different) <= FEW_VALUES or spread.whole:
        gaps = [frame.x(b) - frame.x(a) for a, b in pairwise(different)]
        room = min(gaps, default=frame.width / 2)
        if room >= DIAMETERS[-1]:
            return _blocks(values, room, frame)
    for diameter in DIAMETERS:
        columns = [_column(dot, spread, frame, diameter) for dot in spread.dots]
        if max(Counter(columns).values()) * diameter <= frame.height:
            break
    origin = frame.x(spread.boundary) if spread.boundary is not None else frame.left
    tallest = max(Counter(columns).values())
    rise = min(float(diameter), frame.height / tallest)
    level: Counter[int] = Counter()
    places = []
    for column in columns:
        x = origin + (column + 0.5) * diameter
        places.append(
            _Place(x, frame.bottom - 1 - diameter / 2 - level[column] * rise, diameter / 2)
        )
        level[column] += 1
    return places


def _column(dot: Dot, spread: Spread, frame: Frame, diameter: float) -> int:
    """The column of a dot, counted from the plan's line, on the side of its verdict."""
    origin = frame.x(spread.boundary) if spread.boundary is not None else frame.left
    column = math.floor((frame.x(dot.value) - origin) / diameter)
    if dot.met is None or spread.target is None or spread.boundary is None:
        return column
    right = dot.met == (spread.target.sense != "at_most")
    return max(0, column) if right else min(-1, column)


def _blocks(values: Sequence[float], room: float, frame: Frame) -> list[_Place]:
    counts = Counter(values)
    for diameter in DIAMETERS:
        across = max(1, min(WIDEST_BLOCK, math.floor(0.9 * room / diameter)))
        if math.ceil(max(counts.values()) / across) * diameter <= frame.height:
            break
    rise = min(float(diameter), frame.height / math.ceil(max(counts.values()) / across))
    seen: Counter[float] = Counter()
    places = []
    for value in values:
        row, column = divmod(seen[value], across)
        seen[value] += 1
        wide = min(across, counts[value])
        x = frame.x(value) + (column - (wide - 1) / 2) * diameter
        places.append(_Place(x, frame.bottom - 1 - diameter / 2 - row * rise, diameter / 2))
    return places


def _counted(spread: Spread, language: Language) -> tuple[str, str]:
    """How many dots meet the plan, and how many miss it."""
    if spread.met is None:
        return "", ""
    met = say("indicator.dots.met", language, met=spread.met, count=len(spread.dots))
    return met, say("indicator.dots.missed", language, missed=spread.missed)


def _dot_table(spread: Spread, year: int) -> pd.DataFrame:
    count = len(spread.dots)
    return pd.DataFrame(
        {
            "dot": range(1, count + 1),
            "level": [(2 * at + 1) / (2 * count) for at in range(count)],
            f"{spread.name}_{year}_{unit_header(spread.unit)}": [dot.value for dot in spread.dots],
            "met": [dot.met for dot in spread.dots],
        }
    )
