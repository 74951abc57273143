"""How many visitors come, and what do they spend? (E17)"""

from simulator.forms import grown
from simulator.units import Billions, Ratio, Share, SharePerYear, ThousandVisits


def international_visitors(
    international_visitors_base: ThousandVisits,
    visitor_growth: SharePerYear,
    epidemic_loss_international_visitors: Share,
) -> ThousandVisits:
    """Visitors from abroad grow with all visitors; closed borders keep them away for long (E17)."""
    return grown(international_visitors_base, visitor_growth) * (
        1 - epidemic_loss_international_visitors
    )


def domestic_visitors(
    visitors_base: ThousandVisits,
    international_visitors_base: ThousandVisits,
    visitor_growth: SharePerYear,
    epidemic_loss_domestic_visitors: Share,
) -> ThousandVisits:
    """Visitors from home grow with all visitors, less the months that an epidemic closes (E17)."""
    return grown(visitors_base - international_visitors_base, visitor_growth) * (
        1 - epidemic_loss_domestic_visitors
    )


def visitors(
    international_visitors: ThousandVisits, domestic_visitors: ThousandVisits
) -> ThousandVisits:
    """All visitors, from abroad and from home (E17)."""
    return international_visitors + domestic_visitors


def tourism_revenue(
    visitors: ThousandVisits,
    tourism_revenue_base: Billions,
    visitors_base: ThousandVisits,
    spend_per_visitor_growth: SharePerYear,
    price_factor: Ratio,
) -> Billions:
    """Visitors spend what they spent in the base year, grown, and at the year's prices (E17)."""
    spend_per_visitor_base = tourism_revenue_base / visitors_base
    return visitors * grown(spend_per_visitor_base, spend_per_visitor_growth) * price_factor
