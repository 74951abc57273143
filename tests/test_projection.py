"""Do draws share their randomness, keep their order, and follow nothing but what was changed?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.plan import load_plan
from simulator.projection import Model, Projection, build_model, project, standard_normals
from tests.folders import copied, edit_table
from tests.laws import identical, moved, same
from tests.runs import calm_scenarios, calm_settings
from tests.strategies import (
    MONEY,
    catalogue,
    central_world,
    model_with_baselines,
    money_scaled,
    pairs,
    perturbed_plans,
    run,
    scenario,
    shipped_model,
    shipped_plan,
    values,
    worlds,
)

COMMUNE_COUNTS = {
    "new_rural_communes",
    "new_rural_communes_added",
    "new_rural_criteria",
    "child_friendly_communes",
}
"""What keeps its own noise when every assumption is locked."""

TARGET_FED = {
    "households_30a_base",
    "poor_households_30a",
    "poor_households_30a_planned",
    "poverty_rate_30a_planned",
    "child_friendly_communes_base",
    "child_friendly_communes_planned",
    "child_friendly_communes",
}
"""The declared exceptions: the 30a household count and the child-friendly base."""

SLIDERS = {
    "retail_growth": "retail_sales",
    "export_growth": "exports",
    "import_growth": "imports",
    "visitor_growth": "visitors",
    "services_growth": "services_value",
    "agriculture_growth": "agriculture_value",
    "industry_growth": "industry_value",
    "product_tax_growth": "product_tax_value",
    "industrial_output_growth": "industrial_output",
    "revenue_growth": "budget_revenue",
    "non_state_investment_growth": "non_state_investment",
    "job_creation_growth": "jobs_created",
    "cattle_growth": "cattle_herd",
    "buffalo_growth": "buffalo_herd",
    "pig_capacity_growth": "pig_herd",
    "population_growth": "population",
    "household_growth": "households",
    "substitution_treatment_growth": "substitution_treatment",
    "wet_rice_area_growth": "wet_rice_output",
    "maize_yield_growth": "maize_output",
}
"""Growth sliders, and the quantity that each grows."""


# Targets never enter.


@pytest.mark.law(28)
@settings(max_examples=15)
@given(factors=st.lists(st.floats(0.9, 1.1), min_size=73, max_size=73))
def test_targets_moved_by_a_tenth_leave_every_projection_bit_for_bit_as_it_was(factors):
    plan = shipped_plan()
    targets = {
        name: row if row.target is None else row.model_copy(update={"target": row.target * factor})
        for factor, (name, row) in zip(factors, plan.targets.items(), strict=True)
    }
    perturbed = build_model(replace(plan, targets=targets))
    before, after = project(shipped_model(), scenario()), project(perturbed, scenario())
    assert moved(before.values, after.values) <= TARGET_FED


# Locked and degenerate.


@pytest.mark.law(29)
@given(world=worlds())
def test_with_everything_locked_only_commune_counts_vary(world):
    locked = {name: Setting(value, fixed=True) for name, value in world.items()}
    drawn = project(shipped_model(), scenario(locked))
    central = run(world, whole_counts=True)
    for name in drawn.quantities:
        if name not in COMMUNE_COUNTS:
            found = np.broadcast_to(drawn.values[name], 64)
            assert np.all(found == found[0]), name
            assert same(found, central[name], 1e-12), name


@given(scenario=calm_scenarios())
def test_each_draw_is_the_run_of_its_own_inputs(scenario):
    drawn = project(shipped_model(), scenario)
    noise = ("new_rural_communes_noise", "child_friendly_communes_noise")
    for at in (0, scenario.draws // 3, scenario.draws - 1):
        world = {name: float(drawn.values[name][at]) for name in catalogue()}
        single = run(
            world, whole_counts=True, **{name: float(drawn.values[name][at]) for name in noise}
        )
        for name in drawn.quantities:
            assert same(np.broadcast_to(drawn.values[name], scenario.draws)[at], single[name], 1e-9)


@given(scenario=calm_scenarios(most_changes=88))
def test_every_draw_of_every_quantity_is_a_finite_number(scenario):
    drawn = project(shipped_model(), scenario)
    for name in drawn.quantities:
        assert np.all(np.isfinite(drawn.values[name])), name


@settings(max_examples=15)
@given(plan=perturbed_plans(), world=worlds())
def test_identities_hold_for_any_base_year_and_coefficients(plan, world):
    result = run(world, build_model(plan))
    sectors = ("agriculture", "industry", "services", "product_tax")
    assert same(sum(result[f"{sector}_value"] for sector in sectors), result["grdp"])
    assert sum(result[f"{sector}_share"] for sector in sectors) == pytest.approx(100, abs=1e-9)
    assert same(result["grdp_per_capita"] * result["population"], result["nominal_grdp"])
    assert same(
        result["public_investment"] + result["non_state_investment"], result["total_investment"]
    )
    assert same(sum(result[f"{s}_value_base"] for s in sectors), result["grdp_base"])
    herd = result["swine_fever_year"].end
    pens = ("shielded_pigs", "connected_pigs", "pens_in_downtime", "empty_pens")
    places = sum(plan.parameter(f"{kind}_at_start") for kind in pens)
    assert same(herd.living + herd.downtime + herd.empty + herd.abandoned, places)
    assert all(np.min(compartment) >= 0 for compartment in herd)


@settings(max_examples=15)
@given(plan=perturbed_plans())
def test_the_reference_run_of_any_plan_repeats_its_growth_sliders(plan):
    model = build_model(plan)
    off = {
        "infected_pigs_at_start": 0.0,
        "swine_fever_introductions": 0.0,
        "newly_connected_herds": 0.0,
        "foot_and_mouth_outbreak": 0.0,
        "human_epidemic": 0.0,
    }
    result = run(central_world() | off, model)
    for sector in ("agriculture", "industry", "services"):
        assert result[f"{sector}_growth_realised"] == result[f"{sector}_growth"]
    assert result["growth_surprise"] == 0


# Probability.


@pytest.mark.law(42)
@given(scenario=calm_scenarios(), thresholds=st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_the_chance_to_reach_a_threshold_never_rises_with_it(scenario, thresholds):
    drawn = project(shipped_model(), scenario)
    for name in ("grdp_growth", "livestock_herd", "new_rural_communes", "total_investment"):
        low, high = drawn.quantiles(name, [0, 1])
        steps = sorted(low + (high - low) * at for at in thresholds)
        chances = [np.mean(drawn.values[name] >= step) for step in steps]
        assert np.all(np.diff(chances) <= 0)


@given(scenario=calm_scenarios(), levels=st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_quantiles_rise_with_their_level_and_are_linear_between_draws(scenario, levels):
    drawn = project(shipped_model(), scenario)
    for name in ("grdp_growth", "pig_herd", "ocop_products"):
        found = drawn.quantiles(name, sorted(levels))
        assert np.all(np.diff(found) >= -1e-9 * abs(found[-1]))
        assert found == pytest.approx(
            list(np.quantile(drawn.values[name], sorted(levels))), rel=1e-9
        )


@pytest.mark.law(47)
@given(data=st.data(), slider=st.sampled_from(sorted(SLIDERS)), seed=st.sampled_from([0, 7]))
def test_raising_a_growth_slider_raises_every_draw_and_leaves_the_unrelated_alone(
    data, slider, seed
):
    lower, higher = data.draw(pairs(slider))
    model, grown = shipped_model(), SLIDERS[slider]
    before = project(model, scenario({slider: Setting(lower)}, seed=seed))
    after = project(model, scenario({slider: Setting(higher)}, seed=seed))
    assert np.all(after.values[grown] >= before.values[grown])
    alive = before.values[grown] > 0
    assert np.all(after.values[grown][alive] > before.values[grown][alive])
    changed = moved(before.values, after.values)
    assert changed <= model.graph.downstream([slider]) | {slider}
    assert grown in changed


@given(scenario=calm_scenarios(), data=st.data())
def test_projecting_from_a_previous_run_gives_bit_for_bit_what_a_fresh_one_gives(scenario, data):
    names = data.draw(st.lists(st.sampled_from(sorted(catalogue())), max_size=4, unique=True))
    changes = {**scenario.changes, **{name: data.draw(calm_settings(name)) for name in names}}
    for name in data.draw(st.sets(st.sampled_from(sorted(catalogue())), max_size=3)):
        changes.pop(name, None)
    later = replace(scenario, changes=changes)
    first = project(shipped_model(), scenario)
    _asked(first)
    onward, fresh = project(shipped_model(), later, previous=first), project(shipped_model(), later)
    assert not moved(onward.values, fresh.values)
    assert _asked(onward) == _asked(fresh)


def _asked(drawn: Projection) -> dict[str, list[float]]:
    return {name: drawn.quantiles(name, [0.1, 0.5, 0.9]) for name in drawn.quantities}


def test_quantiles_of_a_changed_assumption_are_those_of_the_change():
    first = project(shipped_model(), scenario())
    first.quantiles("retail_growth", [0.5])
    later = scenario({"retail_growth": Setting(0.3)})
    onward, fresh = project(shipped_model(), later, previous=first), project(shipped_model(), later)
    assert onward.quantiles("retail_growth", [0.5]) == fresh.quantiles("retail_growth", [0.5])


@given(scenario=calm_scenarios())
def test_a_central_run_from_a_run_of_draws_is_a_fresh_central_run(scenario):
    drawn = project(shipped_model(), scenario)
    onward = project(shipped_model(), scenario, deterministic=True, previous=drawn)
    assert not moved(onward.values, project(shipped_model(), scenario, deterministic=True).values)


@pytest.mark.law(48)
@given(scenario=calm_scenarios(), seed=st.integers(0, 2**32 - 1))
def test_permuting_the_draws_permutes_the_results(scenario, seed):
    model = shipped_model()
    drawn = project(model, scenario)
    order = np.random.default_rng(seed).permutation(scenario.draws)
    varying = [*catalogue(), *_noises(model)]
    shuffled = {name: drawn.values[name][order] for name in varying}
    again = model.graph.run_again(drawn.values, shuffled)
    for name in drawn.quantities:
        before = np.broadcast_to(drawn.values[name], scenario.draws)
        after = np.broadcast_to(again[name], scenario.draws)
        assert same(before[order], after, 1e-12), name
        middle = np.median(before)
        if same(before[order], after, 0):
            assert np.mean(before >= middle) == np.mean(after >= middle)


def _noises(model: Model) -> list[str]:
    factors = model.plan.catalogue.factors.values()
    return [row.name for row in factors if row.kind == "count_noise"]


@pytest.mark.law(49)
def test_reordering_and_adding_assumptions_leaves_every_stream_unchanged(tmp_path):
    folder = copied(tmp_path)

    def reorder_and_add(rows):
        more = list(rows[1])
        more[0], more[rows[0].index("dimension")] = "another_growth", "150"
        rows[1:] = [*reversed(rows[1:]), more]

    edit_table(folder / "assumptions.csv", reorder_and_add)
    edit_table(folder / "factors.csv", lambda rows: rows.append(rows.pop(1)))
    other = project(build_model(load_plan(folder)), scenario())
    drawn = project(shipped_model(), scenario())
    assert list(other.settings) != list(drawn.settings)
    for name, value in drawn.values.items():
        assert identical(value, other.values[name]), name


@pytest.mark.law(50)
@given(scenario=calm_scenarios())
def test_the_same_seed_gives_bit_for_bit_the_same_draws(scenario):
    first = project(shipped_model(), scenario)
    standard_normals.cache_clear()
    second = project(shipped_model(), scenario)
    assert not moved(first.values, second.values)


@pytest.mark.law(50)
def test_another_seed_gives_other_draws_and_scenarios_share_theirs():
    one, other = project(shipped_model(), scenario()), project(shipped_model(), scenario(seed=1))
    assert not identical(one.values["grdp_growth"], other.values["grdp_growth"])
    changed = project(shipped_model(), scenario({"retail_growth": Setting(0.2)}))
    assert identical(one.values["grdp_growth"], changed.values["grdp_growth"])


@pytest.mark.law(51)
@pytest.mark.parametrize("name", sorted(n for n, row in catalogue().items() if row.inflated))
def test_a_larger_spread_inflation_widens_its_assumption_and_keeps_the_median(name):
    plan = shipped_plan()
    quartiles = {}
    for inflation in (1.0, 1.25, 2.0):
        known = replace(plan.catalogue, spread_inflation=inflation)
        drawn = known.draw(name, known.default(name), standard_normals(20191231, 4096))
        quartiles[inflation] = np.quantile(drawn, [0.25, 0.5, 0.75])
    widths = {inflation: found[2] - found[0] for inflation, found in quartiles.items()}
    assert widths[1.25] / widths[1.0] == pytest.approx(1.25, rel=1e-6)
    assert widths[2.0] / widths[1.0] == pytest.approx(2.0, rel=1e-6)
    assert abs(quartiles[2.0][1] - quartiles[1.0][1]) < 0.03 * widths[1.0]


@pytest.mark.law(51)
@settings(max_examples=10)
@given(inflation=st.floats(1.3, 3))
def test_a_larger_spread_inflation_widens_the_indicators_that_follow_it(inflation):
    plan = shipped_plan()
    wider = build_model(
        replace(plan, catalogue=replace(plan.catalogue, spread_inflation=inflation))
    )
    before = project(shipped_model(), scenario(draws=256))
    after = project(wider, scenario(draws=256))
    for name in ("exports", "imports", "visitors", "jobs_created", "substitution_treatment"):
        lower, middle, upper = before.quantiles(name, [0.25, 0.5, 0.75])
        wide_lower, wide_middle, wide_upper = after.quantiles(name, [0.25, 0.5, 0.75])
        assert wide_upper - wide_lower > upper - lower, name
        assert abs(wide_middle - middle) < 0.1 * (upper - lower), name
    uninflated = ("agriculture_growth", "population", "total_investment")
    assert not set(uninflated) & moved(before.values, after.values)


# Scale.


@pytest.mark.law(52)
@settings(max_examples=15)
@given(scale=st.floats(1e-6, 1e6), world=worlds())
def test_another_currency_scales_amounts_and_leaves_growth_shares_and_ratios(scale, world):
    model = model_with_scaled_money(scale)
    cap = "investment_projects_capital"
    before = run(world)
    after = run(world | {cap: world[cap] * scale}, model)
    for name, equation in shipped_model().graph.equations.items():
        if name == "swine_fever_year":
            continue
        factor = scale if equation.unit in MONEY else 1.0
        slack = 1e-9 * max(abs(before[name]), 1e-3)
        assert abs(after[name] / factor - before[name]) <= slack, name


def model_with_scaled_money(scale: float) -> Model:
    return build_model(money_scaled(shipped_plan(), scale))


@given(names=st.sets(st.sampled_from(["rural_clean_water", "doctors_per_10000"]), min_size=1))
def test_typing_in_a_baseline_leaves_every_other_quantity_bit_for_bit_as_it_was(names):
    typed = {name: {"rural_clean_water": 82.0, "doctors_per_10000": 12.0}[name] for name in names}
    model = build_model(shipped_plan(), typed)
    drawn = project(model, scenario(typed_baselines=typed))
    before = project(shipped_model(), scenario())
    assert set(drawn.quantities) - set(before.quantities) == names
    for name in before.quantities:
        assert identical(drawn.values[name], before.values[name])


def test_projections_never_change_what_they_were_made_from():
    model = shipped_model()
    first = project(model, scenario())
    kept = {name: np.copy(first.values[name]) for name in first.quantities}
    project(model, scenario({"retail_growth": Setting(0.3)}), previous=first)
    for name, value in kept.items():
        assert identical(first.values[name], value)
    assert not standard_normals(20191231, 64).flags.writeable


@given(data=st.data(), name=st.deferred(lambda: st.sampled_from(sorted(catalogue()))))
def test_the_central_run_reads_centres_whether_or_not_they_are_locked(data, name):
    centre = data.draw(values(name))
    free = project(shipped_model(), scenario({name: Setting(centre)}), deterministic=True)
    locked = project(
        shipped_model(), scenario({name: Setting(centre, fixed=True)}), deterministic=True
    )
    assert not moved(free.values, locked.values)


def test_typed_baselines_reach_every_row_that_the_report_leaves_out():
    assert {"urban_clean_water", "doctors_per_10000"} <= set(model_with_baselines().graph.order)
