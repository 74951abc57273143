"""Does the picture of causes show what matters, keep what moved, and leave nothing dangling?"""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.insight.upstream import BOXES, COLUMNS, ROWS, Upstream, levels, upstream
from simulator.projection import project
from tests.cards import trend
from tests.runs import calm_scenarios, few
from tests.strategies import scenario, shipped_model

DRAWN = sorted(name for name in trend().rows if name in trend().projection.values)
REFERENCE = project(shipped_model(), scenario(), deterministic=True)


def found(run, name: str) -> Upstream:
    model = shipped_model()
    central = project(model, run, deterministic=True)
    return upstream(name, central, project(model, run), REFERENCE)


@few
@given(run=calm_scenarios(), name=st.sampled_from(DRAWN))
def test_every_box_reaches_the_quantity_and_columns_lead_to_it(run, name):
    picture = found(run, name)
    boxes = {box.name: box for box in picture.boxes}
    assert picture.boxes[-1].name == name
    assert len(boxes) == len(picture.boxes) <= BOXES + 1
    reached = {name}
    for box in reversed(picture.boxes):
        assert box.name in reached, box.name
        reached.update(box.inputs)
        for cause in box.inputs:
            assert boxes[cause].column < box.column
    assert set(boxes) == reached
    columns = [box.column for box in picture.boxes]
    assert columns == sorted(columns)
    assert max(columns) <= COLUMNS
    assert all(columns.count(at) <= ROWS for at in set(columns))
    assert picture.left_out >= 0


@few
@given(run=calm_scenarios(3), name=st.sampled_from(DRAWN))
def test_whatever_is_upstream_of_a_box_in_the_picture_is_upstream_in_the_graph(run, name):
    graph = shipped_model().graph
    for box in found(run, name).boxes:
        above = {
            argument
            for one in graph.upstream(box.name)
            for argument in (one, *graph.equations[one].arguments)
        }
        assert {*box.inputs} <= above
        if box.absorbed is not None:
            assert box.absorbed.name in above
            assert box.absorbed.kind == "assumption"
            assert not box.inputs


@few
@given(
    moved=st.sampled_from(
        ["foreign_capital_disbursement", "drought_severity", "pig_biosecurity", "services_growth"]
    ),
    name=st.sampled_from(["grdp_growth", "budget_revenue", "poverty_rate"]),
)
def test_a_moved_lever_stays_in_the_picture_with_a_moved_way_to_the_quantity(moved, name):
    far = {"drought_severity": 0.7}.get(moved, 0.9 if moved != "services_growth" else 0.05)
    picture = found(scenario({moved: Setting(far)}), name)
    shown = {box.name for box in picture.boxes} | {
        box.absorbed.name for box in picture.boxes if box.absorbed is not None
    }
    assert moved in shown
    marked = {box.name: box for box in picture.boxes if box.moved}
    assert name in marked
    for box in marked.values():
        assert box.name == name or any(
            box.name in user.inputs and user.moved for user in picture.boxes
        )


def test_nothing_is_marked_where_nothing_moved():
    for name in DRAWN:
        assert not any(box.moved for box in found(scenario(), name).boxes)


def test_growth_is_told_by_its_four_parts_and_what_drives_them():
    picture = found(scenario(draws=256), "grdp_growth")
    assert set(picture.boxes[-1].inputs) == {
        "agriculture_value",
        "industry_value",
        "services_value",
        "product_tax_value",
    }
    names = {box.name for box in picture.boxes}
    assert {"total_investment", "human_epidemic", "services_growth"} <= names
    assert not names & {"price_factor", "investment_effect", "epidemic_loss_services"}


def test_a_quantity_that_one_assumption_decides_has_one_box():
    picture = found(scenario(), "forest_cover")
    assert [box.name for box in picture.boxes] == ["forest_cover_gain", "forest_cover"]
    assert picture.left_out == 0


@pytest.mark.parametrize("name", ["grdp_growth", "livestock_herd", "population_base", "grdp_base"])
def test_levels_name_everything_upstream_once_at_its_nearest(name):
    model = shipped_model()
    rows = levels(model, name, REFERENCE, REFERENCE)
    names = [value.name for row in rows for value in row]
    assert names[0] == name
    assert len(names) == len(set(names))
    assert {one for one in names if one in model.graph.equations} == set(model.graph.upstream(name))
    assert not any(value.moved for row in rows for value in row)
    for before, after in pairwise(rows):
        inputs = {
            argument
            for value in before
            if value.name in model.graph.equations
            for argument in model.graph.equations[value.name].arguments
        }
        assert {value.name for value in after} <= inputs


def test_levels_mark_what_differs_from_the_reference():
    model = shipped_model()
    wet = project(model, scenario({"drought_severity": Setting(0.0)}), deterministic=True)
    rows = levels(model, "food_output", wet, REFERENCE)
    marked = {value.name for row in rows for value in row if value.moved}
    assert marked == {
        "drought_severity",
        "food_output",
        "maize_output",
        "upland_rice_output",
        "wet_rice_output",
    }
