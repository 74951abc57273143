"""Does a draw keep what its setting says, and is every fault of the catalogue refused by name?"""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.assumptions import NINETIETH, Setting, to_link
from simulator.graph import WiringError
from simulator.plan import load_plan
from simulator.projection import COORDINATES, build_model, standard_normals
from tests.folders import (
    copied,
    edit_table,
    line_of,
    only_problem_of,
    problems_of,
    set_cell,
)
from tests.laws import identical, same
from tests.strategies import catalogue, settings_of, shipped_plan, values

CONTINUOUS = st.deferred(
    lambda: st.sampled_from(sorted(n for n, row in catalogue().items() if row.link != "switch"))
)
SWITCHES = ("foot_and_mouth_outbreak", "human_epidemic", "foreign_direct_investment")
ANY_NAME = st.deferred(lambda: st.sampled_from(sorted(catalogue())))
Z = st.lists(st.floats(-6, 6, allow_subnormal=False), min_size=1, max_size=8)


def normals_with(name: str, z: list[float]) -> np.ndarray:
    """Standard normals under which the combined normals of an assumption are these."""
    known = shipped_plan().catalogue
    row = known.assumptions[name]
    normals = np.zeros((COORDINATES, len(z)))
    loadings = row.loadings
    normals[row.dimension] = np.sqrt(1 - sum(load**2 for load in loadings.values())) * np.array(z)
    for factor, loading in loadings.items():
        normals[known.factors[factor].dimension] = loading * np.array(z)
    return normals


def draw(name: str, setting: Setting, z: list[float]) -> np.ndarray:
    return shipped_plan().catalogue.draw(name, setting, normals_with(name, z))


@given(name=ANY_NAME, z=Z)
def test_common_factors_and_own_normals_combine_to_a_standard_normal(name, z):
    found = shipped_plan().catalogue.combined(name, normals_with(name, z))
    assert np.allclose(found, z, rtol=0, atol=1e-12)


@given(name=CONTINUOUS, data=st.data())
def test_the_centre_is_the_median(name, data):
    centre = data.draw(values(name))
    assert same(draw(name, Setting(centre), [0.0])[0], centre, 1e-12)


@given(name=CONTINUOUS, data=st.data())
def test_three_quantiles_are_met_by_the_normals_quantiles(name, data):
    setting = data.draw(settings_of(name).filter(lambda found: found.p10 is not None))
    found = draw(name, setting, [-NINETIETH, 0.0, NINETIETH])
    wanted = [setting.p10, setting.centre, setting.p90]
    assert list(found) == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@given(name=CONTINUOUS, data=st.data(), z=Z)
def test_draws_between_three_quantiles_rise_with_the_normal(name, data, z):
    setting = data.draw(settings_of(name).filter(lambda found: found.p10 is not None))
    assert np.all(np.diff(draw(name, setting, sorted(z))) >= 0)


@given(name=CONTINUOUS, data=st.data(), z=Z)
def test_for_the_same_normals_a_higher_centre_never_draws_lower(name, data, z):
    lower, higher = sorted([data.draw(values(name)), data.draw(values(name))])
    assert np.all(draw(name, Setting(lower), z) <= draw(name, Setting(higher), z))


@given(name=CONTINUOUS, data=st.data(), z=st.floats(-6, 6))
def test_a_draw_lies_its_spread_times_the_normal_from_the_centre_on_the_link_scale(name, data, z):
    row = catalogue()[name]
    centre = data.draw(values(name))
    assume(np.isfinite(to_link(centre, row.link)))
    assume(row.link != "logit" or 1e-6 < centre < 1 - 1e-6)
    (found,) = draw(name, Setting(centre), [z])
    assume(row.link != "logit" or 1e-9 < found < 1 - 1e-9)
    inflated = 1.25 if row.inflated else 1.0
    moved = to_link(found, row.link) - to_link(centre, row.link)
    assert moved == pytest.approx(row.spread * inflated * z, abs=1e-6)


@given(name=ANY_NAME, data=st.data(), z=Z)
def test_a_fixed_assumption_is_the_same_in_every_draw(name, data, z):
    centre = data.draw(values(name))
    assert np.all(draw(name, Setting(centre, fixed=True), z) == centre)


@pytest.mark.parametrize("name", SWITCHES)
@pytest.mark.parametrize(("centre", "locked"), [(0, 0), (0.49, 0), (0.5, 1), (1, 1)])
def test_a_fixed_switch_is_on_from_one_half(name, centre, locked):
    assert set(draw(name, Setting(centre, fixed=True), [-5.0, 0.0, 5.0])) == {locked}


@pytest.mark.parametrize("name", SWITCHES)
@pytest.mark.parametrize("chance", [0.0, 0.03, 0.25, 0.5, 0.8, 1.0])
def test_a_switch_is_on_in_its_share_of_the_draws(name, chance):
    normals = standard_normals(20191231, 4096)
    found = shipped_plan().catalogue.draw(name, Setting(chance), normals)
    assert set(found) <= {0.0, 1.0}
    assert found.mean() == pytest.approx(chance, abs=2 / 4096)


@given(chances=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted), z=Z)
def test_a_likelier_switch_is_never_off_where_a_less_likely_one_is_on(chances, z):
    less, more = (draw("human_epidemic", Setting(chance), z) for chance in chances)
    assert np.all(less <= more)


@given(name=CONTINUOUS, z=Z)
def test_an_end_of_a_logit_or_log_link_is_that_end_in_every_draw(name, z):
    row = catalogue()[name]
    for end in (row.low, row.high):
        if not np.isfinite(to_link(end, row.link)):
            assert set(draw(name, Setting(end), z)) == {end}


@given(name=CONTINUOUS, data=st.data(), z=Z)
def test_draws_stay_where_their_link_allows(name, data, z):
    link = catalogue()[name].link
    found = draw(name, data.draw(settings_of(name)), z)
    assert np.all(np.isfinite(found))
    assert link == "identity" or np.all(found >= 0)
    assert link != "logit" or np.all(found <= 1)


def test_the_squared_loadings_of_every_assumption_leave_room_for_its_own_normal():
    for row in catalogue().values():
        assert sum(loading**2 for loading in row.loadings.values()) <= 1, row.name


def test_the_normals_are_standard_and_as_correlated_as_the_loadings_say():
    known = shipped_plan().catalogue
    normals = standard_normals(20191231, 4096)
    combined = {name: known.combined(name, normals) for name in known.assumptions}
    for name, z in combined.items():
        assert abs(np.mean(z)) < 0.02, name
        assert np.std(z) == pytest.approx(1, abs=0.02), name
    for one, other, wanted in (
        ("poverty_relative_fall", "poverty_relative_fall_30a", 0.3**2 + 0.7**2),
        ("services_growth", "product_tax_growth", 0.36),
        ("drought_severity", "upland_rice_yield_growth", -0.45),
        ("agriculture_growth", "industry_growth", 0.0),
    ):
        found = np.corrcoef(combined[one], combined[other])[0, 1]
        assert found == pytest.approx(wanted, abs=0.05), (one, other)


@given(name=ANY_NAME, seed=st.sampled_from([0, 1, 20191231]), draws=st.sampled_from([64, 128]))
def test_an_assumption_reads_its_own_coordinates_and_no_others(name, seed, draws):
    known = shipped_plan().catalogue
    row = known.assumptions[name]
    normals = standard_normals(seed, draws)
    read = {row.dimension, *(known.factors[factor].dimension for factor in row.loadings)}
    changed = np.full_like(normals, 9.0)
    changed[sorted(read)] = normals[sorted(read)]
    setting = known.default(name)
    assert identical(known.draw(name, setting, normals), known.draw(name, setting, changed))


# Faults of the catalogue, one at a time.


@pytest.mark.parametrize(
    ("name", "column", "value", "words"),
    [
        ("poverty_relative_fall", "centre", "9.2", "0.09, not 9"),
        ("local_balance_disbursement", "centre", "95.5", "0.09, not 9"),
        ("investment_projects_capital", "centre", "2,400", "thousands separator"),
        ("investment_projects_capital", "centre", "2.400,0", "decimal sign"),
        ("investment_projects_capital", "high", "12,000", "high"),
        ("services_growth", "centre", "", "centre is missing"),
        ("services_growth", "centre", "nan", "centre"),
        ("services_growth", "spread", "-0.01", "spread"),
        ("services_growth", "spread", "", "spread"),
        ("human_epidemic", "spread", "0.1", "spread"),
        ("services_growth", "link", "logistic", "link"),
        ("services_growth", "link", "switch", "switch"),
        ("services_growth", "link", "logit", "0 to 1"),
        ("services_growth", "link", "log", "log link"),
        ("local_balance_disbursement", "high", "1.5", "0 to 1"),
        ("services_growth", "low", "0.3", "centre"),
        ("services_growth", "common_factor", "demnd 0.6", "unknown common factor"),
        ("services_growth", "common_factor", "demand", "common_factor"),
        ("services_growth", "common_factor", "demand lots", "common_factor"),
        ("services_growth", "common_factor", "demand 0.8; dryness 0.7", "exceed 1"),
        ("services_growth", "dimension", "0", "dimension 0 is taken by agriculture_growth"),
        ("services_growth", "dimension", "200", "dimension 200 is taken by demand"),
        ("services_growth", "dimension", "-1", "dimension"),
        ("services_growth", "dimension", "256", "dimension"),
        ("services_growth", "front", "yes", "front"),
        ("services_growth", "inflated", "2", "inflated"),
        ("services_growth", "control", "nobody", "control"),
        ("services_growth", "display_decimals", "one", "display_decimals"),
    ],
)
def test_a_wrong_cell_of_the_catalogue_is_named_once(tmp_path, name, column, value, words):
    plan = copied(tmp_path)
    line = set_cell(plan / "assumptions.csv", column, value, name)
    (first, *_) = found = problems_of(plan)
    assert all(problem.file == "assumptions.csv" for problem in found)
    assert any(words in str(problem) for problem in found), found
    named = {"demnd"} if "demnd" in value else {name}
    later = {"industry_growth", "product_tax_growth"} if column == "dimension" else set()
    assert first.name in named | later
    assert first.line == line or first.name in later


def test_an_unknown_common_factor_names_the_nearest(tmp_path):
    plan = copied(tmp_path)
    set_cell(plan / "assumptions.csv", "common_factor", "demnd 0.6", "services_growth")
    assert only_problem_of(plan).nearest == "demand"


def test_a_doubled_assumption_is_named_with_both_lines(tmp_path):
    plan = copied(tmp_path)
    file = plan / "assumptions.csv"
    line = line_of(file, "services_growth")
    edit_table(file, lambda rows: rows.insert(line, list(rows[line - 1])))
    problem = only_problem_of(plan)
    assert (problem.line, problem.name) == (line + 1, "services_growth")
    assert f"line {line}" in problem.wrong


def test_a_missing_column_is_named(tmp_path):
    plan = copied(tmp_path)
    file = plan / "assumptions.csv"

    def without_evidence(rows):
        at = rows[0].index("evidence")
        for row in rows:
            row.pop(at)

    edit_table(file, without_evidence)
    problem = only_problem_of(plan)
    assert (problem.line, problem.name, problem.wrong) == (1, "evidence", "missing column")


def test_two_factors_may_not_share_a_dimension(tmp_path):
    plan = copied(tmp_path)
    line = set_cell(plan / "factors.csv", "dimension", "200", "administration")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.name) == ("factors.csv", line, "administration")


def test_a_target_may_not_share_a_dimension_with_an_assumption(tmp_path):
    plan = copied(tmp_path)
    line = set_cell(plan / "targets.csv", "dimension", "2", "na_sang_road")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.name) == ("targets.csv", line, "na_sang_road")


def test_a_missing_assumption_does_not_wire(tmp_path):
    plan = copied(tmp_path)
    file = plan / "assumptions.csv"
    line = line_of(file, "pig_restocking_rate")
    edit_table(file, lambda rows: rows.pop(line - 1) and None)
    with pytest.raises(WiringError, match="swine_fever_year needs pig_restocking_rate"):
        build_model(load_plan(plan))


def test_an_assumption_in_another_unit_does_not_wire(tmp_path):
    plan = copied(tmp_path)
    set_cell(plan / "assumptions.csv", "unit", "percent", "services_growth")
    with pytest.raises(WiringError, match=r"services_growth in share/year, .* in percent"):
        build_model(load_plan(plan))
