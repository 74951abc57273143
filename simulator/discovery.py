"""When does a target fail? The few limits on assumptions inside which it fails most of the time.

A shallow classification tree divides half of the draws; the other half decides which of its limits
hold, so that no limit stands that chance alone would have found. What is said of a box is counted
over all draws.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from scipy.stats import binomtest, rankdata

from simulator.projection import Projection
from simulator.scorecard import Scorecard
from simulator.units import Array

DEPTH = 3
"""Limits in a box at most: what can be said in one sentence."""
SMALLEST = 0.02
"""Of the draws: a smaller leaf is no pattern."""
FEWEST = 40
"""Failures, and successes, that are needed to say anything."""
CHANCE = 0.01
"""A limit is kept where a chance finding of its strength has at most this probability."""
MOST_BOXES = 3

Bools = Any
Silence = Literal["never", "always", "rare", "nearly_always", "scattered", "judged"]


@dataclass(frozen=True)
class Limit:
    """An assumption above or below a value, or between two; a switch is on or off."""

    assumption: str
    low: float | None
    high: float | None

    def holds(self, values: Array) -> Bools:
        """In which draws the assumption keeps to the limit."""
        inside = np.ones(np.shape(values), dtype=bool)
        if self.low is not None:
            inside &= values > self.low
        if self.high is not None:
            inside &= values <= self.high
        return inside


@dataclass(frozen=True)
class Box:
    """Limits that hold together, and how the target fares inside them."""

    limits: tuple[Limit, ...]
    mass: float
    """The share of all draws that lie inside."""
    density: float
    """The share of the draws inside in which the target fails."""
    coverage: float
    """The share of all failures that lie inside."""

    @property
    def worth(self) -> float:
        """How well it tells failures: the F-measure in which density counts twice as much."""
        weight = 0.25
        mixed = weight * self.density + self.coverage
        return (1 + weight) * self.density * self.coverage / mixed if mixed else 0.0


@dataclass(frozen=True)
class Discovery:
    """Where one target fails; without boxes `silence` says why there are none."""

    name: str
    failing: float
    """The share of all draws in which it fails."""
    boxes: tuple[Box, ...]
    silence: Silence | None = None


def discover(card: Scorecard, name: str, most: int = MOST_BOXES) -> Discovery:
    """Find where a target fails most, the densest box first.

    Raises ValueError for a target without draws that meet or miss it.
    """
    if name not in card.met:
        raise ValueError(f"{name} is neither met nor missed draw by draw")
    failed = ~np.broadcast_to(
        np.asarray(card.met[name], dtype=bool), card.projection.scenario.draws
    )
    share = float(np.mean(failed))
    judged = name not in card.projection.model.graph.equations
    silence = "judged" if judged else _silence(failed)
    if silence is not None:
        return Discovery(name, share, (), silence)
    found = boxes(drivers(card.projection, name), failed, most)
    return Discovery(name, share, found, None if found else "scattered")


def _silence(failed: Bools) -> Silence | None:
    count, draws = int(np.sum(failed)), len(failed)
    if count in (0, draws):
        return "always" if count else "never"
    if min(count, draws - count) < FEWEST:
        return "rare" if count < FEWEST else "nearly_always"
    return None


def drivers(projection: Projection, name: str) -> dict[str, Array]:
    """The assumptions that vary and that a quantity rests on, as drawn."""
    graph = projection.model.graph
    used = {argument for one in graph.upstream(name) for argument in graph.equations[one].arguments}
    return {
        key: values
        for key in sorted(projection.settings)
        if key in used and np.ptp(values := np.asarray(projection.values[key])) > 0
    }


def boxes(inputs: Mapping[str, Array], failed: Bools, most: int = MOST_BOXES) -> tuple[Box, ...]:
    """The boxes of some inputs in which failure is densest; every input varies over the draws."""
    names = sorted(inputs)
    learn = np.arange(len(failed)) % 2 == 0
    check = ~learn
    found: dict[tuple[Limit, ...], Box] = {}
    for path in _leaves(inputs, names, failed, learn) if names else ():
        kept = _kept(_opened(path, inputs, failed, check), inputs, failed, check)
        limits = tuple(sorted(kept, key=lambda limit: limit.assumption))
        if limits and limits not in found:
            found[limits] = _box(limits, inputs, failed)
    overall = float(np.mean(failed))
    dense = [box for box in found.values() if box.density > overall]
    dense.sort(key=lambda box: (-box.worth, [each.assumption for each in box.limits]))
    chosen = _without_nested(dense, inputs)[:most]
    return tuple(sorted(chosen, key=lambda box: (-box.density, -box.coverage)))


def _leaves(
    inputs: Mapping[str, Array], names: Sequence[str], failed: Bools, learn: Bools
) -> Iterator[list[Limit]]:
    """The limits on the way to each leaf of a tree that is denser in failures than the rest."""
    # Imported here: it takes longer than everything else that a command needs.
    from sklearn.tree import DecisionTreeClassifier

    ranks = np.column_stack([rankdata(inputs[name]) for name in names])
    grown = DecisionTreeClassifier(
        max_depth=DEPTH, min_samples_leaf=max(2, int(SMALLEST * np.sum(learn))), random_state=0
    ).fit(ranks[learn], failed[learn])
    tree = grown.tree_
    overall = float(np.mean(failed[learn]))
    failing = list(grown.classes_).index(True)

    def walk(
        node: int, low: Mapping[int, float], high: Mapping[int, float]
    ) -> Iterator[list[Limit]]:
        if tree.children_left[node] == tree.children_right[node]:
            counts = tree.value[node][0]
            if counts[failing] / np.sum(counts) > overall:
                yield [
                    Limit(
                        names[at],
                        _value(inputs[names[at]], ranks[:, at], low.get(at)),
                        _value(inputs[names[at]], ranks[:, at], high.get(at)),
                    )
                    for at in sorted({*low, *high})
                ]
            return
        at, cut = int(tree.feature[node]), float(tree.threshold[node])
        yield from walk(int(tree.children_left[node]), low, {**high, at: cut})
        yield from walk(int(tree.children_right[node]), {**low, at: cut}, high)

    yield from walk(0, {}, {})


def _value(values: Array, ranks: Array, cut: float | None) -> float | None:
    """The largest drawn value up to a rank: what lies above is above it, whatever its scale."""
    return None if cut is None else float(np.max(values[ranks <= cut]))


def _opened(
    limits: Sequence[Limit], inputs: Mapping[str, Array], failed: Bools, check: Bools
) -> list[Limit]:
    """Limits open to the side on which the target fails about as often as between them."""
    opened = list(limits)
    for at, limit in enumerate(limits):
        if limit.low is None or limit.high is None:
            continue
        for wider in (replace(limit, low=None), replace(limit, high=None)):
            others = [*opened[:at], *opened[at + 1 :]]
            around = _inside(others, inputs, len(failed)) & check
            values = inputs[limit.assumption]
            inside = around & limit.holds(values)
            freed = around & wider.holds(values) & ~limit.holds(values)
            if _as_dense(failed[freed], failed[inside]):
                opened[at] = wider
                break
    return opened


def _as_dense(some: Bools, others: Bools) -> bool:
    """Whether failures among some draws are not plainly rarer than among others."""
    if not len(some) or not len(others):
        return False
    failures, rate = int(np.sum(some)), float(np.mean(others))
    return bool(binomtest(failures, len(some), rate, alternative="less").pvalue > CHANCE)


def _kept(
    limits: Sequence[Limit], inputs: Mapping[str, Array], failed: Bools, check: Bools
) -> list[Limit]:
    """The limits without which the box would be less dense, in draws that did not choose them."""
    kept = list(limits)
    while kept:
        weakest = max(
            kept, key=lambda limit: (_doubt(limit, kept, inputs, failed, check), limit.assumption)
        )
        if _doubt(weakest, kept, inputs, failed, check) <= CHANCE:
            break
        kept.remove(weakest)
    return kept


def _doubt(
    limit: Limit, limits: Sequence[Limit], inputs: Mapping[str, Array], failed: Bools, check: Bools
) -> float:
    """How likely a box as dense as this one were if the limit did not matter."""
    others = [other for other in limits if other is not limit]
    around = _inside(others, inputs, len(failed)) & check
    inside = around & limit.holds(inputs[limit.assumption])
    if not np.any(inside):
        return 1.0
    rate = float(np.mean(failed[around]))
    return float(
        binomtest(
            int(np.sum(failed[inside])), int(np.sum(inside)), rate, alternative="greater"
        ).pvalue
    )


def _inside(limits: Sequence[Limit], inputs: Mapping[str, Array], draws: int) -> Bools:
    inside = np.ones(draws, dtype=bool)
    for limit in limits:
        inside &= limit.holds(inputs[limit.assumption])
    return inside


def _box(limits: tuple[Limit, ...], inputs: Mapping[str, Array], failed: Bools) -> Box:
    inside = _inside(limits, inputs, len(failed))
    failures = int(np.sum(failed[inside]))
    count = int(np.sum(inside))
    return Box(limits, count / len(failed), failures / count, failures / int(np.sum(failed)))


def _without_nested(found: Sequence[Box], inputs: Mapping[str, Array]) -> list[Box]:
    """Boxes that lie neither wholly within nor wholly around a better one."""
    chosen: list[tuple[Box, Bools]] = []
    for box in found:
        inside = _inside(box.limits, inputs, len(next(iter(inputs.values()))))
        nested = any(np.all(inside <= other) or np.all(other <= inside) for _, other in chosen)
        if not nested:
            chosen.append((box, inside))
    return [box for box, _ in chosen]
