"""Are the pictures of disbursement legible whatever is set, and do they show the run's numbers?"""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.drawing.fund_bars import fund_bars
from simulator.drawing.fund_curves import curve_table, fund_curves
from simulator.drawing.fund_words import (
    Denominator,
    disbursement_glances,
    disbursement_notes,
    fund_title,
)
from simulator.drawing.late_money import late_money_table
from simulator.drawing.tokens import Theme
from simulator.equations.investment import FUNDS
from simulator.insight.funds import Funds, funds_of
from simulator.insight.late_money import late_money
from simulator.language import Language
from tests.cards import card_of, runs, trend, with_changes
from tests.pictures import assert_picture, texts_of
from tests.runs import few
from tests.strategies import shipped_plan

LANGUAGES: tuple[Language, ...] = get_args(Language)
THEMES: tuple[Theme, ...] = get_args(Theme)
DENOMINATORS: tuple[Denominator, ...] = get_args(Denominator)
MOVED = (
    *(f"{fund}_disbursement" for fund in FUNDS),
    "local_capital_plan_growth",
    "central_capital_plan_growth",
    "non_state_investment_growth",
    "extra_revenue_fund_repeated",
)


def found(card: Any) -> Funds:
    funds = funds_of(card, trend())
    assert funds is not None
    return funds


@few
@given(run=runs(*MOVED), language=st.sampled_from(LANGUAGES), theme=st.sampled_from(THEMES))
def test_the_pictures_are_legible_whatever_is_set(run, language, theme):
    card = card_of(run)
    funds, plan = found(card), shipped_plan()
    assert_picture(fund_curves(funds, plan, language, theme))
    for denominator in DENOMINATORS:
        assert_picture(fund_bars(funds, plan, language, theme, denominator))
    assert_picture(late_money_table(late_money(card), plan, language, theme))
    for denominator in DENOMINATORS:
        assert len(disbursement_glances(funds, plan, language, denominator)) == 4
    assert all(note.endswith(".") for note in disbursement_notes(funds, plan, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_trends_pictures_are_legible_in_both_languages_and_themes(language, theme):
    plan = shipped_plan()
    funds = found(trend())
    assert_picture(fund_curves(funds, plan, language, theme))
    assert_picture(fund_bars(funds, plan, language, theme))
    assert_picture(late_money_table(late_money(trend()), plan, language, theme))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fund_has_its_panel_and_its_bar(language):
    funds, plan = found(trend()), shipped_plan()
    names = {fund_title(fund, language) for fund in funds.funds}
    assert len(names) == 8
    assert names <= set(texts_of(fund_curves(funds, plan, language)))
    assert names <= set(texts_of(fund_bars(funds, plan, language)))


def test_the_curves_table_holds_every_point_and_the_base_years():
    plan = shipped_plan()
    table = curve_table(found(trend()), plan)
    assert set(table["series"]) == {
        "p10", "p50", "p90", "paid_to_date", "office_estimate", "derived_estimate"
    }  # fmt: skip
    dates = table[table["series"] == "paid_to_date"]
    assert set(dates["year"]) == {2019}
    assert len(dates) == 5
    assert len(table[table["series"] == "p50"]) == 8 * 14


def test_a_changed_fund_shows_its_trend_and_its_note():
    card = with_changes(foreign_capital_disbursement=Setting(0.9))
    funds, plan = found(card), shipped_plan()
    assert "trend_p50" in set(curve_table(funds, plan)["series"])
    notes = disbursement_notes(funds, plan, "vi")
    assert any("0,647" in note and "70%" in note for note in notes)
    assert any("90%" in note for note in notes)
    assert any("59,2%" in note and "61,0%" in note for note in notes)
    english = disbursement_notes(funds, plan, "en")
    assert any("59.2%" in note and "61.0%" in note for note in english)


def test_differences_are_those_of_the_shown_numbers():
    late = late_money(trend())
    shown = texts_of(late_money_table(late, shipped_plan(), "en"))
    at = next(place for place, text in enumerate(shown) if text.startswith("GRDP growth"))
    gap, late_text, now_text, full_text, gain = shown[at + 1 : at + 6]
    numbers = [float(text.replace("\N{MINUS SIGN}", "-")) for text in (gap, late_text, now_text)]
    assert numbers[0] == pytest.approx(numbers[1] - numbers[2])
    assert float(gain) == pytest.approx(float(full_text) - float(now_text))
