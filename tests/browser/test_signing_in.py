"""Does a sign-in let who is listed edit, and nobody else? With a provider of its own, under a sub-path."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from simulator.editors import EDITORS, EDITORS_FILE
from tests.browser.provider import CLIENT, Provider, provided
from tests.browser.serving import free_port, wait_until_served

PAGE = Path(__file__).with_name("editing_page.py")
SECRETS = """
[auth]
redirect_uri = "{address}oauth2callback"
cookie_secret = "a secret of this test, which nobody keeps"
client_id = "{client}"
client_secret = "also of this test"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@contextlib.contextmanager
def editing(folder: Path, provider: str | None, listed: str | None) -> Iterator[str]:
    """The address of the page, under a sub-path as behind a proxy."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/plan/"
    if provider is not None:
        (folder / ".streamlit").mkdir()
        secrets = SECRETS.format(address=address, client=CLIENT, provider=provider)
        (folder / ".streamlit" / "secrets.toml").write_text(secrets)
    environment = {k: v for k, v in os.environ.items() if k not in {EDITORS, EDITORS_FILE}}
    environment |= {"HOME": str(folder)} | ({EDITORS: listed} if listed else {})
    options = {
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.headless": "true",
        "server.baseUrlPath": "plan",
        "browser.gatherUsageStats": "false",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    with (folder / "page.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(PAGE), *flags],
            cwd=folder,
            stdout=log,
            stderr=log,
            env=environment,
        )
        try:
            wait_until_served(address)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(20000)
    yield context.new_page()
    context.close()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provided() as found:
        yield found


def test_who_is_listed_signs_in_and_may_edit_and_others_may_not(
    visit: Page, provider: Provider, tmp_path: Path
) -> None:
    with editing(tmp_path, provider.address, "Lan@Example.org") as address:
        visit.goto(address)
        expect(visit.get_by_text("name: nobody; may edit: False")).to_be_visible()
        for email, verified, may in (
            ("lan@example.org", True, True),
            ("hoa@example.org", True, False),
            ("lan@example.org", False, False),
            ("lan@example.org", None, True),
        ):
            provider.email, provider.verified = email, verified
            visit.get_by_role("button", name="Sign in").click()
            expect(visit.get_by_text(f"name: {email}; may edit: {may}")).to_be_visible()
            if not may:
                expect(visit.get_by_text("is signed in but not listed")).to_be_visible()
            visit.reload()
            expect(visit.get_by_text(f"name: {email}; may edit: {may}")).to_be_visible()
            visit.get_by_role("button", name="Sign out").click()
            expect(visit.get_by_text("name: nobody; may edit: False")).to_be_visible()


@pytest.mark.parametrize("listed", [None, "lan@example.org"])
def test_without_a_provider_all_may_read_and_are_told_what_editing_takes(
    visit: Page, tmp_path: Path, listed: str | None
) -> None:
    with editing(tmp_path, None, listed) as address:
        visit.goto(address)
        expect(visit.get_by_text("name: nobody; may edit: False")).to_be_visible()
        expect(visit.get_by_text("plan-simulator[signin]")).to_be_visible()
        assert visit.get_by_role("button", name="Sign in").count() == 0
