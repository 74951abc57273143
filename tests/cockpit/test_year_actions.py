"""Is the log only ever added to, by who may, never in the past, and is nothing lost that was typed?"""

import base64
import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator.cockpit.year import Replay
from simulator.cockpit.year_typed import fault_text
from simulator.ledger import open_ledger
from simulator.ledger.repeats import subject
from simulator.observation import Observation
from tests.cockpit.sessions import HOSTILE, PLAN
from tests.cockpit.year_sessions import (
    Door,
    MemoryLedger,
    act,
    entering,
    importing,
    steps,
    take,
    uploading,
    year_session,
)
from tests.track.years import told, told_observations

VISITORS = told("visitors", 430.0, day=datetime.date(2020, 6, 30))
LANGUAGES = ("vi", "en")


def observations(made):
    return [entry.observation for entry in made.books.read(PLAN).entries]


@settings(max_examples=150)
@given(st.lists(steps(), max_size=12))
def test_no_order_of_events_loses_an_entry_or_edits_without_the_right(order):
    ledger = MemoryLedger()
    made = year_session(ledger=ledger)
    for step in order:
        before = list(ledger.log)
        may = made.visitor().may_edit and made.year.replay.day is None
        take(made, step)
        assert ledger.log[: len(before)] == before, "what was entered stays as it is"
        assert may or ledger.log == before, "nobody edits without the right, or in the past"
        assert all(entry.observation.entered_by == "Lan" for entry in ledger.log)
        assert made.year.turn >= 0
        assert len(made.books.read(PLAN).entries) == len(ledger.log)


@settings(max_examples=60)
@given(told_observations(), st.sampled_from(LANGUAGES))
def test_what_is_entered_is_what_was_typed_to_the_last_digit(seen, language):
    made = year_session(language)
    made.handle(entering(made, seen))
    assert made.year.draft.faults == ()
    assert observations(made) == [replace(seen, entered_by="Lan")]
    assert made.year.told[0].key == "year.told.entered"
    assert not made.year.refused


def test_a_second_press_of_the_button_enters_nothing_more():
    made = year_session()
    event = entering(made, VISITORS)
    made.handle(event)
    made.handle(event)
    assert len(observations(made)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": "mười"}, "value"),
        ({"value": ""}, "value"),
        ({"value": "0"}, "value"),
        ({"date": "31/10/2020"}, "date"),
        ({"date": "2019-12-31"}, "date"),
        ({"source": ""}, "source"),
        ({"source": "x" * 201}, "source"),
        ({"quantity": ""}, "quantity"),
        ({"quantity": "visitorz"}, "quantity"),
        ({"manner": "year_end_estimate"}, "manner"),
        ({"unit": "tonnes"}, "unit"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(wrong, field, language):
    made = year_session(language)
    event = entering(made, VISITORS, **wrong)
    made.handle(event)
    assert [fault.field for fault in made.year.draft.faults] == [field]
    typed = {name: event[name] for name in ("quantity", "manner", "value", "unit", "source")}
    assert {name: made.year.draft.fields[name] for name in typed} == typed
    assert observations(made) == []


@pytest.mark.parametrize(
    ("language", "text"), [("vi", "12.5"), ("vi", "1,249.94"), ("en", "12,5"), ("en", "1.249,94")]
)
def test_a_number_of_the_other_language_is_refused_rather_than_read_wrongly(language, text):
    made = year_session(language)
    made.handle(entering(made, VISITORS, value=text))
    assert [fault.field for fault in made.year.draft.faults] == ["value"]


def test_a_correction_says_why_and_leaves_the_old_figure_in_the_log():
    made = year_session()
    made.handle(entering(made, VISITORS))
    made.handle(act("correct", number=1))
    assert made.year.draft.corrects == 1
    better = replace(VISITORS, value=412.5)
    made.handle(entering(made, better))
    assert [fault.field for fault in made.year.draft.faults] == ["note"]
    made.handle(entering(made, better, note="Sở đính chính"))
    log = made.books.read(PLAN)
    assert [entry.superseded_by for entry in log.entries] == [2, None]
    assert [told.value for told in log.observations] == [412.5]
    assert log.entries[1].note == "Sở đính chính"


def test_a_correction_of_the_source_alone_keeps_the_value_to_the_last_digit():
    seen = replace(VISITORS, value=1234.56789012345678 / 3)
    made = year_session()
    made.handle(entering(made, seen))
    made.handle(act("correct", number=1))
    typed = dict(made.year.draft.fields) | {"source": "khác", "note": "nguồn"}
    made.handle(act("enter", turn=made.year.turn, **typed))
    assert made.books.read(PLAN).observations[0].value == seen.value


def test_who_corrects_what_another_has_corrected_meanwhile_is_told_and_loses_nothing():
    ledger = MemoryLedger()
    one, other = year_session(ledger=ledger), year_session(ledger=ledger)
    one.handle(entering(one, VISITORS))
    one.handle(act("correct", number=1))
    other.handle(act("correct", number=1))
    other.handle(entering(other, replace(VISITORS, value=400.0), note="sớm hơn"))
    one.handle(entering(one, replace(VISITORS, value=410.0), note="muộn hơn"))
    assert one.year.refused
    assert one.year.told[0].problem is not None
    assert one.year.draft.fields["value"] == "410"
    assert [row.value for row in one.books.read(PLAN).observations] == [400.0]
    one.handle(act("correct", number=1))
    assert one.year.told[0].key == "year.told.gone"


def test_a_figure_is_withdrawn_only_once_that_is_confirmed_with_a_reason():
    made = year_session()
    made.handle(entering(made, VISITORS))
    made.handle(act("withdraw", turn=made.year.turn, note="chưa hỏi"))
    assert len(observations(made)) == 1
    made.handle(act("ask_withdraw", number=1))
    made.handle(act("withdraw", turn=made.year.turn, note=" "))
    assert made.year.refused
    assert made.year.withdrawing == 1
    made.handle(act("withdraw", turn=made.year.turn, note="nhầm kỳ"))
    log = made.books.read(PLAN)
    assert log.observations == ()
    assert log.entries[1].withdrawn
    assert log.entries[1].note == "nhầm kỳ"


@settings(max_examples=40)
@given(st.lists(told_observations(), min_size=1, max_size=4, unique_by=subject))
@example([replace(VISITORS, source='Sở Văn hóa, Thể thao; "và" Du lịch')])
def test_an_import_enters_every_row_in_one_step_and_an_export_is_imported_again(rows):
    made = year_session()
    made.handle(uploading([replace(row, entered_by="") for row in rows]))
    assert made.year.upload is not None
    assert made.year.upload.preview.ready, made.year.upload.preview
    assert observations(made) == []
    made.handle(importing(made))
    assert observations(made) == [replace(row, entered_by="Lan") for row in rows]
    assert {entry.batch for entry in made.books.read(PLAN).entries} == {"so_lieu.csv"}
    assert made.year.upload is None


def test_a_table_cannot_enter_figures_in_the_name_of_another():
    made = year_session()
    made.handle(uploading([replace(VISITORS, entered_by="Giám đốc")]))
    made.handle(importing(made))
    assert [row.entered_by for row in observations(made)] == ["Lan"]


def test_a_table_with_one_wrong_row_enters_nothing():
    made = year_session()
    wrong = replace(VISITORS, quantity="visitorz")
    made.handle(uploading([VISITORS, wrong]))
    assert made.year.upload is not None
    assert not made.year.upload.preview.ready
    made.handle(importing(made))
    assert observations(made) == []
    assert made.year.upload is not None, "the table stays to be looked at"


def test_what_the_form_says_for_all_rows_fills_those_that_do_not():
    made = year_session()
    content = b"quantity,value,unit\nvisitors,430,thousand_visits\n"
    made.handle(act("upload", name="so_lieu.csv", base64=base64.b64encode(content).decode()))
    assert made.year.upload is not None
    assert not made.year.upload.preview.ready
    made.handle(act("defaults", manner="to_date", date="2020-06-30", source="Sở VHTTDL"))
    assert made.year.upload.preview.ready
    made.handle(importing(made))
    assert observations(made) == [replace(VISITORS, source="Sở VHTTDL", entered_by="Lan")]


@pytest.mark.parametrize("content", [None, 5, "§", "A" * 6_000_000])
def test_what_is_no_file_is_told(content):
    made = year_session()
    made.handle(act("upload", name=HOSTILE, base64=content))
    assert made.year.refused
    assert made.year.upload is None


def test_who_may_not_edit_is_told_and_keeps_what_was_typed():
    made = year_session(may_edit=False)
    made.handle(entering(made, VISITORS))
    assert [notice.key for notice in made.year.told] == ["year.refused.visitor"]
    assert made.year.draft.fields["value"] == "430"
    assert observations(made) == []
    assert isinstance(made.visitor, Door)
    made.visitor.may_edit = True
    made.handle(act("enter", turn=made.year.turn, **made.year.draft.fields))
    assert len(observations(made)) == 1


@pytest.mark.parametrize("clock", ["spoken", "entered"])
def test_a_replayed_day_is_in_the_address_and_nothing_is_entered_in_it(clock):
    made = year_session()
    made.handle(act("replay", date="2020-06-30", clock=clock))
    made.handle(entering(made, VISITORS))
    assert [notice.key for notice in made.year.told] == ["year.refused.past"]
    assert observations(made) == []
    again = year_session()
    again.open_address(dict(pair.split("=") for pair in made.address().split("&")))
    assert again.year.replay == Replay(datetime.date(2020, 6, 30), clock)
    again.handle(act("now"))
    assert again.address() == ""


@given(st.dates(), st.sampled_from(["UTC", "Asia/Ho_Chi_Minh", "America/New_York"]))
@example(datetime.date.min, "Asia/Ho_Chi_Minh")
@example(datetime.date.max, "America/New_York")
def test_any_day_of_the_calendar_can_be_looked_back_to(day, zone):
    made = year_session()
    made.zone = ZoneInfo(zone)
    made.handle(entering(made, VISITORS))
    made.handle(act("replay", date=day.isoformat(), clock="entered"))
    until = made.year.replay.until(made.zone)
    assert until is not None
    assert until.astimezone(datetime.UTC).tzinfo is datetime.UTC
    assert len(made.log().entries) in {0, 1}


def test_an_old_link_to_no_day_is_told():
    made = year_session()
    made.open_address({"as_of": "gone", "clock": "x", "year": HOSTILE})
    assert len(made.notices) == 2
    assert made.year.replay.day is None


def test_the_log_of_a_day_of_entry_is_the_log_as_it_stood_at_the_end_of_that_day():
    made = year_session()
    for month in (4, 5, 6):
        day = datetime.date(2020, month, 30)
        made.handle(entering(made, replace(VISITORS, value=100.0 * month, date=day)))
    made.handle(act("replay", date="2020-11-03", clock="entered"))
    assert [row.value for row in made.log().observations] == [400.0, 500.0]
    made.handle(act("replay", date="2020-11-03", clock="spoken"))
    assert len(made.log().observations) == 3


def test_the_ledger_itself_takes_what_the_page_enters(tmp_path):
    with open_ledger(f"sqlite:///{tmp_path}/log.db") as ledger:
        made = year_session(ledger=ledger)
        made.handle(entering(made, VISITORS))
        made.handle(act("correct", number=1))
        made.handle(entering(made, replace(VISITORS, value=410.0), note="sửa"))
        made.handle(act("ask_withdraw", number=2))
        made.handle(act("withdraw", turn=made.year.turn, note="nhầm"))
        made.handle(uploading([VISITORS]))
        made.handle(importing(made))
        found: list[Observation] = [entry.observation for entry in ledger.entries(PLAN)]
        assert [row.value for row in found] == [430.0, 410.0, 410.0, 430.0]
        assert [row.counts for row in ledger.entries(PLAN)] == [False, False, False, True]
        made.handle(act("correct", number=1))
        assert made.year.refused


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [430.0, 450.0])
def test_a_figure_beside_one_that_counts_is_told_at_the_field_and_nothing_typed_is_lost(
    value, language
):
    made = year_session(language)
    made.handle(entering(made, VISITORS))
    event = entering(made, replace(VISITORS, value=value, source="báo"))
    made.handle(event)
    (fault,) = made.year.draft.faults
    assert fault.field == "value"
    said = fault_text(fault, language).lower()
    assert {"vi": "bản ghi 1", "en": "entry 1"}[language] in said
    assert all(made.year.draft.fields[name] == event[name] for name in ("value", "source"))
    assert [row.value for row in observations(made)] == [430.0]


def test_a_correction_may_not_come_to_speak_of_what_another_figure_speaks_of():
    made = year_session()
    made.handle(entering(made, VISITORS))
    may = replace(VISITORS, date=datetime.date(2020, 5, 31), value=400.0)
    made.handle(entering(made, may))
    made.handle(act("correct", number=2))
    made.handle(entering(made, replace(may, date=VISITORS.date), note="nhầm ngày"))
    assert [fault.field for fault in made.year.draft.faults] == ["value"]
    assert made.year.draft.corrects == 2
    made.handle(entering(made, replace(may, value=401.0), note="nhầm số"))
    assert [row.value for row in made.log().observations] == [430.0, 401.0]


def test_a_table_is_not_entered_twice_and_one_that_contradicts_the_log_not_at_all():
    made = year_session()
    may = replace(VISITORS, date=datetime.date(2020, 5, 31), value=400.0)
    for rows in ([VISITORS], [VISITORS], [VISITORS, may, may]):
        made.handle(uploading(rows))
        made.handle(importing(made))
    assert [row.value for row in observations(made)] == [430.0, 400.0]
    assert [note.key for note in made.year.told] == ["year.told.imported", "year.told.repeated"]
    made.handle(uploading([VISITORS]))
    made.handle(importing(made))
    assert [note.key for note in made.year.told] == ["year.told.nothing_new"]
    made.handle(uploading([replace(VISITORS, value=450.0)]))
    made.handle(importing(made))
    assert [note.key for note in made.year.told] == ["year.told.failed"]
    assert made.year.upload is not None, "the table stays to be looked at"
    assert len(observations(made)) == 2


@pytest.mark.parametrize("asked", ["correct", "ask_withdraw"])
def test_what_was_typed_for_a_new_figure_is_there_again_after_another_was_corrected(asked):
    made = year_session()
    made.handle(entering(made, VISITORS))
    typed = entering(made, replace(VISITORS, value=450.0))
    made.handle(typed | {"value": "?"})
    before = made.year.turn, made.year.draft
    made.handle(act(asked, number=1))
    assert made.year.turn != before[0]
    made.handle(act("correct", number=1))
    made.handle(act("leave", of="form"))
    assert (made.year.turn, made.year.draft) == before
    made.handle(act("correct", number=1))
    made.handle(entering(made, replace(VISITORS, value=410.0), note="sửa"))
    assert (made.year.turn, made.year.draft) == before
    made.handle(act("ask_withdraw", number=2))
    assert made.year.turn not in {before[0], typed["turn"]}


def test_a_table_that_is_read_leaves_the_form_as_it_is():
    made = year_session()
    before = made.year.turn, made.year.draft
    made.handle(uploading([VISITORS]))
    made.handle(importing(made))
    assert (made.year.turn, made.year.draft) == before
    assert len(observations(made)) == 1


@pytest.mark.parametrize("withdrawn", [False, True])
def test_who_comes_too_late_corrects_what_now_stands_there_or_enters_anew(withdrawn):
    made = year_session()
    made.handle(entering(made, VISITORS))
    made.handle(act("correct", number=1))
    ledger = made.books.ledger()
    if withdrawn:
        ledger.withdraw(1, entered_by="An", note="nhầm")
    else:
        ledger.correct(1, replace(VISITORS, value=400.0, entered_by="An"), note="sửa", once=True)
    mine = replace(VISITORS, value=401.0)
    made.handle(entering(made, mine, note="sửa"))
    assert made.year.refused
    assert made.year.draft.fields["value"] == "401"
    made.handle(entering(made, mine, note="sửa"))
    assert not made.year.refused
    assert [row.value for row in made.log().observations] == [401.0]
