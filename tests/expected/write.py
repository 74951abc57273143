"""Write the expected scorecard of every shipped scenario: `python -m tests.expected.write`.

Run it after a change that is meant to move numbers, and read the difference before keeping it.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from simulator.batch import read_runs
from simulator.run import Result, Workshop
from simulator.scenario_file import shipped_scenarios

FOLDER = Path(__file__).parent
COLUMNS = ("name", "p50", "plan_chance", "distance")


def shipped_results() -> Iterator[Result]:
    """Every shipped scenario as it is run where nothing is asked: 4096 draws, the plan's seed."""
    workshop = Workshop()
    runs, failures = read_runs(shipped_scenarios().values(), workshop)
    assert not failures, failures
    return (workshop.run(run) for run in runs)


def rows(result: Result) -> list[dict[str, float | str | None]]:
    """The pinned part of a scorecard: median, chance and lead over the target, a row a target."""
    return [
        {
            "name": row.name,
            "p50": None if row.quantiles is None else row.quantiles[1],
            "plan_chance": row.plan_chance,
            "distance": row.distance,
        }
        for row in result.card.rows.values()
    ]


def text(result: Result) -> str:
    """A scorecard as the text of its table, with the digits that the comparison uses."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(result):
        writer.writerow(
            {
                column: f"{value:.9g}" if isinstance(value, float) else value
                for column, value in row.items()
            }
        )
    return file.getvalue()


if __name__ == "__main__":
    for found in shipped_results():
        (FOLDER / f"{found.scenario.name}.csv").write_text(text(found), encoding="utf-8")
