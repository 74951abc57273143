"""Is a report made of what is on screen, one at a time, and let go only once it has arrived?"""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given

from simulator.cockpit.session import Session
from simulator.language import Language, say
from simulator.report import Format
from tests.cockpit.sessions import anything, move, session
from tests.cockpit.year_sessions import entering, year_session
from tests.track.years import told

LANGUAGES: tuple[Language, Language] = ("vi", "en")


def asked(current: Session, shape: str = "xlsx", page: str = "overview") -> None:
    current.handle({"kind": "report", "format": shape, "page": page})


def made(current: Session) -> bytes:
    assert current.handing is not None
    current.handing.wait()
    assert current.handing.problems == ()
    assert current.handing.content is not None
    return current.handing.content


def cells(content: bytes) -> set[Any]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_of_what_was_on_screen_when_it_was_asked_for(language: Language) -> None:
    current = session(language)
    current.handle(move("services_growth", 0.08))
    shown, line = current.hash(), current.command()
    asked(current)
    current.handle(move("services_growth", 0.09))
    words = cells(made(current))
    assert {shown, line} <= words
    assert current.hash() not in words
    row = current.plan.catalogue.assumptions["services_growth"]
    assert row.title(language) in words
    assert current.handing is not None
    assert current.handing.file == f"{say('report.file', language)}_scenario.xlsx"


def test_the_comparison_is_reported_together() -> None:
    current = session()
    current.handle(move("services_growth", 0.08))
    asked(current, page="compare")
    book = openpyxl.load_workbook(io.BytesIO(made(current)))
    assert book.sheetnames[0] == say("report.sheet.comparison", "vi")
    names = {row[0].value for row in book[say("report.sheet.scorecard", "vi")].iter_rows(min_row=2)}
    assert names == {"trend", "levers"}


def test_the_page_of_the_year_is_reported_with_what_was_seen() -> None:
    current = year_session()
    current.handle(entering(current, told("visitors", 430.0, day=datetime.date(2020, 6, 30))))
    asked(current, page="track")
    book = openpyxl.load_workbook(io.BytesIO(made(current)))
    assert say("report.sheet.tracking", "vi") in book.sheetnames
    tracked = current.learned(current.log()).tracked.posterior.rows["visitors"].plan_chance
    rows = book[say("report.sheet.scorecard", "vi")].iter_rows(min_row=2, values_only=True)
    chances = {row[-1]: row[9] for row in rows}
    assert chances["visitors"] == pytest.approx(tracked)


def test_one_is_made_at_a_time_and_is_kept_until_it_has_arrived() -> None:
    current = session()
    asked(current)
    first = current.handing
    assert first is not None
    asked(current, "html")
    assert current.handing is first
    current.handle({"kind": "handed", "token": "another"})
    assert current.handing is first
    made(current)
    current.handle({"kind": "handed", "token": first.token})
    assert current.handing is None


@given(shape=anything(), page=anything(), token=anything())
def test_whatever_an_event_says_no_report_is_begun_by_mistake(
    shape: Any, page: Any, token: Any
) -> None:
    current = session()
    current.handle({"kind": "handed", "token": token})
    if shape not in [str(one) for one in Format]:
        current.handle({"kind": "report", "format": shape, "page": page})
        assert current.handing is None


def test_what_cannot_be_reported_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no such number")

    monkeypatch.setattr("simulator.cockpit.handing.gather_material", fail)
    current = session()
    asked(current)
    assert current.handing is not None
    current.handing.wait()
    assert current.handing.content is None
    assert [problem.wrong for problem in current.handing.problems] == ["no such number"]
