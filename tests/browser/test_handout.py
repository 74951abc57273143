"""Does a hand-out give the model's numbers, offline and as fast as a drag, drawn as in the cockpit?"""

import json
import secrets
import shlex
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from typer.testing import CliRunner

from simulator.assumptions import Setting
from simulator.cli import app
from simulator.cockpit.board_view import row as cockpit_row
from simulator.cockpit.headline_view import headline as cockpit_headline
from simulator.cockpit.markup import Markup
from simulator.handout.page import CHANCE_WITHIN, VALUE_WITHIN
from simulator.language import Language, say
from simulator.run import Result
from tests.browser.axe import faults
from tests.browser.board import Board, arrived
from tests.handout.pages import (
    count_differences,
    differences,
    plain,
    random_changes,
    result_of,
    trend,
    written,
)
from tests.strategies import BASELINES, scenario

FOREIGN = "foreign_capital_disbursement"
MASTER = "all_public_funds"
RANDOM_SETTINGS = 12
LEAST_UPDATES = 5
SIZES = [(1366, 768), (900, 800), (390, 844)]

Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens hand-outs with the network off; a request or a complaint of the page fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def make(
        run: Result | str, address: str = "", language: Language = "vi", **options: Any
    ) -> Page:
        options.setdefault("viewport", {"width": 1366, "height": 768})
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: _stay_in_the_file(request.url, complaints))
        url = run if isinstance(run, str) else written(tmp_path, run, language)
        page.goto(url + address)
        arrived(page)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _stay_in_the_file(url: str, complaints: list[str]) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        complaints.append(f"request: {url}")


def numbers(page: Page, changes: dict[str, Setting]) -> Any:
    return page.evaluate("moved => window.simulatorHandout.numbers(moved)", plain(changes))


def drawn(page: Page) -> dict[str, list[str]]:
    """The cells of every row as the browser holds them."""
    script = (
        "rows => rows.map(row => [row.dataset.name, [...row.cells].map(cell => cell.outerHTML)])"
    )
    return dict(page.locator("tr[data-name]").evaluate_all(script))


def parsed(page: Page, html: str) -> list[str]:
    """The cells of a row of the cockpit as the same browser would hold them."""
    script = """html => { const table = document.createElement("table"); table.innerHTML = `<tr>${html}</tr>`;
        return [...table.rows[0].cells].map(cell => cell.outerHTML); }"""
    return list(page.evaluate(script, html))


# Numbers


def test_random_settings_of_all_levers_give_the_models_numbers(opened: Opened) -> None:
    seed = secrets.randbits(32)
    generator = np.random.default_rng(seed)
    page = opened(trend())
    for _ in range(RANDOM_SETTINGS):
        changes = random_changes(generator)
        card = result_of(scenario(changes, draws=1024)).card
        found = numbers(page, changes)
        chance, value = differences(found, card)
        assert chance <= CHANCE_WITHIN * 4, f"seed {seed}"
        assert value <= VALUE_WITHIN, f"seed {seed}"
        assert max(count_differences(found, card)) <= CHANCE_WITHIN * 40, f"seed {seed}"


def test_the_trend_at_the_plans_own_draws_is_the_models(opened: Opened) -> None:
    result = trend(4096)
    found = numbers(opened(result), {})
    chance, value = differences(found, result.card)
    assert chance <= CHANCE_WITHIN
    assert value <= VALUE_WITHIN


def test_a_scenario_opens_with_its_own_changes_and_typed_baselines(opened: Opened) -> None:
    changes = {
        FOREIGN: Setting(0.9),
        "human_epidemic": Setting(1.0, fixed=True),
        "visitor_growth": Setting(0.1, p10=0.02, p90=0.3),
    }
    run = replace(scenario(changes, draws=256, typed_baselines=BASELINES), name="mine")
    result = result_of(run)
    page = opened(result)
    found = numbers(page, changes)
    assert max(differences(found, result.card)) <= VALUE_WITHIN
    board = Board(page)
    opening = {name: row.centre for name, row in changes.items()}
    assert board.moved() == opening
    board.does(lambda: page.get_by_role("button", name=say("lever.reset_all", "vi")).first.click())
    assert board.moved() == {}
    again = page.get_by_role("button", name=say("handout.reopen", "vi"))
    board.does(lambda: again.click())
    assert board.moved() == opening


def test_a_browser_that_computes_otherwise_says_so(opened: Opened, tmp_path: Path) -> None:
    address = written(tmp_path, trend(64))
    path = tmp_path / "board.html"
    text = path.read_text(encoding="utf-8")
    assert text.count("Math.expm1(") > 1
    path.write_text(text.replace("Math.expm1(", "0.5 * Math.expm1("), encoding="utf-8")
    page = opened(address)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(say("handout.differs", "vi"))
    alert.get_by_role("button").click()
    expect(alert).to_have_count(0)


def test_a_browser_that_computes_as_the_model_says_nothing(opened: Opened) -> None:
    expect(opened(trend(64)).get_by_role("alert")).to_have_count(0)


# What is seen


@pytest.mark.parametrize("language", ["vi", "en"])
def test_rows_and_headline_are_drawn_as_the_cockpit_draws_them(
    opened: Opened, language: Language
) -> None:
    opening = trend()
    page = opened(opening, f"#v=1&{FOREIGN}=0.8&visitor_growth=0.3&language={language}")
    changes = {FOREIGN: Setting(0.8), "visitor_growth": Setting(0.3)}
    card = result_of(scenario(changes, draws=1024)).card
    seen = drawn(page)
    for name, score in card.rows.items():
        cells = parsed(page, cockpit_row(score, opening.card.rows[name], card, language).html)
        if "baseline" in cells[2]:
            cells[2] = seen[name][2]
            assert say("board.no_baseline", language, year=2019) in cells[2]
        assert seen[name] == cells, name
    made = cockpit_headline(card, None, opening.card, language)
    theirs = parsed(page, Markup(f"<td>{made}</td>"))[0]
    ours = page.locator(".headline").evaluate("part => `<td>${part.outerHTML}</td>`")
    mean = f"{opening.card.count.plan.mean:.1f}"  # type: ignore[union-attr]
    mean = mean.replace(".", ",") if language == "vi" else mean
    against = say("headline.since_trend", language, mean=mean)
    assert against in theirs
    assert ours == theirs.replace(against, say("handout.against", language, mean=mean))


def test_the_other_language_is_one_click_away_and_keeps_the_levers(opened: Opened) -> None:
    page = opened(trend(64), f"#v=1&{FOREIGN}=0.9")
    lead = page.locator(".lead")
    expect(lead).to_contain_text(say("headline.parts", "vi", scored=41).split("|")[0])
    page.get_by_role("button", name="EN").click()
    expect(lead).to_contain_text(say("headline.parts", "en", scored=41).split("|")[0])
    assert page.evaluate("document.documentElement.lang") == "en"
    assert Board(page).moved() == {FOREIGN: 0.9}
    expect(page.get_by_role("button", name="EN")).to_be_focused()
    page.reload()
    arrived(page)
    expect(lead).to_contain_text(say("headline.parts", "en", scored=41).split("|")[0])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1366, 390])
def test_axe_finds_nothing_grave(opened: Opened, language: str, width: int) -> None:
    address = f"#v=1&{FOREIGN}=0.98&pig_biosecurity=0.8&language={language}"
    page = opened(trend(64), address, viewport={"width": width, "height": 768})
    assert faults(page) == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_lies_beyond_the_edge(opened: Opened, width: int, height: int) -> None:
    page = opened(trend(64), f"#v=1&{FOREIGN}=0.9", viewport={"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_holds_the_board_the_line_that_reproduces_it_and_no_levers(opened: Opened) -> None:
    page = opened(trend(64), f"#v=1&{FOREIGN}=0.9")
    page.emulate_media(media="print")
    expect(page.locator("#levers")).to_be_hidden()
    expect(page.locator(".foot code")).to_be_visible()
    expect(page.locator("#about")).to_be_visible()
    bottom = page.locator("tr[data-name]:not([hidden])").last.bounding_box()
    foot = page.locator(".foot").bounding_box()
    assert bottom is not None
    assert foot is not None
    assert foot["y"] >= bottom["y"] + bottom["height"] - 1


# What is done


def test_a_drag_moves_the_board_again_and_again(opened: Opened) -> None:
    page = opened(trend(4096))
    page.evaluate(
        "addEventListener('simulator-news', () => { window.updates = (window.updates ?? 0) + 1; })"
    )
    before = drawn(page)
    place = page.locator(f"#lever-{FOREIGN}").bounding_box()
    assert place is not None
    y = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + 0.55 * place["width"], y)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(place["x"] + (0.55 + 0.01 * step) * place["width"], y)
    page.mouse.up()
    page.wait_for_function(f"window.simulatorBoard.moved.{FOREIGN}?.value > 0.85")
    assert page.evaluate("window.updates") >= LEAST_UPDATES
    assert drawn(page)["total_investment"] != before["total_investment"]
    board = Board(page)
    board.does(lambda: page.keyboard.press("Control+z"))
    assert drawn(page) == before, "one drag is one step"


def test_arrows_undo_redo_reset_and_the_master_lever(opened: Opened) -> None:
    page = opened(trend(64))
    board = Board(page)
    start = drawn(page)
    board.slider(FOREIGN).focus()
    board.does(lambda: page.keyboard.press("PageUp"))
    moved = board.moved()[FOREIGN]
    assert moved > 0.55
    board.does(lambda: page.keyboard.press("Control+z"))
    assert board.moved() == {}
    assert drawn(page) == start
    board.does(lambda: page.keyboard.press("Control+y"))
    assert board.moved() == {FOREIGN: moved}
    board.slider(MASTER).focus()
    board.does(lambda: page.keyboard.press("Home"))
    together = board.moved()
    assert together[MASTER] == -0.4
    assert len(together) == 10
    board.does(lambda: page.keyboard.press("0"))
    assert board.moved() == {}
    board.type(FOREIGN, "90")
    board.shows(FOREIGN, 0.9)
    reset = page.get_by_role("button", name=say("lever.reset_all", "vi"), exact=True)
    board.does(lambda: reset.click())
    assert drawn(page) == start


def test_the_address_brings_the_levers_back_and_takes_nothing_out_of_range(opened: Opened) -> None:
    text = f"#v=1&{FOREIGN}=0.9&human_epidemic=fixed:1&visitor_growth=0~0.1~0.2&drought_severity=7&x=<b>"
    page = opened(trend(64), text)
    board = Board(page)
    assert board.moved() == {FOREIGN: 0.9, "human_epidemic": 1, "visitor_growth": 0.1}
    rows = drawn(page)
    page.reload()
    arrived(page)
    assert drawn(page) == rows


def test_the_printed_line_gives_the_same_numbers_in_a_shell(opened: Opened) -> None:
    text = f"#v=1&{FOREIGN}=0.9&human_epidemic=fixed:1&visitor_growth=0~0.1~0.2"
    result = result_of(replace(scenario(draws=256, typed_baselines=BASELINES), name="trend"))
    page = opened(result, text)
    line = page.locator(".foot code").inner_text()
    words = shlex.split(line)
    assert words[:2] == ["simulator", "run"]
    ran = CliRunner().invoke(app, [*words[1:], "--format", "json"])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    changes = {
        FOREIGN: Setting(0.9),
        "human_epidemic": Setting(1.0, fixed=True),
        "visitor_growth": Setting(0.1, p10=0.0, p90=0.2),
    }
    found = numbers(page, changes)
    assert found["count"]["plan"]["mean"] == pytest.approx(told["count"]["plan"]["mean"])
    for target in told["targets"]:
        assert found["rows"][target["name"]]["chance"] == pytest.approx(target["plan_chance"])
