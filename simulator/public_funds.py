"""Which levers move together when all public money is paid faster or slower, and how far?"""

from simulator.assumptions import Assumption

PUBLIC_FUNDS = (
    "local_balance_disbursement",
    "poverty_programme_disbursement",
    "new_rural_programme_disbursement",
    "target_programmes_disbursement",
    "government_bonds_disbursement",
    "foreign_capital_disbursement",
    "extra_revenue_disbursement",
    "other_local_disbursement",
    "central_capital_disbursement",
)
"""The levers that the master lever moves together."""
MASTER = "all_public_funds"


def shifted(row: Assumption, centre: float, points: float) -> float:
    """A fund's centre moved by the points of the master lever, within the fund's range."""
    return round(min(row.high, max(row.low, centre + points)), 9)
