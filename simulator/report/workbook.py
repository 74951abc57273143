"""How do sheets become an Excel file? Live formats, fixed heads, filters, and pages that fit."""

import io
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from simulator.language import Language, say
from simulator.report.material import Material
from simulator.report.parts import Amount, Cell, cell_text
from simulator.report.settled import clean, settled
from simulator.report.sheet import Sheet
from simulator.report.sheets import sheets

HEAD_FILL = PatternFill("solid", fgColor="E6F0F3")
LONGEST_CELL = 32767
"""Letters that a cell of Excel holds."""
WRAPPED_FROM = 30
"""Columns at least so wide hold sentences."""
A4 = 9
"""Excel's number of the paper."""


def as_workbook(materials: Sequence[Material], language: Language, when: datetime) -> bytes:
    """The bytes of an .xlsx file, with a fixed time.

    Raises InputError where several scenarios cannot be compared.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets(materials, language):
        _add(book.create_sheet(sheet.name), sheet, language)
    names = "; ".join(material.scenario.title(language) for material in materials)
    book.properties.title = clean(f"{say('report.title', language)}: {names}")
    book.properties.creator = ""
    book.properties.created = book.properties.modified = when.replace(tzinfo=None)
    made = io.BytesIO()
    book.save(made)
    return settled(made.getvalue(), when)


def _add(page: Worksheet, sheet: Sheet, language: Language) -> None:
    headed = any(title for title, _ in sheet.columns)
    if headed:
        for at, (title, _) in enumerate(sheet.columns, 1):
            cell = page.cell(1, at)
            _write(cell, title, language)
            cell.font, cell.fill = Font(bold=True), HEAD_FILL
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    for at, (_, width) in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    for down, row in enumerate(sheet.rows, 2 if headed else 1):
        for across, content in enumerate(row, 1):
            if content is None or content == "":
                continue
            written = page.cell(down, across)
            _write(written, content, language)
            wide = sheet.columns[across - 1][1] >= WRAPPED_FROM
            indent = 0 if isinstance(content, Amount) else 1
            written.alignment = Alignment(wrap_text=wide, vertical="top", indent=indent)
    if headed:
        named = 3 if sheet.columns[1][1] >= WRAPPED_FROM else 2
        page.freeze_panes = f"{get_column_letter(named)}2"
        last = get_column_letter(len(sheet.columns))
        page.auto_filter.ref = f"A1:{last}{max(1, len(sheet.rows)) + 1}"
        page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if page.oddFooter is not None:
        page.oddFooter.left.text, page.oddFooter.center.text = "&A", "&P / &N"


def _write(cell: ExcelCell | MergedCell, content: Cell, language: Language) -> None:
    """A number with its format, or text that is never taken for a formula."""
    if isinstance(content, Amount):
        cell.value = content.value
        cell.number_format = _format(content)
        return
    text = clean(cell_text(content, language))[:LONGEST_CELL]
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _format(content: Amount) -> str:
    places = "." + "0" * content.decimals if content.decimals else ""
    if content.manner == "percent":
        return f"#,##0{places}%"
    number = f"#,##0{places}"
    return f"+{number};-{number};0{places}" if content.manner == "signed" else number
