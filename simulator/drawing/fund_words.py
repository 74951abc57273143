"""How are funds named, and what is said above and beside their pictures?"""

from typing import Literal

from simulator.drawing.words import Glance, day_text, percent, source_text, span_text, trimmed
from simulator.insight.funds import Fund, Funds, Payments
from simulator.language import Language, say, show, texts, unit_name
from simulator.plan import Plan
from simulator.plan_rows import Fund as FundRow

Denominator = Literal["allocation", "investment"]


def fund_title(fund: Fund | FundRow, language: Language) -> str:
    """A fund's short name, or its title where the texts have none."""
    if f"funds.short.{fund.name}" in texts():
        return say(f"funds.short.{fund.name}", language)
    return fund.title_vi if language == "vi" else fund.title_en


def billions(amount: float, language: Language) -> str:
    """An amount of money with its unit."""
    return f"{show(amount, 0, language)} {unit_name('billion_vnd', language)}"


def denominator_text(denominator: Denominator, language: Language) -> str:
    """What disbursement is measured against."""
    return say(f"funds.denominator.{denominator}", language)


def fund_source(funds: Funds, plan: Plan, language: Language) -> str:
    """The sections that print the funds, and the equation on top."""
    names = [fund.name for fund in funds.funds] + [
        f"{manager}_capital_disbursed" for manager in funds.totals
    ]
    return source_text(plan, names, "E9", funds.draws, language)


def disbursement_glances(
    funds: Funds, plan: Plan, language: Language, denominator: Denominator = "allocation"
) -> list[Glance]:
    """The numbers above the page: locally managed and all public capital, and the base year."""
    year, base = plan.sheet.plan_year, plan.sheet.base_year
    glances = []
    for name in ("local", "public"):
        total = funds.totals.get(name)
        if total is None:
            continue
        of_allocation = denominator == "allocation"
        share = total.share if of_allocation else total.share_of_investment
        trend = total.trend if of_allocation else total.trend_of_investment
        before = total.base_share if of_allocation else total.base_share_of_investment
        whole = total.allocation if of_allocation else funds.investment
        amounts = span_text(total.disbursed.p10, total.disbursed.p90, 0, language)
        glances.append(
            Glance(
                say(f"funds.glance.{name}", language, year=year),
                billions(total.disbursed.p50, language),
                amounts,
            )
        )
        around = [span_text(100 * share.p10, 100 * share.p90, 0, language)]
        if trend is not None:
            around.append(say("funds.glance.trend", language, share=percent(trend, 1, language)))
        if before is not None:
            around.append(
                say("funds.glance.base", language, year=base, share=percent(before, 1, language))
            )
        glances.append(
            Glance(
                say(
                    f"funds.glance.of_{denominator}",
                    language,
                    amount=billions(whole.p50, language),
                ),
                percent(share.p50, 1, language),
                "; ".join(around),
            )
        )
    return glances


def disbursement_notes(funds: Funds, plan: Plan, language: Language) -> list[str]:
    """What a reader should know of the base year's points and of settings beyond the evidence."""
    notes = []
    latest = _latest(funds)
    base = plan.sheet.base_year
    if latest is not None and latest.base.day is not None and latest.base.estimate is not None:
        notes.append(
            say(
                "funds.note.late",
                language,
                fund=fund_title(latest, language),
                day=day_text(latest.base.day, language),
                year=base,
                paid=show(latest.base.to_date_amount or 0, 3, language),
                allocation=show(latest.base.allocation, 3, language),
                unit=unit_name("billion_vnd", language),
                estimate=trimmed(100 * latest.base.estimate, 1, language),
            )
        )
    notes += [
        say(
            "funds.note.beyond",
            language,
            fund=fund_title(fund, language),
            share=percent(fund.share.p50, 0, language),
        )
        for fund in funds.funds
        if fund.beyond_evidence
    ]
    notes += [
        say(
            "funds.note.contradicts",
            language,
            fund=fund_title(fund, language),
            printed=_figure(fund.base.to_date_printed, language),
            recomputed=percent(
                fund.base.to_date or 0, _decimals(fund.base.to_date_printed), language
            ),
        )
        for fund in funds.funds
        if fund.base.to_date_printed
    ]
    return notes


def _latest(funds: Funds) -> Fund | None:
    """The fund that had paid least of what the office expected of it by the year's end."""

    def pace(base: Payments) -> float:
        return (base.to_date or 0) / (base.estimate or 1)

    dated = [fund for fund in funds.funds if fund.base.to_date is not None and fund.base.estimate]
    return min(dated, key=lambda fund: pace(fund.base), default=None)


def _decimals(printed: str) -> int:
    return len(printed.rstrip("%").partition(",")[2])


def _figure(printed: str, language: Language) -> str:
    return printed if language == "vi" else printed.replace(",", ".")
