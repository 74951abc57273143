"""Are draws blind to targets, to the order of rows and draws, and to the runs before them?"""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from simulator import projection as projection_module
from simulator.assumptions import COORDINATES, Setting
from simulator.batch import Overrides, read_runs
from simulator.cli import app
from simulator.equations import all_equations
from simulator.graph import Equation, Graph
from simulator.output import as_json
from simulator.plan import Plan, load_plan
from simulator.projection import (
    TARGETS_READ,
    Projection,
    build_model,
    project,
    same_run,
    standard_normals,
)
from simulator.records import InputError
from simulator.run import Workshop
from simulator.scenario_file import shipped_scenarios
from simulator.scorecard import score
from tests.folders import copied, edit_table
from tests.laws import assert_falls, assert_rises, identical, moved
from tests.runs import calm_scenarios, calm_settings, few
from tests.strategies import (
    catalogue,
    model_with_baselines,
    scenario,
    shipped_model,
    shipped_plan,
)

GRAPH = shipped_model().graph
NOISES = [
    name for name, row in shipped_plan().catalogue.factors.items() if row.kind == "count_noise"
]
NOISY = GRAPH.downstream(NOISES) | set(NOISES)

# Targets never enter.


@st.composite
def other_targets(draw: st.DrawFn) -> Plan:
    """The shipped plan with each target moved by up to a tenth, some of them gone."""
    plan = shipped_plan()
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    gone = draw(st.sets(st.sampled_from(sorted(plan.targets)), max_size=5))
    targets = {
        name: row.model_copy(update={"target": row.target * generator.uniform(0.9, 1.1)})
        if row.target is not None
        else row
        for name, row in plan.targets.items()
        if name not in gone
    }
    return replace(plan, targets=targets)


def reads_a_target(graph: Graph) -> set[str]:
    return set(graph.downstream(TARGETS_READ)) | set(TARGETS_READ)


@pytest.mark.law(28)
@few
@given(plan=other_targets(), run=calm_scenarios())
def test_other_targets_leave_every_projection_but_the_declared_exceptions(plan, run):
    model = build_model(plan)
    excepted = reads_a_target(shipped_model().graph)
    ours = project(model, run).values
    before = project(shipped_model(), run).values
    for name in before:
        if name not in excepted:
            assert identical(before[name], ours[name]), name


@pytest.mark.law(28)
def test_the_exceptions_are_the_households_of_the_30a_districts_and_the_child_friendly_base():
    assert reads_a_target(shipped_model().graph) & set(GRAPH.order) == {
        "households_30a_base",
        "poor_households_30a",
        "child_friendly_communes_base",
        "child_friendly_communes",
    }


@pytest.mark.law(28)
def test_no_equation_but_the_exceptions_asks_for_a_target():
    asked = {argument for source in all_equations() for argument in Equation.of(source).arguments}
    assert {name for name in asked if name.endswith("_planned")} == set(TARGETS_READ)


# Everything fixed.


@pytest.mark.law(29)
def test_the_commune_counts_have_a_noise_of_their_own():
    fixed = {name: Setting(row.centre, fixed=True) for name, row in catalogue().items()}
    drawn = project(shipped_model(), scenario(fixed)).values
    assert {name for name in NOISY & set(GRAPH.order) if np.ptp(drawn[name]) > 0} == {
        "new_rural_communes",
        "new_rural_communes_added",
        "new_rural_criteria",
        "child_friendly_communes",
    }


# Common random numbers.

RAISES = {
    "agriculture_growth": ["agriculture_value", "grdp_growth", "grdp_per_capita"],
    "industry_growth": ["industry_value", "grdp_growth", "grdp_per_capita"],
    "services_growth": ["services_value", "grdp_growth", "services_share", "budget_revenue"],
    "product_tax_growth": ["product_tax_value", "grdp_growth"],
    "non_state_investment_growth": ["total_investment"],
    "industrial_output_growth": ["industrial_output"],
    "wet_rice_area_growth": ["wet_rice_output", "food_output"],
    "buffalo_growth": ["buffalo_herd", "livestock_herd"],
    "cattle_growth": ["cattle_herd", "livestock_herd"],
    "pig_capacity_growth": ["pig_herd", "livestock_herd"],
    "retail_growth": ["retail_sales"],
    "visitor_growth": ["visitors", "tourism_revenue"],
    "spend_per_visitor_growth": ["tourism_revenue"],
    "export_growth": ["exports", "trade_turnover"],
    "import_growth": ["imports", "trade_turnover"],
    "revenue_growth": ["budget_revenue", "domestic_revenue"],
    "job_creation_growth": ["jobs_created"],
    "substitution_treatment_growth": ["substitution_treatment"],
    "new_enterprise_growth": ["new_enterprises"],
    "new_cooperative_growth": ["new_cooperatives"],
}


@pytest.mark.law(47)
@given(run=calm_scenarios(), name=st.sampled_from(sorted(RAISES)), step=st.floats(1e-4, 0.05))
def test_a_growth_lever_up_raises_every_draw_and_leaves_unrelated_quantities(run, name, step):
    lever = catalogue()[name]
    start = min(lever.centre, lever.high - step)
    lower, higher = (
        project(
            shipped_model(), replace(run, changes={**run.changes, name: Setting(value)})
        ).values
        for value in (start, start + step)
    )  # fmt: skip
    assert_rises(lower, higher, RAISES[name])
    assert moved(lower, higher) <= {name} | GRAPH.downstream([name])


@pytest.mark.law(47)
@given(run=calm_scenarios(), step=st.floats(1e-4, 0.05))
def test_a_faster_fall_of_poverty_lowers_every_draw_of_it(run, step):
    name = "poverty_relative_fall"
    lower, higher = (
        project(
            shipped_model(), replace(run, changes={**run.changes, name: Setting(value)})
        ).values
        for value in (0.09, 0.09 + step)
    )  # fmt: skip
    assert_falls(lower, higher, ["poverty_rate", "poor_households"])
    assert moved(lower, higher) == {name, "poverty_rate", "poor_households"}


@pytest.mark.law(47)
@given(names=st.sets(st.sampled_from(sorted(catalogue())), max_size=4), data=st.data())
def test_scenarios_differ_only_where_they_disagree(names, data):
    changes = {name: data.draw(calm_settings(name)) for name in sorted(names)}
    plain = project(shipped_model(), scenario()).values
    changed = project(shipped_model(), scenario(changes)).values
    assert moved(plain, changed) <= names | GRAPH.downstream(names)


# The order of draws.


def project_permuted(run: Any, order: np.ndarray) -> Projection:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            projection_module,
            "standard_normals",
            lambda seed, draws: standard_normals(seed, draws)[:, order],
        )
        permuted = project(shipped_model(), run)
        permuted.normals  # noqa: B018 - kept while the draws are permuted
    return permuted


@pytest.mark.law(48)
@given(run=calm_scenarios(), seed=st.integers(0, 2**32 - 1))
def test_permuting_draws_permutes_results_and_leaves_chances(run, seed):
    order = np.random.default_rng(seed).permutation(run.draws)
    plain = project(shipped_model(), run)
    permuted = project_permuted(run, order)
    for name in GRAPH.order:
        expected = plain.values[name]
        if isinstance(expected, tuple):
            continue
        if np.ndim(expected):
            expected = expected[order]
        assert identical(permuted.values[name], expected), name
    before, after = score(plain), score(permuted)
    for name, row in before.rows.items():
        assert after.rows[name].plan_chance == row.plan_chance
        assert after.rows[name].resolution == row.resolution
        assert after.rows[name].quantiles == row.quantiles
    assert after.count == before.count


# Adding and moving assumptions.


@pytest.mark.law(49)
@few
@given(seed=st.integers(0, 2**32 - 1), run=calm_scenarios())
def test_reordering_assumptions_changes_no_draw(seed, run):
    plan = shipped_plan()
    rows = list(plan.catalogue.assumptions.items())
    order = np.random.default_rng(seed).permutation(len(rows))
    reordered = replace(plan.catalogue, assumptions=dict(rows[at] for at in order))
    before = project(shipped_model(), run).values
    after = project(build_model(replace(plan, catalogue=reordered)), run).values
    assert all(identical(before[name], after[name]) for name in before)


@pytest.mark.law(49)
def test_reordered_targets_change_no_chance(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit_table(folder / "targets.csv", lambda rows: rows.__setitem__(slice(1, None), rows[:0:-1]))
    before = score(project(shipped_model(), scenario()))
    after = score(project(build_model(load_plan(folder)), scenario()))
    assert list(after.rows) == list(reversed(before.rows))
    assert dict(after.rows) == dict(before.rows)
    assert after.count.plan == before.count.plan


def test_an_assumption_keeps_its_draws_whatever_else_a_scenario_changes():
    one = project(shipped_model(), scenario({"retail_growth": Setting(0.2)}))
    two = project(
        shipped_model(),
        scenario({"retail_growth": Setting(0.2), "epidemic_months": Setting(1.0, fixed=True)}),
    )
    assert identical(one.values["retail_growth"], two.values["retail_growth"])


def test_no_two_streams_share_a_dimension():
    plan = shipped_plan()
    taken = [row.dimension for row in plan.catalogue.assumptions.values()]
    taken += [row.dimension for row in plan.catalogue.factors.values()]
    taken += [row.dimension for row in plan.targets.values() if row.dimension is not None]
    assert len(taken) == len(set(taken))
    assert max(taken) < COORDINATES == 256


# The same seed.


def fingerprint() -> str:
    """All draws of a run, in one number."""
    standard_normals.cache_clear()
    projection = project(model_with_baselines(), scenario(
        {"human_epidemic": Setting(0.5)}, draws=256, typed_baselines=dict(
            model_with_baselines().typed_baselines
        )
    ))  # fmt: skip
    digest = hashlib.sha256()
    for name in projection.quantities:
        digest.update(np.ascontiguousarray(projection.values[name]).tobytes())
    return digest.hexdigest()


@pytest.mark.law(50)
def test_the_same_seed_gives_the_same_bits_in_another_process():
    printing = "from tests.test_draws import fingerprint; print(fingerprint())"
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    found = subprocess.run(
        [sys.executable, "-c", printing],
        capture_output=True, text=True, check=True, env=environment,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert found.stdout.strip() == fingerprint()


@pytest.mark.parametrize("draws", [2, 64, 4096])
def test_draws_are_scrambled_sobol_points_and_finite(draws):
    normals = standard_normals(20191231, draws)
    assert normals.shape == (256, draws)
    assert np.isfinite(normals).all()
    # Balanced: each half of every dimension holds half of the points.
    assert ((normals < 0).sum(axis=1) == draws // 2).all()


def test_fewer_points_are_the_first_of_more():
    assert identical(standard_normals(5, 64), standard_normals(5, 128)[:, :64])


# A lever moved.


@st.composite
def sessions(draw: st.DrawFn) -> list[dict[str, Setting]]:
    """Levers moved, and some of them put back, one after the other."""
    changes: dict[str, Setting] = {}
    found = []
    for _ in range(draw(st.integers(1, 5))):
        back = draw(st.sets(st.sampled_from(sorted(changes)), max_size=2)) if changes else set()
        changes = {name: row for name, row in changes.items() if name not in back}
        names = draw(st.lists(st.sampled_from(sorted(catalogue())), max_size=3, unique=True))
        changes = changes | {name: draw(calm_settings(name)) for name in names}
        found.append(changes)
    return found


@given(session=sessions(), deterministic=st.booleans())
@example(session=[{}, {"price_growth": Setting(0.1)}], deterministic=False)  # kept a stale order
def test_a_partial_run_is_bit_for_bit_the_full_run(session, deterministic):
    previous = None
    for changes in session:
        run = scenario(changes)
        partial = project(
            shipped_model(), run, deterministic=deterministic, previous=previous
        )  # fmt: skip
        full = project(shipped_model(), run, deterministic=deterministic)
        assert partial.settings == full.settings
        assert not moved(full.values, partial.values)
        if not deterministic:
            for name in (*GRAPH.order, *catalogue()):
                if isinstance(full.values[name], np.ndarray):
                    levels = (0.1, 0.5, 0.9)
                    assert partial.quantiles(name, levels) == full.quantiles(name, levels), name
        previous = partial


@given(first=calm_scenarios(), second=calm_scenarios(), deterministic=st.booleans())
def test_a_run_after_any_other_is_bit_for_bit_the_full_run(first, second, deterministic):
    before = project(shipped_model(), first)
    after = project(shipped_model(), second, deterministic=deterministic, previous=before)
    full = project(shipped_model(), second, deterministic=deterministic)
    assert not moved(full.values, after.values)
    expected = not deterministic and (first.seed, first.draws) == (second.seed, second.draws)
    assert expected == same_run(before, shipped_model(), second, deterministic=deterministic)


def test_only_what_lies_downstream_of_a_lever_is_run_again():
    before = project(shipped_model(), scenario())
    after = project(
        shipped_model(), scenario({"retail_growth": Setting(0.1)}), previous=before
    )  # fmt: skip
    anew = {name for name in before.values if after.values[name] is not before.values[name]}
    assert anew == {"retail_growth", "retail_sales"}


def test_a_model_is_not_asked_about_other_typed_baselines():
    with pytest.raises(ValueError, match="other typed baselines"):
        project(shipped_model(), scenario(typed_baselines={"doctors_per_10000": 12.0}))


# Quantiles.


@given(data=st.data(), name=st.sampled_from(sorted(catalogue())))
def test_an_assumptions_draws_meet_what_the_scenario_says_of_it(data, name):
    setting = data.draw(calm_settings(name))
    drawn = project(shipped_model(), scenario({name: setting}, draws=1024)).values[name]
    if setting.fixed:
        assert np.ptp(drawn) == 0
    elif catalogue()[name].link == "switch":
        assert np.mean(drawn) == pytest.approx(setting.centre, abs=0.01)
    elif setting.p10 is not None and setting.p90 is not None:
        shares = [np.mean(drawn <= at) for at in (setting.p10, setting.centre, setting.p90)]
        if min(setting.centre - setting.p10, setting.p90 - setting.centre) > 1e-6:
            assert shares == pytest.approx([0.1, 0.5, 0.9], abs=0.04)
    else:
        assert np.median(drawn) == pytest.approx(setting.centre, rel=0.1, abs=0.05)


# The central run.


def test_the_central_run_is_not_the_median_and_is_never_called_so():
    central = project(shipped_model(), scenario(), deterministic=True)
    drawn = project(shipped_model(), scenario(draws=4096))
    assert central.values["livestock_herd"] == pytest.approx(564_007.4, abs=0.05)
    median = drawn.quantiles("livestock_herd", [0.5])[0]
    assert median == pytest.approx(558_400, abs=800)
    result = Workshop().run(scenario(), deterministic=True)
    found = as_json(result)
    assert found["draws"] == 0
    assert all(set(numbers) == {"value"} for numbers in found["quantities"].values())
    assert all(row.quantiles is None for row in result.card.rows.values())


@pytest.mark.parametrize(("language", "median"), [("vi", "Trung vị"), ("en", "Median")])
def test_the_board_of_the_central_run_has_no_column_of_medians(language, median):
    for options, expected in (([], True), (["--deterministic"], False)):
        shown = CliRunner().invoke(app, ["run", "trend", "--language", language, *options])
        assert shown.exit_code == 0
        lines = shown.output.splitlines()
        header = next(line for line in lines if "2019" in line and "2020" in line)
        assert (median in header) == ("P10" in header) == expected


def test_the_central_run_draws_nothing():
    one, two = (
        project(shipped_model(), scenario(seed=seed, draws=draws), deterministic=True).values
        for seed, draws in ((1, 64), (2, 256))
    )
    assert not moved(one, two)


@given(name=st.sampled_from(["human_epidemic", "foot_and_mouth_outbreak"]), chance=st.floats(0, 1))
def test_a_switch_is_on_in_the_central_run_from_one_half(name, chance):
    run = scenario({name: Setting(chance)})
    assert project(shipped_model(), run, deterministic=True).values[name] == (chance >= 0.5)


def test_counts_are_whole_in_draws_and_fractions_in_the_central_run():
    counts = [name for name in GRAPH.order if "whole_counts" in GRAPH.equations[name].arguments]
    drawn = project(shipped_model(), scenario()).values
    central = project(shipped_model(), scenario(), deterministic=True).values
    for name in counts:
        assert np.array_equal(drawn[name], np.round(drawn[name])), name
    assert any(central[name] != round(central[name]) for name in counts)


# The number of draws.


def test_every_shipped_scenario_draws_a_power_of_two():
    runs, failures = read_runs(shipped_scenarios().values(), Workshop())
    assert not failures
    assert {run.draws.bit_count() for run in runs} == {1}
    assert {(run.draws, run.seed) for run in runs} == {(4096, 20191231)}


@pytest.mark.parametrize(
    ("draws", "near"), [(1000, ("512", "1024")), (4097, ("4096", "8192")), (3, ("2", "4"))]
)
def test_another_number_of_draws_is_refused_with_the_nearest_powers(draws, near):
    trend = [shipped_scenarios()["trend"]]
    with pytest.raises(InputError) as error:
        read_runs(trend, Workshop(), Overrides(draws=draws))
    (problem,) = error.value.problems
    assert str(draws) in str(problem)
    for power in near:
        assert power in problem.allowed + problem.nearest + problem.wrong
