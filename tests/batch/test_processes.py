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
from tests.batch.batches import WORKSHOP, deadly, deadly_once, order, outcomes, sweep

POINTS = 12


@pytest.fixture
def swept(tmp_path: Path) -> Path:
    return sweep(tmp_path, "own", POINTS)


def test_processes_give_what_one_process_gives(swept: Path) -> None:
    alone = outcomes(swept, lambda journal: run_here(journal.todo(), order(), WORKSHOP))
    shared = outcomes(swept, lambda journal: run_in_processes(journal.todo(), order(), 2))
    assert len(alone) == POINTS
    assert all(isinstance(outcome, Piece) for outcome in alone.values())
    assert shared == alone


def test_a_scenario_that_kills_its_process_fails_alone(swept: Path) -> None:
    name = "own[services_growth=0.0203]"
    fatal = order(partial(deadly, name=name))
    found = outcomes(swept, lambda journal: run_in_processes(journal.todo(), fatal, 2))
    failure = found.pop(name)
    assert isinstance(failure, Failure)
    assert str(failure.problems[0]) == f"{name}: its process ended twice, signal 9"
    assert len(found) == POINTS - 1
    assert all(isinstance(outcome, Piece) for outcome in found.values())


def test_a_scenario_whose_process_dies_once_is_run_once_more(swept: Path, tmp_path: Path) -> None:
    name = "own[services_growth=0.0211]"
    fatal = order(partial(deadly_once, name=name, mark=tmp_path / "died"))
    found = outcomes(swept, lambda journal: run_in_processes(journal.todo(), fatal, 2))
    assert (tmp_path / "died").exists()
    assert len(found) == POINTS
    assert all(isinstance(outcome, Piece) for outcome in found.values())


def unloadable() -> None:
    raise RuntimeError("nothing can be loaded here")


class Unloadable:
    """Goes to another process and breaks there."""

    def __call__(self, result: Result) -> Piece:
        raise AssertionError(result)

    def __reduce__(self) -> Any:
        return unloadable, ()


def test_processes_that_cannot_start_end_the_batch(swept: Path) -> None:
    broken = order(Unloadable())
    with pytest.raises(InputError, match="processes end at once, exit code 1"):
        outcomes(swept, lambda journal: run_in_processes(journal.todo(), broken, 2))


def test_few_runs_take_one_process_and_none_more_processes_than_runs() -> None:
    assert Hands().for_runs(processes.FEW - 1) == 1
    assert Hands().for_runs(processes.FEW) == processes.cores()
    assert Hands(workers=7).for_runs(3) == 3
    assert Hands(workers=7).for_runs(0) == 1
