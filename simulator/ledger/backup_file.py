"""How does a whole log stand in one file, whatever database it is of, and is the file whole?"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, ValidationError

from simulator.ledger.entry import LARGEST_NUMBER, Entry, observation_problems, text_problems
from simulator.ledger.tables import OBSERVED
from simulator.observation import Kind, Observation
from simulator.output import whole_file
from simulator.records import InputError, Problem, Record, describe
from simulator.yaml_text import MOST_PROBLEMS

FORMAT = "observations of plan-simulator"
VERSION = 1
LONGEST_LINE = 2**20
"""Bytes; more than any entry takes."""
LAST_YEAR = 9998
SHORTEST_LINE = 256
LARGEST_LOG = 2**28
"""Bytes, a shorter line counted as the shortest: room for a million entries."""


class _Line(Record):
    """An entry as a line of the file: what the database holds of it."""

    number: int
    plan: str
    quantity: str
    kind: Kind
    value: str
    unit: str
    date: date
    source: str
    entered_by: str
    entered_at: AwareDatetime
    supersedes: int | None
    withdrawn: bool
    note: str
    batch: str


def line_of(entry: Entry) -> str:
    """An entry as text, the same for the same entry to the last bit."""
    fields: dict[str, Any] = {name: getattr(entry.observation, name) for name in OBSERVED}
    fields["value"] = repr(entry.observation.value)
    rest = {name: getattr(entry, name) for name in _Line.model_fields if name not in OBSERVED}
    return _Line.model_validate(fields | rest).model_dump_json()


def write_backup(path: Path, rows: Iterable[Entry]) -> int:
    """Write a log to a file, whole or not at all; how many entries it holds.

    A first line says what the file is, then every entry has a line, and the last line holds their
    number and the SHA-256 of all that stands before it.
    """
    digest, count = hashlib.sha256(), 0
    with whole_file(path) as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:

        def add(text: str) -> None:
            digest.update(line := f"{text}\n".encode())
            packed.write(line)

        add(json.dumps({"format": FORMAT, "version": VERSION}))
        for count, entry in enumerate(rows, 1):  # noqa: B007
            add(line_of(entry))
        packed.write(json.dumps({"entries": count, "sha256": digest.hexdigest()}).encode() + b"\n")
    return count


def read_backup(path: Path) -> list[Entry]:
    """The log that a file holds. Raises InputError unless all of it is there and fits together."""
    file = str(path)
    try:
        with gzip.open(path, "rb") as packed:
            lines, size = [], 0
            for line in iter(lambda: packed.readline(LONGEST_LINE), b""):
                size += max(len(line), SHORTEST_LINE)
                if size > LARGEST_LOG:
                    raise _refused(file, None, f"holds more than {LARGEST_LOG >> 20} MB")
                lines.append(line)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise _refused(file, None, "is damaged or no backup") from None
    except OSError as error:
        raise _refused(file, None, f"cannot be read: {error.strerror}") from None
    _check_frame(file, lines)
    found: list[Entry] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:-1], 2):
        told = _entry(file, number, line)
        if isinstance(told, Entry):
            found.append(told)
        else:
            problems += told
    problems = problems or list(_misfits(file, found))
    if problems:
        raise InputError(problems[:MOST_PROBLEMS])
    return found


def _check_frame(file: str, lines: list[bytes]) -> None:
    """See that the first and the last line fit what stands between them."""
    first, last = (_object(line) for line in (lines[0], lines[-1])) if lines else ({}, {})
    if first.get("format") != FORMAT:
        raise _refused(file, None, "is damaged or no backup")
    if first.get("version") != VERSION:
        wrong = f"was written by a newer version of the product ({first.get('version')})"
        raise _refused(file, 1, wrong, "that version")
    digest = hashlib.sha256(b"".join(lines[:-1])).hexdigest()
    if last != {"entries": len(lines) - 2, "sha256": digest}:
        raise _refused(file, None, "is damaged: it does not fit its checksum")


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _refused(file: str, line: int | None, wrong: str, allowed: str = "") -> InputError:
    return InputError([Problem(file, line, "", wrong, allowed)])


def _entry(file: str, number: int, line: bytes) -> Entry | list[Problem]:
    try:
        row = _Line.model_validate_json(line)
        value, moment = float(row.value), row.entered_at.astimezone(UTC)
    except ValidationError as error:
        told = [describe(detail) for detail in error.errors()]
        return [Problem(file, number, "", *words) for words in told]
    except OverflowError:
        return [Problem(file, number, "entered_at", "is no moment")]
    except ValueError:
        return [Problem(file, number, "value", f"is {row.value!r}, not a number")]
    fields = {name: getattr(row, name) for name in _Line.model_fields} | {"value": value}
    observation = Observation(**{name: fields.pop(name) for name in OBSERVED})
    fields["entered_at"] = moment
    problems = [*observation_problems(observation), *text_problems("plan", row.plan, empty=False)]
    problems += [*text_problems("note", row.note), *text_problems("batch", row.batch)]
    return [
        Problem(file, number, one.name, one.wrong, one.allowed, one.nearest) for one in problems
    ] or Entry(observation=observation, **fields)


def _misfits(file: str, rows: list[Entry]) -> Iterator[Problem]:
    """What no log could hold: entries out of order, or in the place of what cannot be superseded."""
    open_entries: dict[int, Entry] = {}
    for line, (before, entry) in enumerate(zip([None, *rows], rows, strict=False), 2):
        name = str(entry.number)
        last = (0, None) if before is None else (before.number, before.entered_at)
        if entry.number <= last[0] or (last[1] is not None and entry.entered_at <= last[1]):
            yield Problem(file, line, name, "does not follow the entry before it")
        if entry.number > LARGEST_NUMBER or entry.entered_at.year > LAST_YEAR:
            yield Problem(file, line, name, "leaves no room for another entry")
        if entry.supersedes is None:
            if entry.withdrawn:
                yield Problem(file, line, name, "takes back nothing")
        else:
            old = open_entries.pop(entry.supersedes, None)
            if old is None or old.withdrawn or old.plan != entry.plan:
                wrong = f"stands in the place of {entry.supersedes}, which it cannot"
                yield Problem(file, line, name, wrong)
        open_entries[entry.number] = entry
