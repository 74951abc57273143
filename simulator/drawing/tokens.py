"""Which colours and letters do pictures and screens share? Light and dark, contrast checked."""

from typing import Literal

Theme = Literal["light", "dark"]

LIGHT = {
    "paper": "#F6F5F1",
    "panel": "#FFFFFF",
    "sunk": "#ECEAE4",
    "line": "#DAD7CF",
    "edge": "#7A8086",
    "ink": "#191C20",
    "ink2": "#454B52",
    "ink3": "#5E656D",
    "accent": "#0E5A78",
    "warn": "#9A4A0C",
    "wash": "#E6F0F3",
    "warnwash": "#FAEFE3",
    "mid": "#4C8BA6",
    "fail": "#8A8E92",
    "solid": "#2F3A42",
    "hatch": "#8A9096",
    "l5": "#0B4258",
    "l4": "#2A7899",
    "l3": "#666C73",
    "l2": "#B4631C",
    "l1": "#8A3806",
}
DARK = {
    "paper": "#131619",
    "panel": "#1A1E22",
    "sunk": "#272C31",
    "line": "#343A40",
    "edge": "#7E868E",
    "ink": "#ECEAE5",
    "ink2": "#C2C6CA",
    "ink3": "#A0A7AD",
    "accent": "#79BFD9",
    "warn": "#E8A46C",
    "wash": "#1D3139",
    "warnwash": "#33261B",
    "mid": "#4A8CA5",
    "fail": "#757C83",
    "solid": "#C9CDD0",
    "hatch": "#7B838A",
    "l5": "#A5DAEC",
    "l4": "#5FAECB",
    "l3": "#9AA1A8",
    "l2": "#CF8743",
    "l1": "#F3B184",
}
THEMES: dict[Theme, dict[str, str]] = {"light": LIGHT, "dark": DARK}

FONT = (
    '"Segoe UI","SF Pro Text",Roboto,"Noto Sans","Open Sans","Helvetica Neue",Arial,'
    '"Liberation Sans","DejaVu Sans Condensed",sans-serif'
)

SHAPE_COLOUR = {
    "virtually_certain": "l5",
    "very_likely": "l5",
    "likely": "l4",
    "about_even": "l3",
    "unlikely": "l2",
    "very_unlikely": "l1",
    "exceptionally_unlikely": "l1",
}
"""The colour token of each likelihood word."""


def declarations(theme: Theme) -> str:
    """The tokens of a theme as CSS variables."""
    return "".join(f"--{name}:{colour};" for name, colour in THEMES[theme].items())


def style(theme: Theme) -> str:
    """The style element that makes an SVG self-contained."""
    return (
        f"<style>svg.figure{{{declarations(theme)}font-family:{FONT};"
        "font-variant-numeric:tabular-nums;}svg.figure text{fill:var(--ink);font-size:12px}</style>"
    )
