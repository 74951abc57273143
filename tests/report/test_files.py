"""Are the files what they claim: same bytes for the same run, safe texts, numbers that are numbers?"""

import io
import re
import zipfile
from html.parser import HTMLParser

import docx
import openpyxl
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given

from simulator.language import Language, say
from simulator.output import as_json
from simulator.report import FORMATS, Format, Material, file_stem, make
from simulator.report.raster import FONTS, png, shape_png
from simulator.report.settled import clean
from simulator.report.writing import write
from simulator.resources import PACKAGE, shipped
from simulator.scenario import Scenario
from tests.cockpit.sessions import HOSTILE
from tests.report.materials import LANGUAGES, blocks, late, material_of, taught, told_runs, trend
from tests.runs import few

VOID = {"meta", "path", "circle", "line", "rect", "polyline", "polygon", "br"}
DIGITS = 1e-14
"""A workbook keeps 16 digits of a number."""
HEADED = 2
"""The first row below the head of a sheet."""


class Reader(HTMLParser):
    """What a browser would do: elements, addresses, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name in {"src", "href", "action", "data", "srcset", "xlink:href"}:
                self.addresses.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(found: Material, language: Language) -> tuple[str, Reader]:
    text = make([found], Format.html, language).decode()
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return text, reader


def book(group: list[Material], language: Language = "vi") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(make(group, Format.xlsx, language)))


# All forms


@pytest.mark.parametrize("shape", list(Format))
def test_the_same_run_gives_the_same_bytes(shape: Format) -> None:
    assert make([late()], shape, "vi") == make([late()], shape, "vi")


@pytest.mark.parametrize("shape", [Format.docx, Format.xlsx])
def test_every_time_in_a_file_is_the_one_that_is_given(
    shape: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with zipfile.ZipFile(io.BytesIO(make([trend()], shape, "en"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4}-\d\d-\d\dT[0-9:]+Z)<", core)) == {"2023-11-14T22:13:20Z"}


def test_a_file_name_holds_no_sign_that_a_system_refuses() -> None:
    assert (
        file_stem(
            [
                "../a b/c:d*?",
            ],
            "vi",
        )
        == "bao_cao_a_b_c_d"
    )
    assert file_stem(["vốn"], "en") == "report_vốn"
    assert file_stem(["\x00"], "vi") == "bao_cao_1"
    assert set(FORMATS) == set(Format)


# HTML


@pytest.mark.parametrize("language", LANGUAGES)
@given(run=told_runs())
@few
def test_the_page_fetches_and_runs_nothing_whatever_it_is_called(
    language: Language, run: Scenario
) -> None:
    found = material_of(run)
    text, reader = page(found, language)
    assert not reader.tags & {"script", "img", "link", "iframe", "object", "base", "form"}
    assert reader.handlers == []
    assert all(re.fullmatch(r"#[ap][0-9]+", address) for address in reader.addresses)
    outside = text.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    assert not re.search(r"http|@import|url\(", outside.replace(HOSTILE, ""))
    title = clean(found.scenario.title(language))
    assert title in " ".join(reader.text)


def test_the_page_names_its_language_and_prints_on_a4() -> None:
    text, _ = page(late(), "en")
    assert '<html lang="en">' in text
    assert "@page { size: A4" in text
    assert text.count("<figure>") == text.count('class="figure"') > 5


# Word


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_has_the_form_and_every_target(language: Language) -> None:
    document = docx.Document(io.BytesIO(make([late()], Format.docx, language)))
    tables = document.tables
    head = " ".join(cell.text for cell in tables[0].rows[0].cells)
    assert say("report.form.motto", language) in head
    assert say("report.form.office", language) in head
    blank = [
        run.text
        for cell in tables[0].rows[0].cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color is not None
    ]
    assert all(text.startswith("[") and text.endswith("]") for text in blank)
    assert len(blank) > 3
    board = next(table for table in tables if len(table.columns) == 12)
    names = [row.cells[1].text for row in board.rows[1:]]
    for row in late().card.rows.values():
        assert any(name.startswith(row.target.title(language)) for name in names), row.name
    for table in tables[1:]:
        if table.style is not None and table.style.name == "Table Grid":
            assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
            assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
    about = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert clean(HOSTILE) in about
    assert "=1+1" in about
    pictures = [shape for shape in document.inline_shapes if shape._inline.docPr.get("descr")]
    figures = [block for block in blocks(write(late(), language)) if hasattr(block, "svg")]
    assert len(pictures) == len(figures)
    sections = document.sections
    assert [section.orientation for section in sections] == [0, 1]
    assert sections[0].different_first_page_header_footer


def test_pictures_are_drawn_at_two_hundred_dots_to_the_inch() -> None:
    figure = next(block for block in blocks(write(late(), "vi")) if hasattr(block, "svg"))
    drawn = png(figure, 5)
    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20]) == 1000
    assert shape_png("likely") != shape_png("unlikely")


def test_our_letters_can_write_all_that_a_picture_may_say() -> None:
    texts = [*(PACKAGE / "texts").rglob("*.csv"), *shipped("data").rglob("*.csv")]
    wanted = {letter for path in texts for letter in path.read_text(encoding="utf-8")}
    for font in FONTS:
        known = set(TTFont(font).getBestCmap())
        assert {letter for letter in wanted if ord(letter) not in known} <= {"\n", "\r", "\ufeff"}


# Excel


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_the_numbers_of_the_run_as_numbers(language: Language) -> None:
    sheet = book([late()], language)[say("report.sheet.scorecard", language)]
    head = [cell.value for cell in sheet[1]]
    at = {title: column for column, title in enumerate(head)}
    found = as_json(late().result)
    assert sheet.max_row == len(found["targets"]) + 1
    for cells, target in zip(sheet.iter_rows(min_row=HEADED), found["targets"], strict=True):
        values = [cell.value for cell in cells]
        assert values[at[say("report.column.name", language)]] == target["name"]
        held = {
            say("column.chance", language): target["plan_chance"],
            say("column.distance", language): target["distance"],
            say("column.plan", language, year=2020): target["target"],
        }
        quantities = found["quantities"].get(target["name"], {})
        held |= {level.upper(): quantities.get(level) for level in ("p10", "p90")}
        for title, value in held.items():
            wanted = None if value is None else pytest.approx(value, rel=DIGITS)
            assert values[at[title]] == wanted, (target["name"], title)
        chance = cells[at[say("column.chance", language)]]
        if chance.value is not None:
            assert chance.number_format == "#,##0%"
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref is not None
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("group", [[late()], [taught()], [trend(), late()]], ids=len)
def test_no_cell_of_a_workbook_is_a_formula_and_none_says_nothing(group: list[Material]) -> None:
    found = book(group)
    texts = []
    for sheet in found:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"n", "s"}, (sheet.title, cell.coordinate)
                assert cell.value != "None"
                texts.append(cell.value)
        assert sheet.max_row > 0
    told = " ".join(str(text) for text in texts)
    assert all(one.result.hash in told for one in group)
    assert "=Sở" in texts or group != [taught()]


def test_the_shares_of_changed_assumptions_stay_shares() -> None:
    sheet = book([late()], "en")[say("report.sheet.changes", "en")]
    rows = {row[-1].value: row for row in sheet.iter_rows(min_row=HEADED)}
    cell = rows["foreign_capital_disbursement"][3]
    assert cell.value == 0.3
    assert cell.number_format.endswith("%")
    assert rows["urban_clean_water"][3].value == 98.5
    assert rows["human_epidemic"][6].value == say("yes", "en")
