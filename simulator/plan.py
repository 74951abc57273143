"""What does a plan's folder say? Facts, parameters, targets, assumptions, funds, sources."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulator.assumptions import Catalogue, read_catalogue
from simulator.plan_checks import (
    dimension_problems,
    figure_problems,
    fund_error_problems,
    fund_problems,
    name_problems,
    parameter_problems,
    season_problems,
    spread_inflation,
    target_problems,
)
from simulator.plan_rows import (
    Fact,
    Fund,
    FundErrors,
    Hindsight,
    Inconsistency,
    Parameter,
    PlanSheet,
    Season,
    Source,
    Target,
    Vintage,
)
from simulator.records import InputError, Problem, describe, nearest, read_table, read_text
from simulator.resources import shipped
from simulator.scenario import draws_problem
from simulator.units import Values
from simulator.yaml_text import read_yaml

OUTCOMES = "outcomes.csv"
"""What came of the plan year, where a folder has it; read apart, as no run rests on it."""


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
    hindsight: Mapping[str, Hindsight] = field(default_factory=dict)
    """Where later knowledge may have leaked in; empty where the folder keeps no register."""
    vintages: Sequence[Vintage] = ()
    """How first estimates were revised, where the folder tells it."""
    fund_errors: Mapping[str, FundErrors] = field(default_factory=dict)
    """By fund as the report lists it; without a row, a fund's payments to date teach nothing."""
    seasons: Mapping[str, Season] = field(default_factory=dict)
    """By quantity; without a row, a running total teaches nothing."""

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
    hindsight = attempt(_read_optional, folder / "hindsight.csv", Hindsight)
    vintages = attempt(_read_optional, folder / "vintages.csv", Vintage, ("name", "year"))
    fund_errors = attempt(_read_optional, folder / "fund_errors.csv", FundErrors)
    seasons = attempt(_read_optional, folder / "seasons.csv", Season)
    for line, parameter in (parameters or {}).items():
        problems += parameter_problems(line, parameter)
    inflation = 1.0 if parameters is None else spread_inflation(parameters, problems)
    catalogue = attempt(read_catalogue, folder, inflation)
    if facts is not None and parameters is not None and catalogue is not None:
        problems += name_problems(parameters, facts.values(), catalogue)
    for line, fact in (facts or {}).items():
        problems += figure_problems("facts.csv", line, fact.name, fact.value, fact)
    for line, target in (targets or {}).items():
        problems += target_problems(line, target, catalogue)
    if targets is not None and catalogue is not None:
        problems += dimension_problems(targets, catalogue)
    if facts is not None and funds is not None:
        problems += fund_problems(funds, facts.values())
    problems += _tracking_problems(fund_errors, funds, seasons, parameters)
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
        hindsight=_by_name(hindsight),
        vintages=tuple(vintages.values()),
        fund_errors=_by_name(fund_errors),
        seasons=_by_name(seasons),
    )


def _tracking_problems(
    fund_errors: Mapping[int, FundErrors] | None,
    funds: Mapping[int, Fund] | None,
    seasons: Mapping[int, Season] | None,
    parameters: Mapping[int, Parameter] | None,
) -> Iterator[Problem]:
    """What does not fit in the tables that only tracking needs, of tables that could be read."""
    if funds is not None and fund_errors is not None:
        yield from fund_error_problems(fund_errors, funds)
    if parameters is not None and seasons is not None:
        yield from season_problems(seasons, parameters)


def _read_optional(path: Path, record: Any, key: tuple[str, ...] = ("name",)) -> Any:
    """A table that a plan may do without."""
    return read_table(path, record, key) if path.exists() else {}


def _by_name(rows: Mapping[int, Any]) -> dict[str, Any]:
    return {row.name: row for row in rows.values()}


def _read_sheet(folder: Path) -> PlanSheet:
    file = "plan.yaml"
    document, lines = read_yaml(read_text(folder / file, file), file)
    try:
        sheet = PlanSheet.model_validate(document)
    except ValidationError as error:
        raise InputError(
            Problem(file, lines.get(tuple(detail["loc"])), "", *describe(detail))
            for detail in error.errors()
        ) from None
    wrong = draws_problem(sheet.draws)
    if wrong is not None:
        raise InputError([Problem(file, lines[("draws",)], "draws", *wrong)])
    return sheet
