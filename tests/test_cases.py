"""Does each equation give what a planner works out by hand?"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.equations import all_equations
from simulator.graph import Equation

FOLDER = Path(__file__).parent / "cases"
ROUNDING = 1e-9


@cache
def equations() -> dict[str, Equation]:
    return {equation.name: equation for equation in map(Equation.of, all_equations())}


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['en']}")
        for file in sorted(FOLDER.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def worked_out(case: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """Every quantity that a case expects, computed from what it gives; and what it used."""
    values, used = dict(case["given"]), set()

    def value(name: str) -> Any:
        used.add(name)
        if name not in values:
            assert name in equations(), f"{name} is neither given nor an equation"
            equation = equations()[name]
            values[name] = equation.function(*[value(argument) for argument in equation.arguments])
        return values[name]

    return {name: value(name) for name in case["expected"]}, used


@pytest.mark.parametrize("case", cases())
def test_an_equation_gives_what_is_worked_out_by_hand(case):
    found, used = worked_out(case)
    within = case.get("within", 0)
    for name, expected in case["expected"].items():
        slack = within or ROUNDING * max(1, abs(expected))
        assert found[name] == pytest.approx(expected, rel=0, abs=slack), f"{name}: {case['why']}"
    assert set(case["given"]) <= used, "a case gives nothing that it does not use"


@pytest.mark.parametrize("case", cases())
def test_a_case_is_described_in_both_languages_and_shows_its_arithmetic(case):
    assert set(case) - {"within"} == {"en", "vi", "given", "expected", "why"}
    assert all(str(case[part]).strip() for part in ("en", "vi", "why"))


def test_every_module_of_equations_has_two_cases_or_more():
    modules = {equation.module.rpartition(".")[2] for equation in equations().values()}
    worked = {
        file.stem: len(yaml.safe_load(file.read_text(encoding="utf-8")))
        for file in FOLDER.glob("*.yaml")
    }
    assert modules == set(worked)
    assert min(worked.values()) >= 2


def test_the_cases_of_a_module_reach_each_of_its_shapes():
    """Every function of the equations is worked out by hand at least once."""
    reached = {
        equations()[name].function
        for parameters in cases()
        for name in worked_out(parameters.values[0])[1]
        if name in equations() and name not in parameters.values[0]["given"]
    }
    missing = {e.name for e in equations().values() if e.function not in reached}
    assert not missing
