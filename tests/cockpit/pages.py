"""Is a piece of markup well formed, with every text escaped, and what does it say?"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from simulator.plan import Plan
from simulator.projection import build_model, project
from simulator.scorecard import Scorecard, score
from tests.cockpit.sessions import HOSTILE
from tests.strategies import scenario, shipped_plan

HARMLESS = re.compile(r"^[a-z][a-z0-9-]*$")
ALLOWED = {
    "b", "button", "circle", "code", "details", "div", "form", "g", "h1", "h2", "h3", "header", "i",
    "input", "label", "li", "line", "option", "summary",
    "p", "path", "pattern", "polygon", "polyline", "pre", "rect", "root", "section", "select",
    "s", "span", "strong", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "tspan", "ul",
}  # fmt: skip


def parsed(html: str) -> ElementTree.Element:
    """The markup as a tree. Raises ParseError where it is not well formed."""
    return ElementTree.fromstring(f"<root>{html.replace(chr(0), '')}</root>")


def assert_safe(html: str) -> ElementTree.Element:
    """Well formed, known elements alone, no handlers, no addresses."""
    root = parsed(html)
    for element in root.iter():
        assert element.tag in ALLOWED, element.tag
        for name, value in element.attrib.items():
            assert HARMLESS.match(name.lower()), name
            assert not name.startswith("on"), name
            assert name not in {"src", "href", "srcdoc", "action"}, name
            if name == "style":
                assert "url(" not in value
                assert "expression" not in value
    assert "<script" not in html
    assert "<img" not in html
    return root


def words_of(root: ElementTree.Element) -> str:
    """All text of a tree, with labels and titles."""
    return " ".join(_pieces(root))


def _pieces(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        yield from (text for text in (element.text, element.tail) if text)
        yield from (
            element.attrib[key]
            for key in ("title", "aria-label", "data-tip")
            if key in element.attrib
        )


@cache
def hostile_plan() -> Plan:
    """The shipped plan whose every title and evidence tries to break out of the page."""
    plan = shipped_plan()
    texts = ("title_vi", "title_en", "short_vi", "short_en", "evidence")

    def made_hostile(row):
        told = {key: f"{row.name} {HOSTILE}" for key in texts if hasattr(row, key)}
        return row.model_copy(update=told)

    catalogue = plan.catalogue
    return replace(
        plan,
        targets={name: made_hostile(row) for name, row in plan.targets.items()},
        catalogue=replace(
            catalogue,
            assumptions={name: made_hostile(row) for name, row in catalogue.assumptions.items()},
        ),
    )


@cache
def hostile_model():
    return build_model(hostile_plan())


def hostile_card(moves=None) -> Scorecard:
    return score(project(hostile_model(), scenario(dict(moves.changes) if moves else {})))
