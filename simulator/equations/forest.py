"""How much of the land is forest? (E30)"""

import numpy as np

from simulator.units import Percent, PercentagePoints


def forest_cover(forest_cover_base: Percent, forest_cover_gain: PercentagePoints) -> Percent:
    """Cover gains what regrowth adds; this year's planting is not yet counted (E30)."""
    return np.clip(forest_cover_base + forest_cover_gain, 0, 100)
