"""How is a table read that came as text, whatever separates its cells?"""

import codecs
import csv
import io
from collections.abc import Sequence

from simulator.intake.cells import Cell, Grid
from simulator.intake.folding import folded, words
from simulator.intake.limits import LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, most
from simulator.observation_reading import FIELDS
from simulator.records import InputError, Problem

SEPARATORS = (",", ";", "\t")
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADINGS = ("number", "quantity", "unit", "date", "kind", "source")
_LOOKED_AT = 60
"""Lines among which the heading is looked for, to see what separates its cells."""
_LETTERS_OF_A_LINE = 500
UNICODE = "text in UTF-8 (in Excel: CSV UTF-8), or in UTF-16 with its mark"


def read_text_table(file: str, content: bytes) -> Grid:
    """The cells of a CSV file. Raises InputError where it is not Unicode, not CSV or too large."""
    text = _decoded(file, content)
    separator, text, skipped = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[Cell]]] = []
    start = reader.line_num + 1 + skipped
    try:
        for cells in reader:
            if len(rows) >= MOST_ROWS:
                raise InputError([most(file, "rows", MOST_ROWS)])
            if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
                raise InputError([most(file, "columns", MOST_COLUMNS, start)])
            if any(len(cell) > LONGEST_TEXT for cell in cells):
                raise InputError([most(file, "letters in a cell", LONGEST_TEXT, start)])
            rows.append((start, [Cell(cell) if cell else Cell() for cell in cells[:MOST_COLUMNS]]))
            start = reader.line_num + 1 + skipped
    except csv.Error as error:
        wrong = f"not a CSV row: {error}"
        raise InputError([Problem(file, reader.line_num + skipped, "", wrong)]) from None
    return Grid(file, None, rows)


def _decoded(file: str, content: bytes) -> str:
    coding = next((name for mark, name in _MARKED if content.startswith(mark)), "utf-8")
    try:
        return content.decode(coding)
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        name = "UTF-16" if coding == "utf-16" else "UTF-8"
        wrong = (
            f"byte {error.start} is not {name}; legacy codings (TCVN3, VNI, cp1258) are not read"
        )
        raise InputError([Problem(file, line, "", wrong, UNICODE)]) from None


def _separator(text: str) -> tuple[str, str, int]:
    """What separates the cells, the text without a line that says so, and how many lines that took."""
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"').lower()
    if told.startswith("sep=") and len(told) == len("sep=") + 1 and told[-1] in SEPARATORS:
        return told[-1], rest, 1
    lines = text[: _LOOKED_AT * _LETTERS_OF_A_LINE].splitlines()[:_LOOKED_AT]
    return max(SEPARATORS, key=lambda separator: _likeness(lines, separator)), text, 0


def _likeness(lines: Sequence[str], separator: str) -> tuple[int, int]:
    """How much some lines look like a table with a separator: cells of its heading, then of any."""
    known = {*FIELDS, *(phrase for means in _HEADINGS for phrase in words(means))}
    rows = [line.split(separator) for line in lines]
    headed = [sum(_is_heading(cell, known) for cell in row) for row in rows]
    return max(headed, default=0), max((len(row) for row in rows), default=0)


def _is_heading(cell: str, known: set[str]) -> bool:
    bare = cell.strip().strip('"')
    return bare in known or folded(bare) in known
