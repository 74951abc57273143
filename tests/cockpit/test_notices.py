"""Are values told as the screen writes them, whatever an old link or a planner gave?"""

from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.cockpit.address import Clamped
from simulator.cockpit.frame import told
from simulator.cockpit.moves import MASTER
from simulator.cockpit.notices import baseline_refused, clamped
from simulator.language import Language
from tests.cockpit.sessions import HOSTILE, session
from tests.strategies import BASELINES, catalogue, shipped_plan

LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES = [*catalogue(), *BASELINES, MASTER, HOSTILE]
texts = (
    st.text(max_size=12)
    | st.floats().map(repr)
    | st.sampled_from(["fixed:2", "0.01~0.05~0.02", "fixed:", "~", "nan", "1e400", HOSTILE])
)


@pytest.mark.parametrize(
    ("entry", "vietnamese", "english"),
    [
        (
            Clamped("foreign_capital_disbursement", "1.7", 1.0),
            "Vốn nước ngoài = 170% nằm ngoài phạm vi, đã lấy 100%",
            "Foreign capital = 170% is out of range, 100% was taken",
        ),
        (
            Clamped("foreign_capital_disbursement", "1.00001", 1.0),
            "= 100,001% nằm ngoài phạm vi, đã lấy 100%",
            "= 100.001% is out of range, 100% was taken",
        ),
        (
            Clamped("human_epidemic", "fixed:1.5", 1.0),
            "= 150% nằm ngoài phạm vi, đã lấy 100%",
            "= 150% is out of range, 100% was taken",
        ),
        (
            Clamped("swine_fever_detection_delay", "12.5", 12.0),
            "= 12,5 tuần nằm ngoài phạm vi, đã lấy 12 tuần",
            "= 12.5 weeks is out of range, 12 weeks was taken",
        ),
        (Clamped("gone", "0.5", None), "gone = 0.5", "gone = 0.5"),
        (Clamped("industry_growth", "<b>", None), "= <b>", "= <b>"),
        (Clamped("industry_growth", "1e300", None), "= 1e300", "= 1e300"),
    ],
)
def test_an_old_link_is_told_in_the_numbers_of_the_screen(entry, vietnamese, english):
    notice = clamped(entry, shipped_plan())
    assert vietnamese in told(notice, "vi")
    assert english in told(notice, "en")


@pytest.mark.parametrize("name", BASELINES)
def test_a_refused_baseline_is_told_with_its_title_unit_and_range(name):
    made = session()
    low, high = made.workshop.vocabulary(made.plan_name).baselines[name]
    made.handle({"kind": "baseline", "name": name, "text": "-3"})
    (notice,) = made.notices
    for language in LANGUAGES:
        said = told(notice, language)
        assert shipped_plan().targets[name].short(language) in said
        assert name not in said
    assert notice == baseline_refused(name, "-3", (low, high), made.plan)


@given(st.sampled_from(NAMES), texts, st.none() | st.floats(0, 1), st.sampled_from(LANGUAGES))
@example("foreign_capital_disbursement", "inf", 1.0, "vi")
@example("foreign_capital_disbursement", "nan", None, "en")
def test_whatever_a_link_held_is_told(name, given_text, taken, language):
    said = told(clamped(Clamped(name, given_text, taken), shipped_plan()), language)
    row = catalogue().get(name) or shipped_plan().targets.get(name)
    assert (name if row is None else row.short(language)) in said
