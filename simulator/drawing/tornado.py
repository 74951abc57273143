"""How is it drawn what moves a target's chance? Each assumption one spread down and up, the rest kept."""

from dataclasses import dataclass

import pandas as pd

from simulator.assumptions import Assumption, Setting
from simulator.drawing.figure import Figure
from simulator.drawing.plot import Frame, width_of, wrapped
from simulator.drawing.svg import circle, document, line, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import model_text
from simulator.insight.naming import equations_of, short_title, value_text
from simulator.language import Language, say, show, show_chance
from simulator.likelihood import shown_chance
from simulator.projection import Model
from simulator.sensitivity import Bar, Tornado

MOST_BARS = 9
STEP = 23
HEAD = 30
LABEL = 13
"""Pixels of the sign before a label."""
SMALL = 11
NARROW = 0.86
"""Of the estimated width of a text: names are long enough for their letters to even out."""
NARROWEST = 40.0


@dataclass(frozen=True)
class _Side:
    """One end of a bar: how far it reaches, and what stands there."""

    chance: float
    words: str


def tornado_figure(
    found: Tornado,
    name: str,
    model: Model,
    draws: int,
    language: Language,
    theme: Theme = "light",
    width: int = 516,
) -> Figure:
    """The assumptions that move a target's chance most, the widest on top."""
    middle = found.base.value(name)
    moving = [bar for bar in found.ranked(name) if _reach(bar, name, middle) > 0]
    shown = moving[:MOST_BARS]
    frame = _frame(shown, name, model, middle, language, width)
    parts = _axis(frame, language)
    for at, bar in enumerate(shown):
        parts += _bar(bar, name, model, frame, HEAD + STEP * at, middle, language)
    foot = HEAD + STEP * max(len(shown), 1)
    x = frame.x(middle)
    parts.append(line((x, HEAD - 6), (x, foot), colour="ink", width=2))
    words = _words(len(moving), len(shown), language)
    lines = wrapped(words, width, 12)
    parts += [text(0, foot + 16 + 16 * at, words, colour="ink2") for at, words in enumerate(lines)]
    target = model.plan.targets[name]
    first = model.plan.catalogue.assumptions[shown[0].name] if shown else None
    alt = say(
        "tornado.alt" if first else "tornado.alt_none",
        language,
        target=target.short(language),
        chance=show_chance(middle, language),
        **({"first": first.short(language)} if first else {}),
    )
    return Figure(
        name=f"tornado_{name}",
        title=say("tornado.title", language),
        subtitle=say("tornado.subtitle", language, year=model.plan.sheet.plan_year),
        svg=document(width, foot + 10 + 16 * len(lines), theme, alt, parts),
        table=_table(found, name, model),
        alt=alt,
        source=model_text(equations_of(model, name), draws, language),
    )


def _reach(bar: Bar, name: str, middle: float) -> float:
    return max(abs(end.value(name) - middle) for end in (bar.at_low, bar.at_high))


def _words(moving: int, shown: int, language: Language) -> str:
    if not shown:
        return say("tornado.none", language)
    if moving > shown:
        return say("tornado.more", language, count=moving - shown)
    return say("tornado.all", language, count=moving)


def _frame(
    bars: list[Bar], name: str, model: Model, middle: float, language: Language, width: float
) -> Frame:
    """The plot between the labels; it spans all ends, and the words there fit beside it."""
    names = [short_title(model, bar.name, language) for bar in bars]
    label = LABEL + 4 + NARROW * max([width_of(name, 12) for name in names], default=0)
    ends = [end.value(name) for bar in bars for end in (bar.at_low, bar.at_high)]
    low, high = min([middle, *ends]), max([middle, *ends])
    low, high = max(0.0, low - 0.02), min(1.0, high + 0.02)
    sides = [side for bar in bars for side in _sides(bar, name, model, language)]
    room = max([width_of(side.words, SMALL) for side in sides], default=0) + 6
    left = label + room
    return Frame(left, HEAD, max(NARROWEST, width - left - room), 1, low, high, 0, 1)


def _axis(frame: Frame, language: Language) -> list[str]:
    """A hairline at each tenth that there is room for, named on top."""
    parts = []
    span = frame.x_high - frame.x_low
    step = next(tenths for tenths in (1, 2, 5, 10) if tenths * frame.width / (10 * span) >= 34)
    for tenths in range(0, 11, step):
        if frame.x_low - 1e-9 <= tenths / 10 <= frame.x_high + 1e-9:
            x = frame.x(tenths / 10)
            label = say("chance.tenths", language, tenths=show(tenths, 0, language))
            parts.append(text(x, 14, label, anchor="middle", size=SMALL, colour="ink3"))
            parts.append(line((x, HEAD - 10), (x, HEAD + STEP * MOST_BARS)))
    return parts


def _sides(bar: Bar, name: str, model: Model, language: Language) -> tuple[_Side, _Side]:
    """The low and the high end, with the values that stand there."""
    row = model.plan.catalogue.assumptions[bar.name]
    low, high = (
        _Side(outcome.value(name), _value(row, setting, model, language))
        for outcome, setting in ((bar.at_low, bar.low), (bar.at_high, bar.high))
    )
    return low, high


def _value(row: Assumption, setting: Setting, model: Model, language: Language) -> str:
    if row.link == "switch":
        return say("tornado.certain" if setting.centre else "tornado.never", language)
    scale = 100.0 if row.display_unit.startswith("%") else 1.0
    rounded = round(scale * setting.centre, row.display_decimals) / scale
    return value_text(model, row.name, rounded, language, unit=scale == 100)


def _bar(
    bar: Bar, name: str, model: Model, frame: Frame, y: float, middle: float, language: Language
) -> list[str]:
    row = model.plan.catalogue.assumptions[bar.name]
    sign = (
        rect(1, y + 6, 8, 8, fill="", stroke="edge")
        if row.control == "policy"
        else circle(5, y + 10, 4.2, stroke="edge", stroke_width=1)
    )
    parts = [sign, text(LABEL + 3, y + 14, short_title(model, row.name, language))]
    sides = _sides(bar, name, model, language)
    for side, fill in zip(sides, ("fail", "accent"), strict=True):
        start, end = sorted((frame.x(middle), frame.x(side.chance)))
        parts.append(rect(start, y + 3, end - start, 14, fill=fill))
    for side, end, right in _placed(sides, frame, middle):
        x = end + 5 if right else end - 5
        anchor = "start" if right else "end"
        parts.append(text(x, y + 14, side.words, anchor=anchor, size=SMALL, colour="ink2"))
    return parts


def _placed(
    sides: tuple[_Side, _Side], frame: Frame, middle: float
) -> list[tuple[_Side, float, bool]]:
    """Where the words of both ends stand: each beyond its own end, on its own side.

    Where both ends lie on one side of the present chance, the nearer one is said on the other.
    """
    low, high = sides
    right, left = (low, high) if low.chance > high.chance else (high, low)
    return [
        (left, frame.x(min(left.chance, middle)), False),
        (right, frame.x(max(right.chance, middle)), True),
    ]


def _table(found: Tornado, name: str, model: Model) -> pd.DataFrame:
    year = model.plan.sheet.plan_year
    rows = [
        {
            "assumption": bar.name,
            "unit": model.plan.catalogue.assumptions[bar.name].unit,
            "low": bar.low.centre,
            "high": bar.high.centre,
            f"chance_at_low_{year}": bar.at_low.value(name),
            f"chance_{year}": found.base.value(name),
            f"chance_at_high_{year}": bar.at_high.value(name),
            "shown_at_low": shown_chance(bar.at_low.value(name)),
            "shown_at_high": shown_chance(bar.at_high.value(name)),
        }
        for bar in found.ranked(name)
    ]
    return pd.DataFrame(rows)
