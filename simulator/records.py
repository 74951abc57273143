"""How does text enter? Strict records, tables with line numbers, and one style of error."""

import csv
import difflib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes; larger text files are refused before they are parsed."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one place of an input."""

    file: str
    line: int | None
    name: str
    wrong: str
    allowed: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        parts = [f"{where}: {self.name + ': ' if self.name else ''}{self.wrong}"]
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        if self.nearest:
            parts.append(f"did you mean {self.nearest!r}?")
        return "; ".join(parts)


class InputError(Exception):
    """Everything wrong with an input, found in one pass."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Record(BaseModel):
    """Text that enters: unknown keys are refused, and nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like a misspelled one, or nothing where none is like it."""
    matches = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def read_text(path: Path, shown: str | None = None) -> str:
    """The text of a UTF-8 file. Raises InputError where it is missing, too large or not UTF-8."""
    file = shown or str(path)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise InputError(
                [Problem(file, None, "", f"{size} bytes", f"at most {LARGEST_FILE} bytes")]
            )
        content = path.read_bytes()
    except OSError as error:
        raise InputError([Problem(file, None, "", f"cannot be read: {error.strerror}")]) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        wrong = f"byte {error.start} is not UTF-8"
        raise InputError([Problem(file, line, "", wrong, "text in UTF-8")]) from None


R = TypeVar("R", bound=Record)


def read_table(path: Path, record: type[R], key: Sequence[str] = ("name",)) -> dict[int, R]:
    """The rows of a CSV file by their line. Raises InputError that lists every bad row."""
    file = path.name
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    problems: list[Problem] = []
    rows: dict[int, R] = {}
    seen: dict[tuple[Any, ...], int] = {}
    try:
        header = next(reader, [])
        problems += _header_problems(file, header, record)
        if problems:
            raise InputError(problems)
        start = reader.line_num + 1
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not cells:
                continue
            row, wrong = _row(file, line, header, cells, record)
            problems += wrong
            if row is None:
                continue
            identity = tuple(getattr(row, part) for part in key)
            if identity in seen:
                name = " ".join(str(part) for part in identity)
                problems.append(
                    Problem(file, line, name, f"stands already on line {seen[identity]}")
                )
            seen[identity] = line
            rows[line] = row
    except csv.Error as error:
        problems.append(Problem(file, reader.line_num, "", f"not a CSV row: {error}"))
    if problems:
        raise InputError(problems)
    return rows


def _header_problems(file: str, header: list[str], record: type[Record]) -> list[Problem]:
    columns = record.model_fields
    problems = [
        Problem(file, 1, name, "unknown column", ", ".join(columns), nearest(name, columns))
        for name in header
        if name not in columns
    ]
    problems += [
        Problem(file, 1, name, "doubled column")
        for name in sorted({name for name in header if header.count(name) > 1})
    ]
    problems += [
        Problem(file, 1, name, "missing column")
        for name, field in columns.items()
        if field.is_required() and name not in header
    ]
    return problems


def _row(
    file: str, line: int, header: list[str], cells: list[str], record: type[R]
) -> tuple[R | None, list[Problem]]:
    if len(cells) != len(header):
        wrong = f"{len(cells)} cells"
        return None, [Problem(file, line, cells[0], wrong, f"{len(header)}, as in the header")]
    filled = {name: cell for name, cell in zip(header, cells, strict=True) if cell != ""}
    try:
        return record.model_validate(filled), []
    except ValidationError as error:
        return None, [
            Problem(file, line, cells[0], wrong, allowed)
            for wrong, allowed in (describe(detail, header) for detail in error.errors())
        ]


def describe(detail: Any, _known: Iterable[str] = ()) -> tuple[str, str]:
    """A validation error in our words: what is wrong, what is allowed."""
    place = ".".join(str(part) for part in detail["loc"])
    given = detail.get("input")
    kind = detail["type"]
    if kind == "missing":
        return f"{place} is missing", ""
    if kind in {"float_parsing", "float_type", "int_parsing", "int_type", "int_from_float"}:
        return (
            f"{place} is {given!r}",
            "a number with a dot as the decimal sign and no thousands separator"
            + (", whole" if kind.startswith("int") else ""),
        )
    return f"{place} is {given!r}", str(detail["msg"])
