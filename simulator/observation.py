"""What has been observed of a plan's year? One record, whoever keeps it and whoever learns from it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["to_date", "year_end_estimate", "final", "revised_baseline"]
"""A running total, the office's own estimate of the year's end, the year's result, or a new base year."""


@dataclass(frozen=True)
class Observation:
    """One value of one quantity, as somebody reports it."""

    quantity: str
    kind: Kind
    value: float
    unit: str
    date: datetime.date
    """The day the value speaks of: the last day of a running total, the day an estimate was made."""
    source: str
    entered_by: str


@dataclass(frozen=True)
class Observable:
    """A quantity that can be observed: in which units, and in which ways."""

    name: str
    units: Mapping[str, float]
    """Each unit in which it may be given, and the factor that makes the quantity's own of it."""
    kinds: tuple[Kind, ...]
    low: float
    high: float
    """Between what a value in the quantity's own unit can lie."""
    base: float | None = None
    """What it was in the base year, in its own unit, where a projection rests on it."""


@dataclass(frozen=True)
class Watch:
    """What of a plan's year can be observed, and on which days a running total may end."""

    observables: Mapping[str, Observable]
    first: datetime.date
    last: datetime.date
