"""What does axe find on a page, in light and in dark?"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
VIOLATIONS = {"resultTypes": ["violations"]}
COLOURS = VIOLATIONS | {"runOnly": ["color-contrast"]}
"""Nothing else depends on the scheme."""


def faults(page: Page) -> list[str]:
    """What is serious, in a line for each element; the page is light before and after."""
    page.emulate_media(color_scheme="light")
    found = _found(page, VIOLATIONS)
    page.emulate_media(color_scheme="dark")
    found += [f"in the dark: {line}" for line in _found(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    return found


def _found(page: Page, options: dict[str, Any]) -> list[str]:
    found: dict[str, Any] = Axe().run(page, options=options).response
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']} {node['html'][:160]} {_why(node)}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])
