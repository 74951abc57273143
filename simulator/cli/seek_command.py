"""`simulator seek`: what would it take, by which levers, or is it out of reach?"""

import enum
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from simulator.batch import DEFAULT_SCENARIO, default_plan
from simulator.cli.answers import read_one
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    bad_usage,
    complete_scenario,
    complete_target,
    console,
)
from simulator.cli.word_tables import word_table
from simulator.insight.seeking import goals_text, moves_table, sentences
from simulator.language import Language, say
from simulator.likelihood import likely_from
from simulator.output import json_text, write_whole
from simulator.public_funds import MASTER
from simulator.records import InputError, Problem
from simulator.run import Result, Workshop, product_version
from simulator.scenario import Scenario, dump
from simulator.seek import Goal, Sought
from simulator.seek import seek as search

MOST_LEVERS = 20


class Shape(enum.StrEnum):
    """How the answer is handed over."""

    table = "table"
    json = "json"


def _levers(incomplete: str) -> list[str]:
    names = (*Workshop().plan(default_plan()).catalogue.assumptions, MASTER)
    return [name for name in names if name.startswith(incomplete)]


def seek(
    levers: Annotated[
        list[str],
        typer.Option(
            "--lever",
            metavar="NAME",
            help=f"An assumption that may be moved, or {MASTER}. Repeatable.",
            autocompletion=_levers,
        ),
    ],
    name: Annotated[
        str,
        typer.Argument(
            metavar="[SCENARIO]",
            help="Where to begin: a scenario file or a shipped name.",
            autocompletion=complete_scenario,
        ),
    ] = DEFAULT_SCENARIO,
    targets: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            metavar="NAME",
            help="A target to be met with the chance. Repeatable.",
            autocompletion=complete_target,
        ),
    ] = None,
    chances: Annotated[
        list[float] | None,
        typer.Option(
            "--chance",
            help="The chance that is wanted, of all targets or one for each of them "
            f"(default {likely_from():g}, from where a target counts as likely met).",
        ),
    ] = None,
    expected: Annotated[
        float | None, typer.Option(help="The expected number of targets met that is wanted.")
    ] = None,
    costs: Annotated[
        list[str] | None,
        typer.Option(
            "--cost",
            metavar="NAME=X",
            help="How dear a spread of a lever is against the others (default 1). Repeatable.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the scenario that reaches it to this file.")
    ] = None,
    language: LanguageOption = LanguageChoice.vi,
    shape: Annotated[Shape, typer.Option("--format", help="A table to read, or data.")] = (
        Shape.table
    ),
) -> None:
    """Find the smallest change of levers that reaches a chance (exit code 1: none in range does)."""
    workshop = Workshop()
    scenario = read_one(name, workshop)
    try:
        goals = list(_goals(targets or [], chances or [], expected))
        priced = _priced(levers, costs or [])
        with np.errstate(all="ignore"):
            start = workshop.run(scenario)
        sought = search(start.card, goals, priced)
    except InputError as error:
        bad_usage(error)
    except (ValueError, ArithmeticError) as error:
        bad_usage(InputError([Problem(name, None, "", str(error))]))
    found = _titled(sought, scenario)
    if found is not None and out is not None:
        _write(out, found)
    if shape is Shape.json:
        typer.echo(json_text(_document(sought, start, found)))
    else:
        _print(sought, language.value)
    raise typer.Exit(0 if sought.reached else 1)


def _goals(targets: list[str], chances: list[float], expected: float | None) -> Iterator[Goal]:
    chances = chances or [likely_from()]
    if len(chances) == 1:
        chances = chances * len(targets)
    if len(chances) != len(targets):
        wrong = f"given {len(chances)} times for {len(targets)} targets"
        raise InputError([Problem("--chance", None, "", wrong, "once, or once for each target")])
    if not targets and expected is None:
        raise InputError([Problem("seek", None, "", "seeks nothing", "--target or --expected")])
    for target, chance in zip(targets, chances, strict=True):
        yield Goal(target, chance)
    if expected is not None:
        yield Goal(None, expected)


def _priced(levers: list[str], costs: list[str]) -> dict[str, float]:
    """The levers with their costs."""
    problems: list[Problem] = []
    if len(levers) > MOST_LEVERS:
        wrong = f"{len(levers)} levers"
        problems.append(Problem("--lever", None, "", wrong, f"at most {MOST_LEVERS}"))
    priced = dict.fromkeys(levers, 1.0)
    for text in costs:
        name, _, value = (part.strip() for part in text.partition("="))
        try:
            cost = float(value)
        except ValueError:
            wrong = f"cost {value!r}" if value else "has no cost"
            problems.append(Problem("--cost", None, name, wrong, "NAME=X, X a number above 0"))
            continue
        if name not in priced:
            problems.append(Problem("--cost", None, name, "is no --lever", ", ".join(levers)))
        priced[name] = cost
    if problems:
        raise InputError(problems)
    return priced


def _titled(sought: Sought, start: Scenario) -> Scenario | None:
    """The scenario that reaches the goals, saying in its title what it is for."""
    if sought.solution is None:
        return None
    model = sought.card.projection.model
    because: list[str] = [
        say("seek.because", spoken, start=start.title(spoken)) for spoken in ("vi", "en")
    ]
    return replace(
        sought.solution,
        title_vi=goals_text(model, sought, "vi"),
        title_en=goals_text(model, sought, "en"),
        because_vi=because[0],
        because_en=because[1],
    )


def _write(out: Path, found: Scenario) -> None:
    try:
        write_whole(out, dump(found).encode())
    except OSError as error:
        wrong = f"cannot be written: {error.strerror}"
        bad_usage(InputError([Problem(str(error.filename or out), None, "", wrong)]))


def _document(sought: Sought, start: Result, found: Scenario | None) -> dict[str, Any]:
    projection = sought.card.projection
    settings = {
        name: setting.centre
        for name, setting in projection.settings.items()
        if setting != start.card.projection.settings[name]
    }
    return {
        "scenario": start.scenario.name,
        "plan": projection.plan.name,
        "seed": projection.scenario.seed,
        "draws": projection.scenario.draws,
        "version": product_version(),
        "hash": start.hash,
        "reached": sought.reached,
        "goals": [
            {
                "target": outcome.goal.target,
                "measure": "expected_met" if outcome.goal.target is None else "plan_chance",
                "wanted": outcome.goal.wanted,
                "before": outcome.before,
                "after": outcome.after,
                "reached": outcome.reached,
            }
            for outcome in sought.outcomes
        ],
        "moves": [asdict(move) for move in sought.moves],
        "distance": sought.distance,
        "limits": [move.lever for move in sought.limits],
        "idle": list(sought.idle),
        "best" if found is None else "solution": settings,
        "runs": sought.runs,
    }


def _print(sought: Sought, language: Language) -> None:
    screen = console()
    for line in sentences(sought, language):
        screen.print(line)
    table = moves_table(sought, language)
    if table.rows:
        screen.print()
        screen.print(word_table(table))
