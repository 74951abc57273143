"""How are runs handed to tools of integrated assessment? In the IAMC's columns, which pyam reads."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import pandas as pd

from simulator.plan import Plan
from simulator.run import Result, product_version
from simulator.scorecard import Distribution, Scorecard, TargetScore
from simulator.units import canonical

INDEX = ("Model", "Scenario", "Region", "Variable", "Unit")
COLUMNS = (*INDEX, "Year", "Value")
SEPARATOR = "|"
PART_OF = "of which "
"""How a title begins whose row is a part of the row before it."""
SHEET = "data"
"""The sheet of a workbook that pyam reads."""

MET, MET_RESOLUTION = "Targets met|Plan", "Targets met|Resolution"


def variables(plan: Plan) -> dict[str, str]:
    """The IAMC variable of every target: Sector|Indicator, and |Part below what it is a part of.

    Two targets of the same title are told apart by their names in brackets.
    """
    found: dict[str, str] = {}
    whole = ""
    for name, target in plan.targets.items():
        title = target.title_en.replace(SEPARATOR, "/")
        if title.startswith(PART_OF) and whole:
            found[name] = SEPARATOR.join((whole, _capital(title.removeprefix(PART_OF))))
        else:
            whole = SEPARATOR.join((_capital(target.sector), title))
            found[name] = whole
    again = Counter(found.values())
    return {
        name: f"{variable} ({name})" if again[variable] > 1 else variable
        for name, variable in found.items()
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_rows(result: Result) -> Iterator[dict[str, Any]]:
    """One run as IAMC rows: the base year as reported, the plan year as projected.

    The variable itself is the median; below it stand |P10, |P90, |Plan (what the plan wants) and
    |Chance (of meeting it, a probability).
    """
    card = result.card
    sheet = card.projection.plan.sheet
    run = {
        "Model": f"plan-simulator {product_version()}",
        "Scenario": result.scenario.name,
        "Region": sheet.province.en,
    }
    names = variables(card.projection.plan)
    for row in card.rows.values():
        if row.base is not None:
            told = {"Variable": names[row.name], "Unit": canonical(row.target.unit)}
            yield run | told | {"Year": sheet.base_year, "Value": row.base}
        for variable, unit, value in _projected(names[row.name], row):
            told = {"Variable": variable, "Unit": unit}
            yield run | told | {"Year": sheet.plan_year, "Value": value}
    for variable, value in _counts(card):
        yield run | {
            "Variable": variable,
            "Unit": "targets",
            "Year": sheet.plan_year,
            "Value": value,
        }


def _projected(variable: str, row: TargetScore) -> Iterator[tuple[str, str, float]]:
    unit = canonical(row.target.unit)
    if row.quantiles is not None:
        p10, p50, p90 = row.quantiles
        yield variable, unit, p50
        yield f"{variable}|P10", unit, p10
        yield f"{variable}|P90", unit, p90
    elif row.value is not None:
        yield variable, unit, row.value
    if row.target.target is not None:
        yield f"{variable}|Plan", unit, row.target.target
    if row.plan_chance is not None:
        yield f"{variable}|Chance", "probability", row.plan_chance


def _counts(card: Scorecard) -> Iterator[tuple[str, float]]:
    count = card.count
    yield from _spread(MET, count.plan)
    yield f"{MET}|Scored", count.scored
    if count.resolution_low is not None and count.resolution_high is not None:
        yield f"{MET_RESOLUTION}|At least", count.resolution_low.mean
        yield f"{MET_RESOLUTION}|At most", count.resolution_high.mean


def _spread(variable: str, met: Distribution | None) -> Iterator[tuple[str, float]]:
    if met is not None:
        yield variable, met.mean
        yield f"{variable}|P5", met.p05
        yield f"{variable}|P95", met.p95


def as_frame(results: Iterable[Result], *, wide: bool) -> pd.DataFrame:
    """Runs as the IAMC's long table, or as its template with a column for each year."""
    long = pd.DataFrame([row for result in results for row in as_rows(result)], columns=COLUMNS)
    if not wide:
        return long
    table = long.set_index([*INDEX, "Year"])["Value"].unstack("Year", sort=False)
    table = table[sorted(table.columns)].reset_index()
    return table.set_axis([str(column) for column in table.columns], axis=1)


def write_csv(file: BinaryIO, table: pd.DataFrame) -> None:
    """A table as CSV; a value that is not there is an empty cell."""
    file.write(table.to_csv(index=False, lineterminator="\n").encode())


def write_excel(file: BinaryIO, table: pd.DataFrame) -> None:
    """A table as a workbook with one sheet."""
    table.to_excel(file, sheet_name=SHEET, index=False, engine="openpyxl")
