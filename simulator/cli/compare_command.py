"""`simulator compare`: in what do scenarios differ, and what comes of it?"""

import enum
from typing import Annotated, Any

import typer

from simulator.batch import Failure, gather, read_runs, run_all
from simulator.cli.answers import csv_text
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    bad_usage,
    complete_scenario,
    console,
    tell,
)
from simulator.cli.word_tables import word_table
from simulator.compare import COLUMNS, FEWEST, MOST, Comparison, as_rows
from simulator.compare import compare as side_by_side
from simulator.insight.comparison import markdown, word_tables
from simulator.language import Language, say
from simulator.output import json_text
from simulator.records import InputError, Problem
from simulator.run import Result, Workshop, product_version
from simulator.scorecard import Rules


class Shape(enum.StrEnum):
    """How the comparison is handed over."""

    table = "table"
    csv = "csv"
    markdown = "markdown"
    json = "json"


def compare(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIOS",
            help=f"{FEWEST} to {MOST} scenarios: files, folders of them, or shipped names; "
            "differences are those to the first.",
            autocompletion=complete_scenario,
        ),
    ],
    language: LanguageOption = LanguageChoice.vi,
    shape: Annotated[
        Shape, typer.Option("--format", help="A table to read, Markdown, or data.")
    ] = Shape.table,
) -> None:
    """Compare scenarios: the inputs that differ, outcomes, verdicts and what is met together."""
    results = _results(names)
    try:
        comparison = side_by_side([result.card for result in results])
    except InputError as error:
        bad_usage(error)
    if shape is Shape.json:
        typer.echo(json_text(_document(comparison, results)))
    elif shape is Shape.csv:
        typer.echo(csv_text(COLUMNS, as_rows(comparison)), nl=False)
    elif shape is Shape.markdown:
        typer.echo(markdown(comparison, language.value), nl=False)
    else:
        _print(comparison, language.value)


def _results(names: list[str]) -> list[Result]:
    """The runs behind the names, all of them, or a stop that tells what is wrong."""
    workshop = Workshop()
    try:
        paths, failures = gather(names)
        runs, unread = read_runs(paths, workshop)
    except InputError as error:
        bad_usage(error)
    failures += unread
    if not failures and not FEWEST <= len(runs) <= MOST:
        wrong = f"{len(runs)} scenarios"
        bad_usage(InputError([Problem("compare", None, "", wrong, f"{FEWEST} to {MOST}")]))
    results: list[Result] = []
    if not failures:
        for outcome in run_all(runs, workshop, Rules()):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                results.append(outcome)
    for failure in failures:
        tell(failure.problems)
    if failures:
        raise typer.Exit(2)
    return results


def _document(comparison: Comparison, results: list[Result]) -> dict[str, Any]:
    return {
        "version": product_version(),
        "plan": comparison.cards[0].projection.plan.name,
        "scenarios": [
            {
                "scenario": result.scenario.name,
                "hash": result.hash,
                "seed": result.scenario.seed,
                "draws": result.scenario.draws,
            }
            for result in results
        ],
        "rows": list(as_rows(comparison)),
    }


def _print(comparison: Comparison, language: Language) -> None:
    screen = console()
    for table in word_tables(comparison, language):
        screen.print()
        screen.print(table.title, style="bold")
        if table.rows:
            screen.print(word_table(table, right=False))
        else:
            screen.print(say("compare.nothing", language))
