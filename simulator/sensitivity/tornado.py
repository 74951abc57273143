"""What does each assumption do alone? Its centre one spread lower and higher, under the same draws."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from simulator.assumptions import NINETIETH, Catalogue, Setting, from_link, to_link
from simulator.projection import project
from simulator.scorecard import Scorecard, score


@dataclass(frozen=True)
class Outcome:
    """The expected number of targets met, and the chance of each target that has one."""

    number_met: float
    chances: Mapping[str, float]

    @classmethod
    def of(cls, card: Scorecard) -> "Outcome":
        """Read off a scorecard. Raises ValueError for the central run, which draws nothing."""
        if card.count.plan is None:
            raise ValueError("the central run has no chances")
        chances = {
            name: row.plan_chance for name, row in card.rows.items() if row.plan_chance is not None
        }
        return cls(card.count.plan.mean, chances)

    def value(self, target: str | None) -> float:
        """The chance of a target, or without one the expected number met."""
        return self.number_met if target is None else self.chances[target]


@dataclass(frozen=True)
class Bar:
    """One assumption: its two settings, and what comes out under each."""

    name: str
    low: Setting
    high: Setting
    at_low: Outcome
    at_high: Outcome

    def swing(self, target: str | None = None) -> float:
        """What comes out at the high setting less what comes out at the low one."""
        return self.at_high.value(target) - self.at_low.value(target)


@dataclass(frozen=True)
class Tornado:
    """All assumptions of a plan, in the order of its catalogue."""

    base: Outcome
    bars: tuple[Bar, ...]

    def ranked(self, target: str | None = None) -> tuple[Bar, ...]:
        """The bars by how far they move a target's chance or the expected number, widest first."""
        middle = self.base.value(target)

        def width(bar: Bar) -> float:
            ends = (bar.at_low.value(target), middle, bar.at_high.value(target))
            return max(ends) - min(ends)

        return tuple(sorted(self.bars, key=lambda bar: (-width(bar), bar.name)))


def shifted(catalogue: Catalogue, name: str, setting: Setting, side: Literal[-1, 1]) -> Setting:
    """A setting with its centre one spread lower or higher; a switch off or on for certain.

    The spread is the setting's own where it gives quantiles. Everything stays in the range
    of the assumption, and what is fixed stays fixed.
    """
    row = catalogue.assumptions[name]
    if row.link == "switch":
        return replace(setting, centre=float(side > 0))
    centre = to_link(setting.centre, row.link)
    if setting.p10 is None or setting.p90 is None:
        step = catalogue.spread(name)
    elif side > 0:
        step = (to_link(setting.p90, row.link) - centre) / NINETIETH
    else:
        step = (centre - to_link(setting.p10, row.link)) / NINETIETH

    def moved(value: float) -> float:
        linked = np.asarray(to_link(value, row.link) + side * step)
        return float(np.clip(from_link(linked, row.link), row.low, row.high))

    return Setting(
        moved(setting.centre),
        setting.fixed,
        None if setting.p10 is None else moved(setting.p10),
        None if setting.p90 is None else moved(setting.p90),
    )


def tornado(card: Scorecard) -> Tornado:
    """Move every assumption of a drawn run alone; only what lies downstream runs again."""
    base = Outcome.of(card)
    projection = card.projection
    catalogue = projection.plan.catalogue
    bars = []
    for name, setting in projection.settings.items():
        low, high = (shifted(catalogue, name, setting, side) for side in (-1, 1))
        ends = [base if end == setting else _outcome(card, name, end) for end in (low, high)]
        bars.append(Bar(name, low, high, *ends))
    return Tornado(base, tuple(bars))


def _outcome(card: Scorecard, name: str, setting: Setting) -> Outcome:
    before = card.projection
    scenario = replace(before.scenario, changes={**before.scenario.changes, name: setting})
    return Outcome.of(
        score(project(before.model, scenario, previous=before), card.rules, previous=card)
    )
