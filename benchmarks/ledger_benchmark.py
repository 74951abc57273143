"""What does the log cost beside a run: to enter a figure, to ask for news, to replay a long year?"""

import datetime
import tempfile
from pathlib import Path

from timing import alternate, verdict

from simulator.batch import default_plan
from simulator.ledger import open_ledger
from simulator.observation import Observation
from simulator.projection import project
from simulator.run import Workshop
from simulator.scenario import Scenario
from simulator.scorecard import score

DRAWS = 8192
ENTRIES = 5000
ROUNDS = 15

workshop = Workshop()
plan = workshop.plan(default_plan())
model = workshop.model(default_plan(), {})
scenario = Scenario("trend", {}, {}, DRAWS, plan.sheet.seed, default_plan())
figure = Observation(
    "visitors", "to_date", 430.0, "thousand_visits", datetime.date(2020, 6, 30), "a report", "me"
)


def full_run() -> None:
    score(project(model, scenario))


with (
    tempfile.TemporaryDirectory() as folder,
    open_ledger(f"sqlite:///{Path(folder) / 'ledger.db'}") as ledger,
):
    ledger.record("other", [figure] * ENTRIES)
    middle = ledger.entries("other")[ENTRIES // 2].entered_at
    for name, call, goal in (
        ("entering a figure", lambda: ledger.record("plan", [figure]), 1),
        ("asking for news", lambda: ledger.version("other"), 0.1),
        (f"reading {ENTRIES} entries", lambda: ledger.entries("other"), 4),
        (f"replaying half of {ENTRIES}", lambda: ledger.entries("other", until=middle), 4),
    ):
        taken, run = alternate(call, full_run, rounds=ROUNDS)
        print(f"{name}: {1000 * taken:.1f} ms, a full run {1000 * run:.0f} ms")
        verdict(f"{name} / full run", taken / run, goal)
