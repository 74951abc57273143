"""Do many scenarios run as each would alone, and does one that fails stop no other?"""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.batch import Failure, Overrides, gather, printable, read_runs, run_all
from simulator.records import InputError, Problem
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.scenario_file import shipped_scenarios
from simulator.scorecard import Rules
from tests.scenario_texts import BAD_TEN, PLAN, file_text, plain, write
from tests.strategies import scenario

SHIPPED = shipped_scenarios()
WORKSHOP = Workshop()
ENDLESS = {"new_ocop_products": Setting(1e-300, p10=1e-300, p90=60.0)}
"""Quantiles so far apart that some draw overflows."""


def stems(paths: Iterable[Path]) -> list[str]:
    return [path.stem for path in paths]


def told(failures: Iterable[Failure]) -> list[Problem]:
    return [problem for failure in failures for problem in failure.problems]


def small(*names: str) -> list[Scenario]:
    runs, failures = read_runs([SHIPPED[name] for name in names], WORKSHOP, Overrides(draws=64))
    assert not failures
    return runs


def outcomes(runs: Iterable[Scenario], **options: Any) -> dict[str, Result | Failure]:
    found = run_all(runs, WORKSHOP, Rules(), **options)
    return {
        outcome.name if isinstance(outcome, Failure) else outcome.scenario.name: outcome
        for outcome in found
    }


# Which files


def test_files_of_a_folder_are_taken_in_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "C.YAML", ".hidden.yaml", "notes.txt", "scenario.schema.json"):
        (tmp_path / name).write_text("title: {vi: x}\n")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "d.yaml").write_text("title: {vi: x}\n")
    paths, failures = gather([str(tmp_path)])
    assert not failures
    assert stems(paths) == ["C", "a", "b"]


def test_names_files_and_folders_mix_and_each_file_runs_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "own", "title: {vi: x}\n")
    names = ["trend", str(SHIPPED["trend"]), "own.yaml", ".", "./own.yaml", str(tmp_path)]
    paths, failures = gather(names)
    assert not failures
    assert stems(paths) == ["trend", "own"]


def test_a_folder_of_a_shipped_name_without_scenarios_hides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan").mkdir()
    assert gather(["plan"]) == ([SHIPPED["plan"]], [])
    write(tmp_path / "plan", "own", "title: {vi: x}\n")
    assert stems(gather(["plan"])[0]) == ["own"]


def test_what_is_no_file_is_told_and_the_others_are_kept(tmp_path: Path) -> None:
    empty = tmp_path / "nothing_in_it"
    empty.mkdir()
    names = [str(empty), "trend", "late_fund", "a" * 5000, "", "a\0b"]
    paths, failures = gather(names)
    assert stems(paths) == ["trend"]
    assert len(failures) == 5
    assert failures[0].problems[0].wrong == "the folder holds no .yaml file"
    assert failures[1].problems[0].nearest == "late_funds"


def test_a_file_name_that_is_not_utf_8_is_printable(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(str(tmp_path)) + b"/\xff.yaml")
    Path(name).write_bytes(b"")
    paths, _ = gather([str(tmp_path)])
    _, (failure,) = read_runs(paths, WORKSHOP)
    assert failure.name == str(tmp_path / "\\udcff.yaml")
    assert gather([name + "x"])[1][0].name.encode()


@given(st.text())
def test_what_is_printable_stays_as_it_is(name: str) -> None:
    assert printable(name) == name


# Reading


def test_bad_files_stop_no_good_ones(tmp_path: Path) -> None:
    for name, (content, _) in BAD_TEN.items():
        (tmp_path / f"{name}.yaml").write_bytes(content)
    write(tmp_path, "good", "changes: {services_growth: 0.07}\n")
    paths, _ = gather([str(tmp_path), "trend"])
    runs, failures = read_runs(paths, WORKSHOP)
    assert [run.name for run in runs] == ["good", "trend"]
    assert {Path(failure.name).stem for failure in failures} == set(BAD_TEN)
    assert len(told(failures)) == len(BAD_TEN)


def test_two_scenarios_of_one_name_are_told_with_both_files(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    first = write(tmp_path, "own", "title: {vi: x}\n")
    second = write(tmp_path / "inner", "own", "title: {vi: y}\n")
    runs, failures = read_runs([first, second], WORKSHOP)
    assert [run.title_vi for run in runs] == ["x"]
    (problem,) = told(failures)
    assert problem.file == str(second)
    assert problem.wrong == f"{first} in this batch has the same name"


def test_a_sweep_whose_name_is_taken_runs_no_point(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    write(tmp_path, "own", "sweep: {grid: {services_growth: [0.08]}}\n")
    write(tmp_path / "inner", "own", "sweep: {grid: {services_growth: [0.07, 0.08]}}\n")
    paths, _ = gather([str(tmp_path), str(tmp_path / "inner")])
    runs, failures = read_runs(paths, WORKSHOP)
    assert [run.name for run in runs] == ["own[services_growth=0.08]"]
    assert len(failures) == 1


@pytest.mark.parametrize("plan", ["dien_bien_2021", "", "nowhere/at/all", "a" * 5000])
def test_a_plan_that_is_not_there_is_told_where_it_is_named(plan: str, tmp_path: Path) -> None:
    path = write(tmp_path, "own", "title: {vi: x}\n" + f"plan: '{plan}'\n")
    runs, failures = read_runs([path, SHIPPED["trend"]], WORKSHOP)
    assert [run.name for run in runs] == ["trend"]
    (problem,) = told(failures)
    assert (problem.file, problem.line, problem.name) == (str(path), 2, "plan")
    assert "\n" not in str(problem)


def test_a_misspelled_plan_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path, "own", "plan: dien_bien_2021\n")
    _, failures = read_runs([path], WORKSHOP)
    assert str(told(failures)[0]) == (
        f"{path}:1: plan: 'dien_bien_2021' is neither a shipped plan nor a folder with a "
        f"plan.yaml; allowed: dien_bien_2019, {PLAN}; did you mean '{PLAN}'?"
    )


# Overrides


def test_an_override_is_what_the_file_could_have_said(tmp_path: Path) -> None:
    changes: dict[str, Any] = {
        "services_growth": 0.07,
        "human_epidemic": {"fixed": 1},
        "price_growth": {"p10": 0.01, "p50": 0.03, "p90": 0.06},
    }
    text = file_text(
        extends="late_funds",
        changes=changes,
        typed_baselines={"urban_clean_water": 98},
        draws=64,
        seed=7,
    )
    (written,), _ = read_runs([write(tmp_path, "late_funds", text)], WORKSHOP)
    overrides = Overrides(changes, {"urban_clean_water": 98}, draws=64, seed=7)
    (overridden,), _ = read_runs([SHIPPED["late_funds"]], WORKSHOP, overrides)
    assert overridden.hash("plan", "1") == written.hash("plan", "1")
    assert {name: plain(row) for name, row in overridden.changes.items()}["price_growth"] == (
        changes["price_growth"]
    )


def test_every_wrong_override_is_told_at_once() -> None:
    overrides = Overrides(
        {"servces_growth": 0.07, "price_growth": 3},
        {"urban_clean_water": 170, "urban_clean_watr": 98},
        draws=100,
    )
    with pytest.raises(InputError) as error:
        read_runs([SHIPPED["trend"]], WORKSHOP, overrides)
    told = [(problem.file, problem.name, problem.nearest) for problem in error.value.problems]
    assert told == [
        ("--set", "servces_growth", "services_growth"),
        ("--set", "price_growth", ""),
        ("--baseline", "urban_clean_water", ""),
        ("--baseline", "urban_clean_watr", "urban_clean_water"),
        ("--draws", "", ""),
    ]


def test_an_override_of_what_a_sweep_varies_is_told(tmp_path: Path) -> None:
    grid = write(tmp_path, "grid", "sweep:\n  grid: {services_growth: [0.07, 0.08]}\n")
    listed = write(tmp_path, "list", "sweep:\n  list: [{changes: {services_growth: 0.07}}]\n")
    overrides = Overrides({"services_growth": 0.06, "price_growth": 0.03})
    runs, failures = read_runs([grid, listed, SHIPPED["trend"]], WORKSHOP, overrides)
    assert [run.name for run in runs] == ["trend"]
    assert [(p.line, p.name, p.wrong) for p in told(failures)] == [
        (1, "services_growth", "is swept here and set by --set")
    ] * 2


def test_a_seed_of_zero_overrides() -> None:
    (run,), _ = read_runs([SHIPPED["trend"]], WORKSHOP, Overrides(seed=0))
    assert run.seed == 0


# Running


def test_a_run_in_company_is_the_run_alone() -> None:
    names = ["late_funds", "asf_resurgence", "epidemic_four_months", "trend"]
    together = outcomes(small(*names))
    for name in names:
        alone = outcomes(small(name))[name]
        company = together[name]
        assert isinstance(alone, Result)
        assert isinstance(company, Result)
        assert alone.hash == company.hash
        for quantity in alone.card.projection.quantities:
            assert np.array_equal(
                alone.card.projection.values[quantity], company.card.projection.values[quantity]
            )


def test_a_scenario_without_a_finite_result_fails_alone() -> None:
    runs = [replace(scenario(ENDLESS, draws=4096), name="endless"), *small("trend")]
    found = outcomes(runs)
    failure = found["endless"]
    assert isinstance(failure, Failure)
    assert str(failure.problems[0]) == (
        "endless: ocop_products: comes to no finite number in every draw; "
        "allowed: assumptions that are less extreme"
    )
    assert isinstance(found["trend"], Result)


def test_a_scenario_that_breaks_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Workshop.run

    def breaking(self: Workshop, scenario: Scenario, *rest: Any, **options: Any) -> Result:
        faults: dict[str, Exception] = {
            "trend": ValueError("no sign change"),
            "late_funds": OverflowError("too large"),
            "plan": RuntimeError("no convergence"),
        }
        if scenario.name in faults:
            raise faults[scenario.name]
        return run(self, scenario, *rest, **options)

    monkeypatch.setattr(Workshop, "run", breaking)
    found = outcomes(small("trend", "late_funds", "plan", "no_shock"))
    failures = [outcome for outcome in found.values() if isinstance(outcome, Failure)]
    assert [str(problem) for problem in told(failures)] == [
        "trend: no sign change",
        "late_funds: too large",
        "plan: no convergence",
    ]
    assert isinstance(found["no_shock"], Result)


def test_a_typed_baseline_of_nothing_is_no_crash() -> None:
    for name in ("population", "doctors_per_10000", "urban_clean_water"):
        run = scenario(typed_baselines={name: 0.0})
        outcome = outcomes([replace(run, name=name)])[name]
        assert isinstance(outcome, Result) or "no finite number" in str(outcome.problems[0])
