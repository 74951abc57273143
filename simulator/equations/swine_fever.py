"""How many pigs live, fall ill, are culled and are restocked, week by week? (section 5)

Compartments hold pig places ("head of pen capacity") and sum to a constant: susceptible and
shielded from trade, susceptible and connected, exposed, infectious, detected, in down-time,
empty, and left for good. A week moves stock * probability from one to the next, so nothing
turns negative whatever the parameters.
"""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

import numpy as np

from simulator.forms import weekly_probability
from simulator.units import Array, Head, PerWeek, Ratio, Share, Unit, Values, Weeks

WEEKS = 52


class Herd(NamedTuple):
    """The compartments at one moment, or over weeks on a leading axis; culls and infections so far."""

    shielded: Values
    connected: Array
    exposed: Array
    infectious: Array
    detected: Array
    downtime: Array
    empty: Array
    abandoned: Values
    culled: Array
    infected: Array

    @property
    def living(self) -> Values:
        """Pigs alive, those counted before they are culled included."""
        return self.shielded + self.connected + self.exposed + self.infectious + self.detected


class HerdYear(NamedTuple):
    """What a year leaves: the herd after the last week, and the mean living herd over 53 counts."""

    end: Herd
    mean_living: Values


HerdYears = Annotated[HerdYear, Unit("herd_year")]


def herd_weeks(
    shielded_pigs_at_start: Head,
    connected_pigs_at_start: Head,
    pens_in_downtime_at_start: Head,
    empty_pens_at_start: Head,
    pig_pens_abandoned: Share,
    infected_pigs_at_start: Head,
    newly_connected_herds: Share,
    swine_fever_transmission: PerWeek,
    pig_biosecurity: Share,
    swine_fever_introductions: PerWeek,
    swine_fever_detection_delay: Weeks,
    pig_restocking_rate: PerWeek,
    swine_fever_latent_weeks: Weeks,
    swine_fever_cull_weeks: Weeks,
    pen_downtime_weeks: Weeks,
    detected_pig_infectiousness: Ratio,
) -> Iterator[Herd]:
    """The herd on 1 January and at 52 week-ends; its arrays are reused from week to week."""
    ill_at_start = np.minimum(infected_pigs_at_start, shielded_pigs_at_start)
    uninfected = shielded_pigs_at_start - ill_at_start
    newly_connected = newly_connected_herds * uninfected
    abandoned = pig_pens_abandoned * empty_pens_at_start
    sized = (
        newly_connected
        + abandoned
        + swine_fever_transmission
        + pig_biosecurity
        + swine_fever_introductions
        + swine_fever_detection_delay
        + pig_restocking_rate
    )

    def stock(value: Values) -> Array:
        return np.full_like(sized, value, dtype=float)

    herd = Herd(
        shielded=uninfected - newly_connected,
        connected=stock(connected_pigs_at_start + newly_connected),
        exposed=stock(0.0),
        infectious=stock(ill_at_start),
        detected=stock(0.0),
        downtime=stock(pens_in_downtime_at_start),
        empty=stock(empty_pens_at_start - abandoned),
        abandoned=abandoned,
        culled=stock(0.0),
        infected=stock(0.0),
    )
    _, connected, exposed, ill, detected, downtime, empty, _, culled, infected = herd
    capacity = connected + ill + downtime + empty
    exposure = 1 - pig_biosecurity
    contact = exposure * swine_fever_transmission / capacity
    introduction = exposure * swine_fever_introductions
    leaves_latency = weekly_probability(1 / swine_fever_latent_weeks)
    is_found = weekly_probability(1 / np.asarray(swine_fever_detection_delay))
    is_culled = weekly_probability(1 / swine_fever_cull_weeks)
    ends_downtime = weekly_probability(1 / pen_downtime_weeks)
    is_restocked = weekly_probability(pig_restocking_rate)

    exposing, falling_ill, finding = stock(0.0), stock(0.0), stock(0.0)
    culling, reopening, restocking = stock(0.0), stock(0.0), stock(0.0)
    moves = (
        (connected, exposing, restocking),
        (exposed, falling_ill, exposing),
        (ill, finding, falling_ill),
        (detected, culling, finding),
        (downtime, reopening, culling),
        (empty, restocking, reopening),
    )
    yield herd
    for _week in range(WEEKS):
        # The hazard of exposure, then its probability times the exposed stock, in one buffer:
        # new arrays every week would cost more than the arithmetic.
        np.multiply(detected, detected_pig_infectiousness, out=exposing)
        exposing += ill
        exposing *= contact
        exposing += introduction
        np.expm1(np.negative(exposing, out=exposing), out=exposing)
        exposing *= -connected
        np.multiply(exposed, leaves_latency, out=falling_ill)
        np.multiply(ill, is_found, out=finding)
        np.multiply(detected, is_culled, out=culling)
        np.multiply(downtime, ends_downtime, out=reopening)
        np.multiply(empty, is_restocked, out=restocking)
        for compartment, leaving, entering in moves:
            compartment -= leaving
            compartment += entering
        culled += culling
        infected += exposing
        yield herd


def swine_fever_year(
    shielded_pigs_at_start: Head,
    connected_pigs_at_start: Head,
    pens_in_downtime_at_start: Head,
    empty_pens_at_start: Head,
    pig_pens_abandoned: Share,
    infected_pigs_at_start: Head,
    newly_connected_herds: Share,
    swine_fever_transmission: PerWeek,
    pig_biosecurity: Share,
    swine_fever_introductions: PerWeek,
    swine_fever_detection_delay: Weeks,
    pig_restocking_rate: PerWeek,
    swine_fever_latent_weeks: Weeks,
    swine_fever_cull_weeks: Weeks,
    pen_downtime_weeks: Weeks,
    detected_pig_infectiousness: Ratio,
) -> HerdYears:
    """Swine fever runs through the connected herds for 52 weeks while empty pens are restocked."""
    total: Values = 0.0
    for herd in herd_weeks(
        shielded_pigs_at_start,
        connected_pigs_at_start,
        pens_in_downtime_at_start,
        empty_pens_at_start,
        pig_pens_abandoned,
        infected_pigs_at_start,
        newly_connected_herds,
        swine_fever_transmission,
        pig_biosecurity,
        swine_fever_introductions,
        swine_fever_detection_delay,
        pig_restocking_rate,
        swine_fever_latent_weeks,
        swine_fever_cull_weeks,
        pen_downtime_weeks,
        detected_pig_infectiousness,
    ):
        total = total + herd.living
    return HerdYear(herd, total / (WEEKS + 1))


def weekly_herd(*inputs: Values) -> Herd:
    """The herd of every week, on a leading axis of 53, from the inputs of `swine_fever_year`.

    Kept out of the yearly run, which needs 1 January, the year's mean and its end only.
    """
    weeks = [
        [np.array(compartment) for compartment in np.broadcast_arrays(*herd)]
        for herd in herd_weeks(*inputs)
    ]
    return Herd(*(np.array(compartment) for compartment in zip(*weeks, strict=True)))


def pigs_at_year_end(swine_fever_year: HerdYears) -> Head:
    """Pigs alive after the last week, those not yet culled included (section 5)."""
    return swine_fever_year.end.living


def mean_pig_herd(swine_fever_year: HerdYears) -> Head:
    """Mean of the living herd at 1 January and at 52 week-ends (section 5)."""
    return swine_fever_year.mean_living


def pigs_culled(swine_fever_year: HerdYears) -> Head:
    """Pigs culled over the year (section 5)."""
    return swine_fever_year.end.culled[()]


def pigs_infected(swine_fever_year: HerdYears) -> Head:
    """Pigs newly infected over the year (section 5)."""
    return swine_fever_year.end.infected[()]
