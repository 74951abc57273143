"""Is the page of validation and method read, searched and sorted, in both languages?"""

import pytest
from playwright.sync_api import Page, expect

from simulator.insight.method import judgement_table
from simulator.language import Language, say
from tests.browser.board import picture_page
from tests.browser.conftest import NewPage
from tests.strategies import shipped_model

LANGUAGES: tuple[Language, ...] = ("vi", "en")
PHONE = {"width": 390, "height": 844}


def opened(page: Page, address: str, language: Language) -> Page:
    page.goto(f"{address}method?language={language}")
    picture_page(page)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_coverage_skill_and_what_they_do_not_show_stand_on_the_page(
    page: Page, address: str, language: Language
) -> None:
    text = picture_page(opened(page, address, language)).inner_text()
    for part in ("13/30", "0,47" if language == "vi" else "0.47", say("method.what_not", language)):
        assert part in text
    expect(page.get_by_role("heading", level=1)).to_have_text(say("method.page", language))
    bar = page.get_by_role("link", name=say("page.method", language), exact=True)
    expect(bar).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_list_is_searched_without_diacritics(
    page: Page, address: str, language: Language
) -> None:
    opened(page, address, language)
    section = page.locator(".judgements")
    rows = section.locator("tbody tr:visible")
    whole = len(judgement_table(shipped_model(), language).rows)
    expect(rows).to_have_count(whole)
    field = section.get_by_role("searchbox")
    field.fill("an toan sinh hoc" if language == "vi" else "BIOSECURITY")
    expect(rows).to_have_count(1)
    told = say("method.found", language, shown=1, count=whole)
    expect(section.locator(".find span")).to_have_text(told)
    field.fill("zzz")
    expect(rows).to_have_count(0)
    field.fill("")
    expect(rows).to_have_count(whole)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_sorted_by_numbers_and_by_words_with_the_keyboard(
    page: Page, address: str, language: Language
) -> None:
    opened(page, address, language)
    section = page.locator(".scores")
    for column, rising in (("pit", True), ("crps", True), ("indicator", False)):
        head = section.get_by_role("button", name=say(f"validation.column.{column}", language))
        head.focus()
        page.keyboard.press("Enter")
        cell = section.locator("th[aria-sort]")
        expect(cell).to_have_count(1)
        expect(cell).to_have_attribute("aria-sort", "ascending")
        at = cell.evaluate("cell => cell.cellIndex")
        texts = section.locator(f"tbody tr > :nth-child({at + 1})").all_inner_texts()
        if rising:
            numbers = [number(text, language) for text in texts]
            assert numbers == sorted(numbers)
        page.keyboard.press("Enter")
        expect(cell).to_have_attribute("aria-sort", "descending")
        turned = section.locator(f"tbody tr > :nth-child({at + 1})").all_inner_texts()
        assert turned[0] == texts[-1]


def number(text: str, language: Language) -> float:
    swapped = text.translate(str.maketrans(",.", ".,")) if language == "vi" else text
    return float(swapped.replace(",", ""))


@pytest.mark.parametrize("viewport", [None, PHONE])
def test_the_page_does_not_scroll_sideways(
    new_page: NewPage, address: str, viewport: dict[str, int] | None
) -> None:
    page = opened(new_page(**({"viewport": viewport} if viewport else {})), address, "vi")
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= seen
