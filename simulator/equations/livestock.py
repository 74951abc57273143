"""How many buffalo, cattle and pigs, and what does foot-and-mouth disease take? (E13, E14)"""

import numpy as np

from simulator.forms import grown
from simulator.units import Head, Probability, Ratio, Share, SharePerYear


def foot_and_mouth_buffalo_loss(
    foot_and_mouth_outbreak: Probability, foot_and_mouth_loss: Share
) -> Share:
    """Buffalo are lost only where an outbreak happens (E13)."""
    return foot_and_mouth_outbreak * foot_and_mouth_loss


def foot_and_mouth_cattle_loss(
    foot_and_mouth_buffalo_loss: Share, cattle_to_buffalo_loss: Ratio
) -> Share:
    """Cattle lose a multiple of what buffalo lose, at most all (E13)."""
    return np.minimum(1, cattle_to_buffalo_loss * foot_and_mouth_buffalo_loss)


def buffalo_herd(
    buffalo_herd_base: Head, buffalo_growth: SharePerYear, foot_and_mouth_buffalo_loss: Share
) -> Head:
    """Buffalo grow from the base year's herd less what foot-and-mouth takes (E13)."""
    return grown(buffalo_herd_base, buffalo_growth) * (1 - foot_and_mouth_buffalo_loss)


def cattle_herd(
    cattle_herd_base: Head, cattle_growth: SharePerYear, foot_and_mouth_cattle_loss: Share
) -> Head:
    """Cattle grow from the base year's herd less what foot-and-mouth takes (E13)."""
    return grown(cattle_herd_base, cattle_growth) * (1 - foot_and_mouth_cattle_loss)


def pig_herd(pigs_at_year_end: Head, pig_capacity_growth: SharePerYear) -> Head:
    """Pigs after a year of swine fever and restocking, with the growth of pen capacity (E14)."""
    return grown(pigs_at_year_end, pig_capacity_growth)


def livestock_herd(buffalo_herd: Head, cattle_herd: Head, pig_herd: Head) -> Head:
    """The herd that the plan counts is buffalo, cattle and pigs (E14)."""
    return buffalo_herd + cattle_herd + pig_herd
