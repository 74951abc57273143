"""How does a report become a Word file? In the form of a Vietnamese administrative report.

The form is that of Decree 30/2020/NĐ-CP: national motto, office, number and date, title,
numbered parts, signature and recipients. What only the office knows is marked to be filled in.
"""

import io
from datetime import datetime
from itertools import zip_longest

import docx
from docx.document import Document as WordDocument
from docx.shared import Cm, Emu, Pt

from simulator.drawing.figure import Figure
from simulator.language import say
from simulator.report.parts import Block, Code, Paragraph, Part, Points, Report, Table
from simulator.report.raster import png, width_of
from simulator.report.settled import clean, settled
from simulator.report.word_form import add_head, add_signature, add_title
from simulator.report.word_page import (
    BODY,
    CODE_FONT,
    INDENT,
    SMALL,
    aligned,
    landscape,
    room,
    set_up,
    write,
)
from simulator.report.word_tables import add_table

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")
CM_PER_PIXEL = 0.0235
"""The size of a picture in print, where the page is wide enough."""
PER_INCH = 914400
"""Word's smallest units in an inch."""


def as_word(report: Report, when: datetime) -> bytes:
    """The report as the bytes of a .docx file, with a fixed time."""
    document = docx.Document()
    set_up(document, report.language)
    _properties(document, report, when)
    add_head(document, report)
    add_title(document, report)
    _paragraph(document, report.opening)
    maker = _Maker(document, report)
    for at, part in enumerate(report.parts):
        maker.part(ROMAN[at], part)
    add_signature(document, report)
    for at, part in enumerate(report.appendices):
        maker.appendix(ROMAN[at], part, first=at == 0)
    made = io.BytesIO()
    document.save(made)
    return settled(made.getvalue(), when)


def _properties(document: WordDocument, report: Report, when: datetime) -> None:
    told = document.core_properties
    told.title = clean(report.about)
    told.subject = clean("; ".join(": ".join(fact) for fact in report.identity))
    told.author = told.last_modified_by = told.comments = ""
    told.created = told.modified = when
    told.revision = 1


def _paragraph(document: WordDocument, text: str, *, stays: bool = False) -> None:
    paragraph = aligned(document.add_paragraph(), "both", after=6)
    paragraph.paragraph_format.keep_with_next = stays
    paragraph.paragraph_format.first_line_indent = INDENT
    write(paragraph, text)


class _Maker:
    """Adds parts one after the other; pictures are numbered through."""

    def __init__(self, document: WordDocument, report: Report) -> None:
        self.document, self.report = document, report
        self.figures = 0

    def part(self, number: str, part: Part) -> None:
        """A numbered part of the text."""
        self.document.add_heading(clean(f"{number}. {part.title.upper()}"), 1)
        for at, section in enumerate(part.sections, 1):
            if section.title:
                self.document.add_heading(clean(f"{at}. {section.title}"), 2)
            for block, next_block in zip_longest(section.blocks, section.blocks[1:]):
                self.block(block, stays=isinstance(next_block, Table | Code))

    def appendix(self, number: str, part: Part, *, first: bool) -> None:
        """An appendix, on pages that lie on their side."""
        if first:
            landscape(self.document)
        language = self.report.language
        head = aligned(self.document.add_paragraph(style="Heading 1"), "centre", before=0)
        head.paragraph_format.page_break_before = not first
        write(head, say("report.appendix", language, number=number))
        title = aligned(self.document.add_paragraph(), "centre", after=8)
        title.paragraph_format.keep_with_next = True
        write(title, part.title.upper(), bold=True)
        for section in part.sections:
            for block in section.blocks:
                self.block(block)

    def block(self, block: Block, *, stays: bool = False) -> None:
        """One block, whatever it is; a paragraph that leads to the next stays on its page."""
        if isinstance(block, Table):
            add_table(self.document, block, self.report.language)
        elif isinstance(block, Figure):
            self.figure(block)
        elif isinstance(block, Points):
            for text in block.texts:
                _paragraph(self.document, f"- {text}")
        elif isinstance(block, Code):
            self.code(block)
        elif isinstance(block, Paragraph):
            _paragraph(self.document, block.text, stays=stays)

    def figure(self, figure: Figure) -> None:
        """A picture with its number, title, unit and source."""
        self.figures += 1
        language = self.report.language
        width = min(room(self.document.sections[-1]), int(Cm(width_of(figure) * CM_PER_PIXEL)))
        caption = aligned(self.document.add_paragraph(), "left", before=6)
        caption.paragraph_format.keep_with_next = True
        title = say("report.figure", language, number=self.figures, title=figure.title)
        write(caption, title, size=BODY - 1, bold=True)
        under = aligned(self.document.add_paragraph(), "left", after=4)
        under.paragraph_format.keep_with_next = True
        write(under, figure.subtitle, size=SMALL, italic=True)
        drawn = aligned(self.document.add_paragraph(), "centre")
        drawn.paragraph_format.keep_with_next = True
        picture = io.BytesIO(png(figure, width / PER_INCH))
        shape = drawn.add_run().add_picture(picture, width=Emu(width))
        shape._inline.docPr.set("descr", clean(figure.alt))
        source = aligned(self.document.add_paragraph(), "left", after=10)
        write(source, say("report.source", language, source=figure.source), size=SMALL - 1)

    def code(self, code: Code) -> None:
        """What is typed, in letters of one width."""
        for line in code.text.rstrip("\n").split("\n"):
            paragraph = aligned(self.document.add_paragraph(), "left", after=0)
            paragraph.paragraph_format.left_indent = Cm(0.5)
            run = write(paragraph, line, size=SMALL - 1)
            run.font.name = CODE_FONT
            run.font.no_proof = True
        paragraph.paragraph_format.space_after = Pt(8)
