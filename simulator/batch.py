"""How are many scenarios run? All are read and checked first; one that fails stops no other."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from simulator.assumptions import Setting
from simulator.plan import Plan, shipped_plans
from simulator.records import InputError, Problem, nearest
from simulator.run import Result, Workshop
from simulator.scenario import Scenario, Vocabulary, draws_problem, number_problem, read_setting
from simulator.scenario_file import (
    ScenarioFile,
    find_scenario,
    read_scenario,
    shipped_scenarios,
)
from simulator.scorecard import Rules
from simulator.unroll import swept, unroll
from simulator.yaml_text import in_words

DEFAULT_SCENARIO = "trend"
SUFFIXES = frozenset({".yaml", ".yml"})


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


def shell_line(scenario: Scenario, plan: Plan) -> str:
    """The line that runs a scenario again in a shell, bit for bit.

    What is learned or solved does not fit a line: then it names the scenario's file.
    """
    if scenario.observations or scenario.solve:
        return shlex.join(["simulator", "run", f"{scenario.name}.yaml"])
    words = ["simulator", "run", DEFAULT_SCENARIO]
    if plan.name != default_plan():
        words += ["--plan", scenario.plan]
    for name, setting in scenario.changes.items():
        words += ["--set", f"{name}={_yaml(setting)}"]
    for name, value in scenario.typed_baselines.items():
        words += ["--baseline", f"{name}={value!r}"]
    if scenario.draws != plan.sheet.draws:
        words += ["--draws", str(scenario.draws)]
    return shlex.join([*words, "--seed", str(scenario.seed)])


def _yaml(setting: Setting) -> str:
    if setting.fixed:
        return f"{{fixed: {setting.centre!r}}}"
    if setting.p10 is not None:
        return f"{{p10: {setting.p10!r}, p50: {setting.centre!r}, p90: {setting.p90!r}}}"
    return repr(setting.centre)


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


def read_runs(
    paths: Iterable[Path], workshop: Workshop, overrides: Overrides | None = None
) -> tuple[list[Scenario], list[Failure]]:
    """The runs of scenario files, with every fault of every file.

    Raises InputError where the overrides themselves are wrong.
    """
    overrides = overrides or Overrides()
    runs: dict[str, Scenario] = {}
    origins: dict[str, Path] = {}
    failures: list[Failure] = []
    for path in paths:
        try:
            file = read_scenario(path)
            vocabulary = _vocabulary(file, overrides.plan, workshop)
            found = unroll(file, vocabulary)
            _refuse_settled(file, overrides)
            _refuse_taken(file, found, origins)
        except InputError as error:
            failures.append(Failure(printable(str(path)), error.problems))
            continue
        for scenario in found:
            runs[scenario.name] = _overridden(scenario, overrides, vocabulary)
            origins[scenario.name] = path
    return list(runs.values()), failures


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


def _refuse_taken(
    file: ScenarioFile, found: Iterable[Scenario], origins: Mapping[str, Path]
) -> None:
    """Results are told apart by their scenario's name."""
    for scenario in found:
        if scenario.name in origins:
            wrong = f"{origins[scenario.name]} in this batch has the same name"
            allowed = "file names that differ"
            name = scenario.name
            raise InputError([Problem(str(file.path), None, name, wrong, allowed)])


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


def run_all(
    runs: Iterable[Scenario], workshop: Workshop, rules: Rules, *, deterministic: bool = False
) -> Iterator[Result | Failure]:
    """Run scenario after scenario; one that fails is told and the next one runs."""
    for scenario in runs:
        try:
            with np.errstate(all="ignore"):
                result = workshop.run(scenario, rules, deterministic=deterministic)
            _refuse_endless(result)
        except InputError as error:
            yield Failure(scenario.name, error.problems)
        except (ValueError, ArithmeticError, RuntimeError) as error:
            yield Failure(scenario.name, (Problem(scenario.name, None, "", str(error)),))
        else:
            yield result


def _refuse_endless(result: Result) -> None:
    """No result holds what is not a number."""
    projection = result.card.projection
    endless = [
        name for name in projection.quantities if not np.isfinite(projection.values[name]).all()
    ]
    if endless:
        wrong = "comes to no finite number in every draw"
        allowed = "assumptions that are less extreme"
        name = result.scenario.name
        raise InputError([Problem(name, None, ", ".join(endless[:5]), wrong, allowed)])
