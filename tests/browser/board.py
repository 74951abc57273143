"""What does a planner do on the first screen, and what is seen there?

Every wait is for the number that the board shows (`window.simulatorBoard`), never for time.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

Row = dict[str, str]
ROW = "tr[data-name]"


def opened(page: Page, address: str) -> "Board":
    """The first screen at an address, when the board is there."""
    page.goto(address)
    return arrived(page)


def arrived(page: Page) -> "Board":
    """The first screen, when the board is there."""
    page.wait_for_function("window.simulatorBoard?.version > 0")
    page.locator(ROW).first.wait_for()
    page.locator("input[type=range]").first.wait_for(state="attached")
    return Board(page)


def picture_page(page: Page) -> Locator:
    """A page of pictures, when it is there."""
    main = page.locator(".page")
    main.wait_for()
    return main


class Board:
    def __init__(self, page: Page) -> None:
        self.page = page

    def rows(self) -> dict[str, Row]:
        """The words of every row by target and column."""
        return self._cells("textContent")

    def drawn(self) -> dict[str, Row]:
        """Everything of every row, pictures too, but the arrow for the last change."""
        found = self._cells("innerHTML")
        return {name: row | {"change": ""} for name, row in found.items()}

    def changed_since(self, before: dict[str, Row]) -> set[str]:
        """The rows that were drawn otherwise before."""
        return {name for name, row in self.drawn().items() if row != before[name]}

    def _cells(self, part: str) -> dict[str, Row]:
        script = """(rows, part) => {
            const heads = [...rows[0].closest('table').tHead.rows[0].cells];
            const keys = heads.map(head => head.className.replace('h-', ''));
            return rows.map(row => [row.dataset.name,
                Object.fromEntries([...row.cells].map((cell, at) => [keys[at], cell[part]]))]);
        }"""
        return dict(self.page.locator(ROW).evaluate_all(script, part))

    def names(self) -> list[str]:
        """The targets that are visible, from the top."""
        script = "rows => rows.filter(row => !row.hidden).map(row => row.dataset.name)"
        return list(self.page.locator(ROW).evaluate_all(script))

    def moved(self) -> dict[str, float]:
        """Where the moved levers stand."""
        found = self.page.evaluate("window.simulatorBoard.moved")
        return {name: setting["value"] for name, setting in found.items()}

    def version(self) -> int:
        return int(self.page.evaluate("window.simulatorBoard.version"))

    def does(self, act: Callable[..., Any], *given: Any) -> None:
        """Do something that makes the server draw the board anew, and wait until it is shown."""
        self.settled()
        before = self.version()
        act(*given)
        self.page.wait_for_function(
            "version => window.simulatorBoard.version > version", arg=before
        )

    def settled(self) -> None:
        """Wait until the strip has split what is shown."""
        self.page.wait_for_function("!window.simulatorBoard.unsplit")

    def shows(self, name: str, value: float | None) -> None:
        """Wait until the board shows a lever at a value; None is the trend."""
        self.page.wait_for_function(
            """([name, value]) => {
                const found = window.simulatorBoard.moved[name]?.value ?? null;
                return value === null ? found === null : Math.abs(found - value) < 1e-9;
            }""",
            arg=[name, value],
        )

    def slider(self, name: str) -> Locator:
        return self.page.locator(f"#lever-{name}")

    def lever(self, name: str) -> Locator:
        """The whole lever: name, number box, track, words."""
        return self.page.locator(".lever", has=self.page.locator(f"#lever-{name}"))

    def number(self, name: str) -> Locator:
        return self.lever(name).locator(".box input")

    def type(self, name: str, text: str) -> None:
        """Write a number into the box of a lever."""
        box = self.number(name)
        box.fill(text)
        box.press("Enter")

    def set(self, name: str, text: str, value: float) -> None:
        """Write a number into the box of a lever and wait until the board shows it."""
        self.type(name, text)
        self.shows(name, value)

    def drag(self, name: str, share: float, steps: int = 12) -> None:
        """Drag the handle of a lever by a share of the track's length, with the mouse."""
        mouse = self.page.mouse
        handle = self.lever(name).locator(".handle").bounding_box()
        track = self.lever(name).locator(".track").bounding_box()
        assert handle
        assert track
        x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + share * track["width"], y, steps=steps)
        self.does(mouse.up)

    def query(self) -> dict[str, str]:
        """What the address holds."""
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def notices(self) -> Locator:
        return self.page.get_by_role("alert")

    def upload(self, name: str, text: str) -> None:
        """Load a scenario file and wait until something is told."""
        file = {"name": name, "mimeType": "application/yaml", "buffer": text.encode()}
        self.does(lambda: self.page.locator("input[type=file]").set_input_files([file]))
        expect(self.notices().first).to_be_visible()
