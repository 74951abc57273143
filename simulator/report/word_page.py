"""How is a Word file set up? Paper, letters, page numbers, and what its library has no words for."""

from collections.abc import Mapping
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from simulator.language import Language
from simulator.report.settled import clean

FONT = "Times New Roman"
CODE_FONT = "Courier New"
BODY, TABLE, WIDE_TABLE, SMALL, MOTTO = 13, 10, 9, 11, 12
"""Sizes in points: running text, cells, cells on wide pages, captions and notes, the heads of the form."""
PAPER = Cm(21.0), Cm(29.7)
TOP, BOTTOM, LEFT, RIGHT = Cm(2), Cm(2), Cm(3), Cm(2)
INDENT = Cm(1.27)
LOCALES: Mapping[Language, str] = {"vi": "vi-VN", "en": "en-GB"}


def element(name: str, **attributes: str) -> Any:
    """An element of Word's own language."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_up(document: WordDocument, language: Language) -> None:
    """Paper, margins, letters and headings as administrative documents have them."""
    normal = document.styles["Normal"]
    _letters(normal, FONT, BODY)
    normal.element.get_or_add_rPr().append(element("lang", val=LOCALES[language]))
    spacing = normal.paragraph_format
    spacing.space_before, spacing.space_after = Pt(0), Pt(6)
    spacing.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        _letters(style, FONT, BODY)
        style.font.bold, style.font.italic = True, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt(12 if level == 1 else 6)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = True
    first = document.sections[0]
    first.different_first_page_header_footer = True
    _paper(first, wide=False)
    _page_number(first)


def landscape(document: WordDocument) -> None:
    """Go on with pages that lie on their side."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    _paper(section, wide=True)


def set_cell_margins(table: Table, twentieths: int) -> None:
    """Set the room to the left and right inside the cells of a table, in twentieths of a point."""
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=str(twentieths), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")


def room(section: Section) -> int:
    """The width between the margins, in Word's smallest unit."""
    sizes = (section.page_width, section.left_margin, section.right_margin)
    width, left, right = (int(size or 0) for size in sizes)
    return width - left - right


def _letters(style: Any, font: str, size: int) -> None:
    style.font.name, style.font.size = font, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), font)


def _paper(section: Section, *, wide: bool) -> None:
    short, long = PAPER
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.top_margin, section.bottom_margin = (RIGHT, RIGHT) if wide else (TOP, BOTTOM)
    section.left_margin, section.right_margin = (Cm(2), Cm(2)) if wide else (LEFT, RIGHT)
    section.header_distance = Cm(1)


def _page_number(section: Section) -> None:
    """The number of the page in the middle of its upper margin, but on the first page none."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(BODY)
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            code = element("instrText")
            code.text = "PAGE"
            run._r.append(code)


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 0,
    bold: bool = False,
    italic: bool = False,
    blank: bool = False,
) -> Run:
    """Add text; `blank` marks what the office fills in."""
    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    if blank:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return run


def aligned(paragraph: Paragraph, where: str, *, before: float = 0, after: float = 0) -> Paragraph:
    """A paragraph in the middle, to the left, to both sides, with room around it in points."""
    paragraph.alignment = {
        "centre": WD_ALIGN_PARAGRAPH.CENTER,
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[where]
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def ruled(paragraph: Paragraph, inset: Length) -> None:
    """Make an empty paragraph a rule that begins and ends an inset from the edges."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inset
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(3), Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(6)
    borders = element("pBdr")
    borders.append(element("top", val="single", sz="6", space="1", color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
