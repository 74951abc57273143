"""Is the tornado legible, and does it show the runs that it is made of?"""

from functools import cache
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.drawing.tokens import Theme
from simulator.drawing.tornado import MOST_BARS, tornado_figure
from simulator.insight.naming import short_title
from simulator.language import Language
from simulator.sensitivity import Tornado, tornado
from tests.cards import card_of, runs, trend
from tests.pictures import assert_picture, texts_of
from tests.runs import few
from tests.strategies import shipped_model

LANGUAGES: tuple[Language, ...] = get_args(Language)
THEMES: tuple[Theme, ...] = get_args(Theme)
JUDGED = sorted(name for name, row in trend().rows.items() if row.plan_chance is not None)
MOVED = ("human_epidemic", "services_growth", "pig_biosecurity", "foreign_capital_disbursement")


@cache
def of_trend() -> Tornado:
    return tornado(trend())


def drawn(found: Tornado, name: str, language: Language = "vi", theme: Theme = "light"):
    return tornado_figure(found, name, shipped_model(), 64, language, theme)


@pytest.mark.parametrize("name", JUDGED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tornado_of_every_target_is_legible(name, language):
    for theme in THEMES:
        assert_picture(drawn(of_trend(), name, language, theme))


@few
@given(run=runs(*MOVED), name=st.sampled_from(JUDGED), language=st.sampled_from(LANGUAGES))
def test_the_tornado_is_legible_whatever_is_set(run, name, language):
    card = card_of(run)
    if card.rows[name].plan_chance is not None:
        assert_picture(drawn(tornado(card), name, language))


@pytest.mark.parametrize("name", ["grdp_growth", "livestock_herd", "visitors"])
def test_the_widest_are_drawn_and_the_table_has_all(name):
    figure = drawn(of_trend(), name)
    ranked = of_trend().ranked(name)
    middle = of_trend().base.value(name)
    moving = [
        bar for bar in ranked if (bar.at_low.value(name), bar.at_high.value(name)) != (middle,) * 2
    ]
    for bar in moving[:MOST_BARS]:
        assert short_title(shipped_model(), bar.name, "vi") in texts_of(figure)
    assert list(figure.table["assumption"]) == [bar.name for bar in ranked]
    assert list(figure.table["chance_at_low_2020"]) == [bar.at_low.value(name) for bar in ranked]


def test_a_target_that_nothing_moves_says_so():
    still = Tornado(of_trend().base, ())
    figure = drawn(still, "grdp_growth", "en")
    assert "No assumption moves this chance within one spread." in " ".join(texts_of(figure))
