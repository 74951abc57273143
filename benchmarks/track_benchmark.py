"""What does learning from ten months of payments, and from half a year of tourists, cost beside a run?"""

import datetime

from timing import alternate, verdict

from simulator.batch import default_plan
from simulator.observation import Observation
from simulator.projection import project
from simulator.run import Workshop
from simulator.scenario import Scenario
from simulator.scorecard import score
from simulator.track import track

DRAWS = 8192
ROUNDS = 9
DAY = datetime.date(2020, 10, 30)

workshop = Workshop()
plan = workshop.plan(default_plan())
model = workshop.model(default_plan(), {})
scenario = Scenario("trend", {}, {}, DRAWS, plan.sheet.seed, default_plan())
prior = score(project(model, scenario))


def seen(quantity: str, kind: str, value: float, unit: str, day: datetime.date) -> Observation:
    return Observation(quantity, kind, value, unit, day, "the report", "")  # type: ignore[arg-type]


payments = [
    seen(f"{name}_disbursement", kind, amount / fund.allocation, "share", DAY)
    for name, fund in plan.funds.items()
    for kind, amount in (
        ("to_date", fund.disbursed_to_date),
        ("year_end_estimate", fund.year_end_estimate),
    )
    if amount is not None and fund.allocation
]
tourists = [seen("visitors", "to_date", 300, "thousand_visits", datetime.date(2020, 6, 30))]
results = [seen("poverty_rate", "final", 30.5, "percent", datetime.date(2020, 12, 31))]


def full_run() -> None:
    score(project(model, scenario))


for name, rows, goal in (
    (f"{len(payments)} figures of five funds", payments, 8),
    ("half a year of tourists, with the rare epidemic", tourists, 10),
    ("one exact result", results, 10),
):
    found = track(prior, rows)
    assert found.weights is not None
    learning, run = alternate(lambda rows=rows: track(prior, rows), full_run, rounds=ROUNDS)
    print(
        f"{name}: {1000 * learning:.0f} ms, a full run {1000 * run:.0f} ms; "
        f"{found.weights.effective:.0f} of {DRAWS} draws count"
    )
    verdict("learning / full run", learning / run, goal)
