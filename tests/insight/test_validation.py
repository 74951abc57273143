"""Do the words of a validation say its numbers, whatever came?"""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.insight.validation import (
    missing_lines,
    notes,
    row_table,
    skill_text,
    summary_table,
    word_table_of,
)
from simulator.insight.validation_rows import COLUMNS, as_rows
from simulator.language import Language, show
from simulator.validation import validate
from tests.validation.cases import backtest, card
from tests.validation.test_backtest import made, several

LANGUAGES: tuple[Language, ...] = get_args(Language)
languages = st.sampled_from(LANGUAGES)


@given(several, languages)
def test_every_outcome_has_a_row_and_no_cell_is_broken(values, language):
    found = validate(card("dien_bien_2020", 64), made(values))
    rows, totals = row_table(found, language), summary_table(found, language)
    assert len(rows.rows) == len(values)
    for table in (rows, totals):
        for row in table.rows:
            assert len(row) == len(table.head)
            assert not any(word in cell for cell in row for word in ("nan", "inf ", "None", "{"))
    assert len(missing_lines(found, language)) == 1
    for line in as_rows(found):
        assert set(line) <= set(COLUMNS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_backtest_is_told_with_its_notes(language):
    found = backtest()
    text = " ".join(" ".join(row) for row in summary_table(found, language).rows)
    assert "13/30" in text
    assert show(0.47, 2, language) in text
    assert len(notes(found, language)) == 6
    words = word_table_of(found, language)
    assert words is not None
    assert sum(int(row[1]) for row in words.rows) == found.whole.chances.count
    assert sum(row[0].endswith("*") for row in row_table(found, language).rows) == 3


def test_a_skill_has_its_sign_and_an_exact_reference_a_word():
    assert skill_text(0.5, "vi") == "+0,50"
    assert skill_text(-0.5, "en") == "−0.50"
    assert skill_text(0.0, "en") == "0.00"
    assert skill_text(float("-inf"), "en") == "was exact"
