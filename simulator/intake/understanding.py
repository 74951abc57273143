"""What does one value of a table say, once it is known which cells tell of it?"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import SequenceMatcher

from simulator.insight.tracking import quantity_title
from simulator.intake.cells import EMPTY, Cell
from simulator.intake.days import cell_day
from simulator.intake.folding import folded, is_legacy, words
from simulator.intake.limits import LONGEST_TITLE
from simulator.intake.numerals import Misread, number_of
from simulator.intake.preview import Defaults, PreviewRow
from simulator.intake.titles import Titles
from simulator.intake.unit_words import takes, unit_of
from simulator.language import say
from simulator.observation import Kind, Observation, Watch
from simulator.observation_reading import IN_LOGARITHMS, KINDS, Fault, faults_of
from simulator.plan import Plan
from simulator.records import Problem, nearest
from simulator.track.quantities import STATUS
from simulator.units import canonical

MISSPELLED = 0.85
"""How alike two titles are, of 1, that differ by a slip of the hand."""
PERCENT, SHARE = "percent", "share"
DAY = "a day as 31/10/2020 or 2020-10-31"


@dataclass(frozen=True)
class Telling:
    """The cells that tell one value, and what headings add to them."""

    file: str
    line: int
    place: str
    title: str
    value: Cell
    shown: frozenset[str]
    """The decimal signs that the value's column shows."""
    alternatives: Sequence[str] = ()
    """Other titles under which the row may be meant, as after its section's."""
    unit: str = ""
    kind: str = ""
    day: Cell = EMPTY
    source: str = ""
    entered_by: str = ""
    report: bool = False
    """Whether the table was made for other readers too, so that some of it may say nothing here."""
    cells: Mapping[str, str] = field(default_factory=dict)


class Reader:
    """Makes observations of what a file tells of one plan's year, each value once."""

    def __init__(self, watch: Watch, plan: Plan, defaults: Defaults) -> None:
        self.watch, self.plan, self.defaults = watch, plan, defaults
        self.titles = Titles(watch, plan)
        self.year = plan.sheet.plan_year
        self.seen: dict[tuple[str, Kind, datetime.date], tuple[Observation, Telling]] = {}

    def row(self, told: Telling) -> PreviewRow:
        """The observation that a telling gives, or everything that is wrong with it."""
        notes: list[str] = []
        unit = told.unit or ("%" if _is_percent(told.value) else "") or self.defaults.unit
        match = self.titles.find((told.title, *told.alternatives), [unit] if unit else [])
        if len(match.names) != 1 or match.names[0] not in self.watch.observables:
            return self._unmatched(told, match.names, match.nearest)
        name = match.names[0]
        kind = self._kind(told.kind) if told.kind else self.defaults.kind
        taken = self.watch.observables[name].kinds
        if told.report and kind is not None and kind not in taken:
            note = f"{name} takes no {kind}; left out"
            return PreviewRow(told.place, told.cells, None, (), (note,))
        if folded(told.title) != folded(name):
            notes.append(f"matched {quantity_title(name, self.plan, 'vi')}")
        faults: list[Fault] = []
        if STATUS in self.watch.observables[name].units:
            told, unit = _of_task(told, notes), unit or STATUS
        value = self._value(told, unit, notes, faults)
        found = Observation(
            quantity=name,
            kind=kind or KINDS[0],
            value=value if value is not None else 0.0,
            unit=self._unit(name, unit, notes, faults),
            date=self._day(told, faults),
            source=told.source or self.defaults.source,
            entered_by=told.entered_by or self.defaults.entered_by,
        )
        if kind is None:
            faults.append(_no_kind(told.kind))
        if not found.source:
            faults.append(Fault("source", "source", "source is missing", "who reports it"))
        if told.report and kind in IN_LOGARITHMS and value == 0:
            note = "0 says nothing of the year's end; left out"
            return PreviewRow(told.place, told.cells, None, (), (note,))
        if kind is not None:
            known = {fault.field for fault in faults}
            faults += [row for row in faults_of(found, self.watch) if row.field not in known]
        if faults:
            return PreviewRow(told.place, told.cells, None, tuple(self._problems(told, faults)))
        return self._once(told, found, notes)

    def knows(self, told: Telling) -> bool:
        """Whether a telling's title names one quantity that can be observed."""
        unit = told.unit or ("%" if _is_percent(told.value) else "") or self.defaults.unit
        names = self.titles.find((told.title, *told.alternatives), [unit] if unit else []).names
        return len(names) == 1 and names[0] in self.watch.observables

    def _once(self, told: Telling, found: Observation, notes: Sequence[str]) -> PreviewRow:
        """The observation, unless the file gave it before; another value then is a problem."""
        key = (found.quantity, found.kind, found.date)
        before, earlier = self.seen.setdefault(key, (found, told))
        if earlier is told:
            return PreviewRow(told.place, told.cells, found, (), tuple(notes))
        units = self.watch.observables[found.quantity].units
        if found.value * units[found.unit] == before.value * units[before.unit]:
            note = f"stands already at {earlier.place}; counted once"
            return PreviewRow(told.place, told.cells, None, (), (*notes, note))
        wrong = f"another value stands at {earlier.place}: {earlier.value.text}"
        fault = Fault("value", "value", wrong, "one value of a quantity for a day")
        return PreviewRow(told.place, told.cells, None, tuple(self._problems(told, [fault])))

    def _unmatched(self, told: Telling, names: Sequence[str], near: str) -> PreviewRow:
        meant = not told.title or is_legacy(told.title) or _misspelled(told.title, near)
        if not names and self.defaults.leave_out_unknown and not meant:
            note = "names no quantity of the plan; left out"
            return PreviewRow(told.place, told.cells, None, (), (note,))
        allowed = "a name or title that `simulator list observables` prints"
        if len(names) > 1:
            wrong, allowed = f"fits several: {', '.join(names)}", "one of them by its name"
        elif names:
            wrong = "cannot be observed here"
        elif is_legacy(told.title):
            wrong = "is written for a TCVN3 font"
            allowed = "Unicode letters"
        else:
            wrong = "names no quantity of the plan" if told.title else "a value without a title"
        problem = Problem(told.file, told.line, named(told.title), wrong, allowed, near)
        return PreviewRow(told.place, told.cells, None, (problem,))

    def _kind(self, text: str) -> Kind | None:
        for kind in KINDS:
            spelt = (kind, say(f"track.kind.{kind}", "vi"), say(f"track.kind.{kind}", "en"))
            if folded(text) in {folded(spelling) for spelling in spelt}:
                return kind
        return None

    def _value(
        self, told: Telling, unit: str, notes: list[str], faults: list[Fault]
    ) -> float | None:
        cell = told.value
        if cell.wrong:
            faults.append(Fault("value", "value", cell.wrong, "a number; press F9 and save again"))
            return None
        if _is_percent(cell) and not (_percents(unit) or canonical(unit) == SHARE):
            wrong = f"is {cell.text}, a percentage of something"
            faults.append(Fault("value", "value", wrong, f"a number of {unit}"))
            return None
        if isinstance(cell.value, float):
            return _scaled(cell.value, 2) if cell.percent and _percents(unit) else cell.value
        if not isinstance(cell.value, str):
            faults.append(Fault("value", "value", f"is {cell.text or 'empty'}", "a number"))
            return None
        text = cell.text.removesuffix("%").strip() if _is_percent(cell) else cell.text
        number = number_of(text, told.shown)
        if isinstance(number, Misread):
            faults.append(Fault("value", "value", number.wrong, number.allowed))
            return None
        if not text.isdigit():
            notes.append(f"{cell.text} read as {number:.15g}")
        return _scaled(number, -2) if _is_percent(cell) and not _percents(unit) else number

    def _unit(self, name: str, text: str, notes: list[str], faults: list[Fault]) -> str:
        known = self.watch.observables[name]
        if not text:
            faults.append(Fault("unit", "unit", "unit is missing", ", ".join(known.units)))
            return ""
        unit = unit_of(text, known)
        if unit is None and takes(text, known):
            allowed = ", ".join(known.units)
            faults.append(Fault("unit", "unit", f"{text} may be several units", allowed))
        elif unit is not None and unit != text:
            notes.append(f"{text} read as {unit}")
        return unit or text

    def _day(self, told: Telling, faults: list[Fault]) -> datetime.date:
        given = told.day.text or told.day.wrong
        day = cell_day(told.day, self.year) if given else self.defaults.date
        if day is None:
            wrong = f"date is {named(given)!r}" if given else "date is missing"
            faults.append(Fault("date", "date", wrong, DAY))
        return day or self.watch.first

    def _problems(self, told: Telling, faults: Sequence[Fault]) -> Iterator[Problem]:
        for fault in faults:
            yield Problem(
                told.file, told.line, named(told.title), fault.wrong, fault.allowed, fault.nearest
            )


def _misspelled(title: str, near: str) -> bool:
    """Whether a title is so like a known one that it must be meant for it."""
    return SequenceMatcher(None, folded(title[:LONGEST_TITLE]), folded(near)).ratio() >= MISSPELLED


def _of_task(told: Telling, notes: list[str]) -> Telling:
    """What a table tells of a task, which needs no unit and may be said to be done or not in words."""
    for number, means in ((1.0, "done"), (0.0, "not_done")):
        if isinstance(told.value.value, str) and folded(told.value.value) in words(means):
            notes.append(f"{told.value.text} read as {number:g}")
            return replace(told, value=Cell(number))
    return told


def _no_kind(text: str) -> Fault:
    allowed = ", ".join(KINDS)
    if not text:
        return Fault("kind", "kind", "kind is missing", allowed)
    return Fault("kind", "kind", "unknown kind", allowed, nearest(text, KINDS))


def _is_percent(cell: Cell) -> bool:
    return cell.percent or (isinstance(cell.value, str) and cell.text.endswith("%"))


def _percents(unit: str) -> bool:
    return "%" in unit or PERCENT in unit or "phần trăm" in unit.casefold()


def _scaled(value: float, places: int) -> float:
    """A number with its decimal sign moved: 0.57 is 57 percent, not 56.99999999999999."""
    return float(Decimal(repr(value)).scaleb(places))


def named(text: str, most: int = 60) -> str:
    """A title or a value as problems name it, cut where it is long."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
