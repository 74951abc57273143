"""Are the pictures of herd, epidemic and drought legible whatever is set, and true to the run?"""

from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.drawing.disease_words import disease_glances
from simulator.drawing.drought import drought_table_picture
from simulator.drawing.epidemic import STEPS, epidemic_calendar, epidemic_table, strength
from simulator.drawing.herd import herd_weeks
from simulator.drawing.herd_map import FILLS, herd_map_picture, in_tenths, lesson_text, map_title
from simulator.drawing.plot import AA, apart, contrast, text_on
from simulator.drawing.tokens import Theme
from simulator.insight.drought import droughts
from simulator.insight.epidemic import epidemic_of
from simulator.insight.herd import herd_map, herd_year
from simulator.language import Language, show_chance
from simulator.likelihood import likelihoods
from tests.cards import card_of, runs, trend, with_changes
from tests.pictures import assert_picture, texts_of
from tests.runs import few
from tests.strategies import SWINE_FEVER, shipped_plan

LANGUAGES: tuple[Language, ...] = get_args(Language)
THEMES: tuple[Theme, ...] = get_args(Theme)
MOVED = (
    *SWINE_FEVER,
    "pig_capacity_growth",
    "human_epidemic",
    "epidemic_months",
    "epidemic_depth",
    "epidemic_start",
    "drought_severity",
)


def all_pictures(card: Any, language: Language, theme: Theme) -> list[Any]:
    plan = shipped_plan()
    year, chart, dry = herd_year(card), herd_map(card), droughts(card)
    assert year is not None
    assert chart is not None
    assert dry is not None
    return [
        herd_weeks(year, plan, language, theme),
        herd_map_picture(chart, plan, language, theme),
        epidemic_calendar(epidemic_of(card), plan, language, theme),
        drought_table_picture(dry, plan, language, theme),
    ]


@few
@given(run=runs(*MOVED), language=st.sampled_from(LANGUAGES), theme=st.sampled_from(THEMES))
def test_the_pictures_are_legible_whatever_is_set(run, language, theme):
    card = card_of(run)
    for figure in all_pictures(card, language, theme):
        assert_picture(figure)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_trends_pictures_are_legible_in_both_languages_and_themes(language, theme):
    for figure in all_pictures(trend(), language, theme):
        assert_picture(figure)


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_every_cell_keeps_its_contrast(theme):
    for colour, paint in FILLS.values():
        assert contrast(theme, text_on(theme, colour, paint), colour, paint) >= AA
    for _, paint in STEPS:
        assert contrast(theme, text_on(theme, "warn", paint), "warn", paint) >= AA
    assert FILLS.keys() == {band.code for band in likelihoods()}


@given(low=st.floats(0, 1), high=st.floats(0, 1))
def test_a_larger_loss_is_never_painted_weaker(low, high):
    low, high = sorted((low, high))
    assert strength(low) <= strength(high)


@given(chance=st.floats(0, 1))
def test_a_cell_says_what_the_board_says(chance):
    cell, board = in_tenths(chance, "en"), show_chance(chance, "en")
    whole = {"<0.1": "<1 in 100", ">9.9": ">99 in 100"}
    assert whole.get(cell, f"{cell} in 10") == board


def test_every_cell_of_the_map_is_written():
    chart = herd_map(trend())
    assert chart is not None
    shown = texts_of(herd_map_picture(chart, shipped_plan(), "vi"))
    for row in chart.chances:
        for chance in row:
            assert in_tenths(chance, "vi") in shown
    table = herd_map_picture(chart, shipped_plan(), "vi").table
    assert len(table) == 49
    assert list(table[table["current"]]["chance_of_the_herd_target_2020"]) == [chart.chances[3][3]]


def test_the_maps_title_teaches_only_what_its_numbers_show():
    chart = herd_map(trend(1024))
    assert chart is not None
    assert map_title(chart, "vi").startswith("Tái đàn nhanh")
    assert "giảm" in lesson_text(chart, "vi")
    assert "tăng" in lesson_text(chart, "vi")
    still = herd_map(
        with_changes(
            pig_pens_abandoned=Setting(1.0, fixed=True),
            pig_restocking_rate=Setting(0.0, fixed=True),
        )
    )
    assert still is not None
    assert still.low.herd_change == 0
    assert map_title(still, "vi").startswith("An toàn sinh học và")
    assert "không đổi" in lesson_text(still, "vi")


def test_the_glances_name_the_boards_chance():
    year = herd_year(trend())
    assert year is not None
    glances = disease_glances(year, epidemic_of(trend()), shipped_plan(), "vi")
    assert len(glances) == 4
    chance = trend().rows["livestock_herd"].plan_chance
    assert chance is not None
    assert glances[2].value == show_chance(chance, "vi")
    assert glances[2].likelihood


def test_the_calendars_table_has_every_channel_and_month():
    table = epidemic_table(epidemic_of(trend()), shipped_plan())
    assert len(table) == 9
    assert len(table.columns) == 14


@given(places=st.lists(st.floats(-500, 500), min_size=1, max_size=6), gap=st.floats(1, 20))
def test_labels_keep_apart_in_their_order(places, gap):
    settled = apart(places, gap)
    order = sorted(range(len(places)), key=lambda at: places[at])
    for one, other in pairwise(order):
        assert settled[other] - settled[one] >= gap - 1e-6
    assert sum(settled) / len(settled) == pytest.approx(sum(places) / len(places), abs=1e-6)
