"""How does a batch get done? Here, in processes or on a cluster; each outcome kept as it comes."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.batch.cluster import run_on_cluster
from simulator.batch.journal import Journal, Task
from simulator.batch.processes import FEW, cores, run_here, run_in_processes
from simulator.batch.running import Order, Outcome
from simulator.run import Workshop


@dataclass(frozen=True)
class Hands:
    """Who does the work."""

    workers: int | None = None
    """Processes; None for as many as the machine has cores, or one where there is little to do."""
    cluster: str | None = None
    """The address of a Dask cluster."""

    def for_runs(self, count: int) -> int:
        """How many processes share some runs."""
        return min(self.workers or (1 if count < FEW else cores()), max(count, 1))


def work(
    journal: Journal,
    order: Order,
    workshop: Workshop,
    hands: Hands,
    todo: Iterator[Task],
    runs: int,
) -> Iterator[tuple[Task, Outcome]]:
    """Run so many scenarios of a journal; each outcome is kept before it is given."""
    workers = hands.for_runs(runs)
    if hands.cluster is not None:
        outcomes = run_on_cluster(todo, order, hands.cluster)
    elif workers > 1:
        outcomes = run_in_processes(todo, order, workers)
    else:
        outcomes = run_here(todo, order, workshop)
    for task, found in outcomes:
        journal.record(task, found)
        yield task, found
