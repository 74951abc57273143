"""`simulator list`: which assumptions, targets, scenarios and equations are there?"""

import enum
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.table import Table

from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    PlanOption,
    bad_usage,
    console,
    read_plan,
)
from simulator.insight.tracking import quantity_title
from simulator.language import Language, show, unit_name
from simulator.plan import Plan
from simulator.projection import build_model
from simulator.records import InputError
from simulator.scenario_file import read_scenario, shipped_scenarios
from simulator.track import observables

Rows = Iterator[tuple[str, ...]]


class Kind(enum.StrEnum):
    """What can be listed."""

    assumptions = "assumptions"
    targets = "targets"
    scenarios = "scenarios"
    equations = "equations"
    observables = "observables"


def list_names(
    kind: Annotated[Kind, typer.Argument(help="What to list.")],
    language: LanguageOption = LanguageChoice.vi,
    plan: PlanOption = None,
) -> None:
    """List assumptions, targets, scenarios, equations or what can be observed."""
    spoken: Language = language.value
    listed = {
        Kind.assumptions: lambda: _assumptions(read_plan(plan), spoken),
        Kind.targets: lambda: _targets(read_plan(plan), spoken),
        Kind.scenarios: lambda: _scenarios(spoken),
        Kind.equations: lambda: _equations(read_plan(plan)),
        Kind.observables: lambda: _observables(read_plan(plan), spoken),
    }
    table = Table(box=None, pad_edge=False, show_header=False)
    try:
        for row in listed[kind]():
            table.add_row(*row)
    except InputError as error:
        bad_usage(error)
    console().print(table)


def _assumptions(plan: Plan, language: Language) -> Rows:
    for row in plan.catalogue.assumptions.values():
        title = row.title_vi if language == "vi" else row.title_en
        yield (
            row.name,
            title,
            f"{row.centre:g}",
            f"{row.low:g} – {row.high:g}",
            row.unit,
            row.control,
        )


def _targets(plan: Plan, language: Language) -> Rows:
    for row in plan.targets.values():
        title = row.title_vi if language == "vi" else row.title_en
        value = "" if row.target is None else show(row.target, row.decimals or 0, language)
        yield row.name, title, value, unit_name(row.unit, language), row.kind, row.equation


def _scenarios(language: Language) -> Rows:
    for name, path in shipped_scenarios().items():
        yield name, read_scenario(path).sheet.title.get(language, "")


def _observables(plan: Plan, language: Language) -> Rows:
    for name, row in observables(build_model(plan)).items():
        title = quantity_title(name, plan, language)
        yield name, title, ", ".join(row.kinds), ", ".join(row.units)


def _equations(plan: Plan) -> Rows:
    model = build_model(plan)
    for name in model.graph.order:
        equation = model.graph.equations[name]
        yield name, equation.sentence.partition("\n")[0], equation.unit
    for name, reason in model.unprojected.items():
        yield name, reason, ""
