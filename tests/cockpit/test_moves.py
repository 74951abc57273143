"""Does the way back always lead home, and is the master lever nothing but nine changes?"""

from functools import reduce
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.cockpit.moves import (
    LONGEST_HISTORY,
    MASTER_HIGH,
    MASTER_LOW,
    MASTER_STEP,
    PUBLIC_FUNDS,
    History,
    Moves,
    master_moves,
    master_value,
)
from tests.cockpit.sessions import some_moves
from tests.strategies import shipped_plan

CATALOGUE = shipped_plan().catalogue
SOME = tuple(Moves(typed_baselines={"a": float(at)}) for at in range(4))
"""A handful of different moves: what a history holds does not matter to it."""
START = History(SOME[0])

chosen = st.sampled_from(SOME)
walks = st.lists(
    st.tuples(st.sampled_from(["drag", "step"]), chosen)
    | st.tuples(st.sampled_from(["undo", "redo"])),
    max_size=12,
)


def walked(walk, start=START):
    return reduce(lambda history, each: getattr(history, each[0])(*each[1:]), walk, start)


@given(walks, chosen)
def test_undo_takes_a_step_back(walk, moves):
    history = walked([*walk, ("step", SOME[1])])
    if moves != history.now:
        assert history.step(moves).undo().now == history.now


@given(walks, chosen)
def test_redo_after_undo_is_where_one_was(walk, moves):
    history = walked(walk).step(moves)
    if history.past:
        assert history.undo().redo() == history


@given(walks, chosen)
def test_undo_of_an_unfinished_drag_is_where_it_began_and_redo_where_it_was(walk, moves):
    history = walked(walk).step(SOME[1])
    dragged = history.drag(SOME[2]).drag(moves)
    if moves != SOME[1]:
        assert dragged.undo().now == SOME[1]
        assert dragged.undo().redo().now == moves


@given(walks)
def test_as_many_undos_as_there_were_events_come_home(walk):
    history = walked([*walk, *[("undo",)] * (len(walk) + 1)])
    assert history.now == SOME[0]
    assert not history.past
    assert history.settled is None


@given(walks)
def test_as_many_redos_as_undos_come_back(walk):
    history = walked(walk)
    settled = history.step(history.now)
    back = [("undo",)] * len(walk)
    forth = [("redo",)] * (len(settled.past) + len(settled.future))
    last = settled.future[-1] if settled.future else settled.now
    assert walked([*back, *forth], settled).now == last


@given(walks, st.lists(chosen, min_size=1, max_size=9), chosen)
def test_a_drag_is_one_step_however_many_values_it_sends(walk, values, last):
    start = walked(walk).step(SOME[3])
    dragged = reduce(History.drag, values, start).step(last)
    assert dragged.now == last
    assert len(dragged.past) - len(start.past) == (last != start.now)
    assert dragged.now == start.step(last).now
    assert dragged.past == start.step(last).past


@given(walks)
def test_no_two_neighbours_of_a_history_are_the_same(walk):
    history = walked(walk)
    history = history.step(history.now)
    kept = [*history.past, history.now]
    assert all(one != other for one, other in pairwise(kept))


def test_a_history_is_bounded():
    history = History(SOME[0])
    for at in range(2 * LONGEST_HISTORY):
        history = history.step(SOME[at % 2 + 1])
    assert len(history.past) == LONGEST_HISTORY


@given(some_moves(), st.sampled_from(sorted(CATALOGUE.assumptions)))
def test_a_lever_on_its_centre_is_no_change(moves, name):
    back = moves.moved(name, CATALOGUE.default(name), CATALOGUE)
    assert name not in back.changes
    assert back == moves.without([name]) == moves.moved(name, None, CATALOGUE)


@given(some_moves(), st.floats(0, 100))
def test_a_typed_baseline_can_be_taken_back(moves, value):
    assert moves.typed("new", value).typed("new", None) == moves


points = st.floats(MASTER_LOW, MASTER_HIGH, allow_subnormal=False) | st.integers(
    round(MASTER_LOW / MASTER_STEP), round(MASTER_HIGH / MASTER_STEP)
).map(lambda steps: steps * MASTER_STEP)


@given(some_moves(), points)
def test_the_master_lever_writes_changes_of_the_public_funds_alone_within_their_ranges(
    moves, value
):
    moved = master_moves(moves, value, CATALOGUE)
    assert moved.without(PUBLIC_FUNDS) == moves.without(PUBLIC_FUNDS)
    for name in PUBLIC_FUNDS:
        row = CATALOGUE.assumptions[name]
        centre = moved.changes.get(name, CATALOGUE.default(name)).centre
        assert row.low <= centre <= row.high
        assert abs(centre - min(row.high, max(row.low, row.centre + value))) <= 1e-9


def test_the_master_lever_moves_nine_funds():
    assert len(set(PUBLIC_FUNDS)) == 9
    assert len(master_moves(Moves(), -0.1, CATALOGUE).changes) == 9
    assert set(PUBLIC_FUNDS) <= set(CATALOGUE.assumptions)


@given(some_moves(), points)
def test_the_master_lever_reads_back_what_it_wrote(moves, value):
    moved = master_moves(moves, value, CATALOGUE)
    read = master_value(moved, CATALOGUE)
    assert abs(read - value) <= 1e-9
    assert master_moves(moves, read, CATALOGUE) == moved


@given(some_moves())
def test_the_master_lever_at_zero_puts_the_funds_back(moves):
    assert master_moves(moves, 0.0, CATALOGUE) == moves.without(PUBLIC_FUNDS)


@given(points, st.sampled_from(PUBLIC_FUNDS))
def test_the_master_lever_reads_nothing_where_the_funds_are_not_moved_together(value, name):
    moved = master_moves(Moves(), value, CATALOGUE)
    apart = moved.moved(name, Setting(0.111), CATALOGUE)
    assert master_value(apart, CATALOGUE) == 0.0
