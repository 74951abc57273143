"""Does the shelf of compared scenarios lose nothing, hold at most six, and come back from an address?"""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cockpit.moves import Moves
from simulator.cockpit.shelf import KEPT, LONGEST_TITLE, MOST_KEPT, SHOWN, Shelf, shelf_of
from simulator.compare import FEWEST, MOST
from simulator.scenario_file import shipped_scenarios
from tests.cockpit.sessions import HOSTILE, PLAN, move, session, some_moves, workshop
from tests.strategies import shipped_plan

RANGES = workshop().vocabulary(PLAN).baselines
NAMES = [SHOWN, *shipped_scenarios(), f"{KEPT}1", f"{KEPT}2", "nothing"]
TITLES = st.text(max_size=60) | st.sampled_from([HOSTILE, "", "Kịch bản của tôi, v2&x=1"])


def events() -> st.SearchStrategy[dict[str, object]]:
    changes = st.fixed_dictionaries(
        {
            "kind": st.just("compare"),
            "change": st.sampled_from(["add", "remove", "base", "nonsense"]),
            "name": st.sampled_from(NAMES) | st.none(),
        }
    )
    keeping = st.fixed_dictionaries(
        {"kind": st.just("compare"), "change": st.just("keep"), "title": TITLES}
    )
    loading = st.fixed_dictionaries(
        {
            "kind": st.just("compare"),
            "change": st.just("upload"),
            "name": st.just("mine.yaml"),
            "text": st.sampled_from(
                ["changes: {services_growth: 0.09}", "changes: {gone: 1}", None]
            ),
        }
    )
    return changes | keeping | loading


@given(st.lists(events(), max_size=14))
def test_whatever_is_done_there_is_something_to_compare_and_nothing_kept_is_lost(steps):
    made = session()
    made.handle(move("visitor_growth", 0.2))
    for event in steps:
        before = dict(made.shelf.kept)
        made.handle(event)
        chosen = list(made.side_by_side())
        assert FEWEST <= len(chosen) <= MOST
        assert len(set(chosen)) == len(chosen)
        assert len(made.shelf.kept) <= MOST_KEPT
        if len(before) < MOST_KEPT:
            assert before.items() <= made.shelf.kept.items()
    again = session()
    again.open_address(dict(parse_qsl(made.address(), keep_blank_values=True)))
    assert again.shelf == made.shelf
    assert again.side_by_side() == made.side_by_side()
    assert again.notices == []


@given(moves=st.lists(some_moves(2), max_size=MOST_KEPT), title=TITLES)
def test_kept_scenarios_come_back_from_an_address(moves, title):
    shelf = Shelf(("trend", SHOWN))
    for one in moves:
        shelf = shelf.keep(title, one)
    address = dict(parse_qsl(urlencode(shelf.to_address()), keep_blank_values=True))
    found, wrong = shelf_of(address, shipped_scenarios(), shipped_plan().catalogue, RANGES)
    assert wrong == []
    assert found == shelf
    assert all(len(kept.title) <= LONGEST_TITLE for kept in found.kept.values())


def test_a_seventh_has_no_room_and_is_told():
    made = session()
    for name in list(shipped_scenarios())[:8]:
        made.handle({"kind": "compare", "change": "add", "name": name})
    assert len(made.side_by_side()) == MOST
    assert [notice.key for notice in made.notices] == ["notice.shelf_full"]


def test_the_base_is_the_first_and_two_always_stay():
    made = session()
    made.handle({"kind": "compare", "change": "base", "name": "late_funds"})
    assert next(iter(made.side_by_side())) == "late_funds"
    for name in ("late_funds", "trend", "full_disbursement"):
        made.handle({"kind": "compare", "change": "remove", "name": name})
    assert len(made.side_by_side()) == FEWEST


def test_what_is_kept_stays_when_the_levers_move_on():
    made = session()
    made.handle(move("visitor_growth", 0.2))
    made.handle({"kind": "compare", "change": "keep", "title": "Mine"})
    made.handle(move("visitor_growth", 0.3))
    kept = made.shelf.kept[f"{KEPT}1"]
    assert kept.title == "Mine"
    assert kept.moves.changes["visitor_growth"].centre == 0.2
    assert made.moves_of(SHOWN).changes["visitor_growth"].centre == 0.3


def test_a_broken_file_changes_nothing_and_is_told():
    made = session()
    before = made.shelf
    text = "changes: {gone: 1}"
    made.handle({"kind": "compare", "change": "upload", "name": "a.yaml", "text": text})
    assert made.shelf == before
    assert made.notices[0].key == "notice.upload"
    assert made.moves == Moves()


@pytest.mark.parametrize(
    "link", ["compare=trend,gone", "compare=trend,trend", "kept.9x=1&compare=a"]
)
def test_an_old_link_is_survived(link):
    made = session()
    made.open_address(dict(parse_qsl(link)))
    assert len(made.side_by_side()) >= FEWEST
    assert all(notice.key == "notice.left_out" for notice in made.notices)
