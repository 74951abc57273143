"""Do processes that write at once lose nothing, and does one that is killed leave nothing half done?"""

import signal
import subprocess
import sys

from simulator.ledger import Ledger, open_ledger
from tests.ledger.told import told

WRITES = """
import sys
from simulator.ledger import open_ledger
from tests.ledger.told import told

address, who, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open_ledger(address) as ledger:
    for value in range(0, count, 10):
        ledger.record("plan", [told(value + at, by=who) for at in range(10)])
"""
HANGS = """
import sys, time
from sqlalchemy import event
from simulator.ledger import open_ledger
from tests.ledger.told import told

with open_ledger(sys.argv[1]) as ledger:
    @event.listens_for(ledger.engine, "after_cursor_execute")
    def hang(connection, cursor, statement, *_):
        if statement.lower().startswith("insert into ledger_entries"):
            print("in the middle", flush=True)
            time.sleep(60)
    ledger.record("plan", [told(value) for value in range(int(sys.argv[2]))], batch="import")
"""


def started(code: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.PIPE, text=True)


def test_two_processes_that_write_a_thousand_each_lose_none(address: str) -> None:
    writers = [started(WRITES, address, who, "1000") for who in ("one", "other")]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    for writer in writers:
        assert writer.stdout
        writer.stdout.close()
    with open_ledger(address) as ledger:
        rows = ledger.entries("plan")
    assert [row.number for row in rows] == list(range(1, 2001))
    times = [row.entered_at for row in rows]
    assert times == sorted(set(times))
    for who in ("one", "other"):
        own = [row.observation.value for row in rows if row.observation.entered_by == who]
        assert own == list(range(1000))


def test_a_process_that_is_killed_in_the_middle_leaves_none_of_it(ledger: Ledger) -> None:
    (kept,) = ledger.record("plan", [told()])
    with started(HANGS, str(ledger.engine.url), "5000") as child:
        assert child.stdout
        assert child.stdout.readline() == "in the middle\n"
        assert ledger.entries("plan") == [kept]
        child.send_signal(signal.SIGKILL)
    assert ledger.entries("plan") == [kept]
    ledger.record("plan", [told(2)])
    assert [row.number for row in ledger.entries("plan")] == [1, 2]
