"""How does `simulator run` get from names to results? Read, check, run, hand over, tell."""

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.batch import (
    Failure,
    Hands,
    Journal,
    Order,
    Overrides,
    gather,
    open_journal,
    read_files,
    work,
)
from simulator.cli.run_output import Format, cutting, print_results, refuse_taken, write_results
from simulator.cli.run_progress import Progress, Voice
from simulator.cli.shared import say_aside, tell
from simulator.language import Language
from simulator.records import InputError, Problem
from simulator.run import Workshop
from simulator.scorecard import Rules
from simulator.thresholds import read_thresholds

DONE, SOME_FAILED, STOPPED = 0, 1, 130


@dataclass(frozen=True)
class Request:
    """What a call of `simulator run` asks for."""

    names: list[str]
    overrides: Overrides
    deterministic: bool
    rules: Mapping[str, Any]
    external_thresholds: bool
    format: Format
    language: Language
    out: Path | None
    resume: bool
    only_failed: bool
    hands: Hands
    voice: Voice


def run_batch(request: Request) -> int:
    """Run what is asked for; the exit code. Raises InputError where the call itself is wrong."""
    workshop = Workshop()
    if request.overrides.plan is not None:
        workshop.plan(request.overrides.plan)
    with open_journal() as journal, _stopped_by_term():
        unread = _queue(request, workshop, journal)
        order = _order(request, workshop)
        _keep(request, order, journal)
        try:
            _work(request, order, workshop, journal)
            _hand_over(request, unread, journal)
        except KeyboardInterrupt:
            counts = journal.counts()
            key = "batch.stopped" if request.out is None else "batch.stopped_kept"
            say_aside(key, done=counts.done + counts.failed, asked=counts.asked)
            return STOPPED
        for failure in (*unread, *journal.failures()):
            tell(failure.problems)
        counts = journal.counts()
        if counts.open:
            say_aside("batch.open", open=counts.open)
        return SOME_FAILED if unread or counts.failed or counts.open else DONE


def _queue(request: Request, workshop: Workshop, journal: Journal) -> list[Failure]:
    """Queue every run of every file that is right; the files that are not."""
    paths, failures = gather(request.names)
    for found in read_files(paths, workshop, request.overrides):
        failure = found if isinstance(found, Failure) else journal.add(found, workshop.hashes)
        if failure is not None:
            failures.append(failure)
    return failures


def _order(request: Request, workshop: Workshop) -> Order:
    thresholds: dict[str, Any] = {}
    for plan in workshop.plans.values() if request.external_thresholds else ():
        path = plan.folder / "thresholds_external.yaml"
        if path.is_file():
            thresholds |= read_thresholds(path, plan.targets)
    rules = Rules(**request.rules, thresholds=thresholds)
    cut = cutting(request.format, request.language, coloured=request.out is None)
    return Order(rules, request.deterministic, cut, dict(workshop.hashes))


def _keep(request: Request, order: Order, journal: Journal) -> None:
    if request.out is None:
        journal.keep_nowhere()
        return
    refuse_taken(request.out, request.format)
    written_in = request.language if request.format is Format.table else ""
    anew = not (request.resume or request.only_failed)
    journal.keep_in(request.out, order.stamp(request.format, written_in), anew=anew)


def _work(request: Request, order: Order, workshop: Workshop, journal: Journal) -> None:
    counts = journal.counts()
    todo = journal.failed() if request.only_failed else journal.todo()
    runs = counts.failed if request.only_failed else counts.open
    with Progress(request.voice, runs, counts.asked - runs) as progress:
        for task, found in work(journal, order, workshop, request.hands, todo, runs):
            progress.heard(task.name, found)


def _hand_over(request: Request, unread: list[Failure], journal: Journal) -> None:
    counts = journal.counts()
    single = counts.asked == 1 and not unread
    if request.out is None:
        if counts.asked:
            print_results(request.format, journal, single=single)
        return
    try:
        write_results(request.out, request.format, journal, unread, single=single)
        journal.prune()
    except OSError as error:
        for failure in (*unread, *journal.failures()):
            tell(failure.problems)
        wrong = f"cannot be written: {error.strerror}"
        path = str(error.filename or request.out)
        raise InputError([Problem(path, None, "", wrong)]) from None


@contextmanager
def _stopped_by_term() -> Iterator[None]:
    """A polite end of the process leaves the batch as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
