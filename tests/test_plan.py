"""Is every fault of a plan's folder refused once, with its file, its line and its name?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.graph import WiringError
from simulator.plan import find_plan, load_plan
from simulator.projection import build_model, project
from simulator.records import InputError
from tests.folders import copied, edit_table, line_of, only_problem_of, problems_of, set_cell
from tests.laws import identical
from tests.runs import few
from tests.strategies import central_world, run, scenario, shipped_model, shipped_plan

OVERRIDES = "a parameter silently replaces the equation or assumption of its name"
TABLES = ["facts", "parameters", "targets", "assumptions", "funds", "sources", "inconsistencies"]


def test_the_shipped_plan_is_read_without_a_complaint():
    plan = load_plan(find_plan("dien_bien_2020"))
    assert len(plan.catalogue.assumptions) == 88
    assert len(plan.targets) == 73
    assert sum(target.scored for target in plan.targets.values()) == 41


def test_a_copied_plan_gives_the_shipped_plans_numbers(tmp_path):
    copy = build_model(load_plan(copied(tmp_path)))
    assert identical(run(central_world(), copy)["grdp_growth"], run(central_world())["grdp_growth"])


def test_a_plan_that_is_nowhere_names_the_nearest_shipped_one():
    with pytest.raises(InputError) as error:
        find_plan("dien_bien_2021")
    assert error.value.problems[0].nearest == "dien_bien_2020"


# Files.


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_file_is_named(tmp_path, table):
    plan = copied(tmp_path)
    (plan / f"{table}.csv").unlink()
    assert any(f"{table}.csv" in problem.file for problem in problems_of(plan))


@pytest.mark.parametrize("table", TABLES)
def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path, table):
    plan = copied(tmp_path)
    file = plan / f"{table}.csv"
    lines = file.read_bytes().split(b"\n")
    lines[2] = lines[2][:-1] + b"\xe9"
    file.write_bytes(b"\n".join(lines))
    problem = next(found for found in problems_of(plan) if f"{table}.csv" in found.file)
    assert problem.line == 3
    assert "UTF-8" in problem.wrong


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_file_misses_its_columns(tmp_path, table):
    plan = copied(tmp_path)
    (plan / f"{table}.csv").write_text("")
    found = [problem for problem in problems_of(plan) if problem.file == f"{table}.csv"]
    assert found
    assert {"missing column", "missing row"} >= {problem.wrong for problem in found}


@pytest.mark.parametrize("table", TABLES)
def test_a_misspelled_column_names_the_column_meant(tmp_path, table):
    plan = copied(tmp_path)
    edit_table(plan / f"{table}.csv", lambda rows: rows[0].__setitem__(0, "nmae"))
    found = [problem for problem in problems_of(plan) if problem.file == f"{table}.csv"]
    unknown = next(problem for problem in found if problem.wrong == "unknown column")
    assert (unknown.line, unknown.name, unknown.nearest) == (1, "nmae", "name")
    assert any(problem.name == "name" and "missing" in problem.wrong for problem in found)


@pytest.mark.parametrize("table", TABLES)
def test_a_doubled_column_is_named(tmp_path, table):
    plan = copied(tmp_path)
    edit_table(plan / f"{table}.csv", lambda rows: [row.append(row[0]) for row in rows] and None)
    problem = next(found for found in problems_of(plan) if found.file == f"{table}.csv")
    assert (problem.line, problem.name, problem.wrong) == (1, "name", "doubled column")


@pytest.mark.parametrize("table", TABLES)
def test_a_row_with_a_cell_too_many_is_named(tmp_path, table):
    plan = copied(tmp_path)
    edit_table(plan / f"{table}.csv", lambda rows: rows[1].append("more"))
    first = (plan / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    problem = next(found for found in problems_of(plan) if found.file == f"{table}.csv")
    assert (problem.line, problem.name) == (2, first)


@pytest.mark.parametrize("table", TABLES)
def test_a_doubled_row_names_both_lines(tmp_path, table):
    plan = copied(tmp_path)
    edit_table(plan / f"{table}.csv", lambda rows: rows.append(rows[1]))
    problem = next(found for found in problems_of(plan) if found.file == f"{table}.csv")
    assert "stands already on line 2" in problem.wrong
    assert problem.line is not None
    assert problem.line > 2


# Facts.


@pytest.mark.parametrize("value", ["11,340.87", "11.340,87", "11 340.87", "nan", "inf", "much", ""])
def test_a_fact_that_is_no_plain_number_is_named(tmp_path, value):
    plan = copied(tmp_path)
    line = set_cell(plan / "facts.csv", "value", value, "grdp", "value")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.name) == ("facts.csv", line, "grdp")


def test_percent_for_a_share_is_named_beside_what_is_printed(tmp_path):
    plan = copied(tmp_path)
    line = set_cell(plan / "facts.csv", "value", "7.2", "grdp", "growth")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.name) == ("facts.csv", line, "grdp")
    assert "7,2%" in problem.wrong
    assert "0.072" in problem.allowed


def test_an_unknown_kind_of_fact_is_named(tmp_path):
    plan = copied(tmp_path)
    line = set_cell(plan / "facts.csv", "kind", "groth", "grdp", "growth")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.name) == ("facts.csv", line, "grdp")
    assert "'groth'" in problem.wrong


def test_a_fact_in_another_unit_does_not_wire(tmp_path):
    plan = copied(tmp_path)
    set_cell(plan / "facts.csv", "unit", "billion_vnd", "grdp", "value")
    with pytest.raises(WiringError, match=r"grdp_base in billion_vnd_2010_prices"):
        build_model(load_plan(plan))


def test_faults_of_several_files_are_all_named_in_one_error(tmp_path):
    plan = copied(tmp_path)
    set_cell(plan / "facts.csv", "value", "7.2", "grdp", "growth")
    set_cell(plan / "facts.csv", "value", "1366.5", "tourism_revenue", "value")
    set_cell(plan / "parameters.csv", "value", "a lot", "pen_downtime_weeks")
    named = {problem.name for problem in problems_of(plan)}
    assert named == {"grdp", "tourism_revenue", "pen_downtime_weeks"}


def _used_facts():
    model = shipped_model()
    used = {name for name in model.graph.users if name in model.plan.facts}
    return st.sampled_from(sorted(used))


@few
@given(name=st.deferred(_used_facts))
def test_without_a_fact_the_rest_is_projected_as_before_and_the_reason_is_given(name):
    plan = shipped_plan()
    left = {other: fact for other, fact in plan.facts.items() if other != name}
    model = build_model(replace(plan, facts=left))
    lost = set(model.unprojected) - set(shipped_model().unprojected)
    assert lost
    assert all(name in model.unprojected[quantity] for quantity in lost)
    before, after = run(central_world()), run(central_world(), model)
    for quantity in model.graph.order:
        assert identical(before[quantity], after[quantity])


# Parameters.


@pytest.mark.parametrize("value", ["1,5", "1.500,0", "inf", "nan", "0.1;0.2;", "twice"])
def test_a_parameter_that_is_no_number_is_named(tmp_path, value):
    plan = copied(tmp_path)
    line = set_cell(plan / "parameters.csv", "value", value, "cattle_to_buffalo_loss")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line) == ("parameters.csv", line)
    assert problem.name == "cattle_to_buffalo_loss"


def test_a_bad_parameter_is_named_without_complaints_about_good_ones(tmp_path):
    plan = copied(tmp_path)
    line = set_cell(plan / "parameters.csv", "value", "", "cattle_to_buffalo_loss")
    problem = only_problem_of(plan)
    assert (problem.line, problem.name) == (line, "cattle_to_buffalo_loss")


@pytest.mark.parametrize("value", ["1,25", "a quarter more", "1.25;1.5"])
def test_a_spread_inflation_that_is_no_number_is_named_like_any_parameter(tmp_path, value):
    plan = copied(tmp_path)
    line = set_cell(plan / "parameters.csv", "value", value, "spread_inflation")
    problem = problems_of(plan)[0]
    assert (problem.file, problem.line, problem.name) == (
        "parameters.csv", line, "spread_inflation",
    )  # fmt: skip


def test_a_parameter_in_another_unit_does_not_wire(tmp_path):
    plan = copied(tmp_path)
    set_cell(plan / "parameters.csv", "unit", "months", "pen_downtime_weeks")
    with pytest.raises(WiringError, match="pen_downtime_weeks in weeks, but it is given in months"):
        build_model(load_plan(plan))


def test_a_missing_parameter_does_not_wire(tmp_path):
    plan = copied(tmp_path)
    file = plan / "parameters.csv"
    line = line_of(file, "pen_downtime_weeks")
    edit_table(file, lambda rows: rows.pop(line - 1) and None)
    with pytest.raises(WiringError, match="swine_fever_year needs pen_downtime_weeks"):
        build_model(load_plan(plan))


def test_a_misspelled_parameter_does_not_wire_and_is_the_nearest_name(tmp_path):
    plan = copied(tmp_path)
    set_cell(plan / "parameters.csv", "name", "pen_downtime_week", "pen_downtime_weeks")
    with pytest.raises(WiringError, match="nearest known name is pen_downtime_week"):
        build_model(load_plan(plan))


def test_a_missing_spread_inflation_is_named(tmp_path):
    plan = copied(tmp_path)
    file = plan / "parameters.csv"
    edit_table(file, lambda rows: rows.pop(line_of(file, "spread_inflation") - 1) and None)
    problem = only_problem_of(plan)
    assert (problem.file, problem.name) == ("parameters.csv", "spread_inflation")


@pytest.mark.parametrize(
    "name",
    [
        "grdp_growth",
        "services_growth",
        "grdp_base",
    ],
)
def test_a_parameter_of_an_equations_facts_or_assumptions_name_is_refused(tmp_path, name):
    plan = copied(tmp_path)
    edit_table(
        plan / "parameters.csv", lambda rows: rows.append([name, "7", "percent_per_year", "a slip"])
    )
    with pytest.raises((WiringError, InputError), match=name):
        build_model(load_plan(plan))


# Targets.


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("target", "270,520"),
        ("target", "270.520"),
        ("target", "27052"),
        ("sense", "atleast"),
        ("kind", "sum"),
        ("decimals", "-1"),
        ("decimals", "0.5"),
        ("scored", "yes"),
        ("strict", "2"),
        ("prior", "1.5"),
        ("resolution_verdict", "nearly"),
        ("verdict_scope", "wide"),
        ("reference_class", "some"),
        ("target", ""),
        ("sense", ""),
    ],
)
def test_a_wrong_cell_of_a_target_is_named(tmp_path, column, value):
    plan = copied(tmp_path)
    line = set_cell(plan / "targets.csv", column, value, "food_output")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.name) == ("targets.csv", line, "food_output")


def test_percent_for_a_share_in_a_target_is_named(tmp_path):
    plan = copied(tmp_path)
    line = set_cell(plan / "targets.csv", "target", "0.0725", "grdp_growth")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.name) == ("targets.csv", line, "grdp_growth")
    assert "7,25%" in problem.wrong


def test_a_lever_that_is_no_assumption_names_the_nearest(tmp_path):
    plan = copied(tmp_path)
    line = set_cell(plan / "targets.csv", "lever", "retail_growht", "retail_sales")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.name) == ("targets.csv", line, "retail_growht")
    assert problem.nearest == "retail_growth"


def test_a_milestone_without_a_prior_is_named(tmp_path):
    plan = copied(tmp_path)
    line = set_cell(plan / "targets.csv", "prior", "", "na_sang_road")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.name) == ("targets.csv", line, "na_sang_road")


# Funds, and the sheet.


def test_a_fund_that_differs_from_the_facts_is_named(tmp_path):
    plan = copied(tmp_path)
    line = set_cell(plan / "funds.csv", "allocation", "60.4", "government_bonds")
    problem = only_problem_of(plan)
    assert (problem.file, problem.line, problem.name) == ("funds.csv", line, "government_bonds")


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("draws: 4096", "draws: many", "draws"),
        ("draws: 4096", "draws: 0", "draws"),
        ("draws: 4096", "drawz: 4096", "draw"),
        ("seed: 20191231", "seed: -1", "seed"),
        ("base_year: 2019", "base_year: 2019.5", "base_year"),
        ("base_year: 2019\n", "", "base_year"),
        ("  vi: Tỉnh Điện Biên\n", "", "province"),
    ],
)
def test_a_wrong_line_of_the_sheet_is_named(tmp_path, old, new, name):
    plan = copied(tmp_path)
    sheet = plan / "plan.yaml"
    text = sheet.read_text(encoding="utf-8")
    assert old in text
    sheet.write_text(text.replace(old, new), encoding="utf-8")
    found = problems_of(plan)
    assert all(problem.file == "plan.yaml" for problem in found)
    assert any(name in f"{problem.name} {problem.wrong}" for problem in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: [",
        "- 1",
        "\t",
        "just words",
        "[" * 3000,
    ],
)
def test_a_sheet_that_is_no_sheet_is_refused(tmp_path, text):
    plan = copied(tmp_path)
    (plan / "plan.yaml").write_text(text, encoding="utf-8")
    assert problems_of(plan)[0].file == "plan.yaml"


def test_a_sheet_with_a_doubled_key_is_refused(tmp_path):
    plan = copied(tmp_path)
    sheet = plan / "plan.yaml"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "seed: 1\n", encoding="utf-8")
    assert "seed" in str(only_problem_of(plan))


def test_draws_that_are_no_power_of_two_are_refused_in_the_sheet(tmp_path):
    plan = copied(tmp_path)
    sheet = plan / "plan.yaml"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace("draws: 4096", "draws: 1000"), encoding="utf-8")
    assert "draws" in str(only_problem_of(plan))


# What is typed in.


def test_a_typed_baseline_of_no_target_is_refused_in_words():
    with pytest.raises((WiringError, InputError, ValueError), match="urban_watr"):
        build_model(shipped_plan(), {"urban_watr": 91.0})


def test_a_model_refuses_a_scenario_with_other_typed_baselines():
    with pytest.raises(ValueError, match="typed baselines"):
        project(shipped_model(), scenario(typed_baselines={"urban_clean_water": 91.0}))


@given(junk=st.text(max_size=200))
def test_junk_in_a_table_is_refused_and_never_a_crash(tmp_path_factory, junk):
    plan = tmp_path_factory.mktemp("junk") / "factors.csv"
    plan.write_text(junk, encoding="utf-8", errors="replace")
    from simulator.assumptions import CommonFactor
    from simulator.records import read_table

    with pytest.raises(InputError):
        read_table(plan, CommonFactor)
