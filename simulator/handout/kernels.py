"""Which arithmetic leads from the assumptions to the targets? Every equation of a model, traced."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from simulator.handout.trace import UFUNCS, Kernel, Leaf, Node, Symbols, Tape
from simulator.projection import Model
from simulator.units import Values


def kernels(model: Model) -> list[Kernel]:
    """The equations behind the plan's targets, in the order in which they run.

    A quantity that is several (the herd's year) becomes several, of which those that are used stay.
    """
    graph = model.graph
    wanted = {
        name
        for target in model.plan.targets
        if target in graph.equations
        for name in graph.upstream(target)
    }
    values: dict[str, Any] = {**model.constants, "whole_counts": True}
    found: list[Kernel] = []
    for name in graph.order:
        if name not in wanted or name in model.constants:
            continue
        equation = graph.equations[name]
        tape = Tape()
        arguments = [
            _symbols(tape, values.get(argument, argument)) for argument in equation.arguments
        ]
        results: dict[str, Node | Leaf] = {}
        values[name] = _named(name, equation.function(*arguments), results)
        found.append(Kernel(name, results))
    read = {part for kernel in found for part in kernel.inputs} | {*model.plan.targets}
    kept = [
        Kernel(kernel.name, {key: node for key, node in kernel.results.items() if key in read})
        for kernel in found
    ]
    return [kernel for kernel in kept if kernel.results]


def _symbols(tape: Tape, value: Any) -> Any:
    """Names become symbols, inside what is several too; numbers stay numbers."""
    if isinstance(value, str):
        return Symbols(tape, value)
    if isinstance(value, tuple):
        return type(value)(*(_symbols(tape, part) for part in value))
    return value


def _named(name: str, value: Any, results: dict[str, Node | Leaf]) -> Any:
    """The name under which later equations read a result, or the same shape of several names."""
    if isinstance(value, tuple):
        parts = zip(type(value)._fields, value, strict=True)  # type: ignore[attr-defined]
        return type(value)(*(_named(f"{name}_{key}", part, results) for key, part in parts))
    found: Any = value.parts[()] if isinstance(value, Symbols) else float(value)
    results[name] = found
    return name


def evaluated(found: list[Kernel], inputs: Mapping[str, Values]) -> dict[str, Values]:
    """What the traced arithmetic gives, by NumPy: the twin of the script that a browser runs."""
    values: dict[Any, Values] = dict(inputs)

    def of(part: Node | Leaf) -> Values:
        return part if isinstance(part, int | float) else values[part]

    for kernel in found:
        for node in kernel.operations():
            with np.errstate(all="ignore"):
                values[node] = UFUNCS[node.operation](*map(of, node.arguments))
        values |= {name: of(result) for name, result in kernel.results.items()}
    return {name: value for name, value in values.items() if isinstance(name, str)}
