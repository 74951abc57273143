"""Which files can a report be, and what are they called?"""

import enum
import re
from collections.abc import Mapping, Sequence

from simulator.compare import compare
from simulator.language import Language, say
from simulator.report.material import Material
from simulator.report.parts import Report
from simulator.report.settled import time_of

LONGEST_STEM = 80


class Format(enum.StrEnum):
    """The forms of a hand-over document."""

    docx = "docx"
    xlsx = "xlsx"
    html = "html"


FORMATS: Mapping[Format, str] = {
    Format.docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.html: "text/html",
}
"""Each form with its media type."""


def make(materials: Sequence[Material], shape: Format, language: Language) -> bytes:
    """The document of one scenario, or one document of two to six and their comparison.

    The same materials give the same bytes. Raises InputError where scenarios cannot be compared.
    """
    # What writes a form is read when the form is asked for: other commands start without it.
    when = time_of(materials[0].card.projection.plan)
    if shape is Format.xlsx:
        from simulator.report.workbook import as_workbook

        return as_workbook(materials, language, when)
    written = _written(materials, language)
    if shape is Format.docx:
        from simulator.report.word import as_word

        return as_word(written, when)
    from simulator.report.web import as_web

    return as_web(written)


def _written(materials: Sequence[Material], language: Language) -> Report:
    from simulator.report.writing import write, write_together

    if len(materials) == 1:
        return write(materials[0], language)
    return write_together(materials, compare([one.card for one in materials]), language)


def file_stem(names: Sequence[str], language: Language) -> str:
    """A name for the file, without its ending, that any file system takes."""
    named = names[0] if len(names) == 1 else say("report.file.several", language)
    plain = re.sub(r"[^\w.-]+", "_", named).strip("._")[:LONGEST_STEM]
    return f"{say('report.file', language)}_{plain or len(names)}"
