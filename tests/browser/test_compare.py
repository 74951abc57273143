"""Does a planner compare scenarios: add, take away, rebase, keep, load, save, come back?"""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from typer.testing import CliRunner

from simulator.cli import app
from simulator.language import Language, say
from tests.browser.board import picture_page
from tests.browser.conftest import NewPage

MOVED = "v=1&visitor_growth=0.25"
LANGUAGES = ("vi", "en")


def chips(page: Page) -> Locator:
    return page.locator(".shelf .chip")


def open_(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}compare?{query}")
    picture_page(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_scenarios_are_added_taken_away_and_made_the_base(
    page: Page, address: str, language: Language
) -> None:
    open_(page, address, f"{MOVED}&language={language}")
    expect(chips(page)).to_have_count(2)
    expect(page.locator(".versus .card")).to_have_count(2)
    page.locator("select.add").select_option("late_funds")
    expect(chips(page)).to_have_count(3)
    title = {"vi": "Giải ngân chậm", "en": "Late funds"}[language]
    page.get_by_role("button", name=say("compare.make_base", language, title=title)).click()
    expect(chips(page).first).to_contain_text(title)
    expect(page).to_have_url(re.compile("compare=late_funds"))
    page.reload()
    expect(chips(page).first).to_contain_text(title)
    shown = say("compare.shown", language)
    page.get_by_role("button", name=say("compare.remove", language, title=shown)).click()
    expect(chips(page)).to_have_count(2)


def test_what_is_on_the_levers_is_kept_under_a_name_and_comes_back(
    page: Page, address: str
) -> None:
    open_(page, address, MOVED)
    page.get_by_label(say("compare.keep_title", "vi")).fill("Của tôi <b>")
    page.get_by_role("button", name=say("compare.keep", "vi")).click()
    expect(chips(page)).to_have_count(3)
    expect(chips(page).last).to_contain_text("Của tôi <b>")
    page.reload()
    expect(chips(page).last).to_contain_text("Của tôi <b>")


def test_a_file_is_put_beside_the_others_and_a_broken_one_changes_nothing(
    page: Page, address: str
) -> None:
    open_(page, address)
    before = chips(page).count()
    load = page.locator(".shelf input[type=file]")
    broken = b"changes: {servces_growth: 0.09}\n"
    load.set_input_files({"name": "broken.yaml", "mimeType": "text/yaml", "buffer": broken})
    expect(page.get_by_role("alert")).to_contain_text("services_growth")
    expect(chips(page)).to_have_count(before)
    good = b"changes: {services_growth: 0.09}\n"
    load.set_input_files({"name": "mine.yaml", "mimeType": "text/yaml", "buffer": good})
    expect(chips(page)).to_have_count(before + 1)
    expect(chips(page).last).to_contain_text("mine")


def test_the_saved_comparison_is_the_commands(page: Page, address: str, tmp_path: Path) -> None:
    open_(page, address, "compare=trend,late_funds")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=say("compare.save_csv", "vi")).click()
    waiting.value.save_as(tmp_path / "saved.csv")
    saved = (tmp_path / "saved.csv").read_text(encoding="utf-8")
    words = ["compare", "trend", "late_funds", "--format", "csv"]
    told = CliRunner().invoke(app, words, prog_name="simulator").stdout
    assert list(csv.DictReader(io.StringIO(saved))) == list(csv.DictReader(io.StringIO(told)))
    assert "simulator compare trend late_funds" in page.locator("footer.foot code").inner_text()


@pytest.mark.parametrize("width", [1366, 390])
def test_six_scenarios_fit_the_width(new_page: NewPage, address: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    names = "trend,late_funds,full_disbursement,drought_severe,epidemic_four_months,levers"
    open_(page, address, f"{MOVED}&compare={names}")
    expect(chips(page)).to_have_count(6)
    expect(page.locator("select.add")).to_be_disabled()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
