"""How does a table stand in a Word file? Its head on every page, and no row broken over two."""

import io

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.shared import Emu, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from simulator.language import Language
from simulator.report.parts import Cell, Chance, Column, Table, cell_text
from simulator.report.raster import shape_png
from simulator.report.word_page import (
    SMALL,
    TABLE,
    WIDE_TABLE,
    aligned,
    element,
    room,
    set_cell_margins,
    write,
)

HEAD_COLOUR, GROUP_COLOUR = "E6F0F3", "F2F2F2"
PADDING = 70
"""Of a cell to its left and right, in twentieths of a point."""


def add_table(document: WordDocument, table: Table, language: Language) -> None:
    """Put a table at the end of a document, as wide as its page."""
    made = framed(document, len(table.columns))
    wide = document.sections[-1].orientation == WD_ORIENT.LANDSCAPE
    size = WIDE_TABLE if wide else TABLE
    widths = _widths(table.columns, room(document.sections[-1]))
    head = made.rows[0]
    head._tr.get_or_add_trPr().append(element("tblHeader"))
    for cell, column in zip(head.cells, table.columns, strict=True):
        paragraph = aligned(cell.paragraphs[0], "centre")
        write(paragraph, column.title, size=size, bold=True)
        _shaded(cell, HEAD_COLOUR)
    for at, cells in enumerate(table.rows):
        if at in table.groups:
            _group(_added(made), table.groups[at], size)
        row = _added(made)
        for cell, content, column in zip(row.cells, cells, table.columns, strict=True):
            paragraph = aligned(
                cell.paragraphs[0], "right" if column.right else "left", before=1, after=1
            )
            _write_cell(paragraph, content, language, size)
    _settle(made, widths)
    for note in table.notes:
        write(aligned(document.add_paragraph(), "left", before=2), note, size=SMALL - 1)
    aligned(document.add_paragraph(), "left").paragraph_format.line_spacing = Pt(6)


def _added(made: WordTable) -> _Row:
    row: _Row = made.add_row()  # type: ignore[no-untyped-call]
    return row


def framed(document: WordDocument, columns: int) -> WordTable:
    """An empty table with lines around its cells, and a row for its head."""
    made = document.add_table(1, columns)
    made.style = document.styles["Table Grid"]
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    set_cell_margins(made, PADDING)
    return made


def _widths(columns: tuple[Column, ...], whole: int) -> list[int]:
    total = sum(column.width for column in columns)
    return [round(whole * column.width / total) for column in columns]


def _settle(made: WordTable, widths: list[int]) -> None:
    """Give every column its width, and let no row break."""
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Emu(width)
    for row in made.rows:
        row._tr.get_or_add_trPr().insert(0, element("cantSplit"))
        for at, cell in enumerate(row._tr.tc_lst):
            span = cell.grid_span
            cell.width = Emu(sum(widths[at : at + span]))


def _group(row: _Row, title: str, size: float) -> None:
    cell = row.cells[0].merge(row.cells[-1])
    paragraph = aligned(cell.paragraphs[0], "left")
    paragraph.paragraph_format.keep_with_next = True
    write(paragraph, title, size=size, bold=True)
    _shaded(cell, GROUP_COLOUR)


def _shaded(cell: _Cell, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=colour))
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _write_cell(paragraph: Paragraph, content: Cell, language: Language, size: float) -> None:
    if isinstance(content, Chance):
        picture = io.BytesIO(shape_png(content.band.code))
        shape = paragraph.add_run().add_picture(picture, height=Pt(size - 1))
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")
        write(paragraph, f"\u00a0{content.text()}".rstrip(), size=size)
        return
    write(paragraph, cell_text(content, language), size=size)
