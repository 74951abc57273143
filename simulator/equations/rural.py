"""How many communes reach the new-rural standard, and how many products earn a star? (E20, E21)"""

import numpy as np

from simulator.forms import counted, graduates
from simulator.units import (
    Billions,
    Communes,
    Criteria,
    CriteriaPerCommune,
    Flag,
    Products,
    Ratio,
    Share,
    StandardNormal,
)


def new_rural_programme_pace(
    new_rural_programme_disbursed: Billions, reference_new_rural_programme_disbursed: Billions
) -> Ratio:
    """What the new-rural programme pays against the reference run (E20)."""
    return new_rural_programme_disbursed / reference_new_rural_programme_disbursed


def new_rural_communes(
    new_rural_communes_base: Communes,
    communes_with_10_to_14_criteria_base: Communes,
    new_rural_graduation: Share,
    new_rural_programme_pace: Ratio,
    new_rural_communes_noise: StandardNormal,
    whole_counts: Flag,
) -> Communes:
    """Communes short of few criteria pass with a chance that follows the programme's money (E20)."""
    chance = np.clip(new_rural_graduation * new_rural_programme_pace, 0, 1)
    return new_rural_communes_base + graduates(
        communes_with_10_to_14_criteria_base, chance, new_rural_communes_noise, whole_counts
    )


def new_rural_communes_added(
    new_rural_communes: Communes, new_rural_communes_base: Communes
) -> Communes:
    """The communes that newly reach the standard (E20)."""
    return new_rural_communes - new_rural_communes_base


def new_rural_criteria(
    new_rural_criteria_base: CriteriaPerCommune,
    new_rural_communes_added: Communes,
    criteria_gained_on_graduation: Criteria,
    new_rural_programme_communes_base: Communes,
    new_rural_criteria_gain: Criteria,
    new_rural_programme_pace: Ratio,
) -> CriteriaPerCommune:
    """Passing communes gain criteria, the others gain with the programme's money (E20)."""
    passing = new_rural_communes_added * criteria_gained_on_graduation
    return (
        new_rural_criteria_base
        + passing / new_rural_programme_communes_base
        + new_rural_criteria_gain * new_rural_programme_pace
    )


def ocop_products(
    ocop_products_base: Products, new_ocop_products: Products, whole_counts: Flag
) -> Products:
    """Rated products are those of the base year and the new ones (E21)."""
    return ocop_products_base + counted(new_ocop_products, whole_counts)
