"""What may a search move, in which steps, and how far is a move in spreads?"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from simulator.assumptions import Assumption, Catalogue, Link, Setting, from_link, to_link
from simulator.public_funds import MASTER, PUBLIC_FUNDS, shifted
from simulator.records import InputError, Problem, nearest
from simulator.scenario import Scenario

DIGITS = 6
"""Values are searched in steps of a millionth of the range or finer, so that they print short."""


@dataclass(frozen=True)
class Lever:
    """An assumption, or all public funds together, that a search moves in whole steps."""

    name: str
    cost: float
    """How dear a spread of it is against the other levers."""
    start: float
    """The scenario's value; of the public funds the points by which they are moved, 0."""
    low: float
    high: float
    link: Link
    spread: float
    parts: Mapping[str, Setting]
    """What the scenario says of each assumption that is moved."""
    rows: Mapping[str, Assumption]

    @property
    def step(self) -> float:
        """The smallest move, a power of ten."""
        return float(10.0 ** (math.floor(math.log10(self.high - self.low)) - DIGITS))

    @property
    def first(self) -> int:
        """The steps from the start down to the low end."""
        return -math.ceil(round((self.start - self.low) / self.step, 3))

    @property
    def last(self) -> int:
        """The steps from the start up to the high end."""
        return math.ceil(round((self.high - self.start) / self.step, 3))

    def value(self, steps: int) -> float:
        """The value some steps from the start; the ends exactly."""
        if steps == 0:
            return self.start
        return min(self.high, max(self.low, round(self.start + steps * self.step, 12)))

    def settings(self, steps: int) -> dict[str, Setting]:
        """What a scenario says of the moved assumptions."""
        if steps == 0:
            return dict(self.parts)
        if self.name == MASTER:
            return {
                name: replace(
                    setting, centre=shifted(self.rows[name], setting.centre, self.value(steps))
                )
                for name, setting in self.parts.items()
            }
        centre = self.value(steps)
        return {
            name: Setting(centre, fixed=setting.fixed and self.rows[name].link != "switch")
            for name, setting in self.parts.items()
        }

    def spreads(self, steps: int) -> float:
        """How far a move goes, in spreads on the link scale; where there are none, in ranges.

        An end that lies infinitely far counts as the step before it.
        """
        if not self.spread:
            return (self.value(steps) - self.start) / (self.high - self.low)
        return (self._linked(self.value(steps)) - self._linked(self.start)) / self.spread

    def _linked(self, value: float) -> float:
        linked = to_link(value, self.link)
        if math.isinf(linked):
            return to_link(self.step if linked < 0 else 1 - self.step, self.link)
        return linked

    def steps_at(self, spreads: float) -> int:
        """The steps that go some spreads far, rounded away from the start."""
        if spreads == 0:
            return 0
        if self.spread:
            linked = np.asarray(self._linked(self.start) + spreads * self.spread)
            value = float(from_link(linked, self.link))
        else:
            value = self.start + spreads * (self.high - self.low)
        exact = (value - self.start) / self.step
        steps = math.ceil(round(exact, 3)) if spreads > 0 else math.floor(round(exact, 3))
        return min(self.last, max(self.first, steps))

    def spaced(self, side: int, number: int) -> Iterator[int]:
        """Steps to one side of the start, evenly in spreads, outwards; the end is the last."""
        end = self.last if side > 0 else self.first
        far = self.spreads(end)
        before = 0
        for at in range(1, number):
            steps = self.steps_at(far * at / number)
            if abs(before) < abs(steps) < abs(end):
                yield steps
                before = steps
        if end:
            yield end


def levers_of(catalogue: Catalogue, scenario: Scenario, costs: Mapping[str, float]) -> list[Lever]:
    """The named levers as a scenario has them. Raises InputError where one cannot be moved."""
    problems: list[Problem] = []
    levers: list[Lever] = []
    taken: dict[str, str] = {}
    for name, cost in costs.items():
        wrong = _fault(catalogue, scenario, name, cost, taken)
        if wrong is not None:
            problems.append(wrong)
        elif name == MASTER:
            levers.append(_master(catalogue, scenario, cost))
        else:
            levers.append(_single(catalogue, scenario, name, cost))
        taken |= dict.fromkeys(_moved(catalogue, name), name)
    if problems:
        raise InputError(problems)
    return levers


def _moved(catalogue: Catalogue, name: str) -> list[str]:
    if name != MASTER:
        return [name]
    return [fund for fund in PUBLIC_FUNDS if fund in catalogue.assumptions]


def _setting(catalogue: Catalogue, scenario: Scenario, name: str) -> Setting:
    return scenario.changes.get(name) or catalogue.default(name)


def _fault(
    catalogue: Catalogue,
    scenario: Scenario,
    name: str,
    cost: float,
    taken: Mapping[str, str],
) -> Problem | None:
    file, known = scenario.name, catalogue.assumptions
    moved = _moved(catalogue, name)
    if not moved or (name != MASTER and name not in known):
        allowed = f"a name that `simulator list assumptions` prints, or {MASTER}"
        return Problem(file, None, name, "unknown lever", allowed, nearest(name, [*known, MASTER]))
    if not 0 < cost < math.inf:
        return Problem(file, None, name, f"cost {cost:g}", "a number above 0")
    for part in moved:
        if part in taken:
            return Problem(file, None, part, f"is moved by {taken[part]} and by {name}", "one")
        if _setting(catalogue, scenario, part).p10 is not None:
            wrong = "has its own quantiles in the scenario, so that its centre cannot be moved"
            return Problem(file, None, part, wrong, "a number or {fixed: x}")
    if all(known[part].low == known[part].high for part in moved):
        return Problem(file, None, name, "has no range to be moved in")
    return None


def _single(catalogue: Catalogue, scenario: Scenario, name: str, cost: float) -> Lever:
    row = catalogue.assumptions[name]
    setting = _setting(catalogue, scenario, name)
    spread = 0.0 if row.link == "switch" else catalogue.spread(name)
    return Lever(
        name,
        cost,
        setting.centre,
        row.low,
        row.high,
        row.link,
        spread,
        {name: setting},
        {name: row},
    )


def _master(catalogue: Catalogue, scenario: Scenario, cost: float) -> Lever:
    """All public funds, moved until the last of them is at its end."""
    rows = {name: catalogue.assumptions[name] for name in _moved(catalogue, MASTER)}
    parts = {name: _setting(catalogue, scenario, name) for name in rows}
    return Lever(
        MASTER,
        cost,
        0.0,
        round(min(row.low - parts[name].centre for name, row in rows.items()), 9),
        round(max(row.high - parts[name].centre for name, row in rows.items()), 9),
        "identity",
        float(np.mean([_points_in_a_spread(catalogue, row) for row in rows.values()])),
        parts,
        rows,
    )


def _points_in_a_spread(catalogue: Catalogue, row: Assumption) -> float:
    linked = to_link(row.centre, row.link)
    spread = catalogue.spread(row.name)
    if math.isinf(linked):
        return 0.0
    below, above = from_link(np.array([linked - spread, linked + spread]), row.link)
    return float(above - below) / 2
