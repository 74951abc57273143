"""How many pigs live, fall ill, are culled and are restocked, week by week? (section 5)

Compartments hold pig places ("head of pen capacity") and sum to a constant: susceptible and
shielded from trade, susceptible and connected, exposed, infectious, detected, in down-time,
empty, and left for good. A week moves stock * probability from one to the next, so nothing
turns negative whatever the parameters.
"""

from typing import Annotated, NamedTuple

import numpy as np

from simulator.equations.forms import weekly_probability
from simulator.units import Array, Head, PerWeek, Ratio, Share, Unit, Values, Weeks

WEEKS = 52


class HerdYear(NamedTuple):
    """The herd at 1 January and 52 week-ends: arrays of 53 weeks by draws (53 in the central run)."""

    connected: Array
    exposed: Array
    infectious: Array
    detected: Array
    downtime: Array
    empty: Array
    culled: Array
    infected: Array
    shielded: Values
    abandoned: Values

    @property
    def living(self) -> Array:
        """Pigs alive, those counted before they are culled included."""
        return self.shielded + self.connected + self.exposed + self.infectious + self.detected


HerdYears = Annotated[HerdYear, Unit("herd_year")]


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
    infectious = np.minimum(infected_pigs_at_start, shielded_pigs_at_start)
    uninfected = shielded_pigs_at_start - infectious
    newly_connected = newly_connected_herds * uninfected
    shielded = uninfected - newly_connected
    abandoned = pig_pens_abandoned * empty_pens_at_start

    shape = np.broadcast(
        shielded,
        abandoned,
        swine_fever_transmission,
        pig_biosecurity,
        swine_fever_introductions,
        swine_fever_detection_delay,
        pig_restocking_rate,
    ).shape
    states = np.zeros((8, WEEKS + 1, *shape))
    connected, exposed, ill, detected, downtime, empty, culled, infected = states
    connected[0] = connected_pigs_at_start + newly_connected
    ill[0] = infectious
    downtime[0] = pens_in_downtime_at_start
    empty[0] = empty_pens_at_start - abandoned
    capacity = connected[0] + ill[0] + downtime[0] + empty[0]

    leaves_latency = weekly_probability(1 / swine_fever_latent_weeks)
    is_detected = weekly_probability(1 / np.asarray(swine_fever_detection_delay))
    is_culled = weekly_probability(1 / swine_fever_cull_weeks)
    ends_downtime = weekly_probability(1 / pen_downtime_weeks)
    is_restocked = weekly_probability(pig_restocking_rate)
    exposure = 1 - pig_biosecurity
    contact = exposure * swine_fever_transmission / capacity
    introduction = exposure * swine_fever_introductions

    for week in range(WEEKS):
        now, then = week, week + 1
        hazard = contact * (ill[now] + detected_pig_infectiousness * detected[now]) + introduction
        exposed_now = connected[now] * weekly_probability(hazard)
        falling_ill = exposed[now] * leaves_latency
        found = ill[now] * is_detected
        culling = detected[now] * is_culled
        reopening = downtime[now] * ends_downtime
        restocking = empty[now] * is_restocked
        connected[then] = connected[now] - exposed_now + restocking
        exposed[then] = exposed[now] - falling_ill + exposed_now
        ill[then] = ill[now] - found + falling_ill
        detected[then] = detected[now] - culling + found
        downtime[then] = downtime[now] - reopening + culling
        empty[then] = empty[now] - restocking + reopening
        culled[then] = culled[now] + culling
        infected[then] = infected[now] + exposed_now
    return HerdYear(
        connected, exposed, ill, detected, downtime, empty, culled, infected, shielded, abandoned
    )


def pigs_at_year_end(swine_fever_year: HerdYears) -> Head:
    """Pigs alive after the last week, those not yet culled included (section 5)."""
    year = swine_fever_year
    return (
        year.shielded
        + year.connected[-1]
        + year.exposed[-1]
        + year.infectious[-1]
        + year.detected[-1]
    )


def mean_pig_herd(swine_fever_year: HerdYears) -> Head:
    """Mean of the living herd at 1 January and at 52 week-ends (section 5)."""
    return np.mean(swine_fever_year.living, axis=0)


def pigs_culled(swine_fever_year: HerdYears) -> Head:
    """Pigs culled over the year (section 5)."""
    return swine_fever_year.culled[-1]


def pigs_infected(swine_fever_year: HerdYears) -> Head:
    """Pigs newly infected over the year (section 5)."""
    return swine_fever_year.infected[-1]
