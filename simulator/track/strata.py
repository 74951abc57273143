"""How can a rare shock be learned? Switches drawn evenly, and what each draw then counts."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from simulator.assumptions import Setting
from simulator.projection import Projection
from simulator.track.weights import Whole
from simulator.units import Array

RARE = 0.1
"""A switch whose rarer side is rarer than this is drawn evenly and weighted back."""


@dataclass(frozen=True)
class Strata:
    """The rare switches, drawn evenly; every combination of their sides is a stratum."""

    switches: tuple[str, ...]
    settings: Mapping[str, Setting]
    masses: Array
    """The prior probability of each stratum."""
    members: Whole
    """The stratum of each draw."""

    @property
    def insides(self) -> list[NDArray[np.bool_]]:
        """For each stratum, which draws lie in it."""
        return [self.members == one for one in range(len(self.masses))]

    @property
    def prior_shares(self) -> Array:
        """What each draw counts before anything was seen; the sum is one."""
        counts = np.bincount(self.members, minlength=len(self.masses))
        shares = self.masses[self.members] / counts[self.members]
        return np.asarray(shares / shares.sum())


def stratify(prior: Projection, quantities: Iterable[str]) -> Strata:
    """Strata of the rare switches on which some of the quantities rest; one where there is none."""
    graph, assumptions = prior.model.graph, prior.plan.catalogue.assumptions
    seen = set(quantities)
    rare = {
        name: row
        for name, row in assumptions.items()
        if row.link == "switch"
        and not (prior.settings[name].fixed or row.loadings)
        and 0 < min(prior.settings[name].centre, 1 - prior.settings[name].centre) < RARE
        and seen & graph.downstream((name,))
    }
    chances = [prior.settings[name].centre for name in rare]
    masses = [
        math.prod(
            chance if struck else 1 - chance for chance, struck in zip(chances, sides, strict=True)
        )
        for sides in product((False, True), repeat=len(rare))
    ]
    members = np.zeros(prior.scenario.draws, dtype=np.int64)
    for row in rare.values():
        members = 2 * members + (prior.normals[row.dimension] < 0)
    settings = {**prior.settings, **{name: Setting(1 / 2) for name in rare}}
    return Strata(tuple(rare), settings, np.array(masses), members)
