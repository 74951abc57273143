"""Does a session show what a fresh run shows, survive every event, and touch no other session?"""

import shlex
import threading
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from simulator.assumptions import Setting
from simulator.cli import app
from simulator.cockpit.address import from_address, to_address
from simulator.cockpit.board_view import rows
from simulator.cockpit.headline_view import headline
from simulator.cockpit.moves import MASTER, PUBLIC_FUNDS, Moves, master_value
from simulator.cockpit.overview import news
from simulator.cockpit.session import CARDS_KEPT
from simulator.cockpit.uploads import LARGEST_UPLOAD
from simulator.run import Workshop
from simulator.scenario_file import parse_scenario, shipped_scenarios
from simulator.unroll import unroll
from tests.cockpit.sessions import (
    FRONT,
    HOSTILE,
    PLAN,
    broken_events,
    events,
    lever_moves,
    move,
    session,
    some_moves,
    workshop,
)
from tests.laws import moved as differing
from tests.runs import few
from tests.strategies import BASELINES, catalogue, shipped_plan

CATALOGUE = shipped_plan().catalogue


def after(sequence, language="vi"):
    """A session that has handled some events."""
    made = session(language)
    for event in sequence:
        made.handle(event)
    return made


def assert_same_card(one, other):
    assert not differing(one.projection.values, other.projection.values)
    assert one.rows == other.rows
    assert one.count == other.count


def assert_within_ranges(moves):
    """Whatever the moves say, a scenario file may say."""
    again, clamped = from_address(
        to_address(moves), CATALOGUE, workshop().vocabulary(PLAN).baselines
    )
    assert again == moves
    assert not clamped


# What is shown.


@few
@given(st.lists(events(), max_size=5))
def test_what_is_shown_equals_a_fresh_run_of_the_file_bit_for_bit(sequence):
    made = session()
    for event in sequence:
        made.handle(event)
        made.card()
    file = parse_scenario(made.yaml(), "scenario.yaml")
    (scenario,) = unroll(file, workshop().vocabulary(PLAN))
    fresh = workshop().run(scenario)
    assert_same_card(made.card(), fresh.card)
    assert made.hash() == fresh.hash


@few
@given(st.lists(events(), max_size=6), st.lists(events(), max_size=6))
def test_labels_follow_from_the_scenario_alone_not_from_the_way_there(one, other):
    first, second = after(one), after(other)
    for each in (first, second):
        each.card()
    second.open_address(to_address(first.moves))
    assert rows(first.card(), None, "vi") == rows(second.card(), None, "vi")
    assert headline(first.card(), None, first.trend, "vi") == headline(
        second.card(), None, second.trend, "vi"
    )


@few
@given(some_moves(3))
def test_the_command_and_the_file_say_the_same_as_the_address(moves):
    made = session()
    made.open_address(to_address(moves))
    words = shlex.split(made.command())
    told = dict(zip(words[3::2], words[4::2], strict=False))
    assert words[:3] == ["simulator", "run", "trend"]
    assert len(words) == 3 + 2 * (len(moves.changes) + len(moves.typed_baselines) + 1)
    assert set(told) <= {"--set", "--baseline", "--seed"}
    assert made.moves == moves


@pytest.mark.parametrize(
    "moves",
    [
        Moves(),
        Moves({"industry_growth": Setting(0.0612345678901234)}),
        Moves({"human_epidemic": Setting(1.0, fixed=True)}, {"under_five_mortality": 33.0}),
        Moves({"price_growth": Setting(0.03, p10=0.01, p90=0.07)}),
    ],
)
def test_the_command_line_prints_the_hash_that_the_screen_shows(moves):
    made = replace(session(), workshop=Workshop())
    made.history = replace(made.history, now=moves)
    assert made.plan.name == PLAN
    result = CliRunner().invoke(app, shlex.split(made.command())[1:])
    assert result.exit_code == 0, result.output
    assert made.hash() in result.stdout


# Events.


@given(st.lists(broken_events() | lever_moves(), max_size=6))
def test_no_event_raises_or_leaves_the_ranges(sequence):
    made = after(sequence)
    assert_within_ranges(made.moves)


@few
@given(st.lists(broken_events() | events(), max_size=4))
def test_the_screen_can_be_drawn_after_any_event(sequence):
    made = after(sequence)
    assert len(news(made, 0)["rows"]) == len(shipped_plan().targets)


@few
@given(st.lists(events(), max_size=10))
def test_as_many_undos_as_events_come_home(sequence):
    made = after([*sequence, *[{"kind": "undo"}] * (len(sequence) + 1)])
    assert made.moves == Moves()
    assert made.card() is made.trend


@given(st.lists(lever_moves(), max_size=6), lever_moves())
def test_undo_and_redo_of_a_move(sequence, last):
    made = after([*sequence, {"kind": "move", **last, "final": True}])
    there = made.moves
    if made.history.past:
        made.handle({"kind": "undo"})
        made.handle({"kind": "redo"})
    assert made.moves == there


@given(st.sampled_from(FRONT), st.lists(st.floats(0, 1), min_size=2, max_size=8))
def test_a_drag_is_one_step_and_its_change_is_that_from_where_it_began(name, shares):
    made = after([move("price_growth", 0.05)])
    row = CATALOGUE.assumptions[name]
    start, past = made.moves, len(made.history.past)
    for share in shares:
        made.handle(move(name, row.low + share * (row.high - row.low), final=False))
    on_the_way = made.moves
    made.handle(move(name, on_the_way.changes.get(name, CATALOGUE.default(name)).centre))
    assert made.moves == on_the_way
    assert len(made.history.past) == past + (on_the_way != start)
    assert made.earlier == start
    made.handle({"kind": "undo"})
    assert made.moves == (start if on_the_way != start else Moves())


@given(st.lists(st.integers(0, 2**53), max_size=6))
def test_the_acknowledged_number_never_falls(numbers):
    made = session()
    for number in numbers:
        before = made.ack
        made.handle({"kind": "nothing", "number": number})
        assert made.ack == max(before, number)


def test_reset_puts_back_one_a_group_the_master_or_all():
    made = after([move(MASTER, -0.1), move("price_growth", 0.05), move("industry_growth", 0.07)])
    made.handle({"kind": "reset", "names": ["price_growth"]})
    assert set(made.moves.changes) == {*PUBLIC_FUNDS, "industry_growth"}
    made.handle({"kind": "reset", "names": [MASTER]})
    assert set(made.moves.changes) == {"industry_growth"}
    made.handle({"kind": "baseline", "name": "doctors_per_10000", "text": "11,5"})
    made.handle({"kind": "reset", "names": None})
    assert made.moves == Moves()


@given(st.floats(allow_nan=True) | st.integers())
def test_the_master_lever_refuses_what_is_beyond_its_ends(value):
    made = after([move(MASTER, value)])
    low, high = -0.4, 0.05
    assert (made.moves == Moves()) == (not low <= value <= high or abs(value) <= 5e-10)
    assert low <= master_value(made.moves, CATALOGUE) <= high


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("vi", "11,5", 11.5),
        ("vi", "1.100,5", 1100.5),
        ("vi", "11.5", None),
        ("en", "11.5", 11.5),
        ("en", "1,100.5", 1100.5),
        ("en", "11,5", None),
        ("en", "-1", None),
        ("vi", "inf", None),
        ("vi", "", None),
        ("vi", HOSTILE, None),
    ],
)
def test_a_baseline_is_read_in_the_language_of_the_screen(language, text, value):
    made = session(language)
    made.handle({"kind": "baseline", "name": "doctors_per_10000", "text": text})
    assert made.moves.typed_baselines == ({} if value is None else {"doctors_per_10000": value})
    assert len(made.notices) == (value is None)


def test_a_typed_baseline_is_projected():
    for name, value in BASELINES.items():
        made = after([{"kind": "baseline", "name": name, "text": f"{value}".replace(".", ",")}])
        assert made.card().rows[name].method == "simulated"
        assert made.card().rows[name].base == value


# Uploads.


def uploaded(text, name="mine.yaml"):
    return after([{"kind": "upload", "name": name, "text": text, "size": 1}])


@pytest.mark.parametrize("name", sorted(shipped_scenarios()))
def test_every_shipped_scenario_is_taken_and_shows_what_the_batch_runner_computes(name):
    made = uploaded(shipped_scenarios()[name].read_text(encoding="utf-8"), f"{name}.yaml")
    (notice,) = made.notices
    assert notice.key == "notice.uploaded"
    (scenario,) = unroll(
        parse_scenario(f"extends: {name}", "mine.yaml"), workshop().vocabulary(PLAN)
    )
    assert_same_card(made.card(), workshop().run(scenario).card)


def test_the_plan_scenario_is_solved():
    made = uploaded("extends: plan\n")
    assert len(made.moves.changes) > 5
    assert_within_ranges(made.moves)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "- 1",
        HOSTILE,
        "\ud800",
        "plan: elsewhere\n",
        "changes: {nothing: 1}\n",
        "changes: {industry_growth: 9%}\n",
        "changes: {industry_growth: 99}\n",
        "changes: {industry_growth: .nan}\n",
        "typed_baselines: {grdp_growth: 3}\n",
        "changes: &a {industry_growth: 0.05}\nbecause: *a\n",
        "extends: /etc/passwd\n",
        "extends: ../../etc/passwd\n",
        "extends: scenarios/trend.yaml\n",
        "extends: trend.yaml\n",
        "extends: [trend, ./trend]\n",
        "sweep: {grid: {industry_growth: [0.05, 0.06]}}\n",
        "sweep: {grid: {industry_growth: [0.05]}}\n",
        "sweep: {list: [{name: a, changes: {industry_growth: 0.05}}]}\n",
        "draws: 1000000000\n",
        "!!python/object/apply:os.system [ls]\n",
        "[" * 20_000,
    ],
)
def test_a_broken_or_hostile_upload_changes_nothing_and_says_why(text):
    made = after([move("industry_growth", 0.05)])
    before = made.history
    made.handle({"kind": "upload", "name": "mine.yaml", "text": text})
    assert made.history == before
    assert made.notices
    assert all(notice.key == "notice.upload" and notice.problem for notice in made.notices)


@pytest.mark.parametrize("text", [None, 5, ["a"], "#" * (LARGEST_UPLOAD + 1), "ế" * 100_000])
def test_an_upload_that_is_no_text_or_too_large_is_refused_unread(text):
    made = uploaded(text)
    assert [notice.key for notice in made.notices] == ["notice.upload_large"]
    assert made.moves == Moves()


def test_what_is_downloaded_can_be_uploaded():
    made = after([move("industry_growth", 0.0512345), move(MASTER, -0.2)])
    assert uploaded(made.yaml()).moves == made.moves


# The client's board.


class Client:
    """A browser that keeps the rows that it was sent."""

    def __init__(self, made):
        self.session, self.rows, self.seen = made, {}, 0

    def look(self):
        sent = self.session.changed_rows(self.seen)
        self.seen = self.session.version
        self.rows |= {row.name: row for row in sent}
        return sent


@few
@given(st.lists(st.tuples(events(), st.booleans()), max_size=6))
def test_a_client_that_applies_what_it_is_sent_shows_what_a_fresh_one_shows(sequence):
    made = session()
    client = Client(made)
    for event, answered in sequence:
        made.handle(event)
        if answered:
            client.look()
        else:
            made.changed_rows(client.seen)  # an answer that never arrived
    client.look()
    shown = rows(made.card(), made.before(), made.language)
    assert client.rows == {row.name: row for row in shown}
    assert list(client.rows) == [row.name for row in shown]


@few
@given(st.lists(events(), max_size=3))
def test_a_client_that_is_up_to_date_is_sent_nothing(sequence):
    made = after(sequence)
    client = Client(made)
    client.look()
    assert client.look() == []


def test_a_move_sends_only_the_rows_that_changed():
    made = session()
    client = Client(made)
    client.look()
    made.handle(move("forest_cover_gain", CATALOGUE.assumptions["forest_cover_gain"].high))
    assert {row.name for row in client.look()} == {"forest_cover"}


def test_a_browser_from_before_the_session_is_sent_everything():
    made = session()
    assert len(made.changed_rows(seen=999)) == len(shipped_plan().targets)


# Many sessions.


@few
@given(st.lists(st.tuples(st.integers(0, 1), events()), max_size=6))
def test_two_sessions_never_influence_each_other(sequence):
    together = (session(), session())
    for which, event in sequence:
        together[which].handle(event)
        together[which].changed_rows(0)
    for which, made in enumerate(together):
        alone = after(event for each, event in sequence if each == which)
        assert made.moves == alone.moves
        assert made.language == alone.language
        assert made.notices == alone.notices
        assert_same_card(made.card(), alone.card())


def test_sessions_in_threads_show_each_its_own_levers():
    shown, failures = {}, []

    def work(at, name):
        try:
            made, row = session(), CATALOGUE.assumptions[name]
            client = Client(made)
            for step in range(8):
                value = row.low + (row.high - row.low) * (step + at + 1) / 16
                made.handle(move(name, value, final=step % 3 == 2))
                if at % 2:
                    made.handle(
                        {"kind": "baseline", "name": "doctors_per_10000", "text": f"{step}"}
                    )
                client.look()
            shown[name] = (made, client.rows)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=each) for each in enumerate(FRONT[:5])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    for name in FRONT[:5]:
        made, seen = shown[name]
        assert set(made.moves.changes) == {name}
        alone = session()
        alone.open_address(to_address(made.moves))
        assert_same_card(made.card(), alone.card())
        assert seen == {row.name: row for row in rows(made.card(), made.before(), "vi")}


def test_a_session_keeps_few_scorecards():
    made = session()
    for at in range(3 * CARDS_KEPT):
        made.handle(move("price_growth", 0.02 + at / 1000))
        made.changed_rows(0)
    assert len(made._cards) <= CARDS_KEPT


@given(some_moves())
def test_an_address_opens_the_session_that_wrote_it(moves):
    first, second = session("en"), session()
    first.history = replace(first.history, now=moves)
    second.open_address(dict(parse_qsl(first.address(indicator=True))))
    assert (second.moves, second.language, second.notices) == (moves, "en", [])
    assert set(moves.changes) <= set(catalogue())


def test_the_address_is_written_when_a_drag_ends_not_on_its_way():
    made = after([move("price_growth", 0.05, final=False)])
    assert news(made, 0)["address"] is None
    made.handle(move("price_growth", 0.05))
    assert news(made, 0)["address"] == made.address() != ""
    made.handle(move("price_growth", 0.06, final=False))
    made.handle({"kind": "undo"})
    assert news(made, 0)["address"] == made.address()


def test_a_file_with_other_draws_is_told_because_the_screen_keeps_its_own():
    made = session()
    made.handle(
        {
            "kind": "upload",
            "name": "own.yaml",
            "text": "draws: 8192\nchanges: {price_growth: 0.05}\n",
        }
    )
    assert [notice.key for notice in made.notices] == ["notice.uploaded", "notice.uploaded_draws"]
    made.handle({"kind": "upload", "name": "own.yaml", "text": made.yaml()})
    assert [notice.key for notice in made.notices] == ["notice.uploaded"]


def test_a_browser_that_lacks_rows_gets_all_of_them():
    made = session()
    made.changed_rows(0)
    seen = made.version
    made.handle(move("visitor_growth", 0.2))
    assert len(made.changed_rows(seen)) < len(shipped_plan().targets)
    made.handle({"kind": "refresh"})
    assert len(made.changed_rows(made.version)) == len(shipped_plan().targets)
