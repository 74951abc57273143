"""Which scorecards do the laws of insight and drawing meet? Small runs with a few levers moved."""

from functools import cache

from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.projection import project
from simulator.scenario import Scenario
from simulator.scorecard import Scorecard, score
from tests.runs import is_calm
from tests.strategies import scenario, settings_of, shipped_model


@cache
def trend(draws: int = 64) -> Scorecard:
    return card_of(scenario(draws=draws))


def card_of(run: Scenario) -> Scorecard:
    return score(project(shipped_model(), run))


def with_changes(**changes: Setting) -> Scorecard:
    return card_of(scenario(changes))


@st.composite
def runs(draw: st.DrawFn, *names: str) -> Scenario:
    """A run of few draws with some of the named assumptions set anywhere in their ranges."""
    moved = draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
    changes = {
        name: draw(settings_of(name).filter(lambda row, name=name: is_calm(name, row)))
        for name in moved
    }
    return scenario(changes, draws=draw(st.sampled_from([64, 128])))
