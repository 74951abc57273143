"""How fast does GRDP grow, and what do investment, herds, crops, power and shocks change? (E2-E6)"""

from simulator.forms import grown
from simulator.units import (
    Billions,
    ConstantBillions,
    Head,
    PercentPerYear,
    Ratio,
    Share,
    SharePerYear,
    Tonnes,
)


def investment_effect(
    total_investment: Billions,
    price_factor: Ratio,
    reference_investment: Billions,
    nominal_grdp_base: Billions,
    incremental_capital_output_ratio: Ratio,
    same_year_effect_of_investment: Share,
) -> SharePerYear:
    """Real investment beyond the reference adds growth, through the ICOR and a same-year share (E5)."""
    real_surplus = total_investment / price_factor - reference_investment
    return (
        same_year_effect_of_investment
        / incremental_capital_output_ratio
        * (real_surplus / nominal_grdp_base)
    )


def agriculture_growth_realised(
    agriculture_growth: SharePerYear,
    investment_effect: SharePerYear,
    investment_effect_to_agriculture: Share,
    agriculture_value_base: ConstantBillions,
    grdp_base: ConstantBillions,
    mean_pig_herd: Head,
    reference_pig_herd: Head,
    agriculture_response_to_pig_herd: Ratio,
    food_output: Tonnes,
    reference_food_output: Tonnes,
    agriculture_response_to_food: Ratio,
    foot_and_mouth_buffalo_loss: Share,
    agriculture_response_to_foot_and_mouth: Ratio,
) -> SharePerYear:
    """Farm growth, and what investment, the year's mean pig herd, crops and disease change in it (E2)."""
    weight = agriculture_value_base / grdp_base
    return (
        agriculture_growth
        + investment_effect_to_agriculture / weight * investment_effect
        + agriculture_response_to_pig_herd * (mean_pig_herd / reference_pig_herd - 1)
        + agriculture_response_to_food * (food_output / reference_food_output - 1)
        - agriculture_response_to_foot_and_mouth * foot_and_mouth_buffalo_loss
    )


def industry_growth_realised(
    industry_growth: SharePerYear,
    investment_effect: SharePerYear,
    investment_effect_to_industry: Share,
    industry_value_base: ConstantBillions,
    grdp_base: ConstantBillions,
    new_hydropower_output: ConstantBillions,
    reference_new_hydropower_output: ConstantBillions,
    hydropower_value_added_share: Share,
) -> SharePerYear:
    """Industry's growth, and what investment and new hydropower beyond the reference change (E3)."""
    weight = industry_value_base / grdp_base
    hydropower = new_hydropower_output - reference_new_hydropower_output
    return (
        industry_growth
        + investment_effect_to_industry / weight * investment_effect
        + hydropower_value_added_share * hydropower / industry_value_base
    )


def services_growth_realised(
    services_growth: SharePerYear,
    investment_effect: SharePerYear,
    investment_effect_to_services: Share,
    services_value_base: ConstantBillions,
    grdp_base: ConstantBillions,
) -> SharePerYear:
    """Services' growth, and what investment beyond the reference changes in it (E4)."""
    weight = services_value_base / grdp_base
    return services_growth + investment_effect_to_services / weight * investment_effect


def agriculture_value(
    agriculture_value_base: ConstantBillions, agriculture_growth_realised: SharePerYear
) -> ConstantBillions:
    """Farming's value added; an epidemic among people does not reach it (E6)."""
    return grown(agriculture_value_base, agriculture_growth_realised)


def industry_value(
    industry_value_base: ConstantBillions,
    industry_growth_realised: SharePerYear,
    epidemic_loss_industry: Share,
) -> ConstantBillions:
    """Industry's value added, less what an epidemic takes (E6)."""
    return grown(industry_value_base, industry_growth_realised) * (1 - epidemic_loss_industry)


def services_value(
    services_value_base: ConstantBillions,
    services_growth_realised: SharePerYear,
    epidemic_loss_services: Share,
) -> ConstantBillions:
    """Services' value added, less what an epidemic takes (E6)."""
    return grown(services_value_base, services_growth_realised) * (1 - epidemic_loss_services)


def product_tax_value(
    product_tax_value_base: ConstantBillions,
    product_tax_growth: SharePerYear,
    epidemic_loss_product_tax: Share,
) -> ConstantBillions:
    """Product taxes less subsidies, less what an epidemic takes (E4, E6)."""
    return grown(product_tax_value_base, product_tax_growth) * (1 - epidemic_loss_product_tax)


def grdp(
    agriculture_value: ConstantBillions,
    industry_value: ConstantBillions,
    services_value: ConstantBillions,
    product_tax_value: ConstantBillions,
) -> ConstantBillions:
    """GRDP at constant prices is the sum of its three sectors and product taxes (E6)."""
    return agriculture_value + industry_value + services_value + product_tax_value


def grdp_growth(grdp: ConstantBillions, grdp_base: ConstantBillions) -> PercentPerYear:
    """Economic growth is the relative change of GRDP at constant prices (E6)."""
    return 100 * (grdp / grdp_base - 1)


def growth_surprise(
    grdp_growth: PercentPerYear, reference_grdp_growth: SharePerYear
) -> SharePerYear:
    """Growth beyond the reference run's, which revenue and poverty respond to (E18, E22)."""
    return grdp_growth / 100 - reference_grdp_growth
