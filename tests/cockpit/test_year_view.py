"""Is the page of the year escaped, in both languages, and does it say in words what it shows?"""

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.cockpit.board_view import shown_change
from simulator.cockpit.year_form import entry_form, unit_options
from simulator.cockpit.year_import import preview_panel
from simulator.cockpit.year_learning import learned
from simulator.cockpit.year_log import log_panel, moment_text, withdrawing_panel
from simulator.cockpit.year_view import board, glances, has_moved, lessons
from simulator.language import say
from simulator.track import track, watch
from tests.cockpit.pages import assert_safe, words_of
from tests.cockpit.sessions import HOSTILE, PLAN
from tests.cockpit.year_sessions import act, entering, importing, uploading, year_session
from tests.strategies import shipped_model, shipped_plan
from tests.track.years import prior, ten_months_of_2019, told, told_observations

LANGUAGES = ("vi", "en")
WRITTEN = HOSTILE.replace("\x00", "")
"""As much of it as a log takes."""
UTC = datetime.UTC
few = settings(max_examples=20)
WATCH = watch(shipped_model())


@few
@given(
    st.lists(told_observations(), max_size=4),
    st.sampled_from(["moved", "all", "economy"]),
    st.sampled_from(LANGUAGES),
)
def test_the_board_is_safe_and_shows_every_target_that_moved(seen, shown, language):
    tracked = track(prior(256), seen)
    root = assert_safe(board(tracked, shown, language))
    rows = [row for row in root.iter("tr") if row.find("th") is not None][1:]
    pairs = [(row, tracked.posterior.rows[name]) for name, row in tracked.prior.rows.items()]
    known = [pair for pair in pairs if any(row.plan_chance is not None for row in pair)]
    wanted = {
        "moved": [pair for pair in known if has_moved(*pair)],
        "all": known,
        "economy": [pair for pair in known if pair[0].target.sector == "economy"],
    }
    assert len(rows) == len(wanted[shown])
    assert_safe(lessons(tracked, [HOSTILE], language))
    assert all(glance.value for glance in glances(tracked, language))


def test_without_observations_nothing_has_moved_and_that_is_said():
    tracked = track(prior(256), ())
    assert not any(has_moved(row, row) for row in tracked.prior.rows.values())
    for language in LANGUAGES:
        words = words_of(assert_safe(board(tracked, "moved", language)))
        assert say("year.start", language) in words


def test_a_target_whose_shown_chance_differs_has_moved():
    tracked = track(prior(256), ten_months_of_2019())
    for name, before in tracked.prior.rows.items():
        after = tracked.posterior.rows[name]
        if abs(shown_change(after, before)) >= 1:
            assert has_moved(before, after)


def session_with_a_full_log(language, name="Lan"):
    made = year_session(language)
    made.visitor.name = name
    seen = replace(told("visitors", 430.0), source=WRITTEN)
    made.handle(entering(made, seen))
    made.handle(act("correct", number=1))
    made.handle(entering(made, replace(seen, value=412.5), note=WRITTEN))
    earlier = seen.date - datetime.timedelta(days=31)
    made.handle(entering(made, replace(seen, date=earlier)))
    made.handle(act("ask_withdraw", number=3))
    made.handle(act("withdraw", turn=made.year.turn, note=WRITTEN))
    made.handle(uploading([replace(seen, date=earlier)], WRITTEN))
    made.handle(importing(made))
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_says_in_words_what_is_corrected_and_withdrawn(language):
    made = session_with_a_full_log(language, WRITTEN)
    log = made.books.read(PLAN)
    assert len(log.entries) == 5
    panel = log_panel(log, {}, shipped_plan(), language, UTC, may_edit=True)
    root = assert_safe(panel)
    rows = [row for row in root.iter("tr") if row.find("td") is not None]
    texts = ["".join(row.itertext()) for row in rows][::-1]
    assert say("year.log.corrected", language, number=2) in texts[0]
    assert say("year.log.corrects", language, number=1) in texts[1]
    assert say("year.log.withdrawn", language, number=4) in texts[2]
    assert say("year.log.takes_back", language, number=3) in texts[3]
    struck = [row.find(".//s") is not None for row in rows][::-1]
    assert struck == [not entry.counts for entry in log.entries] == [True, False, True, True, False]
    buttons = [len(list(row.iter("button"))) for row in rows][::-1]
    assert buttons == [0, 2, 0, 0, 2]
    reading = assert_safe(log_panel(log, {}, shipped_plan(), language, UTC, may_edit=False))
    assert not list(reading.iter("button"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_safe_and_a_fault_is_tied_to_its_field(language):
    made = year_session(language)
    made.handle(entering(made, told("visitors", 430.0), value="?", source=HOSTILE))
    form = entry_form(made.year.draft, 3, WATCH, shipped_plan(), language, who=HOSTILE)
    root = assert_safe(form)
    (field,) = (one for one in root.iter("input") if one.get("name") == "value")
    assert field.get("aria-invalid") == "true"
    (fault,) = (one for one in root.iter("p") if one.get("id") == field.get("aria-describedby"))
    assert fault.text
    assert field.get("value") == "?"
    made = session_with_a_full_log(language)
    entry = made.books.read(PLAN).live(2)
    assert entry is not None
    assert_safe(withdrawing_panel(entry, 1, 1, shipped_plan(), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preview_marks_its_wrong_rows_and_cannot_be_entered(language):
    made = year_session(language)
    good = told("visitors", 430.0)
    made.handle(uploading([good, replace(good, quantity=WRITTEN)], HOSTILE))
    assert made.year.upload is not None
    root = assert_safe(preview_panel(made.year.upload, 1, shipped_plan(), language))
    rows = [row.get("class") for row in root.iter("tr") if row.find("td") is not None]
    assert rows == [None, "wrong"]
    (main,) = (one for one in root.iter("button") if one.get("class") == "main")
    assert main.get("disabled") is not None


def test_every_quantity_offers_units_and_percent_comes_before_a_share():
    for language in LANGUAGES:
        for known in WATCH.observables.values():
            options = unit_options(known, language)
            assert {unit for unit, _ in options} == set(known.units)
            assert all(text for _, text in options)
    shares = unit_options(WATCH.observables["local_balance_disbursement"], "vi")
    assert [unit for unit, _ in shares] == ["percent", "share"]


def test_a_moment_is_told_where_the_reader_is():
    moment = datetime.datetime(2020, 10, 31, 18, 30, tzinfo=UTC)
    assert moment_text(moment, "vi", ZoneInfo("Asia/Ho_Chi_Minh")) == "01/11/2020 01:30"
    assert moment_text(moment, "en", UTC) == "2020-10-31 18:30"


def test_what_a_scenario_cannot_take_is_set_aside_and_the_rest_is_learned_from():
    good = ten_months_of_2019()
    gone = replace(good[0], quantity="gone_since")
    found = learned(prior(256), [*good, gone], None)
    assert list(found.unfit) == [gone]
    assert found.tracked.used == track(prior(256), good).used
