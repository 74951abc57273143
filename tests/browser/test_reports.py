"""Does a planner get a report of what is on screen, on every page, once, and go on working meanwhile?"""

import io
import zipfile
from pathlib import Path

import openpyxl
from playwright.sync_api import Download, Page, expect

from simulator.language import Language, say
from tests.browser.axe import faults
from tests.browser.board import Board, picture_page

WAIT = 90_000
MOVED = "v=1&foreign_capital_disbursement=0.98"


def choose(page: Page, shape: str, language: Language = "vi") -> Download:
    """Ask for a report and wait until it is saved and another can be asked for."""
    page.locator("details.reports summary").click()
    with page.expect_download(timeout=WAIT) as waiting:
        page.get_by_role("button", name=say(f"bar.report_{shape}", language)).click()
    expect(page.locator("details.reports summary")).to_be_visible(timeout=WAIT)
    return waiting.value


def content(download: Download, folder: Path) -> bytes:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path.read_bytes()


def test_the_first_screen_hands_over_what_its_levers_say(board: Board, tmp_path: Path) -> None:
    board.set("foreign_capital_disbursement", "82,5", 0.825)
    told = board.page.locator(".foot code").inner_text()
    book = openpyxl.load_workbook(io.BytesIO(content(choose(board.page, "xlsx"), tmp_path)))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert told in cells
    board.set("services_growth", "9", 0.09)


def test_a_page_of_pictures_hands_over_a_word_file(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}growth?language=en&{MOVED}")
    picture_page(page)
    made = content(choose(page, "docx", "en"), tmp_path)
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(made)).namelist()


def test_the_page_goes_on_while_a_report_is_made_and_it_is_saved_once(board: Board) -> None:
    page = board.page
    saved: list[str] = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    page.locator("details.reports summary").click()
    page.get_by_role("button", name=say("bar.report_docx", "vi")).click()
    expect(page.get_by_role("button", name=say("bar.report_making", "vi"))).to_be_disabled()
    board.set("services_growth", "9", 0.09)
    page.get_by_role("link", name=say("page.growth", "vi"), exact=True).click()
    picture_page(page)
    expect(page.locator("details.reports summary")).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name=say("page.disease", "vi"), exact=True).click()
    expect(page.get_by_role("heading", name=say("disease.page", "vi"))).to_be_visible()
    assert saved == ["bao_cao_scenario.docx"]


def test_the_comparison_is_handed_over_as_a_page_that_needs_no_server(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}compare?{MOVED}")
    picture_page(page)
    made = content(choose(page, "html"), tmp_path).decode()
    assert say("report.part.comparison", "vi") in made
    page.set_content(made)
    expect(page.get_by_role("heading", level=1)).to_have_text(say("report.title", "vi"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
