"""What do a three-lever search and a six-scenario comparison cost beside the bare runs they need?"""

import time

from timing import alternate, verdict

from simulator.batch import default_plan
from simulator.compare import compare
from simulator.insight.comparison import markdown
from simulator.projection import project
from simulator.run import Workshop
from simulator.scenario import Scenario
from simulator.scenario_file import read_scenario, shipped_scenarios
from simulator.scorecard import score
from simulator.seek import Goal, seek
from simulator.unroll import unroll

DRAWS = 8192
LEVERS = dict.fromkeys(
    ("non_state_investment_growth", "all_public_funds", "local_capital_plan_growth"), 1.0
)
GOAL = Goal("total_investment", 0.66)
COMPARED = (
    "trend",
    "late_funds",
    "combined_bad",
    "drought_severe",
    "asf_resurgence",
    "epidemic_1month",
)

workshop = Workshop()
plan = workshop.plan(default_plan())
model = workshop.model(default_plan(), {})
start = score(project(model, Scenario("trend", {}, {}, DRAWS, plan.sheet.seed, default_plan())))

sought = seek(start, [GOAL], LEVERS)
assert sought.reached
scenario = sought.card.projection.scenario
print(f"three levers: {sought.runs} different moves tried, {sought.distance:.3f} spreads")


def bare_runs() -> None:
    """As many projections and scorecards as the search tried, each only downstream of the levers."""
    for _ in range(sought.runs):
        moved = project(model, scenario, previous=start.projection)
        score(moved, previous=start)


def full_runs() -> None:
    for _ in range(sought.runs):
        score(project(model, scenario))


search, bare = alternate(lambda: seek(start, [GOAL], LEVERS), bare_runs, rounds=5)
began = time.perf_counter()
full_runs()
full = time.perf_counter() - began
print(
    f"search {1000 * search:.0f} ms; as many runs: "
    f"{1000 * bare:.0f} ms downstream of the levers, {1000 * full:.0f} ms in full"
)
verdict("three-lever search / runs downstream of its levers", search / bare, 1)
verdict("three-lever search / full runs", search / full, 0.2)

print(f"one lever out of reach: {seek(start, [GOAL], {'all_public_funds': 1.0}).runs} moves tried")

vocabulary = workshop.vocabulary(default_plan())
shipped = shipped_scenarios()
runs = [
    Scenario(**{**vars(found), "draws": DRAWS})
    for name in COMPARED
    for found in unroll(read_scenario(shipped[name]), vocabulary)
]


def compared() -> None:
    markdown(compare([score(project(model, run)) for run in runs]), "vi")


def only_run() -> None:
    for run in runs:
        score(project(model, run))


whole, six = alternate(compared, only_run, rounds=7)
print(f"six scenarios compared {1000 * whole:.0f} ms, run {1000 * six:.0f} ms")
verdict("six-scenario comparison with its Markdown / its runs", whole / six, 1.3)
