"""`simulator validate`: how good were the forecasts of a year whose outcomes are known?"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from simulator.batch import DEFAULT_SCENARIO, Overrides, default_plan, gather
from simulator.cli.answers import ScenarioArgument, Shape, ShapeOption, csv_text, read_one, run_one
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    PlanOption,
    bad_usage,
    console,
)
from simulator.cli.word_tables import word_table
from simulator.insight.validation import (
    heading,
    missing_lines,
    notes,
    row_table,
    summary_table,
    verdicts,
    word_table_of,
)
from simulator.insight.validation_rows import COLUMNS, as_rows
from simulator.language import Language, say
from simulator.output import json_text
from simulator.records import InputError, Problem
from simulator.run import Result, Workshop, product_version
from simulator.scenario_file import read_scenario
from simulator.validation import (
    Validation,
    latest_validated,
    outcomes_of,
    read_outcomes,
)
from simulator.validation import validate as hold_against


def validate(
    scenario: ScenarioArgument = DEFAULT_SCENARIO,
    plan: PlanOption = None,
    outcomes: Annotated[
        Path | None,
        typer.Option(
            help="What came of the year, instead of the plan's own outcomes.csv.", metavar="FILE"
        ),
    ] = None,
    language: LanguageOption = LanguageChoice.vi,
    shape: ShapeOption = Shape.table,
) -> None:
    """Hold forecasts against what came: coverage, scores, and skill against two references.

    Without --plan it is the scenario's plan, else the newest that has outcomes; with --outcomes
    the newest plan.
    """
    workshop = Workshop()
    wanted = plan or _plan_of(scenario, outcomes)
    run = read_one(scenario, workshop, Overrides(plan=wanted))
    try:
        chosen = workshop.plan(run.plan)
        path = outcomes or outcomes_of(chosen)
        if path is None:
            wrong = "has no outcomes.csv"
            raise InputError([Problem(run.plan, None, "", wrong, "--outcomes FILE")])
        known = read_outcomes(path, chosen)
    except InputError as error:
        bad_usage(error)
    result = run_one(run, workshop)
    found = hold_against(result.card, known)
    if shape is Shape.table:
        _print(console(), found, result, language.value)
    elif shape is Shape.csv:
        typer.echo(csv_text(COLUMNS, as_rows(found)), nl=False)
    else:
        document = {
            "version": product_version(),
            "plan": run.plan,
            "scenario": run.name,
            "hash": result.hash,
            "seed": run.seed,
            "draws": run.draws,
            "outcomes": str(path.name),
            "rows": list(as_rows(found)),
        }
        typer.echo(json_text(document))


def _plan_of(scenario: str, outcomes: Path | None) -> str | None:
    """The plan of a scenario that is not told which: none where its file names one itself."""
    try:
        paths, _ = gather([scenario])
        if len(paths) == 1 and read_scenario(paths[0]).plan is None:
            return (None if outcomes else latest_validated()) or default_plan()
    except InputError as error:
        bad_usage(error)
    return None


def _print(screen: Console, found: Validation, result: Result, language: Language) -> None:
    screen.print()
    screen.print(heading(found, language), style="bold")
    for table in (row_table(found, language), summary_table(found, language)):
        screen.print()
        screen.print(table.title, style="bold")
        screen.print(word_table(table))
    if any(row.outcome.shock for row in found.rows):
        screen.print(say("validation.shock_note", language), style="dim")
    words = word_table_of(found, language)
    if words is not None:
        screen.print()
        screen.print(words.title, style="bold")
        screen.print(word_table(words))
    screen.print()
    screen.print(say("validation.how", language), style="dim")
    for line in missing_lines(found, language):
        screen.print(line)
    for line in verdicts(found, language):
        screen.print(f"• {line}")
    for title, text in notes(found, language):
        screen.print(f"• {title}. {text}")
    screen.print(
        say(
            "badge",
            language,
            version=product_version(),
            plan=found.card.projection.plan.name,
            hash=result.hash,
            seed=result.scenario.seed,
            draws=result.scenario.draws,
        ),
        style="dim",
    )
