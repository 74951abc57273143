"""How large may a table be? Beyond, one problem is told and nothing is read."""

from simulator.records import LARGEST_FILE, Problem

LARGEST_TABLE = LARGEST_FILE
LARGEST_EXPANDED = 32 * 1024 * 1024
"""Bytes of a workbook once it is unpacked; a department's report has less than one MiB."""
MOST_PARTS = 1000
"""Files inside a workbook."""
MOST_ELEMENTS = 500_000
"""Marks in one part of a workbook, which each cost far more memory than their bytes."""
MOST_SHEETS = 50
MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_MERGED = 5000
LONGEST_TEXT = 32_767
"""Letters of a cell, as Excel has it."""
LONGEST_TITLE = 500
"""Letters of a title that are compared."""
LONGEST_NUMBER = 400
"""Signs of a number; longer texts are none."""


def most(file: str, what: str, number: int, line: int | None = None) -> Problem:
    """That a table has more of something than is read."""
    return Problem(file, line, "", f"more than {number} {what}", f"at most {number}")
