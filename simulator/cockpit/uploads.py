"""What does an uploaded scenario file change? The same reading as the command line's."""

from simulator.cockpit.moves import Moves
from simulator.records import InputError
from simulator.run import Workshop
from simulator.scenario_file import parse_scenario
from simulator.solve import solve_plan
from simulator.unroll import unroll

LARGEST_UPLOAD = 256 * 1024
"""Bytes of a scenario file that is accepted from a browser."""


def too_large(text: str) -> bool:
    """Whether a file is longer than a scenario could ever be."""
    return len(text.encode(errors="replace")) > LARGEST_UPLOAD


def uploaded_moves(workshop: Workshop, plan_name: str, name: str, text: str) -> tuple[Moves, bool]:
    """What a file changes, and whether it is drawn as the cockpit draws.

    Raises InputError where the file is no single run of this plan.
    """
    plan = workshop.plan(plan_name)
    file = parse_scenario(text, name)
    if file.sheet.plan not in {None, plan.name}:
        wrong = f"is for the plan {file.sheet.plan}"
        raise InputError([file.problem(("plan",), "plan", wrong, plan.name)])
    if file.sheet.sweep is not None:
        raise InputError([file.problem(("sweep",), "sweep", "many runs", "a file of one run")])
    (scenario,) = unroll(file, workshop.vocabulary(plan_name))
    if scenario.observations:
        wrong = "cannot be learned from here"
        allowed = "a scenario without them; figures are entered on the page Track the year"
        raise InputError([file.problem(("observations",), "observations", wrong, allowed)])
    if scenario.solve == "plan":
        model = workshop.model(plan_name, scenario.typed_baselines)
        scenario = solve_plan(model, scenario).scenario
    changes = {
        key: value
        for key, value in scenario.changes.items()
        if value != plan.catalogue.default(key)
    }
    same_draws = (scenario.draws, scenario.seed) == (plan.sheet.draws, plan.sheet.seed)
    return Moves(changes, scenario.typed_baselines), same_draws
