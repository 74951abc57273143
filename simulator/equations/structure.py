"""What is GRDP worth at current prices, by sector and by head? (E7, E8)"""

from simulator.forms import grown, named
from simulator.units import (
    Billions,
    ConstantBillions,
    MillionsPerPerson,
    PercentOfGrdp,
    SharePerYear,
    ThousandPersons,
)

SECTORS = ("agriculture", "industry", "services", "product_tax")


def _nominal_value(
    share_base: PercentOfGrdp,
    nominal_grdp_base: Billions,
    value: ConstantBillions,
    value_base: ConstantBillions,
    price_growth: SharePerYear,
    relative_price: SharePerYear,
) -> Billions:
    nominal_base = share_base / 100 * nominal_grdp_base
    return nominal_base * (value / value_base) * (1 + price_growth + relative_price)


def _share(nominal_value: Billions, nominal_grdp: Billions) -> PercentOfGrdp:
    return 100 * nominal_value / nominal_grdp


NOMINAL_VALUES = [
    named(
        f"{sector}_nominal_value",
        _nominal_value,
        "A sector's current value: its base value, real growth, the deflator and its relative price (E7).",
        share_base=f"{sector}_share_base",
        value=f"{sector}_value",
        value_base=f"{sector}_value_base",
        relative_price=f"{sector}_relative_price",
    )
    for sector in SECTORS
]

SHARES = [
    named(
        f"{sector}_share",
        _share,
        "The part of nominal GRDP that the sector makes (E7).",
        nominal_value=f"{sector}_nominal_value",
    )
    for sector in SECTORS
]


def nominal_grdp(
    agriculture_nominal_value: Billions,
    industry_nominal_value: Billions,
    services_nominal_value: Billions,
    product_tax_nominal_value: Billions,
) -> Billions:
    """GRDP at current prices is the sum of its sectors at current prices (E7)."""
    return (
        agriculture_nominal_value
        + industry_nominal_value
        + services_nominal_value
        + product_tax_nominal_value
    )


def population(
    population_base: ThousandPersons, population_growth: SharePerYear
) -> ThousandPersons:
    """Population grows from the base year's (E8)."""
    return grown(population_base, population_growth)


def grdp_per_capita(nominal_grdp: Billions, population: ThousandPersons) -> MillionsPerPerson:
    """GRDP per head is nominal GRDP over population (E8)."""
    return nominal_grdp / population
