"""Do the funds' curves, shares, totals and base-year points say what the run and the report say?"""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from simulator.assumptions import Setting
from simulator.equations.investment import FUNDS
from simulator.insight.funds import Fund, Funds, curve, funds_of
from simulator.insight.ranges import Range
from simulator.projection import expected_disbursed_share
from tests.cards import card_of, runs, trend, with_changes
from tests.laws import ROUNDING
from tests.runs import few
from tests.strategies import shipped_plan

LEVERS = [f"{fund}_disbursement" for fund in FUNDS]
MOVED = (*LEVERS, "local_capital_plan_growth", "central_capital_plan_growth", "price_growth")


def found(funds: Funds | None) -> Funds:
    assert funds is not None
    return funds


def by_name(funds: Funds) -> dict[str, Fund]:
    return {fund.name: fund for fund in funds.funds}


def ordered(part: Range) -> bool:
    return part.p10 <= part.p50 <= part.p90


@few
@given(run=runs(*MOVED))
def test_a_curve_rises_from_nothing_to_the_years_share(run):
    card = card_of(run)
    for fund in found(funds_of(card, trend())).funds:
        assert fund.curve[0].paid == Range(0, 0, 0)
        assert fund.curve[-1].paid == fund.share
        assert fund.curve[-1].month == card.projection.plan.parameter("payment_year_months")
        for before, after in pairwise(fund.curve):
            assert before.month < after.month
            assert ordered(after.paid)
            assert before.paid.p10 <= after.paid.p10
            assert before.paid.p50 <= after.paid.p50
            assert before.paid.p90 <= after.paid.p90


@few
@given(run=runs(*MOVED))
def test_the_trend_is_drawn_for_changed_funds_alone_and_ends_at_its_own_share(run):
    card = card_of(run)
    here, usual = found(funds_of(card, trend())), by_name(found(funds_of(trend())))
    for fund in here.funds:
        changed = any(
            f"{member}_disbursement" in card.projection.scenario.changes for member in fund.members
        )
        assert (fund.trend is not None) <= changed
        if fund.trend is not None:
            assert fund.trend == pytest.approx(usual[fund.name].share.p50, abs=1e-12)
            assert fund.curve[-1].trend == fund.trend


@few
@given(run=runs(*MOVED))
def test_shares_are_shares_and_never_more_than_the_whole_is_paid(run):
    card = card_of(run)
    funds = found(funds_of(card))
    for part in (*funds.funds, *funds.totals.values()):
        assert ordered(part.share)
        assert ordered(part.allocation)
        assert ordered(part.disbursed)
        assert part.share.p90 <= 1 + ROUNDING
        assert 0 <= part.share_of_investment.p10 <= part.share_of_investment.p90 <= 1 + ROUNDING
        assert part.disbursed.p90 <= part.allocation.p90 * (1 + ROUNDING)


@few
@given(run=runs(*MOVED))
def test_public_capital_and_non_state_capital_make_up_total_investment(run):
    card = card_of(run)
    funds = found(funds_of(card))
    certain = {name: Setting(row.centre, fixed=True) for name, row in settings_of_all(card).items()}
    sure = found(funds_of(with_changes(**certain)))
    public = sure.totals["public"]
    assert public.disbursed.p50 + sure.non_state.p50 == pytest.approx(sure.investment.p50)
    assert sum(fund.disbursed.p50 for fund in sure.funds) == pytest.approx(public.disbursed.p50)
    assert set(funds.totals) == {"local", "central", "public"}


def settings_of_all(card):
    return {
        name: card.projection.settings[name]
        for name, row in card.projection.plan.catalogue.assumptions.items()
        if row.link != "switch"
    }


def test_each_fund_of_the_model_stands_in_one_fund_of_the_report():
    members = [member for fund in found(funds_of(trend())).funds for member in fund.members]
    assert sorted(members) == sorted(FUNDS)


def test_a_programme_in_two_parts_is_one_fund_with_the_programmes_own_figures():
    fund = by_name(found(funds_of(trend())))["national_target_programmes"]
    assert fund.members == ("poverty_programme", "new_rural_programme")
    assert fund.base.allocation == pytest.approx(712.773, rel=1e-12)
    assert fund.base.to_date == pytest.approx(391.663 / 712.773)


def test_the_base_years_points_are_recomputed_from_the_amounts():
    funds = by_name(found(funds_of(trend())))
    expected = {
        "local_balance": (386.985 / 645.975, 626.596 / 645.975),
        "target_programmes": (141.782 / 232.36, 216.513 / 232.36),
        "government_bonds": (23.026 / 60.39, 54.351 / 60.39),
        "foreign_capital": (0.647 / 285.062, 199.543 / 285.062),
    }
    for name, (to_date, estimate) in expected.items():
        assert funds[name].base.to_date == pytest.approx(to_date, rel=1e-12)
        assert funds[name].base.estimate == pytest.approx(estimate, rel=1e-12)
        assert funds[name].base.month == pytest.approx(9 + 30 / 31)
    assert funds["extra_revenue"].base.estimate == 1
    assert funds["extra_revenue"].base.to_date is None
    assert funds["central_capital"].base.estimate == pytest.approx(0.7205)


def test_a_printed_share_that_contradicts_its_amounts_is_kept_as_printed():
    funds = by_name(found(funds_of(trend())))
    printed = {name: fund.base.to_date_printed for name, fund in funds.items()}
    assert {name: text for name, text in printed.items() if text} == {
        "target_programmes": "59,2%",
        "foreign_capital": "0,22%",
    }


def test_what_no_fund_lists_has_what_the_estimates_leave_of_the_printed_total():
    funds = found(funds_of(trend()))
    local = [fund for fund in funds.funds if fund.managed_by == "local"]
    paid = sum((fund.base.estimate or 0) * fund.base.allocation for fund in local)
    assert paid == pytest.approx(2739.67)
    assert [fund.name for fund in local if not fund.base.estimate_printed] == ["other_local"]


def test_the_base_years_totals_are_the_printed_ones():
    totals = found(funds_of(trend())).totals
    assert totals["local"].base_disbursed == 2739.67
    assert totals["local"].base_share == pytest.approx(0.9221)
    assert totals["public"].base_disbursed == pytest.approx(2739.67 + 2117.6)
    assert totals["public"].base_share_of_investment == pytest.approx(4857.27 / 10847.03)


def test_a_setting_further_than_two_spreads_is_beyond_the_evidence():
    moved = by_name(found(funds_of(with_changes(foreign_capital_disbursement=Setting(0.9)))))
    assert moved["foreign_capital"].beyond_evidence
    near = by_name(found(funds_of(with_changes(foreign_capital_disbursement=Setting(0.7)))))
    assert not near["foreign_capital"].beyond_evidence
    assert not any(fund.beyond_evidence for fund in found(funds_of(trend())).funds)
    empty = by_name(found(funds_of(with_changes(foreign_capital_disbursement=Setting(0.0)))))
    assert empty["foreign_capital"].beyond_evidence


def test_the_curve_is_the_course_of_payments():
    plan = shipped_plan()
    points = curve(plan, Range(0.4, 0.5, 0.6))
    assert [point.month for point in points] == [float(month) for month in range(14)]
    assert points[10].paid.p50 == pytest.approx(0.5 * expected_disbursed_share(plan, 10))
    assert points[10].paid.p50 == pytest.approx(0.5 * (10 / 13) ** 1.95)


def test_a_year_that_closes_inside_a_month_ends_there():
    plan = shipped_plan()
    row = plan.parameters["payment_year_months"].model_copy(update={"value": "12.5"})
    other = replace(plan, parameters={**plan.parameters, "payment_year_months": row})
    points = curve(other, Range(0.4, 0.5, 0.6))
    assert [point.month for point in points][-2:] == [12.0, 12.5]
    assert points[-1].paid == Range(0.4, 0.5, 0.6)


def test_non_state_growth_is_that_of_the_lever_at_the_trends_prices():
    certain = {
        "non_state_investment_growth": Setting(0.1, fixed=True),
        "price_growth": Setting(
            shipped_plan().catalogue.assumptions["price_growth"].centre, fixed=True
        ),
    }
    assert found(funds_of(with_changes(**certain))).non_state_growth == pytest.approx(0.1)


def test_the_range_is_the_scorecards():
    card = trend(256)
    here = found(funds_of(card)).investment
    expected = card.projection.quantiles("total_investment", (0.1, 0.5, 0.9))
    assert [here.p10, here.p50, here.p90] == pytest.approx(expected, rel=1e-12)
