"""Which runs does a scenario file ask for? Merged with what it extends, one for each sweep point."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from simulator.assumptions import Catalogue, Setting
from simulator.records import InputError, Problem, nearest
from simulator.scenario import Scenario, Vocabulary, number_problem, read_setting
from simulator.scenario_file import ScenarioFile
from simulator.yaml_text import Place

MOST_DRAWS = 2**17
MOST_SWEEP_POINTS = 100_000


@dataclass(frozen=True)
class _Merged:
    """What a file says together with the files that it extends."""

    changes: dict[str, Setting]
    typed_baselines: dict[str, float]
    draws: int | None
    seed: int | None
    solve: Literal["plan"] | None


def unroll(file: ScenarioFile, vocabulary: Vocabulary) -> list[Scenario]:
    """The runs of a scenario file: one, or one for each point of its sweep.

    Raises InputError that lists everything that the plan's catalogue does not allow.
    """
    problems: list[Problem] = []
    merged = _merge(file, vocabulary, problems)
    points = list(_sweep_points(file, vocabulary, problems))
    if problems:
        raise InputError(problems)
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
    )
    if file.sheet.sweep is None:
        return [base]
    return [
        replace(base, name=f"{file.name}[{label}]", changes={**merged.changes, **changes})
        for label, changes in points
    ]


def _merge(file: ScenarioFile, vocabulary: Vocabulary, problems: list[Problem]) -> _Merged:
    inherited = [_merge(parent, vocabulary, problems) for parent in file.parents]
    sheet = file.sheet
    own = dict(read_changes(file, sheet.changes, ("changes",), vocabulary.catalogue, problems))
    changes: dict[str, Setting] = _united(
        file, problems, sheet.changes, [parent.changes for parent in inherited]
    )
    baselines = _united(
        file, problems, sheet.typed_baselines, [parent.typed_baselines for parent in inherited]
    )
    baselines |= _read_baselines(file, vocabulary, problems)
    if sheet.draws is not None and (wrong := draws_problem(sheet.draws)) is not None:
        problems.append(file.problem(("draws",), "draws", *wrong))
    scalars: dict[str, Any] = {}
    for key in ("draws", "seed", "solve"):
        said = {getattr(parent, key) for parent in inherited} - {None}
        scalars[key] = getattr(sheet, key)
        if scalars[key] is None and len(said) > 1:
            problems.append(
                file.problem(
                    ("extends",), key, f"extended files differ: {sorted(said)}", "settle it here"
                )
            )
        elif scalars[key] is None and said:
            scalars[key] = said.pop()
    return _Merged(changes | own, baselines, **scalars)


def _united(
    file: ScenarioFile, problems: list[Problem], own: Mapping[str, Any], parts: list[Any]
) -> dict[str, Any]:
    united: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for parent, part in zip(file.parents, parts, strict=True):
        for name, value in part.items():
            if name in united and united[name] != value and name not in own:
                wrong = f"{origin[name]} and {parent.name} change it differently"
                problems.append(
                    file.problem(("extends",), name, wrong, "settle it in this file's changes")
                )
            united[name] = value
            origin[name] = parent.name
    return united


def draws_problem(draws: int) -> tuple[str, str] | None:
    """What is wrong with a number of draws; Sobol points balance only in powers of two."""
    if draws in _powers():
        return None
    below = [power for power in _powers() if power < draws][-1:]
    above = [power for power in _powers() if power > draws][:1]
    return f"{draws} draws", "a power of two, nearest: " + " or ".join(map(str, below + above))


def _powers() -> list[int]:
    return [2**power for power in range(1, MOST_DRAWS.bit_length())]


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


def _sweep_points(
    file: ScenarioFile, vocabulary: Vocabulary, problems: list[Problem]
) -> Iterator[tuple[str, dict[str, Setting]]]:
    sweep = file.sheet.sweep
    if sweep is None:
        return
    if len(sweep) != 1:
        problems.append(file.problem(("sweep",), "sweep", "needs one of grid and list"))
        return
    if "grid" in sweep:
        yield from _grid_points(file, sweep["grid"], vocabulary.catalogue, problems)
    else:
        yield from _listed_points(file, sweep["list"], vocabulary.catalogue, problems)


def _grid_points(
    file: ScenarioFile, grid: Any, catalogue: Catalogue, problems: list[Problem]
) -> Iterator[tuple[str, dict[str, Setting]]]:
    place: Place = ("sweep", "grid")
    if not isinstance(grid, dict) or not all(
        isinstance(row, list) and row for row in grid.values()
    ):
        problems.append(
            file.problem(place, "grid", f"is {grid!r}", "assumptions, each with a list of values")
        )
        return
    size = 1
    axes: list[list[tuple[str, str, Setting]]] = []
    for name, values in grid.items():
        size *= len(values)
        axis = []
        for at, value in enumerate(values):
            for _, setting in read_changes(file, {name: value}, (*place, at), catalogue, problems):
                axis.append((name, _label(name, value), setting))
        axes.append(axis)
    if size > MOST_SWEEP_POINTS:
        problems.append(
            file.problem(place, "grid", f"{size} points", f"at most {MOST_SWEEP_POINTS}")
        )
        return
    for point in itertools.product(*axes):
        yield ", ".join(label for _, label, _ in point), {name: s for name, _, s in point}


def _listed_points(
    file: ScenarioFile, listed: Any, catalogue: Catalogue, problems: list[Problem]
) -> Iterator[tuple[str, dict[str, Setting]]]:
    place: Place = ("sweep", "list")
    if not isinstance(listed, list) or not listed:
        problems.append(file.problem(place, "list", f"is {listed!r}", "a list of points"))
        return
    labels: set[str] = set()
    for at, point in enumerate(listed):
        here = (*place, at)
        if (
            not isinstance(point, dict)
            or not set(point) <= {"name", "changes"}
            or not isinstance(point.get("changes"), dict)
        ):
            problems.append(
                file.problem(here, f"point {at + 1}", f"is {point!r}", "name and changes")
            )
            continue
        changes = dict(
            read_changes(file, point["changes"], (*here, "changes"), catalogue, problems)
        )
        label = str(
            point.get("name") or ", ".join(_label(n, v) for n, v in point["changes"].items())
        )
        if label in labels:
            problems.append(file.problem(here, label, "doubled point", "names that differ"))
        labels.add(label)
        yield label, changes


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
    known = catalogue.assumptions
    for name, value in changes.items():
        here = (*place, name)
        if name not in known:
            near = nearest(name, known)
            problems.append(
                file.problem(
                    here, name, "unknown assumption", "see: simulator list assumptions", near
                )
            )
            continue
        setting = read_setting(value, known[name])
        if isinstance(setting, Setting):
            yield name, setting
        else:
            problems.append(file.problem(here, name, *setting))
