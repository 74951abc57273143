"""What stands in a cell, whichever file it comes from?"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

BLANKS = frozenset({"", "-", "–", "—", "x", "X", "…", "..."})
"""What departments write where there is no value."""


@dataclass(frozen=True)
class Cell:
    """One cell as its file holds it."""

    value: str | float | bool | datetime.date | None = None
    percent: bool = False
    """Whether a number is shown as a percentage of itself: 0.57 as 57%."""
    wrong: str = ""
    """Why the cell holds no value although something stands in it."""

    @property
    def text(self) -> str:
        """What a reader of the table sees, without the spaces around it."""
        if self.value is None:
            return ""
        if isinstance(self.value, bool):
            return str(self.value).upper()
        if isinstance(self.value, float):
            return f"{100 * self.value:.15g}%" if self.percent else f"{self.value:.15g}"
        if isinstance(self.value, datetime.date):
            return self.value.isoformat()
        return self.value.strip()

    @property
    def blank(self) -> bool:
        """Whether the cell gives no value."""
        return not self.wrong and self.text in BLANKS


EMPTY = Cell()


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet."""

    file: str
    """How problems name the file, and the sheet where there are several."""
    sheet: str | None
    """The sheet's title; None for a text table."""
    rows: Sequence[tuple[int, Sequence[Cell]]]
    """Each row with its number or, in a text table, the line that it begins on."""
    merged: Sequence[tuple[int, int, int, int]] = ()
    """Merged ranges: first row, first column, last row, last column; rows as numbered, from 1."""

    def place(self, number: int, column: int) -> str:
        """How a cell is named; columns count from 0."""
        if self.sheet is None:
            return f"line {number}"
        return f"{self.sheet}!{letters(column)}{number}"


def letters(column: int) -> str:
    """A column's name in a workbook: 0 is A, 26 is AA."""
    name, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, ALPHABET)
        name = chr(ord("A") + digit) + name
    return name


ALPHABET = 26


def cell_at(cells: Sequence[Cell], column: int | None) -> Cell:
    """The cell of a row in a column; empty where the row ends before it."""
    return cells[column] if column is not None and column < len(cells) else EMPTY
