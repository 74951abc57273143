"""What does one fund's year end at, given only its own payments and estimates? In closed form."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class LogNormal:
    """A positive amount or share: its median, and its spread in logarithms."""

    median: float
    spread: float

    def quantile(self, normal: float) -> float:
        """The value at a standard normal."""
        return self.median * math.exp(self.spread * normal)


def learned(prior: LogNormal, measured: Iterable[LogNormal], most: float = math.inf) -> LogNormal:
    """What is known of an amount after measurements of it whose errors are independent (section 9).

    With one measurement the weight of what was seen is prior² / (prior² + measured²), in spreads;
    in general precisions add up. A measurement of infinite spread says nothing, one of none says
    all. The median is at most `most`: nothing pays more than its allocation.
    """
    median, variance = math.log(prior.median), prior.spread**2
    for one in measured:
        if math.isinf(one.spread):
            continue
        noise = one.spread**2
        weight = 1.0 if noise == 0 else variance / (variance + noise)
        median += weight * (math.log(one.median) - median)
        variance *= 1 - weight
    return LogNormal(min(most, math.exp(median)), math.sqrt(variance))
