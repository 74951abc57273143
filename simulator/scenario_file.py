"""How is a scenario file read? Strictly, with the files that it extends, every problem at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from simulator.records import InputError, Problem, Record, nearest, read_text
from simulator.resources import shipped
from simulator.yaml_text import MOST_PROBLEMS, Place, in_words, read_yaml

MOST_EXTENDED = 100
"""Files read for one scenario through `extends`; one that is met twice counts twice."""


class Sheet(Record):
    """A scenario file as written; the changes are checked against a plan's catalogue later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    title: dict[Literal["vi", "en"], str] = Field(default_factory=dict)
    because: dict[Literal["vi", "en"], str] | str = ""
    extends: str | list[str] = Field(default_factory=list)
    plan: str | None = None
    draws: int | None = None
    seed: int | None = Field(default=None, ge=0, lt=2**63)
    solve: Literal["plan"] | None = None
    changes: dict[str, Any] = Field(default_factory=dict)
    typed_baselines: dict[str, Any] = Field(default_factory=dict)
    sweep: dict[Literal["grid", "list"], Any] | None = None
    observations: list[Any] = Field(default_factory=list)
    as_of: str | None = None


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario file with the files that it extends, read but not yet checked against a plan."""

    path: Path
    sheet: Sheet
    lines: Mapping[Place, int]
    parents: tuple["ScenarioFile", ...] = ()

    @property
    def name(self) -> str:
        """The scenario's name is the file's."""
        return self.path.stem

    def problem(
        self, place: Place, name: str, wrong: str, allowed: str = "", near: str = ""
    ) -> Problem:
        """A problem at a place of this file."""
        while place and place not in self.lines:
            place = place[:-1]
        return Problem(str(self.path), self.lines.get(place), name, wrong, allowed, near)

    @property
    def plan(self) -> str | None:
        """The plan that the file, or a file it extends, names; a folder beside the file first."""
        named = self.sheet.plan
        if named is None:
            return next((parent.plan for parent in self.parents if parent.plan is not None), None)
        beside = self.path.parent / named
        return str(beside) if _is_file(beside / "plan.yaml") else named


def shipped_scenarios() -> dict[str, Path]:
    """The scenario files that travel with the product, by name."""
    return {path.stem: path for path in sorted(shipped("scenarios").glob("*.yaml"))}


def find_scenario(name: str, beside: Path | None = None) -> Path:
    """A scenario file by path, by path beside another file, or by shipped name.

    A file called as a shipped one means that one by its name, not itself.
    Raises InputError where there is none.
    """
    known = shipped_scenarios()
    candidates = [Path(name)] if beside is None else []
    if beside is not None:
        candidates += [beside.parent / name, beside.parent / f"{name}.yaml"]
    for candidate in candidates:
        if _is_file(candidate) and not (candidate == beside and name in known):
            return candidate
    if name in known:
        return known[name]
    wrong = "no such file, and no shipped scenario of that name"
    raise InputError([Problem(name, None, "", wrong, ", ".join(known), nearest(name, known))])


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def read_scenario(path: Path) -> ScenarioFile:
    """Read a scenario file and the files it extends.

    Raises InputError that lists every problem of form: unknown keys, wrong types, circles.
    """
    return _read(path, (), count(1))


def _read(path: Path, above: tuple[Path, ...], reads: Iterator[int]) -> ScenarioFile:
    file = str(path)
    if path.exists() and not path.is_file():
        raise InputError([Problem(file, None, "", "is not a file", "a text file in UTF-8")])
    found = _parse(read_text(path), path)
    problems: list[Problem] = []
    parents = tuple(_parents(found, (*above, path.resolve()), reads, problems))
    named = {parent.plan for parent in parents} - {None}
    if found.sheet.plan is None and len(named) > 1:
        wrong = f"extended files differ: {', '.join(sorted(map(str, named)))}"
        problems.append(found.problem(("extends",), "plan", wrong, "settle it here"))
    if problems:
        raise InputError(dict.fromkeys(problems))
    return replace(found, parents=parents)


def parse_scenario(text: str, name: str) -> ScenarioFile:
    """Read a scenario from a text that is no file here; it may extend shipped scenarios only.

    Raises InputError like `read_scenario`.
    """
    found = _parse(text, Path(name))
    extends = found.sheet.extends
    problems: list[Problem] = []
    parents: list[ScenarioFile] = []
    known = shipped_scenarios()
    for wanted in [extends] if isinstance(extends, str) else extends:
        if wanted in known:
            parents.append(read_scenario(known[wanted]))
        else:
            told = ("is no shipped scenario", ", ".join(known), nearest(wanted, known))
            problems.append(found.problem(("extends",), wanted, *told))
    if problems:
        raise InputError(problems)
    return replace(found, parents=tuple(parents))


def _parse(text: str, path: Path) -> ScenarioFile:
    file = str(path)
    document, lines = read_yaml(text, file)
    if not isinstance(document, dict):
        wrong = f"the file holds {in_words(document)}"
        raise InputError([Problem(file, 1, "", wrong, "a mapping of keys to values")])
    return ScenarioFile(path, _sheet(document, lines, file), lines)


def _parents(
    file: ScenarioFile, chain: tuple[Path, ...], reads: Iterator[int], problems: list[Problem]
) -> Iterator[ScenarioFile]:
    """The files that a file extends; what is wrong with them is added to the problems."""
    extends = file.sheet.extends
    for at, name in enumerate([extends] if isinstance(extends, str) else extends):
        place: Place = ("extends",) if isinstance(extends, str) else ("extends", at)
        if next(reads) > MOST_EXTENDED:
            wrong = f"more than {MOST_EXTENDED} files extended"
            problems.append(file.problem(("extends",), "extends", wrong, "fewer files"))
            return
        try:
            path = find_scenario(name, file.path)
        except InputError as error:
            missing = error.problems[0]
            wrong = f"{in_words(name)}: {missing.wrong}"
            told = (wrong, missing.allowed, missing.nearest)
            problems.append(file.problem(place, "extends", *told))
            continue
        if path.resolve() in chain:
            circle = [*chain[chain.index(path.resolve()) :], path]
            wrong = f"circular: {' -> '.join(step.stem for step in circle)}"
            allowed = "files that do not lead back"
            problems.append(file.problem(place, "extends", wrong, allowed))
            continue
        try:
            parent = _read(path, chain, reads)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if parent.sheet.sweep is not None:
            wrong = f"{in_words(name)} is a sweep"
            problems.append(file.problem(place, "extends", wrong, "a scenario of one run"))
        yield parent


_ALLOWED = {
    "title": "{vi: text, en: text}",
    "because": "text, or {vi: text, en: text}",
    "extends": "a scenario's file or name, or a list of them",
    "plan": "a plan's name or folder",
    "draws": "a whole number, a power of two",
    "seed": "a whole number from 0 to 9223372036854775807",
    "solve": "plan",
    "changes": "assumptions, each with a value",
    "typed_baselines": "targets, each with its value in the base year",
    "sweep": "grid or list",
    "observations": "a list of observations, each with its quantity, kind, value, unit, date, source",
    "as_of": "a day as 2020-10-31",
}


def _sheet(document: dict[str, Any], lines: Mapping[Place, int], file: str) -> Sheet:
    problems = [
        Problem(file, lines[(key,)], key, "is empty", f"{_ALLOWED[key]}, or leave the key out")
        for key, value in document.items()
        if value is None and key in _ALLOWED
    ]
    empty = {problem.name for problem in problems}
    try:
        sheet = Sheet.model_validate({k: v for k, v in document.items() if k not in empty})
    except ValidationError as error:
        problems += _form_problems(error, document, file, lines)
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.line or 0))
    return sheet


def _form_problems(
    error: ValidationError, document: dict[str, Any], file: str, lines: Mapping[Place, int]
) -> Iterator[Problem]:
    places: dict[Place, bool] = {}
    details = error.errors(include_url=False, include_context=False)[:MOST_PROBLEMS]
    for detail in details:
        place: Place = ()
        for part in detail["loc"]:  # without pydantic's names of the branches of a union
            place = (*place, part) if (*place, part) in lines else place
        unknown = detail["type"] == "extra_forbidden" or detail["loc"][-1] == "[key]"
        places[place] = places.get(place, False) or unknown
    for place, unknown in places.items():
        if any(other[: len(place)] == place for other in places if other != place):
            continue  # told more closely
        value: Any = document
        for part in place:
            value = value[part]
        line, name = lines[place], ".".join(map(str, place))
        if unknown:
            keys = _KEYS.get(str(place[0]) if len(place) > 1 else "", ())
            near = nearest(str(place[-1]), keys)
            yield Problem(file, line, name, "unknown key", ", ".join(keys), near)
        else:
            allowed = _ALLOWED[str(place[0])] if len(place) == 1 else "text"
            yield Problem(file, line, name, f"is {in_words(value)}", allowed)


_KEYS = {
    "": tuple(Sheet.model_fields),
    "title": ("vi", "en"),
    "because": ("vi", "en"),
    "sweep": ("grid", "list"),
}
