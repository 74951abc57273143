"""Does the shelf of compared scenarios lose nothing, hold at most six, and come back from an address?"""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cockpit.moves import Moves
from simulator.cockpit.shelf import (
    KEPT,
    LONGEST_TITLE,
    MOST_KEPT,
    SHOWN,
    Shelf,
    shelf_of,
    title_written,
)
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
            "change": st.sampled_from(["add", "remove", "base", "forget", "nonsense"]),
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
        before, shown = dict(made.shelf.kept), list(made.side_by_side())
        made.handle(event)
        chosen = list(made.side_by_side())
        assert FEWEST <= len(chosen) <= MOST
        assert len(set(chosen)) == len(chosen)
        assert len(made.shelf.kept) <= MOST_KEPT
        if event["change"] != "forget":
            assert before.items() <= made.shelf.kept.items()
        if event["change"] not in {"remove", "forget"}:
            assert set(shown) <= set(chosen)
        assert len({kept.title for kept in made.shelf.kept.values()}) == len(made.shelf.kept)
    again = session()
    again.open_address(dict(parse_qsl(made.address(), keep_blank_values=True)))
    assert again.shelf == made.shelf
    assert again.side_by_side() == made.side_by_side()
    assert again.notices == []


@given(moves=st.lists(some_moves(2), max_size=MOST_KEPT), title=TITLES)
def test_kept_scenarios_come_back_from_an_address(moves, title):
    shelf = Shelf(("trend", SHOWN))
    for one in moves:
        shelf = shelf.keep(title_written(title) or "mine", one)
    address = dict(parse_qsl(urlencode(shelf.to_address()), keep_blank_values=True))
    found, wrong = shelf_of(address, shipped_scenarios(), shipped_plan().catalogue, RANGES)
    assert wrong == []
    assert found == shelf
    assert all(0 < len(kept.title) <= LONGEST_TITLE for kept in found.kept.values())
    assert all(kept.title.isprintable() for kept in found.kept.values())


def test_a_seventh_has_no_room_and_is_told():
    made = session()
    for name in list(shipped_scenarios())[:7]:
        made.handle({"kind": "compare", "change": "add", "name": name})
    assert len(made.side_by_side()) == MOST
    assert [notice.key for notice in made.notices] == ["compare.told_full"]


def test_the_base_is_the_first_and_two_always_stay():
    made = session()
    made.handle({"kind": "compare", "change": "base", "name": "late_funds"})
    assert next(iter(made.side_by_side())) == "late_funds"
    for name in ("late_funds", "trend", "full_disbursement"):
        made.handle({"kind": "compare", "change": "remove", "name": name})
    assert len(made.side_by_side()) == FEWEST
    assert [notice.key for notice in made.notices] == ["compare.told_fewest"]


def keep(made, title=""):
    made.handle({"kind": "compare", "change": "keep", "title": title})


@pytest.mark.parametrize(("language", "word"), [("vi", "Kịch bản"), ("en", "Scenario")])
def test_scenarios_without_a_name_are_numbered_and_equal_names_told_apart(language, word):
    made = session(language)
    for title in ("", "  ", "A", "A", "\u202e\0"):
        keep(made, title)
    titles = [kept.title for kept in made.shelf.kept.values()]
    assert titles == [f"{word} 1", f"{word} 2", "A", "A (2)", f"{word} 5"]


def test_one_more_than_can_be_kept_is_refused_and_nothing_goes():
    made = session()
    for at in range(MOST_KEPT):
        keep(made, f"{at}")
    before = made.shelf
    keep(made, "one too many")
    assert made.shelf == before
    assert [notice.key for notice in made.notices] == ["compare.told_kept_full"]
    gone = next(name for name in before.kept if name not in made.side_by_side())
    made.handle({"kind": "compare", "change": "forget", "name": gone})
    keep(made, "now there is room")
    assert [kept.title for kept in made.shelf.kept.values()][-1] == "now there is room"
    assert len(made.shelf.kept) == MOST_KEPT


def test_what_is_kept_beside_six_is_told_to_wait_in_the_list():
    made = session()
    for name in list(shipped_scenarios())[:6]:
        made.handle({"kind": "compare", "change": "add", "name": name})
    keep(made, "Mine")
    assert f"{KEPT}1" in made.shelf.kept
    assert f"{KEPT}1" not in made.side_by_side()
    assert [notice.key for notice in made.notices] == ["compare.told_kept_aside"]


def test_a_scenario_that_two_need_is_not_forgotten():
    made = session()
    keep(made, "Mine")
    for name in ("late_funds", "full_disbursement"):
        made.handle({"kind": "compare", "change": "remove", "name": name})
    made.handle({"kind": "compare", "change": "forget", "name": f"{KEPT}1"})
    assert f"{KEPT}1" in made.shelf.kept
    assert [notice.key for notice in made.notices] == ["compare.told_fewest"]


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
