"""Is every fault of an outcomes file told, with its line, its name and what is allowed?"""

import pytest

from simulator.records import InputError
from simulator.validation import read_outcomes, validate
from tests.strategies import shipped_plan
from tests.validation.cases import HEADER, card, written


def problems(path):
    with pytest.raises(InputError) as error:
        read_outcomes(path, shipped_plan())
    return error.value.problems


def test_a_file_for_the_newest_plan_is_scored_as_it_is_dropped_in(tmp_path):
    path = written(
        tmp_path,
        "grdp_growth,2.5,percent_per_year,a later report",
        "wet_rice_output,158000,tonnes,a later report",
        "city_class_two,0,status,a later report",
    )
    found = validate(card("dien_bien_2020", 64), read_outcomes(path, shipped_plan()))
    assert [row.name for row in found.rows] == ["grdp_growth", "city_class_two", "wet_rice_output"]
    assert found.whole.count == 2
    assert found.rows[2].forecast.last == pytest.approx(156856.5)
    assert len(found.missing) == 71


def test_an_unknown_name_says_the_nearest(tmp_path):
    (problem,) = problems(written(tmp_path, "visitor,900,thousand_visits,x"))
    assert (problem.file, problem.line, problem.name) == ("known.csv", 2, "visitor")
    assert problem.nearest == "visitors"


def test_another_unit_says_the_right_one(tmp_path):
    (problem,) = problems(written(tmp_path, "visitors,900000,persons,x"))
    assert problem.allowed == "thousand_visits"
    assert "persons" in problem.wrong


def test_all_faults_are_told_at_once_with_their_lines(tmp_path):
    rows = ("visitors,900,persons,x", "exports,55,million_usd,x", "export,55,million_usd,x")
    assert [problem.line for problem in problems(written(tmp_path, *rows))] == [2, 4]


@pytest.mark.parametrize(
    "row",
    ["exports,,million_usd,x", "exports,fifty,million_usd,x", "exports,55,million_usd,",
     'exports,"55,5",million_usd,x', "exports,nan,million_usd,x", "exports,55,million_usd"],
)  # fmt: skip
def test_a_row_that_is_no_outcome_is_named(tmp_path, row):
    (problem,) = problems(written(tmp_path, row))
    assert (problem.line, problem.name) == (2, "exports")


def test_a_doubled_row_names_both_lines(tmp_path):
    (problem,) = problems(written(tmp_path, *["exports,55,million_usd,x"] * 2))
    assert "line 2" in problem.wrong


def test_a_printed_figure_is_compared(tmp_path):
    path = tmp_path / "known.csv"
    path.write_text(
        'name,value,unit,source,printed\nretail_sales,14600,billion_vnd,x,"14.650,5 tỷ"\n',
        encoding="utf-8",
    )
    (problem,) = problems(path)
    assert "14.650,5" in problem.wrong


def test_a_missing_file_and_an_unknown_column_are_told(tmp_path):
    assert "cannot be read" in problems(tmp_path / "none.csv")[0].wrong
    path = tmp_path / "known.csv"
    path.write_text(HEADER.replace("source", "sorce"), encoding="utf-8")
    assert any(problem.nearest == "source" for problem in problems(path))


def test_no_rows_are_no_fault(tmp_path):
    found = validate(card("dien_bien_2020", 64), read_outcomes(written(tmp_path), shipped_plan()))
    assert found.rows == ()
    assert found.whole.count == 0
    assert len(found.missing) == 73
