"""Do scenario files go out, run elsewhere to the same numbers, and come in only when they are right?"""

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from simulator.cockpit.uploads import LARGEST_UPLOAD
from simulator.language import say, show, show_chance
from simulator.likelihood import likelihood
from tests.browser.board import Board, Row

FOREIGN = "foreign_capital_disbursement"
HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
GOOD = """\
title: {vi: Vốn nước ngoài về kịp, en: Foreign capital in time}
changes:
  foreign_capital_disbursement: 0.9
  human_epidemic: {fixed: 0}
"""
BROKEN = [
    (GOOD.replace("0.9", "9"), "foreign_capital_disbursement"),
    (GOOD.replace("human_epidemic", "human_epidemi"), "human_epidemic"),
    ("changes: [", "broken.yaml"),
    ("", "broken.yaml"),
    ("a: &a [*a]", "broken.yaml"),
    ("changes: !!python/object/apply:os.getcwd []", "broken.yaml"),
    (GOOD + "sweep: {grid: {services_growth: [0.08, 0.09]}}\n", "sweep"),
    (GOOD + "extends: /etc/passwd\n", "“/etc/passwd”"),
]
"""What may be wrong with a file, and what must be told of it."""


def _run(words: list[str], folder: Path) -> dict[str, Any]:
    """What the command line prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "simulator", *words, "--format", "json"],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def _decimals(text: str) -> int:
    return len(text.partition(",")[2])


def _assert_same(rows: dict[str, Row], result: dict[str, Any]) -> None:
    """Median and chance of every row are those of a run, as they are written in Vietnamese."""
    assert {target["name"] for target in result["targets"]} == set(rows)
    for target in result["targets"]:
        row = rows[target["name"]]
        chance = target["plan_chance"]
        if chance is not None:
            assert row["chance"].startswith(show_chance(chance, "vi") + likelihood(chance).vi)
        if row["median"]:
            median = result["quantities"][target["name"]]["p50"]
            assert row["median"] == show(median, _decimals(row["median"]), "vi")


def _play(board: Board) -> None:
    board.set(FOREIGN, "82,5", 0.825)
    board.set("all_public_funds", "-5", -0.05)
    board.set("services_growth", "9,3", 0.093)
    board.set("pig_restocking_rate", "6", 0.06)


def test_the_downloaded_file_runs_to_the_numbers_of_the_board(board: Board, tmp_path: Path) -> None:
    _play(board)
    page = board.page
    with page.expect_download() as waiting:
        page.get_by_role("button", name=say("bar.download", "vi")).click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".yaml"
    _assert_same(board.rows(), _run(["run", str(file)], tmp_path))


def test_the_line_in_the_footer_runs_to_the_numbers_and_the_hash_of_the_board(
    board: Board, tmp_path: Path
) -> None:
    _play(board)
    foot = board.page.locator(".foot")
    words = shlex.split(foot.locator("code").inner_text())
    assert words[0] == "simulator"
    result = _run(words[1:], tmp_path)
    _assert_same(board.rows(), result)
    expect(foot).to_contain_text(say("foot.hash", "vi", hash=result["hash"]))
    board.button(say("board.copy", "vi")).click()
    expect(board.button(say("board.copied", "vi"))).to_be_visible()
    assert shlex.split(board.page.evaluate("navigator.clipboard.readText()")) == words


def test_a_good_file_is_taken_and_what_differs_is_told(board: Board) -> None:
    before = board.drawn()
    board.upload("vốn.yaml", GOOD)
    assert board.moved() == {FOREIGN: 0.9, "human_epidemic": 0.0}
    expect(board.notices()).to_contain_text(say("notice.uploaded", "vi", name="vốn.yaml", count=2))
    assert board.query()["human_epidemic"] == "fixed:0.0"
    board.does(board.button(say("lever.undo", "vi")).click)
    assert board.changed_since(before) == set()


def test_a_broken_file_is_told_with_its_field_and_changes_nothing(board: Board) -> None:
    board.set("services_growth", "9", 0.09)
    moved, drawn, query = board.moved(), board.drawn(), board.query()
    for text, told in BROKEN:
        board.upload("broken.yaml", text)
        assert told in " ".join(board.notices().all_inner_texts())
        assert "broken.yaml" in board.notices().first.inner_text()
        assert board.moved() == moved
        assert board.changed_since(drawn) == set()
        assert board.query() == query


def test_a_file_that_is_too_large_is_refused_without_reading_it(board: Board) -> None:
    drawn = board.drawn()
    board.upload("large.yaml", GOOD + "#" * LARGEST_UPLOAD)
    told = say("notice.upload_large", "vi", name="large.yaml", largest=LARGEST_UPLOAD // 1024)
    expect(board.notices()).to_contain_text(told)
    assert board.moved() == {}
    assert board.changed_since(drawn) == set()


def test_a_file_is_taken_on_every_page_and_its_errors_are_told_there(board: Board) -> None:
    page = board.page
    page.get_by_role("link", name=say("page.growth", "vi"), exact=True).click()
    page.locator(".page").wait_for()
    file = {"name": "good.yaml", "mimeType": "text/yaml", "buffer": GOOD.encode()}
    page.locator("input[type=file]").set_input_files([file])
    expect(page.locator(".chip")).to_have_count(2)
    page.locator("input[type=file]").set_input_files([file | {"buffer": b"changes: ["}])
    expect(board.notices()).to_contain_text(say("notice.upload", "vi", name="good.yaml"))
    expect(page.locator(".chip")).to_have_count(2)
    board.button(say("board.dismiss", "vi")).click()
    expect(board.notices()).to_have_count(0)


def test_texts_from_outside_are_never_run_as_html(board: Board, address: str) -> None:
    page = board.page
    board.upload(HOSTILE.replace("/", "") + ".yaml", "changes: {x: 1}")
    assert "<img" in board.notices().first.inner_text()
    board.upload("title.yaml", GOOD.replace("Foreign capital in time", f"'{HOSTILE}'"))
    board.upload("field.yaml", f"changes: {{'{HOSTILE}': 1}}")
    assert "<img" in " ".join(board.notices().all_inner_texts())
    board.page.get_by_role("searchbox", name=say("board.search", "vi")).fill(HOSTILE)
    for path in ("", "indicator"):
        for key in ("indicator", "language", FOREIGN, "baseline.urban_clean_water", HOSTILE):
            page.goto(f"{address}{path}?v=1&{key}={HOSTILE}")
            page.locator(".page, .board").wait_for()
    assert (
        page.locator("img, script").evaluate_all(
            "found => found.filter(one => one.outerHTML.includes('hit')).length"
        )
        == 0
    )
    assert page.evaluate("window.hit") is None
