"""How good was the same engine a year before? The trend of an earlier plan against its outcomes."""

from simulator.batch import DEFAULT_SCENARIO, Overrides, read_runs
from simulator.run import Workshop
from simulator.scenario_file import find_scenario
from simulator.validation import Validation, outcomes_of, read_outcomes, validate


def backtest(name: str, workshop: Workshop) -> Validation:
    """The trend of a shipped plan held against what came of its year.

    Raises InputError where the plan or its outcomes cannot be read.
    """
    plan = workshop.plan(name)
    path = outcomes_of(plan)
    known = {} if path is None else read_outcomes(path, plan)
    (trend,), _ = read_runs([find_scenario(DEFAULT_SCENARIO)], workshop, Overrides(plan=name))
    return validate(workshop.run(trend).card, known)
