"""What does industry produce, and how much of it is new hydropower? (E10, E11)"""

import numpy as np

from simulator.forms import grown
from simulator.units import (
    BillionsPerMegawattHour,
    ConstantBillions,
    HoursPerMonth,
    Megawatts,
    Months,
    Share,
    SharePerYear,
)


def new_hydropower_output(
    na_son_capacity: Megawatts,
    na_son_added_months: Months,
    long_tao_capacity: Megawatts,
    long_tao_months_lost: Months,
    long_tao_months_base: Months,
    hydropower_capacity_factor: Share,
    hours_per_month: HoursPerMonth,
    electricity_price: BillionsPerMegawattHour,
) -> ConstantBillions:
    """Two new plants run more months than in the base year, at their capacity factor (E10)."""
    long_tao_months = np.clip(12 - long_tao_months_lost, 0, 12) - long_tao_months_base
    megawatt_months = na_son_capacity * na_son_added_months + long_tao_capacity * long_tao_months
    return megawatt_months * hours_per_month * hydropower_capacity_factor * electricity_price


def industrial_output(
    industrial_output_base: ConstantBillions,
    industrial_output_growth: SharePerYear,
    epidemic_loss_industry: Share,
    new_hydropower_output: ConstantBillions,
) -> ConstantBillions:
    """Industry grows from the base year, loses to an epidemic, and gains the new hydropower (E11)."""
    existing = grown(industrial_output_base, industrial_output_growth)
    return existing * (1 - epidemic_loss_industry) + new_hydropower_output
