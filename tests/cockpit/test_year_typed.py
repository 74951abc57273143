"""Does a number that is typed read back as it is written, in the reader's language and no other?"""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.cockpit.year import FIELDS
from simulator.cockpit.year_typed import fault_text, read_typed, typed_number, typed_value
from simulator.observation import Observation
from simulator.track import watch
from tests.cockpit.sessions import HOSTILE
from tests.strategies import shipped_model
from tests.track.years import told_observations

LANGUAGES = ("vi", "en")
WATCH = watch(shipped_model())


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(LANGUAGES))
@example(1249.94, "vi")
@example(5e-324, "vi")
@example(1e22, "en")
@example(-0.1, "vi")
def test_every_number_is_written_so_that_it_reads_back_bit_for_bit(value, language):
    assert typed_number(typed_value(value, language), language) == value


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1.249,94", "vi", 1249.94),
        ("1,249.94", "en", 1249.94),
        (" -1,5 ", "vi", -1.5),
        ("\N{MINUS SIGN}1.5", "en", -1.5),
        ("12.5", "vi", None),
        ("12,5", "en", None),
        ("1e3", "vi", None),
        ("--1", "vi", None),
        ("nan", "en", None),
        ("", "vi", None),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(text, language, value):
    assert typed_number(text, language) == value


@given(told_observations(), st.sampled_from(LANGUAGES))
def test_a_form_filled_in_for_an_observation_says_that_observation(seen, language):
    fields = {
        "quantity": seen.quantity,
        "manner": seen.kind,
        "value": typed_value(seen.value, language),
        "unit": seen.unit,
        "date": seen.date.isoformat(),
        "source": seen.source,
    }
    found = read_typed(fields, WATCH, language, "Lan", corrects=False)
    assert found == replace(seen, entered_by="Lan")


@given(
    st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=8) | st.just(HOSTILE)),
    st.sampled_from(LANGUAGES),
    st.booleans(),
)
def test_whatever_is_typed_is_an_observation_or_has_faults_that_stand_at_a_field(
    fields, language, corrects
):
    found = read_typed(fields, WATCH, language, "Lan", corrects=corrects)
    if isinstance(found, Observation):
        return
    assert found
    assert {fault.field for fault in found} <= set(FIELDS)
    for fault in found:
        assert fault_text(fault, language).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_missing_is_told_at_once(language):
    found = read_typed({}, WATCH, language, "Lan", corrects=True)
    assert isinstance(found, list)
    assert {fault.field for fault in found} == set(FIELDS)
