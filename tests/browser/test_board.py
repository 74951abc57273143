"""Can rows be filtered, found, sorted, opened, and given the baseline that the report lacks?"""

from playwright.sync_api import expect

from simulator.language import say
from tests.browser.board import ROW, Board, picture_page
from tests.strategies import shipped_plan

FOREIGN = "foreign_capital_disbursement"
UNTYPED = "urban_clean_water"


def _filter(board: Board, kind: str) -> None:
    board.page.get_by_role("button", name=say(f"board.filter_{kind}", "vi")).click()


def _shares(board: Board) -> list[float]:
    """The chances of the rows in view as they are written, smallest value first where they tie."""
    texts = board.page.locator(f"{ROW}:visible .chance b").all_text_contents()
    return [_share(text) for text in texts]


def _share(text: str) -> float:
    ends = {"<1/100": 0.0, "<1/10": 0.05, ">9/10": 0.95, ">99/100": 1.0}
    return ends[text] if text in ends else float(text.removesuffix("/10").replace(",", ".")) / 10


def test_each_filter_shows_as_many_rows_as_its_button_says(board: Board) -> None:
    board.set(FOREIGN, "90", 0.9)
    for kind in ("scored", "resolution", "risk", "moved", "all"):
        _filter(board, kind)
        _assert_counted(board, kind)


def _assert_counted(board: Board, kind: str) -> None:
    button = board.page.get_by_role("button", name=say(f"board.filter_{kind}", "vi"))
    expect(button).to_have_attribute("aria-pressed", "true")
    assert button.inner_text().split()[-1] == str(len(board.names()))
    assert 0 < len(board.names()) <= len(shipped_plan().targets)


def test_a_sector_shows_its_targets_alone(board: Board) -> None:
    _filter(board, "all")
    board.page.get_by_role("combobox", name=say("board.sector", "vi")).select_option("health")
    targets = shipped_plan().targets.values()
    assert set(board.names()) == {target.name for target in targets if target.sector == "health"}


def test_a_search_needs_no_accents_and_an_unknown_word_is_told(board: Board) -> None:
    search = board.page.get_by_role("searchbox", name=say("board.search", "vi"))
    search.fill("che phu rung")
    assert board.names() == ["forest_cover"]
    search.fill("Forest cover")
    assert board.names() == ["forest_cover"]
    search.fill("<b>")
    assert board.names() == []
    expect(board.page.get_by_text(say("board.none", "vi"))).to_be_visible()


def test_sorting_by_chance_puts_the_least_likely_first_and_plan_order_comes_back(
    board: Board,
) -> None:
    order = board.names()
    sort = board.page.get_by_role("combobox", name=say("board.sort", "vi"))
    sort.select_option("chance")
    assert _shares(board) == sorted(_shares(board))
    assert set(board.names()) == set(order) != order
    sort.select_option("plan")
    assert board.names() == order


def test_rows_keep_their_places_while_a_lever_moves(board: Board) -> None:
    board.page.get_by_role("combobox", name=say("board.sort", "vi")).select_option("chance")
    order = board.names()
    board.set(FOREIGN, "95", 0.95)
    assert board.names() == order


def test_a_typed_baseline_gives_its_row_a_projection_and_stays_in_the_address(board: Board) -> None:
    page = board.page
    _filter(board, "all")
    row = page.locator(f"tr[data-name={UNTYPED}]")
    before = board.rows()[UNTYPED]
    assert before["median"] == ""

    def take(text: str) -> None:
        row.get_by_role("button", name=say("board.type_baseline", "vi")).click()
        page.get_by_role("dialog").get_by_role("textbox").fill(text)
        page.get_by_role("button", name=say("board.take", "vi"), exact=True).click()

    board.does(lambda: take("nhiều"))
    expect(board.notices()).to_contain_text("nhiều")
    assert board.rows()[UNTYPED] == before
    board.does(lambda: take("98,5"))
    assert board.rows()[UNTYPED]["base"].startswith("98,5")
    assert board.rows()[UNTYPED]["median"] != ""
    assert board.query() == {"v": "1", f"baseline.{UNTYPED}": "98.5"}
    board.does(board.button(say("lever.undo", "vi")).click)
    assert board.rows()[UNTYPED]["median"] == ""


def test_a_click_on_a_row_opens_its_indicator(board: Board) -> None:
    page = board.page
    page.locator("tr[data-name=forest_cover] th").click()
    title = shipped_plan().targets["forest_cover"].title("vi")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert "indicator=forest_cover" in page.url


def test_rows_are_walked_and_opened_by_keyboard(board: Board) -> None:
    page = board.page
    names = board.names()
    page.locator(f"tr[data-name={names[0]}]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    picture_page(page)
    assert f"indicator={names[1]}" in page.url
    page.go_back()
    expect(page.locator(".headline")).to_be_visible()


def test_a_board_that_lacks_rows_asks_for_them(board: Board) -> None:
    """As after a page that was left claimed for the new one to have seen them."""
    rows = board.page.locator("tr[data-name]")
    whole = rows.count()
    board.page.locator(".root", has=board.page.locator(".board")).evaluate(
        """root => {
            root.boardState.rows.clear();
            for (const row of root.querySelectorAll("tr[data-name]")) row.remove();
        }"""
    )
    board.set("visitor_growth", "20", 0.2)
    expect(rows).to_have_count(whole)
