"""Do tables in the IAMC's columns hold the scorecard's numbers, and does pyam read them?"""

import json
import math
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.iamc import (
    COLUMNS,
    INDEX,
    SHEET,
    as_frame,
    as_rows,
    variables,
    write_csv,
    write_excel,
)
from simulator.plan import Plan
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from tests.runs import calm_scenarios, few
from tests.strategies import BASELINES, scenario, shipped_plan

WORKSHOP = Workshop()
QUANTILES = ("|P10", "", "|P90")


def result_of(run: Scenario, **options: Any) -> Result:
    return WORKSHOP.run(run, **options)


def runs() -> list[Result]:
    late = scenario(typed_baselines=BASELINES)
    return [result_of(replace(scenario(), name="trend")), result_of(replace(late, name="typed"))]


def values(table: pd.DataFrame) -> dict[tuple[str, str, int], float]:
    """The values of a long table by scenario, variable and year."""
    found = {
        (str(row.Scenario), str(row.Variable), int(row.Year)): float(row.Value)
        for row in table.itertuples()
    }
    assert len(found) == len(table), "no value is there twice"
    return found


def expected(results: list[Result]) -> dict[tuple[str, str, int], float]:
    """What the scorecards say, by the names that the docs give it."""
    found: dict[tuple[str, str, int], float] = {}
    for result in results:
        name, sheet = result.scenario.name, result.card.projection.plan.sheet
        told = variables(result.card.projection.plan)
        for row in result.card.rows.values():
            variable = told[row.name]
            if row.base is not None:
                found[name, variable, sheet.base_year] = row.base
            for ending, value in zip(QUANTILES, row.quantiles or (), strict=False):
                found[name, variable + ending, sheet.plan_year] = value
            if row.target.target is not None:
                found[name, f"{variable}|Plan", sheet.plan_year] = row.target.target
            if row.plan_chance is not None:
                found[name, f"{variable}|Chance", sheet.plan_year] = row.plan_chance
        plan, low, high = (
            result.card.count.plan,
            result.card.count.resolution_low,
            result.card.count.resolution_high,
        )
        assert plan is not None
        assert low is not None
        assert high is not None
        counts = {
            "Targets met|Plan": plan.mean,
            "Targets met|Plan|P5": plan.p05,
            "Targets met|Plan|P95": plan.p95,
            "Targets met|Plan|Scored": result.card.count.scored,
            "Targets met|Resolution|At least": low.mean,
            "Targets met|Resolution|At most": high.mean,
        }
        found |= {(name, key, sheet.plan_year): value for key, value in counts.items()}
    return found


def molten(wide: pd.DataFrame) -> pd.DataFrame:
    long = wide.melt([*INDEX], var_name="Year", value_name="Value").dropna(subset="Value")
    return long.astype({"Year": int})


def read_csv(content: bytes) -> pd.DataFrame:
    found = pd.read_csv(BytesIO(content), dtype=str)  # its own reading of numbers may miss a bit
    numbers = [column for column in found.columns if column not in INDEX]
    return found.assign(**{column: found[column].map(float) for column in numbers})


def read_excel(content: bytes) -> pd.DataFrame:
    return pd.read_excel(BytesIO(content), sheet_name=SHEET)


# Numbers


@few
@given(calm_scenarios())
def test_a_table_holds_every_number_of_the_scorecard_and_no_other(run):
    results = [result_of(run)]
    assert values(as_frame(results, wide=False)) == expected(results)


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    ("write", "read", "apart"),
    [(write_csv, read_csv, 0.0), (write_excel, read_excel, 1e-15)],
    ids=["csv", "xlsx"],
)
def test_a_file_gives_back_the_numbers_csv_to_the_last_bit_and_a_workbook_to_16_digits(
    wide: bool, write: Callable[..., None], read: Callable[[bytes], pd.DataFrame], apart: float
) -> None:
    results = runs()
    file = BytesIO()
    write(file, as_frame(results, wide=wide))
    found = read(file.getvalue())
    assert list(found.columns[: len(INDEX)]) == [*INDEX]
    found.columns = [str(column) for column in found.columns]
    told = values(molten(found) if wide else found)
    assert told == pytest.approx(expected(results), rel=apart, abs=0.0)


def test_a_wide_table_has_a_row_for_each_variable_in_the_plans_order() -> None:
    results = runs()
    wide, long = as_frame(results, wide=True), as_frame(results, wide=False)
    assert list(wide.columns) == [*INDEX, "2019", "2020"]
    assert list(long.columns) == [*COLUMNS]
    keys = ["Scenario", "Variable"]
    assert wide[keys].to_numpy().tolist() == long[keys].drop_duplicates().to_numpy().tolist()


def test_nothing_to_draw_leaves_the_value_of_the_central_run() -> None:
    result = result_of(scenario(), deterministic=True)
    rows = list(as_rows(result))
    growth = [row for row in rows if row["Variable"] == "Economy|GRDP growth"]
    assert growth[-1]["Value"] == result.card.rows["grdp_growth"].value
    assert not any(row["Variable"].endswith(("|P10", "|Chance")) for row in rows)


# Names


def test_a_variable_is_sector_and_indicator_and_a_part_stands_below_its_whole() -> None:
    told = variables(shipped_plan())
    assert told["grdp_growth"] == "Economy|GRDP growth"
    assert told["domestic_revenue"] == f"{told['budget_revenue']}|Domestic revenue"
    assert len(set(told.values())) == len(told)


@given(st.lists(st.sampled_from(["Visitors", "of which guests", "A|B", "P10", "Plan"]), min_size=1))
def test_no_two_targets_share_a_variable_whatever_their_titles(titles):
    plan = titled(titles)
    told = variables(plan)
    assert len(set(told.values())) == len(told) == len(plan.targets)
    assert all(len(variable.split("|")) <= 3 for variable in told.values())


def titled(titles: list[str]) -> Plan:
    """The shipped plan's first targets under other titles."""
    plan = shipped_plan()
    pairs = zip(list(plan.targets.values()), titles, strict=False)
    targets = {row.name: row.model_copy(update={"title_en": title}) for row, title in pairs}
    return replace(plan, targets=targets)


# pyam

READ = """
import json, sys, warnings
warnings.simplefilter("ignore")
import pyam
print(json.dumps([pyam.IamDataFrame(path).data.to_dict("list") for path in sys.argv[1:]]))
"""


@pytest.fixture
def pyam() -> str:
    """The Python of an environment that holds tests/pyam.txt, as the variable PYAM names it."""
    python = os.environ.get("PYAM")
    if python is None:
        pytest.skip("no PYAM=PYTHON of an environment with tests/pyam.txt")
    return python


def test_pyam_reads_what_is_written(tmp_path: Path, pyam: str) -> None:
    """In a process of its own, which also may write to its user's home."""
    results = runs()
    paths = []
    for ending, write in (("csv", write_csv), ("xlsx", write_excel)):
        for wide in (True, False):
            path = tmp_path / f"{wide}.{ending}"
            with path.open("wb") as file:
                write(file, as_frame(results, wide=wide))
            paths.append(str(path))
    ran = subprocess.run(
        [pyam, "-c", READ, *paths],
        env={**os.environ, "HOME": str(tmp_path), "MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert len(told) == len(paths)
    for columns in told:
        keys = zip(columns["scenario"], columns["variable"], columns["year"], strict=True)
        pairs = zip(keys, columns["value"], strict=True)
        # Of a wide table pyam keeps the cells that hold nothing.
        found = {key: value for key, value in pairs if not math.isnan(value)}
        assert found == pytest.approx(expected(results), rel=1e-14)
        assert set(columns["region"]) == {"Điện Biên province"}
        assert set(columns["unit"]) >= {"billion_vnd", "percent_per_year", "probability", "targets"}
