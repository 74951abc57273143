"""Is every problem that reading a scenario can tell said in Vietnamese too?"""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from simulator.cli import app
from simulator.problem_words import phrase, problem_text, said_name
from simulator.records import InputError, Problem
from simulator.resources import PACKAGE
from simulator.scenario import draws_problem, number_problem, read_setting
from simulator.scenario_file import parse_scenario, read_scenario
from simulator.unroll import unroll
from tests.scenario_texts import BAD_TEN, anything, file_text, problems_of, vocabulary
from tests.strategies import catalogue

PLACE = r"\{[a-z]+\}"

MORE_BAD = {
    "tab": "changes:\n\tservices_growth: 0.07\n",
    "colons": "changes: services_growth: 0.07\n",
    "unclosed": "changes: [0.07\n",
    "unclosed_text": 'title: {vi: "a\n',
    "unclosed_map": "changes: {services_growth: 0.07\n",
    "no_colon": "changes:\n  services_growth 0.07\n  price_growth: 0.03\n",
    "at": "changes: @x\n",
    "two": "draws: 64\n---\ndraws: 64\n",
    "rest": "draws: 64\n...\nx: 1\n",
    "tag": "draws: !!python/object x\n",
    "deep": "changes: " + "[" * 20 + "]" * 20 + "\n",
    "merge": "<<: 1\n",
    "number_key": "changes:\n  0.06: 1\n",
    "odd_key": "? [a]\n: 1\n",
    "control": 'title: {vi: "\\x07", en: b}\n',
    "digits": "draws: " + "1" * 500 + "\n",
    "list": "- 1\n",
    "text": "abc\n",
    "null": "draws:\nchanges:\ntitle:\nbecause:\nextends:\nplan:\nseed:\nsolve:\nsweep:\n"
    "typed_baselines:\n",
    "types": "draws: a\nseed: -1\nsolve: x\nchanges: 1\ntitle: 3\nbecause: 4\nextends: 5\nplan: 6\n"
    "sweep: 7\ntyped_baselines: 8\n",
    "inner": "title: {vi: 3, e: x}\nbecause: {vi: 1}\nextends: [1]\nsweep: {grd: 1}\n",
    "draws": "draws: 100\n",
    "settings": "changes:\n  services_growth: {fixed: a}\n  price_growth: {p10: 9, p50: 1, p90: 1}\n"
    "  human_epidemic: {p10: 0, p50: 0, p90: 0}\n  drought_severity: 9%\n"
    "  restocking: [1]\n  foreign_capital_disbursement: {p10: 0, p50: 0.5, p90: 1}\n"
    "  visitors_growth: true\n  retail_growth:\n",
    "switch": "changes:\n  human_epidemic: {fixed: 0.5}\n",
    "baselines": "typed_baselines:\n  grdp_growth: 1\n",
    "two_sweeps": "sweep: {grid: {price_growth: [1]}, list: []}\n",
    "grid": "sweep: {grid: 3}\n",
    "grid_values": "sweep: {grid: {price_growth: [], services_growth: 3}}\n",
    "grid_doubled": "sweep: {grid: {price_growth: [0.03, 0.03]}}\n",
    "points": "sweep: {list: []}\n",
    "point_forms": "sweep: {list: [3, {nam: 1}, {changes: 3}, {name: 1, changes: {}}]}\n",
    "extends": "extends: nowhere\n",
    "extends_sweep": "extends: points_inside\n",
    "observations": "observations:\n  - {quantity: visitors}\n  - 3\n"
    "  - {quantity: visitor, kind: final, value: 1, unit: x, date: 2020-12-31, source: a}\n"
    "  - {quantity: visitors, kind: finl, value: a, unit: 3, date: 2020, source: a, by: b}\n"
    "  - {quantity: visitors, kind: to_date, value: 0, unit: visits, date: 2020-12-31, source: a}\n"
    "  - {quantity: visitors, kind: to_date, value: -1, unit: visits, date: 2020-12-31, source: a}\n"
    "  - {quantity: visitors, kind: to_date, value: 1, unit: visit, date: 2020-12-31, source: a}\n"
    "  - {quantity: visitors, kind: to_date, value: 1, unit: visits, date: 2019-12-31, source: a}\n"
    "  - {quantity: food_output, kind: to_date, value: 1, unit: t, date: 2020-12-31, source: a}\n",
    "as_of": "as_of: soon\n",
    "differ": "extends: [late_funds, full_disbursement]\n",
}


def said(problem: Problem) -> list[str]:
    """The parts of a problem that no Vietnamese is known for."""
    unsaid = [part for part in (problem.wrong, problem.allowed) if part and phrase(part) is None]
    return unsaid if said_name(problem.name) is not None else [*unsaid, problem.name]


@pytest.mark.parametrize("name", BAD_TEN)
def test_the_bad_ten_are_said_in_vietnamese(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(BAD_TEN[name][0])
    problems = problems_of(path)
    assert problems
    assert not [part for problem in problems for part in said(problem)]


@pytest.mark.parametrize("name", MORE_BAD)
def test_whatever_is_wrong_with_a_file_is_said_in_vietnamese(name: str, tmp_path: Path) -> None:
    (tmp_path / "points_inside.yaml").write_text("sweep: {grid: {price_growth: [0.03]}}\n")
    path = tmp_path / f"{name}.yaml"
    path.write_text(MORE_BAD[name], encoding="utf-8")
    problems = problems_of(path)
    assert problems
    assert not [part for problem in problems for part in said(problem)]


def test_a_file_that_cannot_be_read_is_told_in_vietnamese(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(InputError) as caught:
            read_scenario(path)
        assert not [part for problem in caught.value.problems for part in said(problem)]


def test_a_text_that_extends_what_is_not_shipped_is_told_in_vietnamese() -> None:
    with pytest.raises(InputError) as caught:
        parse_scenario("extends: mine\n", "x.yaml")
    assert not [part for problem in caught.value.problems for part in said(problem)]


@given(name=st.sampled_from(sorted(catalogue())), value=anything)
def test_any_value_of_an_assumption_is_taken_or_refused_in_vietnamese(
    name: str, value: object
) -> None:
    found = read_setting(value, catalogue()[name])
    if isinstance(found, tuple):
        assert all(phrase(part) for part in found)


@given(value=anything, low=st.floats(-10, 0), high=st.floats(1, 10) | st.just(float("inf")))
def test_any_number_is_taken_or_refused_in_vietnamese(
    value: object, low: float, high: float
) -> None:
    for part in number_problem(value, low, high, "share") or ():
        assert phrase(part)


@given(draws=st.integers())
def test_any_number_of_draws_is_taken_or_refused_in_vietnamese(draws: int) -> None:
    for part in draws_problem(draws) or ():
        assert phrase(part)


@given(
    key=st.sampled_from(
        [
            "title",
            "because",
            "extends",
            "plan",
            "draws",
            "seed",
            "solve",
            "changes",
            "sweep",
            "observations",
            "as_of",
        ]
    ),
    value=anything,
)
def test_any_value_of_a_key_is_taken_or_refused_in_vietnamese(key: str, value: object) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        unroll(parse_scenario(file_text(**{key: value}), "x.yaml"), vocabulary())
    except InputError as error:
        problems = error.problems
    assert not [part for problem in problems for part in said(problem)]


def test_a_misspelled_name_is_told_with_its_line_and_the_nearest() -> None:
    problem = Problem(
        "x.yaml", 7, "foreign_capital_disbursment", "unknown assumption", "a name", "foreign_x"
    )
    told = "“foreign_capital_disbursment” không có; gần nhất là foreign_x."
    assert problem_text(problem, "vi", file=False) == f"Dòng 7: {told}"
    assert problem_text(problem, "vi") == f"x.yaml, dòng 7: {told}"
    assert problem_text(problem, "en") == str(problem)
    assert problem_text(problem, "en", file=False).startswith("Line 7: foreign_capital_disbursment")


def test_an_unknown_phrase_is_told_as_it_is() -> None:
    assert problem_text(Problem("x", None, "", "odd thing"), "vi") == "x: odd thing."


def test_an_upload_for_another_plan_or_of_many_runs_is_refused_in_vietnamese() -> None:
    for part in ("is for the plan other_plan", "many runs", "a file of one run"):
        assert phrase(part)


def test_the_vietnamese_of_a_phrase_has_the_places_of_the_english() -> None:
    with (PACKAGE / "texts" / "problems.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert set(re.findall(PLACE, row["vi"])) <= set(re.findall(PLACE, row["en"])), row


def test_the_command_tells_problems_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(BAD_TEN["unknown_assumption"][0])
    for asked, expected in (
        (
            ("--language", "vi"),
            "dòng 3: “drougth_severity” không có; gần nhất là drought_severity.",
        ),
        (("--language", "en"), "drougth_severity: unknown assumption"),
        ((), "drougth_severity: unknown assumption"),
    ):
        result = CliRunner().invoke(app, ["run", str(path), *asked])
        assert expected in result.stderr
        assert result.exit_code == 1
