"""How much is invested: what is allotted, what of it is paid, and what the non-state sector adds? (E9)"""

from simulator.forms import grown, named
from simulator.units import Billions, Ratio, Share, SharePerYear

GROWN_FUNDS = {
    "local_balance": "local_capital_plan_growth",
    "poverty_programme": "local_capital_plan_growth",
    "new_rural_programme": "local_capital_plan_growth",
    "target_programmes": "local_capital_plan_growth",
    "government_bonds": "local_capital_plan_growth",
    "foreign_capital": "local_capital_plan_growth",
    "other_local": "local_capital_plan_growth",
    "central_capital": "central_capital_plan_growth",
}
"""Funds whose allocation grows from the base year's, and by which assumption."""

FUNDS = (*GROWN_FUNDS, "extra_revenue")


def _allocation(base_allocation: Billions, growth: SharePerYear) -> Billions:
    return grown(base_allocation, growth)


def _disbursed(allocation: Billions, disbursed_share: Share) -> Billions:
    return allocation * disbursed_share


ALLOCATIONS = [
    named(
        f"{fund}_allocation",
        _allocation,
        "The plan year's allocation is the base year's, grown (E9).",
        base_allocation=f"{fund}_base_allocation",
        growth=growth,
    )
    for fund, growth in GROWN_FUNDS.items()
]

DISBURSED = [
    named(
        f"{fund}_disbursed",
        _disbursed,
        "What is paid out is the disbursed share of the allocation (E9).",
        allocation=f"{fund}_allocation",
        disbursed_share=f"{fund}_disbursement",
    )
    for fund in FUNDS
]


def extra_revenue_allocation(
    extra_revenue_base_allocation: Billions, extra_revenue_fund_repeated: Share
) -> Billions:
    """A one-off fund is repeated only in part (E9)."""
    return extra_revenue_base_allocation * extra_revenue_fund_repeated


def price_factor(price_growth: SharePerYear, reference_price_growth: SharePerYear) -> Ratio:
    """Nominal flows move with the deflator, by its deviation from the reference (section 4)."""
    return (1 + price_growth) / (1 + reference_price_growth)


def non_state_investment(
    non_state_investment_base: Billions,
    non_state_investment_growth: SharePerYear,
    price_factor: Ratio,
) -> Billions:
    """Non-state capital grows from the base year's and moves with prices (E9)."""
    return grown(non_state_investment_base, non_state_investment_growth) * price_factor


def public_investment(
    local_balance_disbursed: Billions,
    poverty_programme_disbursed: Billions,
    new_rural_programme_disbursed: Billions,
    target_programmes_disbursed: Billions,
    government_bonds_disbursed: Billions,
    foreign_capital_disbursed: Billions,
    extra_revenue_disbursed: Billions,
    other_local_disbursed: Billions,
    central_capital_disbursed: Billions,
) -> Billions:
    """Public investment is what the nine funds pay out (E9)."""
    return (
        local_balance_disbursed
        + poverty_programme_disbursed
        + new_rural_programme_disbursed
        + target_programmes_disbursed
        + government_bonds_disbursed
        + foreign_capital_disbursed
        + extra_revenue_disbursed
        + other_local_disbursed
        + central_capital_disbursed
    )


def total_investment(public_investment: Billions, non_state_investment: Billions) -> Billions:
    """Total social investment is public and non-state investment (E9)."""
    return public_investment + non_state_investment
