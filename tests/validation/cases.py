"""What do the tests of validation share? The backtest, and small made-up outcomes."""

from functools import cache
from pathlib import Path

from simulator.batch import Overrides, read_runs
from simulator.plan import find_plan
from simulator.run import Workshop
from simulator.scenario_file import find_scenario
from simulator.scorecard import Scorecard
from simulator.validation import Outcome, Validation, read_outcomes, validate

BACKTEST = "dien_bien_2019"
HEADER = "name,value,unit,source\n"


@cache
def card(plan: str = BACKTEST, draws: int | None = None, seed: int | None = None) -> Scorecard:
    """The trend of a plan."""
    workshop = Workshop()
    overrides = Overrides(plan=plan, draws=draws, seed=seed)
    (run,), failures = read_runs([find_scenario("trend")], workshop, overrides)
    assert not failures
    return workshop.run(run).card


@cache
def outcomes() -> dict[str, Outcome]:
    return read_outcomes(find_plan(BACKTEST) / "outcomes.csv", card(draws=64).projection.plan)


@cache
def backtest(draws: int | None = None, seed: int | None = None) -> Validation:
    return validate(card(draws=draws, seed=seed), outcomes())


def written(folder: Path, *rows: str) -> Path:
    """An outcomes file with some rows."""
    path = folder / "known.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path
