"""Do the parts of a move add up to the move, exactly as they are printed?"""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.cockpit.moves import Moves
from simulator.cockpit.strip_view import MOST_PARTS, flips, largest_remainder, shares, strip
from simulator.language import Language, say, show
from tests.cards import card_of, trend
from tests.cockpit.pages import assert_safe, hostile_card, words_of
from tests.cockpit.sessions import HOSTILE, some_moves
from tests.runs import few
from tests.strategies import catalogue, scenario

LANGUAGES: tuple[Language, ...] = get_args(Language)
amounts = st.lists(
    st.floats(-50, 50, allow_subnormal=False) | st.integers(-9999, 9999).map(lambda k: k / 8192),
    max_size=8,
)


def moved_card(moves):
    return card_of(scenario(dict(moves.changes)))


@given(amounts, st.integers(0, 3))
def test_rounded_parts_add_up_to_the_rounded_sum(values, decimals):
    rounded = largest_remainder(values, decimals)
    assert round(sum(rounded), decimals) == round(sum(values), decimals)
    for value, part in zip(values, rounded, strict=True):
        assert abs(value - part) < 10.0**-decimals * (1 + 1e-9)
        assert part == round(part, decimals)


@given(amounts)
def test_parts_that_need_no_rounding_keep_their_value(values):
    whole = [round(value, 2) for value in values]
    assert np.allclose(largest_remainder(whole, 2), whole, rtol=0, atol=1e-12)


@few
@given(some_moves(), some_moves())
def test_the_shares_are_the_moves_of_the_chances_and_add_up_to_the_move(moves, earlier):
    card, before = moved_card(moves), moved_card(earlier)
    parts, rest, whole = shares(card, before)
    assert abs(sum(part for _, part in parts) + rest - whole) <= 1e-12
    assert abs(whole - (card.count.plan.mean - before.count.plan.mean)) <= 1e-12
    scored = [name for name, row in card.rows.items() if row.counted]
    sizes = {name: card.rows[name].plan_chance - before.rows[name].plan_chance for name in scored}
    assert abs(sum(sizes.values()) - whole) <= 1e-9
    assert [size for _, size in parts] == [sizes[name] for name, _ in parts]
    assert len(parts) <= MOST_PARTS
    largest = sorted((abs(size) for size in sizes.values() if size), reverse=True)
    assert [abs(size) for _, size in parts] == largest[:MOST_PARTS]


@few
@given(some_moves(), some_moves(), st.sampled_from(LANGUAGES))
def test_the_printed_parts_add_up_to_the_printed_move(moves, earlier, language):
    card, before = moved_card(moves), moved_card(earlier)
    html = strip(card, before, moves, earlier, language)
    root = assert_safe(html)
    lines = [line for line in root.iter("p") if line.get("class") == "part"]
    printed = [_number("".join(line.find("b").itertext()), language) for line in lines]
    _, _, whole = shares(card, before)
    if not lines:
        assert show(abs(whole), 2, language) == show(0, 2, language) or "strip" not in html
        return
    assert round(sum(printed), 2) == round(whole, 2)
    key = "strip.rises" if whole >= 0 else "strip.falls"
    size = show(abs(round(sum(printed), 2)), 2, language)
    assert say(key, language, size=size) in words_of(root)


def _number(text: str, language: Language) -> float:
    plain = text.replace("−", "-").replace("+", "")
    return float(plain.replace(",", ".") if language == "vi" else plain)


@few
@given(some_moves(), some_moves(), st.sampled_from(LANGUAGES))
def test_the_strip_is_well_formed_whatever_was_moved(moves, earlier, language):
    html = strip(moved_card(moves), moved_card(earlier), moves, earlier, language)
    said = words_of(assert_safe(html)).split()
    assert not {"nan", "inf", "None"} & set(said)


@few
@given(some_moves(), some_moves())
def test_a_flip_is_a_changed_word_and_the_largest_comes_first(moves, earlier):
    card, before = moved_card(moves), moved_card(earlier)
    found = flips(card, before)
    changed = {
        name for name, row in card.rows.items() if row.word and row.word != before.rows[name].word
    }
    assert {flip.name for flip in found} == changed
    sizes = [
        abs(card.rows[flip.name].plan_chance - before.rows[flip.name].plan_chance) for flip in found
    ]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_first_move_the_strip_says_so(language):
    said = words_of(assert_safe(strip(trend(), None, Moves(), Moves(), language)))
    assert say("strip.nothing_moved", language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_move_without_effect_is_said_apart(language):
    none = {"human_epidemic": Setting(0.0, fixed=True)}
    moves = Moves(none | {"epidemic_months": Setting(6.0)})
    card, before = moved_card(moves), moved_card(Moves(none))
    said = words_of(assert_safe(strip(card, before, moves, Moves(none), language)))
    assert say("strip.no_effect", language) in said
    assert say("strip.epidemic_only", language, chance="0") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_beyond_the_evidence_is_said_and_within_it_is_not(language):
    row = catalogue()["industry_growth"]
    for value, beyond in ((row.high, True), (row.centre + 0.001, False)):
        moves = Moves({"industry_growth": Setting(value)})
        said = words_of(assert_safe(strip(moved_card(moves), trend(), moves, Moves(), language)))
        assert (say("strip.beyond_evidence", language) in said) == beyond


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_breaks_out_of_the_strip(language):
    moves = Moves({"industry_growth": Setting(0.15)})
    html = strip(hostile_card(moves), hostile_card(), moves, Moves(), language)
    assert HOSTILE.replace("\0", "") in words_of(assert_safe(html))
