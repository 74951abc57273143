"""What may be assumed, how far it may move, and what does a standard normal draw make of it?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import Field
from scipy.special import expit, logit, ndtri

from simulator.records import InputError, Problem, Record, nearest, read_table
from simulator.units import Array

COORDINATES = 256
"""Always drawn, so that one more assumption leaves every other stream as it was."""

Link = Literal["identity", "log", "logit", "switch"]
Bit = Annotated[int, Field(ge=0, le=1)]
Dimension = Annotated[int, Field(ge=0, lt=COORDINATES)]


class Assumption(Record):
    """One row of a plan's assumptions.csv; shares are written 0.09, not 9."""

    name: str
    symbol: str
    theme: str
    front: Bit
    unit: str
    centre: float
    link: Link
    spread: Annotated[float, Field(ge=0)] | None = None
    inflated: Bit
    low: float
    high: float
    common_factor: str = ""
    title_en: str
    title_vi: str
    evidence: str
    dimension: Dimension
    control: Literal["policy", "outside", "process"]
    base_value: float | None = None
    display_unit: str
    display_decimals: int
    step: float | None = None
    short_vi: str = ""
    short_en: str = ""
    evidence_vi: str = ""

    def title(self, language: str) -> str:
        """The full title in a language."""
        return self.title_vi if language == "vi" else self.title_en

    def short(self, language: str) -> str:
        """A title that fits a box of a picture."""
        return (self.short_vi if language == "vi" else self.short_en) or self.title(language)

    def reason(self, language: str) -> str:
        """The evidence in a language, or as it stands where the plan has no translation."""
        return (self.evidence_vi if language == "vi" else "") or self.evidence

    @property
    def loadings(self) -> dict[str, float]:
        """Correlation with each common factor it follows, by the factor's name."""
        pairs = [part.split() for part in self.common_factor.split(";") if part.strip()]
        return {name: float(loading) for name, loading in pairs}


class CommonFactor(Record):
    """One row of factors.csv: a shared cause, or the noise of a count, and its Sobol coordinate."""

    name: str
    kind: Literal["common_factor", "count_noise"]
    dimension: Dimension
    title_en: str
    title_vi: str


@dataclass(frozen=True)
class Setting:
    """What a scenario says of one assumption: a centre whose spread stays, or its own quantiles.

    `fixed` removes the spread. With `p10` and `p90` the centre is the median, and the draws
    meet the three quantiles exactly.
    """

    centre: float
    fixed: bool = False
    p10: float | None = None
    p90: float | None = None


NINETIETH = float(ndtri(0.9))


def to_link(value: float, link: Link) -> float:
    """A value on the link scale; the ends of a log or logit link are infinite there."""
    if link == "log":
        with np.errstate(divide="ignore"):
            return float(np.log(value))
    return float(logit(value)) if link == "logit" else value


def from_link(linked: Array, link: Link) -> Array:
    """Values from the link scale."""
    if link == "log":
        return np.exp(linked)
    return expit(linked) if link == "logit" else linked


@dataclass(frozen=True)
class Catalogue:
    """The assumptions of a plan, by name, with the factors that several of them follow."""

    assumptions: Mapping[str, Assumption]
    factors: Mapping[str, CommonFactor]
    spread_inflation: float

    def default(self, name: str) -> Setting:
        """The catalogue's own centre with its own spread."""
        return Setting(self.assumptions[name].centre)

    def spread(self, name: str) -> float:
        """The spread on the link scale; inflated for classes that the backtest found too narrow."""
        assumption = self.assumptions[name]
        inflation = self.spread_inflation if assumption.inflated else 1.0
        return (assumption.spread or 0.0) * inflation

    def central(self, name: str, setting: Setting) -> float:
        """The value of the central run; a switch is on from one half."""
        if self.assumptions[name].link == "switch":
            return float(setting.centre >= 0.5)
        return setting.centre

    def combined(self, name: str, normals: Array) -> Array:
        """The assumption's own standard normals: part common factors, part its own coordinate.

        `normals` has one row for each Sobol coordinate, shape (coordinates, draws).
        """
        assumption = self.assumptions[name]
        own = normals[assumption.dimension]
        loadings = assumption.loadings
        if not loadings:
            return own
        rest = np.sqrt(1 - sum(loading**2 for loading in loadings.values()))
        total: Array = rest * own
        for factor, loading in loadings.items():
            total = total + loading * normals[self.factors[factor].dimension]
        return total

    def draw(self, name: str, setting: Setting, normals: Array) -> Array:
        """Draws of an assumption under a setting, shape (draws,)."""
        assumption = self.assumptions[name]
        draws = normals.shape[1]
        if setting.fixed:
            return np.full(draws, self.central(name, setting))
        z = self.combined(name, normals)
        if assumption.link == "switch":
            return (z < ndtri(setting.centre)).astype(float)
        centre = to_link(setting.centre, assumption.link)
        if setting.p10 is not None and setting.p90 is not None:
            below = (centre - to_link(setting.p10, assumption.link)) / NINETIETH
            above = (to_link(setting.p90, assumption.link) - centre) / NINETIETH
            return from_link(centre + z * np.where(z < 0, below, above), assumption.link)
        if not np.isfinite(centre):
            return np.full(draws, setting.centre)
        return from_link(centre + self.spread(name) * z, assumption.link)


def read_catalogue(folder: Path, spread_inflation: float) -> Catalogue:
    """The catalogue of a plan folder. Raises InputError that lists every bad row."""
    shared = read_table(folder / "factors.csv", CommonFactor)
    factors = {row.name: row for row in shared.values()}
    rows = read_table(folder / "assumptions.csv", Assumption)
    problems = [
        problem for line, row in rows.items() for problem in _row_problems(line, row, factors)
    ]
    taken: dict[int, str] = {}
    problems += _shared_dimensions("factors.csv", shared.items(), taken)
    problems += _shared_dimensions("assumptions.csv", rows.items(), taken)
    if problems:
        raise InputError(problems)
    return Catalogue({row.name: row for row in rows.values()}, factors, spread_inflation)


def _row_problems(
    line: int, row: Assumption, factors: Mapping[str, CommonFactor]
) -> Iterable[Problem]:
    file = "assumptions.csv"
    if not row.low <= row.centre <= row.high:
        hint = "; a share is written 0.09, not 9" if "share" in row.unit else ""
        yield Problem(
            file, line, row.name, f"centre {row.centre:g}", f"{row.low:g} to {row.high:g}{hint}"
        )
    if (row.spread is None) != (row.link == "switch"):
        yield Problem(file, line, row.name, "a spread belongs to every link but the switch")
    if row.link == "log" and row.low < 0:
        yield Problem(file, line, row.name, f"low {row.low:g} on a log link", "0 or more")
    if row.link in {"logit", "switch"} and not 0 <= row.low <= row.high <= 1:
        yield Problem(
            file,
            line,
            row.name,
            f"range {row.low:g} to {row.high:g} on a {row.link} link",
            "0 to 1",
        )
    try:
        loadings = row.loadings
    except ValueError:
        yield Problem(
            file, line, row.name, f"common_factor {row.common_factor!r}", "factor loading; …"
        )
        return
    shared = [name for name, factor in factors.items() if factor.kind == "common_factor"]
    for factor in loadings:
        if factor not in shared:
            yield Problem(
                file,
                line,
                factor,
                "unknown common factor",
                ", ".join(shared),
                nearest(factor, shared),
            )
    if sum(loading**2 for loading in loadings.values()) > 1:
        yield Problem(file, line, row.name, "squared loadings exceed 1", "a sum of at most 1")


def _shared_dimensions(
    file: str, rows: Iterable[tuple[int, Assumption | CommonFactor]], taken: dict[int, str]
) -> Iterable[Problem]:
    for line, row in rows:
        if row.dimension in taken:
            wrong = f"dimension {row.dimension} is taken by {taken[row.dimension]}"
            yield Problem(file, line, row.name, wrong)
        taken[row.dimension] = row.name
