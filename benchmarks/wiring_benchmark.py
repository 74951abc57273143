"""Goal 3: equations wired by name against the same equations called one after the other by hand."""

from timing import alternate, verdict

from simulator.batch import default_plan
from simulator.projection import project
from simulator.run import Workshop
from simulator.scenario import Scenario

DRAWS = 8192

workshop = Workshop()
plan = workshop.plan(default_plan())
model = workshop.model(default_plan(), {})
graph = model.graph
trend = Scenario("trend", {}, {}, DRAWS, plan.sheet.seed, default_plan())
values = project(model, trend).values
inputs = {name: values[name] for name in values if name not in graph.equations}

lines = [f"    {name} = inputs[{name!r}]" for name in inputs]
lines += [f"    {n} = {n}_function({', '.join(graph.equations[n].arguments)})" for n in graph.order]
source = "\n".join(["def by_hand(inputs):", *lines, "    return grdp"])
functions = {f"{name}_function": graph.equations[name].function for name in graph.order}
exec(source, functions)

for draws in (DRAWS, 64):
    few = {
        name: value[:draws] if getattr(value, "shape", None) == (DRAWS,) else value
        for name, value in inputs.items()
    }
    wired, straight = alternate(
        lambda few=few: graph.run(few), lambda few=few: functions["by_hand"](few)
    )
    print(f"{draws} draws: wired {1000 * wired:.2f} ms, by hand {1000 * straight:.2f} ms")
    verdict(f"wired / by hand at {draws} draws", wired / straight, 1.1)
