"""What does a planner want reached, and with which levers? Immutable, and held by the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite

from simulator.cockpit.address import Clamped
from simulator.plan import Plan
from simulator.public_funds import MASTER
from simulator.seek import Goal

SOUGHT = "seek"
LEVERS = "seek_levers"
NUMBER = "expected"
"""The name of the goal that counts targets."""
MOST_GOALS, MOST_LEVERS = 6, 20
LEVELS = (0.5, 0.6, 0.66, 0.7, 0.8, 0.9)
"""Chances that can be asked for."""
LEVEL = 0.7


@dataclass(frozen=True)
class Question:
    """Goals by target, or by `expected` for the number met; levers with their costs."""

    goals: Mapping[str, float]
    levers: Mapping[str, float]

    @property
    def askable(self) -> bool:
        """Whether there is something to seek, and something to seek it with."""
        return bool(self.goals) and bool(self.levers)

    def wanting(self, name: str, wanted: float | None) -> "Question":
        """A goal set, or taken away."""
        goals = {key: value for key, value in self.goals.items() if key != name or wanted}
        if wanted and (name in goals or len(goals) < MOST_GOALS):
            goals[name] = wanted
        return replace(self, goals=goals)

    def using(self, name: str, cost: float | None) -> "Question":
        """A lever taken at a cost, or put aside."""
        levers = {key: value for key, value in self.levers.items() if key != name or cost}
        if cost and (name in levers or len(levers) < MOST_LEVERS):
            levers[name] = cost
        return replace(self, levers=levers)

    def sought(self) -> list[Goal]:
        """The goals as a search takes them."""
        return [
            Goal(None if name == NUMBER else name, wanted) for name, wanted in self.goals.items()
        ]

    def to_address(self) -> dict[str, str]:
        """The keys and values of an address."""
        found = {SOUGHT: _written(self.goals)} if self.goals else {}
        return found | ({LEVERS: _written(self.levers)} if self.levers else {})


def _written(values: Mapping[str, float]) -> str:
    return ",".join(f"{name}:{value:g}" for name, value in values.items())


def question_of(address: Mapping[str, str], plan: Plan) -> tuple[Question, list[Clamped]]:
    """The question that an address holds, and what of it had to be left out."""
    question = Question({}, {})
    left: list[Clamped] = []
    for key in (SOUGHT, LEVERS):
        for text in filter(None, address.get(key, "").split(",")):
            name, value = _read(text)
            before = question
            if key == SOUGHT and value and goal_fits(name, value, plan):
                question = question.wanting(name, value)
            elif key == LEVERS and value and value > 0 and is_lever(name, plan):
                question = question.using(name, value)
            if question == before:
                left.append(Clamped(key, text, None))
    return question, left


def _read(text: str) -> tuple[str, float | None]:
    name, _, number = text.partition(":")
    try:
        value = float(number)
    except ValueError:
        return name, None
    return name, value if isfinite(value) else None


def goal_fits(name: str, wanted: float, plan: Plan) -> bool:
    """Whether a goal can be sought: a chance of a target, or a number of targets."""
    if name == NUMBER:
        return 0 < wanted <= len(plan.targets)
    return name in plan.targets and 0 < wanted < 1


def is_lever(name: str, plan: Plan) -> bool:
    """Whether a search may move it."""
    return name == MASTER or name in plan.catalogue.assumptions


def positive(value: object) -> float | None:
    """A number above 0 that a control of the page says, whatever it is written as."""
    try:
        found = float(str(value).replace(",", "."))
    except ValueError:
        return None
    return found if 0 < found < 1e6 else None


def level_of(value: object) -> float:
    """A chance that can be asked for; the usual one for anything else."""
    found = positive(value)
    return found if found in LEVELS else LEVEL
