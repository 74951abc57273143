"""What can be wrong between the tables of a plan? Figures, names, dimensions, levers, funds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import numpy as np

from simulator.assumptions import Catalogue
from simulator.derivation import derived
from simulator.figures import matches
from simulator.plan_rows import Fact, Fund, FundErrors, Parameter, Season, Target
from simulator.records import Problem, nearest
from simulator.units import canonical


def parameter_problems(line: int, parameter: Parameter) -> Iterator[Problem]:
    """A parameter that is no number."""
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


def spread_inflation(parameters: Mapping[int, Parameter], problems: list[Problem]) -> float:
    """The factor on the spreads of inflated rows; 1 where it is missing or wrong, which is told."""
    for line, parameter in parameters.items():
        if parameter.name != "spread_inflation":
            continue
        try:
            return float(parameter.number)
        except (TypeError, ValueError):
            if ";" in parameter.value:
                wrong = f"value is {parameter.value!r}"
                problems.append(
                    Problem("parameters.csv", line, parameter.name, wrong, "one number")
                )
            return 1.0
    problems.append(Problem("parameters.csv", None, "spread_inflation", "missing row"))
    return 1.0


def name_problems(
    parameters: Mapping[int, Parameter], facts: Iterable[Fact], catalogue: Catalogue
) -> Iterator[Problem]:
    """Parameters that carry the name of a fact or an assumption."""
    taken = dict.fromkeys(catalogue.assumptions, "assumptions.csv")
    taken |= {fact.input_name: "facts.csv" for fact in facts}
    for line, parameter in parameters.items():
        if parameter.name in taken:
            wrong = f"the name is taken in {taken[parameter.name]}"
            yield Problem("parameters.csv", line, parameter.name, wrong)


DERIVED_DIGITS = 1e-8
"""The part of a derived value that its table may round away."""


class Figured(Protocol):
    """A row with a value that is printed, or that follows from what is printed."""

    @property
    def printed(self) -> str:
        """The figure as printed."""

    @property
    def unit(self) -> str:
        """The unit of the value."""

    @property
    def derivation(self) -> str:
        """How the value follows from printed figures; empty where it is one."""


def figure_problems(
    file: str, line: int, name: str, value: float, row: Figured
) -> Iterator[Problem]:
    """A value that is not the figure printed beside it, or does not follow as is said."""
    if row.derivation:
        yield from _derivation_problems(file, line, name, value, row.derivation)
        return
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


def _derivation_problems(
    file: str, line: int, name: str, value: float, derivation: str
) -> Iterator[Problem]:
    try:
        found = derived(derivation)
    except ValueError as error:
        allowed = "figures as [line: figure], whole numbers, + - * / ** and brackets"
        yield Problem(file, line, name, f"derivation: {error}", allowed)
        return
    if abs(value - found) > DERIVED_DIGITS * abs(found):
        wrong = f"value {value:.10g} is not what its derivation gives"
        yield Problem(file, line, name, wrong, f"{found:.10g}")


def target_problems(line: int, target: Target, catalogue: Catalogue | None) -> Iterator[Problem]:
    """Targets whose number, sense, prior or lever does not fit."""
    file = "targets.csv"
    if target.target is not None:
        yield from figure_problems(file, line, target.name, target.target, target)
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


def dimension_problems(targets: Mapping[int, Target], catalogue: Catalogue) -> Iterator[Problem]:
    """Targets that share a Sobol coordinate with another row."""
    taken = {row.dimension: row.name for row in catalogue.assumptions.values()}
    taken |= {row.dimension: row.name for row in catalogue.factors.values()}
    for line, target in targets.items():
        if target.dimension is None:
            continue
        if target.dimension in taken:
            wrong = f"dimension {target.dimension} is taken by {taken[target.dimension]}"
            yield Problem("targets.csv", line, target.name, wrong)
        taken[target.dimension] = target.name


def fund_problems(funds: Mapping[int, Fund], facts: Iterable[Fact]) -> Iterator[Problem]:
    """Funds whose amounts differ from the facts."""
    printed: dict[tuple[str, str], float] = {(fact.name, fact.kind): fact.value for fact in facts}
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


def fund_error_problems(
    errors: Mapping[int, FundErrors], funds: Mapping[int, Fund]
) -> Iterator[Problem]:
    """Errors of what is no fund."""
    known = [fund.name for fund in funds.values()]
    for line, row in errors.items():
        if row.name not in known:
            near = nearest(row.name, known)
            wrong, allowed = "unknown fund", ", ".join(known)
            yield Problem("fund_errors.csv", line, row.name, wrong, allowed, near)


MONTHS_OF_A_YEAR = 12


def season_problems(
    seasons: Mapping[int, Season], parameters: Mapping[int, Parameter]
) -> Iterator[Problem]:
    """Seasons whose weights are no parameter, or not weights of the year's months."""
    known = {row.name: row for row in parameters.values()}
    for line, row in seasons.items():
        weights = known.get(row.month_weights)
        if weights is None:
            near = nearest(row.month_weights, known)
            wrong, allowed = "unknown parameter of weights", "a name of parameters.csv"
            yield Problem("seasons.csv", line, row.month_weights, wrong, allowed, near)
            continue
        try:
            numbers = np.atleast_1d(weights.number)
        except ValueError:
            continue  # told where the parameter stands
        if len(numbers) not in (1, MONTHS_OF_A_YEAR) or numbers.min() < 0 or numbers.sum() <= 0:
            wrong = f"{row.month_weights} holds no weights of months"
            allowed = "one number, or twelve that are not negative, with a sum above 0"
            yield Problem("seasons.csv", line, row.name, wrong, allowed)
