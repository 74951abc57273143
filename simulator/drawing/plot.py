"""Where does a number fall on a picture, and how do its labels keep apart from each other?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from simulator.drawing.svg import Point, line, polygon
from simulator.drawing.tokens import THEMES, Theme

LETTER = 0.6
"""Of the font size: a letter's width that no word of either language exceeds on average."""
AA = 4.5
"""The contrast that text needs."""


@dataclass(frozen=True)
class Frame:
    """A plotting area in pixels with the ranges of its two axes."""

    left: float
    top: float
    width: float
    height: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def x(self, value: float) -> float:
        """The pixel of a value on the horizontal axis."""
        return self.left + self.width * (value - self.x_low) / (self.x_high - self.x_low)

    def y(self, value: float) -> float:
        """The pixel of a value on the vertical axis."""
        return self.bottom - self.height * (value - self.y_low) / (self.y_high - self.y_low)

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def points(self, xs: Iterable[float], ys: Iterable[float]) -> list[Point]:
        """Pixels of values in pairs."""
        return [(self.x(x), self.y(y)) for x, y in zip(xs, ys, strict=True)]

    def grid(self, ticks: Iterable[float]) -> str:
        """A hairline at each value of the vertical axis."""
        return "".join(
            line((self.left, self.y(tick)), (self.right, self.y(tick))) for tick in ticks
        )

    def band(
        self,
        xs: Sequence[float],
        lows: Sequence[float],
        highs: Sequence[float],
        *,
        opacity: float,
    ) -> str:
        """The area between two series."""
        edge = self.points(xs, lows) + self.points(xs, highs)[::-1]
        return polygon(edge, fill="mid", opacity=opacity)


@dataclass(frozen=True)
class Span:
    """A piece of a line of text."""

    text: str
    weight: int = 400
    colour: str = "ink"
    size: int = 0
    """0 takes the line's."""


def spans(
    x: float,
    y: float,
    pieces: Iterable[Span],
    *,
    anchor: str = "start",
    size: int = 12,
    halo: bool = False,
) -> str:
    """One line of text in pieces; a halo keeps it legible over lines."""
    halo_style = "paint-order:stroke;stroke:var(--panel);stroke-width:3px;" if halo else ""
    inner = "".join(
        f'<tspan style="font-size:{piece.size or size}px;font-weight:{piece.weight};'
        f'fill:var(--{piece.colour})">{escape(piece.text)}</tspan>'
        for piece in pieces
    )
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" xml:space="preserve" '
        f'style="{halo_style}font-size:{size}px">{inner}</text>'
    )


def diamond(x: float, y: float, *, fill: str, stroke: str, radius: float = 5) -> str:
    """A square on its corner."""
    corners = f"{x:.1f},{y - radius:.1f} {x + radius:.1f},{y:.1f} {x:.1f},{y + radius:.1f}"
    return (
        f'<polygon points="{corners} {x - radius:.1f},{y:.1f}" '
        f'style="fill:var(--{fill});stroke:var(--{stroke});stroke-width:1.5"/>'
    )


def width_of(text: str, size: int) -> float:
    """No less than the width of a text in pixels."""
    return LETTER * size * len(text)


def wrapped(text: str, width: float, size: int) -> list[str]:
    """A text in lines that are no wider than a width, words whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def apart(places: Sequence[float], gap: float) -> list[float]:
    """Places moved as little as needed to stand a gap apart, in the same order."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    groups: list[list[int]] = []
    middles: list[float] = []
    for at in order:
        groups.append([at])
        middles.append(places[at])
        while (
            len(groups) > 1
            and middles[-1] - middles[-2] < gap * (len(groups[-1]) + len(groups[-2])) / 2
        ):
            last = groups.pop()
            groups[-1] += last
            middles.pop()
            own = [places[member] for member in groups[-1]]
            middles[-1] = sum(own) / len(own)
    settled = [0.0] * len(places)
    for group, middle in zip(groups, middles, strict=True):
        for step, member in enumerate(group):
            settled[member] = middle + gap * (step - (len(group) - 1) / 2)
    return settled


def contrast(theme: Theme, text: str, fill: str, opacity: float = 1) -> float:
    """The contrast of a token's text on another token laid over the panel."""
    tokens = THEMES[theme]
    fore, back, under = (_channels(tokens[name]) for name in (text, fill, "panel"))
    mixed = [opacity * b + (1 - opacity) * u for b, u in zip(back, under, strict=True)]
    light, dark = sorted((_luminance(fore), _luminance(mixed)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _luminance(channels: Sequence[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def text_on(theme: Theme, fill: str, opacity: float = 1) -> str:
    """The token that is read best on a fill: ink, or the panel's own colour."""
    return max(("ink", "panel"), key=lambda name: contrast(theme, name, fill, opacity))
