"""How many children are enrolled, by age? (E29)"""

from simulator.forms import logit_step, named
from simulator.units import Percent, PointsAtBaseline

STEPS = {
    "enrolment_age_5": "age_five_step",
    "enrolment_age_6_10": "primary_step",
    "enrolment_age_3_5": "kindergarten_step",
    "enrolment_age_11_14": "lower_secondary_step",
    "enrolment_age_15_18": "upper_secondary_step",
    "enrolment_nursery": "nursery_step",
}
"""Enrolment by age, and the assumption that moves it."""


def _enrolment(baseline: Percent, step: PointsAtBaseline) -> Percent:
    return logit_step(baseline, step)


ENROLMENT = [
    named(
        enrolment,
        _enrolment,
        "Enrolment steps from its baseline and stays between 0 and 100 (E29).",
        baseline=f"{enrolment}_base",
        step=step,
    )
    for enrolment, step in STEPS.items()
]
