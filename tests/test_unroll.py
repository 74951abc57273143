"""Which runs does a file ask for? Merged with what it extends, conflicts told, a run for each point."""

import itertools
import math
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.projection import project
from simulator.scenario import MOST_DRAWS, Scenario, draws_problem
from simulator.scenario_file import shipped_scenarios
from simulator.unroll import MOST_SWEEP_POINTS
from tests.scenario_texts import (
    file_changes,
    file_text,
    only_problem,
    only_run,
    problems_of,
    runs_of,
    vocabulary,
    write,
)
from tests.strategies import catalogue, scenario, shipped_model

# Extending


@given(file_changes(), file_changes())
def test_a_files_own_changes_win_over_those_it_extends(
    above: dict[str, Setting], own: dict[str, Setting]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), "above", file_text(changes=above))
        low = write(Path(folder), "low", file_text(changes=own, extends="above"))
        assert only_run(low).changes == above | own


@given(file_changes(), file_changes(), st.data())
def test_files_that_agree_extend_in_any_order(
    left: dict[str, Setting], right: dict[str, Setting], data: st.DataObject
) -> None:
    right |= {name: row for name, row in left.items() if name in right}
    names = data.draw(st.permutations(["left", "right", "left"]))
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), "left", file_text(changes=left))
        write(Path(folder), "right", file_text(changes=right))
        low = write(Path(folder), "low", file_text(extends=names))
        assert only_run(low).changes == left | right


@given(file_changes(), file_changes(), file_changes())
def test_every_conflict_is_told_unless_the_file_settles_it(
    left: dict[str, Setting], right: dict[str, Setting], own: dict[str, Setting]
) -> None:
    if left:
        shared = next(iter(left))
        turned = Setting(catalogue()[shared].low, fixed=not left[shared].fixed)
        right = right | {shared: turned}
    conflicts = {name for name in left.keys() & right.keys() if left[name] != right[name]}
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), "left", file_text(changes=left))
        write(Path(folder), "right", file_text(changes=right))
        low = write(Path(folder), "low", file_text(changes=own, extends=["left", "right"]))
        problems = problems_of(low)
        assert {problem.name for problem in problems} == conflicts - own.keys()
        for problem in problems:
            assert problem.wrong == "left and right change it differently"
            assert problem.allowed == "settle it in this file's changes"
        if not problems:
            assert only_run(low).changes == left | right | own


def test_conflicts_are_told_at_the_line_of_extends(tmp_path: Path) -> None:
    low = write(tmp_path, "low", "title: {vi: x}\nextends: [late_funds, full_disbursement]\n")
    problems = problems_of(low)
    assert {problem.line for problem in problems} == {2}
    assert "non_state_investment_growth" in {problem.name for problem in problems}


def test_a_centre_and_the_same_value_fixed_are_a_conflict(tmp_path: Path) -> None:
    write(tmp_path, "left", "changes: {services_growth: 0.07}\n")
    write(tmp_path, "right", "changes: {services_growth: {fixed: 0.07}}\n")
    assert only_problem(write(tmp_path, "low", "extends: [left, right]\n")).name == (
        "services_growth"
    )


def test_a_file_between_settles_a_conflict_for_those_below(tmp_path: Path) -> None:
    write(tmp_path, "left", "changes: {services_growth: 0.07}\n")
    write(tmp_path, "right", "changes: {services_growth: 0.08}\n")
    write(tmp_path, "middle", "extends: [left, right]\nchanges: {services_growth: 0.09}\n")
    low = write(tmp_path, "low", "extends: middle\n")
    assert only_run(low).changes == {"services_growth": Setting(0.09)}
    again = write(tmp_path, "again", "extends: [middle, left]\n")
    assert only_problem(again).wrong == "middle and left change it differently"


def test_typed_baselines_merge_as_changes_do(tmp_path: Path) -> None:
    write(tmp_path, "left", "typed_baselines: {urban_clean_water: 98, rural_clean_water: 80}\n")
    write(tmp_path, "right", "typed_baselines: {urban_clean_water: 99}\n")
    low = write(tmp_path, "low", "extends: [left, right]\n")
    problem = only_problem(low)
    assert problem.name == "urban_clean_water"
    assert problem.allowed == "settle it in this file's typed_baselines"
    settled = write(
        tmp_path, "low", "extends: [left, right]\ntyped_baselines: {urban_clean_water: 97}\n"
    )
    assert only_run(settled).typed_baselines == {
        "urban_clean_water": 97.0,
        "rural_clean_water": 80.0,
    }


@pytest.mark.parametrize(("key", "one", "other"), [("draws", 64, 128), ("seed", 1, 2)])
def test_draws_and_seed_are_inherited_and_settled(
    key: str, one: int, other: int, tmp_path: Path
) -> None:
    write(tmp_path, "left", f"{key}: {one}\n")
    write(tmp_path, "right", f"{key}: {other}\n")
    assert getattr(only_run(write(tmp_path, "low", "extends: left\n")), key) == one
    assert getattr(only_run(write(tmp_path, "low", "extends: [trend, left]\n")), key) == one
    own = write(tmp_path, "low", f"extends: [left, right]\n{key}: {other}\n")
    assert getattr(only_run(own), key) == other
    problem = only_problem(write(tmp_path, "low", "title: {vi: x}\nextends: [right, left]\n"))
    assert str(problem).endswith(
        f":2: {key}: extended files differ: [{one}, {other}]; allowed: settle it here"
    )


def test_a_seed_of_zero_is_a_seed(tmp_path: Path) -> None:
    write(tmp_path, "top", "seed: 0\n")
    assert only_run(write(tmp_path, "low", "extends: top\n")).seed == 0


def test_the_solve_of_the_plan_is_inherited(tmp_path: Path) -> None:
    assert only_run(write(tmp_path, "low", "extends: [plan, drought_severe]\n")).solve == "plan"


def test_titles_and_reasons_are_a_files_own(tmp_path: Path) -> None:
    run = only_run(write(tmp_path, "low", "extends: late_funds\nbecause: Vì thế\n"))
    assert (run.title_vi, run.title_en) == ("", "")
    assert (run.because_vi, run.because_en) == ("Vì thế", "Vì thế")


# A change and its inverse


def same_values(one: Scenario, other: Scenario, *, deterministic: bool) -> bool:
    left, right = (
        project(shipped_model(), run, deterministic=deterministic) for run in (one, other)
    )
    assert left.quantities == right.quantities
    return all(np.array_equal(left.values[name], right.values[name]) for name in left.quantities)


@pytest.mark.parametrize("deterministic", [True, False])
@pytest.mark.parametrize("name", ["late_funds", "asf_resurgence", "epidemic_four_months"])
def test_a_change_and_its_inverse_come_home(name: str, deterministic: bool, tmp_path: Path) -> None:
    changed = only_run(shipped_scenarios()[name]).changes
    back = {assumption: catalogue()[assumption].centre for assumption in changed}
    path = write(tmp_path, "home", file_text(extends=name, changes=back, draws=64))
    assert same_values(only_run(path), scenario(draws=64), deterministic=deterministic)


def test_a_scenario_that_only_extends_is_the_one_it_extends(tmp_path: Path) -> None:
    for name, path in shipped_scenarios().items():
        run = only_run(write(tmp_path, f"my_{name}", f"extends: {name}\n"))
        assert run.hash("plan", "1") == only_run(path).hash("plan", "1")


# Sweeps


def test_a_grid_runs_every_combination_under_its_own_name(tmp_path: Path) -> None:
    grid = {"pig_biosecurity": [0.2, 0.5], "human_epidemic": [0, {"fixed": 1}]}
    path = write(tmp_path, "swept", file_text(sweep={"grid": grid}))
    assert {run.name: run.changes for run in runs_of(path)} == {
        "swept[pig_biosecurity=0.2, human_epidemic=0]": {
            "pig_biosecurity": Setting(0.2),
            "human_epidemic": Setting(0.0),
        },
        "swept[pig_biosecurity=0.2, human_epidemic=fixed 1]": {
            "pig_biosecurity": Setting(0.2),
            "human_epidemic": Setting(1.0, fixed=True),
        },
        "swept[pig_biosecurity=0.5, human_epidemic=0]": {
            "pig_biosecurity": Setting(0.5),
            "human_epidemic": Setting(0.0),
        },
        "swept[pig_biosecurity=0.5, human_epidemic=fixed 1]": {
            "pig_biosecurity": Setting(0.5),
            "human_epidemic": Setting(1.0, fixed=True),
        },
    }


@st.composite
def grids(draw: st.DrawFn) -> dict[str, list[float]]:
    names = draw(
        st.lists(st.sampled_from(sorted(catalogue())), min_size=1, max_size=3, unique=True)
    )
    return {
        name: draw(
            st.lists(
                st.floats(catalogue()[name].low, catalogue()[name].high),
                min_size=1,
                max_size=4,
                unique_by=lambda value: value + 0.0,
            )
        )
        for name in names
    }


@given(grids(), file_changes())
def test_a_sweep_has_as_many_runs_as_its_grid_has_points(
    grid: dict[str, list[float]], changes: dict[str, Setting]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), "swept", file_text(changes=changes, sweep={"grid": grid}))
        runs = runs_of(path)
    assert len(runs) == math.prod(map(len, grid.values())) == len({run.name for run in runs})
    for run, point in zip(runs, itertools.product(*grid.values()), strict=True):
        swept = dict(zip(grid, map(Setting, point), strict=True))
        assert run.changes == changes | swept
        assert replace(run, name="", changes={}) == replace(runs[0], name="", changes={})


def test_a_list_runs_its_points_under_their_names_or_values(tmp_path: Path) -> None:
    points = [
        {"name": "dry", "changes": {"drought_severity": 0.5}},
        {"changes": {"drought_severity": 0.1, "services_growth": 0.07}},
        {"changes": {}},
    ]
    path = write(
        tmp_path, "swept", file_text(changes={"drought_severity": 0.3}, sweep={"list": points})
    )
    assert {run.name: run.changes for run in runs_of(path)} == {
        "swept[dry]": {"drought_severity": Setting(0.5)},
        "swept[drought_severity=0.1, services_growth=0.07]": {
            "drought_severity": Setting(0.1),
            "services_growth": Setting(0.07),
        },
        "swept[unchanged]": {"drought_severity": Setting(0.3)},
    }


@pytest.mark.parametrize(
    ("sweep", "line", "name", "wrong"),
    [
        ("{grid: {a: [1]}, list: []}", 2, "sweep", "needs one of two"),
        ("\n  grid: 3", 3, "grid", "is 3"),
        ("\n  grid: {}", 3, "grid", "is {}"),
        ("\n  grid:\n    services_growth: 0.07", 4, "services_growth", "is 0.07"),
        ("\n  grid:\n    services_growth: []", 4, "services_growth", "is an empty list"),
        ("\n  grid:\n    servces_growth: [0.07]", 4, "servces_growth", "unknown assumption"),
        (
            "\n  grid:\n    services_growth:\n    - 0.07\n    - 7",
            6,
            "services_growth",
            "7 is out of range",
        ),
        (
            "\n  grid:\n    services_growth: [0.07, 0.08, 0.07]",
            3,
            "services_growth=0.07",
            "doubled point",
        ),
        ("\n  list: []", 3, "list", "0 points"),
        ("\n  list: 3", 3, "list", "is 3"),
        ("\n  list:\n  - 3", 4, "point 1", "is 3"),
        ("\n  list:\n  - {changes: {}}\n  - {name: a}", 5, "point 2", "changes: empty"),
        ("\n  list:\n  - {changes: [1]}", 4, "point 1", "changes: a list"),
        ("\n  list:\n  - {nam: a, changes: {}}", 4, "point 1", "unknown key 'nam'"),
        ("\n  list:\n  - {name: 3, changes: {}}", 4, "point 1", "name is 3"),
        (
            "\n  list:\n  - changes:\n      drought_severity: 0.1\n      servces: 1",
            6,
            "servces",
            "unknown assumption",
        ),
        (
            "\n  list:\n  - {name: a, changes: {}}\n  - {name: a, changes: {}}",
            5,
            "a",
            "doubled point",
        ),
    ],
)
def test_what_is_wrong_with_a_sweep_is_told_with_its_line(
    sweep: str, line: int, name: str, wrong: str, tmp_path: Path
) -> None:
    problem = only_problem(write(tmp_path, "swept", f"title: {{vi: x}}\nsweep: {sweep}\n"))
    assert (problem.line, problem.name, problem.wrong) == (line, name, wrong)


def test_a_sweep_too_large_is_told_before_it_is_unrolled(tmp_path: Path) -> None:
    values = [at / 1000 for at in range(100)]
    grid = dict.fromkeys(["services_growth", "industry_growth", "price_growth"], values)
    problem = only_problem(write(tmp_path, "swept", file_text(sweep={"grid": grid})))
    assert (problem.wrong, problem.allowed) == (
        "1000000 points",
        f"at most {MOST_SWEEP_POINTS}",
    )
    points = [{"changes": {}}] * (MOST_SWEEP_POINTS + 1)
    problem = only_problem(write(tmp_path, "listed", file_text(sweep={"list": points})))
    assert problem.wrong == f"{MOST_SWEEP_POINTS + 1} points"


def test_a_sweep_over_every_assumption_at_once_is_told(tmp_path: Path) -> None:
    grid = {name: [row.low, row.high] for name, row in catalogue().items()}
    problem = only_problem(write(tmp_path, "swept", file_text(sweep={"grid": grid})))
    assert problem.wrong == f"{2 ** len(grid)} points"


def test_a_sweep_of_thousands_unrolls(tmp_path: Path) -> None:
    grid = {
        "services_growth": [at / 10_000 for at in range(100)],
        "industry_growth": [at / 10_000 for at in range(100)],
    }
    runs = runs_of(write(tmp_path, "swept", file_text(sweep={"grid": grid})))
    assert len({run.name for run in runs}) == 10_000


# All faults of a file


def test_the_faults_of_changes_baselines_draws_and_sweep_are_told_together(
    tmp_path: Path,
) -> None:
    text = """
draws: 100
changes:
  services_growth: 7
  drougth_severity: 0.1
typed_baselines:
  urban_clean_water: 170
  grdp_growth: 7
sweep:
  grid:
    price_growth: [x]
"""
    path = write(tmp_path, "all", text)
    told = [str(problem).removeprefix(f"{path}:") for problem in problems_of(path)]
    assert told == [
        "4: services_growth: 7 is out of range; allowed: -0.1 to 0.2 (a share: 9% is 0.09)",
        "5: drougth_severity: unknown assumption; allowed: a name that `simulator list "
        "assumptions` prints; did you mean 'drought_severity'?",
        "7: urban_clean_water: 170 is out of range; allowed: 0 to 100",
        f"8: grdp_growth: takes no typed baseline; allowed: {', '.join(vocabulary().baselines)}",
        "2: draws: is 100; allowed: a power of two from 2 to 131072, nearest: 64 or 128",
        "11: price_growth: is 'x', not a number; allowed: -0.05 to 0.12",
    ]


# Draws


@given(st.integers(-10, 2 * MOST_DRAWS) | st.integers())
def test_only_powers_of_two_are_draws(draws: int) -> None:
    fits = 2 <= draws <= MOST_DRAWS and draws & (draws - 1) == 0
    assert (draws_problem(draws) is None) == fits


@given(st.integers(3, MOST_DRAWS - 1))
def test_the_nearest_powers_are_told(draws: int) -> None:
    assume(draws & (draws - 1))
    wrong = draws_problem(draws)
    assert wrong is not None
    below, above = map(int, wrong[1].rpartition(": ")[2].split(" or "))
    assert below < draws < above == 2 * below


def test_draws_and_seed_of_the_plan_hold_where_none_are_given(tmp_path: Path) -> None:
    run = only_run(write(tmp_path, "low", "title: {vi: x}\n"))
    assert (run.draws, run.seed) == (4096, 20191231)


def test_a_value_of_any_kind(tmp_path: Path) -> None:
    kinds: dict[str, Any] = {"services_growth": 0.07, "industry_growth": {"fixed": 0.08}}
    kinds["price_growth"] = {"p10": 0.01, "p50": 0.03, "p90": 0.06}
    assert only_run(write(tmp_path, "low", file_text(changes=kinds))).changes == {
        "services_growth": Setting(0.07),
        "industry_growth": Setting(0.08, fixed=True),
        "price_growth": Setting(0.03, p10=0.01, p90=0.06),
    }
