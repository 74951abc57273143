"""Does every row say what the scorecard says, in both languages, with nothing unescaped?"""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.cockpit.board_view import (
    COLUMNS,
    board_decimals,
    chance_change,
    head,
    row,
    rows,
    shown_change,
)
from simulator.language import Language, say, show, show_chance
from simulator.likelihood import likelihood, unlikely_to
from tests.cards import card_of, trend, with_changes
from tests.cockpit.pages import assert_safe, hostile_card, words_of
from tests.cockpit.sessions import HOSTILE, some_moves
from tests.runs import few
from tests.strategies import BASELINES, scenario, shipped_plan

LANGUAGES: tuple[Language, ...] = get_args(Language)
language = st.sampled_from(LANGUAGES)


def moved_card(moves):
    return card_of(scenario(dict(moves.changes)))


@few
@given(some_moves(), language)
def test_every_row_is_well_formed_and_has_a_cell_for_every_column(moves, language):
    for made in rows(moved_card(moves), trend(), language):
        root = assert_safe(made.html)
        assert len(root) == len(COLUMNS)
        assert not {"nan", "inf", "None"} & set(words_of(root).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_target_has_a_row_with_its_name_plan_and_chance(language):
    made = rows(trend(), None, language)
    assert [each.name for each in made] == list(shipped_plan().targets)
    for each in made:
        score = trend().rows[each.name]
        said = words_of(assert_safe(each.html))
        assert score.target.short(language) in said
        if score.target.target is not None:
            assert show(score.target.target, board_decimals(score), language) in said
        if score.plan_chance is not None:
            band = likelihood(score.plan_chance)
            assert show_chance(score.plan_chance, language) in said
            assert (band.vi if language == "vi" else band.en) in said
            assert 'class="shape"' in each.html, "never by colour alone"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_breaks_out_of_its_row(language):
    card = hostile_card()
    for each in rows(card, None, language):
        said = words_of(assert_safe(each.html))
        assert HOSTILE.replace("\0", "") in said


@few
@given(some_moves(), language)
def test_a_row_follows_from_its_scores_alone(moves, language):
    one, other = moved_card(moves), moved_card(moves)
    assert rows(one, trend(), language) == rows(other, trend(), language)


@few
@given(some_moves())
def test_filters_and_sorting_have_what_they_need_whatever_the_language(moves):
    card = moved_card(moves)
    one, other = (rows(card, trend(), each) for each in LANGUAGES)
    said = ("title", "tip")
    for each, same in zip(one, other, strict=True):
        assert all(each.facets[key] == same.facets[key] for key in each.facets if key not in said)
        score = card.rows[each.name]
        assert each.facets["scored"] == score.counted
        assert each.facets["chance"] == score.plan_chance
        assert each.facets["moved"] == bool(chance_change(score, trend().rows[each.name]))
        if each.facets["risk"]:
            assert score.plan_chance < unlikely_to()
    assert sum(each.facets["scored"] for each in one) == card.count.scored
    assert sum(each.facets["resolution"] for each in one) == card.count.judged


@few
@given(some_moves(), language)
def test_the_arrow_points_the_way_of_the_chance_and_its_number_is_that_between_the_words(
    moves, language
):
    card = moved_card(moves)
    for name, score in card.rows.items():
        before = trend().rows[name]
        change = chance_change(score, before)
        html = row(score, before, card, language).html
        better, worse = (
            f'class="{way}"' in html and say(f"board.{word}", language) in html
            for way, word in (("up", "better"), ("down", "worse"))
        )
        assert (better, worse) == (bool(change and change > 0), bool(change and change < 0))
        assert change is None or shown_change(score, before) * change >= 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_against_itself_nothing_changed(language):
    assert rows(trend(), trend(), language) == rows(trend(), None, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_without_a_baseline_takes_a_typed_one(language):
    for each in rows(trend(), None, language):
        asks = 'class="baseline"' in each.html
        assert asks == (each.name in BASELINES), each.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_structure_targets_carry_the_note_that_they_are_compositional(language):
    note = say("board.structure_note", language)
    noted = {
        each.name
        for each in rows(trend(), None, language)
        if note in words_of(assert_safe(each.html))
    }
    assert noted == {"agriculture_share", "industry_share", "services_share"}


def test_the_reports_verdict_stands_in_the_tip_of_the_resolution_alone():
    for each in rows(trend(), None, "en"):
        score = trend().rows[each.name]
        if score.resolution is None or score.verdict is None:
            continue
        root = assert_safe(each.html)
        tip = say("board.verdict_tip", "en", verdict=say(f"verdict.{score.verdict}", "en"))
        assert any(tip in element.get("data-tip", "") for element in root.iter())
        assert tip not in "".join(root.itertext())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_names_every_column_and_the_base_year(language):
    root = assert_safe(head(language, 2019, 2020))
    (line,) = root
    assert len(line) == len(COLUMNS)
    assert "2019" in words_of(root)
    assert all(words_of(cell).strip() for cell in line)


def test_a_certain_world_draws_no_impossible_picture():
    card = with_changes(human_epidemic=Setting(1.0, fixed=True), epidemic_months=Setting(12.0))
    for language in LANGUAGES:
        for each in rows(card, trend(), language):
            assert_safe(each.html)
