"""`simulator track`: what do the year's figures so far make of the plan?"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from simulator.batch import DEFAULT_SCENARIO
from simulator.cli.answers import Shape, ShapeOption, csv_text, read_one, run_one
from simulator.cli.ledger_options import A_MOMENT, DatabaseOption, ledger_at, moment_of
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    bad_usage,
    complete_scenario,
    console,
    tell,
)
from simulator.cli.word_tables import word_table
from simulator.insight.tracking import board, observation_table, pace_table, sentences
from simulator.language import Language
from simulator.observation import Observation, Watch
from simulator.observation_file import read_observations
from simulator.observation_reading import A_DAY, day_of, faults_of
from simulator.output import as_json, json_text
from simulator.records import InputError, Problem, nearest
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.track import Tracked, track

COLUMNS = (
    *("scenario", "hash", "as_of", "name", "unit", "prior_p10", "prior_p50", "prior_p90"),
    *("p10", "p50", "p90", "target", "prior_chance", "plan_chance", "prior_word", "word"),
)


def track_year(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[SCENARIO]",
            help="A scenario file, which may hold observations, or a shipped name.",
            autocompletion=complete_scenario,
        ),
    ] = DEFAULT_SCENARIO,
    files: Annotated[
        list[Path] | None,
        typer.Option(
            "--observations",
            metavar="FILE",
            help="Observations to add: a CSV file with the columns quantity, kind, value, unit, "
            "date, source, or a YAML list of the same. Repeatable.",
        ),
    ] = None,
    recorded: Annotated[
        bool,
        typer.Option("--recorded", help="Learn from what `simulator observations` keeps, too."),
    ] = False,
    known_by: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT", help=f"With --recorded, what had been entered by then: {A_MOMENT}."
        ),
    ] = None,
    database: DatabaseOption = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DAY", help="What was known on a day (2020-10-31): later is left out."
        ),
    ] = None,
    targets: Annotated[
        list[str] | None,
        typer.Option("--target", metavar="NAME", help="Show only this target. Repeatable."),
    ] = None,
    language: LanguageOption = LanguageChoice.vi,
    shape: ShapeOption = Shape.table,
) -> None:
    """Learn from what was observed of the plan's year: board before and after, pace, surprises."""
    workshop = Workshop()
    scenario = read_one(name, workshop, learns=True)
    try:
        told = _from_files(scenario, files or [], workshop)
        moment = moment_of(known_by, "--known-by")
        if moment is not None and not recorded:
            wrong, allowed = "says what of the database counts", "--recorded beside it"
            raise InputError([Problem("--known-by", None, str(known_by), wrong, allowed)])
        day = scenario.as_of
        if as_of is not None:
            day = day_of(as_of)
            if day is None:
                raise InputError([Problem("--as-of", None, as_of, "is no day", A_DAY)])
        known = workshop.plan(scenario.plan).targets
        for target in targets or []:
            if target not in known:
                near = nearest(target, known)
                raise InputError([Problem("--target", None, target, "is no target", "", near)])
    except InputError as error:
        bad_usage(error)
    if recorded:
        with ledger_at(database) as ledger:
            kept = ledger.observations(workshop.plan(scenario.plan).name, until=moment)
        watch = workshop.vocabulary(scenario.plan).watch
        told += _fitting(kept, watch(scenario.typed_baselines)) if watch else kept
    asked = replace(scenario, observations=tuple(dict.fromkeys(told)), as_of=day)
    result = run_one(asked, workshop)
    tracked = result.tracked or track(result.card, (), as_of=day)
    if shape is Shape.json:
        typer.echo(json_text(as_json(replace(result, tracked=tracked))))
    elif shape is Shape.csv:
        rows = _rows(result, tracked, targets or [])
        typer.echo(csv_text(COLUMNS, rows), nl=False)
    else:
        _print(tracked, language.value, tuple(targets or ()))


def _from_files(scenario: Scenario, files: list[Path], workshop: Workshop) -> list[Observation]:
    """The observations of a scenario and of files beside it."""
    watch = workshop.vocabulary(scenario.plan).watch
    told = list(scenario.observations)
    for file in files:
        told += read_observations(file, watch(scenario.typed_baselines) if watch else None)
    return told


def _fitting(kept: Iterable[Observation], year: Watch) -> list[Observation]:
    """What of the log this scenario can take; the rest is set aside and told."""
    fitting = []
    for row in kept:
        faults = faults_of(row, year)
        tell(Problem("--recorded", None, one.name, one.wrong, one.allowed) for one in faults)
        if not faults:
            fitting.append(row)
    return fitting


def _rows(result: Result, tracked: Tracked, targets: list[str]) -> list[dict[str, Any]]:
    """One row for each target, before and after."""
    rows = []
    for name, after in tracked.posterior.rows.items():
        if targets and name not in targets:
            continue
        before = tracked.prior.rows[name]
        rows.append(
            {
                "scenario": result.scenario.name,
                "hash": result.hash,
                "as_of": tracked.as_of or "",
                "name": name,
                "unit": after.target.unit,
                "target": after.target.target,
                "prior_chance": before.plan_chance,
                "plan_chance": after.plan_chance,
                "prior_word": before.word,
                "word": after.word,
            }
            | dict(
                zip(("prior_p10", "prior_p50", "prior_p90"), before.quantiles or (), strict=False)
            )
            | dict(zip(("p10", "p50", "p90"), after.quantiles or (), strict=False))
        )
    return rows


def _print(tracked: Tracked, language: Language, targets: tuple[str, ...]) -> None:
    screen = console()
    tables = [board(tracked, language, targets)]
    if not targets:
        tables += [pace_table(tracked, language), observation_table(tracked, language)]
    for table in tables:
        if table.rows:
            screen.print()
            screen.print(table.title, style="bold")
            screen.print(word_table(table))
    screen.print()
    for line in sentences(tracked, language):
        screen.print(line)
