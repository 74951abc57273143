"""What is learned from the log? Kept for a few of what was shown, since it takes a moment."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from simulator.observation import Observation
from simulator.observation_reading import Fault, faults_of
from simulator.projection import Model
from simulator.scorecard import Scorecard
from simulator.track import Tracked, track, watch

Key = tuple[int, tuple[Observation, ...], date | None]
LESSONS_KEPT = 4


@dataclass(frozen=True)
class Learned:
    """A year that is tracked, and the observations that this scenario cannot take."""

    tracked: Tracked
    unfit: Mapping[Observation, Fault]


class Lessons:
    """What was learned for a scenario from some observations up to a day."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Learned] = OrderedDict()

    def of(
        self,
        card: Scorecard,
        observations: Iterable[Observation],
        as_of: date | None,
        build: Callable[[Mapping[str, float]], Model],
    ) -> Learned:
        """What observations teach of a scenario; those that it cannot take are set aside.

        A quantity may be observable only with a typed baseline that has been taken back since.
        """
        told = tuple(observations)
        key = (id(card), told, as_of)
        found = self._kept.get(key)
        if found is None or found.tracked.prior is not card:
            found = self._kept[key] = learned(card, told, as_of, build)
        self._kept.move_to_end(key)
        while len(self._kept) > LESSONS_KEPT:
            self._kept.popitem(last=False)
        return found


def learned(
    card: Scorecard,
    observations: Iterable[Observation],
    as_of: date | None,
    build: Callable[[Mapping[str, float]], Model] | None = None,
) -> Learned:
    """What observations teach of a scenario, without those that it cannot take."""
    year = watch(card.projection.model)
    faults = {told: faults_of(told, year) for told in observations}
    fit = [told for told, wrong in faults.items() if not wrong]
    unfit = {told: wrong[0] for told, wrong in faults.items() if wrong}
    return Learned(track(card, fit, as_of=as_of, build=build), unfit)
