"""Does the page run in both languages, whatever the address holds?"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from simulator.cockpit.navigation import PAGES
from simulator.cockpit.session import Session

APP = Path(__file__).parents[2] / "app.py"
ADDRESSES = {
    "trend": {},
    "levers": {"v": "1", "industry_growth": "0.05", "human_epidemic": "fixed:1.0"},
    "quantiles": {"v": "1", "price_growth": "0.01~0.02~0.05", "baseline.doctors_per_10000": "12"},
    "old": {"v": "0", "industry_growth": "99", "gone": "1", "indicator": "nothing", "embed": "x"},
    "hostile": {"<script>": "<script>", "industry_growth": "'\"><img>", "language": "<b>"},
}


def opened(language: str, address: dict[str, str]) -> AppTest:
    test = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in {"language": language, **address}.items():
        test.query_params[key] = value
    return test.run()


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_first_screen_runs(language, name):
    test = opened(language, ADDRESSES[name])
    assert not test.exception
    session: Session = test.session_state["cockpit"]
    assert session.language == ("vi" if name == "hostile" else language)
    assert bool(session.moves.changes) == (name in {"levers", "quantiles", "old"})
    assert bool(session.notices) == (name in {"old", "hostile"})


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_runs(language, page):
    test = opened(language, ADDRESSES["levers"])
    test.session_state["cockpit"].handle({"kind": "page", "page": page})
    test.run()
    assert not test.exception
    assert test.session_state["cockpit"].going_to == ""


@pytest.mark.parametrize("page", ["nowhere", "<script>", ""])
def test_a_page_that_is_none_is_survived(page):
    test = opened("vi", {})
    test.session_state["cockpit"].handle({"kind": "page", "page": page})
    assert not test.run().exception
