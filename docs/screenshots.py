"""What does the cockpit look like? `python docs/screenshots.py` takes every picture in docs/screens.

It serves the cockpit, opens each page in a headless chromium at 1366 by 768, in Vietnamese, and the
first page on a phone, in English and in the dark too; needs the `test` extra and a chromium.
"""

import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from simulator.batch import default_plan  # noqa: E402
from simulator.ledger import open_ledger  # noqa: E402
from tests.browser.serving import (  # noqa: E402
    chromium,
    database,
    launched,
    served,
    wait_until_served,
)
from tests.track.years import ten_months_of_2019, told  # noqa: E402

FOLDER = ROOT / "docs" / "screens"
MOVES = "v=1&foreign_capital_disbursement=0.8&pig_restocking_rate=0.06"
"""What the pictures show: foreign capital in time, and pens filled again fast."""
JUNE, WHO, SOURCE = date(2020, 6, 30), "Nguyễn Thị Lan", "Sở Kế hoạch và Đầu tư"
QUESTION = "seek=visitors:0.8&seek_levers=visitor_growth:1"
SETTLED = """() => document.fonts.status === 'loaded'
    && !document.querySelector('[data-stale=true], [aria-busy]')"""


@dataclass(frozen=True)
class Shot:
    """A page to open, and how large and in which light."""

    name: str
    path: str
    width: int = 1366
    height: int = 768
    scheme: str = "light"


SHOTS = (
    Shot("overview", f"?{MOVES}"),
    Shot("overview_en", f"?{MOVES}&language=en"),
    Shot("overview_dark", f"?{MOVES}", scheme="dark"),
    Shot("overview_phone", f"?{MOVES}", width=390, height=844),
    Shot("indicator", f"indicator?{MOVES}&indicator=grdp_growth"),
    Shot("growth", f"growth?{MOVES}"),
    Shot("disbursement", f"disbursement?{MOVES}"),
    Shot("disease", f"disease?{MOVES}"),
    Shot("compare", "compare"),
    Shot("seek", f"seek?{QUESTION}"),
    Shot("track", "track"),
    Shot("method", "method"),
)


def take(browser: Browser, address: str, shot: Shot) -> None:
    """One picture, as a page looks when it has just been opened."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        locale="vi-VN",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address + shot.path)
    page.locator("tr[data-name], .page").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_function(SETTLED)
    page.screenshot(path=FOLDER / f"{shot.name}.png")
    context.close()


def enter(folder: Path) -> None:
    """Figures for the page of the year: what the report prints of ten months, as the plan year's."""
    rows = [replace(row, source=SOURCE, entered_by=WHO) for row in ten_months_of_2019()]
    with open_ledger(database(folder)) as ledger:
        ledger.record(default_plan(), rows, batch="giai_ngan_10_thang.xlsx")
        early = replace(told("visitors", 395.0, day=JUNE), source="Sở VHTTDL", entered_by=WHO)
        number = ledger.record(default_plan(), [early])[0].number
        ledger.correct(number, replace(early, value=401.5), note="Sở đính chính")


def main() -> None:
    """All pictures."""
    path = chromium()
    if path is None:
        sys.exit("no chromium at /usr/bin/chromium or on the PATH")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address:
        enter(Path(folder))
        wait_until_served(address)
        with sync_playwright() as playwright:
            browser = launched(playwright, path)
            for shot in SHOTS:
                take(browser, address, shot)
            browser.close()


if __name__ == "__main__":
    main()
