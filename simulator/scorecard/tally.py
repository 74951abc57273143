"""How many targets are expected to be met? That number alone, for questions that ask it of many runs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.projection import Projection, same_run
from simulator.scorecard.row import happened_in
from simulator.scorecard.rules import Rules, is_scored, method_of


@dataclass(frozen=True)
class Tally:
    """In how many draws each scored target is met: a scorecard without all that takes longer."""

    projection: Projection
    rules: Rules
    met: Mapping[str, int]

    @property
    def mean(self) -> float:
        """The expected number met, bit for bit that of the scorecard's count."""
        return sum(self.met.values()) / self.projection.scenario.draws


def tally(
    projection: Projection, rules: Rules | None = None, previous: Tally | None = None
) -> Tally:
    """Count a projection; targets whose draws did not change are taken over.

    Raises ValueError for the central run, which has no draws.
    """
    if projection.deterministic:
        raise ValueError("the central run has no expected number")
    rules = rules or Rules()
    known = previous if previous is not None and _comparable(previous, projection, rules) else None
    met: dict[str, int] = {}
    for name, target in projection.plan.targets.items():
        method, _ = method_of(target, projection)
        if not is_scored(target, method):
            continue
        if known is not None and projection.values[name] is known.projection.values[name]:
            met[name] = known.met[name]
        else:
            happened = happened_in(target, method, projection, rules)
            met[name] = 0 if happened is None else int(np.count_nonzero(happened))
    return Tally(projection, rules, met)


def _comparable(previous: Tally, projection: Projection, rules: Rules) -> bool:
    return previous.rules == rules and same_run(
        previous.projection, projection.model, projection.scenario, deterministic=False
    )
