"""Does a summary say of many scenarios what reading their results one by one would say?"""

import io
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import Result as Called
from scipy.stats import spearmanr
from typer.testing import CliRunner

from simulator.batch import Overrides, read_runs
from simulator.cli import app
from simulator.cli.run_output import Format
from simulator.likelihood import likely_from
from simulator.run import Workshop
from simulator.summary import Summary, read_chances, summarize
from tests.batch.batches import WORKSHOP, batch
from tests.folders import copied
from tests.scenario_texts import write
from tests.strategies import shipped_plan

DRAWS = 64
GRID = {
    "services_growth": [0.05, 0.06, 0.065, 0.07, 0.08],
    "price_growth": [0.02, 0.03, 0.04],
    "pig_biosecurity": [0.2, 0.4, 0.6, 0.8],
}
"""Sixty runs: more than a group of rows holds."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results in both formats of a sweep and of a scenario that changes something else."""
    place = tmp_path_factory.mktemp("summary")
    (place / "in").mkdir()
    write(place / "in", "swept", f"sweep: {{grid: {json.dumps(GRID)}}}\n")
    write(place / "in", "other", "changes: {drought_severity: 0.5}\n")
    for form in (Format.csv, Format.parquet):
        options: dict[str, Any] = {"overrides": Overrides(draws=DRAWS), "format": form}
        assert batch(place / "in", place / form.value, **options) == 0
    return place


@pytest.fixture(scope="module")
def table(folder: Path) -> pd.DataFrame:
    """The chances as pandas reads them: a row for each scenario, a column for each target."""
    read = pd.read_parquet(folder / "parquet" / "results.parquet")
    rows = read[read["role"] == "target"]
    order = {"index": list(rows["scenario"].unique()), "columns": list(rows["name"].unique())}
    return rows.pivot(index="scenario", columns="name", values="plan_chance").reindex(**order)


def summary(folder: Path, most: int = 5) -> Summary:
    return summarize(read_chances(folder), shipped_plan(), most)


def test_what_is_said_of_a_target_is_what_its_column_says(
    folder: Path, table: pd.DataFrame
) -> None:
    found = {row.name: row for row in summary(folder / "parquet").targets}
    chances = table.dropna(axis="columns", how="all")
    assert list(found) == list(chances.columns)
    for name, column in chances.items():
        row = found[str(name)]
        assert row.likely == (column >= likely_from()).sum()
        assert (row.best_chance, row.worst_chance) == (column.max(), column.min())
        assert table.loc[row.best, name] == column.max()
        assert table.loc[row.worst, name] == column.min()
        assert row.mean_regret == pytest.approx((column.max() - column).mean(), abs=1e-12)


def test_the_number_met_is_that_of_each_run_alone(folder: Path) -> None:
    found = summary(folder / "parquet", most=100)
    runs, _ = read_runs(sorted((folder / "in").glob("*.yaml")), Workshop(), Overrides(draws=DRAWS))
    means = {}
    for run in runs:
        count = WORKSHOP.run(run).card.count
        assert count.plan is not None
        assert count.scored == found.scored
        means[run.name] = count.plan.mean
    assert found.scenarios == len(means) == 61
    assert {row.scenario for row in found.best} == set(means)
    best = max(means.values())
    for row in found.best:
        assert row.expected_met == pytest.approx(means[row.scenario])
        assert row.regret == pytest.approx(best - means[row.scenario])
    numbers = [row.expected_met for row in found.best]
    assert numbers == sorted(numbers, reverse=True)
    assert [row.expected_met for row in found.worst] == sorted(numbers)
    assert found.mean_regret == pytest.approx(np.mean([row.regret for row in found.best]))


def test_what_decides_is_spearmans_correlation(folder: Path, table: pd.DataFrame) -> None:
    found = {row.name: row for row in summary(folder / "csv", most=100).targets}
    changes = pd.read_csv(folder / "csv" / "changes.csv")
    centres = changes.pivot(index="scenario", columns="assumption", values="centre")
    centres = centres.reindex(table.index)
    for name in centres.columns:
        usual = shipped_plan().catalogue.default(str(name)).centre
        centres[name] = centres[name].fillna(usual)
    assert set(centres.columns) == {*GRID, "drought_severity"}
    for target, row in found.items():
        told = {one.assumption: one.correlation for one in row.deciders}
        strengths = [abs(one.correlation) for one in row.deciders]
        assert strengths == sorted(strengths, reverse=True)
        for name in centres.columns:
            if np.ptp(table[target]):
                expected = spearmanr(centres[name], table[target]).statistic
                assert told.get(str(name), 0.0) == pytest.approx(expected, abs=1e-12)
    assert found["livestock_herd"].deciders[0].assumption == "pig_biosecurity"


def test_both_formats_say_the_same(folder: Path) -> None:
    assert asdict(summary(folder / "csv")) == asdict(summary(folder / "parquet"))


# The command


def simulator(*words: str) -> Called:
    return CliRunner().invoke(app, list(words), prog_name="simulator")


def test_the_command_prints_a_table_in_each_language(folder: Path) -> None:
    vi = simulator("summarize", str(folder / "parquet"))
    en = simulator("summarize", str(folder / "parquet"), "--language", "en")
    assert (vi.exit_code, en.exit_code) == (0, 0)
    assert "61 kịch bản" in vi.stdout
    assert "Kịch bản tốt nhất" in vi.stdout
    assert "61 scenarios" in en.stdout
    assert "Biosecurity" in en.stdout


def test_json_and_csv_hold_what_the_summary_says(folder: Path) -> None:
    words = ["summarize", str(folder / "parquet"), "--most", "2"]
    found = json.loads(simulator(*words, "--format", "json").stdout)
    told = asdict(summary(folder / "parquet", most=2))
    assert found.pop("plan") == "dien_bien_2020"
    assert found == json.loads(json.dumps(told))
    rows = pd.read_csv(io.StringIO(simulator(*words, "--format", "csv").stdout))
    assert list(rows["target"]) == [row["name"] for row in told["targets"]]
    assert list(rows["likely"]) == [row["likely"] for row in told["targets"]]
    assert set(rows["scenarios"]) == {61}


def refused(*words: str) -> str:
    found = simulator("summarize", *words)
    assert (found.exit_code, found.stdout, found.stderr.count("\n")) == (2, "", 1)
    return found.stderr


def test_what_is_no_folder_of_results_is_told(folder: Path, tmp_path: Path) -> None:
    assert "holds no results.parquet and no results.csv" in refused(str(tmp_path / "nowhere"))
    (tmp_path / "results.parquet").write_bytes(b"no parquet")
    assert "cannot be read" in refused(str(tmp_path))
    (tmp_path / "results.parquet").unlink()
    (tmp_path / "results.csv").write_text("a,b\n1,2\n")
    assert "cannot be read" in refused(str(tmp_path))
    shutil.copy(folder / "csv" / "results.csv", tmp_path)
    assert "holds no changes.parquet and no changes.csv" in refused(str(tmp_path))


def test_the_central_run_has_no_chances_to_summarize(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", "own", "changes: {}\n")
    batch(tmp_path / "in", tmp_path / "out", deterministic=True)
    assert "holds no results of draws" in refused(str(tmp_path / "out"))


def test_results_of_several_plans_are_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", "a", "changes: {}\n")
    write(tmp_path / "in", "b", "plan: dien_bien_2019\n")
    batch(tmp_path / "in", tmp_path / "out")
    assert "holds results of several plans" in refused(str(tmp_path / "out"))


def test_results_of_a_plan_elsewhere_are_read_with_it(tmp_path: Path) -> None:
    plan = copied(tmp_path).rename(tmp_path / "other_plan")
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", "a", f"plan: {plan}\nchanges: {{services_growth: 0.05}}\n")
    write(tmp_path / "in", "b", f"plan: {plan}\nchanges: {{services_growth: 0.08}}\n")
    batch(tmp_path / "in", tmp_path / "out")
    assert simulator("summarize", str(tmp_path / "out"), "--plan", str(plan)).exit_code == 0
