"""What came of a plan's year? The rows of an outcomes.csv, checked against the plan."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from simulator.assumptions import Bit
from simulator.equations import all_equations
from simulator.graph import Equation
from simulator.plan import OUTCOMES, Plan, shipped_plans
from simulator.plan_checks import figure_problems
from simulator.plan_rows import Whole
from simulator.records import InputError, Problem, Record, nearest, read_table
from simulator.units import canonical

ALLOWED = (
    "a target or a quantity, as `simulator list targets` and `simulator list equations` print them"
)


class Outcome(Record):
    """One row of outcomes.csv: what a target or quantity came to, and where that is printed."""

    name: str
    value: float
    unit: str
    source: str
    section: str = ""
    line: Whole | None = None
    printed: str = ""
    derivation: str = ""
    shock: str = ""
    """What moved it that no forecast of its year could hold; empty for most."""
    resolution_met: Bit | None = None
    """Whether the Resolution's target was met, where a report says so."""
    note: str = ""
    note_vi: str = ""


def read_outcomes(path: Path, plan: Plan) -> dict[str, Outcome]:
    """Outcomes by name. Raises InputError that lists every unknown name, wrong unit and figure."""
    rows = read_table(path, Outcome)
    units = known_units(plan)
    problems = [
        problem for line, row in rows.items() for problem in _problems(path.name, line, row, units)
    ]
    if problems:
        raise InputError(problems)
    return {row.name: row for row in rows.values()}


def outcomes_of(plan: Plan) -> Path | None:
    """The outcomes that a plan's folder holds, if it does."""
    path = plan.folder / OUTCOMES
    return path if path.is_file() else None


def latest_validated(*, besides: str = "") -> str | None:
    """The latest plan that travels with the product together with its outcomes, one set aside."""
    found = [folder.name for folder in shipped_plans() if (folder / OUTCOMES).is_file()]
    return next((name for name in reversed(found) if name != besides), None)


def known_units(plan: Plan) -> Mapping[str, str]:
    """What may have an outcome, a unit each: every target, and every quantity of an equation."""
    equations = (Equation.of(source) for source in all_equations())
    units = {row.name: row.unit for row in equations if not row.name.endswith("_base")}
    return units | {name: canonical(target.unit) for name, target in plan.targets.items()}


def _problems(file: str, line: int, row: Outcome, units: Mapping[str, str]) -> Iterator[Problem]:
    if row.name not in units:
        near = nearest(row.name, units)
        yield Problem(file, line, row.name, "unknown name", ALLOWED, near)
        return
    if canonical(row.unit) != units[row.name]:
        wrong = f"unit {row.unit} is not that of the projection"
        yield Problem(file, line, row.name, wrong, units[row.name])
        return
    yield from figure_problems(file, line, row.name, row.value, row)
