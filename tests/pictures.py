"""What must every picture keep? Well formed, self-contained, legible, and inside its own edges."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

from simulator.drawing.figure import Figure
from simulator.drawing.tokens import LIGHT

SVG = "{http://www.w3.org/2000/svg}"
LETTER = 0.6
"""Of the font size: no text is wider on average a letter."""
SMALLEST = 11


def root_of(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg)


def texts_of(figure: Figure) -> list[str]:
    return ["".join(element.itertext()) for element in root_of(figure).iter(f"{SVG}text")]


def size_of(element: ElementTree.Element, inherited: float) -> float:
    found = re.search(r"font-size:([0-9.]+)px", element.get("style", ""))
    return float(found.group(1)) if found else inherited


def extents(root: ElementTree.Element) -> Iterator[tuple[str, float, float, float]]:
    """Each text with its estimated left and right edge and its baseline."""
    for element in root.iter(f"{SVG}text"):
        own = size_of(element, 12)
        pieces = [(element.text or "", own)]
        pieces += [(piece.text or "", size_of(piece, own)) for piece in element]
        width = sum(LETTER * size * len(text) for text, size in pieces)
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        anchor = element.get("text-anchor", "start")
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        yield "".join(text for text, _ in pieces), left, left + width, y


def assert_picture(figure: Figure) -> None:
    """Everything that holds of a picture whatever it shows."""
    root = root_of(figure)
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == figure.alt
    assert not re.search(r"href|url\(|@import|<script|\son[a-z]+=", figure.svg)
    assert figure.svg.count("http") == 1, "the namespace is the only address"
    assert not re.search(r"(?<![^\W\d_])(nan|inf)(?![^\W\d_])", figure.svg)
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in {"x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy"}:
                assert abs(float(value)) < 1e4, (element.tag, name, value)
        assert not set(re.findall(r"var\(--([a-z0-9]+)\)", element.get("style", ""))) - set(LIGHT)
        if element.tag in {f"{SVG}text", f"{SVG}tspan"}:
            assert size_of(element, 12) >= SMALLEST
    for text, start, end, baseline in extents(root):
        assert left <= start, f"{text!r} begins at {start:.0f}"
        assert end <= left + width, f"{text!r} ends at {end:.0f} of {width:.0f}"
        assert top < baseline <= top + height, text
    assert figure.title
    assert figure.subtitle
    assert figure.source
    assert not figure.table.empty
    for column in figure.table.columns:
        assert re.fullmatch(r"[a-z0-9_]+", column), column
    assert figure.csv().count("\n") == len(figure.table) + 1
    for words in (figure.title, figure.subtitle, figure.alt, figure.source, *texts_of(figure)):
        assert not re.search(r"\{|\}|\bnan\b|\binf\b|None", words), words
