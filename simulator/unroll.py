"""Which runs does a scenario file ask for? Merged with what it extends, one for each sweep point."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from simulator.assumptions import Catalogue, Setting
from simulator.observation import Observation
from simulator.observation_reading import A_DAY, day_of, read_observation
from simulator.records import InputError, Problem, nearest
from simulator.scenario import Scenario, Vocabulary, draws_problem, number_problem, read_setting
from simulator.scenario_file import ScenarioFile
from simulator.yaml_text import MOST_PROBLEMS, Place, in_words

MOST_SWEEP_POINTS = 100_000


@dataclass(frozen=True)
class _Merged:
    """What a file says together with the files that it extends."""

    changes: dict[str, Setting]
    typed_baselines: dict[str, float]
    draws: int | None
    seed: int | None
    solve: Literal["plan"] | None
    as_of: str | None
    observations: tuple[Observation, ...]


def unroll(file: ScenarioFile, vocabulary: Vocabulary) -> list[Scenario]:
    """The runs of a scenario file: one, or one for each point of its sweep.

    Raises InputError that lists everything that the plan's catalogue does not allow.
    """
    return list(unroll_lazily(file, vocabulary))


def unroll_lazily(file: ScenarioFile, vocabulary: Vocabulary) -> Iterator[Scenario]:
    """As `unroll`, all points checked before the first is given, and none of them kept."""
    problems: list[Problem] = []
    merged = _merge(file, vocabulary, problems)
    _refuse_doubled(file, _sweep_points(file, vocabulary, problems), problems)
    if problems:
        raise InputError(dict.fromkeys(problems))
    sheet = file.sheet
    because = (
        sheet.because
        if isinstance(sheet.because, dict)
        else {"vi": sheet.because, "en": sheet.because}
    )
    base = Scenario(
        name=file.name,
        changes=merged.changes,
        typed_baselines=merged.typed_baselines,
        draws=merged.draws or vocabulary.draws,
        seed=vocabulary.seed if merged.seed is None else merged.seed,
        plan=vocabulary.plan,
        title_vi=sheet.title.get("vi", ""),
        title_en=sheet.title.get("en", ""),
        because_vi=because.get("vi", ""),
        because_en=because.get("en", ""),
        solve=merged.solve,
        observations=merged.observations,
        as_of=day_of(merged.as_of),
    )
    if sheet.sweep is None:
        return iter([base])
    return (
        replace(base, name=f"{file.name}[{label}]", changes={**merged.changes, **changes})
        for _, label, changes in _sweep_points(file, vocabulary, problems)
    )


def _merge(file: ScenarioFile, vocabulary: Vocabulary, problems: list[Problem]) -> _Merged:
    inherited = [_merge(parent, vocabulary, problems) for parent in file.parents]
    sheet = file.sheet
    own = dict(read_changes(file, sheet.changes, ("changes",), vocabulary.catalogue, problems))
    changes: dict[str, Setting] = _united(
        file, problems, "changes", sheet.changes, [parent.changes for parent in inherited]
    )
    baselines: dict[str, float] = _united(
        file,
        problems,
        "typed_baselines",
        sheet.typed_baselines,
        [parent.typed_baselines for parent in inherited],
    )
    baselines |= _read_baselines(file, vocabulary, problems)
    if sheet.draws is not None and (wrong := draws_problem(sheet.draws)) is not None:
        problems.append(file.problem(("draws",), "draws", *wrong))
    own_scalars: dict[str, Any] = {
        "draws": sheet.draws,
        "seed": sheet.seed,
        "solve": sheet.solve,
        "as_of": _read_as_of(file, problems),
    }
    scalars: dict[str, Any] = {}
    for key, value in own_scalars.items():
        said = {getattr(parent, key) for parent in inherited} - {None}
        scalars[key] = value
        if scalars[key] is None and len(said) > 1:
            problems.append(
                file.problem(
                    ("extends",), key, f"extended files differ: {sorted(said)}", "settle it here"
                )
            )
        elif scalars[key] is None and said:
            scalars[key] = said.pop()
    observations = [row for parent in inherited for row in parent.observations]
    observations += _read_observations(file, baselines, vocabulary, problems)
    unique = tuple(dict.fromkeys(observations))
    return _Merged(changes | own, baselines, observations=unique, **scalars)


def _read_as_of(file: ScenarioFile, problems: list[Problem]) -> str | None:
    told = file.sheet.as_of
    if told is None or day_of(told) is not None:
        return told
    problems.append(file.problem(("as_of",), "as_of", f"is {in_words(told)}", A_DAY))
    return None


def _read_observations(
    file: ScenarioFile,
    baselines: Mapping[str, float],
    vocabulary: Vocabulary,
    problems: list[Problem],
) -> Iterator[Observation]:
    rows = file.sheet.observations
    if rows and vocabulary.watch is None:
        problems.append(
            file.problem(("observations",), "observations", "cannot be learned from here")
        )
        return
    watch = vocabulary.watch(baselines) if rows and vocabulary.watch else None
    for at, row in enumerate(rows):
        place: Place = ("observations", at)
        if len(problems) >= MOST_PROBLEMS or watch is None:
            return
        if not isinstance(row, dict):
            wrong, allowed = f"is {in_words(row)}", "a mapping of keys to values"
            problems.append(file.problem(place, f"observations.{at}", wrong, allowed))
            continue
        found = read_observation(row, watch)
        if isinstance(found, Observation):
            yield found
            continue
        problems += [
            file.problem(
                (*place, fault.field), fault.name, fault.wrong, fault.allowed, fault.nearest
            )
            for fault in found
        ]


def _united(
    file: ScenarioFile,
    problems: list[Problem],
    key: str,
    own: Mapping[str, Any],
    parts: list[Any],
) -> dict[str, Any]:
    united: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for parent, part in zip(file.parents, parts, strict=True):
        for name, value in part.items():
            if name in united and united[name] != value and name not in own:
                wrong = f"{origin[name]} and {parent.name} change it differently"
                problems.append(
                    file.problem(("extends",), name, wrong, f"settle it in this file's {key}")
                )
            united[name] = value
            origin[name] = parent.name
    return united


def _read_baselines(
    file: ScenarioFile, vocabulary: Vocabulary, problems: list[Problem]
) -> dict[str, float]:
    baselines = {}
    for name, value in file.sheet.typed_baselines.items():
        place = ("typed_baselines", name)
        if name not in vocabulary.baselines:
            near = nearest(name, vocabulary.baselines)
            problems.append(
                file.problem(
                    place, name, "takes no typed baseline", ", ".join(vocabulary.baselines), near
                )
            )
        elif (wrong := number_problem(value, *vocabulary.baselines[name])) is not None:
            problems.append(file.problem(place, name, *wrong))
        else:
            baselines[name] = float(value)
    return baselines


_Points: TypeAlias = Iterator[tuple[Place, str, dict[str, Setting]]]


def _sweep_points(file: ScenarioFile, vocabulary: Vocabulary, problems: list[Problem]) -> _Points:
    sweep = file.sheet.sweep
    if sweep is None:
        return
    if len(sweep) != 1:
        problems.append(file.problem(("sweep",), "sweep", "needs one of two", "grid or list"))
        return
    points = _grid_points if "grid" in sweep else _listed_points
    yield from points(file, sweep, vocabulary.catalogue, problems)


def _refuse_doubled(file: ScenarioFile, points: _Points, problems: list[Problem]) -> None:
    labels: set[str] = set()
    for place, label, _ in points:
        if label in labels:
            problems.append(file.problem(place, label, "doubled point", "points that differ"))
        labels.add(label)


def swept(file: ScenarioFile) -> set[str]:
    """The assumptions that the points of a file's sweep change, of a file that unrolls."""
    sweep = file.sheet.sweep or {}
    listed = [point["changes"] for point in sweep.get("list", ())]
    return {name for changes in (sweep.get("grid", {}), *listed) for name in changes}


def _grid_points(
    file: ScenarioFile, sweep: Mapping[Any, Any], catalogue: Catalogue, problems: list[Problem]
) -> _Points:
    grid, place = sweep["grid"], ("sweep", "grid")
    if not isinstance(grid, dict) or not grid:
        allowed = "assumptions, each with a list of values"
        problems.append(file.problem(place, "grid", f"is {in_words(grid)}", allowed))
        return
    size = 1
    axes: list[list[tuple[str, str, Setting]]] = []
    for name, values in grid.items():
        here: Place = (*place, name)
        if not isinstance(values, list) or not values:
            wrong = "is an empty list" if values == [] else f"is {in_words(values)}"
            problems.append(file.problem(here, name, wrong, "a list of values, [0.1, 0.2]"))
            continue
        axis = []
        for at, value in enumerate(values):
            setting = read_change(file, name, value, (*here, at), catalogue, problems)
            if setting is not None:
                axis.append((name, _label(name, value), setting))
        size *= len(values)
        axes.append(axis)
    if size > MOST_SWEEP_POINTS:
        wrong = f"{in_words(size)} points"
        problems.append(file.problem(place, "grid", wrong, f"at most {MOST_SWEEP_POINTS}"))
        return
    for point in itertools.product(*axes):
        label = ", ".join(label for _, label, _ in point)
        yield place, label, {name: setting for name, _, setting in point}


def _listed_points(
    file: ScenarioFile, sweep: Mapping[Any, Any], catalogue: Catalogue, problems: list[Problem]
) -> _Points:
    listed, place = sweep["list"], ("sweep", "list")
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_SWEEP_POINTS:
        wrong = f"{len(listed)} points" if isinstance(listed, list) else f"is {in_words(listed)}"
        allowed = f"a list of 1 to {MOST_SWEEP_POINTS} points"
        problems.append(file.problem(place, "list", wrong, allowed))
        return
    for at, point in enumerate(listed):
        here = (*place, at)
        wrong = _point_fault(point)
        if wrong:
            allowed = "{name: text, changes: {assumption: value}}; the name may be left out"
            problems.append(file.problem(here, f"point {at + 1}", wrong, allowed))
            continue
        inside: Place = (*here, "changes")
        changes = dict(read_changes(file, point["changes"], inside, catalogue, problems))
        label = ", ".join(_label(name, value) for name, value in point["changes"].items())
        yield here, point.get("name") or label or "unchanged", changes


def _point_fault(point: Any) -> str:
    """What is wrong with the form of a point of a list, or nothing."""
    if not isinstance(point, dict):
        return f"is {in_words(point)}"
    for key in point:
        if key not in {"name", "changes"}:
            return f"unknown key {in_words(key)}"
    if not isinstance(point.get("changes"), dict):
        return f"changes: {in_words(point.get('changes'))}"
    name = point.get("name", "")
    return "" if isinstance(name, str) else f"name is {in_words(name)}"


def _label(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"{name}=" + "/".join(f"{key} {part}" for key, part in value.items())
    return f"{name}={value}"


def read_changes(
    file: ScenarioFile,
    changes: Mapping[str, Any],
    place: Place,
    catalogue: Catalogue,
    problems: list[Problem],
) -> Iterator[tuple[str, Setting]]:
    """The settings that a mapping of changes asks for; what is wrong is added to the problems."""
    for name, value in changes.items():
        setting = read_change(file, name, value, (*place, name), catalogue, problems)
        if setting is not None:
            yield name, setting


def read_change(
    file: ScenarioFile,
    name: str,
    value: Any,
    place: Place,
    catalogue: Catalogue,
    problems: list[Problem],
) -> Setting | None:
    """The setting that a value asks for; or nothing, and what is wrong added to the problems."""
    if len(problems) >= MOST_PROBLEMS:
        return None  # enough is told
    known = catalogue.assumptions
    if name not in known:
        wrong, allowed = "unknown assumption", "a name that `simulator list assumptions` prints"
        problems.append(file.problem(place, name, wrong, allowed, nearest(name, known)))
        return None
    setting = read_setting(value, known[name])
    if isinstance(setting, Setting):
        return setting
    problems.append(file.problem(place, name, *setting))
    return None
