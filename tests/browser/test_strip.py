"""Does the strip say which lever made how much of the change, after the board and only when it is so?"""

import re
from types import SimpleNamespace
from typing import Any, cast, get_args

import pytest
from playwright.sync_api import Locator, Page, expect

from simulator.cockpit.moves import MASTER
from simulator.language import Language, say
from simulator.scorecard import TargetScore
from simulator.wording import resolution_text
from tests.browser.board import Board, arrived, opened, picture_page
from tests.browser.conftest import NewPage
from tests.strategies import catalogue

LANGUAGES: tuple[Language, ...] = get_args(Language)
FOREIGN = "foreign_capital_disbursement"
SERVICES = "services_growth"
TOO_HIGH = "strip => strip.scrollHeight > strip.clientHeight"
CUT = "cell => cell.scrollWidth > cell.clientWidth"


def last(board: Board) -> Locator:
    """The part of the strip that says why."""
    return board.page.locator(".strip > div").last


def number(text: str, language: Language) -> float:
    plain = text.replace("−", "-").replace("+", "")
    return float(plain.replace(",", ".") if language == "vi" else plain)


def parts(board: Board, language: Language) -> dict[str, float]:
    """The parts as they are printed, by their labels."""
    lines = last(board).locator(".part")
    return {
        line.locator(".label").inner_text(): number(line.locator("b").inner_text(), language)
        for line in lines.all()
    }


def totals(board: Board, language: Language) -> list[float]:
    said = last(board).locator(".totals").inner_text()
    return [number(piece.rsplit(" ", 1)[1], language) for piece in said.split("; ")]


def whole(board: Board, language: Language, since: str) -> float:
    title = last(board).locator("b").first.inner_text()
    for way, sign in (("rises", 1), ("falls", -1)):
        form = re.escape(say(f"strip.{way}{since}", language, size="SIZE"))
        if found := re.fullmatch(form.replace("SIZE", "([0-9.,]+)"), title):
            return sign * number(found[1], language)
    raise AssertionError(title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_levers_moved_one_after_the_other_are_both_named_and_add_up(
    page: Page, address: str, language: Language
) -> None:
    board = opened(page, f"{address}?language={language}")
    board.set(SERVICES, "7", 0.07)
    expect(last(board)).to_contain_text(say("strip.by_target", language))
    assert totals(board, language)[0] == 0
    board.set(FOREIGN, "90", 0.9)
    board.settled()
    expect(last(board)).to_contain_text(say("strip.by_lever", language))
    found = parts(board, language)
    assert set(found) == {catalogue()[name].short(language) for name in (SERVICES, FOREIGN)}
    change = whole(board, language, "_since_trend")
    assert round(sum(found.values()), 2) == change
    assert round(sum(totals(board, language)), 2) == change
    assert totals(board, language) == [
        found[catalogue()[name].short(language)] for name in (FOREIGN, SERVICES)
    ]
    assert not page.locator(".strip").evaluate(TOO_HIGH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_master_and_levers_of_every_side_are_split_at_once_from_an_address(
    page: Page, address: str, language: Language
) -> None:
    query = "pig_biosecurity=0.8&drought_severity=0.5&new_rural_graduation=0.7&revenue_growth=0.1"
    board = opened(page, f"{address}?language={language}&v=1&{query}")
    board.settled()
    board.slider(MASTER).focus()
    board.does(lambda: page.keyboard.press("PageDown"))
    board.settled()
    found = parts(board, language)
    assert len(found) == 4
    assert list(found)[-1] == say("strip.rest", language, count=2)
    change = whole(board, language, "_since_trend")
    assert round(sum(found.values()), 2) == round(sum(totals(board, language)), 2) == change
    assert len(totals(board, language)) == 3
    expect(page.locator(".strip > div").first).to_contain_text(say("lever.master", language))
    last(board).locator(".split").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_contain_text(say("lever.master", language))
    assert not page.locator(".strip").evaluate(TOO_HIGH)


def test_on_the_way_of_a_drag_the_strip_splits_the_move_by_target_and_is_silent(
    board: Board,
) -> None:
    page = board.page
    board.set(SERVICES, "7", 0.07)
    board.set(FOREIGN, "70", 0.7)
    board.settled()
    expect(last(board)).to_contain_text(say("strip.by_lever", "vi"))
    handle = board.lever(FOREIGN).locator(".handle").bounding_box()
    assert handle
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y, steps=6)
    strip = page.locator(".strip")
    expect(strip).to_have_attribute("aria-live", "off")
    expect(last(board)).to_contain_text(say("strip.by_target", "vi"))
    page.wait_for_timeout(500)
    expect(last(board)).to_contain_text(say("strip.by_target", "vi"))
    page.mouse.up()
    expect(strip).to_have_attribute("aria-live", "polite")
    expect(last(board)).to_contain_text(say("strip.by_lever", "vi"))
    expect(last(board)).to_have_attribute("aria-busy", "false")
    assert round(sum(parts(board, "vi").values()), 2) == whole(board, "vi", "_since_trend")


def test_a_number_that_is_being_typed_outlives_the_answers_that_come_meanwhile(
    board: Board,
) -> None:
    board.set(SERVICES, "7", 0.07)
    box = board.number(FOREIGN)
    board.type(FOREIGN, "60")
    box.fill("81")
    board.shows(FOREIGN, 0.6)
    board.settled()
    expect(last(board)).to_contain_text(say("strip.by_lever", "vi"))
    expect(box).to_have_value("81")
    box.press("Enter")
    board.shows(FOREIGN, 0.81)
    board.type(FOREIGN, "181")
    board.settled()
    expect(board.lever(FOREIGN).locator(".word")).to_have_text(
        say("lever.allowed", "vi", low="0", high="100")
    )


def test_the_board_of_a_large_file_comes_before_its_split(board: Board) -> None:
    rows = catalogue()
    names = sorted(rows)[:40]
    text = "".join(f"  {name}: {rows[name].low}\n" for name in names)
    board.page.evaluate("""() => {
        window.seen = [];
        window.addEventListener('simulator-board', (event) => window.seen.push(event.detail.unsplit));
    }""")
    board.upload("many.yaml", f"changes:\n{text}")
    board.settled()
    expect(last(board)).to_contain_text(say("strip.by_lever", "vi"))
    seen = board.page.evaluate("window.seen")
    assert seen[0] is True
    assert seen[-1] is False
    assert round(sum(parts(board, "vi").values()), 2) == whole(board, "vi", "")


@pytest.mark.parametrize(
    ("levers", "pauses"),
    [(2, (0, 125, 300)), (10, (0, 60, 110, 125, 140, 160, 200, 300))],
    ids=["one turn", "many turns"],
)
def test_a_split_never_holds_back_who_leaves_the_page(
    page: Page, address: str, levers: int, pauses: tuple[int, ...]
) -> None:
    rows = [row for row in catalogue().values() if row.front and row.name != SERVICES][: levers - 1]
    query = "&".join(f"{row.name}={(row.low + row.centre) / 2}" for row in rows)
    board = opened(page, f"{address}?v=1&{query}")
    growth, overview = (
        page.get_by_role("link", name=say(f"page.{name}", "vi"), exact=True)
        for name in ("growth", "overview")
    )
    for pause in pauses:
        board.slider(SERVICES).focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(pause)
        growth.click()
        page.wait_for_url("**/growth?**")
        picture_page(page)
        page.wait_for_timeout(200)
        expect(growth).to_have_attribute("aria-current", "page")
        assert "/growth?" in page.url
        overview.click()
        expect(overview).to_have_attribute("aria-current", "page")
        arrived(page)
    board.settled()
    expect(last(board)).to_contain_text(say("strip.by_lever", "vi"))


def test_a_split_that_is_there_costs_no_turn_in_another_language(board: Board) -> None:
    board.set(SERVICES, "7", 0.07)
    board.set(FOREIGN, "90", 0.9)
    board.settled()
    shown = list(parts(board, "vi").values())
    board.does(lambda: board.page.get_by_role("button", name="EN", exact=True).click())
    expect(last(board)).to_contain_text(say("strip.by_lever", "en"))
    assert list(parts(board, "en").values()) == shown


def test_the_command_is_read_in_full_when_it_is_entered(page: Page, address: str) -> None:
    query = "&".join(
        f"{name}={row.low}" for name, row in list(catalogue().items())[:12] if row.low != row.centre
    )
    board = opened(page, f"{address}?v=1&{query}")
    code = page.locator(".foot code")
    assert code.evaluate(CUT)
    code.focus()
    assert not code.evaluate(CUT)
    box = code.bounding_box()
    assert box
    assert page.viewport_size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    board.slider(SERVICES).focus()
    assert code.evaluate(CUT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chance_of_the_resolution_fits_its_column_in_wide_fonts_too(
    new_page: NewPage, address: str, language: Language
) -> None:
    spans = [(n / 100, 1.0, "at_least") for n in range(101)]
    spans += [(0.0, n / 100, "at_most") for n in range(101)]
    texts = sorted({resolution_text(_resolved(*span), language) for span in spans})
    board = opened(new_page(), f"{address}?language={language}")
    widths = board.page.locator(".bound").first.evaluate(
        """(bound, texts) => texts.map(text => {
            bound.textContent = text;
            bound.style.fontSize = '12.1px';
            return [text, bound.scrollWidth, bound.clientWidth];
        })""",
        texts,
    )
    assert [text for text, needed, there in widths if needed > there] == []


def _resolved(low: float, high: float, bound: str) -> TargetScore:
    row: Any = SimpleNamespace(resolution=(low, high), resolution_bound=bound)
    return cast(TargetScore, row)
