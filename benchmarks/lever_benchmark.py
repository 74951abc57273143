"""Goal 2: one lever moved against a full run, on average over the front levers."""

import statistics
from dataclasses import replace

import numpy as np
from timing import alternate, verdict

from simulator.assumptions import Setting
from simulator.batch import default_plan
from simulator.projection import project
from simulator.run import Workshop
from simulator.scenario import Scenario
from simulator.scorecard import score

DRAWS = 8192

workshop = Workshop()
plan = workshop.plan(default_plan())
model = workshop.model(default_plan(), {})
trend = Scenario("trend", {}, {}, DRAWS, plan.sheet.seed, default_plan())
before = score(project(model, trend))

ratios = {}
for name, row in plan.catalogue.assumptions.items():
    if not row.front:
        continue
    moved = replace(trend, changes={name: Setting((row.centre + row.high) / 2)})

    def again(moved: Scenario = moved) -> object:
        return score(project(model, moved, previous=before.projection), previous=before)

    def in_full(moved: Scenario = moved) -> object:
        return score(project(model, moved))

    for ours, theirs in zip(again().rows.values(), in_full().rows.values(), strict=True):
        assert ours == theirs, (name, ours.name)
    assert all(
        np.array_equal(again().projection.values[key], in_full().projection.values[key])
        for key in model.graph.order
        if not isinstance(before.projection.values[key], tuple)
    )
    lever, full = alternate(again, in_full, rounds=9)
    ratios[name] = lever / full
    print(f"{name}: {1000 * lever:.1f} ms of {1000 * full:.1f} ms")
verdict("lever moved / full run, mean of the front levers", statistics.mean(ratios.values()), 0.7)
