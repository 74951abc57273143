"""Does a search end when told, answer only what was asked, and never call the unreachable reached?"""

import threading
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.cockpit.needed_panel import needed_panel
from simulator.cockpit.question import LEVELS, NUMBER, Question
from simulator.cockpit.search import Search
from simulator.cockpit.seek_view import (
    answer_panel,
    below_text,
    level_text,
    plan_panel,
    question_panel,
    running_panel,
)
from simulator.cockpit.session import Session
from simulator.language import say, show_chance
from simulator.public_funds import MASTER
from tests.cockpit.pages import assert_safe, words_of
from tests.cockpit.sessions import HOSTILE, anything, move, session
from tests.runs import few
from tests.strategies import shipped_plan

TARGETS = ["visitors", "total_investment", "grdp_growth", NUMBER]
LEVERS = [MASTER, "visitor_growth", "services_growth", "pig_biosecurity"]


def ask(change: str, **more: object) -> dict[str, object]:
    return {"kind": "ask", "change": change} | more


def to_seek(change: str) -> dict[str, object]:
    return {"kind": "seek", "change": change}


def asked(goals: dict[str, float], levers: dict[str, float]) -> Session:
    made = session()
    made.question = Question(goals, levers)
    return made


def answered(made: Session) -> Search:
    made.handle(to_seek("start"))
    assert made.search is not None
    made.search.wait()
    return made.search


def events() -> st.SearchStrategy[dict[str, object]]:
    names = st.sampled_from([*TARGETS, *LEVERS, "nothing", HOSTILE]) | anything()
    values = st.sampled_from([0.5, "0.7", "8", True, False, None, "", "nan"]) | anything()
    asking = st.fixed_dictionaries(
        {
            "kind": st.just("ask"),
            "change": st.sampled_from(["goal", "add", "lever", "cost", "level", "about"]),
            "name": names,
            "value": values,
        }
    )
    seeking = st.sampled_from(
        [to_seek(change) for change in ("start", "stop", "apply", "plan", "?")]
    )
    moving = st.sampled_from([move("visitor_growth", 0.2), {"kind": "undo"}, {"kind": "reset"}])
    return asking | seeking | moving


def searching() -> int:
    return sum(thread.name == "search" for thread in threading.enumerate())


@few
@given(st.lists(events(), max_size=10))
def test_whatever_is_asked_one_search_runs_at_most_and_stop_ends_it(steps):
    made = session()
    for event in steps:
        made.handle(event)
        assert searching() <= 1
        assert len(made.question.goals) <= 6
        assert made.level in LEVELS
        for language in ("vi", "en"):
            made.language = language
            assert_safe(question_panel(made.question, made.plan, language))
    made.handle(to_seek("stop"))
    if made.search is not None:
        made.search.wait()
        assert not made.search.running
        current = made.is_current(made.search)
        told = words_of(assert_safe(answer_panel(made.search, "en", current=current)))
        stale = made.search.sought is not None and not current
        assert (say("seek.stale", "en") in told) == stale
    again = session()
    again.open_address(dict(parse_qsl(made.address(), keep_blank_values=True)))
    assert again.question == made.question
    assert again.level == made.level


def test_a_long_search_is_stopped_and_has_no_answer():
    made = asked({"total_investment": 0.9, NUMBER: 40.0}, dict.fromkeys(LEVERS, 1.0))
    made.handle(to_seek("start"))
    search = made.search
    assert_safe(running_panel(search, "vi"))
    made.handle(to_seek("stop"))
    search.wait()
    assert search.stopped
    assert search.sought is None
    assert "Đã dừng" in words_of(assert_safe(answer_panel(search, "vi", current=True)))


def test_what_is_found_reaches_the_goal_on_the_levers():
    made = asked({"visitors": 0.9}, {"visitor_growth": 1.0})
    search = answered(made)
    assert search.sought.reached
    made.handle(to_seek("apply"))
    assert made.card().rows["visitors"].plan_chance >= 0.9
    made.handle({"kind": "undo"})
    assert not made.moves.changes


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_unreachable_is_never_called_reached(language):
    made = asked({"total_investment": 0.9}, {MASTER: 1.0})
    search = answered(made)
    told = words_of(assert_safe(answer_panel(search, language, current=True)))
    assert say("seek.unreached_title", language) in told
    assert say("seek.reached_title", language) not in told


@given(
    chance=st.floats(0, 1), wanted=st.sampled_from(LEVELS), language=st.sampled_from(["vi", "en"])
)
def test_what_falls_short_is_never_written_as_what_was_wanted(chance, wanted, language):
    told = below_text(min(chance, wanted - 1e-6), wanted, language)
    assert told not in {level_text(wanted, language), show_chance(wanted, language)}


def test_an_answer_is_stale_once_the_question_or_the_levers_change():
    made = asked({"visitors": 0.9}, {"visitor_growth": 1.0})
    search = answered(made)
    assert made.is_current(search)
    made.handle(move("services_growth", 0.1))
    assert not made.is_current(search)
    made.handle({"kind": "undo"})
    assert made.is_current(search)
    made.handle(ask("goal", name="visitors", value="0.8"))
    assert not made.is_current(search)


def test_what_cannot_be_moved_is_told_in_the_language_of_the_page():
    made = asked({"visitors": 0.9}, {MASTER: 1.0, "foreign_capital_disbursement": 1.0})
    search = answered(made)
    assert search.problems
    assert_safe(answer_panel(search, "vi", current=True))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_plan_puts_itself_on_the_levers(language):
    made = session(language)
    solution = made.plan_solution()
    told = words_of(assert_safe(plan_panel(solution, made.plan, language)))
    assert "None" not in told
    made.handle(to_seek("plan"))
    assert made.moves.changes
    assert all(value.p10 is None for value in made.moves.changes.values())


@pytest.mark.parametrize("name", ["grdp_growth", "visitors", "total_investment", "ocop_products"])
def test_one_lever_alone_is_told_for_an_indicator(name):
    made = session()
    found = made.needed(name)
    assert made.needed(name) is found
    for lever, sought in found.items():
        again = sought.card.rows[name].plan_chance
        assert sought.reached == (again >= made.level), lever
    assert_safe(needed_panel(made, name))
    made.handle(ask("level", value="0.9"))
    assert made.needed(name) is not found


def test_an_indicator_leads_to_the_question_about_it():
    made = session()
    made.handle(ask("about", name="visitors"))
    assert made.going_to == "seek"
    assert made.question.goals == {"visitors": made.level}
    assert MASTER in made.question.levers
    assert made.question.levers.keys() <= {MASTER, *shipped_plan().catalogue.assumptions}


@pytest.mark.parametrize(
    "link", ["seek=gone:0.5", "seek=visitors:2", "seek_levers=gone:1", "seek=:"]
)
def test_what_an_old_link_asks_wrongly_is_told(link):
    made = session()
    made.open_address(dict(parse_qsl(link)))
    assert made.question == Question({}, {})
    assert [notice.key for notice in made.notices] == ["notice.left_out"]
