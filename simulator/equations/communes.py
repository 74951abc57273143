"""Treatment of addiction, and communes that are clean or friendly to children (E27)."""

import numpy as np

from simulator.forms import graduates, grown
from simulator.units import (
    Communes,
    CommunesOf130,
    Flag,
    Persons,
    Share,
    SharePerYear,
    StandardNormal,
    Values,
)


def substitution_treatment(
    substitution_treatment_base: Persons, substitution_treatment_growth: SharePerYear
) -> Persons:
    """People in substitution treatment grow from the base year's (E27)."""
    return grown(substitution_treatment_base, substitution_treatment_growth)


def clean_communes(
    clean_communes_base: Communes, newly_clean_communes: Communes, whole_counts: Flag
) -> Communes:
    """Communes free of social evils are those of the base year and the newly clean (E27)."""
    change: Values = np.rint(newly_clean_communes) if whole_counts else newly_clean_communes
    return np.maximum(0, clean_communes_base + change)


def child_friendly_communes(
    child_friendly_communes_base: CommunesOf130,
    communes_base: Communes,
    child_friendly_graduation: Share,
    child_friendly_communes_noise: StandardNormal,
    whole_counts: Flag,
) -> CommunesOf130:
    """Each remaining commune is recognised with the same chance (E27)."""
    remaining = communes_base - child_friendly_communes_base
    return child_friendly_communes_base + graduates(
        remaining, child_friendly_graduation, child_friendly_communes_noise, whole_counts
    )
