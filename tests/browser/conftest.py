"""One server and one browser for all; a new, empty session for every test, which may not complain.

Without a chromium these tests are skipped, or fail where REQUIRE_BROWSER=1 says that there is one.
"""

import contextlib
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.board import Board, opened
from tests.browser.serving import chromium, launched, served, wait_until_served

HERE = Path(__file__).parent
LAPTOP = {"width": 1366, "height": 768}
SEARCH_FOR_BASE = re.compile(r"/\w+/_stcore/(health|host-config)$")
"""Streamlit asks for its base path beside a page first, where nothing may answer, then above it."""


@dataclass(frozen=True)
class Start:
    address: str
    seconds: float


NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        message = "no chromium at /usr/bin/chromium or on the PATH"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        launched_ = launched(playwright, path)
        yield launched_
        launched_.close()


@contextlib.contextmanager
def first_board(browser: Browser, folder: Path) -> Iterator[Start]:
    """A server just started, and how long the first planner waited for the board."""
    began = time.monotonic()
    with served(folder) as address:
        wait_until_served(address)
        page = browser.new_page()
        opened(page, address)
        took = time.monotonic() - began
        page.close()
        yield Start(address, took)


@pytest.fixture(scope="session")
def start(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    with first_board(browser, tmp_path_factory.mktemp("served")) as started:
        yield started


@pytest.fixture
def address(start: Start) -> str:
    """The address of the first screen."""
    return start.address


@pytest.fixture
def complaints() -> list[str]:
    """What browsers complained of in this test."""
    return []


@pytest.fixture
def new_page(browser: Browser, address: str, complaints: list[str]) -> Iterator[NewPage]:
    """Makes pages, each of a browser session of its own, of which nothing may be complained."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> Page:
        context = browser.new_context(**({"viewport": LAPTOP, "locale": "vi-VN"} | options))
        context.set_default_timeout(15000)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _hear(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
        page.on("request", lambda request: _stay_home(request.url, address, complaints))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _hear(message: ConsoleMessage, complaints: list[str]) -> None:
    expected = message.type == "error" and SEARCH_FOR_BASE.search(message.location["url"])
    if message.type == "error" and not expected:
        complaints.append(f"console: {message.text} ({message.location['url']})")


def _stay_home(url: str, address: str, complaints: list[str]) -> None:
    if not url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:")):
        complaints.append(f"request to elsewhere: {url}")


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture
def board(page: Page, address: str) -> Board:
    """The first screen of a new session, as one arrives."""
    return opened(page, address)
