"""Is a page of pictures well formed, with every text escaped and every number to read?"""

import json
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cockpit.page_view import (
    MOST_ROWS_READ,
    Page,
    card,
    grid,
    head,
    notes,
    numbers_table,
    place,
    table,
    tabs,
)
from simulator.drawing.figure import Figure
from simulator.drawing.words import Glance
from simulator.language import Language, say
from tests.cockpit.pages import assert_safe, words_of
from tests.cockpit.sessions import HOSTILE

LANGUAGES: tuple[Language, ...] = get_args(Language)
legible = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
SHOWN = HOSTILE.replace("\0", "")


def figure(rows=3, text="a", name="picture"):
    numbers = pd.DataFrame({"year": range(rows), "value": [0.5] * rows, "said": [text] * rows})
    return Figure(name, text, text, "<svg/>", numbers, text, text)


@given(st.lists(st.lists(legible, min_size=2, max_size=2), max_size=5), st.booleans())
def test_a_table_has_its_cells_as_they_are(lines, bold):
    root = assert_safe(table(["a", "b"], lines, last_bold=bold))
    found = [[cell.text or "" for cell in line] for line in root.iter("tr")][1:]
    assert found == lines
    totals = [line for line in root.iter("tr") if line.get("class") == "total"]
    assert len(totals) == (bold and bool(lines))


def test_the_numbers_of_a_picture_can_be_read_up_to_a_limit():
    for rows in (1, MOST_ROWS_READ, MOST_ROWS_READ + 5):
        root = assert_safe(numbers_table(figure(rows)))
        assert len(list(root.iter("tr"))) == 1 + min(rows, MOST_ROWS_READ)


def test_a_missing_number_is_left_blank():
    made = Figure("a", "", "", "", pd.DataFrame({"x": [float("nan"), 1.0]}), "", "")
    root = assert_safe(numbers_table(made))
    assert [line[0].text for line in root.find("table").find("tbody")] == [None, "1"]


@pytest.mark.parametrize("likelihood", ["", "likely"])
def test_nothing_breaks_out_of_a_page(likelihood):
    glance = Glance(SHOWN, SHOWN, SHOWN, likelihood)
    made = figure(text=SHOWN)
    html = grid(
        "two",
        head(SHOWN, [glance]),
        card(SHOWN, table([SHOWN], [[SHOWN]]), title=SHOWN, area="a"),
        place(made, "b"),
        tabs([(SHOWN, made)], ""),
        notes([SHOWN]),
        numbers_table(made),
    )
    assert words_of(assert_safe(html)).count(SHOWN) >= 9


def test_what_is_not_there_leaves_no_panel():
    assert place(None) is None
    assert notes([]) is None
    assert grid("two", None) == '<div class="grid two"></div>'


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_carries_its_pictures_with_texts_and_downloads(language):
    figures = (figure(name="one"), figure(name="other"))
    page = Page(grid("two", *(place(each) for each in figures)), figures)
    data = page.data(language, {"address": "a=b"})
    assert json.loads(json.dumps(data)) == data
    assert set(data["figures"]) == {"one", "other"}
    assert data["address"] == "a=b"
    assert data["figures"]["one"]["csv"].splitlines()[0].endswith("year,value,said")
    assert data["words"]["source"] == say("picture.source", language)
    placed = [element.get("data-figure") for element in assert_safe(page.html).iter("section")]
    assert placed == ["one", "other"]
