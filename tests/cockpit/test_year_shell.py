"""Does the shell line at the foot of the year's page learn what the page shows, bit for bit?"""

import csv
import io
import shlex
from dataclasses import replace
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from simulator.cli import app
from simulator.cockpit.year_page import shell_line
from simulator.ledger import DATABASE, open_ledger
from tests.cockpit.sessions import PLAN
from tests.cockpit.year_sessions import act, year_session
from tests.strategies import shipped_plan
from tests.track.years import told

JUNE = date(2020, 6, 30)
LATER, EARLIER = ((date.today() + timedelta(days=2 * way)).isoformat() for way in (1, -1))
"""After and before now wherever one is: a day of the calendar ends at different moments."""
REPLAYS = {
    "now": None,
    "spoken": act("replay", date="2020-07-31", clock="spoken"),
    "entered by then": act("replay", date=LATER, clock="entered"),
    "entered since": act("replay", date=EARLIER, clock="entered"),
}


@pytest.mark.parametrize("replay", REPLAYS)
def test_the_shell_line_learns_what_the_page_shows(replay, tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path}/log.db"
    monkeypatch.setenv(DATABASE, address)
    with open_ledger(address) as ledger:
        seen = [told("visitors", 430.0, day=JUNE), told("exports", 40.0)]
        ledger.record(PLAN, [replace(row, entered_by="Lan") for row in seen])
        made = year_session(ledger=ledger, draws=shipped_plan().sheet.draws)
        if REPLAYS[replay] is not None:
            made.handle(REPLAYS[replay])
        tracked = made.learned(made.log()).tracked
        line = shell_line(made)
    words = [*shlex.split(line)[1:], "--format", "csv"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    expected = {"now": 2, "spoken": 1, "entered by then": 2, "entered since": 0}
    assert len(tracked.used) == expected[replay]
    for name, row in tracked.posterior.rows.items():
        printed = rows[name]["plan_chance"]
        assert (float(printed) if printed else None) == row.plan_chance
