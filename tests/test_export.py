"""Does `simulator export` write what it says in one whole file, and nothing where something is wrong?"""

import csv
import json
import re
from pathlib import Path

import pytest

from simulator.figures import english, vietnamese
from simulator.handout.page import CHANCE_WITHIN, SETTINGS_TRIED, as_json
from tests.scenario_texts import write
from tests.test_cli import FAST, document, done, refused


def test_a_board_says_what_it_is_and_asks_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "board.html"
    assert done("export", str(path), *FAST) == ""
    text = path.read_text(encoding="utf-8")
    assert text.startswith('<!doctype html>\n<html lang="vi">')
    assert "default-src 'none'" in text
    found = set(re.findall(r"https?://[\w./-]+", text))
    assert found == {"http://www.w3.org/2000/svg"}, "a name of a language, which nothing fetches"
    assert document(*FAST)["hash"] in text
    assert len(text.encode()) < 2_000_000


def test_a_board_opens_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "board.html"
    done("export", str(path), "late_funds", "--language", "en", *FAST)
    text = path.read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert '"language":"en","changes":' in text


def test_a_table_holds_the_runs_that_were_asked_for(tmp_path: Path) -> None:
    long, wide = tmp_path / "long.csv", tmp_path / "wide.csv"
    done("export", str(long), "trend", "late_funds", *FAST)
    done("export", str(wide), "trend", "late_funds", "--wide", *FAST)
    with long.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["Scenario"] for row in rows} == {"trend", "late_funds"}
    met = [row for row in rows if row["Variable"] == "Targets met|Plan"]
    for row in met:
        ran = document(row["Scenario"], *FAST)
        assert float(row["Value"]) == ran["count"]["plan"]["mean"]
    assert wide.read_text(encoding="utf-8").startswith(
        "Model,Scenario,Region,Variable,Unit,2019,2020\n"
    )


def test_a_workbook_is_written(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    done("export", str(path), *FAST)
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["board.pdf"], "ends in .pdf; allowed: .html, .csv, .xlsx"),
        (["board"], "ends in nothing; allowed: .html, .csv, .xlsx"),
        (["board.html", "trend", "late_funds"], "2 runs for one board; allowed: one scenario"),
        (["board.html", "nope"], "no such file, and no shipped scenario of that name"),
        (["table.csv", "trend", "nope"], "no such file, and no shipped scenario of that name"),
        (["board.html", "--set", "visitor_growht=1"], "did you mean 'visitor_growth'?"),
        (["board.html", "--set", "visitor_growth"], "has no value; allowed: NAME=VALUE"),
        (["board.html", "--draws", "100"], "a power of two"),
        (["board.html", "--plan", "nowhere"], "nowhere"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_there_stays(
    tmp_path: Path, words: list[str], said: str
) -> None:
    path = tmp_path / words[0]
    path.write_text("before", encoding="utf-8")
    assert said in refused("export", str(path), *words[1:])
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "cannot be written" in refused("export", str(tmp_path / "file" / "board.html"), *FAST)


def test_one_scenario_that_cannot_be_run_leaves_no_table(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    endless = write(tmp_path, "endless", "changes: {visitor_growth: {p10: -1, p50: 0, p90: nan}}")
    assert "endless.yaml" in refused("export", str(path), "trend", str(endless), *FAST)
    assert not path.exists()


def test_no_text_ends_the_element_that_holds_it() -> None:
    assert as_json({"title": "</script><!--"}) == '{"title":"\\u003c/script>\\u003c!--"}'


def test_a_hostile_title_stays_a_title(tmp_path: Path) -> None:
    title = "</script><img src=x onerror=alert(1)>"
    run = write(tmp_path, "hostile", f"title: {{vi: '{title}', en: '{title}'}}")
    path = tmp_path / "board.html"
    done("export", str(path), str(run), *FAST)
    text = path.read_text(encoding="utf-8")
    assert title not in text
    assert "\\u003c/script>\\u003cimg" in text


SEEN = """
observations:
  - {quantity: visitors, kind: to_date, value: 430, unit: thousand_visits, date: 2020-06-30, source: x}
"""


def test_a_scenario_that_learns_gives_a_table_but_no_board(tmp_path: Path) -> None:
    run = write(tmp_path, "seen", SEEN)
    board, table = tmp_path / "board.html", tmp_path / "table.csv"
    assert "a hand-out cannot learn from observations" in refused("export", str(board), str(run))
    assert not board.exists()
    done("export", str(table), str(run), *FAST)
    assert "Tourism|Visitors|P10" in table.read_text(encoding="utf-8")


def test_the_page_says_the_error_that_it_is_held_to(tmp_path: Path) -> None:
    path = tmp_path / "board.html"
    done("export", str(path), *FAST)
    inside = re.search(r'id="data">(.*?)</script>', path.read_text(encoding="utf-8"))
    assert inside is not None
    page = json.loads(inside[1])["page"]
    assert page["chanceTolerance"] == CHANCE_WITHIN
    assert f"{vietnamese(100 * CHANCE_WITHIN, 2)} điểm phần trăm" in page["said"]["vi"]["about"]
    assert f"{english(100 * CHANCE_WITHIN, 2)} percentage points" in page["said"]["en"]["about"]
    assert str(SETTINGS_TRIED) in page["said"]["vi"]["about"]
