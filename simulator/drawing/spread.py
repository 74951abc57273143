"""What do dots, histogram and fan share? Axis, plan's line, P10-P90 bar, base year, and words."""

from dataclasses import dataclass, replace

from simulator.drawing.plot import Frame, width_of
from simulator.drawing.svg import circle, line, nice_ticks, rect, text
from simulator.drawing.words import source_text, trimmed
from simulator.insight.dots import LEVELS, Spread
from simulator.insight.naming import equations_of, title, value_text, wanted_text
from simulator.language import Language, say, show, unit_name
from simulator.projection import Model

WIDTH, HEIGHT = 516, 222
LINES = 15
"""From one line of text to the next."""
HEAD = 3 * LINES + 4
"""Above the plot: what lies on each side of the plan's line."""
AXIS_FROM_BELOW = 62
"""From the axis to the lower edge: tick labels, the P10-P90 bar, the base year's ring."""
RANGE_BELOW, BASE_BELOW = 32, 48
MARGIN = 24
FAR = 0.6
"""Of the draws' range: a base year's value farther out is named at the edge instead."""
VISIBLE = 3
"""Pixels between the plan's number and where it is met as printed."""
SMALL = 11


def spread_frame(
    spread: Spread, model: Model, language: Language, width: float, height: float
) -> Frame:
    """The plot: it spans the dots, the plan and, unless it lies far out, the base year."""
    low, high = spread.dots[0].value, spread.dots[-1].value
    low, high = min(low, spread.fan.quantiles[0]), max(high, spread.fan.quantiles[-1])
    if spread.boundary is not None:
        low, high = min(low, spread.boundary), max(high, spread.boundary)
    base = spread.fan.base
    reach = FAR * (high - low)
    if base is not None and (low - reach <= base <= high + reach):
        low, high = min(low, base), max(high, base)
    if not high > low:
        pad = max(1.0, abs(low) / 100)
        low, high = low - pad, high + pad
    elif spread.whole:
        low, high = low - 0.5, high + 0.5
    left = level_text(spread, model, 0, language)
    right = level_text(spread, model, -1, language)
    tall = height - AXIS_FROM_BELOW - HEAD
    margins = [float(MARGIN), float(MARGIN)]
    for _ in range(3):  # the margins move the bar, which moves what the margins must hold
        frame = Frame(margins[0], HEAD, width - sum(margins), tall, low, high, 0, 1)
        room_left = frame.x(spread.fan.quantiles[0]) - 8
        room_right = width - frame.x(spread.fan.quantiles[-1]) - 8
        margins[0] += max(0.0, width_of(left, SMALL) - room_left)
        margins[1] += max(0.0, width_of(right, SMALL) - room_right)
    return replace(frame, left=margins[0], width=width - sum(margins))


def level_text(spread: Spread, model: Model, at: int, language: Language) -> str:
    """One of the quantiles, named: P10 6,06."""
    value = value_text(model, spread.name, spread.fan.quantiles[at], language, unit=False)
    return say("indicator.level", language, level=round(100 * LEVELS[at]), value=value)


def axis(spread: Spread, frame: Frame, width: float, language: Language) -> list[str]:
    """The horizontal axis with its numbers, below the plot."""
    y = frame.bottom
    parts = [line((frame.left - 12, y), (frame.right + 12, y), colour="edge")]
    percent = unit_name(spread.unit, language).startswith("%")
    ticks = nice_ticks(frame.x_low, frame.x_high, 6)
    if spread.whole:
        ticks = [tick for tick in ticks if tick == round(tick)]
    for tick in ticks:
        label = trimmed(tick, 6, language) + ("%" if percent else "")
        parts.append(line((frame.x(tick), y), (frame.x(tick), y + 4), colour="edge"))
        half = width_of(label, 12) / 2
        middle = min(max(frame.x(tick), half), width - half)
        parts.append(text(middle, y + 17, label, anchor="middle", colour="ink2"))
    return parts


@dataclass(frozen=True)
class _Said:
    words: str
    weight: int
    colour: str


def plan_line(
    spread: Spread,
    model: Model,
    frame: Frame,
    words: tuple[str, str],
    width: float,
    language: Language,
) -> list[str]:
    """The plan's line, with what meets it said on its side and what misses it on the other."""
    if spread.boundary is None:
        return []
    x = frame.x(spread.boundary)
    met, missed = words
    own = [
        _Said(plan_words(spread, model, language), 600, "ink"),
        _Said(met, 400, "accent"),
        _Said(_rounded_words(spread, model, frame, language), 400, "ink2"),
    ]
    other = [_Said(missed, 400, "ink2")]
    at_most = spread.target is not None and spread.target.sense == "at_most"
    sides = [own, other] if at_most else [other, own]
    sides = [[said for said in side if said.words] for side in sides]
    rooms = (x - 8, width - x - 8)
    for at, room in enumerate(rooms):
        if any(width_of(said.words, 12) > room for said in sides[at]):
            sides[1 - at] = [said for said in own[:2] + other if said.words]
            sides[at] = []
    parts = [line((x, 2), (x, frame.bottom), colour="ink", width=2)]
    for side, anchor, offset in zip(sides, ("end", "start"), (-7, 7), strict=True):
        for row, said in enumerate(side[:3]):
            y = 12 + row * LINES
            drawn = text(
                x + offset, y, said.words, anchor=anchor, weight=said.weight, colour=said.colour
            )
            parts.append(drawn)
    return parts


def _rounded_words(spread: Spread, model: Model, frame: Frame, language: Language) -> str:
    """From where the plan is met as printed, where rounding moves that far enough to be seen."""
    target = spread.target.target if spread.target is not None else None
    if target is None or spread.boundary is None or spread.whole:
        return ""
    if abs(frame.x(target) - frame.x(spread.boundary)) < VISIBLE:
        return ""
    decimals = (spread.target.decimals or 0) + 1 if spread.target is not None else 0
    return say(
        "indicator.rounded",
        language,
        value=show(round(spread.boundary, decimals), decimals, language),
    )


def plan_words(spread: Spread, model: Model, language: Language) -> str:
    """The plan's value, with "over" where it must be passed."""
    target = spread.target
    if target is None or target.target is None:
        return ""
    key = "indicator.plan_over" if target.strict else "indicator.plan"
    return say(key, language, value=wanted_text(model, spread.name, language))


def range_bar(spread: Spread, model: Model, frame: Frame, language: Language) -> list[str]:
    """The bar from P10 to P90 with the median, below the axis."""
    y = frame.bottom + RANGE_BELOW
    p10, p50, p90 = (frame.x(spread.fan.quantiles[at]) for at in (0, 2, -1))
    low, high = (level_text(spread, model, at, language) for at in (0, -1))
    return [
        rect(p10, y - 2.5, max(1.0, p90 - p10), 5, fill="fail"),
        circle(p50, y, 3.5, fill="ink", stroke="panel", stroke_width=1),
        text(p10 - 6, y + 4, low, anchor="end", size=SMALL, colour="ink2"),
        text(p90 + 6, y + 4, high, size=SMALL, colour="ink2"),
    ]


def base_ring(
    spread: Spread, model: Model, frame: Frame, width: float, language: Language
) -> list[str]:
    """The base year's value as a ring, below the bar; at the edge where it lies far out."""
    y = frame.bottom + BASE_BELOW
    base = spread.fan.base
    if base is None:
        said = say("indicator.no_base", language, year=spread.fan.base_year)
        return [text(width / 2, y + 4, said, anchor="middle", size=SMALL, colour="ink3")]
    value = value_text(model, spread.name, base, language, unit=False)
    words = say("indicator.year_value", language, year=spread.fan.base_year, value=value)
    if base < frame.x_low:
        return [text(4, y + 4, f"← {words}", size=SMALL, colour="ink2")]
    if base > frame.x_high:
        return [text(width - 4, y + 4, f"{words} →", anchor="end", size=SMALL, colour="ink2")]
    x = frame.x(base)
    fits = width_of(words, SMALL) < x - 10
    label = (
        text(x - 7, y + 4, words, anchor="end", size=SMALL, colour="ink2")
        if fits
        else text(x + 7, y + 4, words, size=SMALL, colour="ink2")
    )
    return [circle(x, y, 3, fill="panel", stroke="ink"), label]


def unit_sentence(spread: Spread, model: Model, language: Language) -> str:
    """Unit and year, for the end of a subtitle; nothing where there is no unit."""
    unit = unit_name(spread.unit, language)
    year = model.plan.sheet.plan_year
    return " " + say("indicator.unit", language, unit=unit, year=year) if unit else ""


def spoken(spread: Spread, model: Model, language: Language) -> str:
    """The sentence that all three pictures share: they show the same draws."""
    sheet = model.plan.sheet

    def value(number: float) -> str:
        return value_text(model, spread.name, number, language)

    p10, _, p50, _, p90 = (value(number) for number in spread.fan.quantiles)
    head = say(
        "indicator.alt.head",
        language,
        title=title(model, spread.name, language),
        year=sheet.plan_year,
    )
    pieces = [say("indicator.alt.range", language, p10=p10, p50=p50, p90=p90)]
    if spread.fan.base is not None:
        base = value(spread.fan.base)
        pieces.append(say("indicator.year_value", language, year=sheet.base_year, value=base))
    if spread.target is not None and spread.target.target is not None:
        plan = plan_words(spread, model, language)
        pieces.append(plan[0].lower() + plan[1:])
    if spread.met is not None:
        pieces.append(say("indicator.dots.met", language, met=spread.met, count=len(spread.dots)))
    return f"{head}: {'; '.join(pieces)}."


def source_of(spread: Spread, model: Model, language: Language) -> str:
    """Where the numbers of the picture come from."""
    equations = equations_of(model, spread.name)
    stem = spread.name.removesuffix("_growth")
    return source_text(model.plan, [spread.name, stem], equations, spread.draws, language)


def unit_header(unit: str) -> str:
    """A unit as part of a column's header."""
    return unit.replace("/", "_per_").replace("-", "_")
