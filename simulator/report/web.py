"""How does a report become one page that prints well? No script, and nothing fetched from elsewhere."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator.drawing import svg
from simulator.drawing.figure import Figure
from simulator.drawing.tokens import FONT, declarations
from simulator.language import say
from simulator.report.parts import Cell, Chance, Code, Paragraph, Points, Report, Table, cell_text
from simulator.report.settled import clean
from simulator.resources import PACKAGE

ASSETS = PACKAGE / "report" / "assets"
SIGN = 14


@cache
def _environment() -> Environment:
    """Every text is escaped; only pictures, which escape their own, are not."""
    return Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def as_web(report: Report) -> bytes:
    """The report as the bytes of an .html file."""
    language = report.language
    figures = [
        block
        for part in (*report.parts, *report.appendices)
        for section in part.sections
        for block in section.blocks
        if isinstance(block, Figure)
    ]
    numbers = {id(figure): at for at, figure in enumerate(figures, 1)}

    def caption(figure: Figure) -> str:
        number = numbers[id(figure)]
        return say("report.figure", language, number=number, title=figure.title)

    page = _environment().get_template("document.html.jinja")
    text = page.render(
        report=report,
        style=_own((ASSETS / "report.css").read_text(encoding="utf-8")),
        tokens=_own(f":root{{{declarations('light')}--font:{FONT};}}"),
        kind=_kind,
        cell=lambda content: cell_text(content, language),
        sign=_sign,
        svg=lambda figure: _own(figure.svg),
        caption=caption,
        source=lambda figure: say("report.source", language, source=figure.source),
        contents=say("report.contents", language),
        appendix=lambda number: say("report.appendix", language, number=number),
    )
    return clean(text).encode()


def _kind(block: object) -> str:
    kinds = {Table: "table", Points: "points", Paragraph: "text", Code: "code", Figure: "figure"}
    return kinds[type(block)]


def _sign(content: Cell) -> Markup | None:
    """The shape of a chance's word, beside which the word stands."""
    if not isinstance(content, Chance):
        return None
    drawn = svg.shape(content.band.code, SIGN / 2, SIGN / 2, SIGN)
    return _own(
        f'<svg class="sign" viewBox="0 0 {SIGN} {SIGN}" width="{SIGN}" height="{SIGN}" '
        f'aria-hidden="true">{drawn}</svg>'
    )


def _own(made: str) -> Markup:
    """What is made by the product and escapes what it quotes."""
    return Markup(made)  # noqa: S704
