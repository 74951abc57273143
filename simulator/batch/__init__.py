"""How are many scenarios run? All are read and checked first; one that fails stops no other."""

from simulator.batch.gathering import (
    DEFAULT_SCENARIO,
    Failure,
    default_plan,
    gather,
    printable,
)
from simulator.batch.journal import Journal, open_journal
from simulator.batch.reading import Overrides, read_files, read_runs
from simulator.batch.repeating import shell_line
from simulator.batch.running import Order, Outcome, Piece, run_all
from simulator.batch.working import Hands, work

__all__ = [
    "DEFAULT_SCENARIO",
    "Failure",
    "Hands",
    "Journal",
    "Order",
    "Outcome",
    "Overrides",
    "Piece",
    "default_plan",
    "gather",
    "open_journal",
    "printable",
    "read_files",
    "read_runs",
    "run_all",
    "shell_line",
    "work",
]
