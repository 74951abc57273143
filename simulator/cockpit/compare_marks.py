"""By which sign and colour is each scenario of a comparison known?"""

from collections.abc import Sequence

from simulator.cockpit.markup import Markup, join, tag
from simulator.drawing import svg

COLOURS = ("ink", "l2", "l5", "l3", "l4", "l1")
"""The colour of each scenario's mark, beside its shape."""
FEW = 3
"""Scenarios that still stand side by side in half a page."""


def mark(at: int, x: float, y: float) -> str:
    """The sign of a scenario: a line for the base, then triangles, square, diamond and disc."""
    colour = COLOURS[at]
    shapes = {
        0: svg.rect(x - 1, y - 6, 2, 12, fill=colour),
        1: svg.polygon([(x - 4.5, y - 4), (x + 4.5, y - 4), (x, y + 4)], fill=colour),
        2: svg.polygon([(x - 4.5, y + 4), (x + 4.5, y + 4), (x, y - 4)], fill=colour),
        3: svg.rect(x - 3.5, y - 3.5, 7, 7, fill=colour),
        4: svg.polygon([(x - 5, y), (x, y - 5), (x + 5, y), (x, y + 5)], fill=colour),
        5: svg.circle(x, y, 4, fill=colour),
    }
    return shapes[at]


def sign(at: int) -> Markup:
    """A scenario's sign; its title stands beside it."""
    return tag(
        "svg",
        Markup(mark(at, 6, 6)),
        viewBox="0 0 12 12",
        width=12,
        height=12,
        aria_hidden="true",
        class_="sign",
    )


def columns(titles: Sequence[str]) -> list[Markup]:
    """The scenarios as heads of columns."""
    return [join((sign(at), " ", tag("span", title))) for at, title in enumerate(titles)]
