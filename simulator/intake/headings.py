"""What does a column of a department's table hold? Its heading says: what, and up to which day."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from simulator.intake.days import MONTHS, misdated, period_of, years_of
from simulator.intake.folding import folded, has, without_asides, words
from simulator.intake.titles import unit_in
from simulator.observation import Kind, Watch

Named = Literal["number", "quantity", "unit", "date", "kind", "source", "entered_by", "ignored"]
Role = Named | Literal["value", "alone", ""]
"""What cells of a column are; `alone`: of a month or a quarter, not from the year's beginning."""
NAMED: tuple[Named, ...] = get_args(Named)


@dataclass(frozen=True)
class Column:
    """What a heading says of the cells below it."""

    role: Role
    kind: Kind | None = None
    day: datetime.date | None = None
    unit: str = ""
    heading: str = ""


def column_of(lines: Sequence[str], watch: Watch, year: int) -> Column:
    """What a heading of one or several lines says; the last line says what, all of them when."""
    parts = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not parts:
        return Column("")
    whole = " ".join(parts)
    for role in NAMED:
        if any(folded(without_asides(text)[0]) in words(role) for text in (parts[-1], whole)):
            return Column(role, heading=whole)
    last = _figures(parts[-1], watch, year)
    context = _figures(whole, watch, year)
    found = last if last.role not in {"", "ignored"} else context
    if last.role == "ignored" or _elsewhere(whole, watch, year):
        found = Column("ignored")
    kind, day = found.kind or context.kind, found.day or context.day
    if found.role not in {"value", "alone"}:
        kind = day = None
    unit = next((unit for part in reversed(parts) if (unit := unit_in(part))), "")
    return Column(found.role, kind, day, unit, whole)


def _figures(text: str, watch: Watch, year: int) -> Column:
    """Which figures a heading stands for, were it alone."""
    plain = folded(without_asides(text)[0]) if unit_in(text) else folded(text)
    period = period_of(text, year)
    if has(plain, "comparison") or has(plain, "plan"):
        return Column("ignored")
    if has(plain, "revised"):
        return Column("value", "revised_baseline")
    end = watch.first.replace(month=MONTHS, day=31)
    at_the_end = period is None or (period.day >= end and period.running)
    if has(plain, "estimate") and at_the_end:
        return Column("value", "year_end_estimate")
    if has(plain, "final") and period is None:
        return Column("value", "final", end)
    if period is not None and not period.running:
        return Column("alone", day=period.day)
    if period is not None:
        return Column("value", "to_date", period.day)
    if has(plain, "running"):
        return Column("value", "to_date")
    if has(plain, "value"):
        return Column("value")
    return Column("")


def _elsewhere(text: str, watch: Watch, year: int) -> bool:
    """Whether a heading speaks of other figures than the plan's year's, or of a day that is none."""
    if has(folded(text), "apart") or misdated(text, year):
        return True
    if has(folded(text), "revised"):
        return False
    period = period_of(text, year)
    if period is not None and watch.first <= period.day <= watch.last:
        return False
    years = years_of(text)
    return bool(years) and year not in years


def day_of_report(texts: Sequence[str], year: int) -> list[datetime.date]:
    """The days up to which the lines above a table say that it reports, each once.

    The day on which a report was signed, or the number and day of a letter, is none.
    """
    days = []
    for text in texts:
        plain = f" {folded(text)} "
        dated = " ngay " in plain and " den " not in plain
        period = None if dated else period_of(text, year)
        bare_date = "/" in text and " den " not in plain and " thang " not in plain
        if period is not None and period.running and not bare_date:
            days.append(period.day)
    return list(dict.fromkeys(days))
