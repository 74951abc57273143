"""Which line in a shell gives the same numbers again?"""

import shlex

from simulator.assumptions import Setting
from simulator.batch.gathering import DEFAULT_SCENARIO, default_plan
from simulator.plan import Plan
from simulator.scenario import Scenario


def shell_line(scenario: Scenario, plan: Plan) -> str:
    """The line that runs a scenario again in a shell, bit for bit.

    What is learned or solved does not fit a line: then it names the scenario's file.
    """
    if scenario.observations or scenario.solve:
        return shlex.join(["simulator", "run", f"{scenario.name}.yaml"])
    words = ["simulator", "run", DEFAULT_SCENARIO]
    if plan.name != default_plan():
        words += ["--plan", scenario.plan]
    for name, setting in scenario.changes.items():
        words += ["--set", f"{name}={_yaml(setting)}"]
    for name, value in scenario.typed_baselines.items():
        words += ["--baseline", f"{name}={value!r}"]
    if scenario.draws != plan.sheet.draws:
        words += ["--draws", str(scenario.draws)]
    return shlex.join([*words, "--seed", str(scenario.seed)])


def _yaml(setting: Setting) -> str:
    if setting.fixed:
        return f"{{fixed: {setting.centre!r}}}"
    if setting.p10 is not None:
        return f"{{p10: {setting.p10!r}, p50: {setting.centre!r}, p90: {setting.p90!r}}}"
    return repr(setting.centre)
