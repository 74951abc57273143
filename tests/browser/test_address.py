"""Is nothing lost: in a link, on a reload, on other pages, in another language; and is it one's own?"""

import pytest
from playwright.sync_api import Page, expect

from simulator.language import Language, say
from tests.browser.board import Board, arrived, opened, picture_page
from tests.browser.conftest import NewPage

FOREIGN = "foreign_capital_disbursement"
PICTURES = ("indicator", "growth", "disbursement", "disease")


def _moved_by_hand(board: Board) -> None:
    board.set(FOREIGN, "82,5", 0.825)
    board.set("services_growth", "9,3", 0.093)


def _chips(page: Page) -> list[str]:
    return [text.removesuffix("×") for text in page.locator(".chip").all_text_contents()]


def test_a_shared_link_shows_another_planner_the_same_board(
    board: Board, new_page: NewPage
) -> None:
    page = board.page
    _moved_by_hand(board)
    page.get_by_role("button", name=say("bar.share", "vi")).click()
    expect(page.get_by_text(say("bar.copied", "vi"))).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    theirs = opened(new_page(), link)
    assert theirs.moved() == board.moved()
    assert theirs.changed_since(board.drawn()) == set()
    assert theirs.page.locator("code").text_content() == page.locator("code").text_content()


def test_a_reload_keeps_levers_and_language(board: Board) -> None:
    _moved_by_hand(board)
    board.does(board.button("EN").click)
    page, before, moved = board.page, board.drawn(), board.moved()
    page.reload()
    again = arrived(page)
    assert again.moved() == moved
    assert again.changed_since(before) == set()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_value_out_of_range_in_an_old_link_is_clamped_and_told(page: Page, address: str) -> None:
    board = opened(page, f"{address}?v=1&{FOREIGN}=1.7&services_growth=0.093&gone=3")
    assert board.moved() == {FOREIGN: 1.0, "services_growth": 0.093}
    expect(board.notices()).to_have_count(2)
    expect(board.notices().nth(0)).to_contain_text("170%")
    expect(board.notices().nth(1)).to_contain_text("gone")
    board.does(board.button(say("board.dismiss", "vi")).first.click)
    expect(board.notices()).to_have_count(0)
    assert board.moved() == {FOREIGN: 1.0, "services_growth": 0.093}


@pytest.mark.parametrize(
    "query",
    [
        f"{FOREIGN}=",
        f"{FOREIGN}=nan",
        f"{FOREIGN}=0.5&{FOREIGN}=0.7",
        f"{FOREIGN}=0.1~0.9~0.5",
        "baseline.grdp_growth=9",
        "baseline.=1&=2&v=99&indicator=nothing&language=fr",
        "a" * 3000 + "=1",
    ],
)
def test_a_broken_link_still_opens_the_board(page: Page, address: str, query: str) -> None:
    board = opened(page, f"{address}?{query}")
    assert board.names()
    assert set(board.moved()) <= {FOREIGN}


def test_fixed_values_and_own_quantiles_of_a_link_stay(page: Page, address: str) -> None:
    board = opened(page, f"{address}?v=1&human_epidemic=fixed:1.0&services_growth=0.05~0.08~0.1")
    board.set(FOREIGN, "70", 0.7)
    assert board.query() == {
        "v": "1",
        "human_epidemic": "fixed:1.0",
        "services_growth": "0.05~0.08~0.1",
        FOREIGN: "0.7",
    }
    tags = board.page.locator(".lever .tag:visible").all_text_contents()
    assert set(tags) == {say("lever.fixed", "vi"), say("lever.quantiles", "vi")}


def test_two_planners_never_see_each_others_levers(
    board: Board, new_page: NewPage, address: str
) -> None:
    other = opened(new_page(), address)
    untouched = other.drawn()
    board.set(FOREIGN, "90", 0.9)
    other.set("pig_biosecurity", "80", 0.8)
    board.set("services_growth", "9", 0.09)
    assert board.moved() == {FOREIGN: 0.9, "services_growth": 0.09}
    assert other.moved() == {"pig_biosecurity": 0.8}
    other.does(other.button(say("lever.undo", "vi")).click)
    assert other.changed_since(untouched) == set()


def test_every_page_keeps_the_levers_and_the_language_switch_keeps_them_too(
    board: Board,
) -> None:
    page = board.page
    _moved_by_hand(board)
    moved = board.moved()
    chips: dict[str, list[str]] = {}
    for name in PICTURES:
        language: Language
        for language in ("vi", "en"):
            page.get_by_role("link", name=say(f"page.{name}", language), exact=True).click()
            page.wait_for_url(f"**/{name}?**")
            expect(page.get_by_role("link", name=say(f"page.{name}", language))).to_have_attribute(
                "aria-current", "page"
            )
            picture_page(page)
            found = _chips(page)
            assert chips.setdefault(language, found) == found
            page.get_by_role("button", name="EN" if language == "vi" else "VI", exact=True).click()
            page.wait_for_function(
                "language => document.documentElement.lang === language",
                arg="en" if language == "vi" else "vi",
            )
    assert len(chips["vi"]) == len(chips["en"]) == len(moved)
    assert chips["vi"] != chips["en"]
    page.get_by_role("link", name=say("page.overview", "vi"), exact=True).click()
    assert arrived(page).moved() == moved


def test_back_and_forward_of_the_browser_walk_between_pages(board: Board) -> None:
    page, names = board.page, board.names()
    board.set(FOREIGN, "82,5", 0.825)
    shown = board.drawn()
    for name in ("growth", "disease"):
        page.get_by_role("link", name=say(f"page.{name}", "vi"), exact=True).click()
        page.wait_for_url(f"**/{name}?**")
        expect(page.get_by_role("heading", level=1)).to_have_text(say(f"{name}.page", "vi"))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("growth.page", "vi"))
    page.go_back()
    expect(page.locator(".headline")).to_be_visible()
    assert arrived(page).moved() == {FOREIGN: 0.825}
    assert board.names() == names
    assert board.changed_since(shown) == set()
    assert board.query()[FOREIGN] == "0.825"
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("growth.page", "vi"))
    assert _chips(page)
