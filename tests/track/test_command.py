"""Do `simulator track` and scenarios with observations answer in every format, and fail in words?"""

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from simulator.cli import app
from simulator.cockpit.uploads import uploaded_moves
from simulator.observation_file import read_observations
from simulator.records import InputError
from simulator.run import Workshop
from simulator.track import watch
from tests.strategies import shipped_model

FIELDS = "quantity,kind,value,unit,date,source"
ODA = "foreign_capital_disbursement,to_date,0.22,percent,2020-10-31,the report"
LATE = "visitors,final,930,thousand_visits,2020-12-31,a book"
SCENARIO = """draws: 256
observations:
  - {quantity: foreign_capital_disbursement, kind: to_date, value: 0.0022, unit: share,
     date: 2020-10-31, source: the report}
  - {quantity: visitors, kind: final, value: 930, unit: thousand_visits, date: 2020-12-31,
     source: a book}
"""


def simulator(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), prog_name="simulator")


def said(*words: str) -> str:
    result = simulator(*words)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "seen.csv"
    path.write_text("\n".join((FIELDS, ODA, LATE, "")), encoding="utf-8")
    return str(path)


@pytest.fixture
def tracked(tmp_path: Path) -> str:
    path = tmp_path / "year.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return str(path)


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.yaml"
    path.write_text("draws: 256\n", encoding="utf-8")
    return str(path)


def target(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(row for row in found["targets"] if row["name"] == name)


def test_a_file_of_observations_is_a_scenario_with_them(
    table: str, tracked: str, small: str
) -> None:
    beside = json.loads(said("track", small, "--observations", table, "--format", "json"))
    inside = json.loads(said("track", tracked, "--format", "json"))
    assert target(beside, "visitors")["plan_chance"] == 1
    assert beside["count"]["plan"] == inside["count"]["plan"]
    chances = [[row["plan_chance"] for row in found["targets"]] for found in (beside, inside)]
    assert chances[0] == chances[1]
    run = json.loads(said("run", tracked, "--format", "json"))
    assert run == inside


def test_a_run_learns_and_its_hash_covers_what_was_seen(tracked: str, small: str) -> None:
    plain = json.loads(said("run", small, "--format", "json"))
    learned = json.loads(said("run", tracked, "--format", "json"))
    assert "tracking" not in plain
    assert learned["hash"] != plain["hash"]
    assert target(learned, "visitors")["plan_chance"] == 1
    told = learned["tracking"]["observations"]
    assert [row["quantity"] for row in told] == ["foreign_capital_disbursement", "visitors"]
    assert told[0]["outside_nine_in_ten"]
    rows = list(csv.DictReader(io.StringIO(said("run", tracked, "--format", "csv"))))
    (visitors,) = [row for row in rows if row["name"] == "visitors" and row["role"] == "target"]
    assert float(visitors["plan_chance"]) == 1
    assert float(visitors["p10"]) == float(visitors["p90"]) == 930


def test_a_replay_forgets_what_came_later(tracked: str, small: str) -> None:
    then = json.loads(said("track", tracked, "--as-of", "2020-01-31", "--format", "json"))
    plain = json.loads(said("run", small, "--format", "json"))
    assert then["targets"] == plain["targets"]
    assert then["hash"] == plain["hash"]
    assert [row["why"] for row in then["tracking"]["set_aside"]] == ["after_as_of"] * 2


def test_the_table_says_before_after_pace_and_surprises(small: str, table: str) -> None:
    words = ("track", small, "--observations", table)
    english = said(*words, "--language", "en")
    assert "Before and after what was observed" in english
    assert "Share paid: Foreign capital (ODA), 2020-10-31: outside what was expected" in english
    assert "0.7" in english
    vietnamese = said(*words)
    assert "Tiến độ" in vietnamese
    assert "nằm ngoài khoảng dự báo" in vietnamese
    only = said(*words, "--target", "visitors", "--language", "en")
    assert "Visitors" in only
    assert "Pace" not in only


def test_csv_has_a_row_a_target(small: str, table: str) -> None:
    text = said("track", small, "--observations", table, "--format", "csv")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == 73
    assert float(rows["visitors"]["plan_chance"]) == 1
    assert float(rows["visitors"]["prior_chance"]) < 0.9


def test_the_table_of_a_run_says_what_was_learned(tracked: str) -> None:
    assert "Draws that still count" in said("run", tracked, "--language", "en")


def test_questions_that_move_levers_refuse_a_tracked_year(tracked: str) -> None:
    for words in (("sensitivity", tracked), ("explain", "trend", tracked)):
        result = simulator(*words)
        assert result.exit_code == 2
        assert "does not learn from observations" in result.stderr
    result = simulator("run", tracked, "--deterministic")
    assert result.exit_code == 1
    assert "the central run cannot learn" in result.stderr


def test_an_upload_that_holds_observations_is_refused_rather_than_half_taken() -> None:
    with pytest.raises(InputError) as caught:
        uploaded_moves(Workshop(), "dien_bien_2020", "year.yaml", SCENARIO)
    (problem,) = caught.value.problems
    assert (problem.line, problem.name) == (2, "observations")


def test_several_runs_may_extend_a_tracked_year(tracked: str, tmp_path: Path) -> None:
    path = tmp_path / "more.yaml"
    path.write_text("extends: year\nas_of: 2020-11-30\n", encoding="utf-8")
    found = json.loads(said("run", str(path), "--format", "json"))
    assert [row["quantity"] for row in found["tracking"]["observations"]] == [
        "foreign_capital_disbursement"
    ]


BAD = {
    "quantity,kind,value,unit,date\n": "source: missing column",
    f"{FIELDS},price\n": "price: unknown column",
    f"{FIELDS}\nvisitor,final,1,visits,2020-12-31,a\n": ":2: visitor: cannot be observed here",
    f"{FIELDS}\nvisitors,finale,1,visits,2020-12-31,a\n": "unknown kind",
    f"{FIELDS}\nvisitors,final,1.249,94,visits,2020-12-31,a\n": "7 cells",
    f"{FIELDS}\nvisitors,final,'1.249',visits,2020-12-31,a\n": "not a number",
    f"{FIELDS}\nvisitors,final,1,visit,2020-12-31,a\n": "did you mean 'visits'?",
    f"{FIELDS}\nvisitors,final,1,visits,31/12/2020,a\n": "a day as 2020-10-31",
    f"{FIELDS}\nvisitors,to_date,1,visits,2019-12-31,a\n": "outside the plan's year",
    f"{FIELDS}\nvisitors,final,1,visits,1999-01-01,a\n": "before the plan's year",
    f"{FIELDS}\nlocal_balance_disbursement,year_end_estimate,90,percent,2035-01-01,a\n": (
        "outside the plan's year"
    ),
    f"{FIELDS}\nvisitors,revised_baseline,845000,thousand_visits,2020-03-01,a\n": "far from 845",
    f"{FIELDS}\nvisitors,final,1_430,visits,2020-12-31,a\n": "not a number",
    f"{FIELDS}\nvisitors,final,,visits,2020-12-31,a\n": "value: is missing",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_table_is_told_with_its_line_and_nothing_is_learned(
    text: str, small: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    result = simulator("track", small, "--observations", str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert BAD[text] in result.stderr


def test_every_bad_row_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"{FIELDS}\nx,final,1,u,2020-12-31,a\n{LATE}\ny,final,1,u,2020-12-31,a\n")
    with pytest.raises(InputError) as caught:
        read_observations(path, watch(shipped_model()))
    assert [(row.line, row.name) for row in caught.value.problems] == [(2, "x"), (4, "y")]


def test_a_yaml_list_says_the_same_as_the_table(table: str, tmp_path: Path) -> None:
    path = tmp_path / "seen.yaml"
    path.write_text(
        "- {quantity: foreign_capital_disbursement, kind: to_date, value: 0.22, unit: percent,\n"
        "   date: 2020-10-31, source: the report}\n"
        "- {quantity: visitors, kind: final, value: 930, unit: thousand_visits,\n"
        "   date: 2020-12-31, source: a book}\n",
        encoding="utf-8",
    )
    known = watch(shipped_model())
    rows = read_observations(path, known)
    assert rows == read_observations(Path(table), known)
    assert rows[0].date == datetime.date(2020, 10, 31)


def test_wrong_words_are_told(small: str, table: str) -> None:
    for words, wrong in (
        (("--as-of", "tomorrow"), "is no day"),
        (("--target", "visitor"), "did you mean 'visitors'?"),
        (("--observations", "nowhere.csv"), "cannot be read"),
    ):
        result = simulator("track", small, "--observations", table, *words)
        assert result.exit_code == 2
        assert wrong in result.stderr
    assert "kinds" not in said("list", "observables", "--language", "en")
