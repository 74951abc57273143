"""Does a planner enter, correct, withdraw and import figures, see the board move, and look back?"""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from simulator.batch import default_plan
from simulator.cockpit.year_typed import typed_value
from simulator.insight.tracking import quantity_title
from simulator.intake import write_csv, write_xlsx
from simulator.language import Language, say
from simulator.ledger import open_ledger
from simulator.observation import Observation
from tests.browser.board import picture_page
from tests.browser.conftest import NewPage
from tests.browser.serving import database, served, wait_until_served
from tests.strategies import shipped_plan

LANGUAGES: tuple[Language, ...] = ("vi", "en")
JUNE = date(2020, 6, 30)
VISITORS = Observation("visitors", "to_date", 430.5, "thousand_visits", JUNE, "Sở VHTTDL", "")
EXPORTS = Observation("exports", "to_date", 31.25, "million_usd", JUNE, "Cục Hải quan", "")
PLAIN = {"vi": "luot khach", "en": "visitors"}
"""What is typed to find the visitors: without the marks of Vietnamese."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server of each test's own: what it enters no other test sees, and a log says a thing once."""
    folder = tmp_path / "tracked"
    folder.mkdir()
    with served(folder) as own:
        wait_until_served(own)
        yield own


def opened(page: Page, address: str, language: Language = "vi", query: str = "") -> Page:
    page.goto(f"{address}track?language={language}&{query}")
    picture_page(page)
    return page


def button(page: Page, key: str, language: Language, **values: object) -> Locator:
    return page.get_by_role("button", name=say(key, language, **values), exact=True)


def fill(page: Page, told: Observation, language: Language, found_by: str = "") -> None:
    """Fill in the form as one types, the quantity found by some letters."""
    page.locator(".choosing summary").click()
    words = found_by or quantity_title(told.quantity, shipped_plan(), language)
    page.locator(".choosing input[type=search]").fill(words)
    page.keyboard.press("Enter")
    page.locator("[name=manner]").select_option(told.kind)
    page.locator("[name=value]").fill(typed_value(told.value, language))
    page.locator("[name=unit]").select_option(told.unit)
    page.locator(".entering [name=date]").fill(told.date.isoformat())
    page.locator(".entering [name=source]").fill(told.source)


def entered(page: Page, told: Observation, language: Language) -> int:
    """Enter a figure and return the number of its entry."""
    fill(page, told, language)
    before = page.locator(".log tbody tr").count()
    button(page, "year.form.submit", language).click()
    expect(page.locator(".log tbody tr")).to_have_count(before + 1)
    return int(page.locator(".log tbody th").first.inner_text())


def line(page: Page, number: int) -> Locator:
    return page.locator(".log tbody tr", has=page.locator("th", has_text=f"{number}")).filter(
        has=page.get_by_text(f"{number}", exact=True)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_is_entered_corrected_and_withdrawn_and_the_board_moves(
    page: Page, address: str, language: Language
) -> None:
    opened(page, address, language)
    fill(page, VISITORS, language, PLAIN[language])
    expect(page.locator(".choosing summary")).to_have_text(
        quantity_title("visitors", shipped_plan(), language)
    )
    number = entered(page, VISITORS, language)
    told = say("year.told.entered", language, number=number, title="").strip(" .")
    expect(page.locator("[role=status].notice")).to_contain_text(told.removesuffix(":"))
    expect(page.locator(".years tbody tr").first).to_be_visible()
    expect(page.locator(".years tbody")).to_contain_text(
        shipped_plan().targets["visitors"].short(language)
    )
    expect(line(page, number)).to_contain_text(say("year.log.used", language))

    button(page, "year.act.correct_of", language, number=number).click()
    correction = page.locator(".entering")
    expect(correction.locator("[name=value]")).to_have_value(typed_value(430.5, language))
    correction.locator("[name=value]").fill(typed_value(412.25, language))
    button(page, "year.form.submit_correction", language).click()
    expect(page.locator("#fault-note")).to_be_visible()
    expect(correction.locator("[name=note]")).to_be_focused()
    expect(correction.locator("[name=value]")).to_have_value(typed_value(412.25, language))
    correction.locator("[name=note]").fill("Sở đính chính")
    button(page, "year.form.submit_correction", language).click()
    corrected = say("year.log.corrected", language, number=number + 1)
    expect(line(page, number)).to_contain_text(corrected)
    expect(line(page, number).locator("s")).to_have_count(2)
    expect(line(page, number + 1)).to_contain_text("Sở đính chính")

    button(page, "year.act.ask_withdraw_of", language, number=number + 1).click()
    page.locator(".entering [name=note]").fill("nhầm kỳ")
    button(page, "year.withdraw.now", language).click()
    withdrawn = say("year.log.withdrawn", language, number=number + 2)
    expect(line(page, number + 1)).to_contain_text(withdrawn)
    expect(line(page, number + 2)).to_contain_text("nhầm kỳ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_of_the_other_language_is_refused_at_its_field_and_stays(
    page: Page, address: str, language: Language
) -> None:
    opened(page, address, language)
    fill(page, VISITORS, language)
    wrong = typed_value(430.5, "en" if language == "vi" else "vi")
    page.locator("[name=value]").fill(wrong)
    count = page.locator(".log tbody tr").count()
    button(page, "year.form.submit", language).click()
    expect(page.locator("#fault-value")).to_contain_text(wrong)
    expect(page.locator("[name=value]")).to_be_focused()
    expect(page.locator("[name=value]")).to_have_value(wrong)
    expect(page.locator("[name=unit]")).to_have_value(VISITORS.unit)
    assert page.locator(".log tbody tr").count() == count


def test_what_is_typed_stays_while_the_page_is_drawn_anew(page: Page, address: str) -> None:
    opened(page, address)
    fill(page, VISITORS, "vi")
    page.get_by_role("button", name=say("year.show.all", "vi", count="").strip()).click()
    expect(page.locator(".segments button[aria-pressed=true]")).to_contain_text("Tất cả")
    expect(page.locator("[name=value]")).to_have_value("430,5")
    expect(page.locator("[name=manner]")).to_have_value("to_date")
    expect(page.locator(".entering [name=source]")).to_have_value("Sở VHTTDL")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_shown_first_and_entered_whole_or_not_at_all(
    page: Page, address: str, language: Language, tmp_path: Path
) -> None:
    opened(page, address, language)
    count = page.locator(".log tbody tr").count()
    file = tmp_path / "so_lieu.csv"
    file.write_bytes(write_csv([VISITORS, EXPORTS]).replace(b"million_usd", b"million_eur"))
    choose = page.locator("input[data-bytes]")
    choose.set_input_files(file)
    expect(page.locator(".preview tr.wrong")).to_have_count(1)
    expect(page.locator(".previewing .main")).to_be_disabled()
    workbook = tmp_path / "so_lieu.xlsx"
    workbook.write_bytes(write_xlsx([VISITORS, EXPORTS]))
    choose.set_input_files(workbook)
    expect(page.locator(".preview tr.wrong")).to_have_count(0)
    assert page.locator(".log tbody tr").count() == count
    button(page, "year.import.all", language, count=2).click()
    expect(page.locator(".log tbody tr")).to_have_count(count + 2)
    expect(page.locator(".previewing")).to_have_count(0)
    expect(page.locator(".log tbody tr").first).to_contain_text("so_lieu.xlsx")


def test_the_past_is_replayed_from_its_address_and_takes_no_figures(
    page: Page, address: str
) -> None:
    language: Language = "vi"
    opened(page, address, language)
    number = entered(page, EXPORTS, language)
    page.locator(".replay [name=date]").fill("2020-03-31")
    button(page, "year.replay.look", language).click()
    expect(page.locator(".past")).to_be_visible()
    expect(page.locator(".entering")).to_have_count(0)
    aside = say("track.why.after_as_of", language)
    expect(line(page, number)).to_contain_text(aside)
    page.wait_for_url("**as_of=2020-03-31**")
    page.reload()
    picture_page(page)
    expect(page.locator(".past")).to_be_visible()
    page.locator(".replay [name=clock]").select_option("entered")
    button(page, "year.replay.look", language).click()
    page.wait_for_url("**clock=entered**")
    expect(page.get_by_text(say("year.log.empty", language))).to_be_visible()
    button(page, "year.replay.now", language).click()
    expect(page.locator(".entering")).to_be_visible()
    expect(line(page, number)).to_contain_text(say("year.log.used", language))


def test_what_is_saved_holds_what_counts(page: Page, address: str) -> None:
    language: Language = "en"
    opened(page, address, language)
    entered(page, VISITORS, language)
    with page.expect_download() as csv:
        button(page, "year.save.csv", language).click()
    text = Path(csv.value.path()).read_text(encoding="utf-8-sig")
    assert "visitors" in text
    assert "430.5" in text
    with page.expect_download() as xlsx:
        button(page, "year.save.xlsx", language).click()
    content = Path(xlsx.value.path()).read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert sheet.max_row == len(text.strip().splitlines())


def test_what_another_enters_is_seen_and_who_is_too_late_loses_nothing(
    new_page: NewPage, address: str
) -> None:
    one, other = opened(new_page(), address), opened(new_page(), address)
    number = entered(one, VISITORS, "vi")
    other.reload()
    picture_page(other)
    for page in (one, other):
        button(page, "year.act.correct_of", "vi", number=number).click()
        page.locator(".entering [name=note]").fill("sửa")
        page.locator(".entering [name=value]").fill("400")
    button(one, "year.form.submit_correction", "vi").click()
    expect(line(one, number + 1)).to_be_visible()
    other.locator(".entering [name=value]").fill("401")
    button(other, "year.form.submit_correction", "vi").click()
    expect(other.get_by_role("alert")).to_be_visible()
    expect(other.locator(".entering [name=value]")).to_have_value("401")
    expect(line(other, number + 1)).to_be_visible()


def test_beyond_this_machine_figures_are_read_and_an_event_that_is_sent_anyway_is_refused(
    browser: Browser, tmp_path: Path
) -> None:
    plan = default_plan()
    with open_ledger(database(tmp_path)) as ledger:
        ledger.record(plan, [Observation(**{**vars(VISITORS), "entered_by": "Lan"})])
        with served(tmp_path, "--address", "0.0.0.0") as own:
            wait_until_served(own)
            page = opened(browser.new_page(), own)
            expect(page.locator(".log tbody tr")).to_have_count(1)
            expect(page.locator(".entering")).to_have_count(0)
            expect(page.locator(".log button")).to_have_count(0)
            expect(page.get_by_text("plan-simulator[signin]")).to_be_visible()
            sent = {"change": "ask_withdraw", "number": 1}
            page.locator(".root:has(.page)").evaluate(
                "(root, sent) => root.send('year', sent)", sent
            )
            expect(page.get_by_role("alert")).to_contain_text(say("year.refused.visitor", "vi"))
            page.close()
        assert len(ledger.entries(plan)) == 1
