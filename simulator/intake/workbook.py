"""How is a workbook read without trusting it? Within limits, formulas by their last value."""

import datetime
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import range_boundaries

from simulator.intake.cells import EMPTY, Cell, Grid
from simulator.intake.limits import (
    LARGEST_EXPANDED,
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_ELEMENTS,
    MOST_MERGED,
    MOST_PARTS,
    MOST_ROWS,
    MOST_SHEETS,
    most,
)
from simulator.records import InputError, Problem

_QUOTED = re.compile(r'"[^"]*"|\\.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
"""A comma behind the last digit of a format: it divides by a thousand what it shows."""
_TRUE = frozenset({"1", "true"})


def read_workbook(file: str, content: bytes) -> list[Grid]:
    """The visible sheets of a workbook. Raises InputError where it is damaged, hostile or too large."""
    _inspect(file, content)
    # A damaged workbook makes openpyxl raise whatever its parts raise: all of it means one thing.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sheets(file, content)
    except InputError:
        raise
    except Exception:
        raise InputError([_damaged(file)]) from None


def _damaged(file: str) -> Problem:
    wrong, allowed = "is no workbook that can be read", "a workbook as Excel saves it (.xlsx)"
    return Problem(file, None, "", wrong, allowed)


def _inspect(file: str, book: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise InputError([most(file, "parts", MOST_PARTS)])
            if sum(part.file_size for part in parts) > LARGEST_EXPANDED:
                raise InputError([most(file, "bytes unpacked", LARGEST_EXPANDED)])
            for part in parts:
                content = archive.read(part)
                if content.count(b"<") > MOST_ELEMENTS:
                    raise InputError([most(file, "marks in a part", MOST_ELEMENTS)])
                # A workbook never declares a document type; what does wants to expand entities.
                if b"<!DOCTYPE" in content.replace(b"\0", b""):
                    wrong, allowed = "declares a document type", "a workbook as Excel saves it"
                    raise InputError([Problem(file, None, part.filename[:80], wrong, allowed)])
    except InputError:
        raise
    except Exception:
        raise InputError([_damaged(file)]) from None


def _sheets(file: str, content: bytes) -> list[Grid]:
    options = {"read_only": True, "keep_links": False}
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True, **options)
    written = openpyxl.load_workbook(io.BytesIO(content), data_only=False, **options)
    try:
        if len(shown.worksheets) > MOST_SHEETS:
            raise InputError([most(file, "sheets", MOST_SHEETS)])
        visible = [
            pair
            for pair in zip(shown.worksheets, written.worksheets, strict=True)
            if pair[0].sheet_state == "visible"
        ]
        return [_grid(f"{file} [{values.title}]", values, formulas) for values, formulas in visible]
    finally:
        shown.close()
        written.close()


def _grid(file: str, values: Any, formulas: Any) -> Grid:
    values.reset_dimensions()
    formulas.reset_dimensions()
    rows: list[tuple[int, list[Cell]]] = []
    pairs = itertools.zip_longest(values.iter_rows(), formulas.iter_rows(), fillvalue=())
    for number, (cells, sources) in enumerate(pairs, start=1):
        if number > MOST_ROWS:
            raise InputError([most(file, "rows", MOST_ROWS)])
        read = [
            _cell(cell, source)
            for cell, source in itertools.zip_longest(cells, sources, fillvalue=None)
        ]
        if any(not cell.blank for cell in read[MOST_COLUMNS:]):
            raise InputError([most(file, "columns", MOST_COLUMNS, number)])
        rows.append((number, read[:MOST_COLUMNS]))
    layout = _layout(file, values)
    return Grid(file, values.title, layout.seen(rows), tuple(layout.merged))


def _cell(cell: Any, source: Any) -> Cell:
    value = None if cell is None else cell.value
    if value is None:
        formula = source is not None and source.data_type == "f"
        return Cell(wrong="is a formula without a value") if formula else EMPTY
    if cell.data_type == "e":
        return Cell(wrong=f"is {value}")
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            return Cell(wrong="is longer than a cell can be")
        return Cell(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), value))
    if isinstance(value, bool):
        return Cell(value)
    if isinstance(value, datetime.datetime):
        return Cell(value.date())
    if isinstance(value, datetime.date):
        return Cell(value)
    if isinstance(value, int | float):
        return _numeric(value, cell)
    return Cell(str(value))


def _numeric(value: float, cell: Any) -> Cell:
    shown = _QUOTED.sub("", str(cell.number_format))
    if _SCALED.search(shown):
        return Cell(wrong="is shown in thousands or millions of what the cell holds")
    try:
        return Cell(float(value), percent="%" in shown)
    except OverflowError:
        return Cell(wrong="is a number beyond all limits")


@dataclass
class _Layout:
    """What the reading of rows one by one does not tell: what is merged and what nobody sees."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def seen(self, rows: Sequence[tuple[int, list[Cell]]]) -> list[tuple[int, list[Cell]]]:
        """The rows with what is hidden left blank, as who sent them sees them."""
        return [
            (
                number,
                []
                if number in self.hidden_rows
                else [
                    EMPTY if at in self.hidden_columns else cell for at, cell in enumerate(cells)
                ],
            )
            for number, cells in rows
        ]


def _layout(file: str, sheet: Any) -> _Layout:
    found = _Layout()
    with sheet.parent._archive.open(sheet._worksheet_path) as source:
        for _, element in iterparse(source):
            kind = element.tag.rpartition("}")[2]
            if kind == "mergeCell":
                if len(found.merged) == MOST_MERGED:
                    raise InputError([most(file, "merged ranges", MOST_MERGED)])
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                if left and top and right and bottom:
                    found.merged.append((top, left - 1, bottom, right - 1))
            elif kind == "row" and element.get("hidden") in _TRUE:
                found.hidden_rows.add(int(element.get("r", 0)))
            elif kind == "col" and element.get("hidden") in _TRUE:
                first, last = int(element.get("min", 0)), int(element.get("max", 0))
                found.hidden_columns |= set(range(first - 1, min(last, MOST_COLUMNS)))
            element.clear()
    return found
