"""What does the budget collect in the province? (E18)"""

import numpy as np

from simulator.forms import grown
from simulator.units import Billions, Ratio, Share, SharePerYear


def budget_revenue(
    budget_revenue_base: Billions,
    revenue_growth: SharePerYear,
    growth_surprise: SharePerYear,
    revenue_response_to_growth: Ratio,
    price_factor: Ratio,
) -> Billions:
    """Revenue grows from the base year's, follows surprises of growth, and moves with prices (E18)."""
    growth = revenue_growth + revenue_response_to_growth * growth_surprise
    return grown(budget_revenue_base, growth) * price_factor


def domestic_revenue(
    budget_revenue: Billions,
    domestic_revenue_base: Billions,
    budget_revenue_base: Billions,
    domestic_revenue_shift: Share,
) -> Billions:
    """Domestic revenue keeps its share of the whole, shifted, and never exceeds the whole (E18)."""
    share = domestic_revenue_base / budget_revenue_base
    return np.minimum(budget_revenue, budget_revenue * grown(share, domestic_revenue_shift))
