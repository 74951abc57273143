"""How is an SVG written? A few escaped elements, ticks, and the shapes of the likelihood words."""

import math
from collections.abc import Iterable
from html import escape

from simulator.drawing.tokens import SHAPE_COLOUR, Theme, style

Point = tuple[float, float]


def document(width: float, height: float, theme: Theme, alt: str, parts: Iterable[str]) -> str:
    """A self-contained SVG of a size, with its sentence for screen readers."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'width="{_n(width)}" height="{_n(height)}" role="img" aria-label="{escape(alt)}">'
        f"{style(theme)}{''.join(parts)}</svg>"
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def text(
    x: float,
    y: float,
    content: str,
    *,
    anchor: str = "start",
    size: int = 12,
    weight: int = 400,
    colour: str = "ink",
) -> str:
    """Escaped text; `colour` is the name of a token."""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" '
        f'style="font-size:{size}px;font-weight:{weight};fill:var(--{colour})">{escape(content)}</text>'
    )


def line(
    start: Point, end: Point, *, colour: str = "line", width: float = 1, dash: str = ""
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{_n(start[0])}" y1="{_n(start[1])}" x2="{_n(end[0])}" y2="{_n(end[1])}" '
        f'style="stroke:var(--{colour})" stroke-width="{_n(width)}"{dashed}/>'
    )


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "mid",
    stroke: str = "",
    stroke_width: float = 1,
    opacity: float = 1,
) -> str:
    """A rectangle; an empty fill draws its edge only."""
    paint = f"fill:var(--{fill})" if fill else "fill:none"
    edge = f";stroke:var(--{stroke});stroke-width:{_n(stroke_width)}" if stroke else ""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(0.0, width))}" height="{_n(max(0.0, height))}" '
        f'style="{paint}{edge}" opacity="{_n(opacity)}"/>'
    )


def circle(
    x: float,
    y: float,
    radius: float,
    *,
    fill: str = "",
    stroke: str = "",
    stroke_width: float = 1.5,
) -> str:
    """A circle; an empty fill draws its edge only."""
    paint = f"fill:var(--{fill})" if fill else "fill:none"
    edge = f";stroke:var(--{stroke});stroke-width:{_n(stroke_width)}" if stroke else ""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" style="{paint}{edge}"/>'


def polyline(
    points: Iterable[Point], *, colour: str = "accent", width: float = 2, dash: str = ""
) -> str:
    """A line through points."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    joined = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return (
        f'<polyline points="{joined}" fill="none" style="stroke:var(--{colour})" '
        f'stroke-width="{_n(width)}"{dashed}/>'
    )


def polygon(points: Iterable[Point], *, fill: str = "mid", opacity: float = 1) -> str:
    """A filled area, such as a band between two lines."""
    joined = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<polygon points="{joined}" style="fill:var(--{fill})" opacity="{_n(opacity)}"/>'


def nice_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers that cover a range: steps of 1, 2 or 5 times a power of ten."""
    if not high > low:
        return [low]
    raw = (high - low) / max(1, wanted)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= raw * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def shape(code: str, x: float, y: float, size: float = 14) -> str:
    """The sign of a likelihood word: from a ring with a slash to a disc with a tick."""
    colour = SHAPE_COLOUR[code]
    radius = size / 2 - 1
    ring = circle(x, y, radius, stroke=colour)
    filled = circle(x, y, radius - 2, fill=colour)
    quarters = {"unlikely": 1, "about_even": 2, "likely": 3}
    if code in quarters:
        return ring + _pie(x, y, radius - 2, quarters[code] / 4, colour)
    if code == "very_unlikely":
        return ring
    if code == "exceptionally_unlikely":
        reach = radius * math.sqrt(0.5)
        return ring + line((x - reach, y + reach), (x + reach, y - reach), colour=colour, width=1.5)
    if code == "very_likely":
        return ring + filled
    tick = [
        (x - radius / 2, y),
        (x - radius / 10, y + radius / 2),
        (x + radius / 2, y - radius / 2),
    ]
    return circle(x, y, radius, fill=colour) + polyline(tick, colour="panel", width=1.5)


def _pie(x: float, y: float, radius: float, share: float, colour: str) -> str:
    angle = 2 * math.pi * share
    end_x, end_y = x + radius * math.sin(angle), y - radius * math.cos(angle)
    large = int(share > 1 / 2)
    return (
        f'<path d="M{_n(x)} {_n(y)} V{_n(y - radius)} A{_n(radius)} {_n(radius)} 0 {large} 1 '
        f'{_n(end_x)} {_n(end_y)} Z" style="fill:var(--{colour})"/>'
    )
