"""Does another province's plan, with other numbers and gaps, run through the same code?"""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.batch import Failure, Overrides, gather, read_runs, run_all
from simulator.plan import load_plan
from simulator.projection import Model, Projection, build_model, project
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.scenario_file import shipped_scenarios
from simulator.scorecard import Distribution, Rules, score
from simulator.solve import solve_plan
from tests.folders import copied, set_cell
from tests.invented import CANNOT_BE_PROJECTED, FACTS, TARGETS, write_invented_plan
from tests.laws import identical
from tests.runs import few
from tests.strategies import scenario, shipped_model, shipped_plan

FOREIGN = re.compile(
    r"điện biên|dien.bien|thanh hưng|na sang|tủa chùa|mường|huổi|long tạo"
    r"|(?<![\d.,])20(?:10|18|19|20)(?![\d.,])",
    re.IGNORECASE,
)
"""Names and years of the shipped plan; 2010 only where it is no unit of constant prices."""
CONSTANT_PRICES = re.compile(r"2010_prices|giá 2010|2010 prices|at 2010|năm 2010", re.IGNORECASE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_invented_plan(tmp_path_factory.mktemp("plans") / "lam_giang_2025")


@pytest.fixture(scope="module")
def invented(folder: Path) -> Model:
    return build_model(load_plan(folder))


def run_of(name: str, folder: Path) -> Scenario:
    (run,), failures = read_runs(
        [shipped_scenarios()[name]], Workshop(), Overrides(plan=str(folder))
    )
    assert not failures
    return run


@pytest.fixture(scope="module")
def central(invented: Model) -> Projection:
    return project(invented, replace(scenario(), plan="lam_giang_2025"), deterministic=True)


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    return Workshop().run(run_of("trend", folder))


# What can be projected is, from the other plan's own numbers.


def test_the_other_plan_brings_its_own_defaults(folder):
    run = run_of("trend", folder)
    assert (run.draws, run.seed, run.plan) == (1024, 7, str(folder))


def test_every_target_has_a_chance_or_a_reason(result):
    rows = result.card.rows
    assert list(rows) == list(TARGETS)
    for row in rows.values():
        assert (row.plan_chance is None) == (row.method in {"forecast", "not_projected"})
        assert row.method == "simulated" or row.reason
    missing = {name for name, row in rows.items() if row.reason == "missing_inputs"}
    assert missing == CANNOT_BE_PROJECTED


def test_what_cannot_be_projected_is_listed_with_what_is_missing(invented):
    told = invented.unprojected
    assert told["visitors"].startswith(
        "international_visitors cannot be computed: international_visitors_base is not given"
    )
    assert told["imports"].startswith("imports_base is not given")
    assert told["trade_turnover"].startswith("imports cannot be computed: imports_base is not")
    assert told["electricity_access"].startswith("electricity_access_base is not given")
    assert told["doctors_per_10000"].startswith("doctors_per_10000_base is not given")
    assert set(told) > CANNOT_BE_PROJECTED
    assert not set(told) & set(invented.graph.order)
    given_names = {f"{name}_base" + ("" if k == "value" else f"_{k}") for name, k in FACTS}
    for reason in told.values():
        missing = re.search(r"(\w+) is not given", reason)[1]
        assert missing not in given_names


def test_projections_start_from_the_other_base_year(central):
    found = central.values
    assert found["population"] == pytest.approx(800 * 1.008)
    assert found["exports"] == pytest.approx(400 * 1.12)
    assert found["poverty_rate"] == pytest.approx(
        6 * (1 - 0.15 - 0.8 * found["growth_surprise"]), rel=1e-12
    )
    assert found["forest_cover"] == pytest.approx(55.4)
    assert found["jobs_created"] == pytest.approx(15000 * 0.97)
    assert found["new_hydropower_output"] == 0
    assert found["grdp_per_capita"] * found["population"] == pytest.approx(found["nominal_grdp"])
    shares = [found[f"{s}_share"] for s in ("agriculture", "industry", "services", "product_tax")]
    assert sum(shares) == pytest.approx(100)
    assert found["buffalo_herd"] == pytest.approx(30000 * 1.0225)


def test_the_other_base_years_growth_is_repeated_by_its_weights(invented):
    constants = invented.constants
    sectors = ("agriculture", "industry", "services", "product_tax")
    values = [constants[f"{sector}_value_base"] for sector in sectors]
    assert sum(values) == pytest.approx(20000)
    growth = [FACTS[(f"{sector}_value", "growth")][0] for sector in sectors]
    before = [value / (1 + rate) for value, rate in zip(values, growth, strict=True)]
    assert sum(values) / sum(before) - 1 == pytest.approx(0.06, abs=1e-12)


def test_a_given_value_is_taken_where_the_shipped_plan_derives_it(invented):
    assert invented.constants["population_base"] == 800
    assert "population_base" not in invented.graph.equations


def test_counts_and_chances_are_over_the_other_plans_rows(result):
    scored = {n for n, row in TARGETS.items() if row.get("scored", 1)} - CANNOT_BE_PROJECTED
    assert result.card.count.scored == len(scored) == 12
    assert result.card.count.judged == 3
    assert result.card.count.structure is None  # its plan has no targets of structure
    chances = [result.card.rows[name].plan_chance for name in scored]
    assert result.card.count.plan.mean == pytest.approx(sum(chances))
    assert 0 < min(chances) < max(chances) < 1
    assert result.card.rows["enrolment_age_15_18"].resolution_bound == "point"
    assert result.card.rows["ring_road"].plan_chance == 0.66
    assert result.card.rows["tea_output"].plan_chance == (12 + 0.5) / 31


def test_a_baseline_typed_in_is_projected_in_the_other_plan_too(folder):
    baselines = Overrides(plan=str(folder), typed_baselines={"doctors_per_10000": 10.5})
    (run,), failures = read_runs([shipped_scenarios()["trend"]], Workshop(), baselines)
    assert not failures
    row = Workshop().run(run).card.rows["doctors_per_10000"]
    assert (row.method, row.base) == ("simulated", 10.5)


def test_the_other_plan_is_solved(folder, invented):
    solution = Workshop().run(run_of("plan", folder)).solution
    assert solution.unreached == ()
    found = project(invented, solution.scenario, deterministic=True).values
    for name in ("grdp_growth", "grdp_per_capita", "food_output", "poverty_rate", "exports"):
        assert found[name] == pytest.approx(TARGETS[name]["target"], rel=1e-9)
    assert "import_growth" not in solution.scenario.changes


@pytest.mark.parametrize("deterministic", [False, True])
def test_every_shipped_scenario_runs_on_the_other_plan(folder, deterministic):
    workshop = Workshop()
    paths, _ = gather(shipped_scenarios())
    runs, failures = read_runs(paths, workshop, Overrides(plan=str(folder), draws=64))
    assert not failures
    for found in run_all(runs, workshop, Rules(slack=True), deterministic=deterministic):
        assert isinstance(found, Result), found
        for name in found.card.projection.quantities:
            assert np.isfinite(found.card.projection.values[name]).all(), name


# Nothing of the shipped plan shows.


def foreign(text: str) -> list[str]:
    return FOREIGN.findall(CONSTANT_PRICES.sub("", text))


def simulator(*arguments: str) -> str:
    found = subprocess.run(
        [sys.executable, "-m", "simulator", *arguments],
        capture_output=True, check=True, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert not found.stderr.strip(), found.stderr.decode()
    return found.stdout.decode()


def test_the_command_line_runs_the_other_plan_to_json(folder):
    text = simulator("run", "--plan", str(folder), "--format", "json")
    found = json.loads(text)
    assert foreign(text) == []
    assert found["plan"] == "lam_giang_2025"
    assert (found["draws"], found["seed"]) == (1024, 7)
    reasons = {row["name"]: row["reason"] for row in found["targets"]}
    assert list(reasons) == list(TARGETS)
    assert {n for n, reason in reasons.items() if reason == "missing_inputs"} == (
        CANNOT_BE_PROJECTED
    )
    assert found["count"]["scored"] == 12
    assert found["quantities"]["exports"]["p50"] == pytest.approx(448, rel=0.02)
    assert not {"visitors", "imports", "trade_turnover"} & set(found["quantities"])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_scorecard_on_paper_names_no_other_province_or_year(folder, language):
    text = simulator("run", "--plan", str(folder), "--language", language)
    assert foreign(text) == []
    assert "international_visitors_base is not given" in text


def test_the_scan_would_find_the_shipped_plan():
    assert foreign("Kế hoạch 2020 của tỉnh Điện Biên") == ["2020", "Điện Biên"]
    assert foreign("12.2019 in 2010_prices") == []


# Fewer facts.


@few
@given(gone=st.sets(st.sampled_from(sorted(shipped_plan().facts)), max_size=40), data=st.data())
def test_with_fewer_facts_fewer_quantities_are_projected_and_the_rest_bit_for_bit(gone, data):
    plan = shipped_plan()
    facts = {name: fact for name, fact in plan.facts.items() if name not in gone}
    model = build_model(replace(plan, facts=facts))
    whole, rest = project(shipped_model(), scenario()), project(model, scenario())
    assert set(rest.quantities) <= set(whole.quantities)
    for name in rest.quantities:
        assert identical(rest.values[name], whole.values[name]), name
    lost = set(whole.model.graph.order) - set(model.graph.order)
    assert lost <= set(model.unprojected)
    for name in lost:
        missing = re.search(r"(\w+) is not given", model.unprojected[name])[1]
        assert missing in gone
    card = score(rest)
    assert len(card.rows) == 73
    for name, row in card.rows.items():
        if row.reason == "missing_inputs":
            assert name in model.unprojected
    score(project(model, scenario(), deterministic=True))
    solution = solve_plan(model, scenario())
    missed = {row.target for row in solution.unreached}
    assert missed <= set(model.graph.order)


def test_a_plan_without_any_facts_has_chances_for_what_needs_none():
    model = build_model(replace(shipped_plan(), facts={}))
    card = score(project(model, scenario()))
    assert {name for name, row in card.rows.items() if row.method == "simulated"} == {
        "birth_rate_reduction",
        "investment_projects_attracted",
        "registered_capital",
        "fdi_projects",
    }
    assert card.count.scored == 4
    assert card.rows["city_class_two"].plan_chance == 0.3


@given(gone=st.sets(st.sampled_from(sorted(shipped_plan().targets)), max_size=73))
def test_with_fewer_targets_the_other_rows_stay(gone):
    plan = shipped_plan()
    targets = {name: row for name, row in plan.targets.items() if name not in gone}
    model = replace(shipped_model(), plan=replace(plan, targets=targets))
    card = score(project(model, scenario()))
    assert list(card.rows) == list(targets)
    whole = score(project(shipped_model(), scenario()))
    assert all(card.rows[name] == whole.rows[name] for name in targets)
    scored = [name for name, row in targets.items() if row.scored]
    assert card.count.scored == len(scored)


def test_a_plan_that_scores_nothing_is_expected_to_meet_nothing():
    plan = shipped_plan()
    targets = {"population": plan.targets["population"]}
    model = replace(shipped_model(), plan=replace(plan, targets=targets))
    count = score(project(model, scenario())).count
    assert (count.scored, count.plan) == (0, Distribution(0.0, 0, 0, 0, (1.0,)))
    assert score(project(model, scenario(), deterministic=True)).count.met == 0


def test_a_table_that_does_not_fit_the_equations_is_told_and_stops_no_other_run(tmp_path):
    folder = write_invented_plan(tmp_path / "misfit")
    set_cell(folder / "targets.csv", "unit", "persons", "doctors_per_10000")
    typed = Overrides(plan=str(folder), typed_baselines={"doctors_per_10000": 10.0}, draws=64)
    runs, _ = read_runs([shipped_scenarios()["trend"]], Workshop(), typed)
    (failure,) = run_all(runs, Workshop(), Rules())
    assert isinstance(failure, Failure)
    assert "takes doctors_per_10000_base in doctors_per_10000" in failure.problems[0].wrong


def test_a_copy_under_another_name_gives_the_same_numbers(tmp_path):
    folder = copied(tmp_path)
    sheet = (folder / "plan.yaml").read_text(encoding="utf-8")
    sheet = sheet.replace("name: dien_bien_2020", "name: lam_giang_2025")
    sheet = sheet.replace("base_year: 2019", "base_year: 2024")
    (folder / "plan.yaml").write_text(sheet.replace("plan_year: 2020", "plan_year: 2025"), "utf-8")
    changes = {"retail_growth": Setting(0.1)}
    renamed = score(project(build_model(load_plan(folder)), scenario(changes)))
    card = score(project(shipped_model(), scenario(changes)))
    assert renamed.rows == card.rows
    assert renamed.count == card.count
