"""`simulator run`: scenarios in, scorecards out."""

import enum
import io
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from simulator.batch import (
    DEFAULT_SCENARIO,
    Failure,
    Overrides,
    gather,
    read_runs,
    run_all,
)
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    PlanOption,
    bad_usage,
    complete_assumption,
    complete_scenario,
    console,
    tell,
)
from simulator.cli.tables import print_scorecard
from simulator.output import as_frame, as_json, json_text, manifest, write_whole
from simulator.records import InputError, Problem
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.scorecard import Rules
from simulator.thresholds import read_thresholds


class Format(enum.StrEnum):
    """How results are handed over."""

    table = "table"
    json = "json"
    csv = "csv"
    parquet = "parquet"


class Scope(enum.StrEnum):
    """How far a verdict of the report reaches."""

    bullet = "bullet"
    clause = "clause"


def run(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Scenario files, folders of them, or names of shipped scenarios.",
            metavar="[FILES, FOLDERS or NAMES]",
            autocompletion=complete_scenario,
        ),
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=YAML",
            help="Change an assumption in every scenario: a number, '{fixed: x}' or "
            "'{p10: x, p50: y, p90: z}'. Repeatable.",
            autocompletion=complete_assumption,
        ),
    ] = None,
    baselines: Annotated[
        list[str] | None,
        typer.Option(
            "--baseline",
            metavar="NAME=VALUE",
            help="Type in the baseline of a target that has none. Repeatable.",
        ),
    ] = None,
    language: LanguageOption = LanguageChoice.vi,
    output: Annotated[
        Format | None, typer.Option("--format", help="table unless --out is given; then csv.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write results and a manifest to this folder.")
    ] = None,
    deterministic: Annotated[
        bool, typer.Option("--deterministic", help="The central run: all draws at zero.")
    ] = False,
    draws: Annotated[int | None, typer.Option(help="A power of two.")] = None,
    seed: Annotated[int | None, typer.Option(min=0)] = None,
    plan: PlanOption = None,
    no_rounding: Annotated[
        bool, typer.Option("--no-rounding", help="Met only from the exact target on.")
    ] = False,
    scope: Annotated[
        Scope, typer.Option(help="Whether a verdict covers its bullet or only its clause.")
    ] = Scope.bullet,
    thresholds: Annotated[
        bool,
        typer.Option(
            "--external-thresholds", help="Use Resolution thresholds published elsewhere."
        ),
    ] = False,
    slack: Annotated[
        bool, typer.Option("--slack", help="Add the Resolution's chance under a judged slack.")
    ] = False,
    pool: Annotated[
        bool, typer.Option("--pool", help="Pool simulated chances with the reference class.")
    ] = False,
) -> None:
    """Run scenarios and hold them against the plan (default: the trend)."""
    workshop = Workshop()
    chosen = output or (Format.csv if out else Format.table)
    if chosen is Format.parquet and out is None:
        bad_usage(InputError([Problem("--format", None, "parquet", "needs --out FOLDER")]))
    try:
        overrides = Overrides(
            changes={name: _value(text) for name, text in _pairs(changes, "--set")},
            typed_baselines={name: _value(text) for name, text in _pairs(baselines, "--baseline")},
            draws=draws,
            seed=seed,
            plan=plan,
        )
        if plan is not None:
            workshop.plan(plan)
        paths, failures = gather(names or [DEFAULT_SCENARIO])
        runs, unread = read_runs(paths, workshop, overrides)
        external = _thresholds(workshop, runs) if thresholds else {}
    except InputError as error:
        bad_usage(error)
    rules = Rules(
        rounding=not no_rounding,
        scope=scope.value,
        thresholds=external,
        slack=slack,
        pool=pool,
    )
    failures += unread
    results = _run_with_progress(runs, workshop, rules, deterministic, failures)
    if results or out is not None:
        _hand_over(results, failures, chosen, out, language.value)
    for failure in failures:
        tell(failure.problems)
    raise typer.Exit(1 if failures else 0)


def _pairs(texts: list[str] | None, option: str) -> list[tuple[str, str]]:
    pairs = [text.partition("=") for text in texts or []]
    problems = [
        Problem(option, None, name, "has no value", "NAME=VALUE")
        for name, equals, value in pairs
        if not equals or not value.strip()
    ]
    if problems:
        raise InputError(problems)
    return [(name.strip(), value) for name, _, value in pairs]


def _value(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return text


def _thresholds(workshop: Workshop, runs: list[Scenario]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in dict.fromkeys(scenario.plan for scenario in runs):
        plan = workshop.plan(name)
        path = plan.folder / "thresholds_external.yaml"
        if path.is_file():
            found |= read_thresholds(path, plan.targets)
    return found


def _run_with_progress(
    runs: list[Scenario],
    workshop: Workshop,
    rules: Rules,
    deterministic: bool,
    failures: list[Failure],
) -> list[Result]:
    results: list[Result] = []
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    screen = console()
    screen.stderr = True
    with Progress(*columns, console=screen, transient=True, disable=len(runs) < 2) as progress:
        task = progress.add_task("", total=len(runs))
        for outcome in run_all(runs, workshop, rules, deterministic=deterministic):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                results.append(outcome)
            progress.update(task, advance=1)
    return results


def _hand_over(
    results: list[Result],
    failures: list[Failure],
    chosen: Format,
    out: Path | None,
    language: Any,
) -> None:
    if chosen is Format.table:
        screen = console()
        if out is not None:
            screen.file = io.StringIO()
        for result in results:
            print_scorecard(screen, result, language)
        content = screen.file.getvalue().encode() if isinstance(screen.file, io.StringIO) else b""
        name = "results.txt"
    elif chosen is Format.json:
        documents = [as_json(result) for result in results]
        content = json_text(documents[0] if len(results) == 1 else documents).encode() + b"\n"
        name = "results.json"
    elif chosen is Format.csv:
        content = as_frame(results).to_csv(index=False, lineterminator="\n").encode()
        name = "results.csv"
    else:
        content = as_frame(results).to_parquet(index=False)
        name = "results.parquet"
    if out is not None:
        write_whole(out / name, content)
        told = manifest(results, [failure.name for failure in failures])
        write_whole(out / "manifest.json", json_text(told).encode() + b"\n")
    elif chosen is not Format.table:
        typer.echo(content.decode(), nl=False)
