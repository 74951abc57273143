"""`simulator sensitivity`: which assumptions decide how a scenario comes out?"""

from collections.abc import Iterator
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console

from simulator.batch import DEFAULT_SCENARIO
from simulator.cli.answers import (
    ScenarioArgument,
    Shape,
    ShapeOption,
    csv_text,
    read_one,
    refuse_unknown,
    run_one,
    table_of,
)
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    console,
)
from simulator.insight.naming import title, value_text
from simulator.language import Language, say, show
from simulator.output import json_text
from simulator.projection import Model
from simulator.run import Result, Workshop, product_version
from simulator.sensitivity import (
    Output,
    RandomInput,
    RankCorrelations,
    Sobol,
    Tornado,
    rank_correlations,
    sobol,
    tornado,
)

ROWS = 15
"""Rows of a table; the data have all."""
COLUMNS = (
    "role",
    "measure",
    "name",
    "input",
    "input_kind",
    "low",
    "high",
    "at_low",
    "base",
    "at_high",
    "first",
    "first_low",
    "first_high",
    "total",
    "total_low",
    "total_high",
    "rank_correlation",
)


def sensitivity(
    scenario: ScenarioArgument = DEFAULT_SCENARIO,
    target: Annotated[
        str | None,
        typer.Option(help="One target or quantity; without it the expected number met."),
    ] = None,
    language: LanguageOption = LanguageChoice.vi,
    shape: ShapeOption = Shape.table,
) -> None:
    """Rank the assumptions by what they decide: alone, by share of the variance, by rank."""
    workshop = Workshop()
    result = run_one(read_one(scenario, workshop), workshop)
    if target is not None:
        refuse_unknown(result, target)
    with np.errstate(all="ignore"):
        bars, shares = tornado(result.card), sobol(result.card)
        ranks = rank_correlations(result.card.projection)
    if shape is Shape.table:
        _print(console(), result, bars, shares, ranks, target, language.value)
        return
    rows = list(_rows(bars, shares, ranks, target))
    if shape is Shape.csv:
        typer.echo(csv_text(COLUMNS, rows), nl=False)
        return
    document = {
        "scenario": result.scenario.name,
        "hash": result.hash,
        "plan": result.card.projection.plan.name,
        "seed": result.scenario.seed,
        "draws": result.scenario.draws,
        "points": shares.points,
        "version": product_version(),
        "rows": rows,
    }
    typer.echo(json_text(document))


def _rows(
    bars: Tornado, shares: Sobol, ranks: RankCorrelations, target: str | None
) -> Iterator[dict[str, Any]]:
    """A row for every input and output: what its move does, its part, their correlation."""
    measures = [None, *bars.base.chances] if target is None else [target]
    for measure in measures:
        if measure is None or measure in bars.base.chances:
            yield from _bars(bars, measure)
    for output in shares.outputs:
        if target in (None, output.name):
            yield from _shares(shares, output)
    for quantity in ranks.outputs:
        if target in (None, quantity):
            yield from _correlations(ranks, quantity)


def _bars(bars: Tornado, target: str | None) -> Iterator[dict[str, Any]]:
    base = bars.base.value(target)
    for bar in bars.ranked(target):
        low, high = bar.at_low.value(target), bar.at_high.value(target)
        if (low, high) != (base, base):
            yield {
                "role": "tornado",
                "measure": "number_met" if target is None else "chance",
                "name": target or "",
                "input": bar.name,
                "low": bar.low.centre,
                "high": bar.high.centre,
                "at_low": low,
                "base": base,
                "at_high": high,
            }


def _shares(shares: Sobol, output: Output) -> Iterator[dict[str, Any]]:
    for share in shares.of(output):
        if share.total:
            yield {
                "role": "sobol",
                "measure": output.kind,
                "name": output.name,
                "input": share.input.name,
                "input_kind": share.input.kind,
                "first": share.first,
                "first_low": share.first_interval[0],
                "first_high": share.first_interval[1],
                "total": share.total,
                "total_low": share.total_interval[0],
                "total_high": share.total_interval[1],
            }


def _correlations(ranks: RankCorrelations, quantity: str) -> Iterator[dict[str, Any]]:
    for name, correlation in ranks.of(quantity).items():
        if correlation:
            yield {
                "role": "rank",
                "measure": "quantity",
                "name": quantity,
                "input": name,
                "rank_correlation": correlation,
            }


def _print(
    screen: Console,
    result: Result,
    bars: Tornado,
    shares: Sobol,
    ranks: RankCorrelations,
    target: str | None,
    language: Language,
) -> None:
    model = result.card.projection.model
    about = title(model, target, language) if target else say("explain.number_met", language)
    name = f"{result.scenario.title(language)} ({result.scenario.name})"
    screen.print(say("explain.sensitivity", language, about=about, name=name), style="bold")
    if target is None or target in bars.base.chances:
        _print_tornado(screen, model, bars, target, language)
    outputs = [one for one in shares.outputs if one.name == (target or "")]
    for output in outputs:
        _print_shares(screen, model, shares, output, language)
    if target in ranks.outputs:
        _print_ranks(screen, model, ranks.of(target or ""), language)


def _print_tornado(
    screen: Console, model: Model, bars: Tornado, target: str | None, language: Language
) -> None:
    def amount(value: float) -> str:
        return show(value, 2, language) if target is None else f"{show(100 * value, 1, language)}%"

    keys = ("lever", "setting_low", "setting_high", "at_low", "at_high")
    table = table_of((f"explain.{key}" for key in keys), language)
    for bar in bars.ranked(target)[:ROWS]:
        ends = bar.at_low.value(target), bar.at_high.value(target)
        if ends != (bars.base.value(target),) * 2:
            table.add_row(
                title(model, bar.name, language),
                value_text(model, bar.name, bar.low.centre, language),
                value_text(model, bar.name, bar.high.centre, language),
                *map(amount, ends),
            )
    screen.print()
    middle = amount(bars.base.value(target))
    screen.print(say("explain.tornado", language, base=middle), style="bold")
    screen.print(table)


def _print_shares(
    screen: Console, model: Model, shares: Sobol, output: Output, language: Language
) -> None:
    def interval(middle: float, ends: tuple[float, float]) -> str:
        low, high = (show(100 * end, 0, language) for end in ends)
        return f"{show(100 * middle, 0, language)}% ({low} – {high})"

    table = table_of(("explain.input", "explain.first", "explain.total"), language)
    for share in shares.of(output)[:ROWS]:
        if share.total:
            table.add_row(
                _input_title(model, share.input, language),
                interval(share.first, share.first_interval),
                interval(share.total, share.total_interval),
            )
    screen.print()
    screen.print(say(f"explain.variance.{output.kind}", language), style="bold")
    screen.print(table)


def _input_title(model: Model, one: RandomInput, language: Language) -> str:
    if one.kind == "assumption":
        name = title(model, one.name, language)
        followed = model.plan.catalogue.assumptions[one.name].loadings
        return say("explain.own_part", language, name=name) if followed else name
    factor = model.plan.catalogue.factors[one.name]
    name = factor.title_vi if language == "vi" else factor.title_en
    return say(f"explain.{one.kind}", language, name=name)


def _print_ranks(
    screen: Console, model: Model, correlations: dict[str, float], language: Language
) -> None:
    table = table_of(("explain.input", "explain.rank"), language)
    factors = model.plan.catalogue.factors
    for name, correlation in list(correlations.items())[:ROWS]:
        if correlation:
            factor = factors.get(name)
            told = (
                title(model, name, language)
                if factor is None
                else say(
                    f"explain.{factor.kind}",
                    language,
                    name=factor.title_vi if language == "vi" else factor.title_en,
                )
            )
            table.add_row(told, show(correlation, 2, language))
    screen.print()
    screen.print(say("explain.ranks", language), style="bold")
    screen.print(table)
