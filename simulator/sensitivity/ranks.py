"""Do high values of an assumption come with high values of a result? Rank correlations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import rankdata

from simulator.projection import Projection
from simulator.units import Array


@dataclass(frozen=True)
class RankCorrelations:
    """Spearman's correlation over the draws, shape (inputs, outputs); 0 where one never varies.

    The inputs are the assumptions as drawn, common factors included, then the factors.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    values: Array

    def of(self, output: str) -> dict[str, float]:
        """The correlations with one quantity, strongest first."""
        column = self.values[:, self.outputs.index(output)]
        order = np.argsort(-np.abs(column), kind="stable")
        return {self.inputs[at]: float(column[at]) for at in order}


def rank_correlations(
    projection: Projection, outputs: Iterable[str] | None = None
) -> RankCorrelations:
    """Correlate inputs and outputs of a drawn run. Raises ValueError for the central run."""
    if projection.deterministic:
        raise ValueError("the central run has no ranks")
    factors = projection.plan.catalogue.factors
    drawn = {name: projection.values[name] for name in projection.settings}
    drawn |= {name: projection.normals[row.dimension] for name, row in factors.items()}
    wanted = tuple(projection.quantities if outputs is None else outputs)
    results = {name: projection.values[name] for name in wanted}
    correlations = standard_ranks(drawn) @ standard_ranks(results).T
    return RankCorrelations(tuple(drawn), wanted, np.clip(correlations, -1, 1))


def standard_ranks(values: Mapping[str, Any]) -> Array:
    """Ranks with mean 0 and length 1, a row for each name; zeros where nothing varies."""
    ranks = rankdata(np.array(list(values.values()), dtype=float), axis=1)
    ranks -= ranks.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(ranks, axis=1, keepdims=True)
    return np.divide(ranks, lengths, out=np.zeros_like(ranks), where=lengths > 0)
