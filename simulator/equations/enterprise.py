"""How many enterprises, cooperatives and projects start? (E31)"""

import numpy as np

from simulator.forms import counted, grown
from simulator.units import (
    Billions,
    Cooperatives,
    Enterprises,
    Flag,
    Probability,
    Projects,
    SharePerYear,
)


def new_enterprises(
    new_enterprises_base: Enterprises, new_enterprise_growth: SharePerYear, whole_counts: Flag
) -> Enterprises:
    """Newly registered enterprises grow from the base year's (E31)."""
    return counted(grown(new_enterprises_base, new_enterprise_growth), whole_counts)


def new_cooperatives(
    new_cooperatives_base: Cooperatives, new_cooperative_growth: SharePerYear, whole_counts: Flag
) -> Cooperatives:
    """Newly registered cooperatives grow from the base year's (E31)."""
    return counted(grown(new_cooperatives_base, new_cooperative_growth), whole_counts)


def investment_projects_attracted(investment_projects: Projects, whole_counts: Flag) -> Projects:
    """Projects attracted are assumed directly (E31)."""
    return counted(investment_projects, whole_counts)


def registered_capital(investment_projects_capital: Billions) -> Billions:
    """The projects' registered capital is assumed directly (E31)."""
    return np.maximum(0, investment_projects_capital)


def fdi_projects(foreign_direct_investment: Probability) -> Projects:
    """At least one foreign project comes, or none (E31)."""
    return 1 * foreign_direct_investment
