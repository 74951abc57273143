"""What is sold in shops and across the border? (E15, E16)"""

from simulator.forms import grown
from simulator.units import Billions, MillionDollars, Ratio, Share, SharePerYear


def retail_sales(
    retail_sales_base: Billions,
    retail_growth: SharePerYear,
    price_factor: Ratio,
    epidemic_loss_retail: Share,
) -> Billions:
    """Retail sales grow from the base year's, move with prices and lose to an epidemic (E15)."""
    return grown(retail_sales_base, retail_growth) * price_factor * (1 - epidemic_loss_retail)


def exports(
    exports_base: MillionDollars, export_growth: SharePerYear, epidemic_loss_exports: Share
) -> MillionDollars:
    """Exports grow from the base year's and lose to an epidemic (E16)."""
    return grown(exports_base, export_growth) * (1 - epidemic_loss_exports)


def imports(
    imports_base: MillionDollars, import_growth: SharePerYear, epidemic_loss_imports: Share
) -> MillionDollars:
    """Imports grow from the base year's and lose to an epidemic (E16)."""
    return grown(imports_base, import_growth) * (1 - epidemic_loss_imports)


def trade_turnover(exports: MillionDollars, imports: MillionDollars) -> MillionDollars:
    """Turnover is exports and imports (E16)."""
    return exports + imports
