"""Does axe find anything serious on any page, in either language, light or dark, at rest or at work?"""

import pytest
from playwright.sync_api import Page, expect

from simulator.language import say
from tests.browser.axe import faults
from tests.browser.board import Board, opened, picture_page
from tests.browser.conftest import NewPage

PAGES = ("indicator", "growth", "disbursement", "disease", "compare", "seek", "track", "method")
MOVED = "v=1&foreign_capital_disbursement=0.98&pig_biosecurity=0.8"
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_pictures_has_a_serious_fault(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}{name}?{MOVED}&indicator=grdp_growth")
    picture_page(page)
    assert faults(page) == []
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert faults(page) == []


TABLE = b"quantity,kind,value,unit,date,source\n" + b"".join(
    f"{quantity},to_date,{value},{unit},2020-06-30,a report\n".encode()
    for quantity, value, unit in (
        ("visitors", 300, "thousand_visits"),
        ("exports", 31, "million_usd"),
        ("foreign_capital_disbursement", 0.01, "share"),
    )
)
"""Figures of a year, one of them far from what was expected."""


def test_the_page_of_the_year_has_no_serious_fault_while_figures_are_entered(
    page: Page, address: str
) -> None:
    page.goto(f"{address}track?year=all")
    picture_page(page)
    table = {"name": "a.csv", "mimeType": "text/csv", "buffer": TABLE}
    page.locator("input[data-bytes]").set_input_files(table)
    page.locator(".previewing .main").click()
    page.locator(".log tbody tr").first.wait_for()
    page.locator(".log td button").first.click()
    page.locator(".entering [name=note]").wait_for()
    page.locator(".entering [name=value]").fill("?")
    page.locator(".entering .main").click()
    page.locator("#fault-value").wait_for()
    page.locator(".choosing summary").click()
    wrong = table | {"buffer": TABLE.replace(b"exports", b"export")}
    page.evaluate("scroll(0, 0)")
    assert faults(page) == []
    page.locator(".entering .asking button").last.click()
    page.locator("input[data-bytes]").set_input_files(wrong)
    page.locator(".preview tr.wrong").wait_for()
    assert faults(page) == []
    page.goto(f"{address}track?as_of=2020-03-31")
    page.locator(".past").wait_for()
    assert faults(page) == []


def test_the_first_screen_has_no_serious_fault_while_all_of_it_is_in_use(
    page: Page, address: str
) -> None:
    board = opened(page, f"{address}?{MOVED}&gone=1")
    board.set("services_growth", "9", 0.09)
    board.type("industry_growth", "?")
    page.locator("details:not(.reports) summary").click()
    page.locator("details.reports summary").click()
    assert faults(page) == []


def test_the_dialog_for_a_baseline_has_no_serious_fault(page: Page, address: str) -> None:
    opened(page, address)
    page.get_by_role("button", name=say("board.filter_all", "vi")).click()
    page.locator("button.baseline").first.click()
    page.get_by_role("dialog").wait_for()
    assert faults(page) == []


def test_the_first_screen_on_a_phone_has_no_serious_fault(new_page: NewPage, address: str) -> None:
    page = new_page(viewport=PHONE)
    board: Board = opened(page, f"{address}?{MOVED}")
    assert board.names()
    assert faults(page) == []


def test_six_scenarios_with_a_list_or_a_name_open_have_no_serious_fault(
    page: Page, address: str
) -> None:
    names = "trend,levers,late_funds,full_disbursement,plan,combined_bad"
    page.goto(f"{address}compare?{MOVED}&compare={names}")
    picture_page(page)
    page.locator("button[data-unfold=outcomes]").click()
    for box in ("add", "keeping"):
        page.locator(f"details.{box} summary").click()
        assert faults(page) == []
        page.locator(f"details.{box} summary").click()
