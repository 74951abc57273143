"""Do the shipped scenarios still give the scorecards that were last looked at?"""

import csv
from functools import cache

import pytest

from simulator.run import Result
from simulator.scenario_file import shipped_scenarios
from tests.expected.write import COLUMNS, FOLDER, rows, shipped_results

MEDIANS = 1e-6
"""Relative; other versions of NumPy and SciPy differ in the last digits."""
CHANCES = 0.001
"""Four draws of 4096 that lie on the edge of a target."""


@cache
def results() -> dict[str, Result]:
    return {result.scenario.name: result for result in shipped_results()}


def expected(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_shipped_scenario_and_nothing_else_has_an_expected_scorecard():
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(shipped_scenarios())


def test_expected_scorecards_are_of_the_default_draws_and_seed():
    assert {(r.scenario.draws, r.scenario.seed) for r in results().values()} == {(4096, 20191231)}


@pytest.mark.parametrize("name", sorted(shipped_scenarios()))
def test_a_shipped_scenario_gives_its_expected_scorecard(name):
    found, wanted = rows(results()[name]), expected(name)
    assert [row["name"] for row in found] == [row["name"] for row in wanted]
    assert set(wanted[0]) == set(COLUMNS)
    for row, kept in zip(found, wanted, strict=True):
        for column in ("p50", "plan_chance", "distance"):
            where = f"{row['name']} {column}"
            if row[column] is None:
                assert kept[column] == "", where
                continue
            slack = CHANCES if column == "plan_chance" else MEDIANS * abs(row["p50"]) + 1e-9
            assert row[column] == pytest.approx(float(kept[column]), rel=0, abs=slack), where
