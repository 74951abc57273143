"""How many households stay poor, in the province and in its 30a districts? (E22, E23)"""

from simulator.forms import grown, named
from simulator.units import (
    Billions,
    Households,
    Index,
    PercentOfHouseholds,
    Ratio,
    SharePerYear,
)


def poverty_programme_pace(
    poverty_programme_disbursed: Billions, reference_poverty_programme_disbursed: Billions
) -> Ratio:
    """What the poverty programme pays against the reference run (E22)."""
    return poverty_programme_disbursed / reference_poverty_programme_disbursed


def _poverty_rate(
    rate_base: PercentOfHouseholds,
    relative_fall: SharePerYear,
    growth_surprise: SharePerYear,
    poverty_response_to_growth: Ratio,
    poverty_programme_pace: Ratio,
    poverty_response_to_programme: Ratio,
    drought_severity: Index,
    reference_drought_severity: Index,
    poverty_response_to_drought: Ratio,
) -> PercentOfHouseholds:
    fall = (
        relative_fall
        + poverty_response_to_growth * growth_surprise
        + poverty_response_to_programme * relative_fall * (poverty_programme_pace - 1)
        - poverty_response_to_drought * (drought_severity - reference_drought_severity)
    )
    return grown(rate_base, -fall)


_SENTENCE = (
    "The rate falls by a relative amount, more with growth and programme money, less in a drought"
)

RATES = [
    named(
        "poverty_rate",
        _poverty_rate,
        f"{_SENTENCE} (E22).",
        rate_base="poverty_rate_base",
        relative_fall="poverty_relative_fall",
    ),
    named(
        "poverty_rate_30a",
        _poverty_rate,
        f"{_SENTENCE} (E23).",
        rate_base="poverty_rate_30a_base",
        relative_fall="poverty_relative_fall_30a",
    ),
]


def households(households_base: Households, household_growth: SharePerYear) -> Households:
    """Households grow from the base year's (E22)."""
    return grown(households_base, household_growth)


def poor_households(poverty_rate: PercentOfHouseholds, households: Households) -> Households:
    """Poor households are the poverty rate of all households (E22)."""
    return poverty_rate / 100 * households


def poor_households_30a(
    poverty_rate_30a: PercentOfHouseholds, households_30a_base: Households
) -> Households:
    """Poor households of the 30a districts, over the households that the plan implies (E23)."""
    return poverty_rate_30a / 100 * households_30a_base
