"""Does the headline say the counts, and the change of each, in both languages?"""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cockpit.headline_view import headline
from simulator.language import Language, say, show
from simulator.wording import signed
from tests.cards import card_of, trend
from tests.cockpit.pages import assert_safe, words_of
from tests.cockpit.sessions import some_moves
from tests.runs import few
from tests.strategies import scenario

LANGUAGES: tuple[Language, ...] = get_args(Language)


def moved_card(moves):
    return card_of(scenario(dict(moves.changes)))


@few
@given(some_moves(), some_moves(), st.sampled_from(LANGUAGES))
def test_the_headline_says_the_expected_number_its_interval_and_both_bounds(
    moves, earlier, language
):
    card, before = moved_card(moves), moved_card(earlier)
    said = words_of(assert_safe(headline(card, before, trend(), language)))
    count = card.count
    for value in (count.plan.mean, count.resolution_low.mean, count.resolution_high.mean):
        assert show(value, 1, language) in said
    assert say("headline.interval", language, low=count.plan.p05, high=count.plan.p95) in said
    assert str(count.scored) in said
    assert str(count.judged) in said
    assert show(trend().count.plan.mean, 1, language) in said
    for other in (before, trend()):
        change = count.plan.mean - other.count.plan.mean
        assert abs(change) < 1e-12 or signed(change, 1, language) in said
    assert not {"nan", "inf", "None"} & set(said.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_first_move_only_the_trend_is_compared_with(language):
    said = words_of(assert_safe(headline(trend(), None, trend(), language)))
    assert say("headline.since_move", language) not in said
    mean = show(trend().count.plan.mean, 1, language)
    assert f"0 {say('headline.since_trend', language, mean=mean)}" in said


@few
@given(some_moves(), some_moves())
def test_the_headline_follows_from_its_cards_alone(moves, earlier):
    def made():
        return headline(moved_card(moves), moved_card(earlier), trend(), "vi")

    assert made() == made()
