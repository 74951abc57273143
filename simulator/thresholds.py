"""Which Resolution thresholds are published elsewhere? An optional file, off by default."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from simulator.records import InputError, Problem, Record, describe, nearest, read_text
from simulator.yaml_text import read_yaml


class Threshold(Record):
    """A threshold published outside the report, with its address."""

    value: float
    strict: bool = False
    comparable: bool = True
    source: str
    address: str
    note: str = ""


def read_thresholds(path: Path, targets: Mapping[str, object]) -> dict[str, Threshold]:
    """The thresholds of a file by target. Raises InputError that lists every bad entry."""
    document, lines = read_yaml(read_text(path), path.name)
    problems: list[Problem] = []
    thresholds: dict[str, Threshold] = {}
    entries = document if isinstance(document, dict) else {}
    for name, entry in entries.items():
        line = lines.get((name,))
        if name not in targets:
            near = nearest(name, targets)
            problems.append(Problem(path.name, line, name, "unknown target", "", near))
            continue
        try:
            thresholds[name] = Threshold.model_validate(entry)
        except ValidationError as error:
            problems += [
                Problem(path.name, line, name, *describe(detail)) for detail in error.errors()
            ]
    if problems:
        raise InputError(problems)
    return thresholds
