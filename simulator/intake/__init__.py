"""What does a table that a department sends say? Read whole, shown before anything counts."""

import itertools
from collections.abc import Iterable

from simulator.intake.cells import Grid
from simulator.intake.limits import LARGEST_TABLE
from simulator.intake.plain_table import heading_of, read_plain
from simulator.intake.preview import Defaults, Preview, PreviewRow
from simulator.intake.report_rows import read_report
from simulator.intake.report_table import find_table
from simulator.intake.text_table import read_text_table
from simulator.intake.understanding import Reader
from simulator.intake.writing import write_csv, write_xlsx
from simulator.language import Language
from simulator.observation import Watch
from simulator.plan import Plan
from simulator.problem_words import phrase
from simulator.records import InputError, Problem
from simulator.yaml_text import MOST_PROBLEMS

__all__ = [
    "Defaults",
    "Preview",
    "PreviewRow",
    "note_text",
    "read_table",
    "write_csv",
    "write_xlsx",
]

NO_DEFAULTS = Defaults()
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
"""How workbooks begin: those of today, and those of old or with a password."""


def read_table(
    name: str, content: bytes, watch: Watch, plan: Plan, defaults: Defaults = NO_DEFAULTS
) -> Preview:
    """What a file says, row by row: a workbook or a CSV table, plain or as a department makes it.

    Never raises for bad content: what is wrong is told in the preview, up to `MOST_PROBLEMS`
    problems, and a preview with any is not ready.
    """
    try:
        grids = _grids(name, content)
    except InputError as error:
        return Preview(name, (), error.problems[:MOST_PROBLEMS])
    reader = Reader(watch, plan, defaults)
    found = [told for grid in grids if (told := _read_grid(grid, reader)) is not None]
    problems = [problem for _, wrong in found for problem in wrong]
    if not found:
        wrong = "holds no table that can be read"
        allowed = "a heading with quantity, value, or with Chỉ tiêu and Thực hiện đến 31/10/2020"
        problems.append(Problem(name, None, "", wrong, allowed))
    return _bounded(name, itertools.chain.from_iterable(rows for rows, _ in found), problems)


def _grids(name: str, content: bytes) -> list[Grid]:
    if len(content) > LARGEST_TABLE:
        wrong, allowed = f"{len(content)} bytes", f"at most {LARGEST_TABLE} bytes"
        raise InputError([Problem(name, None, "", wrong, allowed)])
    if content.startswith(_OLE):
        wrong = "is a workbook of the old kind, or has a password"
        allowed = "a workbook saved as .xlsx, without a password"
        raise InputError([Problem(name, None, "", wrong, allowed)])
    if content.startswith(_ZIP):
        from simulator.intake.workbook import read_workbook

        return read_workbook(name, content)
    return [read_text_table(name, content)]


def _read_grid(grid: Grid, reader: Reader) -> tuple[Iterable[PreviewRow], list[Problem]] | None:
    at = heading_of(grid)
    if at is not None:
        return read_plain(grid, at, reader)
    table = find_table(grid, reader.watch, reader.year)
    return None if table is None else read_report(table, reader)


def _bounded(name: str, rows: Iterable[PreviewRow], problems: list[Problem]) -> Preview:
    """A preview that tells at most so many problems; the rows after them are not read."""
    told = problems[:MOST_PROBLEMS]
    left = MOST_PROBLEMS - len(told)
    shown: list[PreviewRow] = []
    for row in rows:
        left -= len(row.problems)
        if left < 0:
            wrong, allowed = f"more than {MOST_PROBLEMS} problems", "these first"
            told.append(Problem(name, None, "", wrong, allowed))
            break
        shown.append(row)
    return Preview(name, tuple(shown), tuple(told))


def note_text(note: str, language: Language) -> str:
    """A note of a preview's row in a language."""
    return (phrase(note) or note) if language == "vi" else note
