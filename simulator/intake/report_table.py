"""Where in a department's sheet does its table begin, and what does each column hold?"""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.intake.cells import EMPTY, Cell, Grid, cell_at
from simulator.intake.days import years_of
from simulator.intake.folding import folded, words
from simulator.intake.headings import Column, column_of
from simulator.intake.limits import MOST_COLUMNS
from simulator.intake.numerals import readings
from simulator.observation import Watch

_SEARCHED = 60
"""Rows among which the heading is looked for."""
_HEADING_ROWS = 4
_COUNTING = frozenset("0123456789abcdefghijklmnopqrstuvwxyz()=:/*+-x%., ")


@dataclass(frozen=True)
class Table:
    """A table with its heading understood."""

    grid: Grid
    columns: Sequence[Column]
    above: Sequence[str]
    """The texts of the lines on top."""
    body: Sequence[tuple[int, Sequence[Cell]]]
    heading: int
    """The number of the heading's first row."""

    def at(self, role: str) -> int | None:
        """The first column with a role, if there is one."""
        return next((at for at, column in enumerate(self.columns) if column.role == role), None)

    def figures(self) -> list[int]:
        """The columns whose cells are figures of the plan's year."""
        return [at for at, column in enumerate(self.columns) if column.role == "value"]


def find_table(grid: Grid, watch: Watch, year: int) -> Table | None:
    """The table of a sheet; None where no row is a heading that names quantities."""
    filled = _spread(grid, _SEARCHED + _HEADING_ROWS)
    for first, (number, cells) in enumerate(filled[:_SEARCHED]):
        if not any(_names_quantities(cell) for cell in cells):
            continue
        last = _last_heading(grid, filled, first)
        width = max(len(row) for _, row in filled[first : last + 1])
        columns = [
            column_of(
                [cell_at(row, at).text for _, row in filled[first : last + 1]],
                watch,
                year,
            )
            for at in range(width)
        ]
        if any(column.role in {"value", "alone", "ignored"} for column in columns):
            above = [cell.text for _, row in grid.rows[:first] for cell in row if cell.text]
            return Table(grid, columns, above, _body(grid, columns, last), number)
    return None


def _names_quantities(cell: Cell) -> bool:
    return isinstance(cell.value, str) and folded(cell.value) in words("quantity")


def _spread(grid: Grid, rows: int) -> list[tuple[int, list[Cell]]]:
    """The first rows of a sheet, with what stands in a merged range in each of its cells."""
    filled = [(number, list(cells)) for number, cells in grid.rows[:rows]]
    for top, left, bottom, right in grid.merged:
        if top > len(filled):
            continue
        corner = cell_at(filled[top - 1][1], left)
        for _, cells in filled[top - 1 : bottom]:
            cells += [EMPTY] * (min(right + 1, MOST_COLUMNS) - len(cells))
            cells[left : right + 1] = [corner] * len(cells[left : right + 1])
    return filled


def _last_heading(grid: Grid, filled: Sequence[tuple[int, Sequence[Cell]]], first: int) -> int:
    """The last row of a heading: as far down as its cells are merged, or hold headings only."""
    cells = filled[first][1]
    title = next(at for at, cell in enumerate(cells) if _names_quantities(cell))
    number = filled[first][0]
    last = first
    for top, left, bottom, right in grid.merged:
        if top <= number <= bottom and left <= title <= right:
            last = max(last, first + bottom - number)
    while last + 1 < min(len(filled), first + _HEADING_ROWS):
        below = grid.rows[last + 1][1]
        texts = [cell for cell in below if cell.text]
        headed = cell_at(below, title).text
        if (
            headed
            or not texts
            or any(is_figure(cell) and not years_of(cell.text) for cell in texts)
        ):
            break
        last += 1
    return min(last, len(filled) - 1, first + _HEADING_ROWS)


def _body(grid: Grid, columns: Sequence[Column], last: int) -> list[tuple[int, Sequence[Cell]]]:
    """The rows below the heading; units, days and sources that are merged over rows in each of them."""
    rows = [(number, list(cells)) for number, cells in grid.rows[last + 1 :]]
    start = last + 2
    spread = {at for at, column in enumerate(columns) if column.role in {"unit", "date", "source"}}
    for top, left, bottom, right in grid.merged:
        if top >= start and left == right and left in spread and top - start < len(rows):
            corner = cell_at(rows[top - start][1], left)
            for _, cells in rows[top - start : bottom + 1 - start]:
                cells += [EMPTY] * (left + 1 - len(cells))
                cells[left] = corner
    if rows and _counts_columns(rows[0][1]):
        rows = rows[1:]
    return list(rows)


def is_figure(cell: Cell) -> bool:
    """Whether a number stands in a cell, or should."""
    return bool(cell.wrong or readings(cell.text.removesuffix("%")))


def _counts_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: A, B, 1, 2, 3=2/1."""
    texts = [cell.text.lower() for cell in cells if cell.text]
    short = all(len(text.partition("=")[0].strip("() ")) <= 2 for text in texts)
    return len(texts) > 1 and short and all(set(text) <= _COUNTING for text in texts)
