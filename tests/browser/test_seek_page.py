"""Does a planner ask what it would take, stop a long search, and use what was found?"""

import re

import pytest
from playwright.sync_api import Page, expect

from simulator.language import Language, say
from tests.browser.board import arrived, picture_page

ONE = "seek=visitors:0.8&seek_levers=visitor_growth:1"
NONE = "seek=total_investment:0.66&seek_levers=all_public_funds:1"
MANY = (
    "seek=total_investment:0.9,grdp_growth:0.9,expected:40&seek_levers=all_public_funds:1,"
    "services_growth:1,industry_growth:1,agriculture_growth:1,pig_biosecurity:1,visitor_growth:1"
)
LANGUAGES = ("vi", "en")
WAIT = 60_000


def asked(page: Page, address: str, query: str, language: Language = "vi") -> None:
    page.goto(f"{address}seek?{query}&language={language}")
    picture_page(page)
    page.get_by_role("button", name=say("seek.start", language), exact=True).click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_reaches_a_target_is_found_and_put_on_the_levers(
    page: Page, address: str, language: Language
) -> None:
    asked(page, address, ONE, language)
    expect(page.get_by_text(say("seek.reached_title", language))).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name=say("seek.apply", language)).click()
    expect(page.locator("section.scenario .chip")).to_have_count(1)
    expect(page.get_by_text(say("seek.stale", language))).to_be_visible()
    expect(page).to_have_url(re.compile("visitor_growth="))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_value_reaches_is_said_with_what_binds(
    page: Page, address: str, language: Language
) -> None:
    asked(page, address, NONE, language)
    expect(page.get_by_text(say("seek.unreached_title", language))).to_be_visible(timeout=WAIT)
    binding = say("seek.limits", language, limits="").strip()
    expect(page.get_by_text(binding)).to_be_visible()


def test_a_long_search_is_stopped_without_losing_the_screen(page: Page, address: str) -> None:
    asked(page, address, MANY)
    stop = page.get_by_role("button", name=say("seek.stop", "vi"))
    stop.click(timeout=WAIT)
    expect(page.get_by_text("Đã dừng")).to_be_visible(timeout=WAIT)
    expect(page.locator(".goal")).to_have_count(3)
    page.reload()
    picture_page(page)
    expect(page.locator(".goal")).to_have_count(3)
    expect(page.locator(".choices input:checked")).to_have_count(6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_put_together_by_hand(page: Page, address: str, language: Language) -> None:
    page.goto(f"{address}seek?language={language}")
    picture_page(page)
    start = page.get_by_role("button", name=say("seek.start", language), exact=True)
    expect(start).to_be_disabled()
    page.get_by_label(say("seek.add_goal", language)).select_option("visitors")
    expect(page.locator(".goal")).to_have_count(1)
    page.locator(".choices label").nth(1).click()
    expect(page.locator(".choices input:checked")).to_have_count(1)
    expect(start).to_be_enabled()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_indicator_says_what_it_takes_and_leads_to_the_page(
    page: Page, address: str, language: Language
) -> None:
    page.goto(f"{address}indicator?indicator=visitors&language={language}")
    picture_page(page)
    for key in ("tornado.title", "breaks.title"):
        expect(page.get_by_role("heading", name=say(key, language))).to_be_visible(timeout=WAIT)
    level = page.get_by_label(say("needed.level", language), exact=True)
    level.select_option("0.9", timeout=WAIT)
    title = say("needed.title", language, level={"vi": "9/10", "en": "9 in 10"}[language])
    expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=WAIT)
    expect(page).to_have_url(re.compile("level=0.9"))
    page.get_by_role("button", name=say("needed.more", language)).click()
    expect(page.locator(".goal")).to_have_count(1)


def test_the_plan_is_put_on_the_levers(page: Page, address: str) -> None:
    page.goto(f"{address}seek")
    picture_page(page)
    page.get_by_role("button", name=say("seek.plan.apply", "vi")).click()
    expect(page.locator("section.scenario .chip").first).to_be_visible(timeout=WAIT)
    page.goto(f"{address}?{page.url.partition('?')[2]}")
    arrived(page)
