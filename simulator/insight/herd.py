"""How does the pig herd go through the year, and what do biosecurity and restocking make of it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.assumptions import Assumption, Setting
from simulator.equations.swine_fever import WEEKS, Herd, weekly_herd
from simulator.forms import grown
from simulator.insight.overlay import moved
from simulator.insight.ranges import Range
from simulator.plan_rows import Target
from simulator.projection import Projection
from simulator.scorecard import Rules, Scorecard, meets
from simulator.units import Array, Values

LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)
HERD = "livestock_herd"
PIGS = "pig_herd"
CULLED = "pigs_culled"
BIOSECURITY = "pig_biosecurity"
RESTOCKING = "pig_restocking_rate"

CELLS = 7
"""Levels of either axis of the map."""
MARGIN = 1 / 20
"""Of the range of biosecurity, left out at either end: there is no perfect farm and no wholly open one."""
DOUBLINGS = (-2, -1, 0, 1, 2, 3)
"""Restocking of the catalogue, halved and doubled; the map's first column is no restocking."""
MAP_DRAWS = 2**12
"""At most so many draws a cell: the first of the run, balanced as Sobol points of a power of two are."""


@dataclass(frozen=True)
class Bands:
    """A weekly series at the five quantiles; each week's quantiles are over all draws."""

    p10: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p90: tuple[float, ...]

    @classmethod
    def of(cls, weeks: Array) -> "Bands":
        """From draws of every week, weeks on the leading axis."""
        ordered = np.sort(weeks, axis=1)
        places = np.array(LEVELS) * (ordered.shape[1] - 1)
        below = places.astype(int)
        above = np.minimum(below + 1, ordered.shape[1] - 1)
        low, high = ordered[:, below], ordered[:, above]
        quantiles = low + (places - below) * (high - low)
        return cls(*(tuple(float(value) for value in row) for row in quantiles.T))

    @property
    def last(self) -> Range:
        """The range at the end of the year."""
        return Range(self.p10[-1], self.p50[-1], self.p90[-1])


@dataclass(frozen=True)
class HerdYear:
    """The pig herd of every week-end from 1 January on, in head."""

    living: Bands
    """Pigs alive; the growth of pen capacity is spread evenly over the year, so that it ends as pig_herd."""
    infected: Bands
    """Ill at the week's end: in the latent weeks, infectious, or found and not yet culled."""
    culled: Bands
    """Since 1 January."""
    empty_pens: Bands
    """Pens that may be restocked, now or after their down-time; those left for good are out."""
    restocked: Bands
    """Since 1 January: what joined the connected herds, less what infection took from them."""
    pigs_needed: float | None
    """Pigs that make up the plan's herd at the medians of buffalo and cattle."""
    herd_target: float | None
    herd_chance: float | None
    draws: int


def herd_year(card: Scorecard) -> HerdYear | None:
    """The weekly herd of a run; None where the plan has no pigs to project."""
    projection = card.projection
    if PIGS not in projection.values:
        return None
    values = projection.values
    herd = _weeks(projection)
    growth = np.atleast_1d(values["pig_capacity_growth"])
    elapsed = np.arange(WEEKS + 1)[:, np.newaxis] / WEEKS
    connected = _by_week(herd.connected)
    infections = _by_week(herd.infected)
    row = card.rows.get(HERD)
    target = row.target.target if row is not None else None
    return HerdYear(
        living=Bands.of(_by_week(grown(_by_week(herd.living), growth * elapsed))),
        infected=Bands.of(_by_week(herd.exposed + herd.infectious + herd.detected)),
        culled=Bands.of(_by_week(herd.culled)),
        empty_pens=Bands.of(_by_week(herd.empty + herd.downtime)),
        restocked=Bands.of(connected - connected[0] + infections),
        pigs_needed=None if target is None else pigs_needed(projection, target),
        herd_target=target,
        herd_chance=row.plan_chance if row is not None else None,
        draws=projection.scenario.draws,
    )


def pigs_needed(projection: Projection, target: float) -> float:
    """The pigs that bring the herd to a target when buffalo and cattle are at their medians."""
    others = ("buffalo_herd", "cattle_herd")
    return target - sum(float(np.median(projection.values[name])) for name in others)


def _weeks(projection: Projection) -> Herd:
    arguments = projection.model.graph.equations["swine_fever_year"].arguments
    return weekly_herd(*(projection.values[name] for name in arguments))


def _by_week(weeks: Values) -> Array:
    """Weeks on the leading axis, draws on the other."""
    return np.asarray(weeks, dtype=float).reshape(WEEKS + 1, -1)


@dataclass(frozen=True)
class Lesson:
    """What restocking twice as fast does at one biosecurity, all else as in the run."""

    biosecurity: float
    restocking: float
    faster: float
    herd_change: float
    """Of the median pig herd at the end of the year, in head."""
    culled_change: float
    """Of the median number of pigs culled over the year."""


@dataclass(frozen=True)
class HerdMap:
    """The chance of the plan's herd for settings of biosecurity (rows) and restocking (columns)."""

    biosecurity: tuple[float, ...]
    """From low to high."""
    restocking: tuple[float, ...]
    """A week, from low to high."""
    chances: tuple[tuple[float, ...], ...]
    """By row and column, from the same draws in every cell."""
    current: tuple[int, int]
    """Row and column of the run's own setting; its chance is the scorecard's, from all draws."""
    draws: int
    low: Lesson
    high: Lesson


def herd_map(card: Scorecard, draws: int = MAP_DRAWS) -> HerdMap | None:
    """The map around a run's own setting, which takes the place of the level nearest to it.

    Only the herd is run again, in each cell with the first draws of the run. None where the
    plan has no herd target that is simulated.
    """
    projection = card.projection
    row = card.rows.get(HERD)
    if row is None or HERD not in card.met or row.method != "simulated":
        return None
    levels = {name: _levels(projection, name) for name in (BIOSECURITY, RESTOCKING)}
    (rows, at_row), (columns, at_column) = levels[BIOSECURITY], levels[RESTOCKING]
    few = Rerun(projection, min(draws, projection.scenario.draws))
    chances = [
        [few.chance(row.target, card.rules, secure, restocked) for restocked in columns]
        for secure in rows
    ]
    chances[at_row][at_column] = float(card.met[HERD].mean())
    usual = _usual_levels(projection.plan.catalogue.assumptions[BIOSECURITY])
    return HerdMap(
        biosecurity=tuple(setting.centre for setting in rows),
        restocking=tuple(setting.centre for setting in columns),
        chances=tuple(map(tuple, chances)),
        current=(at_row, at_column),
        draws=few.draws,
        low=_lesson(projection, usual[1]),
        high=_lesson(projection, usual[-2]),
    )


def _usual_levels(assumption: Assumption) -> list[float]:
    low, high = assumption.low, assumption.high
    if assumption.name == BIOSECURITY:
        span = high - low
        return [float(x) for x in np.linspace(low + MARGIN * span, high - MARGIN * span, CELLS)]
    return [low, *(min(high, assumption.centre * 2.0**power) for power in DOUBLINGS)]


def _levels(projection: Projection, name: str) -> tuple[list[Setting], int]:
    """The settings along an axis, the run's own in place of the nearest, and where that is."""
    own = projection.settings[name]
    levels = _usual_levels(projection.plan.catalogue.assumptions[name])
    gaps = [abs(np.sqrt(max(0, level)) - np.sqrt(max(0, own.centre))) for level in levels]
    nearest = gaps.index(min(gaps))
    settings = [moved(own, level) for level in levels]
    settings[nearest] = own
    return settings, nearest


class Rerun:
    """The herd of a run's first draws under other settings: nothing else is computed anew."""

    def __init__(self, projection: Projection, draws: int) -> None:
        self.projection = projection
        self.draws = draws
        graph = projection.model.graph
        affected = graph.downstream((BIOSECURITY, RESTOCKING))
        wanted = {*graph.upstream(HERD), *graph.upstream(CULLED)}
        self.steps = [graph.equations[name] for name in graph.order if name in wanted & affected]
        needed = {argument for step in self.steps for argument in step.arguments}
        self.values: dict[str, Any] = {
            name: self._first(projection.values[name]) for name in needed if name not in affected
        }
        self.normals = projection.normals[:, :draws]
        self._drawn: dict[tuple[str, Setting], Array] = {}

    def _first(self, value: Any) -> Any:
        drawn = np.shape(value) == (self.projection.scenario.draws,)
        return value[: self.draws] if drawn else value

    def _draw(self, name: str, setting: Setting) -> Array:
        key = (name, setting)
        if key not in self._drawn:
            catalogue = self.projection.plan.catalogue
            self._drawn[key] = catalogue.draw(name, setting, self.normals)
        return self._drawn[key]

    def run(self, biosecurity: Setting, restocking: Setting) -> Mapping[str, Any]:
        """The herd's quantities under two settings."""
        values = {
            **self.values,
            BIOSECURITY: self._draw(BIOSECURITY, biosecurity),
            RESTOCKING: self._draw(RESTOCKING, restocking),
        }
        for step in self.steps:
            values[step.name] = step.function(*[values[name] for name in step.arguments])
        return values

    def chance(
        self, target: Target, rules: Rules, biosecurity: Setting, restocking: Setting
    ) -> float:
        """The chance that the herd meets the plan."""
        herd = self.run(biosecurity, restocking)[HERD]
        met = meets(
            herd,
            target.target or 0.0,
            target.sense or "at_least",
            target.decimals or 0,
            strict=bool(target.strict),
            rounding=rules.rounding,
        )
        return float(np.mean(met))


def _lesson(projection: Projection, biosecurity: float) -> Lesson:
    """Restocking doubled at a biosecurity, from all draws."""
    rerun = Rerun(projection, projection.scenario.draws)
    secure = moved(projection.settings[BIOSECURITY], biosecurity)
    now = projection.settings[RESTOCKING]
    most = projection.plan.catalogue.assumptions[RESTOCKING].high
    faster = moved(now, min(most, 2 * now.centre))
    slow, fast = (rerun.run(secure, rate) for rate in (now, faster))

    def change(name: str) -> float:
        return float(np.median(fast[name]) - np.median(slow[name]))

    return Lesson(biosecurity, now.centre, faster.centre, change(PIGS), change(CULLED))
