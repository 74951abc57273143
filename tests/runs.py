"""Which runs may a property about draws meet? Scenarios whose quantiles are not absurdly far apart."""

from hypothesis import settings
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.scenario import Scenario
from tests.strategies import catalogue, scenarios, settings_of

WIDEST = 1e6
"""A tenth percentile a million times below the ninetieth overflows before it means anything."""

few = settings(max_examples=max(10, settings.default.max_examples // 6))
"""For properties that wire a model anew in each example."""


def is_calm(name: str, setting: Setting) -> bool:
    """Whether the quantiles of a log link lie within a factor that a draw can follow."""
    if setting.p10 is None or setting.p90 is None or catalogue()[name].link != "log":
        return True
    return setting.p90 <= WIDEST * setting.p10


def calm_settings(name: str) -> st.SearchStrategy[Setting]:
    """What a scenario may say of an assumption."""
    return settings_of(name).filter(lambda setting: is_calm(name, setting))


def calm_scenarios(most_changes: int = 6) -> st.SearchStrategy[Scenario]:
    """Small runs with a few assumptions changed."""
    return scenarios(most_changes).filter(
        lambda run: all(is_calm(name, setting) for name, setting in run.changes.items())
    )
