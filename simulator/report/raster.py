"""How does a picture get into a document that takes no SVG? As PNG, with letters of our own."""

import re
from functools import cache

import resvg_py

from simulator.drawing.figure import Figure
from simulator.drawing.svg import document, shape
from simulator.drawing.tokens import FONT, LIGHT
from simulator.resources import PACKAGE

DOTS_PER_INCH = 200
FONTS = tuple(
    str(PACKAGE / "report" / "fonts" / name) for name in ("Inter-Regular.ttf", "Inter-SemiBold.ttf")
)
FAMILY = "Inter"
SHAPE_SIZE = 14
SHAPE_PIXELS = 56


def png(figure: Figure, inches: float) -> bytes:
    """A picture at 200 dots to the inch, for a width in print."""
    return _rendered(figure.svg, round(DOTS_PER_INCH * inches))


def width_of(figure: Figure) -> float:
    """The width of a picture in pixels of the screen."""
    found = re.search(r'width="([0-9.]+)"', figure.svg)
    return float(found[1]) if found else 0.0


@cache
def shape_png(code: str) -> bytes:
    """The shape of a likelihood word."""
    middle = SHAPE_SIZE / 2
    drawn = [shape(code, middle, middle, SHAPE_SIZE)]
    return _rendered(document(SHAPE_SIZE, SHAPE_SIZE, "light", "", drawn), SHAPE_PIXELS)


def _rendered(svg: str, width: int) -> bytes:
    """An SVG of the light theme as PNG; the renderer knows no variables of style sheets."""
    plain = re.sub(r"var\(--(\w+)\)", lambda found: LIGHT[found[1]], svg).replace(FONT, FAMILY)
    return resvg_py.svg_to_bytes(
        svg_string=plain,
        width=width,
        background=LIGHT["panel"],
        font_files=list(FONTS),
        font_family=FAMILY,
        skip_system_fonts=True,
    )
