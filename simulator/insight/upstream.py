"""Which quantities decide this one? All of them by level, and the dozen that matter most as a graph."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.insight.naming import only_passes_on
from simulator.insight.provenance import Value, kind_of, value_of
from simulator.projection import Model, Projection

BOXES = 12
"""More than this cannot be read in one picture."""
COLUMNS = 3
"""Columns of boxes before the quantity itself."""
ROWS = 6
"""Boxes in one column."""
LEAST = 0.02
"""Correlation with the quantity below which an input counts as without influence."""
THIN = 0.1
"""Correlation below which a link is left out, where others reach the same quantity."""
ABSORBED = 3
"""Assumptions that are kept at first in the hope that a box absorbs them."""


def levels(
    model: Model,
    name: str,
    central: Projection | None = None,
    reference: Projection | None = None,
) -> tuple[tuple[Value, ...], ...]:
    """All that a quantity rests on: itself, its inputs, their inputs; each name at its nearest level."""
    found: list[tuple[Value, ...]] = []
    seen, now = {name}, [name]
    while now:
        found.append(tuple(value_of(model, one, central, reference) for one in now))
        following: dict[str, None] = {}
        for one in now:
            equation = model.graph.equations.get(one)
            following |= dict.fromkeys(equation.arguments if equation else ())
        now = [one for one in following if one not in seen]
        seen.update(now)
    return tuple(found)


@dataclass(frozen=True)
class Box:
    """One quantity of the picture."""

    value: Value
    column: int
    """0 is the leftmost; the quantity that is explained stands alone in the last."""
    inputs: tuple[str, ...]
    """Boxes whose change reaches this one without passing through another box."""
    absorbed: Value | None
    """The one assumption behind it, where it has no other cause that is shown."""
    influence: float
    """Correlation with the quantity over the draws, without its sign."""

    @property
    def name(self) -> str:
        """The name of the quantity."""
        return self.value.name

    @property
    def moved(self) -> bool:
        """Whether it differs from the reference."""
        return self.value.moved or (self.absorbed is not None and self.absorbed.moved)


@dataclass(frozen=True)
class Upstream:
    """What decides one quantity: boxes from causes to the quantity itself."""

    name: str
    boxes: tuple[Box, ...]
    """By column; the last is the quantity itself."""
    left_out: int
    """How many assumptions that it rests on are not shown."""


def upstream(
    name: str,
    central: Projection,
    draws: Projection,
    reference: Projection | None = None,
    *,
    boxes: int = BOXES,
) -> Upstream:
    """The boxes that matter most for a quantity; what moved against the reference stays in."""
    model = central.model
    graph = _Sketch(model, name, central, draws, reference)
    graph.pass_through()
    total = graph.assumptions()
    graph.thin()
    graph.prune(boxes + ABSORBED)
    graph.absorb()
    graph.flatten(COLUMNS)
    graph.thin()
    graph.absorb()
    graph.prune(boxes)
    graph.shorten_columns(ROWS)
    depth = graph.depths()
    deepest = max(depth.values())
    ordered = graph.ordered(depth)
    return Upstream(
        name=name,
        boxes=tuple(
            Box(
                value=graph.value(one),
                column=deepest - depth[one],
                inputs=tuple(sorted(graph.inputs[one], key=ordered.index)),
                absorbed=graph.value(graph.absorbed[one]) if one in graph.absorbed else None,
                influence=graph.influence(one),
            )
            for one in ordered
        ),
        left_out=total - graph.assumptions(),
    )


class _Sketch:
    """The graph of what varies, while it is being simplified."""

    def __init__(
        self,
        model: Model,
        name: str,
        central: Projection,
        draws: Projection,
        reference: Projection | None,
    ) -> None:
        self.model, self.root = model, name
        self.central, self.draws, self.reference = central, draws, reference
        self.inputs: dict[str, set[str]] = {}
        """The names that are still shown, each with the shown names that reach it directly."""
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in self.inputs:
                self.inputs[one] = set(self._varying(one))
                waiting.extend(self.inputs[one])
        self._values: dict[str, Value] = {}
        self._links: dict[tuple[str, str], float] = {}
        self.absorbed: dict[str, str] = {}
        """The assumption that a box shows beside its own value, by the name of the box."""

    def assumptions(self) -> int:
        """How many assumptions are shown."""
        shown = [*self.inputs, *self.absorbed.values()]
        return sum(1 for one in shown if kind_of(self.model, one) == "assumption")

    def _varying(self, name: str) -> Iterable[str]:
        equation = self.model.graph.equations.get(name)
        settings = self.central.settings
        for argument in equation.arguments if equation else ():
            computed = argument in self.model.graph.equations
            if argument in settings or (computed and argument not in self.model.constants):
                yield argument

    def value(self, name: str) -> Value:
        """The value of a name in the central run and in the reference."""
        if name not in self._values:
            self._values[name] = value_of(self.model, name, self.central, self.reference)
        return self._values[name]

    def influence(self, name: str) -> float:
        """How closely the draws of a name follow those of the root, from 0 to 1."""
        return self._link(name, self.root)

    def _link(self, cause: str, user: str) -> float:
        if (cause, user) not in self._links:
            drawn = self.draws.values
            self._links[cause, user] = _correlation(drawn.get(cause), drawn.get(user))
        return self._links[cause, user]

    def _moved(self, name: str) -> bool:
        return self.value(name).moved or (
            name in self.absorbed and self.value(self.absorbed[name]).moved
        )

    def _keep(self, name: str) -> tuple[bool, bool, float, str]:
        """What is kept longest: what moved, what the root takes directly, what it follows."""
        influence = self.influence(name)
        computed = name in self.model.graph.equations
        direct = name in self.inputs[self.root] and (computed or influence >= LEAST)
        return self._moved(name), direct, influence, name

    def _contract(self, name: str) -> None:
        """Take a name out and join its inputs to what it reaches."""
        inputs = self.inputs.pop(name)
        for users in self.inputs.values():
            if name in users:
                users.remove(name)
                users.update(inputs)

    def _drop(self, name: str) -> None:
        """Take a name out with what reaches the root through it only, unless that moved."""
        lost = self._only_through(name)
        if any(self._moved(one) for one in lost if one != name):
            self._contract(name)
            return
        self._forget(lost)

    def _forget(self, lost: set[str]) -> None:
        self.inputs = {one: inputs - lost for one, inputs in self.inputs.items() if one not in lost}
        self.absorbed = {one: two for one, two in self.absorbed.items() if one not in lost}

    def _only_through(self, name: str = "") -> set[str]:
        """A name, and the names that reach the root only through it."""
        reached: set[str] = set()
        waiting = [self.root]
        while waiting:
            one = waiting.pop()
            if one != name and one not in reached:
                reached.add(one)
                waiting.extend(self.inputs[one])
        return self.inputs.keys() - reached

    def pass_through(self) -> None:
        """Join what mechanisms connect, and what is one step of one cause only."""
        graph = self.model.graph
        for one in list(self.inputs):
            if only_passes_on(one) and one != self.root:
                self._contract(one)
        for one in list(self.inputs):
            while len(self.inputs.get(one, ())) == 1:
                (only,) = self.inputs[one]
                if only not in graph.equations or not self.inputs[only]:
                    break
                self.inputs[one] = set(self.inputs[only])
        self._forget(self._only_through())

    def thin(self) -> None:
        """Leave out links through which next to nothing comes, unless what moved comes through."""
        for one, inputs in self.inputs.items():
            strengths = {cause: self._link(cause, one) for cause in inputs}
            strongest = max(strengths.values(), default=0.0)
            self.inputs[one] = {
                cause
                for cause, strength in strengths.items()
                if strength >= min(THIN, strongest)
                or self._moved(cause)
                or (one == self.root and cause in self.model.graph.equations)
            }
        self._forget(self._only_through())

    def _others(self) -> list[str]:
        return [one for one in self.inputs if one != self.root]

    def prune(self, most: int) -> None:
        """Leave out what has the least influence until few enough boxes are left."""
        while len(others := self._others()) > 1:
            least = min(others, key=self._keep)
            moved, direct, influence, _ = self._keep(least)
            if len(others) <= most and (moved or direct or influence >= LEAST):
                return
            self._drop(least)

    def flatten(self, columns: int) -> None:
        """Join over the weakest links of the longest chains until they fit the columns."""
        while True:
            depth = self.depths()
            if max(depth.values()) <= columns:
                return
            chain = self._longest(depth)
            self._contract(min(chain[1:-1], key=self._keep))

    def _longest(self, depth: dict[str, int]) -> list[str]:
        """A longest chain, from its start to the root."""
        chain = [max(depth, key=lambda one: (depth[one], one))]
        while chain[-1] != self.root:
            users = [one for one, inputs in self.inputs.items() if chain[-1] in inputs]
            chain.append(max(users, key=lambda one: (depth[one], one)))
        return chain

    def shorten_columns(self, rows: int) -> None:
        """Leave out the weakest causes of a column that is too long for the picture."""
        while True:
            depth = self.depths()
            columns: dict[int, list[str]] = {}
            for one, at in depth.items():
                columns.setdefault(at, []).append(one)
            long = [names for names in columns.values() if len(names) > rows]
            if not long:
                return
            self._drop(min(long[0], key=self._keep))

    def absorb(self) -> None:
        """Show an assumption inside the box that it alone decides."""
        for one, inputs in list(self.inputs.items()):
            if one == self.root or len(inputs) != 1:
                continue
            (only,) = inputs
            users = [name for name, needed in self.inputs.items() if only in needed]
            if kind_of(self.model, only) == "assumption" and users == [one]:
                self.absorbed[one] = only
                self.inputs[one] = set()
                del self.inputs[only]

    def depths(self) -> dict[str, int]:
        """The longest way of each name to the root."""
        depth = {self.root: 0}
        changed = True
        while changed:
            changed = False
            for one, inputs in self.inputs.items():
                for cause in inputs:
                    further = depth.get(one, -1) + 1
                    if one in depth and depth.get(cause, -1) < further:
                        depth[cause] = further
                        changed = True
        return depth

    def ordered(self, depth: dict[str, int]) -> list[str]:
        """Names column by column from the left; inside a column near what they reach."""
        place: dict[str, float] = {self.root: 0.0}
        by_column: list[list[str]] = []
        for at in range(1, max(depth.values()) + 1):
            names = [one for one in depth if depth[one] == at]
            middle = {one: self._middle(one, place) for one in names}
            names.sort(key=lambda one: (middle[one], -self.influence(one), one))
            place |= {one: float(row) for row, one in enumerate(names)}
            by_column.append(names)
        return [one for names in reversed(by_column) for one in names] + [self.root]

    def _middle(self, name: str, place: dict[str, float]) -> float:
        users = [one for one, inputs in self.inputs.items() if name in inputs and one in place]
        return sum(place[one] for one in users) / len(users) if users else 0.0


def _correlation(left: Any, right: Any) -> float:
    if not isinstance(left, np.ndarray) or not isinstance(right, np.ndarray):
        return 0.0
    if left.shape != right.shape or left.ndim != 1:
        return 0.0
    left, right = left - left.mean(), right - right.mean()
    size = float(np.sqrt((left @ left) * (right @ right)))
    return min(1.0, abs(float(left @ right)) / size) if size > 0 and np.isfinite(size) else 0.0
