"""Are the pictures of a validation legible whatever came, and true to its numbers?"""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.drawing.calibration import rank_picture, word_picture
from simulator.drawing.tokens import Theme
from simulator.drawing.validation import interval_picture
from simulator.insight.validation import row_table, summary_table
from simulator.language import Language, say
from simulator.validation import validate
from tests.cards import with_changes
from tests.pictures import assert_picture, texts_of
from tests.validation.cases import backtest, card
from tests.validation.test_backtest import made, several

LANGUAGES: tuple[Language, ...] = get_args(Language)
THEMES: tuple[Theme, ...] = get_args(Theme)


def pictures(found, language, theme="light"):
    made_ = [interval_picture(found, language, theme), rank_picture(found, language, theme)]
    if found.whole.chances is not None:
        made_.append(word_picture(found, found.whole.chances, language, theme))
    return made_


@given(several, st.sampled_from(LANGUAGES), st.sampled_from(THEMES))
def test_the_pictures_are_legible_whatever_came(values, language, theme):
    for figure in pictures(validate(card("dien_bien_2020", 64), made(values)), language, theme):
        assert_picture(figure)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_pictures_of_the_backtest_are_legible(language, theme):
    for figure in pictures(backtest(), language, theme):
        assert_picture(figure)


@pytest.mark.parametrize("language", LANGUAGES)
def test_outcomes_beyond_the_picture_say_how_far_they_are(language):
    intervals, ranks, words = pictures(backtest(), language)
    shown = texts_of(intervals)
    assert ("−10,5" if language == "vi" else "−10.5") in shown
    assert "13" in intervals.alt
    assert len(intervals.table) == 30
    assert list(ranks.table["outcomes_2019"]) == list(backtest().whole.ranks.bins)
    assert words.table["met_2019"].sum() == 10


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("came", [0.4, 0.5, 0.6])
def test_a_forecast_without_any_spread_is_drawn_and_told(language, came):
    """Where the assumption is fixed, an outcome beside it lies at the edge."""
    certain = with_changes(birth_rate_fall=Setting(0.5, fixed=True))
    found = validate(certain, made({"birth_rate_reduction": came}))
    (row,) = found.rows
    assert row.forecast.spreads_off is None
    assert row.forecast.covered[0.8] == (came == 0.5)
    told = row_table(found, language).rows[0][3]
    assert (told == say("validation.inside", language)) == (came == 0.5)
    assert summary_table(found, language).rows
    for figure in pictures(found, language):
        assert_picture(figure)
