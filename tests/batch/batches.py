"""How is a small batch run in a folder, and what should its results be?"""

import json
import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from simulator.batch import (
    Hands,
    Journal,
    Order,
    Outcome,
    Overrides,
    Piece,
    open_journal,
    read_files,
)
from simulator.batch.reading import FileRuns
from simulator.cli.run_batch import Request, run_batch
from simulator.cli.run_output import Format
from simulator.cli.run_progress import Voice
from simulator.pieces import as_csv, cut
from simulator.run import Result, Workshop
from simulator.scorecard import Rules
from tests.scenario_texts import write

WORKSHOP = Workshop()
DRAWS = 2
CSV = partial(cut, write=as_csv)


def request(folder: Path, out: Path | None, **changed: Any) -> Request:
    given: dict[str, Any] = {
        "names": [str(folder)],
        "overrides": Overrides(draws=DRAWS),
        "deterministic": False,
        "rules": {},
        "external_thresholds": False,
        "format": Format.csv,
        "language": "en",
        "out": out,
        "resume": False,
        "only_failed": False,
        "hands": Hands(workers=1),
        "voice": Voice.quiet,
    }
    return Request(**given | changed)


def batch(folder: Path, out: Path, **changed: Any) -> int:
    return run_batch(request(folder, out, **changed))


def told(out: Path) -> dict[str, Any]:
    """The manifest without its time."""
    found: dict[str, Any] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    found.pop("time")
    return found


def everything(out: Path) -> dict[str, Any]:
    """All that a batch wrote, the time and the journal aside."""
    names = {path.name for path in out.iterdir()} - {"manifest.json"}
    files = {name: (out / name).read_bytes() for name in names if "journal" not in name}
    return files | {"manifest": told(out)}


def sweep(folder: Path, name: str, points: int) -> Path:
    """A file of so many runs."""
    values = ", ".join(f"{0.02 + at / 10000:.4f}" for at in range(points))
    return write(folder, name, f"sweep: {{grid: {{services_growth: [{values}]}}}}\n")


def order(cutting: Callable[[Result], Piece] = CSV) -> Order:
    return Order(Rules(), False, cutting, WORKSHOP.hashes)


def queued(journal: Journal, *paths: Path) -> None:
    for found in read_files(paths, WORKSHOP, Overrides(draws=DRAWS)):
        assert isinstance(found, FileRuns)
        assert journal.add(found, WORKSHOP.hashes) is None


def outcomes(
    path: Path, run: Callable[[Journal], Iterator[tuple[Any, Outcome]]]
) -> dict[str, Outcome]:
    """What came of every scenario of a file, by its name."""
    with open_journal() as journal:
        queued(journal, path)
        journal.keep_nowhere()
        found = [(task.name, outcome) for task, outcome in run(journal)]
    assert len(dict(found)) == len(found), "no scenario is told twice"
    return dict(found)


def deadly(result: Result, fatal: str, once: str, mark: Path) -> Piece:
    """Cuts pieces, but for two scenarios that end their process: one always, one the first time."""
    name = result.scenario.name
    if name == fatal or (name == once and not mark.exists()):
        if name == once:
            mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return CSV(result)
