"""Do the pages of pictures show, explain, and give away what they draw?"""

import csv
import io
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from simulator.language import say
from tests.browser.board import arrived, opened, picture_page
from tests.strategies import shipped_plan

QUERY = "?v=1&foreign_capital_disbursement=0.9&pig_biosecurity=0.8"
UNPROJECTED = "urban_clean_water"
PICTURES = {"indicator": 3, "growth": 3, "disbursement": 3, "disease": 4, "method": 3}


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_of_a_page_has_unit_and_source_alternative_and_numbers(
    page: Page, address: str, name: str
) -> None:
    page.goto(f"{address}{name}{QUERY}")
    figures = picture_page(page).locator("[data-figure]")
    assert figures.count() >= PICTURES[name]
    for figure in figures.all():
        assert figure.locator("h2").text_content()
        assert figure.locator(".subtitle").text_content()
        assert say("picture.source", "vi") in (figure.locator("footer").text_content() or "")
        picture = figure.locator("svg[role=img]").first
        assert picture.get_attribute("aria-label") or picture.locator("title, desc").count()
        assert figure.locator("details table tr").count() > 1


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_saved_as_svg_png_and_csv(
    page: Page, address: str, name: str, tmp_path: Path
) -> None:
    page.goto(f"{address}{name}{QUERY}")
    figure = picture_page(page).locator("[data-figure]:visible").first
    saved = {}
    for kind in ("SVG", "PNG", "CSV"):
        with page.expect_download() as waiting:
            figure.get_by_role("button", name=kind).click()
        saved[kind] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(saved[kind])
    stem = figure.get_attribute("data-figure")
    assert [file.name for file in saved.values()] == [
        f"{stem}.{end}" for end in ("svg", "png", "csv")
    ]
    root = ElementTree.parse(saved["SVG"]).getroot()
    width, height = (float(number) for number in root.attrib["viewBox"].split()[2:])
    head = saved["PNG"].read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:]) == pytest.approx((2 * width, 2 * height), abs=2)
    rows = list(csv.reader(io.StringIO(saved["CSV"].read_text(encoding="utf-8-sig"))))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_another_indicator_is_picked_and_stays_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}indicator{QUERY}&indicator=forest_cover")
    picture_page(page)
    heading = page.get_by_role("heading", level=1)
    for name in ("livestock_herd", "city_class_two", UNPROJECTED):
        page.get_by_role("combobox", name=say("indicator.choose", "vi")).select_option(name)
        expect(heading).to_have_text(shipped_plan().targets[name].title("vi"))
        expect(page).to_have_url(re.compile(f"indicator={name}"))
    page.reload()
    expect(heading).to_have_text(shipped_plan().targets[UNPROJECTED].title("vi"))
    assert page.locator(".chip").count() == 2


def test_tabs_show_one_picture_at_a_time_by_mouse_and_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}indicator?indicator=grdp_growth")
    picture_page(page)
    tabs = page.get_by_role("tab")
    shown = page.locator(".tabbed [data-figure]:visible")
    seen = set()
    for at in range(tabs.count()):
        tabs.nth(at).click()
        expect(tabs.nth(at)).to_have_attribute("aria-selected", "true")
        expect(shown).to_have_count(1)
        seen.add(shown.get_attribute("data-figure"))
    assert len(seen) == tabs.count() == 3
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(0)).to_be_focused()
    expect(tabs.nth(0)).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("name", ["indicator", "growth"])
def test_a_chip_puts_its_lever_back(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}{name}{QUERY}")
    picture_page(page)
    chips = page.locator(".chip")
    expect(chips).to_have_count(2)
    chips.first.get_by_role("button").click()
    expect(chips).to_have_count(1)
    page.get_by_role("link", name=say("bar.adjust", "vi")).click()
    assert set(arrived(page).moved()) == {"pig_biosecurity"}


def test_numbers_of_pages_follow_the_levers(page: Page, address: str) -> None:
    board = opened(page, address)
    page.get_by_role("link", name=say("page.disbursement", "vi"), exact=True).click()
    before = picture_page(page).inner_text()
    page.get_by_role("link", name=say("page.overview", "vi"), exact=True).click()
    arrived(page)
    board.set("foreign_capital_disbursement", "90", 0.9)
    page.get_by_role("link", name=say("page.disbursement", "vi"), exact=True).click()
    assert picture_page(page).inner_text() != before
