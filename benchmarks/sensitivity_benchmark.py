"""Goal 4: all first-order and total Sobol indices of all outputs against the model runs they need."""

from timing import alternate, verdict

from simulator.assumptions import Setting
from simulator.batch import default_plan
from simulator.explain import Measure, attribute
from simulator.projection import project
from simulator.run import Workshop
from simulator.scenario import Scenario
from simulator.scorecard import score
from simulator.sensitivity import rank_correlations, sobol, tornado
from simulator.sensitivity.sobol import POINTS, Sampler

workshop = Workshop()
plan = workshop.plan(default_plan())
model = workshop.model(default_plan(), {})
trend = Scenario("trend", {}, {}, POINTS, plan.sheet.seed, default_plan())
card = score(project(model, trend))


def runs_again() -> None:
    """The runs alone: both sets of points in full, then only what follows each input."""
    sampler = Sampler(card, POINTS)
    for one in sampler.inputs:
        sampler.mixed(one)


def runs_in_full() -> None:
    """The runs alone, each through all equations."""
    for _ in range(found.runs):
        project(model, trend)


found = sobol(card, POINTS)
print(
    f"{found.runs} runs of {POINTS} points, {len(found.inputs)} inputs, {len(found.outputs)} outputs"
)
indices, again = alternate(lambda: sobol(card, POINTS), runs_again, rounds=9)
_, full = alternate(lambda: None, runs_in_full, rounds=5)
print(f"indices {1000 * indices:.0f} ms, runs {1000 * again:.0f} ms, in full {1000 * full:.0f} ms")
verdict("Sobol indices / full model runs", indices / full, 2)
verdict("Sobol indices / runs of what lies downstream", indices / again, 2)

bars, ranks = alternate(lambda: tornado(card), lambda: rank_correlations(card.projection), rounds=5)
print(f"tornado {1000 * bars:.0f} ms, rank correlations {1000 * ranks:.0f} ms")

levers = [name for name, row in plan.catalogue.assumptions.items() if row.front][:10]
for count in (4, 10):
    changes = {name: Setting(plan.catalogue.assumptions[name].low) for name in levers[:count]}
    moved = Scenario("moved", changes, {}, POINTS, plan.sheet.seed, default_plan())

    def split(moved: Scenario = moved) -> object:
        return attribute(model, trend, moved, [Measure("number_met")])

    def bare(moved: Scenario = moved, count: int = count) -> None:
        for _ in range(2**count):
            score(project(model, moved))

    taken, needed = alternate(split, bare, rounds=3 if count < 10 else 1)
    print(f"exact split of {count} levers {1000 * taken:.0f} ms, {taken / needed:.2f} of full runs")
