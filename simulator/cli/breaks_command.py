"""`simulator breaks`: under which assumptions is a target missed most of the time?"""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from simulator.batch import DEFAULT_SCENARIO
from simulator.cli.answers import (
    ScenarioArgument,
    Shape,
    ShapeOption,
    csv_text,
    read_one,
    run_one,
    table_of,
)
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    bad_usage,
    complete_target,
    console,
)
from simulator.discovery import MOST_BOXES, Discovery, discover
from simulator.insight.breaking import breaking_sentences, limits_text, share_text
from simulator.insight.naming import title
from simulator.language import Language, say, show
from simulator.output import json_text
from simulator.records import InputError, Problem, nearest
from simulator.run import Result, Workshop, product_version

COLUMNS = ("target", "box", "assumption", "low", "high", "mass", "density", "coverage", "failing")


def breaks(
    scenario: ScenarioArgument = DEFAULT_SCENARIO,
    target: Annotated[
        str,
        typer.Option(help="The target whose misses are looked at.", autocompletion=complete_target),
    ] = "",
    most: Annotated[int, typer.Option("--boxes", help="Boxes at most.", min=1)] = MOST_BOXES,
    language: LanguageOption = LanguageChoice.vi,
    shape: ShapeOption = Shape.table,
) -> None:
    """Find the few limits on assumptions inside which a target is missed most of the time."""
    workshop = Workshop()
    result = run_one(read_one(scenario, workshop), workshop)
    if target not in result.card.met:
        known = list(result.card.met)
        wrong = "is neither met nor missed draw by draw" if target else "is needed"
        allowed = "a target that `simulator list targets` prints"
        bad_usage(
            InputError([Problem("--target", None, target, wrong, allowed, nearest(target, known))])
        )
    found = discover(result.card, target, most)
    if shape is Shape.table:
        _print(result, found, language.value)
    elif shape is Shape.csv:
        typer.echo(csv_text(COLUMNS, _rows(found)), nl=False)
    else:
        typer.echo(json_text(_document(result, found)))


def _rows(found: Discovery) -> Iterator[dict[str, Any]]:
    """A row for every limit of every box."""
    for number, box in enumerate(found.boxes, 1):
        for limit in box.limits:
            yield {
                "target": found.name,
                "box": number,
                "assumption": limit.assumption,
                "low": limit.low,
                "high": limit.high,
                "mass": box.mass,
                "density": box.density,
                "coverage": box.coverage,
                "failing": found.failing,
            }


def _document(result: Result, found: Discovery) -> dict[str, Any]:
    return {
        "scenario": result.scenario.name,
        "hash": result.hash,
        "plan": result.card.projection.plan.name,
        "seed": result.scenario.seed,
        "draws": result.scenario.draws,
        "version": product_version(),
        "target": found.name,
        "failing": found.failing,
        "silence": found.silence,
        "rows": list(_rows(found)),
    }


def _print(result: Result, found: Discovery, language: Language) -> None:
    screen, model = console(), result.card.projection.model
    name = title(model, found.name, language)
    scenario = result.scenario.title(language)
    screen.print(say("breaks.command", language, name=name, scenario=scenario), style="bold")
    draws = show(result.scenario.draws, 0, language)
    failing = share_text(found.failing, language)
    screen.print(say("breaks.overall", language, failing=failing, draws=draws))
    if found.silence is not None:
        screen.print(*breaking_sentences(found, model, language))
        return
    keys = ("limits", "density", "mass", "coverage")
    table = table_of((f"breaks.{key}" for key in keys), language)
    for box in found.boxes:
        shares = (share_text(share, language) for share in (box.density, box.mass, box.coverage))
        table.add_row(limits_text(box, model, language), *shares)
    screen.print()
    screen.print(table)
