"""`simulator summarize`: which of many scenarios meet which targets, what is lost, what decides?"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from simulator.cli.answers import Shape, ShapeOption, csv_text, table_of
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    PlanOption,
    bad_usage,
    console,
)
from simulator.language import Language, say, show, show_chance
from simulator.output import json_text
from simulator.plan import Plan, find_plan, load_plan
from simulator.records import InputError
from simulator.summary import Decider, Place, Summary, TargetSummary, read_chances, summarize

MOST = 5
COLUMNS = (
    "target",
    "scenarios",
    "likely",
    "best",
    "best_chance",
    "worst",
    "worst_chance",
    "mean_regret",
    "deciders",
)


def summarize_results(
    results: Annotated[
        Path,
        typer.Argument(
            help="A folder that `simulator run --out` wrote as csv or parquet.", metavar="FOLDER"
        ),
    ],
    most: Annotated[
        int, typer.Option("--most", help="Scenarios and assumptions named at most.", min=1)
    ] = MOST,
    plan: PlanOption = None,
    language: LanguageOption = LanguageChoice.vi,
    shape: ShapeOption = Shape.table,
) -> None:
    """Say what the scenarios of a batch come to: targets met, best and worst, regret, deciders."""
    try:
        chances = read_chances(results)
        read = load_plan(find_plan(plan or chances.plan))
        found = summarize(chances, read, most)
    except InputError as error:
        bad_usage(error)
    if shape is Shape.json:
        typer.echo(json_text(asdict(found) | {"plan": chances.plan}))
    elif shape is Shape.csv:
        typer.echo(csv_text(COLUMNS, _rows(found)), nl=False)
    else:
        _print(found, read, language.value)


def _rows(found: Summary) -> Iterator[dict[str, Any]]:
    """A row for every target."""
    for row in found.targets:
        told = asdict(row) | {"target": row.name, "scenarios": found.scenarios}
        told["deciders"] = " ".join(
            f"{one.assumption}={one.correlation:.3f}" for one in row.deciders
        )
        yield {name: told[name] for name in COLUMNS}


def _print(found: Summary, plan: Plan, language: Language) -> None:
    screen = console()
    total = show(found.scenarios, 0, language)
    screen.print(say("summary.title", language, scenarios=total), style="bold")
    regret = show(found.mean_regret, 1, language)
    screen.print(say("summary.regret_line", language, scored=found.scored, regret=regret))
    if found.deciders:
        told = _deciders(found.deciders, plan, language)
        screen.print(say("summary.deciders_line", language, deciders=told))
    _print_places(found.best, "summary.best", language)
    _print_places(found.worst, "summary.worst", language)
    keys = ("target", "likely", "best_chance", "worst_chance", "regret", "deciders")
    table = table_of((f"summary.{key}" for key in keys), language)
    table.columns[-1].justify = "left"
    for row in found.targets:
        table.add_row(*_cells(row, found, plan, language))
    screen.print()
    screen.print(table)


def _print_places(places: Iterable[Place], key: str, language: Language) -> None:
    table = table_of((key, "summary.expected", "summary.regret_targets"), language)
    for place in places:
        numbers = (show(number, 1, language) for number in (place.expected_met, place.regret))
        table.add_row(place.scenario, *numbers)
    console().print()
    console().print(table)


def _cells(row: TargetSummary, found: Summary, plan: Plan, language: Language) -> list[str]:
    target = plan.targets[row.name]
    return [
        f"{target.title_vi if language == 'vi' else target.title_en} ({row.name})",
        f"{show(row.likely, 0, language)}/{show(found.scenarios, 0, language)}",
        show_chance(row.best_chance, language),
        show_chance(row.worst_chance, language),
        show(100 * row.mean_regret, 0, language),
        _deciders(row.deciders, plan, language),
    ]


def _deciders(deciders: Iterable[Decider], plan: Plan, language: Language) -> str:
    return "; ".join(
        f"{plan.catalogue.assumptions[one.assumption].title(language)} "
        f"({'+' if one.correlation > 0 else '−'}{show(abs(one.correlation), 2, language)})"
        for one in deciders
    )
