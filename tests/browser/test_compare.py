"""Does a planner compare scenarios: add, take away, rebase, keep, load, save, come back?"""

import csv
import io
import re
import shlex
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


def add(page: Page, title: str) -> None:
    """Open the list and take a scenario from it."""
    page.locator("details.add summary").click()
    begins = re.compile(f"^{re.escape(title)}")
    page.locator("details.add").get_by_role("button", name=begins).click()


def keep(page: Page, language: Language, title: str | None = None) -> None:
    """Keep what is on screen, under the suggested name where none is given."""
    page.locator("details.keeping summary").click()
    if title is not None:
        page.get_by_label(say("compare.keep_title", language)).fill(title)
    page.get_by_role("button", name=say("compare.keep_now", language), exact=True).click()


def run(words: list[str]) -> str:
    """What the command prints."""
    done = CliRunner().invoke(app, words, prog_name="simulator")
    assert done.exit_code == 0, done.output
    return done.stdout


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
    title = {"vi": "Giải ngân chậm", "en": "Late funds"}[language]
    add(page, title)
    expect(chips(page)).to_have_count(3)
    page.get_by_role("button", name=say("compare.make_base", language, title=title)).click()
    expect(chips(page).first).to_contain_text(title)
    expect(page).to_have_url(re.compile("compare=late_funds"))
    page.reload()
    expect(chips(page).first).to_contain_text(title)
    shown = say("compare.shown", language)
    page.get_by_role("button", name=say("compare.remove", language, title=shown)).click()
    expect(chips(page)).to_have_count(2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_on_the_levers_is_kept_under_a_name_and_comes_back(
    page: Page, address: str, language: Language
) -> None:
    open_(page, address, f"{MOVED}&language={language}")
    keep(page, language)
    expect(chips(page)).to_have_count(3)
    expect(chips(page).last).to_contain_text(say("compare.kept", language, number=1))
    keep(page, language, "Của tôi <b>")
    expect(chips(page)).to_have_count(4)
    page.reload()
    expect(chips(page).nth(2)).to_contain_text(say("compare.kept", language, number=1))
    expect(chips(page).last).to_contain_text("Của tôi <b>")


def test_what_is_kept_is_deleted_only_when_that_is_asked(page: Page, address: str) -> None:
    open_(page, address, MOVED)
    keep(page, "vi", "Riêng")
    away = say("compare.remove", "vi", title="Riêng")
    page.get_by_role("button", name=away, exact=True).click()
    expect(chips(page)).to_have_count(2)
    page.locator("details.add summary").click()
    forget = page.get_by_role("button", name=say("compare.forget", "vi", title="Riêng"))
    forget.click()
    page.locator("details.add summary").click()
    expect(forget).to_have_count(0)


def test_the_list_opens_and_closes_by_keyboard_and_work_goes_on_where_it_was(
    page: Page, address: str
) -> None:
    open_(page, address, MOVED)
    summary = page.locator("details.add summary")
    summary.press("Enter")
    expect(page.locator("details.add ul").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("details.add ul").first).to_be_hidden()
    expect(summary).to_be_focused()
    unfold = page.locator("button[data-unfold=outcomes]")
    before = page.locator(".folded tr:visible").count()
    unfold.press("Enter")
    expect(unfold).to_have_attribute("aria-expanded", "true")
    assert page.locator(".folded tr:visible").count() > before
    add(page, "Giải ngân chậm")
    expect(chips(page)).to_have_count(3)
    expect(page.locator("button[data-unfold=outcomes]")).to_have_attribute("aria-expanded", "true")


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_saved_comparison_is_the_commands(
    page: Page, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    open_(page, address, f"{MOVED}&compare=trend,late_funds,levers&language={language}")
    keep(page, language, "Riêng | tôi")
    expect(chips(page)).to_have_count(4)
    for button in page.locator("button[data-save]").all():
        with page.expect_download() as waiting:
            button.click()
        waiting.value.save_as(tmp_path / waiting.value.suggested_filename)
    monkeypatch.chdir(tmp_path)
    words = shlex.split(page.locator("footer.foot code").inner_text())
    assert words == ["simulator", "compare", "trend", "late_funds", "levers.yaml", "kept_1.yaml"]
    told = run([*words[1:], "--format", "csv"])
    saved = (tmp_path / "comparison.csv").read_text(encoding="utf-8")
    assert list(csv.DictReader(io.StringIO(saved))) == list(csv.DictReader(io.StringIO(told)))
    told = run([*words[1:], "--format", "markdown", "--language", language])
    assert (tmp_path / "comparison.md").read_text(encoding="utf-8") == told


@pytest.mark.parametrize("width", [1366, 390])
def test_six_scenarios_fit_the_width(new_page: NewPage, address: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    names = "trend,late_funds,full_disbursement,drought_severe,epidemic_four_months,levers"
    open_(page, address, f"{MOVED}&compare={names}")
    expect(chips(page)).to_have_count(6)
    page.locator("details.add summary").click()
    page.locator("details.add li button").first.click()
    told = say("compare.told_full", "vi", most=6)
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(chips(page)).to_have_count(6)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
