"""What does a folder of results remember, for whom, and for how long?"""

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result as Called
from typer.testing import CliRunner

from simulator.batch import Overrides, open_journal, running
from simulator.cli import app
from simulator.cli.run_output import Format
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from tests.batch.batches import batch, everything, order, queued, sweep, told
from tests.folders import copied
from tests.scenario_texts import write

ONE = "changes: {services_growth: 0.07}\n"


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the scenarios that are run."""
    names: list[str] = []
    run = Workshop.run

    def running(workshop: Workshop, scenario: Scenario, *rest: Any, **more: Any) -> Result:
        names.append(scenario.name)
        return run(workshop, scenario, *rest, **more)

    monkeypatch.setattr(Workshop, "run", running)
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", "a", ONE)
    write(tmp_path / "in", "b", ONE)
    return tmp_path / "in"


def simulator(*words: str) -> Called:
    return CliRunner().invoke(app, list(words), prog_name="simulator")


def test_without_resume_all_is_run_again(folder: Path, tmp_path: Path, ran: list[str]) -> None:
    batch(folder, tmp_path / "out")
    before = everything(tmp_path / "out")
    batch(folder, tmp_path / "out")
    assert ran == ["a", "b"] * 2
    assert everything(tmp_path / "out") == before


def test_with_resume_only_what_changed_is_run(folder: Path, tmp_path: Path, ran: list[str]) -> None:
    batch(folder, tmp_path / "out")
    write(folder, "b", "changes: {services_growth: 0.05}\n")
    write(folder, "c", ONE)
    ran.clear()
    batch(folder, tmp_path / "out", resume=True)
    assert ran == ["b", "c"]
    batch(folder, tmp_path / "anew")
    assert everything(tmp_path / "out") == everything(tmp_path / "anew")


@pytest.mark.parametrize(
    "changed",
    [
        {"overrides": Overrides(draws=4)},
        {"overrides": Overrides(draws=2, seed=7)},
        {"rules": {"rounding": False}},
        {"deterministic": True},
        {"format": Format.json},
    ],
)
def test_what_was_run_another_way_is_run_again(
    changed: dict[str, Any], folder: Path, tmp_path: Path, ran: list[str]
) -> None:
    batch(folder, tmp_path / "out")
    ran.clear()
    batch(folder, tmp_path / "out", resume=True, **changed)
    assert ran == ["a", "b"]
    results = everything(tmp_path / "out")
    batch(folder, tmp_path / "anew", **changed)
    assert results.items() >= everything(tmp_path / "anew").items()


def test_a_changed_plan_or_version_is_another_batch(
    folder: Path, tmp_path: Path, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = copied(tmp_path)
    overrides = Overrides(draws=2, plan=str(plan))
    batch(folder, tmp_path / "out", overrides=overrides)
    sheet = plan / "plan.yaml"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\n# another\n", encoding="utf-8")
    ran.clear()
    batch(folder, tmp_path / "out", overrides=overrides, resume=True)
    assert ran == ["a", "b"]
    monkeypatch.setattr(running, "product_version", lambda: "another")
    ran.clear()
    batch(folder, tmp_path / "out", overrides=overrides, resume=True)
    assert ran == ["a", "b"]


def test_a_failure_is_told_again_but_run_again_only_when_asked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    run = Workshop.run
    broken = {"b"}
    asked: list[str] = []

    def running(workshop: Workshop, scenario: Scenario, *rest: Any, **more: Any) -> Result:
        asked.append(scenario.name)
        if scenario.name in broken:
            raise KeyError("lost")
        return run(workshop, scenario, *rest, **more)

    monkeypatch.setattr(Workshop, "run", running)
    assert batch(folder, tmp_path / "out") == 1
    assert told(tmp_path / "out")["failed"] == ["b"]
    broken.clear()
    asked.clear()
    capsys.readouterr()
    assert batch(folder, tmp_path / "out", resume=True) == 1
    assert asked == []
    assert capsys.readouterr().err == "b: KeyError: 'lost'\n"
    write(folder, "c", ONE)
    assert batch(folder, tmp_path / "out", only_failed=True) == 1
    assert asked == ["b"]
    assert told(tmp_path / "out")["not_run"] == ["c"]
    assert "1 scenarios have not been run yet" in capsys.readouterr().err
    assert batch(folder, tmp_path / "out", resume=True) == 0
    assert asked == ["b", "c"]


def test_a_second_batch_is_refused_while_the_first_writes(folder: Path, tmp_path: Path) -> None:
    batch(folder, tmp_path / "out")
    before = everything(tmp_path / "out")
    with open_journal() as journal:
        journal.keep_in(tmp_path / "out", "stamp", anew=False)
        second = simulator("run", str(folder), "--draws", "2", "--out", str(tmp_path / "out"))
    assert second.exit_code == 2
    journal_file = tmp_path / "out" / "journal.sqlite"
    assert second.stderr == (
        f"{journal_file}: another batch is writing to this folder; "
        "allowed: another folder, or wait until it is done\n"
    )
    assert everything(tmp_path / "out") == before
    assert batch(folder, tmp_path / "out", resume=True) == 0


def test_a_file_that_is_no_journal_is_left_as_it_is(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_text("my own\n" * 1000)
    found = simulator("run", str(folder), "--draws", "2", "--out", str(tmp_path), "--resume")
    assert found.exit_code == 2
    assert "is not the journal of a batch" in found.stderr
    assert (tmp_path / "journal.sqlite").read_text() == "my own\n" * 1000


def test_a_wrong_call_forgets_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(folder, out)
    before = (out / "journal.sqlite").read_bytes()
    found = simulator("run", str(folder), "--out", str(out), "--set", "nothing=1")
    assert found.exit_code == 2
    assert (out / "journal.sqlite").read_bytes() == before
    assert simulator("run", "--out", str(tmp_path / "x"), "--set", "nothing=1").exit_code == 2
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--resume"], "--resume: needs --out FOLDER\n"),
        (["--only-failed"], "--only-failed: needs --out FOLDER\n"),
        (
            ["--workers", "2", "--cluster", "tcp://here:1"],
            "--workers: stands beside --cluster; allowed: one of the two\n",
        ),
    ],
)
def test_options_that_do_not_fit_are_told(words: list[str], message: str) -> None:
    found = simulator("run", *words)
    assert (found.exit_code, found.stderr) == (2, message)


def test_the_journal_lets_go_of_what_is_no_longer_asked_for(folder: Path, tmp_path: Path) -> None:
    batch(folder, tmp_path / "out")
    (folder / "a.yaml").unlink()
    batch(folder, tmp_path / "out", resume=True)
    with sqlite3.connect(tmp_path / "out" / "journal.sqlite") as journal:
        assert journal.execute("SELECT count(*) FROM outcome").fetchone() == (1,)


def test_a_log_has_a_line_for_every_event(folder: Path, tmp_path: Path) -> None:
    write(folder, "c", "changes: {new_ocop_products: {p10: 1e-300, p50: 1e-300, p90: 60}}\n")
    words = ["run", str(folder), "--out", str(tmp_path / "out"), "--log", "--draws", "4096"]
    lines = simulator(*words).stderr.splitlines()
    events = [line.split(" ")[1] for line in lines[:-1]]
    assert events == ["started:", "done", "done", "failed", "ended:"]
    assert "comes to no finite number" in lines[3]
    assert lines[-1].startswith("c: ocop_products: comes to no finite number")


def test_quiet_tells_errors_only(folder: Path, tmp_path: Path) -> None:
    assert simulator("run", str(folder), "--draws", "2", "--format", "csv", "--quiet").stderr == ""


def test_a_machine_of_another_version_is_told(tmp_path: Path) -> None:
    path = sweep(tmp_path, "own", 1)
    with open_journal() as journal:
        queued(journal, path)
        journal.keep_nowhere()
        (task,) = journal.todo()
    other = replace(order(), code="another")
    failure = running.outcome(task.unpacked(), Workshop(), other)
    assert "this machine runs another version" in str(failure)


def test_a_queue_of_thousands_is_given_page_by_page(tmp_path: Path) -> None:
    path = sweep(tmp_path, "own", 700)
    with open_journal() as journal:
        queued(journal, path)
        journal.keep_nowhere()
        tasks = list(journal.todo())
        assert len({task.name for task in tasks}) == len(tasks) == 700
        assert [task.unpacked().name for task in tasks] == [task.name for task in tasks]
        failure = running.outcome(tasks[0].unpacked(), Workshop(), _order_of_another_plan())
        journal.record(tasks[0], failure)
        assert [task.name for task in journal.failed()] == [tasks[0].name]
        assert [task.name for task in journal.todo()] == [task.name for task in tasks[1:]]
        assert "not the one that the batch began with" in str(next(journal.failures()).problems)


def _order_of_another_plan() -> running.Order:
    return running.Order(order().rules, False, order().cut, {"dien_bien_2020": "another"})
