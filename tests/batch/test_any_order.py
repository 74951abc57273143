"""Runs, kills, resumes and changed files in any order: are the results those of the files present?"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from simulator.batch import Journal, Outcome, Overrides, Piece, read_runs
from simulator.batch.journal import Task
from simulator.cli import run_output
from simulator.pieces import contents, joined_csv
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from tests.batch.batches import CSV, DRAWS, WORKSHOP, batch, told

NAMES = ("a", "b")
TEXTS = (
    "changes: {services_growth: 0.07}\n",
    "changes: {services_growth: 0.06}\n",
    "title: {vi: x, en: y}\nchanges: {services_growth: 0.07}\n",
    "sweep: {grid: {price_growth: [0.02, 0.03, 0.04]}}\n",
    "sweep: {list: [{name: one, changes: {price_growth: 0.03}}, {changes: {}}]}\n",
    "changes: {services_growth: 7}\n",
)
"""The last is no scenario."""


RUN: dict[str, Result] = {}
"""Results by all that a scenario says, so that the search is for orders and not for numbers."""
RESUME = st.sampled_from([True, True, True, False])


class Killed(BaseException):
    """What stands for a kill: nothing in the product catches it."""


@cache
def single(name: str, text: str) -> dict[str, bytes]:
    """The rows of a file's runs, each run alone, by the scenario's name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        runs, _ = read_runs([path], WORKSHOP, Overrides(draws=DRAWS))
    return {run.name: next(contents([CSV(WORKSHOP.run(run))])) for run in runs}


class AnyOrder(RuleBasedStateMachine):
    """A folder of scenarios, a folder of results, and what was done to them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="batch_order_"))
        (self.folder / "in").mkdir()
        self.texts: dict[str, str] = {}
        self.breaking: set[str] = set()
        self.recorded: set[bytes] = set()
        self.asked: list[bytes] = []
        self.patched = pytest.MonkeyPatch()
        self._watch()

    def teardown(self) -> None:
        self.patched.undo()
        shutil.rmtree(self.folder)

    def _watch(self) -> None:
        run, record = Workshop.run, Journal.record

        def running(workshop: Workshop, scenario: Scenario, *rest: Any, **more: Any) -> Result:
            if scenario.name.partition("[")[0] in self.breaking:
                raise ValueError("breaks")
            told = repr(scenario)
            if told not in RUN:
                RUN[told] = run(workshop, scenario, *rest, **more)
            return RUN[told]

        def recording(journal: Journal, task: Task, outcome: Outcome) -> None:
            self.asked.append(task.key)
            if self.left == 0 and self.before:
                raise Killed
            record(journal, task, outcome)
            if isinstance(outcome, Piece):
                self.recorded.add(task.key)
            if self.left == 0:
                raise Killed
            self.left -= 1

        self.left, self.before = -1, False
        self.patched.setattr(Workshop, "run", running)
        self.patched.setattr(Journal, "record", recording)

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @rule(name=st.sampled_from(NAMES), data=st.data())
    def write(self, name: str, data: st.DataObject) -> None:
        """A file is added, or gets another text."""
        text = data.draw(st.sampled_from([text for text in TEXTS if text != self.texts.get(name)]))
        self.texts[name] = text
        (self.folder / "in" / f"{name}.yaml").write_text(text, encoding="utf-8")

    @precondition(lambda self: self.texts)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.texts)))
        del self.texts[name]
        (self.folder / "in" / f"{name}.yaml").unlink()

    @rule(names=st.sets(st.sampled_from(NAMES), max_size=2))
    def break_some(self, names: set[str]) -> None:
        self.breaking = names

    @precondition(lambda self: self.texts)
    @rule(
        resume=RESUME,
        runs=st.integers(0, 6),
        before=st.booleans(),
    )
    def kill(self, resume: bool, runs: int, before: bool) -> None:
        """A run that is killed before or after the journal has some outcome."""
        if not resume:
            self.recorded.clear()
        self.left, self.before = runs, before
        try:
            self._batch(resume=resume)
        except Killed:
            return
        finally:
            self.left = -1
        self._is_right()

    @precondition(lambda self: self.texts)
    @rule(resume=RESUME, parts=st.integers(0, 3))
    def kill_while_writing(self, resume: bool, parts: int) -> None:
        """A run that is killed while the results are put together."""

        def breaking_off(pieces: Any) -> Iterator[bytes]:
            for at, content in enumerate(contents(pieces)):
                if at == parts:
                    raise Killed
                yield content

        if not resume:
            self.recorded.clear()
        self.patched.setattr(run_output, "contents", breaking_off)
        try:
            self._batch(resume=resume)
        except Killed:
            return
        finally:
            self.patched.setattr(run_output, "contents", contents)
        self._is_right()

    @precondition(lambda self: self.texts)
    @rule(resume=RESUME)
    def finish(self, resume: bool) -> None:
        if not resume:
            self.recorded.clear()
        self._batch(resume=resume)
        self._is_right()

    @precondition(lambda self: self.texts)
    @rule()
    def heal(self) -> None:
        """All that failed is run again and nothing breaks: the results are those of all files."""
        self.breaking = set()
        self._batch(resume=True)
        self._batch(only_failed=True)
        self._is_right()
        assert set(self._rows()) == set(self._wanted())

    def _batch(self, **how: bool) -> None:
        self.asked.clear()
        known = set(self.recorded)
        try:
            batch(self.folder / "in", self.out, **how)
        finally:
            assert not known & set(self.asked), "what is done is not run again"

    def _wanted(self) -> dict[str, bytes]:
        """The rows of every run of the files present, each run alone."""
        breaking, self.breaking = self.breaking, set()
        found: dict[str, bytes] = {}
        for name in sorted(self.texts):
            found |= single(name, self.texts[name])
        self.breaking = breaking
        return found

    def _rows(self) -> list[str]:
        return [run["scenario"] for run in told(self.out)["runs"]]

    def _is_right(self) -> None:
        """Every run of every file present is in the results as it would be alone, or has failed."""
        wanted, found = self._wanted(), told(self.out)
        bad = {
            f"{self.folder / 'in' / name}.yaml"
            for name, text in self.texts.items()
            if text == TEXTS[-1]
        }
        done = self._rows()
        failed = set(found["failed"]) - bad
        assert bad <= set(found["failed"])
        assert found["not_run"] == []
        assert done == [name for name in wanted if name not in failed]
        assert failed <= set(wanted)
        with closing(sqlite3.connect(self.out / "journal.sqlite")) as journal:
            kept = journal.execute("SELECT key FROM outcome WHERE entry IS NOT NULL").fetchall()
        self.recorded = {key for (key,) in kept}
        assert len(kept) == len(done), "what no file asks for is let go"
        results = (self.out / "results.csv").read_bytes()
        assert results == b"".join(joined_csv(wanted[name] for name in done))

    @invariant()
    def no_half_file_stays(self) -> None:
        known = ("journal.sqlite", "manifest.json", "results.csv", "changes.csv")
        found = {path.name for path in self.out.iterdir()} if self.out.exists() else set()
        assert all(name.startswith(known) for name in found)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=max(30, settings.default.max_examples // 2), stateful_step_count=20
)
