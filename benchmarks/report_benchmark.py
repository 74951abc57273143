"""What do hand-over documents cost beside a run of the scenario that they tell?"""

from timing import alternate, verdict

from simulator.batch import read_runs
from simulator.report import Format, gather_material, make
from simulator.run import Workshop
from simulator.scenario_file import find_scenario

ROUNDS = 5
GOALS = {Format.docx: 150.0, Format.xlsx: 20.0, Format.html: 10.0}

workshop = Workshop()
(scenario,), _ = read_runs([find_scenario("late_funds")], workshop)
result = workshop.run(scenario)
material = gather_material(result, workshop)


def full_run() -> None:
    workshop.run(scenario)


for shape, goal in GOALS.items():
    making, run = alternate(lambda shape=shape: make([material], shape, "vi"), full_run, ROUNDS)
    size = len(make([material], shape, "vi")) / 1024
    print(f"{shape.value}: {making:.2f} s, {size:.0f} KiB; a run {run:.2f} s")
    verdict(f"{shape.value} / run", making / run, goal)
gathering, run = alternate(
    lambda: gather_material(result, workshop, material.validation), full_run, ROUNDS
)
print(f"what the document rests on (the exact split of ten levers): {gathering:.2f} s")
verdict("material / run", gathering / run, 300)
