"""Which lever made how much of a move? An additive split over the levers that changed."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Literal

from simulator.assumptions import Catalogue
from simulator.explain.causes import changed_levers, grouped, joined, setting_of
from simulator.explain.shapley import Split, Values, exact, sampled, subsets
from simulator.projection import Model, Projection, project
from simulator.scenario import Scenario
from simulator.scorecard import Rules, Scorecard, Tally, score, tally

MOST_EXACT = 10
"""Levers, or groups of them, whose subsets are all run."""
ORDERS = 32
"""Pairs of random orders where single levers are wanted and there are too many for all subsets."""
QUOTA_INPUTS = ("human_epidemic", "epidemic_months")
"""What the chance of a quota follows."""
SEVERAL = "several"
"""Stands for the theme of a part whose levers are of more than one."""

Control = Literal["policy", "outside", "process", "mixed"]
Method = Literal["exact", "groups", "orders"]


@dataclass(frozen=True)
class Measure:
    """What is split: the median of a quantity, the chance of a target, or the expected number met."""

    kind: Literal["median", "chance", "number_met"]
    name: str = ""

    def read(self, projection: Projection, card: Scorecard | None, number: Tally | None) -> float:
        """The measure of a run. Raises ValueError where the run has none."""
        if self.kind == "median":
            if self.name not in projection.quantities:
                raise ValueError(f"{self.name} has no median that could move")
            return projection.quantiles(self.name, (0.5,))[0]
        if self.kind == "number_met":
            if number is None:
                raise ValueError("the expected number needs a tally")
            return number.mean
        row = None if card is None else card.rows.get(self.name)
        if row is None or row.plan_chance is None:
            raise ValueError(f"{self.name} has no chance")
        return row.plan_chance

    def rests_on(self, model: Model) -> frozenset[str]:
        """All inputs and quantities that can move it."""
        if self.kind == "median":
            return _upstream(model, [self.name])
        targets = model.plan.targets
        names = list(targets) if self.kind == "number_met" else [self.name]
        quotas = any(targets[name].kind == "quota" for name in names if name in targets)
        return _upstream(model, [*names, *(QUOTA_INPUTS if quotas else ())])


def _upstream(model: Model, names: Iterable[str]) -> frozenset[str]:
    found = set(names)
    for name in tuple(found):
        for needed in model.graph.upstream(name):
            found |= {needed, *model.graph.equations[needed].arguments}
    return frozenset(found)


@dataclass(frozen=True)
class Part:
    """The share of one lever, or of a group of levers that moved together."""

    levers: tuple[str, ...]
    theme: str
    control: Control
    """Who decides: the province, the world outside, or nobody as with a natural process."""
    share: float
    error: float | None = None
    """The standard error of a sampled share."""


@dataclass(frozen=True)
class Attribution:
    """The split of one move; the parts sum to it, largest first."""

    measure: Measure
    before: float
    after: float
    parts: tuple[Part, ...]
    method: Method
    runs: int

    @property
    def move(self) -> float:
        """After less before."""
        return self.after - self.before

    def by_control(self) -> dict[Control, float]:
        """The move of the levers that the province holds, of those outside, and of processes."""
        controls = dict.fromkeys(part.control for part in self.parts)
        return {
            control: fsum(part.share for part in self.parts if part.control == control)
            for control in controls
        }


def attribute(
    model: Model,
    before: Scenario,
    after: Scenario,
    measures: Sequence[Measure],
    *,
    rules: Rules | None = None,
    single: bool = False,
    orders: int = ORDERS,
    together: Iterable[Sequence[str]] = (),
) -> tuple[Attribution, ...]:
    """Split the moves between two scenarios over the levers that changed, with shared draws.

    Levers named `together` move as one. Up to ten such causes the split is exact. Above, the other
    levers of one theme and one control move together too, or with `single` each cause has its
    share from random orders, with an error.
    Raises ValueError where the scenarios do not share draws or typed baselines, or a lever is
    named together with two others.
    """
    work = attributing(
        model,
        before,
        after,
        measures,
        rules=rules,
        single=single,
        orders=orders,
        together=together,
    )
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: tuple[Attribution, ...] = end.value
            return found


def attributing(
    model: Model,
    before: Scenario,
    after: Scenario,
    measures: Sequence[Measure],
    *,
    rules: Rules | None = None,
    single: bool = False,
    orders: int = ORDERS,
    together: Iterable[Sequence[str]] = (),
    nearest: Projection | None = None,
) -> Generator[None, None, tuple[Attribution, ...]]:
    """The same in small steps, one run each where all subsets are run, for who has other work too.

    A projection that is `nearest` saves the first run and changes no number.
    """
    if (before.seed, before.draws) != (after.seed, after.draws):
        raise ValueError("a split needs two scenarios with the same draws and seed")
    if before.typed_baselines != after.typed_baselines:
        raise ValueError("a split needs two scenarios with the same typed baselines")
    catalogue = model.plan.catalogue
    causes = joined(changed_levers(catalogue, before, after), together)
    reach = frozenset[str]().union(*(measure.rests_on(model) for measure in measures))
    live = [names for names in causes if not reach.isdisjoint(names)]
    method: Method = "exact" if len(live) <= MOST_EXACT else "orders" if single else "groups"
    groups = grouped(catalogue, live, MOST_EXACT) if method == "groups" else live
    if len(groups) > MOST_EXACT:
        method = "orders"
    # The group that moves most often in the walk is the one with the least to run again.
    groups.sort(key=lambda group: (len(model.graph.downstream(group)), group))
    walk = _Walk(model, before, after, groups, measures, rules or Rules(), nearest)
    if method == "orders":
        split = sampled(len(groups), walk.value_of, orders, before.seed)
    else:
        values: dict[frozenset[int], Values] = {}
        for moved in subsets(len(groups)):
            if values:
                yield
            values[moved] = walk.value_of(moved)
        split = exact(len(groups), values.__getitem__)
    idle = [names for names in causes if reach.isdisjoint(names)]
    return tuple(
        _attribution(at, measure, split, groups, idle, catalogue, method)
        for at, measure in enumerate(measures)
    )


class _Walk:
    """Runs where some groups stand as after and the rest as before, each from the one before it."""

    def __init__(
        self,
        model: Model,
        before: Scenario,
        after: Scenario,
        groups: Sequence[tuple[str, ...]],
        measures: Sequence[Measure],
        rules: Rules,
        nearest: Projection | None,
    ) -> None:
        self.model, self.before, self.after = model, before, after
        self.groups, self.measures, self.rules = groups, measures, rules
        self.kinds = {measure.kind for measure in measures}
        self.projection = nearest
        self.card: Scorecard | None = None
        self.number: Tally | None = None

    def value_of(self, moved: frozenset[int]) -> tuple[float, ...]:
        """The measures where the groups with these numbers have moved."""
        catalogue = self.model.plan.catalogue
        changes = dict(self.before.changes)
        for at in moved:
            for name in self.groups[at]:
                changes[name] = setting_of(catalogue, self.after, name)
        scenario = replace(self.before, changes=changes)
        self.projection = project(self.model, scenario, previous=self.projection)
        if "chance" in self.kinds:
            self.card = score(self.projection, self.rules, self.card)
        if "number_met" in self.kinds:
            self.number = tally(self.projection, self.rules, self.number)
        return tuple(
            measure.read(self.projection, self.card, self.number) for measure in self.measures
        )


def _attribution(
    at: int,
    measure: Measure,
    split: Split,
    groups: Sequence[tuple[str, ...]],
    idle: Sequence[tuple[str, ...]],
    catalogue: Catalogue,
    method: Method,
) -> Attribution:
    errors = split.errors or [None] * len(groups)
    parts = [
        _part(catalogue, group, shares[at], None if error is None else error[at])
        for group, shares, error in zip(groups, split.shares, errors, strict=True)
    ]
    parts += [_part(catalogue, names, 0.0, None) for names in idle]
    parts.sort(key=lambda part: (-abs(part.share), part.levers))
    return Attribution(measure, split.before[at], split.after[at], tuple(parts), method, split.runs)


def _part(catalogue: Catalogue, levers: tuple[str, ...], share: float, error: float | None) -> Part:
    rows = [catalogue.assumptions[name] for name in levers]
    controls, themes = {row.control for row in rows}, {row.theme for row in rows}
    control: Control = controls.pop() if len(controls) == 1 else "mixed"
    return Part(levers, themes.pop() if len(themes) == 1 else SEVERAL, control, share, error)
