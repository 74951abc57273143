"""What comes of a move? Chances from the same draws, computing only what the goals rest on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from simulator.plan_rows import Target
from simulator.projection import Projection
from simulator.records import InputError, Problem, nearest
from simulator.scorecard import Scorecard
from simulator.scorecard.row import happened_in, score_row
from simulator.scorecard.rules import is_scored
from simulator.seek.levers import Lever
from simulator.units import Array

Steps = tuple[int, ...]


@dataclass(frozen=True)
class Goal:
    """A chance that a target should be met with; without a target, an expected number met."""

    target: str | None
    wanted: float

    def found(self, card: Scorecard) -> float:
        """The chance or the expected number on a scorecard."""
        if self.target is not None:
            return card.rows[self.target].plan_chance or 0.0
        return 0.0 if card.count.plan is None else card.count.plan.mean


@dataclass(frozen=True)
class Trial:
    """What a move comes to: each goal's chance or number, and how far it lies above what is wanted.

    Heights of chances are in standard deviations, so that they stay nearly straight lines;
    where no draw or every draw meets the target they go on by how far the nearest draw lies off.
    """

    found: tuple[float, ...]
    heights: Array

    @property
    def rank(self) -> tuple[float, float]:
        """Orders moves of which none reaches every goal."""
        return float(self.heights.min()), float(np.minimum(self.heights, 0).sum())


class Trials:
    """Moves tried from one scorecard, each once."""

    def __init__(
        self,
        start: Scorecard,
        goals: Sequence[Goal],
        levers: Sequence[Lever],
        follow: Callable[[int], None] | None = None,
    ) -> None:
        _refuse(start, goals)
        self.start = start
        self.goals = tuple(goals)
        self._follow = follow
        self._tried: dict[Steps, Trial] = {}
        graph = start.projection.model.graph
        self._counted = tuple(
            name for name, row in start.rows.items() if is_scored(row.target, row.method)
        )
        looked_at = self._looked_at()
        needed = {name for quantity in looked_at for name in graph.upstream(quantity)}
        self.levers = tuple(
            lever
            for lever in levers
            if looked_at & (graph.downstream(lever.parts) | lever.parts.keys())
        )
        self.idle = tuple(lever.name for lever in levers if lever not in self.levers)
        self._moved = graph.downstream(name for lever in self.levers for name in lever.parts)
        self._equations = [
            graph.equations[name] for name in graph.order if name in needed & self._moved
        ]

    @property
    def runs(self) -> int:
        """How many different moves were tried."""
        return len(self._tried)

    def _looked_at(self) -> set[str]:
        names: set[str] = set()
        for goal in self.goals:
            if goal.target is None:
                names.update(self._counted)
            elif self.start.rows[goal.target].target.kind == "quota":
                names.update(("human_epidemic", "epidemic_months"))
            else:
                names.add(goal.target)
        return names

    def at(self, steps: Steps) -> Trial:
        """What a move of the levers comes to."""
        if steps not in self._tried:
            with np.errstate(all="ignore"):
                self._tried[steps] = self._try(steps)
            if self._follow is not None:
                self._follow(len(self._tried))
        return self._tried[steps]

    def reaches(self, steps: Steps) -> bool:
        """Whether a move reaches every goal."""
        found = self.at(steps).found
        return all(value >= goal.wanted for value, goal in zip(found, self.goals, strict=True))

    def _try(self, steps: Steps) -> Trial:
        projection = self._project(steps)
        found, heights = [], []
        for goal in self.goals:
            if goal.target is None:
                number = self._expected(projection)
                found.append(number)
                heights.append(number - goal.wanted)
            else:
                target = self.start.rows[goal.target].target
                chance = score_row(target, projection, self.start.rules)[0].plan_chance or 0.0
                found.append(chance)
                heights.append(_height(chance, goal.wanted, target, projection))
        return Trial(tuple(found), np.array(heights))

    def _project(self, steps: Steps) -> Projection:
        before = self.start.projection
        catalogue = before.plan.catalogue
        moved = {
            name: setting
            for lever, number in zip(self.levers, steps, strict=True)
            for name, setting in lever.settings(number).items()
        }
        values = dict(before.values)
        for name, setting in moved.items():
            values[name] = catalogue.draw(name, setting, before.normals)
        for equation in self._equations:
            values[equation.name] = equation.function(
                *[values[argument] for argument in equation.arguments]
            )
        settings = {**before.settings, **moved}
        return Projection(before.model, before.scenario, settings, values, False)

    def _expected(self, projection: Projection) -> float:
        met = 0
        for name in self._counted:
            if name in self._moved:
                target, rules = projection.plan.targets[name], self.start.rules
                happened = happened_in(target, "simulated", projection, rules)
                met += 0 if happened is None else int(happened.sum())
            else:
                met += int(self.start.met[name].sum())
        return met / projection.scenario.draws


def _refuse(start: Scorecard, goals: Sequence[Goal]) -> None:
    if start.projection.deterministic:
        raise ValueError("the central run has no chances to seek")
    problems = [
        Problem("goal", None, goal.target or "expected", *wrong)
        for goal in goals
        if (wrong := _fault(start, goal)) is not None
    ]
    if len({goal.target for goal in goals}) < len(goals) or not goals:
        problems.append(Problem("goal", None, "", "is missing or given twice", "each goal once"))
    if problems:
        raise InputError(problems)


def _fault(start: Scorecard, goal: Goal) -> tuple[str, str, str] | None:
    """What is wrong with a goal, what is allowed, and the nearest name."""
    if goal.target is None:
        scored = start.count.scored
        fits = 0 < goal.wanted <= scored
        return None if fits else (f"{goal.wanted:g} targets", f"above 0, at most {scored}", "")
    if goal.target not in start.rows:
        allowed = "a name that `simulator list targets` prints"
        return "unknown target", allowed, nearest(goal.target, start.rows) or ""
    if start.rows[goal.target].plan_chance is None:
        return "has no chance", "a target with a chance on the scorecard", ""
    if 0 < goal.wanted <= 1:
        return None
    hint = " (66% is 0.66)" if goal.wanted > 1 else ""
    return f"chance {goal.wanted:g}", f"above 0, at most 1{hint}", ""


def _height(chance: float, wanted: float, target: Target, projection: Projection) -> float:
    edge = 0.5 / projection.scenario.draws
    inside = np.clip([chance, wanted], edge, 1 - edge)
    height = float(np.subtract(*ndtri(inside)))
    values = projection.values.get(target.name)
    if 0 < chance < 1 or values is None or target.target is None or np.ndim(values) == 0:
        return height
    oriented = values - target.target if target.sense == "at_least" else target.target - values
    scale = float(np.std(values)) or abs(target.target) or 1.0
    if chance == 0:
        return height + min(0.0, float(oriented.max())) / scale
    return height + max(0.0, float(oriented.min())) / scale
