"""`simulator show`: what is this name: equation, inputs, upstream order, unit, provenance?"""

from typing import Annotated

import numpy as np
import typer

from simulator.batch import default_plan
from simulator.cli.shared import PlanOption, bad_usage
from simulator.insight.provenance import Provenance, UnknownNameError, known_names, provenance
from simulator.plan_rows import Target
from simulator.projection import Model
from simulator.records import InputError, Problem
from simulator.run import Workshop


def _complete(incomplete: str) -> list[str]:
    model = Workshop().model(default_plan(), {})
    return [name for name in known_names(model) if name.startswith(incomplete)]


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
        told = provenance(model, name)
    except InputError as error:
        bad_usage(error)
    except UnknownNameError as error:
        bad_usage(InputError([Problem(chosen, None, name, "unknown name", "", error.near)]))
    lines = _equation(model, told) + _given(model, told) + _target(told.target)
    typer.echo("\n".join([name, *lines]))


def _equation(model: Model, told: Provenance) -> list[str]:
    if told.why_unprojected:
        return [f"  cannot be projected: {told.why_unprojected}"]
    formula = told.formula
    if formula is None:
        return []
    sentence = formula.equation.sentence.splitlines()
    lines = [f"  {line}" for line in sentence if line.strip()]
    lines += [f"  unit: {told.value.unit}", "  inputs:"]
    lines += [
        f"    {value.name}: {_origin(model, provenance(model, value.name))}"
        for value in formula.inputs
    ]
    lines.append("  equation:")
    lines += [f"    {line}" for line in formula.source.splitlines()]
    lines.append("  rests on, in this order:")
    lines += [f"    {needed}" for needed in told.rests_on]
    lines.append(f"  used by: {', '.join(told.used_by) or 'no other quantity'}")
    return lines


def _given(model: Model, told: Provenance) -> list[str]:
    if told.kind in {"quantity", "derived", "target", "unprojected"}:
        return []
    return [
        f"  {_origin(model, told)}",
        f"  unit: {told.value.unit}",
        f"  used by: {', '.join(told.used_by) or 'no quantity'}",
    ]


def _origin(model: Model, told: Provenance) -> str:
    value = told.value
    if told.kind == "assumption":
        row = model.plan.catalogue.assumptions[told.name]
        spread = model.plan.catalogue.spread(told.name)
        return (
            f"assumption {row.centre:g} {row.unit}, {row.link} link, spread {spread:g}, "
            f"{row.low:g} to {row.high:g}, {row.control}; {row.evidence}"
        )
    if told.kind == "fact" and told.printed is not None:
        note = f"; {told.printed.note}" if told.printed.note else ""
        return (
            f"{value.value:g} {value.unit}, printed {told.printed.figure!r} in "
            f"{told.printed.section}, line {told.printed.line} of the report{note}"
        )
    if told.kind == "parameter" and told.reason is not None:
        return f"{model.plan.parameters[told.name].value} {value.unit}, {told.reason.text}"
    if value.value is not None and np.ndim(value.value) == 0:
        return f"{value.value:g} {value.unit}, derived"
    return value.unit


def _target(row: Target | None) -> list[str]:
    if row is None:
        return []
    printed = f"printed {row.printed!r}, " if row.printed else ""
    return [
        f"  target: {row.title_en} | {row.title_vi}",
        f"    {row.sense or ''} {'' if row.target is None else format(row.target, 'g')} {row.unit}, "
        f"{printed}{row.section}, line {row.line} of the report",
        f"    verdict: {row.resolution_verdict or 'none'}; {row.note}",
    ]
