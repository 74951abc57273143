"""How does a command that answers a question hand it over? Tables, JSON or tidy CSV."""

import csv
import enum
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

import typer
from rich.table import Table

from simulator.batch import Failure, Overrides, gather, read_runs, run_all
from simulator.cli.shared import bad_usage, complete_scenario, tell
from simulator.language import Language, say
from simulator.records import InputError, Problem, nearest
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.scorecard import Rules


class Shape(enum.StrEnum):
    """How an answer is handed over."""

    table = "table"
    json = "json"
    csv = "csv"


ScenarioArgument = Annotated[
    str,
    typer.Argument(
        help="A scenario file or a shipped name.",
        metavar="[SCENARIO]",
        autocompletion=complete_scenario,
    ),
]
ShapeOption = Annotated[Shape, typer.Option("--format", help="A table to read, or data.")]


def read_one(
    name: str,
    workshop: Workshop,
    overrides: Overrides | None = None,
    *,
    learns: bool = False,
) -> Scenario:
    """The one run behind the name of a scenario, or a stop with exit code 2.

    A question that moves levers is about the year before anything was seen: unless the command
    learns, a scenario that holds observations is refused.
    """
    try:
        paths, failures = gather([name])
        runs, unread = read_runs(paths, workshop, overrides)
    except InputError as error:
        bad_usage(error)
    problems = [problem for failure in (*failures, *unread) for problem in failure.problems]
    if problems:
        tell(problems)
        raise typer.Exit(2)
    if len(runs) != 1:
        bad_usage(InputError([Problem(name, None, "", f"gives {len(runs)} runs", "one run")]))
    if runs[0].observations and not learns:
        wrong = "moves levers and does not learn from observations"
        allowed = "a scenario without them, or `simulator track`"
        bad_usage(InputError([Problem(name, None, "observations", wrong, allowed)]))
    return runs[0]


def run_one(scenario: Scenario, workshop: Workshop) -> Result:
    """The result of a run, or a stop with exit code 1 that says why there is none."""
    outcome = next(run_all([scenario], workshop, Rules()))
    if isinstance(outcome, Failure):
        tell(outcome.problems)
        raise typer.Exit(1)
    return outcome


def settled(result: Result) -> Scenario:
    """The scenario that was projected: what it asked to be solved is set."""
    return replace(result.card.projection.scenario, name=result.scenario.name)


def refuse_unknown(result: Result, target: str) -> None:
    """A name that is neither a projected quantity nor a target with a chance stops with code 2."""
    projection, rows = result.card.projection, result.card.rows
    chances = {name for name, row in rows.items() if row.plan_chance is not None}
    known = chances | set(projection.quantities)
    if target not in known:
        near = nearest(target, known)
        wrong = "has neither a median nor a chance here"
        bad_usage(InputError([Problem("--target", None, target, wrong, "", near)]))


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV; what a row does not have stays empty."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def table_of(keys: Iterable[str], language: Language, *, right_from: int = 1) -> Table:
    """An empty table with texts as headings; columns of numbers stand to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, key in enumerate(keys):
        table.add_column(say(key, language), justify="right" if at >= right_from else "left")
    return table
