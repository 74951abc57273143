"""How is the plain form read, a row an observation, its columns named as in every file of ours?"""

from collections.abc import Iterable, Iterator, Sequence

from simulator.intake.cells import EMPTY, Cell, Grid, cell_at
from simulator.intake.numerals import evidence
from simulator.intake.preview import PreviewRow
from simulator.intake.protection import released
from simulator.intake.understanding import Reader, Telling
from simulator.observation_reading import FIELDS
from simulator.records import Problem, nearest

NEEDED = ("quantity", "value")
_ALIKE = 3
"""Columns with names of ours that make a table the plain form."""


def heading_of(grid: Grid) -> int | None:
    """At which row the plain form's heading stands, the first that is not empty; None where none does."""
    for at, (_, cells) in enumerate(grid.rows):
        names = [cell.text.lower() for cell in cells]
        if any(names):
            return at if len(set(names) & set(FIELDS)) >= _ALIKE else None
    return None


def read_plain(grid: Grid, at: int, reader: Reader) -> tuple[Iterable[PreviewRow], list[Problem]]:
    """The rows of a plain table, each understood, and what is wrong with its heading."""
    number, cells = grid.rows[at]
    header = [cell.text.lower() for cell in cells]
    while header and not header[-1]:
        header.pop()
    problems = _heading_problems(grid.file, number, header)
    if problems:
        return [], problems
    body = [row for row in grid.rows[at + 1 :] if any(cell.text or cell.wrong for cell in row[1])]
    value = header.index("value")
    texts = (cell_at(row, value).value for _, row in body)
    shown = evidence(text for text in texts if isinstance(text, str))
    return (_row(grid, line, row, header, shown, reader) for line, row in body), []


def _heading_problems(file: str, number: int, header: Sequence[str]) -> list[Problem]:
    problems = [
        Problem(file, number, name, "unknown column", ", ".join(FIELDS), nearest(name, FIELDS))
        for name in header
        if name not in FIELDS
    ]
    problems += [
        Problem(file, number, name, "doubled column")
        for name in dict.fromkeys(header)
        if name in FIELDS and header.count(name) > 1
    ]
    missing = [name for name in NEEDED if name not in header]
    return problems + [Problem(file, number, name, "missing column") for name in missing]


def _row(
    grid: Grid,
    line: int,
    row: Sequence[Cell],
    header: Sequence[str],
    shown: frozenset[str],
    reader: Reader,
) -> PreviewRow:
    cells = {name: cell_at(row, at) for at, name in enumerate(header)}
    place = grid.place(line, header.index("value"))
    told = {name: cell.text or cell.wrong for name, cell in cells.items()}
    beyond = [cell for cell in row[len(header) :] if cell.text or cell.wrong]
    if beyond:
        wrong, allowed = f"{len(header) + len(beyond)} cells", f"{len(header)}, as in the header"
        return PreviewRow(place, told, None, (Problem(grid.file, line, "", wrong, allowed),))
    wrong_cells = list(_wrong_cells(grid.file, line, cells))
    if wrong_cells:
        return PreviewRow(place, told, None, tuple(wrong_cells))

    def text(name: str) -> str:
        return cells.get(name, EMPTY).text

    return reader.row(
        Telling(
            file=grid.file,
            line=line,
            place=place,
            title=text("quantity"),
            value=cells["value"],
            shown=shown,
            unit=text("unit"),
            kind=text("kind"),
            day=cells.get("date", EMPTY),
            source=_words(cells.get("source", EMPTY)),
            entered_by=_words(cells.get("entered_by", EMPTY)),
            cells=told,
        )
    )


def _wrong_cells(file: str, line: int, cells: dict[str, Cell]) -> Iterator[Problem]:
    for name, cell in cells.items():
        if cell.wrong and name != "value":
            yield Problem(file, line, name, cell.wrong, "text")


def _words(cell: Cell) -> str:
    return released(cell.value) if isinstance(cell.value, str) else cell.text
