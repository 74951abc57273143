"""How many households are on the national grid? (E19)"""

import numpy as np

from simulator.units import PercentOfHouseholds, Ratio, Share


def electricity_access(
    electricity_access_base: PercentOfHouseholds,
    electricity_gap_closed: Share,
    foreign_capital_disbursement: Share,
    reference_foreign_capital_disbursement: Share,
    electricity_response_to_foreign_capital: Ratio,
) -> PercentOfHouseholds:
    """The year closes a part of the gap, faster where foreign capital is paid out (E19)."""
    pace = foreign_capital_disbursement / reference_foreign_capital_disbursement - 1
    closed = electricity_gap_closed * (1 + electricity_response_to_foreign_capital * pace)
    return electricity_access_base + (100 - electricity_access_base) * np.clip(closed, 0, 1)
