"""What does the report imply of the base year without printing it? Only from facts, and for E1."""

import numpy as np
from scipy.optimize import brentq

from simulator.forms import named, planned_level, previous_level
from simulator.units import (
    Billions,
    Communes,
    CommunesOf130,
    ConstantBillions,
    Households,
    Megawatts,
    MillionsPerPerson,
    PercentagePoints,
    PercentOfGrdp,
    PercentOfHouseholds,
    Ratio,
    Share,
    SharePerYear,
    ThousandPersons,
)


def population_base(
    sport_participants_base: ThousandPersons, sport_participants_base_share: Share
) -> ThousandPersons:
    """The population of which the people who do sport are the printed share."""
    return sport_participants_base / sport_participants_base_share


def nominal_grdp_base(
    grdp_per_capita_base: MillionsPerPerson, population_base: ThousandPersons
) -> Billions:
    """GRDP at current prices is GRDP per head times population."""
    return grdp_per_capita_base * population_base


def households_base(
    poor_households_base: Households, poverty_rate_base: PercentOfHouseholds
) -> Households:
    """The households of which the poor ones are the printed rate."""
    return 100 * poor_households_base / poverty_rate_base


def households_30a_base(
    poor_households_30a_planned: Households, poverty_rate_30a_planned: PercentOfHouseholds
) -> Households:
    """The households of the 30a districts that the plan's own count and rate imply (E23)."""
    return 100 * poor_households_30a_planned / poverty_rate_30a_planned


def child_friendly_communes_base(
    child_friendly_communes_planned: CommunesOf130,
    child_friendly_communes_base_planned_change: PercentagePoints,
    communes_base: Communes,
) -> CommunesOf130:
    """The planned communes less the planned increase, which is printed in points of all communes."""
    increase = np.rint(child_friendly_communes_base_planned_change / 100 * communes_base)
    return child_friendly_communes_planned - increase


def na_son_capacity(
    new_hydropower_capacity_base: Megawatts, long_tao_capacity: Megawatts
) -> Megawatts:
    """Of the two new plants' capacity, Na Son has what is not Long Tao's."""
    return new_hydropower_capacity_base - long_tao_capacity


def poverty_programme_base_allocation(
    poverty_programme_base_estimate: Billions, poverty_programme_base_estimate_share: Share
) -> Billions:
    """The poverty programme's allocation, from its estimate and that estimate's share of it."""
    return poverty_programme_base_estimate / poverty_programme_base_estimate_share


def new_rural_programme_base_allocation(
    national_target_programmes_base_allocation: Billions,
    poverty_programme_base_allocation: Billions,
) -> Billions:
    """The two national target programmes' allocation less the poverty programme's."""
    return national_target_programmes_base_allocation - poverty_programme_base_allocation


def other_local_base_allocation(
    local_capital_disbursed_base: Billions,
    local_capital_disbursed_base_plan_share: Share,
    local_balance_base_allocation: Billions,
    national_target_programmes_base_allocation: Billions,
    target_programmes_base_allocation: Billions,
    government_bonds_base_allocation: Billions,
    foreign_capital_base_allocation: Billions,
    extra_revenue_base_allocation: Billions,
) -> Billions:
    """What the local plan holds beyond the six funds that the report lists."""
    listed = (
        local_balance_base_allocation
        + national_target_programmes_base_allocation
        + target_programmes_base_allocation
        + government_bonds_base_allocation
        + foreign_capital_base_allocation
        + extra_revenue_base_allocation
    )
    return (
        planned_level(local_capital_disbursed_base, local_capital_disbursed_base_plan_share)
        - listed
    )


def central_capital_base_allocation(
    central_capital_disbursed_base: Billions, central_capital_disbursed_base_plan_share: Share
) -> Billions:
    """The centrally managed plan, from what was realised and its share of the plan."""
    return planned_level(central_capital_disbursed_base, central_capital_disbursed_base_plan_share)


def grdp_previous(grdp_base: ConstantBillions, grdp_base_growth: SharePerYear) -> ConstantBillions:
    """GRDP of the year before the base year, at constant prices."""
    return previous_level(grdp_base, grdp_base_growth)


def constant_price_tilt(
    agriculture_share_base: PercentOfGrdp,
    industry_share_base: PercentOfGrdp,
    services_share_base: PercentOfGrdp,
    product_tax_share_base: PercentOfGrdp,
    agriculture_share_base_change: PercentagePoints,
    industry_share_base_change: PercentagePoints,
    services_share_base_change: PercentagePoints,
    product_tax_share_base_change: PercentagePoints,
    agriculture_value_base_growth: SharePerYear,
    industry_value_base_growth: SharePerYear,
    services_value_base_growth: SharePerYear,
    product_tax_value_base_growth: SharePerYear,
    grdp_base_growth: SharePerYear,
) -> Ratio:
    """The tilt of nominal shares nearest to them under which sector growths give GRDP's (E1).

    Weights proportional to share * exp(tilt * growth) have the least relative entropy to the
    shares. Raises ValueError where the whole does not grow between its slowest and fastest part.
    """
    shares = np.array(
        [
            agriculture_share_base - agriculture_share_base_change,
            industry_share_base - industry_share_base_change,
            services_share_base - services_share_base_change,
            product_tax_share_base - product_tax_share_base_change,
        ]
    )
    excess = (
        np.array(
            [
                agriculture_value_base_growth,
                industry_value_base_growth,
                services_value_base_growth,
                product_tax_value_base_growth,
            ]
        )
        - grdp_base_growth
    )
    if not excess.min() < 0 < excess.max():
        raise ValueError(
            "GRDP growth of the base year must lie between the growth of its slowest "
            "and of its fastest sector"
        )

    def gap(tilt: float) -> float:
        powers = tilt * excess
        return float(np.sum(shares * np.exp(powers - powers.max()) * excess))

    reach = 1.0
    while gap(-reach) >= 0 or gap(reach) <= 0:
        reach *= 2
    return float(brentq(gap, -reach, reach, xtol=1e-15, rtol=1e-14))


def _tilted_share(
    share: PercentOfGrdp,
    change: PercentagePoints,
    growth: SharePerYear,
    grdp_base_growth: SharePerYear,
    tilt: Ratio,
) -> PercentOfGrdp:
    # Growth beyond GRDP's, not growth: the weights are the same and the power stays small.
    return (share - change) * np.exp(tilt * (growth - grdp_base_growth))


def constant_price_total(
    agriculture_tilted_share: PercentOfGrdp,
    industry_tilted_share: PercentOfGrdp,
    services_tilted_share: PercentOfGrdp,
    product_tax_tilted_share: PercentOfGrdp,
) -> PercentOfGrdp:
    """The sum that makes the tilted shares weights (E1)."""
    return (
        agriculture_tilted_share
        + industry_tilted_share
        + services_tilted_share
        + product_tax_tilted_share
    )


def _sector_value_base(
    tilted_share: PercentOfGrdp,
    constant_price_total: PercentOfGrdp,
    grdp_previous: ConstantBillions,
    growth: SharePerYear,
) -> ConstantBillions:
    return tilted_share / constant_price_total * grdp_previous * (1 + growth)


SECTORS = ("agriculture", "industry", "services", "product_tax")

TILTED_SHARES = [
    named(
        f"{sector}_tilted_share",
        _tilted_share,
        "The previous year's nominal share, tilted towards constant prices (E1).",
        share=f"{sector}_share_base",
        change=f"{sector}_share_base_change",
        growth=f"{sector}_value_base_growth",
        tilt="constant_price_tilt",
    )
    for sector in SECTORS
]

SECTOR_VALUES = [
    named(
        f"{sector}_value_base",
        _sector_value_base,
        "The previous year's value at its constant-price weight, grown by the sector's growth (E1).",
        tilted_share=f"{sector}_tilted_share",
        growth=f"{sector}_value_base_growth",
    )
    for sector in SECTORS
]
