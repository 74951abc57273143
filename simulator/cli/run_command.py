"""`simulator run`: scenarios in, scorecards out."""

import enum
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from simulator.batch import (
    DEFAULT_SCENARIO,
    Failure,
    gather,
    read_runs,
    run_all,
)
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
    console,
    plain_console,
    tell,
)
from simulator.cli.tables import scorecards
from simulator.language import Language
from simulator.output import (
    csv_parts,
    json_parts,
    json_text,
    manifest,
    manifest_entry,
    whole_file,
    write_parquet,
    write_whole,
)
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
    changes: ChangesOption = None,
    baselines: BaselinesOption = None,
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
    draws: DrawsOption = None,
    seed: SeedOption = None,
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
        overrides = read_overrides(changes, baselines, draws, seed, plan)
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
    single = len(runs) == 1 and not failures
    entries: list[dict[str, Any]] = []
    outcomes = run_all(runs, workshop, rules, deterministic=deterministic)
    results = _followed(outcomes, len(runs), entries, failures)
    if out is not None:
        try:
            _write(out, chosen, results, single, language.value)
            told = manifest(entries, [failure.name for failure in failures])
            write_whole(out / "manifest.json", json_text(told).encode() + b"\n")
        except OSError as error:
            wrong = f"cannot be written: {error.strerror}"
            tell(problem for failure in failures for problem in failure.problems)
            bad_usage(InputError([Problem(str(error.filename or out), None, "", wrong)]))
    elif runs:
        _print(chosen, results, single, language.value)
    for failure in failures:
        tell(failure.problems)
    raise typer.Exit(1 if failures else 0)


def _thresholds(workshop: Workshop, runs: list[Scenario]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in dict.fromkeys(scenario.plan for scenario in runs):
        plan = workshop.plan(name)
        path = plan.folder / "thresholds_external.yaml"
        if path.is_file():
            found |= read_thresholds(path, plan.targets)
    return found


def _followed(
    outcomes: Iterable[Result | Failure],
    total: int,
    entries: list[dict[str, Any]],
    failures: list[Failure],
) -> Iterator[Result]:
    """The results as they come, a bar showing how many are done; none is kept here."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    hidden = total < 2 or not sys.stderr.isatty()
    with Progress(
        *columns, console=Console(stderr=True), transient=True, disable=hidden
    ) as progress:
        task = progress.add_task("", total=total)
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                entries.append(manifest_entry(outcome))
                yield outcome
            progress.update(task, advance=1)


def _parts(
    chosen: Format, results: Iterator[Result], single: bool, screen: Console, language: Language
) -> Iterator[bytes]:
    if chosen is Format.json:
        return json_parts(results, single=single)
    if chosen is Format.csv:
        return csv_parts(results)
    return scorecards(screen, results, language)


def _write(
    out: Path, chosen: Format, results: Iterator[Result], single: bool, language: Language
) -> None:
    suffix = {Format.table: "txt"}.get(chosen, chosen.value)
    with whole_file(out / f"results.{suffix}") as file:
        if chosen is Format.parquet:
            write_parquet(file, results)
        else:
            file.writelines(_parts(chosen, results, single, plain_console(), language))


def _print(chosen: Format, results: Iterator[Result], single: bool, language: Language) -> None:
    """Print when all is done, so that the bar is out of the way."""
    for part in list(_parts(chosen, results, single, console(), language)):
        typer.echo(part, nl=False)
