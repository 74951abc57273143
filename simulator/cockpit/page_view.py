"""How is a page of pictures laid out? A head with numbers, and a grid of cards."""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.cockpit.board_view import sign_of
from simulator.cockpit.icons import warning
from simulator.cockpit.markup import Markup, join, tag
from simulator.drawing.figure import Figure
from simulator.drawing.words import Glance
from simulator.language import Language, say

MOST_ROWS_READ = 80
"""Rows of a picture's numbers that the page shows; the file has all."""


@dataclass(frozen=True)
class Page:
    """What the page component needs: markup with places for figures, and the figures."""

    html: Markup
    figures: tuple[Figure, ...] = ()
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    """What its buttons save, by name of the file."""
    command: str = ""
    """The shell line that answers what the page answers; empty for that of the scenario."""
    about: str = ""
    """What stands in the place of the scenario's hash where the page is about more than one."""

    def data(self, language: Language, session_facts: dict[str, Any]) -> dict[str, Any]:
        """As plain values."""
        if self.command:
            footer = session_facts["footer"] | {"command": self.command}
            if self.about:
                version, plan, _, *drawn = footer["facts"]
                footer["facts"] = [version, plan, self.about, *drawn]
            session_facts = session_facts | {"footer": footer}
        return session_facts | {
            "html": self.html,
            "files": {name: _file(content) for name, content in self.files.items()},
            "figures": figures_data(self.figures),
            "words": {
                word: say(f"picture.{word}", language) for word in ("numbers", "source", "download")
            }
            | {word: say(f"board.{word}", language) for word in ("again", "copy", "copied")},
        }


def _file(content: str | bytes) -> str | dict[str, str]:
    """A file as plain values: text, or bytes as base64."""
    if isinstance(content, str):
        return content
    return {"base64": base64.b64encode(content).decode()}


def figures_data(figures: Iterable[Figure]) -> dict[str, Any]:
    """Pictures as plain values, by name."""
    return {
        figure.name: {
            "svg": figure.svg,
            "csv": figure.csv(),
            "title": figure.title,
            "subtitle": figure.subtitle,
            "source": figure.source,
            "table": numbers_table(figure),
        }
        for figure in figures
    }


def head(
    title: str,
    glances: Iterable[Glance],
    above: Markup | None = None,
    beside: Markup | None = None,
) -> Markup:
    """The page's title and the numbers that matter most."""
    shown = [
        tag(
            "div",
            tag("p", glance.label, class_="secondary"),
            tag(
                "p",
                sign_of(glance.likelihood) if glance.likelihood else None,
                tag("b", glance.value),
                f" {glance.detail}",
            ),
            class_="glance",
        )
        for glance in glances
    ]
    heading = tag("div", above, tag("h1", title), class_="heading")
    return tag("header", heading, *shown, beside, class_="head pairs" if beside else "head")


def card(*children: str | None, area: str = "", title: str | None = None) -> Markup:
    """A panel of the grid."""
    heading = tag("h2", title) if title else None
    style = f"grid-area:{area}" if area else None
    return tag("section", heading, *children, class_="card", style=style)


def place(figure: Figure | None, area: str = "") -> Markup | None:
    """A panel with a picture, its downloads and its numbers."""
    if figure is None:
        return None
    return tag(
        "section",
        class_="card figure",
        data_figure=figure.name,
        style=f"grid-area:{area}" if area else None,
    )


def tabs(figures: Sequence[tuple[str, Figure]], area: str) -> Markup:
    """A panel with several pictures of one thing, one shown at a time."""
    buttons = [
        tag("button", label, type="button", role="tab", data_tab=figure.name, aria_selected="false")
        for label, figure in figures
    ]
    bodies = [tag("div", class_="figure", data_figure=figure.name) for _, figure in figures]
    return tag(
        "section",
        tag("div", *buttons, class_="tabs", role="tablist"),
        *bodies,
        class_="card tabbed",
        style=f"grid-area:{area}",
    )


def table(
    head_cells: Sequence[str], rows: Iterable[Sequence[str]], *, last_bold: bool = False
) -> Markup:
    """A table of texts; the first column names the row."""
    columns = tag("tr", *(tag("th", cell, scope="col") for cell in head_cells))
    lines = list(rows)
    body = [
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            *(tag("td", cell) for cell in row[1:]),
            class_="total" if last_bold and at == len(lines) - 1 else None,
        )
        for at, row in enumerate(lines)
    ]
    return tag("table", tag("thead", columns), tag("tbody", *body))


def numbers_table(figure: Figure) -> Markup:
    """The numbers behind a picture, for those who read rather than see."""
    frame = figure.table.head(MOST_ROWS_READ)
    head_cells = [str(column) for column in frame.columns]
    rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
    return table(head_cells, rows)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:.6g}"
    return "" if value is None else str(value)


def notes(texts: Iterable[str]) -> Markup | None:
    """Warnings at the foot of a panel."""
    lines = [tag("p", warning(), tag("span", text)) for text in texts]
    return tag("div", *lines, class_="notes") if lines else None


def sending(kind: str, **values: object) -> str:
    """What a control sends when it is used."""
    return json.dumps({"kind": kind, **values}, ensure_ascii=False)


def slot(name: str, of: str, title: str, waiting: str) -> Markup:
    """A place for a part that comes after its page; `of` says to what the part must belong."""
    inner = (tag("h2", title), tag("p", waiting, class_="secondary"))
    return tag("div", card(*inner), data_slot=name, data_of=of, aria_busy="true")


def grid(areas: str, *cards: Markup | None) -> Markup:
    """Cards in named areas; the name of the arrangement is a class of the style sheet."""
    return tag("div", join(cards), class_=f"grid {areas}")
