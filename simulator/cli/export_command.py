"""`simulator export`: runs in one file for others, a board without a server or a table for their tools."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from simulator.batch import DEFAULT_SCENARIO, Failure, gather, read_runs, run_all
from simulator.cli.overrides import (
    BaselinesOption,
    ChangesOption,
    DrawsOption,
    SeedOption,
    read_overrides,
)
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    PlanOption,
    bad_usage,
    complete_scenario,
)
from simulator.handout.page import handout
from simulator.iamc import as_frame, write_csv, write_excel
from simulator.output import whole_file
from simulator.records import InputError, Problem
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.scorecard import Rules

BOARD = ".html"
TABLES = {".csv": write_csv, ".xlsx": write_excel}


def export(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="What to write: .html is a board that works without a server or a network; "
            ".csv and .xlsx are tables in the IAMC's columns, which pyam reads.",
        ),
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Scenario files, folders or shipped names (default: the trend); one for a board.",
            metavar="[FILES, FOLDERS or NAMES]",
            autocompletion=complete_scenario,
        ),
    ] = None,
    changes: ChangesOption = None,
    baselines: BaselinesOption = None,
    language: LanguageOption = LanguageChoice.vi,
    wide: Annotated[
        bool,
        typer.Option("--wide", help="In a table, a column for each year, as the IAMC's template."),
    ] = False,
    draws: DrawsOption = None,
    seed: SeedOption = None,
    plan: PlanOption = None,
) -> None:
    """Write runs to one file for others: a board that they can move, or a table for their tools.

    A board opens in the language of --language, and the other one is a click away.
    """
    ending = file.suffix.lower()
    workshop = Workshop()
    try:
        _check_ending(file, ending)
        overrides = read_overrides(changes, baselines, draws, seed, plan)
        if plan is not None:
            workshop.plan(plan)
        paths, failures = gather(names or [DEFAULT_SCENARIO])
        runs, unread = read_runs(paths, workshop, overrides)
        _refuse(failures + unread)
        if ending == BOARD:
            (result,) = _results([_only(runs)], workshop)
            content = handout(result, language.value).encode()
            with whole_file(file) as target:
                target.write(content)
        else:
            table = as_frame(_results(runs, workshop), wide=wide)
            with whole_file(file) as target:
                TABLES[ending](target, table)
    except InputError as error:
        bad_usage(error)
    except OSError as error:
        wrong = f"cannot be written: {error.strerror}"
        bad_usage(InputError([Problem(str(file), None, "", wrong)]))


def _check_ending(file: Path, ending: str) -> None:
    if ending != BOARD and ending not in TABLES:
        allowed = ", ".join((BOARD, *TABLES))
        raise InputError([Problem(str(file), None, "", f"ends in {ending or 'nothing'}", allowed)])


def _only(runs: list[Scenario]) -> Scenario:
    if len(runs) != 1:
        wrong = f"{len(runs)} runs for one board"
        told = [run.name for run in runs]
        raise InputError(
            [Problem(", ".join(told), None, "", wrong, "one scenario without a sweep")]
        )
    return runs[0]


def _refuse(failures: list[Failure]) -> None:
    """One file for all runs: where one cannot be run, nothing is written."""
    problems = [problem for failure in failures for problem in failure.problems]
    if problems:
        raise InputError(problems)


def _results(runs: list[Scenario], workshop: Workshop) -> Iterator[Result]:
    for outcome in run_all(runs, workshop, Rules()):
        if isinstance(outcome, Failure):
            raise InputError(outcome.problems)
        yield outcome
