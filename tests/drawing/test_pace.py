"""Are the pictures of a year's pace legible whatever was seen, and do they show its numbers?"""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.drawing.pace import Group, pace_figure
from simulator.drawing.tokens import Theme
from simulator.drawing.words import percent
from simulator.insight.course import courses
from simulator.language import Language
from simulator.track import track
from tests.pictures import assert_picture, texts_of
from tests.strategies import shipped_plan
from tests.track.years import prior, ten_months_of_2019, told_observations

LANGUAGES: tuple[Language, ...] = get_args(Language)
THEMES: tuple[Theme, ...] = get_args(Theme)
GROUPS: tuple[Group, ...] = get_args(Group)


def drawn(seen, group, language, theme="light"):
    found = courses(track(prior(256), seen))
    figure = pace_figure(found, group, shipped_plan(), 256, language, theme)
    assert figure is not None
    return figure


@settings(max_examples=15)
@given(
    st.lists(told_observations(), min_size=1, max_size=6),
    st.sampled_from(LANGUAGES),
    st.sampled_from(THEMES),
)
def test_the_pictures_are_legible_whatever_was_seen(seen, language, theme):
    for group in GROUPS:
        assert_picture(drawn(seen, group, language, theme))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_seen_stands_in_picture_and_table_with_its_denominator(language):
    figure = drawn(ten_months_of_2019(), "funds", language)
    rows = figure.table[figure.table["series"] == "seen"]
    assert len(rows) == 5
    shown = " ".join(texts_of(figure))
    for share in rows["percent"]:
        assert percent(share / 100, 1, language) in shown
    word = {"vi": "kế hoạch vốn", "en": "allocated"}[language]
    assert shown.count(word) == 8, "every panel names what it is measured against"


def test_nothing_is_drawn_where_nothing_was_seen():
    assert pace_figure(courses(track(prior(256), ())), "funds", shipped_plan(), 256, "vi") is None
