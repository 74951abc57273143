"""`simulator show`: what is this name: equation, inputs, upstream order, unit, provenance?"""

import inspect
import textwrap
from typing import Annotated

import numpy as np
import typer

from simulator.batch import default_plan
from simulator.cli.shared import PlanOption, bad_usage
from simulator.plan import Plan
from simulator.projection import Model
from simulator.records import InputError, Problem, nearest
from simulator.run import Workshop


def _complete(incomplete: str) -> list[str]:
    model = Workshop().model(default_plan(), {})
    names = [*model.graph.order, *model.graph.inputs, *model.plan.targets]
    return sorted({name for name in names if name.startswith(incomplete)})


def show(
    name: Annotated[
        str,
        typer.Argument(
            help="A quantity, assumption, target, fact or parameter.", autocompletion=_complete
        ),
    ],
    plan: PlanOption = None,
) -> None:
    """Show a name: its equation, inputs, what it rests on, its unit and where it comes from."""
    workshop = Workshop()
    chosen = plan or default_plan()
    try:
        model = workshop.model(chosen, {})
    except InputError as error:
        bad_usage(error)
    lines = _equation(model, name) + _given(model, name) + _target(model.plan, name)
    if not lines:
        known = {*model.graph.equations, *model.graph.inputs, *model.plan.targets}
        near = nearest(name, known)
        bad_usage(InputError([Problem(chosen, None, name, "unknown name", "", near)]))
    typer.echo("\n".join([name, *lines]))


def _equation(model: Model, name: str) -> list[str]:
    graph = model.graph
    if name in graph.unprojected:
        return [f"  cannot be projected: {graph.unprojected[name]}"]
    if name not in graph.equations:
        return []
    equation = graph.equations[name]
    lines = [f"  {line}" for line in equation.sentence.splitlines() if line.strip()]
    lines += [f"  unit: {equation.unit}", "  inputs:"]
    lines += [f"    {needed}: {_provenance(model, needed)}" for needed in equation.arguments]
    lines.append("  equation:")
    source = textwrap.dedent(inspect.getsource(equation.function)).rstrip()
    lines += [f"    {line}" for line in source.splitlines()]
    lines.append("  rests on, in this order:")
    lines += [f"    {needed}" for needed in graph.upstream(name) if needed != name]
    used_by = graph.users.get(name, ())
    lines.append(f"  used by: {', '.join(used_by) or 'no other quantity'}")
    return lines


def _given(model: Model, name: str) -> list[str]:
    if name in model.graph.equations or name not in model.graph.inputs:
        return []
    used_by = ", ".join(model.graph.users.get(name, ())) or "no quantity"
    return [
        f"  {_provenance(model, name)}",
        f"  unit: {model.graph.inputs[name]}",
        f"  used by: {used_by}",
    ]


def _provenance(model: Model, name: str) -> str:
    plan = model.plan
    if name in plan.facts:
        fact = plan.facts[name]
        note = f"; {fact.note}" if fact.note else ""
        return (
            f"{fact.value:g} {fact.unit}, printed {fact.printed!r} in {fact.section}, "
            f"line {fact.line} of the report{note}"
        )
    if name in plan.parameters:
        parameter = plan.parameters[name]
        return f"{parameter.value} {parameter.unit}, {parameter.source}"
    if name in plan.catalogue.assumptions:
        row = plan.catalogue.assumptions[name]
        spread = plan.catalogue.spread(name)
        return (
            f"assumption {row.centre:g} {row.unit}, {row.link} link, spread {spread:g}, "
            f"{row.low:g} to {row.high:g}, {row.control}; {row.evidence}"
        )
    if name in model.constants and np.ndim(model.constants[name]) == 0:
        return f"{model.constants[name]:g} {_unit(model, name)}, derived"
    return f"{_unit(model, name)}"


def _unit(model: Model, name: str) -> str:
    equation = model.graph.equations.get(name)
    return equation.unit if equation else model.graph.inputs.get(name, "")


def _target(plan: Plan, name: str) -> list[str]:
    if name not in plan.targets:
        return []
    row = plan.targets[name]
    printed = f"printed {row.printed!r}, " if row.printed else ""
    return [
        f"  target: {row.title_en} | {row.title_vi}",
        f"    {row.sense or ''} {'' if row.target is None else format(row.target, 'g')} {row.unit}, "
        f"{printed}{row.section}, line {row.line} of the report",
        f"    verdict: {row.resolution_verdict or 'none'}; {row.note}",
    ]
