"""What may the tables of a plan's folder hold? One strict record a table."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from simulator.assumptions import Bit, Dimension
from simulator.records import Record
from simulator.units import Values

FactKind = Literal[
    "value",
    "growth",
    "change",
    "plan_share",
    "share",
    "allocation",
    "to_date",
    "to_date_share",
    "estimate",
    "estimate_share",
    "previous_value",
    "cumulative",
    "rank",
    "planned_change",
]
TargetKind = Literal["continuous", "share", "count", "quota", "milestone", "neutral", "no_baseline"]
Verdict = Literal["met", "exceeded", "nearly_met", "not_met", "not_assessable"]
Whole = Annotated[int, Field(ge=0)]


class Fact(Record):
    """One row of facts.csv: a figure of the report, with the place where it is printed."""

    name: str
    kind: FactKind
    value: float
    unit: str
    section: str
    printed: str
    line: Whole
    note: str = ""
    note_vi: str = ""
    derivation: str = ""
    """How the value follows from printed figures where it is not one of them itself."""

    @property
    def input_name(self) -> str:
        """The name under which equations ask for it: visitors_base, visitors_base_growth."""
        return f"{self.name}_base" + ("" if self.kind == "value" else f"_{self.kind}")


class Parameter(Record):
    """One row of parameters.csv: a coefficient, or several separated by semicolons."""

    name: str
    value: str
    unit: str
    source: str
    source_vi: str = ""

    @property
    def number(self) -> Values:
        """The coefficient, or an array of them. Raises ValueError where it is no number."""
        parts = [float(part) for part in self.value.split(";")]
        if not all(np.isfinite(parts)):
            raise ValueError(f"{self.value!r} is not finite")
        return parts[0] if len(parts) == 1 else np.array(parts)


class Target(Record):
    """One row of targets.csv: what the plan wants of one indicator, and what the report says of it."""

    name: str
    sector: str
    unit: str
    title_vi: str
    title_en: str
    base: float | None = None
    base_derived: Bit
    target: float | None = None
    sense: Literal["at_least", "at_most", "neutral"] | None = None
    decimals: Whole | None = None
    kind: TargetKind
    resolution_verdict: Verdict | None = None
    verdict_scope: Literal["explicit", "by_bullet_scope", "ambiguous"] | None = None
    resolution_value: float | None = None
    equation: str
    section: str
    printed: str = ""
    line: Whole | None = None
    note: str = ""
    scored: Bit
    strict: Bit
    prior: Annotated[float, Field(ge=0, le=1)] | None = None
    resolution_strict: Bit
    reference_class: Literal["social", "all"] | None = None
    dimension: Dimension | None = None
    lever: str = ""
    short_vi: str = ""
    short_en: str = ""
    note_vi: str = ""
    derivation: str = ""
    """How the number follows from printed figures where it is not one of them itself."""

    def title(self, language: str) -> str:
        """The full title in a language."""
        return self.title_vi if language == "vi" else self.title_en

    def short(self, language: str) -> str:
        """A title that fits a row of the board."""
        return (self.short_vi if language == "vi" else self.short_en) or self.title(language)


class Fund(Record):
    """One row of funds.csv: a source of public capital and what the report prints of it."""

    name: str
    title_en: str
    title_vi: str
    managed_by: Literal["local", "central"]
    reported_as: str = ""
    in_model: Bit
    to_date: str = ""
    unit: str
    allocation: float | None = None
    disbursed_to_date: float | None = None
    year_end_estimate: float | None = None
    note: str = ""


class FundErrors(Record):
    """One row of fund_errors.csv: how far what is seen of a fund in the year lies from its year's end.

    Spreads and the optimism are in logarithms, so 0.05 is about 5%.
    """

    name: str
    to_date_spread: Annotated[float, Field(gt=0)]
    """Of payments to date over the usual course, around the year's."""
    estimate_optimism: float
    """By how much the office's estimates of the year's end exceed it."""
    estimate_spread: Annotated[float, Field(gt=0)]
    source: str
    source_vi: str = ""


class Season(Record):
    """One row of seasons.csv: how a flow spreads over the year's months, and how surely."""

    name: str
    month_weights: str
    """The parameter that holds the weights: one for each month, or one for all."""
    half_spread: Annotated[float, Field(gt=0)]
    """The spread, in logarithms, of a running total's reading when half of the flow has come."""
    source: str
    source_vi: str = ""


class Source(Record):
    """One row of sources.csv: a document that a value or a judgement leans on."""

    name: str
    title: str
    publisher: str = ""
    date: str = ""
    address: str = ""
    used_for: str
    title_vi: str = ""


class Inconsistency(Record):
    """One row of inconsistencies.csv: what the report prints, what follows from it, what we do."""

    name: str
    lines: str
    printed: str
    computed: str
    treatment: str
    title_vi: str
    title_en: str
    treatment_vi: str


class Hindsight(Record):
    """One row of hindsight.csv: where knowledge of later years or of the targets may have leaked in."""

    name: str
    names: str = ""
    """Assumptions, parameters and sources that it is about, separated by semicolons."""
    title_vi: str
    title_en: str
    text_vi: str
    text_en: str

    def title(self, language: str) -> str:
        """What it is, in a language."""
        return self.title_vi if language == "vi" else self.title_en

    def text(self, language: str) -> str:
        """What leaked where, and what it moves, in a language."""
        return self.text_vi if language == "vi" else self.text_en


class Vintage(Record):
    """One row of vintages.csv: by how much a first estimate of a year was later revised."""

    name: str
    year: int
    error: float
    """Later less first: of the first estimate where the unit is share, else in the unit."""
    unit: str
    source: str


class BothLanguages(Record):
    """A text in Vietnamese and in English."""

    vi: str
    en: str


class PlanSheet(Record):
    """plan.yaml: whose plan it is, for which years, and the defaults of its runs."""

    name: str
    province: BothLanguages
    title: BothLanguages
    resolution: BothLanguages
    report: BothLanguages
    base_year: int
    plan_year: int
    draws: Annotated[int, Field(gt=0)]
    seed: Whole
