"""Do `simulator seek` and `simulator compare` answer in every format, and fail in words?"""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from simulator.cli import app
from simulator.compare import COLUMNS
from simulator.public_funds import MASTER, PUBLIC_FUNDS

SMALL = "draws: 256\nchanges: {}\n"
INVESTMENT = ("--target", "total_investment")


def simulator(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), prog_name="simulator")


def said(code: int, *words: str) -> str:
    """What a command prints that ends with a code, without a word of complaint."""
    result = simulator(*words)
    assert (result.exit_code, result.stderr) == (code, ""), result.output
    return result.stdout


def refused(*words: str) -> str:
    result = simulator(*words)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    return result.stderr


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return str(path)


def chance(name: str, target: str) -> float:
    found = json.loads(said(0, "run", name, "--format", "json"))
    return next(row["plan_chance"] for row in found["targets"] if row["name"] == target)


# Seek


def test_a_written_solution_reaches_the_chance_when_it_is_run(small: str, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "found.yaml"
    levers = ("--lever", MASTER, "--lever", "non_state_investment_growth")
    words = ("seek", small, *INVESTMENT, "--chance", "0.5", *levers, "--out", str(out))
    found = json.loads(said(0, *words, "--format", "json"))
    assert found["reached"]
    assert set(found["solution"]) <= {*PUBLIC_FUNDS, "non_state_investment_growth"}
    assert chance(str(out), "total_investment") == found["goals"][0]["after"] >= 0.5
    again = json.loads(said(0, "run", str(out), "--format", "json"))
    assert (again["seed"], again["draws"]) == (found["seed"], found["draws"])


def test_the_same_words_get_the_same_answer(small: str) -> None:
    words = ("seek", small, *INVESTMENT, "--chance", "0.1", "--lever", MASTER, "--format", "json")
    assert said(0, *words) == said(0, *words)


def test_what_is_out_of_reach_is_said_and_not_written(small: str, tmp_path: Path) -> None:
    out = tmp_path / "found.yaml"
    words = ("seek", small, *INVESTMENT, "--chance", "0.66", "--lever", MASTER, "--out", str(out))
    found = json.loads(said(1, *words, "--format", "json"))
    assert not out.exists()
    assert (found["reached"], found["limits"]) == (False, [MASTER])
    assert "solution" not in found
    assert found["best"] == dict.fromkeys(PUBLIC_FUNDS, 1.0)
    english = said(1, *words, "--language", "en")
    assert "Not reachable" in english
    assert "The binding limit: All public funds together = +45.00 points" in english
    vietnamese = said(1, *words)
    assert "Giới hạn chặn lại: Tất cả các nguồn vốn công = +45,00 điểm %" in vietnamese


def test_the_chance_that_is_wanted_is_that_of_likely_unless_it_is_said(small: str) -> None:
    words = ("seek", small, "--target", "forest_cover", "--lever", "forest_cover_gain")
    (goal,) = json.loads(said(0, *words, "--format", "json"))["goals"]
    assert goal["wanted"] == 0.66


def test_each_target_may_have_its_own_chance_and_a_number_may_be_expected(small: str) -> None:
    words = ("seek", small, "--target", "forest_cover", "--target", "retail_sales")
    levers = ("--lever", "forest_cover_gain", "--lever", "retail_growth")
    asked = ("--chance", "0.9", "--chance", "0.6", "--expected", "20.2")
    found = json.loads(said(0, *words, *levers, *asked, "--format", "json"))
    assert [goal["wanted"] for goal in found["goals"]] == [0.9, 0.6, 20.2]
    assert all(goal["after"] >= goal["wanted"] for goal in found["goals"])
    assert found["goals"][2]["measure"] == "expected_met"
    english = said(0, *words, *levers, *asked, "--language", "en")
    assert "At least 20.2 targets expected to be met: reached" in english
    assert "Smallest change found" in english


def test_a_cost_makes_a_lever_move_less(small: str) -> None:
    levers = ("--lever", "local_capital_plan_growth", "--lever", "non_state_investment_growth")
    words = ("seek", small, *INVESTMENT, "--chance", "0.5", *levers, "--format", "json")

    def moved(*costs: str) -> float:
        moves = json.loads(said(0, *words, *costs))["moves"]
        return next(m["spreads"] for m in moves if m["lever"] == "non_state_investment_growth")

    assert moved("--cost", "non_state_investment_growth=2") < moved()


def test_a_goal_that_is_reached_and_a_lever_that_does_nothing_are_said(small: str) -> None:
    words = ("seek", small, "--target", "forest_cover", "--language", "en")
    english = said(0, *words, "--chance", "0.1", "--lever", "forest_cover_gain")
    assert "No change is needed." in english
    idle = said(1, *words, "--chance", "0.9", "--lever", "retail_growth")
    assert "Retail sales growth, nominal: nothing that is sought rests on it" in idle
    assert "No value of these levers comes nearer." in idle
    far = said(0, *words, "--chance", "1", "--lever", "forest_cover_gain")
    assert "Outside the range of the evidence" in far


def test_the_plan_solve_is_a_place_to_begin(tmp_path: Path) -> None:
    path = tmp_path / "solved.yaml"
    path.write_text("draws: 256\nsolve: plan\n", encoding="utf-8")
    words = ("seek", str(path), "--target", "forest_cover", "--lever", "forest_cover_gain")
    out = tmp_path / "found.yaml"
    found = json.loads(said(0, *words, "--out", str(out), "--format", "json"))
    assert set(found["solution"]) == {"forest_cover_gain"}
    assert chance(str(out), "forest_cover") == found["goals"][0]["after"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*INVESTMENT, "--lever", "all_public_fund"), "all_public_funds"),
        (("--target", "total_investmen", "--lever", MASTER), "total_investment"),
        ((*INVESTMENT, "--chance", "66", "--lever", MASTER), "66% is 0.66"),
        ((*INVESTMENT, "--chance", ".1", "--chance", ".2", "--lever", MASTER), "given 2 times"),
        (("--lever", MASTER), "--target or --expected"),
        (("--expected", "99", "--lever", MASTER), "at most 41"),
        ((*INVESTMENT, "--lever", MASTER, "--cost", "retail_growth=2"), "is no --lever"),
        ((*INVESTMENT, "--lever", MASTER, "--cost", MASTER), "has no cost"),
        ((*INVESTMENT, "--lever", MASTER, "--cost", f"{MASTER}=dear"), "cost 'dear'"),
        ((*INVESTMENT, "--lever", MASTER, "--cost", f"{MASTER}=-1"), "cost -1"),
        ((*INVESTMENT, "--lever", MASTER, *["--lever", "x"] * 2), "unknown lever"),
        ((*INVESTMENT, *(part for n in range(21) for part in ("--lever", f"l{n}"))), "at most 20"),
    ],
)
def test_a_wrong_question_is_refused_in_words(small: str, words: Any, told: str) -> None:
    assert told in refused("seek", small, *words)


def test_a_scenario_that_is_not_there_and_a_file_that_cannot_be_written_are_told(
    small: str, tmp_path: Path
) -> None:
    assert "trend" in refused("seek", "trendd", *INVESTMENT, "--lever", MASTER)
    words = ("--target", "forest_cover", "--lever", "forest_cover_gain")
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    assert "cannot be written" in refused("seek", small, *words, "--out", str(taken / "f.yaml"))


# Compare


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    changes = {
        "first": "{}",
        "late": "{local_balance_disbursement: 0.7}",
        "sick": "{human_epidemic: {fixed: 1}}",
    }
    for name, change in changes.items():
        text = f"title: {{en: The {name}}}\ndraws: 256\nchanges: {change}\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return [str(tmp_path / f"{name}.yaml") for name in changes]


def test_a_comparison_shows_only_inputs_that_differ(three: list[str]) -> None:
    english = said(0, "compare", *three, "--language", "en")
    inputs = english.partition("Outcomes that differ")[0]
    assert "Disbursed share: local budget balance" in inputs
    assert "exactly 100%" in inputs
    assert "Retail sales growth" not in inputs
    assert "The late" in english
    assert "Expected to meet of 41 plan targets" in english
    assert "Giả định khác nhau" in said(0, "compare", *three)


def test_a_comparison_is_handed_over_as_csv_json_and_markdown(three: list[str]) -> None:
    table = list(csv.DictReader(io.StringIO(said(0, "compare", *three, "--format", "csv"))))
    assert tuple(table[0]) == COLUMNS
    assert {row["scenario"] for row in table} == {"first", "late", "sick"}
    document = json.loads(said(0, "compare", *three, "--format", "json"))
    assert [row["scenario"] for row in document["scenarios"]] == ["first", "late", "sick"]
    assert len(document["rows"]) == len(table)
    markdown = said(0, "compare", *three, "--format", "markdown", "--language", "en")
    assert markdown.count("## ") == 4
    assert "| Input | The first | The late | The sick |" in markdown


def test_the_points_of_a_sweep_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "swept.yaml"
    text = "draws: 64\nsweep: {grid: {forest_cover_gain: [0.1, 0.5]}}\n"
    path.write_text(text, encoding="utf-8")
    document = json.loads(said(0, "compare", str(path), "--format", "json"))
    assert len(document["scenarios"]) == 2


def test_scenarios_that_say_the_same_are_told_to_differ_in_nothing(three: list[str]) -> None:
    twin = Path(three[0]).with_name("twin.yaml")
    twin.write_bytes(Path(three[0]).read_bytes())
    same = said(0, "compare", three[0], str(twin), "--language", "en")
    assert same.count("No difference.") == 3
    markdown = said(0, "compare", three[0], str(twin), "--language", "en", "--format", "markdown")
    assert markdown.count("No difference.") == 3


def test_too_few_wrong_and_unknown_scenarios_are_refused(three: list[str], tmp_path: Path) -> None:
    assert "2 to 6" in refused("compare", three[0])
    assert "late_funds" in refused("compare", "trend", "late_fund")
    bad = tmp_path / "bad.yaml"
    bad.write_text("changes: {forest_cover_gain: 99}\n", encoding="utf-8")
    assert "out of range" in refused("compare", three[0], str(bad))


# Breaks


def test_what_breaks_a_target_is_said_in_every_format(small: str) -> None:
    words = ("breaks", small, "--target", "visitors")
    found = json.loads(said(0, *words, "--format", "json"))
    assert {row["assumption"] for row in found["rows"]} == {"visitor_growth"}
    rows = list(csv.DictReader(io.StringIO(said(0, *words, "--format", "csv"))))
    assert [float(row["density"]) for row in rows] == [row["density"] for row in found["rows"]]
    assert "Phần số lần không đạt" in said(0, *words)
    assert "Missed" in said(0, *words, "--language", "en")


def test_a_target_judged_by_the_record_says_so(small: str) -> None:
    words = ("breaks", small, "--target", "city_class_two", "--language", "en")
    assert "judged by the record" in said(0, *words)


def test_an_unknown_target_is_refused_with_the_nearest(small: str) -> None:
    assert "did you mean 'visitors'?" in refused("breaks", small, "--target", "visitor")
    assert "is needed" in refused("breaks", small)
