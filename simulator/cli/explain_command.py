"""`simulator explain`: what moved between two scenarios, and which lever made how much of it?"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console

from simulator.cli.answers import (
    Shape,
    ShapeOption,
    csv_text,
    read_one,
    refuse_unknown,
    run_one,
    settled,
    table_of,
)
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    bad_usage,
    complete_scenario,
    console,
)
from simulator.explain import Attribution, Measure, Path, attribute, path
from simulator.insight.naming import sentence, title, value_text
from simulator.insight.splitting import control_text, lever_text
from simulator.language import Language, say, show
from simulator.output import json_text
from simulator.projection import Model
from simulator.records import InputError, Problem
from simulator.run import Result, Workshop, product_version
from simulator.wording import signed

COLUMNS = (
    "role",
    "measure",
    "name",
    "levers",
    "theme",
    "control",
    "share",
    "error",
    "before",
    "after",
    "causes",
    "sentence",
)
LEAST = 0.0005
"""A chance that moved less is not listed."""

Both = tuple[Result, Result]


def explain(
    before: Annotated[
        str,
        typer.Argument(help="A scenario file or a shipped name.", autocompletion=complete_scenario),
    ],
    after: Annotated[
        str, typer.Argument(help="What it is held against.", autocompletion=complete_scenario)
    ],
    target: Annotated[
        str | None,
        typer.Option(help="One target or quantity: its split, and the way the change took."),
    ] = None,
    single: Annotated[
        bool,
        typer.Option("--single", help="Each lever alone, where above ten they go in groups."),
    ] = False,
    language: LanguageOption = LanguageChoice.vi,
    shape: ShapeOption = Shape.table,
) -> None:
    """Split what moved between two scenarios over the levers that changed."""
    workshop = Workshop()
    first, second = read_one(before, workshop), read_one(after, workshop)
    _refuse_unlike(first.plan == second.plan, after, "is of another plan")
    same = first.typed_baselines == second.typed_baselines
    _refuse_unlike(same, after, "has other typed baselines")
    second = replace(second, draws=first.draws, seed=first.seed)
    both = run_one(first, workshop), run_one(second, workshop)
    if target is not None:
        refuse_unknown(both[0], target)
    with np.errstate(all="ignore"):
        splits, way = _splits(both, target, single), _way(both, target)
    if shape is Shape.json:
        typer.echo(json_text(_document(both, splits, way)))
    elif shape is Shape.csv:
        typer.echo(csv_text(COLUMNS, _rows(splits, way)), nl=False)
    else:
        _print(console(), both, splits, way, language.value)


def _refuse_unlike(alike: bool, name: str, wrong: str) -> None:
    if not alike:
        bad_usage(InputError([Problem(name, None, "", wrong, "two scenarios of one plan")]))


def _splits(both: Both, target: str | None, single: bool) -> tuple[Attribution, ...]:
    card = both[0].card
    chances = [name for name, row in card.rows.items() if row.plan_chance is not None]
    if target is None:
        measures = [Measure("number_met"), *(Measure("chance", name) for name in chances)]
    else:
        measures = [Measure("median", target)] * (target in card.projection.quantities)
        measures += [Measure("chance", target)] * (target in chances)
    scenarios = settled(both[0]), settled(both[1])
    return attribute(card.projection.model, *scenarios, measures, single=single)


def _way(both: Both, target: str | None) -> Path | None:
    first, second = (result.card.projection for result in both)
    if target is None or target not in first.quantities:
        return None
    return path(first, second, target)


def _document(both: Both, splits: Sequence[Attribution], way: Path | None) -> dict[str, Any]:
    scenario = both[0].scenario
    return {
        "before": {"scenario": both[0].scenario.name, "hash": both[0].hash},
        "after": {"scenario": both[1].scenario.name, "hash": both[1].hash},
        "plan": both[0].card.projection.plan.name,
        "seed": scenario.seed,
        "draws": scenario.draws,
        "version": product_version(),
        "attributions": [
            asdict(split) | {"move": split.move, "by_control": split.by_control()}
            for split in splits
        ],
        "path": [] if way is None else list(_steps(way)),
    }


def _steps(way: Path) -> Iterator[dict[str, Any]]:
    for step in way.steps:
        yield {
            "name": step.name,
            "before": step.before,
            "after": step.after,
            "causes": list(step.causes),
            "sentence": "" if step.equation is None else sentence(step.equation, "en"),
        }


def _rows(splits: Sequence[Attribution], way: Path | None) -> Iterator[dict[str, Any]]:
    for split in splits:
        kind = {"measure": split.measure.kind, "name": split.measure.name}
        yield kind | {"role": "move", "before": split.before, "after": split.after}
        for part in split.parts:
            levers = {"levers": " ".join(part.levers)}
            yield kind | {"role": "part"} | asdict(part) | levers
    for step in _steps(way) if way else ():
        yield step | {"role": "step", "causes": " ".join(step["causes"])}


def _print(
    screen: Console,
    both: Both,
    splits: Sequence[Attribution],
    way: Path | None,
    language: Language,
) -> None:
    model = both[0].card.projection.model
    titles = [f"{row.scenario.title(language)} ({row.scenario.name})" for row in both]
    screen.print(say("explain.between", language, before=titles[0], after=titles[1]), style="bold")
    whole = [split for split in splits if split.measure.kind != "chance" or way is not None]
    whole = whole or list(splits)
    for split in whole:
        _print_split(screen, model, split, language)
    if way is None:
        _print_chances(screen, model, splits[len(whole) :], language)
        return
    screen.print()
    screen.print(say("explain.path", language), style="bold")
    table = table_of(
        ("explain.quantity", "explain.before", "explain.after", "explain.sentence"), language
    )
    table.columns[-1].justify = "left"
    for step in way.steps:
        table.add_row(
            title(model, step.name, language),
            value_text(model, step.name, step.before, language),
            value_text(model, step.name, step.after, language),
            say("explain.lever_moved", language)
            if step.equation is None
            else sentence(step.equation, language),
        )
    screen.print(table)


def _print_split(screen: Console, model: Model, split: Attribution, language: Language) -> None:
    screen.print()
    screen.print(_headline(model, split, language), style="bold")
    if not split.parts:
        screen.print(say("explain.nothing", language))
        return
    table = table_of(("explain.lever", "explain.control", "explain.share"), language, right_from=2)
    idle = sum(len(part.levers) for part in split.parts if part.share == 0)
    for part in split.parts:
        if part.share == 0:
            continue
        error = "" if part.error is None else f" ± {_amount(model, split, part.error, language)}"
        share = _amount(model, split, part.share, language, sign=True)
        table.add_row(
            lever_text(model, part, language), control_text(part.control, language), share + error
        )
    screen.print(table)
    if idle:
        screen.print(say("explain.idle", language, count=idle))
    totals = "; ".join(
        f"{control_text(control, language)} {_amount(model, split, share, language, sign=True)}"
        for control, share in split.by_control().items()
    )
    screen.print(say("explain.by_control", language, totals=totals))
    screen.print(say(f"explain.method.{split.method}", language, runs=split.runs), style="dim")


def _headline(model: Model, split: Attribution, language: Language) -> str:
    kind, name = split.measure.kind, split.measure.name
    return say(
        f"explain.move.{kind}",
        language,
        name=title(model, name, language) if name else "",
        before=_amount(model, split, split.before, language),
        after=_amount(model, split, split.after, language),
        move=_amount(model, split, split.move, language, sign=True),
    )


def _amount(
    model: Model, split: Attribution, value: float, language: Language, *, sign: bool = False
) -> str:
    """A value, a share or an error of what is split, in its unit."""
    kind = split.measure.kind
    if kind == "chance":
        text = (signed if sign else show)(100 * value, 1, language)
        return say("explain.points", language, value=text) if sign else f"{text}%"
    if kind == "number_met":
        return (signed if sign else show)(value, 2, language)
    text = value_text(model, split.measure.name, value, language, unit=False)
    return f"+{text}" if sign and value > 0 else text


def _print_chances(
    screen: Console, model: Model, splits: Sequence[Attribution], language: Language
) -> None:
    moved = [split for split in splits if abs(split.move) >= LEAST]
    if not moved:
        return
    table = table_of(
        (
            "column.target",
            "explain.before",
            "explain.after",
            "explain.difference",
            "explain.mostly",
        ),
        language,
    )
    table.columns[-1].justify = "left"
    for split in sorted(moved, key=lambda split: -abs(split.move)):
        table.add_row(
            title(model, split.measure.name, language),
            _amount(model, split, split.before, language),
            _amount(model, split, split.after, language),
            _amount(model, split, split.move, language, sign=True),
            lever_text(model, split.parts[0], language),
        )
    screen.print()
    screen.print(say("explain.chances", language), style="bold")
    screen.print(table)
