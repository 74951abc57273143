"""What do many scenarios say together? Which meet which targets, what is lost, what decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.likelihood import likely_from
from simulator.plan import Plan
from simulator.records import InputError, Problem
from simulator.scorecard.rules import is_scored
from simulator.sensitivity.ranks import standard_ranks
from simulator.summary.reading import Chances, read_chances, read_changes
from simulator.units import Array

__all__ = ["Chances", "Decider", "Place", "Summary", "TargetSummary", "read_chances", "summarize"]

BLOCK = 10_000
"""Scenarios looked at together, so that no copy of all chances is in memory."""


@dataclass(frozen=True)
class Place:
    """A scenario, and how many of the plan's targets it is expected to meet."""

    scenario: str
    expected_met: float
    regret: float
    """How many more the best scenario is expected to meet."""


@dataclass(frozen=True)
class Decider:
    """An assumption that the scenarios change, and how a result goes with it."""

    assumption: str
    correlation: float
    """Spearman's, over the scenarios; from -1 to 1."""


@dataclass(frozen=True)
class TargetSummary:
    """How a target fares over the scenarios."""

    name: str
    likely: int
    """In how many scenarios it is likely met."""
    best: str
    best_chance: float
    worst: str
    worst_chance: float
    mean_regret: float
    """How much chance the scenarios give away on average against the best one."""
    deciders: tuple[Decider, ...]


@dataclass(frozen=True)
class Summary:
    """What is said of all scenarios together."""

    scenarios: int
    scored: int
    best: tuple[Place, ...]
    worst: tuple[Place, ...]
    mean_regret: float
    targets: tuple[TargetSummary, ...]
    deciders: tuple[Decider, ...]
    """Of the number of targets expected to be met."""


def summarize(chances: Chances, plan: Plan, most: int) -> Summary:
    """The summary of a folder of results, with so many scenarios and deciders at most of a kind.

    Raises InputError where the file of changes cannot be read.
    """
    scored = [
        at
        for at, (name, method) in enumerate(zip(chances.targets, chances.methods, strict=True))
        if name in plan.targets and is_scored(plan.targets[name], method)  # type: ignore[arg-type]
    ]
    expected = np.concatenate(
        [
            np.nansum(chances.values[first : first + BLOCK, scored], axis=1)
            for first in range(0, len(chances.scenarios), BLOCK)
        ]
    )
    names, ranks = _changed(chances, plan)
    order = np.argsort(-expected, kind="stable")
    return Summary(
        scenarios=len(expected),
        scored=len(scored),
        best=_places(chances, expected, order[:most]),
        worst=_places(chances, expected, order[::-1][:most]),
        mean_regret=float(expected.max() - expected.mean()),
        targets=tuple(
            _target(chances, name, names, ranks, most)
            for name in chances.targets
            if not np.isnan(chances.of(name)).all()
        ),
        deciders=_deciders(expected, names, ranks, most),
    )


def _places(chances: Chances, expected: Array, order: Iterable[Any]) -> tuple[Place, ...]:
    best = float(expected.max())
    return tuple(
        Place(chances.scenarios[int(at)].as_py(), float(expected[at]), best - float(expected[at]))
        for at in order
    )


def _target(
    chances: Chances, name: str, names: tuple[str, ...], ranks: Array, most: int
) -> TargetSummary:
    row = chances.of(name)
    best, worst = int(np.nanargmax(row)), int(np.nanargmin(row))
    return TargetSummary(
        name,
        int((row >= likely_from()).sum()),
        chances.scenarios[best].as_py(),
        float(row[best]),
        chances.scenarios[worst].as_py(),
        float(row[worst]),
        float(row[best] - np.nanmean(row)),
        _deciders(row, names, ranks, most),
    )


def _changed(chances: Chances, plan: Plan) -> tuple[tuple[str, ...], Array]:
    """The assumptions whose centre differs between scenarios, and their standard ranks."""
    values: dict[str, Array] = {}
    for places, assumptions, centres in read_changes(chances):
        for name in dict.fromkeys(assumptions):
            if name not in plan.catalogue.assumptions:
                wrong = f"{chances.folder} changes {name}, which this plan does not know"
                raise InputError([Problem("--plan", None, "", wrong, "the plan of the results")])
            if name not in values:
                usual = plan.catalogue.default(name).centre
                values[name] = np.full(len(chances.scenarios), usual)
            chosen = (assumptions == name) & (places >= 0)
            values[name][places[chosen]] = centres[chosen]
    varying = {name: row for name, row in values.items() if np.ptp(row) > 0}
    if not varying:
        return (), np.zeros((0, len(chances.scenarios)))
    return tuple(varying), standard_ranks(varying)


def _deciders(
    result: Array, names: tuple[str, ...], ranks: Array, most: int
) -> tuple[Decider, ...]:
    """The assumptions with which a result goes, strongest first; none where it never varies."""
    if not names or np.isnan(result).any() or np.ptp(result) == 0:
        return ()
    found = np.clip(ranks @ standard_ranks({"result": result})[0], -1, 1)
    order = np.argsort(-np.abs(found), kind="stable")[:most]
    return tuple(Decider(names[at], float(found[at])) for at in order if found[at])
