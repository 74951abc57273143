"""Is the move split by lever after the board, exactly, and never while a lever is dragged?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.cockpit.address import to_address
from simulator.cockpit.moves import MASTER, PUBLIC_FUNDS, Moves
from simulator.cockpit.overview import news
from simulator.cockpit.splits import RUNS_A_TURN, Splits
from simulator.explain import MOST_EXACT, Measure, attribute
from simulator.language import say
from tests.cockpit.sessions import events, move, session, some_moves
from tests.runs import few
from tests.strategies import catalogue, shipped_plan

SPLIT = {"kind": "split"}
MOST_TURNS = 2**MOST_EXACT // RUNS_A_TURN
GROWTH = move("services_growth", 0.07)
FOREIGN = move("foreign_capital_disbursement", 0.9)


def after(*sequence):
    made = session()
    for event in sequence:
        made.handle(event)
    return made


def settled(made):
    """The session when its split is there, and the turns that it took."""
    turns = 0
    while made.awaits_split():
        made.handle(SPLIT)
        turns += 1
        assert turns <= MOST_TURNS
    return turns


def shares(made):
    return {part.levers: part.share for part in made.split().found.parts}


@few
@given(st.lists(events(), max_size=4))
def test_what_the_strip_splits_is_the_exact_split_of_the_move_that_it_names(sequence):
    made = after(*sequence)
    settled(made)
    split, comparison = made.split(), made.comparison()
    assert (split is None) == (comparison is None)
    if split is None:
        return
    first, second = made.card(comparison.before), made.card(comparison.after)
    assert comparison.after == made.moves
    assert comparison.before.changes == (made.earlier.changes if split.since == "move" else {})
    assert (split.found.before, split.found.after) == (
        first.count.plan.mean,
        second.count.plan.mean,
    )
    assert sum(shares(made).values()) == pytest.approx(split.found.move, abs=1e-9)
    assert len(split.found.parts) > 1


@few
@given(some_moves(4), st.permutations(range(4)))
def test_neither_the_way_nor_the_turns_change_a_share(moves, order):
    moves = replace(moves, typed_baselines={})
    names = list(moves.changes)
    one, other = session(), session()
    one.open_address(to_address(moves))
    walked = [names[at] for at in order if at < len(names)]
    other.open_address(to_address(Moves({name: moves.changes[name] for name in walked})))
    other.handle(SPLIT)
    other.handle({"kind": "language", "language": "en"})
    settled(one)
    settled(other)
    assert (one.split() is None) == (other.split() is None)
    if one.split() is not None:
        assert one.split().found == other.split().found


def test_one_lever_after_another_is_split_since_the_trend_and_back_again():
    made = after(GROWTH)
    assert made.comparison() is None
    assert not made.awaits_split()
    made.handle(FOREIGN)
    assert settled(made) == 1
    assert made.split().since == "trend"
    assert set(shares(made)) == {("services_growth",), ("foreign_capital_disbursement",)}
    there = shares(made)
    made.handle({"kind": "reset", "names": None})
    settled(made)
    assert made.split().since == "move"
    assert shares(made) == {levers: -share for levers, share in there.items()}


def test_the_order_of_moving_levers_changes_no_share():
    one, other = after(GROWTH, FOREIGN), after(FOREIGN, GROWTH)
    for made in (one, other):
        settled(made)
    assert one.split() == other.split()


def test_a_lever_that_nothing_uses_has_exactly_no_share():
    none = "changes: {human_epidemic: {fixed: 0.0}"
    texts = (f"{none}}}\n", f"{none}, services_growth: 0.07, epidemic_months: 9}}\n")
    made = after(*({"kind": "upload", "name": "mine.yaml", "text": text} for text in texts))
    settled(made)
    assert shares(made)[("epidemic_months",)] == 0
    assert shares(made)[("services_growth",)] < 0


def test_the_master_lever_is_one_lever():
    made = after(move(MASTER, -0.2))
    assert made.comparison() is None
    made.handle(GROWTH)
    assert settled(made) == 1
    assert set(shares(made)) == {tuple(sorted(PUBLIC_FUNDS)), ("services_growth",)}


def test_no_split_is_made_on_the_way_of_a_drag_and_none_is_shown(monkeypatch):
    made = after(GROWTH, FOREIGN)
    settled(made)
    assert made.split()
    monkeypatch.setattr(Splits, "turn", lambda *_: pytest.fail("split on the way of a drag"))
    for value in (0.08, 0.085):
        made.handle(move("services_growth", value, final=False))
        made.handle(SPLIT)
        told = news(made, 0)
        assert made.split() is None
        assert not told["unsplit"]
        assert told["dragging"]
        assert say("strip.by_target", "vi") in told["strip"][-1]


@few
@given(st.lists(events(), max_size=4), events())
def test_a_split_never_outlives_its_move(sequence, last):
    made = after(*sequence)
    settled(made)
    made.handle(last)
    split, comparison = made.split(), made.comparison()
    if split is not None:
        assert split.found.after == made.card().count.plan.mean
        assert split.found.before == made.card(comparison.before).count.plan.mean


def test_what_was_split_is_kept_whatever_the_language(monkeypatch):
    made = after(GROWTH, FOREIGN)
    settled(made)
    kept = made.split().found
    monkeypatch.setattr(Splits, "turn", lambda *_: pytest.fail("split again"))
    made.handle({"kind": "language", "language": "en"})
    assert made.split().found is kept
    assert not made.awaits_split()
    assert say("strip.by_lever", "en") in news(made, 0)["strip"][-1]
    made.handle(move("services_growth", 0.08))
    assert made.split() is None
    made.handle({"kind": "undo"})
    made.handle({"kind": "redo"})
    made.handle({"kind": "undo"})
    assert made.moves.changes["services_growth"] == Setting(0.07)
    assert made.split().found is kept


def test_many_levers_take_turns_and_the_board_says_that_their_split_comes():
    rows = catalogue()
    text = "".join(f"  {name}: {row.low}\n" for name, row in rows.items())
    made = after({"kind": "upload", "name": "many.yaml", "text": f"changes:\n{text}"})
    assert say("strip.awaited", "vi") in news(made, 0)["strip"][-1]
    assert settled(made) > 1
    found = made.split().found
    assert found.method == "groups"
    assert set(found.by_control()) <= {"policy", "outside", "process"}
    assert sum(part.share for part in found.parts) == pytest.approx(found.move, abs=1e-9)


def test_a_move_begun_meanwhile_drops_the_work_of_the_last():
    rows = catalogue()
    names = [name for name, row in rows.items() if row.front][:10]
    made = session()
    moves = Moves({name: Setting((rows[name].low + rows[name].centre) / 2) for name in names})
    made.open_address(to_address(moves))
    made.handle(SPLIT)
    assert made.awaits_split()
    made.handle(move(names[0], rows[names[0]].centre + 0.01))
    settled(made)
    changed = made.moves
    (found,) = attribute(
        made.card().projection.model,
        made.scenario(Moves()),
        made.scenario(changed),
        [Measure("number_met")],
    )
    assert made.split().found == found


def test_typed_baselines_are_split_by_target_alone():
    made = after(GROWTH, FOREIGN, {"kind": "baseline", "name": "doctors_per_10000", "text": "11,5"})
    assert made.comparison() is None
    made.handle(move("services_growth", 0.08))
    assert made.comparison().before.typed_baselines == {"doctors_per_10000": 11.5}
    settled(made)
    assert made.split().since == "trend"


@pytest.mark.parametrize("front", [2, 4, 7])
def test_a_few_levers_are_split_in_one_turn(front):
    rows = catalogue()
    names = [name for name, row in rows.items() if row.front][:front]
    made = session()
    made.open_address(to_address(Moves({name: Setting(rows[name].low) for name in names})))
    assert settled(made) == 1
    assert made.plan.name == shipped_plan().name
