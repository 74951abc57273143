"""How is one thing made wrong in a copy of a plan's folder?"""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.plan import find_plan, load_plan
from simulator.records import InputError, Problem

Table = list[list[str]]


def copied(folder: Path) -> Path:
    """A copy of the shipped plan's folder."""
    plan = folder / "plan"
    shutil.copytree(find_plan("dien_bien_2020"), plan)
    return plan


def edit_table(file: Path, change: Callable[[Table], None]) -> None:
    """Rewrite a table after a change of its rows; the header is the first."""
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    change(rows)
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8")


def line_of(file: Path, *key: str) -> int:
    """The line of the row that begins with some cells."""
    rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
    return next(at for at, row in enumerate(rows, 1) if tuple(row[: len(key)]) == key)


def set_cell(file: Path, column: str, value: str, *key: str) -> int:
    """Write one cell of the row that begins with some cells; its line."""
    line = line_of(file, *key)

    def change(rows: Table) -> None:
        rows[line - 1][rows[0].index(column)] = value

    edit_table(file, change)
    return line


def problems_of(plan: Path) -> tuple[Problem, ...]:
    """Everything that reading a plan's folder finds wrong."""
    with pytest.raises(InputError) as error:
        load_plan(plan)
    return error.value.problems


def only_problem_of(plan: Path) -> Problem:
    """The one thing that reading a plan's folder finds wrong."""
    (problem,) = problems_of(plan)
    return problem
