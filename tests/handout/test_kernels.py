"""Is the arithmetic that is written out the model's own, to the last bit, in every world?"""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.handout.kernels import evaluated, kernels
from simulator.handout.sample import BITS, points_of, seeds_of_points
from simulator.handout.script import FORMS, script
from simulator.handout.trace import UFUNCS, Kernel, Symbols, Tape
from simulator.plan import load_plan
from simulator.projection import Model, Projection, build_model, project, sobol_points
from simulator.scenario import Scenario
from tests.invented import write_invented_plan
from tests.runs import calm_scenarios, few
from tests.strategies import (
    BASELINES,
    model_with_baselines,
    perturbed_plans,
    scenario,
    shipped_model,
)


def traced(projection: Projection) -> dict[str, Any]:
    """What the traced arithmetic makes of a projection's assumptions."""
    model = projection.model
    given_ = {*model.plan.catalogue.assumptions, *model.plan.catalogue.factors}
    inputs = {name: value for name, value in projection.values.items() if name in given_}
    return evaluated(kernels(model), inputs)


def assert_the_same(model: Model, run: Scenario) -> None:
    projection = project(model, run)
    found = traced(projection)
    assert {name for name in model.plan.targets if name in model.graph.equations} <= found.keys()
    for name in found.keys() & projection.values.keys():
        np.testing.assert_array_equal(found[name], projection.values[name], err_msg=name)


@given(calm_scenarios())
def test_traced_equations_give_the_models_own_numbers(run):
    with np.errstate(all="ignore"):
        assert_the_same(shipped_model(), run)


@given(calm_scenarios())
def test_so_they_do_where_baselines_were_typed_in(run):
    model = model_with_baselines()
    typed = Scenario(run.name, run.changes, BASELINES, run.draws, run.seed, run.plan)
    with np.errstate(all="ignore"):
        assert_the_same(model, typed)


@few
@given(perturbed_plans())
def test_so_they_do_in_a_plan_of_other_numbers(plan):
    assert_the_same(build_model(plan), scenario())


def test_so_they_do_in_an_invented_plan(tmp_path: Path) -> None:
    plan = load_plan(write_invented_plan(tmp_path / "plan"))
    run = Scenario("invented", {}, {}, 64, 1, plan.name)
    assert_the_same(build_model(plan), run)


def test_every_kernel_reads_what_an_earlier_one_or_the_draws_give() -> None:
    model = shipped_model()
    known = {*model.plan.catalogue.assumptions, *model.plan.catalogue.factors}
    for kernel in kernels(model):
        assert set(kernel.inputs) <= known, kernel.name
        known |= kernel.results.keys()


def test_every_operation_that_can_be_traced_can_be_written() -> None:
    assert FORMS.keys() == UFUNCS.keys()


def test_an_operation_that_no_browser_was_taught_is_refused() -> None:
    with pytest.raises(NotImplementedError, match="arctan"):
        np.arctan(Symbols(Tape(), "x"))
    with pytest.raises(NotImplementedError, match="sort"):
        np.sort(Symbols(Tape(), "x"))


def test_the_same_operation_is_done_once() -> None:
    tape = Tape()
    x = Symbols(tape, "x")
    result = np.exp(x + 1) * np.exp(x + 1)
    assert len(Kernel("twice", {"twice": result.parts[()]}).operations()) == 3


def test_an_operation_in_place_changes_what_holds_the_result_and_nothing_before_it() -> None:
    tape = Tape()
    stock = Symbols(tape, "x")
    before = stock + 0.0
    listed = [stock]
    np.multiply(stock, 2.0, out=stock)
    stock += before
    found = evaluated(
        [Kernel("k", {"after": listed[0].parts[()], "before": before.parts[()]})], {"x": 5.0}
    )
    assert (found["after"], found["before"]) == (15.0, 5.0)


def test_what_is_written_names_no_quantity_but_as_text() -> None:
    written = script(kernels(shipped_model()))
    code = re.sub(r'"[a-z0-9_]+"', "", written)
    words = set(re.findall(r"[A-Za-z_]\w*", code)) - set(re.findall(r"\b[xrt]\d+\b", code))
    assert words <= {
        "inputs", "outputs", "run", "n", "i", "for", "let", "const", "if", "continue", "rint", "Math",
        "max", "min", "exp", "expm1", "log", "sqrt", "e",
    }  # fmt: skip


@given(
    st.integers(0, 2**63 - 1),
    st.sampled_from([2, 4, 64, 512]),
    st.lists(st.integers(0, 255), min_size=1, max_size=5, unique=True),
)
def test_a_few_integers_give_back_every_point(seed, draws, dimensions):
    points = sobol_points(seed, draws)
    for dimension, numbers in seeds_of_points(seed, draws, dimensions).items():
        assert len(numbers) == draws.bit_length()
        np.testing.assert_array_equal(points_of(numbers) / 2**BITS, points[dimension])
