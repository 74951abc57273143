"""Which way did a change take? The quantities that moved between levers and a result, in order."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.explain.causes import changed_levers
from simulator.graph import Equation
from simulator.projection import Projection


@dataclass(frozen=True)
class Step:
    """A lever or a quantity that moved, with its median or central value in both runs."""

    name: str
    before: float | None
    after: float | None
    """None for a record of many numbers."""
    equation: Equation | None
    """Its sentence says how the causes act; None for a lever."""
    causes: tuple[str, ...]
    """The inputs of its equation that moved too."""


@dataclass(frozen=True)
class Path:
    """What moved on the way to one quantity: the levers, then each quantity after its causes."""

    name: str
    steps: tuple[Step, ...]


def path(before: Projection, after: Projection, name: str) -> Path:
    """The way from the levers that differ to one quantity; empty where nothing reaches it.

    Raises ValueError where the runs do not share a model, or the quantity is not projected.
    """
    model = before.model
    if after.model is not model or before.deterministic != after.deterministic:
        raise ValueError("a path needs two runs of one model, both drawn or both central")
    if name not in model.graph.equations:
        raise ValueError(f"{name} is not projected")
    order = model.graph.upstream(name)
    used = {argument for one in order for argument in model.graph.equations[one].arguments}
    levers = [
        lever
        for lever in changed_levers(model.plan.catalogue, before.scenario, after.scenario)
        if lever in used
    ]
    steps = [
        Step(lever, before.settings[lever].centre, after.settings[lever].centre, None, ())
        for lever in levers
    ]
    moved = set(levers)
    for one in order:
        equation = model.graph.equations[one]
        causes = tuple(dict.fromkeys(cause for cause in equation.arguments if cause in moved))
        if causes and not _same(before.values[one], after.values[one]):
            moved.add(one)
            steps.append(Step(one, _middle(before, one), _middle(after, one), equation, causes))
    kept = _leading_to(name, steps)
    return Path(name, tuple(step for step in steps if step.name in kept))


def _leading_to(name: str, steps: list[Step]) -> set[str]:
    """The steps that reach the quantity through others that moved."""
    needed = {name} if steps and steps[-1].name == name else set()
    for step in reversed(steps):
        if step.name in needed:
            needed.update(step.causes)
    return needed


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, tuple):
        return all(_same(one, other) for one, other in zip(before, after, strict=True))
    return np.array_equal(before, after)


def _middle(projection: Projection, name: str) -> float | None:
    value = projection.values[name]
    if isinstance(value, tuple):
        return None
    if np.ndim(value) == 0:
        return float(value)
    return projection.quantiles(name, (0.5,))[0]
