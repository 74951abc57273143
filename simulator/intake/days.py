"""Which day does a heading or a cell speak of: 10 tháng năm 2020, đến hết tháng 9, 31/10/2020?"""

import calendar
import datetime
import re
from dataclasses import dataclass

from simulator.intake.cells import Cell
from simulator.intake.folding import unmarked
from simulator.observation_reading import day_of

MONTHS = 12
_QUARTER = 3
_COUNTED = {"ba": 3, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAY = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})"
    r"|(?P<year2>\d{4})-(?P<month2>\d{2})-(?P<day2>\d{2})"
    r"|ngay (?P<day3>\d{1,2}) thang (?P<month3>\d{1,2})(?: nam (?P<year3>\d{4}))?)(?!\d)"
)
_DAY_ALONE = re.compile(r"den (?:het )?(?:ngay )?(\d{1,2})[/.-](\d{1,2})(?![\d/.-])")
_MONTHS_SO_FAR = re.compile(
    r"\b(\d{1,2}|muoi mot|muoi|chin|tam|bay|sau|ba) thang(?! \d| cuoi)"
    r"|\b(\d{1,2})\s?t(?:\b(?!\s?\d)|(?=\d{4}))"
)
_MONTH = re.compile(r"\b(?:thang\s?|t)(\d{1,2})\b")
_QUARTERS = re.compile(r"\bquy (iv|iii|ii|i|[1-4])\b")
_UP_TO = re.compile(r"\b(?:den|het|luy ke|cuoi)\b")
_SHORT_YEAR = re.compile(r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-]\d{2}(?![\d/.-])")
_FROM = re.compile(r"\btu (?:ngay |thang )?(\d{1,2})\b(?:[/.-](\d{1,2})\b)?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


@dataclass(frozen=True)
class Period:
    """A span of a year that a text names."""

    day: datetime.date
    """Its last day."""
    running: bool
    """Whether it begins with the year; a month or a quarter alone does not."""


def years_of(text: str) -> frozenset[int]:
    """The years that a text names."""
    return frozenset(int(year) for year in _YEAR.findall(text))


def period_of(text: str, year: int) -> Period | None:
    """The period that a heading names, in `year` where it names none; None where there is none."""
    plain = _spaced(text)
    days = _days_in(plain, year)
    if days is not None:
        known = sorted(day for day in days if day is not None)
        if len(known) < len(days):
            return None
        whole = len(known) == 1 and not _begins_later(plain)
        begins = known[0] == datetime.date(known[-1].year, 1, 1)
        return Period(known[-1], running=whole or begins)
    named = _YEAR.search(plain)
    whose = int(named[1]) if named else year
    later = _begins_later(plain)
    if found := _MONTHS_SO_FAR.search(plain):
        counted = found[1] or found[2]
        return _month_end(whose, _COUNTED.get(counted) or int(counted), running=True)
    if quarters := [_ROMAN.get(name) or int(name) for name in _QUARTERS.findall(plain)]:
        begins = quarters[0] == 1 or (len(quarters) == 1 and _UP_TO.search(plain) is not None)
        return _month_end(whose, _QUARTER * quarters[-1], running=begins)
    if months := [int(month) for month in _MONTH.findall(plain)]:
        month = months[-1]
        so_far = month == 1 or (_UP_TO.search(plain) is not None and not later)
        return _month_end(whose, month, running=so_far)
    return None


def misdated(text: str, year: int) -> bool:
    """Whether a text names a day or month that no calendar has, or a day with a year of two digits."""
    plain = _spaced(text)
    days = _days_in(plain, year)
    if days is None:
        months = (int(month) for month in _MONTH.findall(plain))
        return _SHORT_YEAR.search(plain) is not None or not all(1 <= m <= MONTHS for m in months)
    return None in days


def _spaced(text: str) -> str:
    return " ".join(unmarked(text).replace(",", " ").split())


def _begins_later(plain: str) -> bool:
    """Whether a span is said to begin elsewhere than on the year's first day or in its first month."""
    found = _FROM.search(plain)
    return found is not None and {found[1].lstrip("0"), (found[2] or "1").lstrip("0")} != {"1"}


def _days_in(plain: str, year: int) -> list[datetime.date | None] | None:
    """The days that a text names, None for one that no calendar has; nothing where it names none."""
    days: list[datetime.date | None] = []
    for found in _DAY.finditer(plain):
        parts = found.groupdict()
        numbers = [parts[f"{part}{n}"] for n in ("", "2", "3") for part in ("year", "month", "day")]
        told = [int(number) for number in numbers if number]
        days.append(_date(*told) if len(told) == _QUARTER else _date(year, *told))
    if not days and (alone := _DAY_ALONE.search(plain)):
        days.append(_date(year, int(alone[2]), int(alone[1])))
    return days or None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int, *, running: bool) -> Period | None:
    if not 1 <= month <= MONTHS:
        return None
    return Period(datetime.date(year, month, calendar.monthrange(year, month)[1]), running)


def cell_day(cell: Cell, year: int) -> datetime.date | None:
    """The day that a cell of a column of dates gives; None where it gives none."""
    if isinstance(cell.value, datetime.date):
        return cell.value
    iso = day_of(cell.text)
    if iso is not None:
        return iso
    found = period_of(cell.text, year)
    return found.day if found is not None and found.running else None
