"""What do the rows of a department's table tell: sections, figures, totals, notes at the foot?"""

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from simulator.intake.cells import Cell, cell_at
from simulator.intake.days import years_of
from simulator.intake.folding import folded, without_asides, words
from simulator.intake.headings import Column, day_of_report
from simulator.intake.numerals import evidence
from simulator.intake.preview import Defaults, PreviewRow
from simulator.intake.report_table import Table, is_figure
from simulator.intake.titles import unit_in
from simulator.intake.understanding import Reader, Telling, named
from simulator.intake.unit_words import is_unit, same_unit
from simulator.observation_reading import KINDS
from simulator.records import Problem


def read_report(table: Table, reader: Reader) -> tuple[Iterable[PreviewRow], list[Problem]]:
    """The values of a department's table, each understood, and what is wrong with the table."""
    columns = _with_alone(table, reader.defaults)
    if isinstance(columns, Problem):
        return [], [columns]
    table = replace(table, columns=columns)
    if not table.figures():
        wrong, allowed = "has no column of the plan's year", "a heading as Thực hiện đến 31/10/2020"
        return [], [Problem(table.grid.file, None, "", wrong, allowed)]
    day = _reported_day(table, reader)
    if isinstance(day, Problem):
        return [], [day]
    elsewhere = [text for text in table.above if of_a_district(text)]
    if elsewhere:
        wrong, allowed = "is of a district", "figures of the whole province"
        return [], [Problem(table.grid.file, None, named(elsewhere[0]), wrong, allowed)]
    named_at = [at for at, column in enumerate(table.columns) if column.role == "quantity"]
    if any(later - at > 1 for at, later in itertools.pairwise(named_at)):
        wrong, allowed = "holds two tables side by side", "one table a sheet"
        return [], [Problem(table.grid.file, table.heading, "", wrong, allowed)]
    return _rows(table, reader, day), []


def _with_alone(table: Table, defaults: Defaults) -> Sequence[Column] | Problem:
    """The columns; those of a month or a quarter alone are left out, or told where nothing else is."""
    alone = [column for column in table.columns if column.role == "alone"]
    if table.figures() or not alone:
        return table.columns
    if defaults.kind == "to_date":
        return [
            replace(column, role="value", kind="to_date") if column in alone else column
            for column in table.columns
        ]
    wrong = "may be of that month or quarter alone"
    allowed = "a running total, as Lũy kế đến hết quý III"
    return Problem(table.grid.file, table.heading, alone[0].heading, wrong, allowed)


def _reported_day(table: Table, reader: Reader) -> datetime.date | Problem | None:
    """The day for figures whose own heading names none: that of a column beside, or of the lines above."""
    columns = [table.columns[at] for at in table.figures()]
    beside = dict.fromkeys(c.day for c in columns if c.day and c.kind == "to_date")
    above = day_of_report(table.above, reader.year)
    within = [day for day in above if reader.watch.first <= day <= reader.watch.last]
    days = list(beside) or within
    if len(days) > 1 and any(column.day is None for column in columns):
        wrong = f"reports up to {' and '.join(day.isoformat() for day in days)}"
        return Problem(table.grid.file, None, "", wrong, "one day, or a column of days")
    return days[0] if days else None


def _rows(table: Table, reader: Reader, day: datetime.date | None) -> Iterator[PreviewRow]:
    title_at, figures = table.at("quantity"), table.figures()
    shown = {at: evidence(_texts(table, at)) for at in figures}
    section, foot = "", False
    for number, row in table.body:
        title = cell_at(row, title_at).text
        values = {at: cell for at in figures if not (cell := cell_at(row, at)).blank}
        figured = {at: cell for at, cell in values.items() if is_figure(cell)}
        foot = foot or (not figured and _begins_foot(row))
        if foot or not title:
            values = figured
        if not values or _begins_table(title):
            section = title or next((cell.text for cell in row if cell.text), section)
        untitled = False
        astray = _astray(section, reader.year)
        for at, cell in values.items():
            place = table.grid.place(number, at)
            told = _telling(table, (number, row), at, day, reader.defaults)
            wrong = astray or _units_at_odds(table, row, at)
            if wrong is not None:
                yield _refused(replace(told, place=place, value=cell, title=title), wrong)
                continue
            told = replace(told, place=place, value=cell, shown=shown[at], title=title)
            if section:
                told = replace(told, alternatives=(f"{section}: {title}",))
            told = replace(told, cells=_cells(told, table.columns[at]))
            if folded(without_asides(title)[0]) in words("total"):
                yield PreviewRow(place, told.cells, None, (), ("a total; left out",))
            elif not untitled:
                found = reader.row(told)
                untitled = bool(found.problems) and not reader.knows(told)
                yield found


def _telling(
    table: Table,
    numbered: tuple[int, Sequence[Cell]],
    at: int,
    day: datetime.date | None,
    defaults: Defaults,
) -> Telling:
    """What the other cells of a row, the headings and the lines above add to a figure."""
    number, row = numbered
    column = table.columns[at]
    when = cell_at(row, table.at("date"))
    if when.blank:
        when = Cell(column.day or day)
    kind = cell_at(row, table.at("kind")).text or column.kind or defaults.kind
    unit = cell_at(row, table.at("unit"))
    title_unit = unit_in(cell_at(row, table.at("quantity")).text)
    return Telling(
        file=table.grid.file,
        line=number,
        place="",
        title="",
        value=Cell(),
        shown=frozenset(),
        unit=("" if unit.blank else unit.text) or title_unit or column.unit or _unit(table.above),
        kind=kind or ("to_date" if day else ""),
        day=when,
        source=" ".join(cell_at(row, table.at("source")).text.split()),
        entered_by=cell_at(row, table.at("entered_by")).text,
        report=True,
    )


def _cells(told: Telling, column: Column) -> Mapping[str, str]:
    return {
        "quantity": told.title,
        "value": told.value.text or told.value.wrong,
        "unit": told.unit,
        "date": told.day.text,
        "kind": told.kind if told.kind not in KINDS else column.heading or told.kind,
        "source": told.source,
    }


def of_a_district(text: str) -> bool:
    """Whether a line speaks of a part of the province, not of a place and day of signing."""
    plain = f"{folded(text)} "
    return " ngay " not in plain and any(plain.startswith(f"{word} ") for word in words("district"))


def _begins_table(title: str) -> bool:
    return folded(title) in words("quantity")


def _astray(section: str, year: int) -> tuple[str, str] | None:
    """Why figures below a section's title are none of the province in the plan's year."""
    years = years_of(section)
    if of_a_district(section):
        return f"stands below {named(section)!r}", "figures of the whole province"
    if _begins_table(section):
        return "stands in a second table", "one table a sheet"
    if years and year not in years:
        return f"stands below {named(section)!r}", f"figures of {year}"
    return None


def _units_at_odds(table: Table, row: Sequence[Cell], at: int) -> tuple[str, str] | None:
    """Which units of a figure cannot both be meant; a share of a whole stands beside amounts."""
    cell, title = cell_at(row, table.at("unit")), cell_at(row, table.at("quantity")).text
    given = ["" if cell.blank else cell.text, unit_in(title), table.columns[at].unit]
    told = list(dict.fromkeys(unit for unit in given if unit))
    for one, other in itertools.pairwise(told):
        if not same_unit(one, other):
            return f"unit is {one} here and {other} there", "one unit"
    return None


def _refused(told: Telling, wrong: tuple[str, str]) -> PreviewRow:
    problem = Problem(told.file, told.line, named(told.title), *wrong)
    return PreviewRow(told.place, _cells(told, Column("value")), None, (problem,))


def _texts(table: Table, at: int) -> Iterator[str]:
    for _, row in table.body:
        cell = cell_at(row, at)
        if isinstance(cell.value, str):
            yield cell.text.removesuffix("%")


def _begins_foot(row: Sequence[Cell]) -> bool:
    """Whether a row without figures begins what stands below a table: notes, day and signature."""
    texts = [f" {folded(cell.text)} " for cell in row if cell.text]
    dated = any(" ngay " in text and " thang " in text and " nam " in text for text in texts)
    named = any(text.startswith(f" {phrase} ") for text in texts for phrase in words("foot"))
    return dated or named


def _unit(above: Sequence[str]) -> str:
    """The unit that a line above a table gives for all of it."""
    for text in above:
        head, colon, unit = text.strip("()").partition(":")
        if colon and folded(head) in words("unit_line") and is_unit(unit):
            return unit.strip()
    return ""
