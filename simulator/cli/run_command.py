"""`simulator run`: scenarios in, scorecards out."""

import enum
from pathlib import Path
from typing import Annotated

import typer

from simulator.batch import DEFAULT_SCENARIO, Hands
from simulator.cli.overrides import (
    BaselinesOption,
    ChangesOption,
    DrawsOption,
    SeedOption,
    read_overrides,
)
from simulator.cli.run_batch import Request, run_batch
from simulator.cli.run_output import Format
from simulator.cli.run_progress import Voice
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    PlanOption,
    bad_usage,
    complete_scenario,
)
from simulator.records import InputError, Problem


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
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, help="Processes that share the runs; as many as cores where there are many."
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Run on the Dask cluster at this address."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on in --out: what is done there is not run again.")
    ] = False,
    only_failed: Annotated[
        bool, typer.Option("--only-failed", help="Run again what failed in --out, nothing else.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No bar; errors only.")] = False,
    log: Annotated[
        bool, typer.Option("--log", help="A line on standard error for every event, no bar.")
    ] = False,
) -> None:
    """Run scenarios and hold them against the plan (default: the trend)."""
    chosen = output or (Format.csv if out else Format.table)
    try:
        goes_on = "--only-failed" if only_failed else "--resume" if resume else ""
        _refuse_clashes(chosen, out, workers, cluster, goes_on=goes_on)
        request = Request(
            names=names or [DEFAULT_SCENARIO],
            overrides=read_overrides(changes, baselines, draws, seed, plan),
            deterministic=deterministic,
            rules={
                "rounding": not no_rounding,
                "scope": scope.value,
                "slack": slack,
                "pool": pool,
            },
            external_thresholds=thresholds,
            format=chosen,
            language=language.value,
            out=out,
            resume=resume,
            only_failed=only_failed,
            hands=Hands(workers, cluster),
            voice=Voice.quiet if quiet else Voice.log if log else Voice.bar,
        )
        code = run_batch(request)
    except InputError as error:
        bad_usage(error)
    raise typer.Exit(code)


def _refuse_clashes(
    chosen: Format, out: Path | None, workers: int | None, cluster: str | None, *, goes_on: str
) -> None:
    problems = []
    if out is None and chosen is Format.parquet:
        problems.append(Problem("--format", None, "parquet", "needs --out FOLDER"))
    if out is None and goes_on:
        problems.append(Problem(goes_on, None, "", "needs --out FOLDER"))
    if workers is not None and cluster is not None:
        problems.append(Problem("--workers", None, "", "stands beside --cluster", "one of the two"))
    if problems:
        raise InputError(problems)
