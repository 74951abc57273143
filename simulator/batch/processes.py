"""How do processes share the scenarios of a batch, and what if one of them dies?"""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from threadpoolctl import threadpool_limits

from simulator.batch.gathering import Failure
from simulator.batch.journal import Task
from simulator.batch.running import Order, Outcome, outcome
from simulator.records import InputError, Problem
from simulator.run import Workshop

FEW = 200
"""Fewer runs than this are done by one process before another has started."""
AHEAD = 2
"""Scenarios that a worker holds: the one it runs, and the next."""
MOST_FALSE_STARTS = 3

_CONTEXT = multiprocessing.get_context("spawn")
_READY = b"ready"


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_here(
    todo: Iterator[Task], order: Order, workshop: Workshop
) -> Iterator[tuple[Task, Outcome]]:
    """Run scenario after scenario in this process."""
    for task in todo:
        yield task, outcome(task.unpacked(), workshop, order)


def run_in_processes(
    todo: Iterator[Task], order: Order, workers: int
) -> Iterator[tuple[Task, Outcome]]:
    """Run scenarios in worker processes; each outcome as it comes.

    A scenario whose worker dies is run once more, and fails when that one dies as well.
    Raises InputError where workers die before they are ready.
    """
    crew = _Crew(todo, order)
    try:
        crew.hire(workers)
        while crew.busy():
            yield from crew.heard()
    finally:
        crew.dismiss()


class _Worker:
    def __init__(self, order: Order) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=_work, args=(theirs, order), daemon=True)
        with _interrupts_held_back():
            self.process.start()
        theirs.close()
        self.ready = False
        self.tasks: deque[Task] = deque()

    def give(self, task: Task) -> None:
        self.tasks.append(task)
        with suppress(OSError):  # its end is heard when its pipe is read
            self.pipe.send_bytes(task.scenario)


class _Crew:
    def __init__(self, todo: Iterator[Task], order: Order) -> None:
        self.todo = todo
        self.order = order
        self.workers: dict[Connection[Any, Any], _Worker] = {}
        self.again: deque[Task] = deque()
        self.died_once: set[bytes] = set()
        self.false_starts = 0

    def hire(self, count: int) -> None:
        """Start workers as long as there is something to do."""
        for _ in range(count):
            task = self._next()
            if task is None:
                return
            worker = _Worker(self.order)
            self.workers[worker.pipe] = worker
            worker.give(task)
            self._feed(worker)

    def busy(self) -> bool:
        return any(worker.tasks for worker in self.workers.values())

    def _next(self) -> Task | None:
        return self.again.popleft() if self.again else next(self.todo, None)

    def _feed(self, worker: _Worker) -> None:
        while len(worker.tasks) < AHEAD and (task := self._next()) is not None:
            worker.give(task)

    def heard(self) -> Iterator[tuple[Task, Outcome]]:
        """What the workers have answered by now; waits for the first."""
        for pipe in wait([pipe for pipe, worker in self.workers.items() if worker.tasks]):
            worker = self.workers[pipe]  # type: ignore[index] # pipes are what was waited for
            try:
                told = worker.pipe.recv()
            except (EOFError, OSError):
                yield from self._bury(worker)
                continue
            if told == _READY:
                worker.ready, self.false_starts = True, 0
                continue
            task = worker.tasks.popleft()
            self._feed(worker)
            yield task, told

    def _bury(self, worker: _Worker) -> Iterator[tuple[Task, Outcome]]:
        """Take a dead worker's scenarios back, the first as the one that it died of."""
        del self.workers[worker.pipe]
        worker.pipe.close()
        worker.process.join()
        code = worker.process.exitcode
        if not worker.ready:
            self.false_starts += 1
            if self.false_starts == MOST_FALSE_STARTS:
                raise InputError(
                    [Problem("--workers", None, "", f"processes end at once, {_end(code)}")]
                )
            self.again.extendleft(reversed(worker.tasks))
        else:
            fatal, *rest = worker.tasks
            self.again.extendleft(reversed(rest))
            if fatal.key in self.died_once:
                wrong = f"its process ended twice, {_end(code)}"
                yield fatal, Failure(fatal.name, (Problem(fatal.name, None, "", wrong),))
            else:
                self.died_once.add(fatal.key)
                self.again.append(fatal)
        self.hire(1)

    def dismiss(self) -> None:
        for worker in self.workers.values():
            worker.pipe.close()  # an idle worker ends by itself
            if worker.tasks:
                worker.process.kill()
        for worker in self.workers.values():
            worker.process.join()


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """A process that is started meanwhile never hears an interrupt; this one hears it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _work(pipe: "Connection[Any, Any]", order: Order) -> None:
    """A worker: scenarios in, outcomes out, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the batch decides when its workers end
    workshop = Workshop()
    with threadpool_limits(1), suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            task = Task(b"", "", pipe.recv_bytes())
            pipe.send(outcome(task.unpacked(), workshop, order))
