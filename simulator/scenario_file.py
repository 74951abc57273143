"""How is a scenario file read? Strictly, with the files that it extends, every problem at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from simulator.records import InputError, Problem, Record, describe, nearest, read_text
from simulator.resources import shipped
from simulator.yaml_text import Place, read_yaml


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
        """The plan that the file, or the first file it extends, names."""
        named = [self.sheet.plan, *(parent.plan for parent in self.parents)]
        return next((name for name in named if name is not None), None)


def shipped_scenarios() -> dict[str, Path]:
    """The scenario files that travel with the product, by name."""
    return {path.stem: path for path in sorted(shipped("scenarios").glob("*.yaml"))}


def find_scenario(name: str, beside: Path | None = None) -> Path:
    """A scenario file by path, by path beside another file, or by shipped name.

    Raises InputError where there is none.
    """
    candidates = [Path(name)] if beside is None else []
    if beside is not None:
        candidates += [beside.parent / name, beside.parent / f"{name}.yaml"]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    known = shipped_scenarios()
    if name in known:
        return known[name]
    wrong = "no such file, and no shipped scenario of that name"
    raise InputError([Problem(name, None, "", wrong, ", ".join(known), nearest(name, known))])


def read_scenario(path: Path, _above: tuple[Path, ...] = ()) -> ScenarioFile:
    """Read a scenario file and the files it extends.

    Raises InputError that lists every problem of form: unknown keys, wrong types, circles.
    """
    file = str(path)
    document, lines = read_yaml(read_text(path), file)
    if not isinstance(document, dict):
        wrong = f"the file holds a {type(document).__name__}"
        raise InputError([Problem(file, 1, "", wrong, "a mapping of keys to values")])
    try:
        sheet = Sheet.model_validate(document)
    except ValidationError as error:
        raise InputError(_form_problems(error, file, lines)) from None
    found = ScenarioFile(path, sheet, lines)
    problems: list[Problem] = []
    parents: list[ScenarioFile] = []
    chain = (*_above, path.resolve())
    named = [sheet.extends] if isinstance(sheet.extends, str) else sheet.extends
    for at, name in enumerate(named):
        place: Place = ("extends",) if isinstance(sheet.extends, str) else ("extends", at)
        try:
            parent = find_scenario(name, path)
        except InputError as error:
            found_problem = error.problems[0]
            problems.append(
                found.problem(
                    place, name, found_problem.wrong, found_problem.allowed, found_problem.nearest
                )
            )
            continue
        if parent.resolve() in chain:
            circle = " -> ".join(
                [*(p.stem for p in chain[chain.index(parent.resolve()) :]), parent.stem]
            )
            problems.append(found.problem(place, name, f"circular extends: {circle}"))
            continue
        try:
            read = read_scenario(parent, chain)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if read.sheet.sweep is not None:
            problems.append(found.problem(place, name, "is a sweep", "a scenario of one run"))
        parents.append(read)
    if problems:
        raise InputError(problems)
    return replace(found, parents=tuple(parents))


def _form_problems(
    error: ValidationError, file: str, lines: Mapping[Place, int]
) -> Iterator[Problem]:
    seen: set[int | None] = set()
    for detail in error.errors():
        place: Place = tuple(detail["loc"])
        while place and place not in lines:
            place = place[:-1]
        line = lines.get(place)
        name = str(place[-1]) if place else ""
        if detail["type"] == "extra_forbidden":
            keys = list(Sheet.model_fields)
            yield Problem(file, line, name, "unknown key", ", ".join(keys), nearest(name, keys))
        elif line not in seen:
            wrong, allowed = describe(detail)
            yield Problem(file, line, "", wrong, allowed)
        seen.add(line)
