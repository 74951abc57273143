"""How are observations read from a file? A CSV table or a YAML list, every fault at once."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulator.observation import Observation, Watch
from simulator.observation_reading import FIELDS, REQUIRED, number_of, read_observation
from simulator.records import InputError, Problem, nearest, read_text
from simulator.yaml_text import MOST_PROBLEMS, in_words, read_yaml

KEY = "observations"
TABLES = frozenset({".csv"})


def read_observations(path: Path, watch: Watch | None) -> list[Observation]:
    """The observations of a file, all of them or none.

    A file that ends in .csv is a table with a row an observation; any other is YAML: a list, or
    a mapping with such a list under `observations`. Raises InputError that lists every fault.
    """
    if watch is None:
        raise InputError([Problem(str(path), None, "", "the plan's year cannot be observed")])
    rows = _table if path.suffix.lower() in TABLES else _list
    found: list[Observation] = []
    problems: list[Problem] = []
    for line, row in rows(path):
        told = read_observation(row, watch)
        if isinstance(told, Observation):
            found.append(told)
            continue
        problems += [
            Problem(str(path), line, fault.name, fault.wrong, fault.allowed, fault.nearest)
            for fault in told
        ]
    if problems:
        raise InputError(problems[:MOST_PROBLEMS])
    return found


def _table(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    file = str(path)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        problems = [
            Problem(file, 1, cell, "unknown column", ", ".join(FIELDS), nearest(cell, FIELDS))
            for cell in header
            if cell not in FIELDS
        ]
        problems += [
            Problem(file, 1, name, "missing column") for name in REQUIRED if name not in header
        ]
        if problems:
            raise InputError(problems)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                wrong, allowed = f"{len(cells)} cells", f"{len(header)}, as in the header"
                raise InputError([Problem(file, reader.line_num, cells[0], wrong, allowed)])
            row: dict[str, Any] = {
                name: cell.strip() for name, cell in zip(header, cells, strict=True) if cell.strip()
            }
            yield (
                reader.line_num,
                row | ({"value": number_of(row["value"])} if "value" in row else {}),
            )
    except csv.Error as error:
        wrong = f"not a CSV row: {error}"
        raise InputError([Problem(file, reader.line_num, "", wrong)]) from None


def _list(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    document, lines = read_yaml(read_text(path), str(path))
    inside = isinstance(document, dict) and set(document) == {KEY}
    rows = document[KEY] if inside else document
    if not isinstance(rows, list):
        wrong, allowed = f"the file holds {in_words(rows)}", f"a list, or {KEY} with a list"
        raise InputError([Problem(str(path), 1, "", wrong, allowed)])
    for at, row in enumerate(rows):
        place = (KEY, at) if inside else (at,)
        if not isinstance(row, dict):
            wrong, allowed = f"is {in_words(row)}", "a mapping of keys to values"
            name = f"observations.{at}"
            raise InputError([Problem(str(path), lines.get(place), name, wrong, allowed)])
        yield lines.get(place, 1), row
