"""Which scenario files are meant by names of files, folders and shipped scenarios?"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from simulator.plan import shipped_plans
from simulator.records import InputError, Problem
from simulator.scenario_file import find_scenario, shipped_scenarios

DEFAULT_SCENARIO = "trend"
SUFFIXES = frozenset({".yaml", ".yml"})


@dataclass(frozen=True)
class Failure:
    """A scenario that could not be run, and everything that is wrong with it."""

    name: str
    problems: tuple[Problem, ...]


def default_plan() -> str:
    """The plan of scenarios that name none: the latest that travels with the product."""
    return shipped_plans()[-1].name


def gather(names: Iterable[str]) -> tuple[list[Path], list[Failure]]:
    """The scenario files behind names of files, folders and shipped scenarios, each once."""
    paths: dict[Path, Path] = {}
    failures: list[Failure] = []
    for name in names:
        try:
            for path in _files(name):
                paths.setdefault(path.resolve(), path)
        except InputError as error:
            failures.append(Failure(printable(name), error.problems))
        except OSError as error:
            wrong = f"cannot be read: {error.strerror}"
            failures.append(Failure(printable(name), (Problem(name, None, "", wrong),)))
    return list(paths.values()), failures


def _files(name: str) -> list[Path]:
    """Scenario files of a folder, hidden ones aside, or the one file of that name."""
    folder = Path(name)
    if not folder.is_dir():
        return [find_scenario(name)]
    found = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
    ]
    if not found and name in shipped_scenarios():
        return [find_scenario(name)]
    if not found:
        raise InputError([Problem(name, None, "", "the folder holds no .yaml file")])
    return found


def printable(name: str) -> str:
    """A name as UTF-8 can write it, whatever bytes the file system let in."""
    return name.encode("utf-8", "backslashreplace").decode()
