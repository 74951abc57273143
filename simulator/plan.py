"""What does a plan's folder say? Facts, parameters, targets, assumptions, funds, sources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import yaml
from pydantic import Field, ValidationError

from simulator.assumptions import Bit, Catalogue, Dimension, read_catalogue
from simulator.figures import matches
from simulator.records import (
    InputError,
    Problem,
    Record,
    describe,
    nearest,
    read_table,
    read_text,
)
from simulator.resources import shipped
from simulator.units import Values, canonical

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


class Source(Record):
    """One row of sources.csv: a document that a value or a judgement leans on."""

    name: str
    title: str
    publisher: str = ""
    date: str = ""
    address: str = ""
    used_for: str


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


@dataclass(frozen=True)
class Plan:
    """A plan's folder, read and checked."""

    folder: Path
    sheet: PlanSheet
    facts: Mapping[str, Fact]
    """By the name under which equations ask for them."""
    parameters: Mapping[str, Parameter]
    targets: Mapping[str, Target]
    catalogue: Catalogue
    funds: Mapping[str, Fund]
    sources: Mapping[str, Source]
    inconsistencies: Mapping[str, Inconsistency]

    @property
    def name(self) -> str:
        """The name of the plan, which is that of its folder as shipped."""
        return self.sheet.name

    def parameter(self, name: str) -> float:
        """A coefficient that is one number. Raises KeyError where there is none."""
        return float(self.parameters[name].value)

    def base_inputs(self) -> dict[str, tuple[Values, str]]:
        """Facts and parameters by input name: value and unit."""
        given: dict[str, tuple[Values, str]] = {
            name: (fact.value, fact.unit) for name, fact in self.facts.items()
        }
        given |= {name: (row.number, row.unit) for name, row in self.parameters.items()}
        return given

    def baseless(self) -> dict[str, Target]:
        """The targets for which the report prints no base value."""
        return {name: target for name, target in self.targets.items() if target.base is None}


def shipped_plans() -> list[Path]:
    """The plan folders that travel with the product."""
    return sorted(sheet.parent for sheet in shipped("data").glob("*/plan.yaml"))


def find_plan(name: str) -> Path:
    """The folder of a plan given by shipped name or by path. Raises InputError where none is."""
    named = {folder.name: folder for folder in shipped_plans()}
    if name in named:
        return named[name]
    folder = Path(name)
    if (folder / "plan.yaml").is_file():
        return folder
    raise InputError(
        [
            Problem(
                name,
                None,
                "plan",
                "is neither a shipped plan nor a folder with a plan.yaml",
                ", ".join(named),
                nearest(name, named),
            )
        ]
    )


def load_plan(folder: Path) -> Plan:
    """Read a plan's folder. Raises InputError that lists what is wrong in all of its files."""
    problems: list[Problem] = []

    def attempt(read: Any, *arguments: Any) -> Any:
        try:
            return read(*arguments)
        except InputError as error:
            problems.extend(error.problems)
            return None

    sheet = attempt(_read_sheet, folder)
    facts = attempt(read_table, folder / "facts.csv", Fact, ("name", "kind"))
    parameters = attempt(read_table, folder / "parameters.csv", Parameter)
    targets = attempt(read_table, folder / "targets.csv", Target)
    funds = attempt(read_table, folder / "funds.csv", Fund)
    sources = attempt(read_table, folder / "sources.csv", Source)
    inconsistencies = attempt(read_table, folder / "inconsistencies.csv", Inconsistency)
    for line, parameter in (parameters or {}).items():
        problems += _parameter_problems(line, parameter)
    inflation = _spread_inflation(parameters or {}, problems)
    catalogue = attempt(read_catalogue, folder, inflation)
    for line, fact in (facts or {}).items():
        problems += _figure_problems("facts.csv", line, fact.name, fact.value, fact)
    for line, target in (targets or {}).items():
        problems += _target_problems(line, target, catalogue)
    if targets is not None and catalogue is not None:
        problems += _dimension_problems(targets, catalogue)
    if facts is not None and funds is not None:
        problems += _fund_problems(funds, facts.values())
    if problems:
        raise InputError(problems)
    return Plan(
        folder=folder,
        sheet=sheet,
        facts={fact.input_name: fact for fact in facts.values()},
        parameters=_by_name(parameters),
        targets=_by_name(targets),
        catalogue=catalogue,
        funds=_by_name(funds),
        sources=_by_name(sources),
        inconsistencies=_by_name(inconsistencies),
    )


def _by_name(rows: Mapping[int, Any]) -> dict[str, Any]:
    return {row.name: row for row in rows.values()}


def _read_sheet(folder: Path) -> PlanSheet:
    text = read_text(folder / "plan.yaml", "plan.yaml")
    try:
        return PlanSheet.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise InputError([Problem("plan.yaml", None, "", f"not YAML: {error}")]) from None
    except ValidationError as error:
        raise InputError(
            Problem("plan.yaml", None, "", *describe(detail)) for detail in error.errors()
        ) from None


def _parameter_problems(line: int, parameter: Parameter) -> Iterator[Problem]:
    try:
        _ = parameter.number
    except ValueError:
        yield Problem(
            "parameters.csv",
            line,
            parameter.name,
            f"value is {parameter.value!r}",
            "a number with a dot as the decimal sign, or several separated by semicolons",
        )


def _spread_inflation(parameters: Mapping[int, Parameter], problems: list[Problem]) -> float:
    for parameter in parameters.values():
        if parameter.name == "spread_inflation":
            return float(parameter.value)
    problems.append(Problem("parameters.csv", None, "spread_inflation", "missing row"))
    return 1.0


def _figure_problems(
    file: str, line: int, name: str, value: float, row: Fact | Target
) -> Iterator[Problem]:
    try:
        if row.printed and not matches(value, row.printed, canonical(row.unit)):
            yield Problem(
                file,
                line,
                name,
                f"value {value:g} is not the printed figure {row.printed!r} in {row.unit}",
                "shares as 0.072 for 7,2%, no thousands separators, a dot as the decimal sign",
            )
    except ValueError as error:
        yield Problem(file, line, name, f"printed: {error}")


def _target_problems(line: int, target: Target, catalogue: Catalogue | None) -> Iterator[Problem]:
    file = "targets.csv"
    if target.target is not None:
        yield from _figure_problems(file, line, target.name, target.target, target)
    if target.scored and (target.target is None or target.sense not in {"at_least", "at_most"}):
        yield Problem(
            file,
            line,
            target.name,
            "a scored target needs a number and a sense",
            "at_least, at_most",
        )
    if target.kind == "milestone" and target.prior is None and not target.lever:
        yield Problem(file, line, target.name, "a milestone needs a prior", "0 to 1")
    if catalogue is not None and target.lever and target.lever not in catalogue.assumptions:
        yield Problem(
            file,
            line,
            target.lever,
            "unknown assumption as lever",
            "a name of assumptions.csv",
            nearest(target.lever, catalogue.assumptions),
        )


def _dimension_problems(targets: Mapping[int, Target], catalogue: Catalogue) -> Iterator[Problem]:
    taken = {row.dimension: row.name for row in catalogue.assumptions.values()}
    taken |= {row.dimension: row.name for row in catalogue.factors.values()}
    for line, target in targets.items():
        if target.dimension is None:
            continue
        if target.dimension in taken:
            wrong = f"dimension {target.dimension} is taken by {taken[target.dimension]}"
            yield Problem("targets.csv", line, target.name, wrong)
        taken[target.dimension] = target.name


def _fund_problems(funds: Mapping[int, Fund], facts: Any) -> Iterator[Problem]:
    printed = {(fact.name, fact.kind): fact.value for fact in facts}
    for line, fund in funds.items():
        for kind, value in (
            ("allocation", fund.allocation),
            ("to_date", fund.disbursed_to_date),
            ("estimate", fund.year_end_estimate),
        ):
            if value is not None and printed.get((fund.name, kind)) != value:
                yield Problem(
                    "funds.csv",
                    line,
                    fund.name,
                    f"{kind} {value:g} differs from facts.csv",
                    f"{printed.get((fund.name, kind))}",
                )
