"""Do levers do what they say: by mouse, by keyboard, by number, and back again?"""

import re

import pytest
from playwright.sync_api import Page, expect

from simulator.cockpit.moves import MASTER, PUBLIC_FUNDS
from simulator.language import say
from tests.browser.board import Board, opened

# A lever, a share of its track to drag it by, rows that must change and rows that must not.
DRAGS = [
    ("services_growth", 0.1, {"grdp_growth", "services_share"}, {"forest_cover", "livestock_herd"}),
    ("foreign_capital_disbursement", 0.3, {"total_investment"}, {"forest_cover", "livestock_herd"}),
    ("pig_biosecurity", 0.3, {"livestock_herd"}, {"forest_cover", "total_investment"}),
]
FOREIGN = "foreign_capital_disbursement"
DEEPEST_FOCUS = """() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id;
}"""
EVERY = [lever for lever, *_ in DRAGS]


def test_a_drag_with_the_mouse_changes_the_rows_that_depend_on_the_lever_and_no_others(
    board: Board,
) -> None:
    before = board.drawn()
    for lever, share, changes, stays in DRAGS:
        board.drag(lever, share)
        board.page.wait_for_function(
            f"window.simulatorBoard.moved.{lever} && window.simulatorBoard.undo"
        )
        assert set(board.moved()) == {lever}
        changed = board.changed_since(before)
        assert changes <= changed
        assert not stays & changed
        expect(board.page).to_have_url(re.compile(f"[?&]{lever}="))
        assert board.query()[lever] == repr(board.moved()[lever])
        board.page.keyboard.press("0")
        board.shows(lever, None)


def test_the_keyboard_alone_moves_a_lever(board: Board) -> None:
    page, before = board.page, board.drawn()
    for lever, _, changes, stays in DRAGS:
        board.slider(lever).focus()
        board.does(page.keyboard.press, "PageUp")
        ten_steps = board.moved()[lever]
        board.does(page.keyboard.press, "ArrowLeft")
        assert board.moved()[lever] < ten_steps
        changed = board.changed_since(before)
        assert changes <= changed
        assert not stays & changed
        page.keyboard.press("0")
        board.shows(lever, None)
        assert board.changed_since(before) == set()


def test_levers_are_reached_by_the_tabulator(board: Board) -> None:
    page = board.page
    board.number("agriculture_growth").focus()
    reached = set()
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(DEEPEST_FOCUS))
    assert {"lever-agriculture_growth", "lever-industry_growth"} <= reached


def test_a_long_drag_ends_where_the_mouse_lets_go_and_is_one_step_back(board: Board) -> None:
    before = board.drawn()
    board.drag(FOREIGN, 0.35, steps=60)
    board.shows(FOREIGN, 0.9)
    expect(board.number(FOREIGN)).to_have_value("90")
    board.button(say("lever.undo", "vi")).click()
    board.shows(FOREIGN, None)
    assert board.changed_since(before) == set()
    expect(board.button(say("lever.undo", "vi"))).to_be_disabled()


def test_numbers_are_typed_in_with_a_decimal_comma(board: Board) -> None:
    board.set("services_growth", "9,3", 0.093)
    board.set("agriculture_growth", "−1,5 %", -0.015)
    board.set("swine_fever_detection_delay", "3", 3.0)
    expect(board.number("services_growth")).to_have_value("9,3")
    assert set(board.moved()) == {
        "services_growth",
        "agriculture_growth",
        "swine_fever_detection_delay",
    }


def test_numbers_are_typed_in_with_a_decimal_point_in_english(page: Page, address: str) -> None:
    board = opened(page, f"{address}?language=en")
    board.set("services_growth", "9.3", 0.093)
    expect(board.number("services_growth")).to_have_value("9.3")


def test_a_bad_number_leaves_the_lever_where_it_was_and_says_what_may_be_entered(
    board: Board,
) -> None:
    board.set(FOREIGN, "80", 0.8)
    version, drawn = board.version(), board.drawn()
    word = board.lever(FOREIGN).locator(".word")
    for text in ("nhiều", "", "101", "-3", "5;6", "1e999", "<b>9</b>"):
        board.type(FOREIGN, text)
        expect(word).to_have_text(say("lever.allowed", "vi", low="0", high="100"))
        assert board.moved() == {FOREIGN: 0.8}
    assert board.query()[FOREIGN] == "0.8"
    board.set(FOREIGN, "81", 0.81)
    expect(word).not_to_have_text(say("lever.allowed", "vi", low="0", high="100"))
    assert board.version() == version + 1
    assert board.changed_since(drawn)


def test_undo_and_redo_walk_the_same_way_back_and_forth(board: Board) -> None:
    undo, redo = (board.button(say(f"lever.{key}", "vi")) for key in ("undo", "redo"))
    expect(undo).to_be_disabled()
    expect(redo).to_be_disabled()
    seen = [board.drawn()]
    for lever, text, value in (("services_growth", "9", 0.09), (FOREIGN, "70", 0.7)):
        board.set(lever, text, value)
        seen.append(board.drawn())
    board.does(undo.click)
    assert board.drawn() == seen[1]
    board.does(lambda: board.page.keyboard.press("Control+z"))
    assert board.drawn() == seen[0]
    assert board.query() == {}
    board.does(lambda: board.page.keyboard.press("Control+y"))
    assert board.drawn() == seen[1]
    board.does(redo.click)
    assert board.drawn() == seen[2]
    expect(redo).to_be_disabled()


def test_one_lever_a_group_or_all_are_put_back(board: Board) -> None:
    start = board.drawn()
    for lever, text, value in (
        ("services_growth", "9", 0.09),
        ("industry_growth", "9", 0.09),
        (FOREIGN, "70", 0.7),
        ("drought_severity", "0,5", 0.5),
    ):
        board.set(lever, text, value)
    board.does(board.lever("services_growth").locator(".reset").click)
    assert set(board.moved()) == {"industry_growth", FOREIGN, "drought_severity"}
    board.set("services_growth", "9", 0.09)
    board.does(board.button(say("lever.reset_group", "vi", count=2)).click)
    assert set(board.moved()) == {FOREIGN, "drought_severity"}
    board.does(board.button(say("lever.reset_all", "vi")).click)
    assert board.moved() == {}
    assert board.changed_since(start) == set()


def test_the_master_lever_moves_nine_funds_and_is_put_back_with_them(board: Board) -> None:
    board.set(MASTER, "-10", -0.1)
    moved = board.moved()
    assert set(moved) == {MASTER, *PUBLIC_FUNDS}
    assert moved[FOREIGN] == pytest.approx(0.45)
    assert set(board.query()) == {"v", *PUBLIC_FUNDS}
    expect(board.number(FOREIGN)).to_have_value("45")
    board.does(board.lever(MASTER).locator(".reset").click)
    assert board.moved() == {}


def test_an_advanced_assumption_is_found_by_its_name_without_accents_and_moved(
    board: Board,
) -> None:
    board.page.locator("details:not(.reports) summary").click()
    board.page.get_by_role("searchbox", name=say("lever.search", "vi")).fill(
        "he so lay dich ta lon"
    )
    expect(board.page.locator(".advanced .lever:visible")).to_have_count(1)
    board.set("swine_fever_transmission", "1,2", 1.2)
    expect(board.page.locator(".strip")).to_contain_text("1,52 → 1,2")


def test_a_move_without_effect_and_one_beyond_the_evidence_are_told_apart_from_errors(
    board: Board,
) -> None:
    strip = board.page.locator(".strip")
    board.set("epidemic_depth", "70,5", 0.705)
    board.set(FOREIGN, "100", 1.0)
    expect(strip).to_contain_text(say("strip.beyond_evidence", "vi"))
    expect(board.notices()).to_have_count(0)
