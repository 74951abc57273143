"""What if something more were changed? A run's own draws with further changes laid on top."""

from collections.abc import Mapping
from dataclasses import replace

from simulator.assumptions import Setting
from simulator.projection import project
from simulator.run import baseline_ranges
from simulator.scenario import Scenario, Vocabulary
from simulator.scenario_file import find_scenario, read_scenario
from simulator.scorecard import Scorecard, score
from simulator.unroll import unroll


def overlaid(card: Scorecard, changes: Mapping[str, Setting]) -> Scorecard:
    """The scorecard of a run with more changes, from the same draws; a solved plan is kept."""
    before = card.projection
    scenario = replace(before.scenario, changes={**before.scenario.changes, **changes}, solve=None)
    projection = project(
        before.model, scenario, deterministic=before.deterministic, previous=before
    )
    return score(projection, card.rules, previous=card)


def expected_met(card: Scorecard) -> float:
    """The expected number of targets met; in the central run the number itself."""
    return card.count.plan.mean if card.count.plan is not None else float(card.count.met or 0)


def shipped_scenario(card: Scorecard, name: str) -> Scenario:
    """A shipped scenario, read for the plan of a run.

    Raises InputError where it changes what the plan's catalogue does not have.
    """
    run = card.projection.scenario
    plan = card.projection.plan
    vocabulary = Vocabulary(plan.catalogue, baseline_ranges(plan), run.plan, run.draws, run.seed)
    (scenario,) = unroll(read_scenario(find_scenario(name)), vocabulary)
    return scenario


def moved(setting: Setting, centre: float) -> Setting:
    """A setting with its centre elsewhere, certain where it was certain; its own quantiles go."""
    return setting if setting.centre == centre else Setting(centre, fixed=setting.fixed)
