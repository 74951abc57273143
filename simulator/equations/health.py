"""Births, children, doctors and water: social indicators that need a baseline to be projected (E24, E25)."""

import numpy as np

from simulator.forms import logit_step, named
from simulator.units import (
    Doctors,
    DoctorsPer10000,
    Percent,
    PercentagePoints,
    PerMille,
    PerMillePoints,
    PointsAtBaseline,
    ThousandPersons,
)


def birth_rate_reduction(birth_rate_fall: PerMille) -> PerMillePoints:
    """The fall of the birth rate is assumed directly (E24)."""
    return 1 * birth_rate_fall


def child_underweight_rate(
    child_underweight_rate_base: Percent, child_underweight_step: PercentagePoints
) -> Percent:
    """The underweight rate steps from its baseline, within 0 to 100 (E25)."""
    return np.clip(child_underweight_rate_base + child_underweight_step, 0, 100)


def under_five_mortality(
    under_five_mortality_base: PerMille, under_five_mortality_step: PerMille
) -> PerMille:
    """Under-five mortality steps from its baseline, within 0 to 1000 (E25)."""
    return np.clip(under_five_mortality_base + under_five_mortality_step, 0, 1000)


def doctors_per_10000(
    doctors_per_10000_base: DoctorsPer10000,
    population_base: ThousandPersons,
    new_doctors: Doctors,
    population: ThousandPersons,
) -> DoctorsPer10000:
    """The base year's doctors and the new ones, over the year's population (E25)."""
    doctors = doctors_per_10000_base * (population_base / 10) + new_doctors
    return np.maximum(0, doctors) / (population / 10)


def _water_access(baseline: Percent, step: PointsAtBaseline) -> Percent:
    return logit_step(baseline, step)


WATER = [
    named(
        f"{area}_clean_water",
        _water_access,
        "Access to hygienic water steps from its baseline and stays below 100 (E25).",
        baseline=f"{area}_clean_water_base",
        step=f"{area}_water_step",
    )
    for area in ("urban", "rural")
]
