"""How much does each draw count after what was seen? Weights, their effective number, resampling."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.units import Array

Whole = NDArray[np.int64]

LEAST_EFFECTIVE = 400
"""Draws that must count; fewer are tempered up to it (section 9)."""
LEAST_PART = 4
"""Of a small run at most every fourth draw is asked to count."""
HALVINGS = 60
"""Of the interval in which the tempering power lies."""


@dataclass(frozen=True)
class Weights:
    """Normalised weights of draws, and what was done to them."""

    shares: Array
    """Sum to one, shape (draws,)."""
    effective: float
    """The number of equally weighted draws that would say as much."""
    power: float
    """1, or what the log weights were multiplied with so that enough draws count."""
    log_evidence: float
    """The log density of the readings under the prior, up to a constant of their units."""

    @property
    def tempered(self) -> bool:
        """Whether the draws could not carry what was seen."""
        return self.power < 1


def effective(shares: Array) -> float:
    """The effective number of draws of weights that sum to one."""
    return float(1 / np.square(shares).sum())


def weigh(log_weights: Array, strata: Whole, masses: Array) -> Weights:
    """Weights from log likelihoods in strata that were drawn more often than they happen.

    `strata` numbers the stratum of each draw, `masses` holds each stratum's prior probability.
    A stratum's posterior probability is its prior times its mean likelihood; tempering flattens
    the weights inside the strata and leaves these probabilities.
    """
    counts = np.bincount(strata, minlength=len(masses))
    top = np.array(
        [log_weights[strata == one].max() if counts[one] else -np.inf for one in range(len(masses))]
    )
    bare = np.exp(log_weights - top[strata])
    means = np.bincount(strata, bare, minlength=len(masses)) / np.maximum(1, counts)
    with np.errstate(divide="ignore"):
        logs = np.where(counts > 0, np.log(masses) + np.log(means) + top, -np.inf)
    most = float(logs.max())
    posterior = np.exp(logs - most)
    evidence = most + float(np.log(posterior.sum()))
    posterior = posterior / posterior.sum()

    def at(power: float) -> Array:
        tempered = np.exp(power * (log_weights - top[strata]))
        sums = np.bincount(strata, tempered, minlength=len(masses))
        shares: Array = posterior[strata] * tempered / sums[strata]
        return shares / shares.sum()

    shares = at(1.0)
    least = min(LEAST_EFFECTIVE, len(log_weights) // LEAST_PART)
    if effective(shares) >= least:
        return Weights(shares, effective(shares), 1.0, evidence)
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if effective(at(middle)) >= least else (low, middle)
    return Weights(at(low), effective(at(low)), low, evidence)


def resampled(shares: Array) -> Whole:
    """Which draws stand for the weighted ones with equal weights: each as often as it weighs.

    Systematic: a draw is taken the whole number below or above draws times its weight, so equal
    weights take every draw once and in its order.
    """
    draws = len(shares)
    edges = np.cumsum(shares)
    edges[-1] = 1.0
    return np.searchsorted(edges, (np.arange(draws) + 1 / 2) / draws).astype(np.int64)
