"""Which unit does a number carry? The vocabulary that data, scenario files and equations share."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Values: TypeAlias = float | Array
"""A number, or an array whose leading axis is the draws."""


@dataclass(frozen=True)
class Unit:
    """The unit of an argument or a result, by the name that the data tables use."""

    name: str


def canonical(spelling: str) -> str:
    """The one spelling of a unit: "billion VND" and "billion_vnd" are the same."""
    return "_".join(spelling.strip().lower().split())


Flag: TypeAlias = Annotated[bool, Unit("flag")]
StandardNormal: TypeAlias = Annotated[Values, Unit("standard_normal")]

Share: TypeAlias = Annotated[Values, Unit("share")]
SharePerYear: TypeAlias = Annotated[Values, Unit("share/year")]
Probability: TypeAlias = Annotated[Values, Unit("probability")]
Ratio: TypeAlias = Annotated[Values, Unit("ratio")]
Index: TypeAlias = Annotated[Values, Unit("index_0-1")]
Percent: TypeAlias = Annotated[Values, Unit("percent")]
PercentPerYear: TypeAlias = Annotated[Values, Unit("percent_per_year")]
PercentOfGrdp: TypeAlias = Annotated[Values, Unit("percent_of_grdp")]
PercentOfHouseholds: TypeAlias = Annotated[Values, Unit("percent_of_households")]
PercentagePoints: TypeAlias = Annotated[Values, Unit("percentage_points")]
PointsAtBaseline: TypeAlias = Annotated[Values, Unit("percentage_points_at_the_baseline_slope")]
PerMille: TypeAlias = Annotated[Values, Unit("per_mille")]
PerMillePoints: TypeAlias = Annotated[Values, Unit("per_mille_points")]

Billions: TypeAlias = Annotated[Values, Unit("billion_vnd")]
ConstantBillions: TypeAlias = Annotated[Values, Unit("billion_vnd_2010_prices")]
MillionsPerPerson: TypeAlias = Annotated[Values, Unit("million_vnd_per_person_per_year")]
MillionDollars: TypeAlias = Annotated[Values, Unit("million_usd")]
BillionsPerMegawattHour: TypeAlias = Annotated[Values, Unit("billion_vnd_2010_prices_per_mwh")]

Weeks: TypeAlias = Annotated[Values, Unit("weeks")]
PerWeek: TypeAlias = Annotated[Values, Unit("1/week")]
Months: TypeAlias = Annotated[Values, Unit("months")]
MonthOfYear: TypeAlias = Annotated[Values, Unit("month_1-12")]
HoursPerMonth: TypeAlias = Annotated[Values, Unit("hours_per_month")]
Megawatts: TypeAlias = Annotated[Values, Unit("megawatts")]

Tonnes: TypeAlias = Annotated[Values, Unit("tonnes")]
Head: TypeAlias = Annotated[Values, Unit("head")]
ThousandVisits: TypeAlias = Annotated[Values, Unit("thousand_visits")]
ThousandPersons: TypeAlias = Annotated[Values, Unit("thousand_persons")]
Persons: TypeAlias = Annotated[Values, Unit("persons")]
Households: TypeAlias = Annotated[Values, Unit("households")]
Communes: TypeAlias = Annotated[Values, Unit("communes")]
CommunesOf130: TypeAlias = Annotated[Values, Unit("communes_of_130")]
Criteria: TypeAlias = Annotated[Values, Unit("criteria")]
CriteriaPerCommune: TypeAlias = Annotated[Values, Unit("criteria_per_commune")]
Products: TypeAlias = Annotated[Values, Unit("products")]
Projects: TypeAlias = Annotated[Values, Unit("projects")]
Enterprises: TypeAlias = Annotated[Values, Unit("enterprises")]
Cooperatives: TypeAlias = Annotated[Values, Unit("cooperatives")]
Doctors: TypeAlias = Annotated[Values, Unit("doctors")]
DoctorsPer10000: TypeAlias = Annotated[Values, Unit("doctors_per_10000")]
