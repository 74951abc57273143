"""Why did a result change? The way a change took, and an exact split over the levers that moved."""

from simulator.explain.attribution import (
    MOST_EXACT,
    Attribution,
    Measure,
    Part,
    attribute,
    attributing,
)
from simulator.explain.causes import changed_levers, joined
from simulator.explain.path import Path, Step, path

__all__ = [
    "MOST_EXACT",
    "Attribution",
    "Measure",
    "Part",
    "Path",
    "Step",
    "attribute",
    "attributing",
    "changed_levers",
    "joined",
    "path",
]
