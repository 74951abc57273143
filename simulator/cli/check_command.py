"""`simulator check` and `simulator schema`: is a scenario file right, and what may it say?"""

from typing import Annotated

import typer

from simulator.batch import default_plan, gather, read_runs
from simulator.cli.shared import PlanOption, bad_usage, tell
from simulator.output import json_text
from simulator.records import InputError
from simulator.run import Workshop
from simulator.schema import scenario_schema


def check(
    files: Annotated[list[str], typer.Argument(help="Scenario files, folders or shipped names.")],
) -> None:
    """Check scenario files without running them: every error of every file at once."""
    workshop = Workshop()
    try:
        paths, failures = gather(files)
        runs, unread = read_runs(paths, workshop)
    except InputError as error:
        bad_usage(error)
    failures += unread
    for failure in failures:
        tell(failure.problems)
    typer.echo(f"{len(paths)} files, {len(runs)} runs, {len(failures)} failed")
    raise typer.Exit(1 if failures else 0)


def schema(plan: PlanOption = None) -> None:
    """Print the JSON Schema of scenario files, with the names and ranges of a plan."""
    workshop = Workshop()
    try:
        vocabulary = workshop.vocabulary(plan or default_plan())
    except InputError as error:
        bad_usage(error)
    typer.echo(json_text(scenario_schema(vocabulary)))
