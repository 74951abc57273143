"""Do processes give what one gives, and does a death among them cost no other scenario?"""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from simulator.batch import Failure, Piece, processes
from simulator.batch.processes import run_here, run_in_processes
from simulator.batch.working import Hands
from simulator.records import InputError
from simulator.run import Result
from tests.batch.batches import WORKSHOP, deadly, order, outcomes, sweep

POINTS = 12


@pytest.fixture
def swept(tmp_path: Path) -> Path:
    return sweep(tmp_path, "own", POINTS)


def test_processes_give_what_one_gives_and_a_death_costs_its_own_scenario_alone(
    swept: Path, tmp_path: Path
) -> None:
    fatal, once = "own[services_growth=0.0203]", "own[services_growth=0.0207]"
    dying = order(partial(deadly, fatal=fatal, once=once, mark=tmp_path / "died"))
    shared = outcomes(swept, lambda journal: run_in_processes(journal.todo(), dying, 2))
    alone = outcomes(swept, lambda journal: run_here(journal.todo(), order(), WORKSHOP))
    assert (tmp_path / "died").exists()
    failure = shared.pop(fatal)
    assert isinstance(failure, Failure)
    assert str(failure.problems[0]) == f"{fatal}: its process ended twice, signal 9"
    assert isinstance(shared[once], Piece)
    assert len(alone) == POINTS
    assert shared == {name: outcome for name, outcome in alone.items() if name != fatal}


def unloadable() -> None:
    raise RuntimeError("nothing can be loaded here")


class Unloadable:
    """Goes to another process and breaks there."""

    def __call__(self, result: Result) -> Piece:
        raise AssertionError(result)

    def __reduce__(self) -> Any:
        return unloadable, ()


def test_processes_that_cannot_start_end_the_batch(
    swept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "MOST_FALSE_STARTS", 1)
    broken = order(Unloadable())
    with pytest.raises(InputError, match="processes end at once, exit code 1"):
        outcomes(swept, lambda journal: run_in_processes(journal.todo(), broken, 2))


def test_few_runs_take_one_process_and_none_more_processes_than_runs() -> None:
    assert Hands().for_runs(processes.FEW - 1) == 1
    assert Hands().for_runs(processes.FEW) == processes.cores()
    assert Hands(workers=7).for_runs(3) == 3
    assert Hands(workers=7).for_runs(0) == 1
