"""How are many scenarios run? All are read and checked first; one that fails stops no other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from simulator.plan import shipped_plans
from simulator.records import InputError, Problem, nearest
from simulator.run import Result, Workshop
from simulator.scenario import Scenario, Vocabulary, number_problem, read_setting
from simulator.scenario_file import ScenarioFile, find_scenario, read_scenario
from simulator.scorecard import Rules
from simulator.unroll import draws_problem, unroll

DEFAULT_SCENARIO = "trend"


@dataclass(frozen=True)
class Overrides:
    """What the command line changes in every scenario of a batch."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    typed_baselines: Mapping[str, float] = field(default_factory=dict)
    draws: int | None = None
    seed: int | None = None
    plan: str | None = None


@dataclass(frozen=True)
class Failure:
    """A scenario that could not be run, and everything that is wrong with it."""

    name: str
    problems: tuple[Problem, ...]


def default_plan() -> str:
    """The plan of scenarios that name none: the latest that travels with the product."""
    return shipped_plans()[-1].name


def gather(names: Iterable[str]) -> tuple[list[Path], list[Failure]]:
    """The scenario files behind names of files, folders and shipped scenarios."""
    paths: list[Path] = []
    failures: list[Failure] = []
    for name in names:
        folder = Path(name)
        if folder.is_dir():
            found = sorted(folder.glob("*.yaml")) + sorted(folder.glob("*.yml"))
            paths += found
            if not found:
                failures.append(Failure(name, (Problem(name, None, "", "holds no .yaml file"),)))
            continue
        try:
            paths.append(find_scenario(name))
        except InputError as error:
            failures.append(Failure(name, error.problems))
    return list(dict.fromkeys(paths)), failures


def read_runs(
    paths: Iterable[Path], workshop: Workshop, overrides: Overrides | None = None
) -> tuple[list[Scenario], list[Failure]]:
    """The runs of scenario files, with every fault of every file.

    Raises InputError where the overrides themselves are wrong.
    """
    overrides = overrides or Overrides()
    runs: dict[str, Scenario] = {}
    failures: list[Failure] = []
    for path in paths:
        try:
            file = read_scenario(path)
            plan = overrides.plan or _plan_of(file)
            vocabulary = workshop.vocabulary(plan)
            found = unroll(file, vocabulary)
        except InputError as error:
            failures.append(Failure(str(path), error.problems))
            continue
        for scenario in found:
            if scenario.name in runs:
                wrong = "another scenario of this batch has the same name"
                failures.append(
                    Failure(str(path), (Problem(str(path), None, scenario.name, wrong),))
                )
                break
            runs[scenario.name] = _overridden(scenario, overrides, vocabulary)
    return list(runs.values()), failures


def _plan_of(file: ScenarioFile) -> str:
    named = file.plan
    if named is None:
        return default_plan()
    beside = file.path.parent / named
    return str(beside) if (beside / "plan.yaml").is_file() else named


def _overridden(scenario: Scenario, overrides: Overrides, vocabulary: Vocabulary) -> Scenario:
    problems: list[Problem] = []
    known = vocabulary.catalogue.assumptions
    changes = dict(scenario.changes)
    for name, value in overrides.changes.items():
        if name not in known:
            wrong = "unknown assumption"
            allowed = "see: simulator list assumptions"
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


def run_all(
    runs: Iterable[Scenario], workshop: Workshop, rules: Rules, *, deterministic: bool = False
) -> Iterator[Result | Failure]:
    """Run scenario after scenario; one that fails is told and the next one runs."""
    for scenario in runs:
        try:
            yield workshop.run(scenario, rules, deterministic=deterministic)
        except (InputError, ValueError) as error:
            problems = (
                error.problems
                if isinstance(error, InputError)
                else (Problem(scenario.name, None, "", str(error)),)
            )
            yield Failure(scenario.name, problems)
