"""What does `simulator run` tell while it runs? A bar with the time left, a log, or nothing."""

import enum
import sys
import time
from datetime import UTC, datetime, timedelta
from types import TracebackType

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from simulator.batch import Failure, Outcome
from simulator.cli.shared import said_aside, told


class Voice(enum.Enum):
    """How a batch tells of itself."""

    bar = enum.auto()
    log = enum.auto()
    quiet = enum.auto()


class Progress:
    """What is told of a batch while it runs; a bar only where there is a terminal to draw it."""

    def __init__(self, voice: Voice, runs: int, before: int) -> None:
        self._log = voice is Voice.log
        self._runs = runs
        self._before = before
        self._done = 0
        self._failed = 0
        self._first = 0.0
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        hidden = voice is not Voice.bar or runs < 2 or not sys.stderr.isatty()
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True, disable=hidden)
        self._task = self._bar.add_task("", total=runs)

    def __enter__(self) -> "Progress":
        self._bar.start()
        self._write("batch.log_start", runs=self._runs, before=self._before)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()
        key = "batch.log_end" if kind is None else "batch.log_stop"
        self._write(key, done=self._done, failed=self._failed, runs=self._runs)

    def heard(self, name: str, outcome: Outcome) -> None:
        """One more run is done, or has failed."""
        self._done += 1
        self._bar.advance(self._task)
        if isinstance(outcome, Failure):
            self._failed += 1
            text = "; ".join(map(told, outcome.problems))
            self._write("batch.log_failed", name=name, problems=text)
        else:
            self._write(
                "batch.log_done", name=name, done=self._done, runs=self._runs, left=self._left()
            )

    def _left(self) -> str:
        """The time left, from the first outcome on: before it, processes were starting."""
        if self._done == 1:
            self._first = time.monotonic()
            return "?"
        pace = (time.monotonic() - self._first) / (self._done - 1)
        return str(timedelta(seconds=round(pace * (self._runs - self._done))))

    def _write(self, key: str, **values: object) -> None:
        if self._log:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            typer.echo(f"{now} {said_aside(key, **values)}", err=True)
