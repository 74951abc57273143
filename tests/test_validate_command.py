"""Does `simulator validate` print the backtest in every format, and fail in words?"""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from simulator.cli import app
from simulator.insight.validation_rows import COLUMNS
from simulator.language import say
from simulator.problem_words import phrase, problem_text
from simulator.records import InputError
from simulator.validation import read_outcomes
from tests.folders import copied
from tests.strategies import shipped_plan
from tests.validation.cases import HEADER, backtest, written

KNOWN = ("grdp_growth,2.5,percent_per_year,a later report", "exports,48,million_usd,the same")


def simulator(*words: str) -> Result:
    return CliRunner().invoke(app, ["validate", *words], prog_name="simulator")


def said(*words: str) -> str:
    result = simulator(*words)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refused(*words: str) -> str:
    result = simulator(*words)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    return result.stderr


def rows_of(*words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said(*words, "--format", "csv"))))


def test_without_words_it_is_the_backtest_of_2019():
    text = said("--language", "en")
    assert text == said("trend", "--plan", "dien_bien_2019", "--language", "en")
    assert "13/30 = 43% (90%: 30–58%)" in text
    assert "+0.47" in text
    assert "−0.10" in text
    assert "10.5 spreads" in text
    assert "calibration, never skill" in text


def test_in_vietnamese_numbers_and_words_are():
    text = said()
    for part in ("13/30 = 43%", "+0,47", "không bao giờ là kỹ năng", "156.856,5", "hiệu chỉnh"):
        assert part in text
    assert say("validation.column.outcome", "vi") in text


def test_csv_and_json_hold_the_same_rows():
    rows = rows_of()
    found = json.loads(said("--format", "json"))
    assert list(rows[0]) == list(COLUMNS)
    assert (found["plan"], found["scenario"], found["outcomes"]) == (
        "dien_bien_2019", "trend", "outcomes.csv",
    )  # fmt: skip
    assert len(rows) == len(found["rows"])
    for line, row in zip(rows, found["rows"], strict=True):
        assert {key: line[key] for key in row if row[key] is None} == {
            key: "" for key in row if row[key] is None
        }
        for key, value in row.items():
            if isinstance(value, float):
                assert float(line[key]) == value


def test_totals_of_the_data_are_those_of_the_library():
    totals = {(row["rows"], row["name"]): row for row in rows_of() if row["part"] == "total"}
    whole = backtest().whole
    skill = whole.against("plan")
    row = totals["all", "skill_against_plan"]
    assert float(row["value"]) == skill.skill
    assert (float(row["low"]), float(row["high"])) == (skill.low, skill.high)
    assert totals["all", "coverage_80"]["count"] == "30"
    assert totals["without_shocks", "coverage_80"]["count"] == "27"
    assert [row["part"] for row in rows_of()].count("not_scored") == 16


@pytest.mark.parametrize("scenario", ["trend", "late_funds"])
def test_outcomes_of_2020_are_scored_for_any_scenario(tmp_path: Path, scenario: str):
    path = str(written(tmp_path, *KNOWN))
    found = json.loads(said(scenario, "--outcomes", path, "--format", "json"))
    assert found["plan"] == "dien_bien_2020"
    assert [row["name"] for row in found["rows"] if row["part"] == "outcome"] == [
        "grdp_growth", "exports",
    ]  # fmt: skip
    assert sum(row["part"] == "missing" for row in found["rows"]) == 71


def test_outcomes_dropped_into_a_plans_folder_are_found(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / "outcomes.csv").write_text(HEADER + "\n".join(KNOWN) + "\n", encoding="utf-8")
    found = json.loads(said("drought_severe", "--plan", str(folder), "--format", "json"))
    assert found["scenario"] == "drought_severe"
    assert sum(row["part"] == "outcome" for row in found["rows"]) == 2
    text = said("--plan", str(folder), "--language", "en")
    assert "No outcome yet for 71 targets" in text


def test_a_file_that_names_its_plan_is_validated_for_it(tmp_path: Path):
    path = tmp_path / "own.yaml"
    path.write_text("plan: dien_bien_2019\ndraws: 256\nchanges: {}\n", encoding="utf-8")
    found = json.loads(said(str(path), "--format", "json"))
    assert (found["plan"], found["draws"]) == ("dien_bien_2019", 256)


def test_a_plan_without_outcomes_says_how_to_give_them():
    assert "--outcomes FILE" in refused("--plan", "dien_bien_2020")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["visitor,900,thousand_visits,x"], ["known.csv:2", "unknown name", "visitors"]),
        (["visitors,900,persons,x"], ["known.csv:2", "thousand_visits"]),
        (["visitors,many,thousand_visits,x"], ["known.csv:2", "a number with a dot"]),
    ],
)
def test_a_bad_file_is_told_with_line_and_name(tmp_path: Path, rows: list[str], words: list[str]):
    text = refused("--outcomes", str(written(tmp_path, *rows)))
    for word in words:
        assert word in text


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "visitor,9,persons,x\n",
        HEADER + "zzz,9,persons,x\n",
        HEADER + "visitors,9,persons,x\n",
        HEADER + "exports,9,million_usd\n",
        HEADER + "exports,nan,million_usd,x\n",
        HEADER + "exports,9,million_usd,x\nexports,9,million_usd,x\n",
        HEADER + 'exports,9,million_usd,"x\n',
        "name,value,unit,sorce,sorce\n",
        'name,value,unit,source,printed\nretail_sales,14600,billion_vnd,x,"14.650,5 tỷ"\n',
        "name,value,unit,source,derivation\nexports,9,million_usd,x,[1: 5] + 1\n",
    ],
)
def test_problems_are_said_in_vietnamese(tmp_path: Path, text: str):
    path = tmp_path / "known.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_outcomes(path, shipped_plan())
    for problem in error.value.problems:
        assert phrase(problem.wrong) is not None, problem.wrong
        assert " là not " not in problem_text(problem, "vi")
    told = refused("--outcomes", str(path), "--language", "vi")
    assert "is not" not in told
    assert "unknown" not in told


@pytest.mark.parametrize("words", [("nowhere",), ("--plan", "nowhere"), ("--outcomes", "none.csv")])
def test_what_is_not_there_is_told(words: tuple[str, ...]):
    assert refused(*words)


def test_a_sweep_is_no_one_run(tmp_path: Path):
    path = tmp_path / "sweep.yaml"
    path.write_text("sweep: {grid: {export_growth: [0.1, 0.2]}}\n", encoding="utf-8")
    assert "one run" in refused(str(path))


def test_a_broken_plan_folder_is_told_and_nothing_is_printed(tmp_path: Path):
    folder = tmp_path / "plan"
    copied(tmp_path)
    (folder / "facts.csv").unlink()
    assert "facts.csv" in refused("--plan", str(folder))
