"""Goal 1: a full run of 8 192 draws against drawing 88 normals a draw, and against EMA Workbench."""

import time
from dataclasses import replace

import numpy as np
from ema_workbench import Model as PeerModel
from ema_workbench import RealParameter, ScalarOutcome, SequentialEvaluator
from timing import alternate, verdict

from simulator.batch import default_plan
from simulator.projection import project, standard_normals
from simulator.run import Workshop
from simulator.scenario import Scenario
from simulator.scorecard import score

DRAWS = 8192
PEER_DRAWS = 64

workshop = Workshop()
plan = workshop.plan(default_plan())
model = workshop.model(default_plan(), {})
scenario = Scenario("trend", {}, {}, DRAWS, plan.sheet.seed, default_plan())
outputs = [name for name in plan.targets if name in model.graph.order]

start = time.perf_counter()
standard_normals(scenario.seed, DRAWS)
print(f"Sobol base matrix, once a seed: {1000 * (time.perf_counter() - start):.0f} ms")


def full_run() -> None:
    score(project(model, scenario))


generator = np.random.default_rng(0)
assumptions = len(plan.catalogue.assumptions)
ours, floor = alternate(full_run, lambda: generator.standard_normal((assumptions, DRAWS)))
print(f"full run {1000 * ours:.1f} ms, {assumptions} x {DRAWS} normals {1000 * floor:.1f} ms")
verdict("full run / normals", ours / floor, 5)


def one_draw(**levers: float) -> dict[str, float]:
    changed = {name: model.plan.catalogue.default(name) for name in levers}
    settings = {name: replace(row, centre=levers[name]) for name, row in changed.items()}
    single = replace(scenario, changes=settings)
    values = project(model, single, deterministic=True).values
    return {name: float(values[name]) for name in outputs}


peer = PeerModel("plan", function=one_draw)
peer.uncertainties = [
    RealParameter(name, row.low, row.high)
    for name, row in plan.catalogue.assumptions.items()
    if row.link != "switch"
]
peer.outcomes = [ScalarOutcome(name) for name in outputs]
start = time.perf_counter()
with SequentialEvaluator(peer) as evaluator:
    evaluator.perform_experiments(PEER_DRAWS)
peer_draw = (time.perf_counter() - start) / PEER_DRAWS
print(f"a draw: ours {1e6 * ours / DRAWS:.2f} us, EMA Workbench {1e6 * peer_draw:.0f} us")
verdict("EMA Workbench / ours, a draw", peer_draw / (ours / DRAWS), 500, at_most=False)
