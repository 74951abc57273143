"""Does a Dask cluster give what one process gives, also when one of its workers dies?"""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.batch import Failure, Outcome, Piece, cluster
from simulator.batch.cluster import run_on_cluster
from simulator.batch.journal import Journal, Task
from simulator.batch.processes import run_here
from simulator.records import InputError
from tests.batch.batches import WORKSHOP, order, outcomes, sweep

distributed = pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.filterwarnings("default"),  # of the cluster's own threads and sockets
    pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does"),
]
POINTS = 60


@pytest.fixture(scope="module")
def local() -> Iterator["distributed.LocalCluster"]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as found:
        yield found


def test_a_cluster_that_loses_a_worker_gives_what_one_process_gives(
    local: "distributed.LocalCluster", tmp_path: Path
) -> None:
    path = sweep(tmp_path, "own", POINTS)
    address = local.scheduler_address

    def one_dies(journal: Journal) -> Iterator[tuple[Task, Outcome]]:
        victim, *_ = [worker.pid for worker in local.workers.values()]
        for at, told in enumerate(run_on_cluster(journal.todo(), order(), address)):
            if at == POINTS // 3:
                os.kill(victim, signal.SIGKILL)
            yield told

    shared = outcomes(path, one_dies)
    alone = outcomes(path, lambda journal: run_here(journal.todo(), order(), WORKSHOP))
    assert len(shared) == POINTS
    assert all(isinstance(outcome, Piece) for outcome in shared.values())
    assert shared == alone


def test_a_scenario_that_fails_on_a_cluster_fails_alone(
    local: "distributed.LocalCluster", tmp_path: Path
) -> None:
    path = sweep(tmp_path, "own", 5)
    other = cluster.Order(order().rules, False, order().cut, {"dien_bien_2020": "another"})
    found = outcomes(
        path, lambda journal: run_on_cluster(journal.todo(), other, local.scheduler_address)
    )
    assert all(isinstance(outcome, Failure) for outcome in found.values())
    told = {str(outcome.problems[0].wrong) for outcome in found.values()}  # type: ignore[union-attr]
    assert told == {"the plan dien_bien_2020 is not the one that the batch began with"}


def test_an_address_without_a_cluster_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 1)
    path = sweep(tmp_path, "own", 2)
    for address, wrong in (
        *(("nonsense", "is no address"), ("", "is no address"), ("tcp://here", "is no address")),
        ("tcp://127.0.0.1:9", "does not answer"),
    ):
        with pytest.raises(InputError, match=wrong):
            outcomes(path, lambda journal, at=address: run_on_cluster(journal.todo(), order(), at))


def test_without_dask_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    path = sweep(tmp_path, "own", 2)
    with pytest.raises(InputError, match=r"needs Dask; allowed: pip install"):
        outcomes(path, lambda journal: run_on_cluster(journal.todo(), order(), "tcp://here:1"))
