"""How are observations written so that a spreadsheet opens them, and that they read back the same?"""

import csv
import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

from simulator.intake.limits import LONGEST_TEXT
from simulator.intake.numerals import plainly
from simulator.intake.protection import protected
from simulator.observation import Observation
from simulator.observation_reading import FIELDS
from simulator.records import InputError, Problem

_FIRST_DAY = datetime.date(1900, 3, 1)
"""Workbooks count days from 1900, with a day in February that never was."""
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WIDTHS = {"quantity": 36, "kind": 20, "value": 18, "unit": 24, "date": 12, "source": 40}
_OTHER_WIDTH = 24


def write_csv(observations: Sequence[Observation]) -> bytes:
    """Observations as a table in UTF-8 with a mark, which `read_table` reads back bit for bit.

    Numbers have a dot as their decimal sign and are written so that no column misreads them; a
    text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for row in observations:
        fields = {**vars(row), "value": plainly(row.value), "date": row.date.isoformat()}
        fields |= {name: protected(fields[name]) for name in ("source", "entered_by")}
        writer.writerow([fields[name] for name in FIELDS])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(observations: Sequence[Observation]) -> bytes:
    """Observations as a workbook, which `read_table` reads back bit for bit.

    Numbers and days are cells of their own kind, texts are texts whatever they begin with.
    Raises InputError for a text that is longer than a cell can be.
    """
    import openpyxl

    too_long = [
        Problem("", None, told.quantity, f"{letters} letters", f"at most {LONGEST_TEXT}")
        for told in observations
        for text in (told.source, told.entered_by)
        if (letters := len(_escaped(protected(text)))) > LONGEST_TEXT
    ]
    if too_long:
        raise InputError(too_long)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("observations")
    sheet.freeze_panes = "A2"
    for at, name in enumerate(FIELDS):
        width = _WIDTHS.get(name, _OTHER_WIDTH)
        sheet.column_dimensions[chr(ord("A") + at)].width = width
    sheet.append([_text(sheet, name, bold=True) for name in FIELDS])
    for row in observations:
        sheet.append([_cell(sheet, name, getattr(row, name)) for name in FIELDS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, name: str, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, float):
        number: Any = WriteOnlyCell(sheet)
        # openpyxl writes sixteen digits of a number, and some numbers need seventeen.
        number._value, number.data_type = repr(value), "n"
        return number
    if isinstance(value, datetime.date):
        if value < _FIRST_DAY:
            return _text(sheet, value.isoformat())
        day = WriteOnlyCell(sheet, datetime.datetime.combine(value, datetime.time()))
        day.number_format = "dd/mm/yyyy"
        return day
    return _text(sheet, protected(value) if name in {"source", "entered_by"} else value)


def _escaped(text: str) -> str:
    """A text whose control characters are written as workbooks write them."""
    kept = _LIKE_ESCAPE.sub("_x005F_", text)
    return _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", kept)


def _text(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell of text, never a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell: Any = WriteOnlyCell(sheet)
    cell._value, cell.data_type = _escaped(text), "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
