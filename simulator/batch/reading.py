"""Which runs do scenario files ask for, under what a command line changes in all of them?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from simulator.batch.gathering import Failure, default_plan, printable
from simulator.records import InputError, Problem, nearest
from simulator.run import Workshop
from simulator.scenario import Scenario, Vocabulary, draws_problem, number_problem, read_setting
from simulator.scenario_file import ScenarioFile, read_scenario
from simulator.unroll import swept, unroll_lazily
from simulator.yaml_text import in_words


@dataclass(frozen=True)
class Overrides:
    """What the command line changes in every scenario of a batch."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    typed_baselines: Mapping[str, float] = field(default_factory=dict)
    draws: int | None = None
    seed: int | None = None
    plan: str | None = None


@dataclass(frozen=True)
class FileRuns:
    """The runs of one file that is right, made one after the other as they are asked for."""

    path: Path
    runs: Iterator[Scenario]


def read_files(
    paths: Iterable[Path], workshop: Workshop, overrides: Overrides | None = None
) -> Iterator[FileRuns | Failure]:
    """Every file's runs, or every fault of the file; names that two files share are not seen here.

    Raises InputError where the overrides themselves are wrong.
    """
    overrides = overrides or Overrides()
    for path in paths:
        try:
            file = read_scenario(path)
            vocabulary = _vocabulary(file, overrides.plan, workshop)
            found = unroll_lazily(file, vocabulary)
            _refuse_settled(file, overrides)
        except InputError as error:
            yield Failure(printable(str(path)), error.problems)
        else:
            yield FileRuns(
                path, (_overridden(scenario, overrides, vocabulary) for scenario in found)
            )


def read_runs(
    paths: Iterable[Path], workshop: Workshop, overrides: Overrides | None = None
) -> tuple[list[Scenario], list[Failure]]:
    """The runs of scenario files, with every fault of every file.

    Raises InputError where the overrides themselves are wrong.
    """
    runs: dict[str, Scenario] = {}
    origins: dict[str, Path] = {}
    failures: list[Failure] = []
    for found in read_files(paths, workshop, overrides):
        if isinstance(found, Failure):
            failures.append(found)
            continue
        own = {scenario.name: scenario for scenario in found.runs}
        taken = next((name for name in own if name in runs), None)
        if taken is not None:
            failures.append(taken_name(taken, found.path, origins[taken]))
            continue
        runs |= own
        origins |= dict.fromkeys(own, found.path)
    return list(runs.values()), failures


def taken_name(name: str, path: Path, first: Path) -> Failure:
    """Results are told apart by their scenario's name, so a second of that name is refused."""
    wrong = f"{first} in this batch has the same name"
    problem = Problem(str(path), None, name, wrong, "file names that differ")
    return Failure(printable(str(path)), (problem,))


def _vocabulary(file: ScenarioFile, plan: str | None, workshop: Workshop) -> Vocabulary:
    """The vocabulary of the plan that is asked for, that the file names, or of the default one."""
    asked = file.plan if plan is None else plan
    named = default_plan() if asked is None else asked
    try:
        return workshop.vocabulary(named)
    except InputError as error:
        unfound = error.problems[0]
        if plan is not None or unfound.file != named:
            raise
        wrong = f"{in_words(named)} {unfound.wrong}"
        told = file.problem(("plan",), "plan", wrong, unfound.allowed, unfound.nearest)
    except OSError as error:
        told = file.problem(("plan",), "plan", f"cannot be read: {error.strerror}")
    raise InputError([told])


def _refuse_settled(file: ScenarioFile, overrides: Overrides) -> None:
    """A point of a sweep is named by its values, so no option may change them."""
    both = [name for name in swept(file) if name in overrides.changes]
    wrong = "is swept here and set by --set"
    if both:
        raise InputError(file.problem(("sweep",), name, wrong, "one of the two") for name in both)


def _overridden(scenario: Scenario, overrides: Overrides, vocabulary: Vocabulary) -> Scenario:
    problems: list[Problem] = []
    known = vocabulary.catalogue.assumptions
    changes = dict(scenario.changes)
    for name, value in overrides.changes.items():
        if name not in known:
            wrong = "unknown assumption"
            allowed = "a name that `simulator list assumptions` prints"
            problems.append(Problem("--set", None, name, wrong, allowed, nearest(name, known)))
            continue
        setting = read_setting(value, known[name])
        if isinstance(setting, tuple):
            problems.append(Problem("--set", None, name, *setting))
        else:
            changes[name] = setting
    baselines = dict(scenario.typed_baselines)
    for name, number in overrides.typed_baselines.items():
        if name not in vocabulary.baselines:
            allowed = ", ".join(vocabulary.baselines)
            near = nearest(name, vocabulary.baselines)
            wrong = "takes no typed baseline"
            problems.append(Problem("--baseline", None, name, wrong, allowed, near))
        elif (fault := number_problem(number, *vocabulary.baselines[name])) is not None:
            problems.append(Problem("--baseline", None, name, *fault))
        else:
            baselines[name] = float(number)
    if overrides.draws is not None and (fault := draws_problem(overrides.draws)) is not None:
        problems.append(Problem("--draws", None, "", *fault))
    if problems:
        raise InputError(problems)
    return replace(
        scenario,
        changes=changes,
        typed_baselines=baselines,
        draws=overrides.draws or scenario.draws,
        seed=scenario.seed if overrides.seed is None else overrides.seed,
    )
