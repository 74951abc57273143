"""Do the parts of a move add up to the move, exactly as they are printed?"""

from dataclasses import replace
from math import floor
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.cockpit.moves import PUBLIC_FUNDS, Moves, master_moves
from simulator.cockpit.split_view import (
    MOST_PARTS,
    largest_remainder,
    lever_label,
    rounded_split,
    shares,
    split_by_lever,
)
from simulator.cockpit.splits import LeverSplit, compared, moved_levers, together
from simulator.cockpit.strip_view import flips, strip
from simulator.explain import Measure, attribute
from simulator.language import Language, say
from tests.cards import card_of, trend
from tests.cockpit.pages import assert_safe, hostile_card, words_of
from tests.cockpit.sessions import HOSTILE, some_moves
from tests.runs import few
from tests.strategies import catalogue, scenario, shipped_model, shipped_plan

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


@given(amounts.filter(bool), st.booleans())
def test_rounded_parts_add_up_to_a_whole_that_was_rounded_up_or_down_before(values, up):
    whole = (floor(100 * sum(values)) + up) / 100
    rounded = largest_remainder(values, 2, whole)
    assert round(sum(rounded), 2) == whole
    for value, part in zip(values, rounded, strict=True):
        assert abs(value - part) <= 0.01 + 1e-9


@few
@given(some_moves(), some_moves())
def test_the_shares_are_the_moves_of_the_chances_and_add_up_to_the_move(moves, earlier):
    card, before = moved_card(moves), moved_card(earlier)
    parts, whole = shares(card, before)
    assert abs(sum(part for _, part in parts) - whole) <= 1e-9
    assert abs(whole - (card.count.plan.mean - before.count.plan.mean)) <= 1e-12
    scored = [name for name, row in card.rows.items() if row.counted]
    sizes = {name: card.rows[name].plan_chance - before.rows[name].plan_chance for name in scored}
    assert dict(parts) == {name: size for name, size in sizes.items() if size}
    assert [abs(size) for _, size in parts] == sorted(map(abs, dict(parts).values()), reverse=True)


def printed(part, language):
    """What the last part of the strip prints: whole, parts, and what each side decides."""
    root = assert_safe(part)
    lines = [line for line in root.iter("p") if line.get("class") == "part"]
    assert len(lines) <= MOST_PARTS
    parts = [_number("".join(line.find("b").itertext()), language) for line in lines]
    foot = next((line for line in root.iter("p") if line.get("class") == "totals"), None)
    totals = [
        _number(piece.rsplit(" ", 1)[1], language)
        for piece in ("" if foot is None else "".join(foot.itertext())).split("; ")
        if " " in piece and not piece.endswith("…")
    ]
    title = "".join(next(root.iter("b")).itertext())
    keys = [f"strip.{way}{since}" for way in ("rises", "falls") for since in ("", "_since_trend")]
    whole = next(
        sign * _number(title[len(start) : len(title) - len(end)], language)
        for key in keys
        for start, end in [say(key, language, size="|").split("|")]
        for sign in [1 if "rises" in key else -1]
        if title.startswith(start)
        and title.endswith(end)
        and title[len(start)].isdigit()
        and title[: len(title) - len(end)][-1].isdigit()
    )
    return whole, parts, totals


@few
@given(some_moves(), some_moves(), st.sampled_from(LANGUAGES), st.booleans())
def test_the_printed_parts_add_up_to_the_printed_move(moves, earlier, language, awaited):
    card, before = moved_card(moves), moved_card(earlier)
    parts = strip(card, before, moves, earlier, language, awaited=awaited)
    if len(parts) == 1:
        return
    whole, by_target, totals = printed(parts[-1], language)
    assert whole == round(shares(card, before)[1], 2)
    assert round(sum(by_target), 2) == whole
    assert not totals or round(sum(totals), 2) == whole


# The split by lever.


def split_of(moves, earlier, since="move"):
    """The split of a move, as the session makes it."""
    (found,) = attribute(
        shipped_model(),
        scenario(dict(earlier.changes)),
        scenario(dict(moves.changes)),
        [Measure("number_met")],
        together=together(earlier, moves, shipped_plan().catalogue),
    )
    return LeverSplit(since, found)


@few
@given(some_moves(), some_moves(), st.sampled_from(LANGUAGES), st.sampled_from(["move", "trend"]))
def test_levers_and_sides_add_up_to_the_whole_as_they_are_printed(moves, earlier, language, since):
    split = split_of(moves, earlier, since)
    html = split_by_lever(split, shipped_plan().catalogue, language)
    whole, parts, totals = printed(html, language)
    assert whole == round(split.found.move, 2)
    assert round(sum(parts), 2) == whole
    assert round(sum(totals), 2) == whole
    of_controls, of_levers = rounded_split(split.found)
    exact = split.found.by_control()
    for control, total in of_controls.items():
        assert abs(total - exact[control]) < 0.01 + 1e-9
        own = [
            (part, share)
            for part, (_, _, share) in zip(split.found.parts, of_levers, strict=True)
            if part.control == control
        ]
        assert round(sum(share for _, share in own), 2) == total
        assert all(abs(part.share - share) < 0.01 + 1e-9 for part, share in own)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lever_that_moved_is_told_in_the_tooltip_if_not_in_the_strip(language):
    names = ("services_growth", "drought_severity", "pig_biosecurity", "revenue_growth",
             "foreign_capital_disbursement", "job_creation_growth")  # fmt: skip
    rows = catalogue()
    moves = Moves({name: Setting(rows[name].low) for name in names})
    root = assert_safe(split_by_lever(split_of(moves, Moves()), shipped_plan().catalogue, language))
    tip = next(root.iter("div")).get("data-tip")
    for name in names:
        assert rows[name].short(language) in tip
    assert say("strip.rest", language, count=3) in words_of(root)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lever_without_effect_is_named_with_nothing(language):
    rows, none = catalogue(), {"human_epidemic": Setting(0.0, fixed=True)}
    moves = Moves(none | {"services_growth": Setting(0.07), "epidemic_months": Setting(9.0)})
    split = split_of(moves, Moves(none))
    root = assert_safe(split_by_lever(split, shipped_plan().catalogue, language))
    cells = [words_of(line).split() for line in root.iter("p") if line.get("class") == "part"]
    assert [" ".join(cell[:-1]) for cell in cells] == [
        rows[name].short(language) for name in ("services_growth", "epidemic_months")
    ]
    assert cells[1][-1] == "0"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_master_lever_is_one_lever_by_its_own_name(language):
    moves = master_moves(Moves(), -0.2, shipped_plan().catalogue)
    both = moves.moved("services_growth", Setting(0.07), shipped_plan().catalogue)
    card, before = moved_card(both), trend()
    said = words_of(
        assert_safe(
            "".join(strip(card, before, both, Moves(), language, split=split_of(both, Moves())))
        )
    )
    assert say("lever.master", language) in said
    assert catalogue()["services_growth"].short(language) in said
    told = words_of(
        assert_safe("".join(strip(moved_card(moves), before, moves, Moves(), language)))
    )
    assert f"{say('strip.moved', language)} {say('lever.master', language)} 0 → −20" in told


def test_a_theme_stands_for_levers_that_move_together_but_are_not_the_funds():
    label = lever_label(("a", "b"), "growth", shipped_plan().catalogue, "en")
    assert label == "Growth (2 assumptions)"


# What is split.


@given(some_moves(), some_moves())
def test_two_levers_of_the_last_move_are_split_or_else_those_that_differ_from_the_trend(
    now, earlier
):
    rows = shipped_plan().catalogue
    found = compared(now, earlier, rows)
    if now.typed_baselines != earlier.typed_baselines:
        assert found is None
        return
    last = moved_levers(earlier, now, rows)
    away = moved_levers(Moves(), replace(now, typed_baselines={}), rows)
    if len(last) > 1:
        assert (found.since, found.before, found.after) == ("move", earlier, now)
    elif len(away) > 1:
        assert (found.since, found.before.changes, found.after) == ("trend", {}, now)
        assert found.before.typed_baselines == now.typed_baselines
    else:
        assert found is None


@given(some_moves(), st.floats(-0.4, 0.05), st.floats(-0.4, 0.05))
def test_the_funds_are_one_lever_where_the_master_holds_them_on_both_sides(moves, one, other):
    rows = shipped_plan().catalogue
    others = moves.without(PUBLIC_FUNDS)
    first, second = (master_moves(others, points, rows) for points in (one, other))
    levers = moved_levers(first, second, rows)
    assert len(levers) <= 1
    assert set().union(*levers) <= set(PUBLIC_FUNDS)
    apart = first.moved("foreign_capital_disbursement", Setting(0.123456), rows)
    assert all(len(names) == 1 for names in moved_levers(apart, second, rows))


def _number(text: str, language: Language) -> float:
    plain = text.replace("−", "-").replace("+", "")
    return float(plain.replace(",", ".") if language == "vi" else plain)


@few
@given(some_moves(), some_moves(), st.sampled_from(LANGUAGES))
def test_the_strip_is_well_formed_whatever_was_moved(moves, earlier, language):
    parts = strip(moved_card(moves), moved_card(earlier), moves, earlier, language)
    said = words_of(assert_safe("".join(parts))).split()
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
    said = words_of(assert_safe("".join(strip(trend(), None, Moves(), Moves(), language))))
    assert say("strip.nothing_moved", language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_move_without_effect_is_said_apart(language):
    none = {"human_epidemic": Setting(0.0, fixed=True)}
    moves = Moves(none | {"epidemic_months": Setting(6.0)})
    card, before = moved_card(moves), moved_card(Moves(none))
    said = words_of(assert_safe("".join(strip(card, before, moves, Moves(none), language))))
    assert say("strip.no_effect", language) in said
    assert say("strip.epidemic_only", language, chance="0") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_beyond_the_evidence_is_said_and_within_it_is_not(language):
    row = catalogue()["industry_growth"]
    for value, beyond in ((row.high, True), (row.centre + 0.001, False)):
        moves = Moves({"industry_growth": Setting(value)})
        parts = strip(moved_card(moves), trend(), moves, Moves(), language)
        said = words_of(assert_safe("".join(parts)))
        assert (say("strip.beyond_evidence", language) in said) == beyond


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_breaks_out_of_the_strip(language):
    moves = Moves({"industry_growth": Setting(0.15)})
    card = hostile_card(moves)
    for split in (None, split_of(moves, Moves())):
        html = "".join(strip(card, hostile_card(), moves, Moves(), language, split=split))
        assert HOSTILE.replace("\0", "") in words_of(assert_safe(html))
