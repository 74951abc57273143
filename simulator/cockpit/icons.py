"""Which small signs stand beside a text? Drawn, because a laptop's fonts may lack them."""

from simulator.cockpit.markup import Markup, tag

_SIZE = 10


def triangle(*, up: bool, hollow: bool = False) -> Markup:
    """The arrow of a change: up is better; hollow is less than half a step."""
    points = "M5 1.5 9 8.5H1Z" if up else "M5 8.5 9 1.5H1Z"
    paint = "fill:none;stroke:currentColor;stroke-width:1.2" if hollow else "fill:currentColor"
    return _sign(tag("path", d=points, style=paint), _SIZE)


def warning() -> Markup:
    """The sign before a warning."""
    lines = "fill:none;stroke:currentColor;stroke-width:1.2;stroke-linejoin:round"
    outline = tag("path", d="M6 1.2 11.2 10.6H.8Z", style=lines)
    mark = tag("path", d="M6 4.4v3.2M6 8.6v1", style=lines)
    return _sign(Markup(outline + mark), _SIZE + 2)


def _sign(drawn: Markup, size: int) -> Markup:
    return tag(
        "svg",
        drawn,
        viewBox=f"0 0 {size} {size}",
        width=size,
        height=size,
        aria_hidden="true",
        class_="sign",
    )
