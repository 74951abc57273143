"""What frames an administrative report? Office and motto above, signature and recipients below."""

from docx.document import Document as WordDocument
from docx.shared import Cm, Emu
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from simulator.language import Language, say
from simulator.report.parts import Report
from simulator.report.word_page import (
    BODY,
    MOTTO,
    SMALL,
    aligned,
    room,
    ruled,
    set_cell_margins,
    write,
)

OFFICE_PART = 0.39
"""Of the width: the office's side of the head."""
BLANK = "…"


def place_of(province: str, language: Language) -> str:
    """The name of a province as it stands before a date: without the word province."""
    word = say("report.form.province", language)
    return province.removeprefix(word).removesuffix(word).strip()


def add_head(document: WordDocument, report: Report) -> None:
    """The office and its number to the left, the motto, place and date to the right."""
    language = report.language
    left, right = _halves(document)
    place = place_of(report.province, language)
    _line(left, say("report.form.committee", language, place=place).upper(), MOTTO)
    _line(left, say("report.form.office", language), MOTTO, bold=True, blank=True)
    ruled(left.add_paragraph(), Cm(2.1))
    _blanks(left, say("report.form.number", language), BODY)
    _line(right, say("report.form.state", language), MOTTO, bold=True)
    _line(right, say("report.form.motto", language), BODY, bold=True)
    ruled(right.add_paragraph(), Cm(2.4))
    _blanks(right, say("report.form.date", language, place=place), BODY, italic=True)
    aligned(document.add_paragraph(), "left")


def add_title(document: WordDocument, report: Report) -> None:
    """The kind of the document and what it is about."""
    write(
        aligned(document.add_paragraph(), "centre", before=6),
        report.title.upper(),
        size=BODY + 1,
        bold=True,
    )
    write(aligned(document.add_paragraph(), "centre"), report.about, size=BODY + 1, bold=True)
    ruled(document.add_paragraph(), Cm(6))
    aligned(document.add_paragraph(), "left")


def add_signature(document: WordDocument, report: Report) -> None:
    """Who receives it to the left, who signs it to the right."""
    language = report.language
    aligned(document.add_paragraph(), "left")
    left, right = _halves(document)
    recipients = aligned(left.paragraphs[0], "left")
    write(recipients, say("report.form.recipients", language), size=MOTTO, bold=True, italic=True)
    for key in ("recipient", "kept"):
        line = aligned(left.add_paragraph(), "left")
        _fill(line, say(f"report.form.{key}", language), SMALL)
    _line(right, say("report.form.signatory", language), BODY, bold=True, blank=True)
    _line(right, say("report.form.seal", language), BODY - 1, italic=True)
    for _ in range(3):
        aligned(right.add_paragraph(), "centre")
    _line(right, say("report.form.name", language), BODY, bold=True, blank=True)


def _halves(document: WordDocument) -> tuple[_Cell, _Cell]:
    made: WordTable = document.add_table(1, 2)
    made.autofit = False
    set_cell_margins(made, 0)
    whole = room(document.sections[-1])
    widths = round(whole * OFFICE_PART), round(whole * (1 - OFFICE_PART))
    for column, cell, width in zip(made.columns, made.rows[0].cells, widths, strict=True):
        column.width = cell.width = Emu(width)
    left, right = made.rows[0].cells
    return left, right


def _line(
    cell: _Cell,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    blank: bool = False,
) -> None:
    fresh = not cell.paragraphs[-1].runs and len(cell.paragraphs) == 1
    paragraph = cell.paragraphs[0] if fresh else cell.add_paragraph()
    aligned(paragraph, "centre")
    write(paragraph, text, size=size, bold=bold, italic=italic, blank=blank)


def _blanks(cell: _Cell, text: str, size: float, *, italic: bool = False) -> None:
    _fill(aligned(cell.add_paragraph(), "centre", before=4), text, size, italic=italic)


def _fill(paragraph: Paragraph, text: str, size: float, *, italic: bool = False) -> None:
    """Text in which what stands in square brackets is to be filled in."""
    for at, piece in enumerate(text.replace("]", "[").split("[")):
        if piece:
            write(
                paragraph,
                f"[{piece}]" if at % 2 else piece,
                size=size,
                italic=italic,
                blank=bool(at % 2),
            )
