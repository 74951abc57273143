"""Does the page of method score what is known, survive what is broken, and escape what it lists?"""

from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from simulator.cockpit import method
from simulator.cockpit.list_view import SHORTEST_SEARCHED, listed
from simulator.insight.comparison import WordTable
from simulator.insight.validation import verdicts
from simulator.language import Language
from simulator.plan import Plan
from simulator.validation import outcomes_of
from tests.cockpit.pages import assert_safe, words_of
from tests.cockpit.sessions import HOSTILE
from tests.cockpit.test_app import opened
from tests.strategies import shipped_plan
from tests.validation.cases import backtest, written

LANGUAGES: tuple[Language, ...] = get_args(Language)
SHOWN = HOSTILE.replace("\0", "")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The markup of every page that is drawn."""
    found: list[str] = []
    whole = method.draw

    def kept(session, page, name):
        found.append(page.html)
        whole(session, page, name)

    monkeypatch.setattr(method, "draw", kept)
    return found


def page_of(drawn: list[str], language: Language = "en") -> str:
    test: AppTest = opened(language, {})
    test.session_state["cockpit"].handle({"kind": "page", "page": "method"})
    test.run()
    assert not test.exception
    return words_of(assert_safe(drawn[-1]))


def known(path: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the newest plan have the outcomes of a file."""

    def found(plan: Plan) -> Path | None:
        return path if plan.name == "dien_bien_2020" else outcomes_of(plan)

    monkeypatch.setattr(method, "outcomes_of", found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_backtest_and_the_lists_are_there(drawn, language):
    text = page_of(drawn, language)
    assert "13/30" in text
    assert "0.1.0" in text
    assert len(verdicts(backtest(), language)) == 3
    for line in verdicts(backtest(), language):
        assert line in text
    assert ("Phán đoán (79)" if language == "vi" else "Judgements (79)") in text
    assert ("outcomes.csv" in text) == (outcomes_of(shipped_plan()) is None)


def test_outcomes_of_the_plan_on_screen_are_scored_first(drawn, monkeypatch, tmp_path):
    path = written(tmp_path, "grdp_growth,2.5,percent_per_year,x", "exports,48,million_usd,x")
    known(path, monkeypatch)
    text = page_of(drawn)
    first, second = (f"forecasts of {year} from" for year in (2020, 2019))
    assert 0 < text.index(first) < text.index(second)
    assert "No outcomes of 2020 yet" not in text


def test_outcomes_of_tasks_alone_have_no_picture_and_no_coverage(drawn, monkeypatch, tmp_path):
    known(written(tmp_path, "city_class_two,1,status,x"), monkeypatch)
    assert "forecasts of 2020 from" in page_of(drawn)


def test_broken_outcomes_are_told_and_the_rest_stays(drawn, monkeypatch, tmp_path):
    known(written(tmp_path, "visitor,900,thousand_visits,x"), monkeypatch)
    text = page_of(drawn)
    assert "The outcomes cannot be read" in text
    assert "visitors" in text
    assert "13/30" in text


@pytest.mark.parametrize("rows", [1, SHORTEST_SEARCHED])
def test_a_list_escapes_its_cells_and_is_searched_when_long(rows):
    words = WordTable(SHOWN, (SHOWN, SHOWN), ((SHOWN, SHOWN),) * rows)
    root = assert_safe(listed(words, "vi", "scores"))
    assert words_of(root).count(SHOWN) >= 2 * rows
    (section,) = root.iter("section")
    assert section.get("data-list") == ("search" if rows > 1 else "sort")
