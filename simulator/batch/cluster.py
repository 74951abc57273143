"""How does a Dask cluster run the scenarios of a batch? As processes would, one scenario a task."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from threadpoolctl import threadpool_limits

from simulator.batch.gathering import Failure
from simulator.batch.journal import Task
from simulator.batch.running import Order, Outcome, outcome
from simulator.records import InputError, Problem
from simulator.run import Workshop

AHEAD = 2
"""Scenarios sent to each thread of the cluster: the one it runs, and the next."""
SECONDS_TO_ANSWER = 10
ADDRESS = re.compile(r"([a-z]+://)?[^/\s]+:\d+")


def run_on_cluster(
    todo: Iterator[Task], order: Order, address: str
) -> Iterator[tuple[Task, Outcome]]:
    """Run scenarios on the cluster at an address; each outcome as it comes.

    What a worker that dies was running, another runs again; Dask gives a scenario up that several
    workers died of. Raises InputError where no cluster answers, or the one that did is gone.
    """
    if ADDRESS.fullmatch(address) is None:
        raise InputError([Problem("--cluster", None, address, "is no address", "tcp://HOST:PORT")])
    distributed = _distributed()
    try:
        client = distributed.Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        told = str(error) or type(error).__name__
        raise InputError(
            [Problem("--cluster", None, address, f"does not answer: {told}")]
        ) from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            wrong, allowed = "has no workers", "a cluster with workers"
            raise InputError([Problem("--cluster", None, address, wrong, allowed)])
        yield from _shared(todo, order, client, distributed, AHEAD * threads)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        allowed = "pip install 'plan-simulator[cluster]'"
        raise InputError([Problem("--cluster", None, "", "needs Dask", allowed)]) from None
    return distributed


def _shared(
    todo: Iterator[Task], order: Order, client: Any, distributed: Any, ahead: int
) -> Iterator[tuple[Task, Outcome]]:
    running: dict[Any, Task] = {}
    answered = distributed.as_completed(loop=client.loop)

    def send() -> None:
        task = next(todo, None)
        if task is not None:
            future = client.submit(_run, task, order, pure=False)
            running[future] = task
            answered.add(future)

    for _ in range(ahead):
        send()
    while running:
        future = next(answered)
        task = running.pop(future)
        if future.status in {"cancelled", "lost"}:
            raise InputError([Problem("--cluster", None, "", "the cluster is gone")])
        send()
        if future.status == "finished":
            yield task, future.result()
        else:
            wrong = f"{type(future.exception()).__name__}: {future.exception()}"
            yield task, Failure(task.name, (Problem(task.name, None, "", wrong),))


def _run(task: Task, order: Order) -> Outcome:
    _alone_in_its_thread()
    return outcome(task.unpacked(), _workshop(frozenset(order.plans.items())), order)


@lru_cache(maxsize=2)
def _workshop(_plans: frozenset[tuple[str, str]]) -> Workshop:
    """The plans and models of this worker, for batches of the same plans."""
    return Workshop()


@cache
def _alone_in_its_thread() -> Any:
    """The worker's threads are its parallelism, so no library starts others."""
    return threadpool_limits(1)
