"""What does a scenario file change, because of what? Read strictly, merged, and unrolled into runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from simulator.assumptions import Setting

EMPTY: Mapping[str, Setting] = MappingProxyType({})


@dataclass(frozen=True)
class Scenario:
    """One run: what it changes of the catalogue's centres, and how it is drawn."""

    name: str
    changes: Mapping[str, Setting]
    typed_baselines: Mapping[str, float]
    draws: int
    seed: int
    plan: str
    title_vi: str = ""
    title_en: str = ""
    because_vi: str = ""
    because_en: str = ""
    solve: str = ""
