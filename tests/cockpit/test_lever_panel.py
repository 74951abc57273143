"""Does the panel hold every lever once, in order, with marks that stand within its range?"""

import json
from typing import get_args

import pytest
from hypothesis import given

from simulator.cockpit.lever_panel import GROUPS, panel, positions, titles
from simulator.cockpit.moves import MASTER, Moves, master_moves
from simulator.language import Language
from tests.cockpit.pages import hostile_plan
from tests.cockpit.sessions import some_moves
from tests.strategies import catalogue, shipped_plan

LANGUAGES: tuple[Language, ...] = get_args(Language)


def levers(language="vi"):
    return [
        lever
        for group in panel(shipped_plan(), language)["groups"]
        for lever in (*group["levers"], *group["advanced"])
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_assumption_is_one_lever_and_front_ones_stand_in_front(language):
    groups = panel(shipped_plan(), language)["groups"]
    assert [group["id"] for group in groups] == list(GROUPS)
    front = {lever["name"] for group in groups for lever in group["levers"]} - {MASTER}
    rest = [lever["name"] for group in groups for lever in group["advanced"]]
    assert front == {name for name, row in catalogue().items() if row.front}
    assert sorted([*front, *rest]) == sorted(catalogue())
    assert sum(lever["name"] == MASTER for lever in levers(language)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_stand_within_the_range_and_in_order(language):
    for lever in levers(language):
        assert lever["low"] <= lever["farLow"] <= lever["p10"] <= lever["centre"], lever["name"]
        assert lever["centre"] <= lever["p90"] <= lever["farHigh"] <= lever["high"], lever["name"]
        assert 0 < lever["step"] <= lever["high"] - lever["low"]
        assert lever["title"]
        assert lever["full"]


def test_the_master_levers_marks_are_not_those_of_an_assumption():
    master = next(lever for lever in levers() if lever["name"] == MASTER)
    assert (master["low"], master["high"], master["centre"]) == (-0.4, 0.05, 0.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_percents_are_shown_as_percents_and_kept_as_shares(language):
    for lever in levers(language):
        if lever["name"] != MASTER:
            in_percent = catalogue()[lever["name"]].display_unit.startswith("%")
            assert lever["scale"] == (100.0 if in_percent else 1.0)
            assert lever["unit"].startswith("%") == in_percent


def test_the_languages_differ_in_words_alone():
    told = {"title", "full", "unit", "evidence", "control"}
    for one, other in zip(levers("vi"), levers("en"), strict=True):
        assert {key: one[key] for key in one.keys() - told} == {
            key: other[key] for key in other.keys() - told
        }
    assert (
        panel(shipped_plan(), "vi")["words"].keys() == panel(shipped_plan(), "en")["words"].keys()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_is_plain_data_even_of_a_hostile_plan(language):
    data = panel(hostile_plan(), language)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


@given(some_moves())
def test_positions_say_what_is_moved_and_nothing_else(moves):
    found = positions(moves, shipped_plan().catalogue)
    assert found.keys() - {MASTER} == moves.changes.keys()
    for name, setting in moves.changes.items():
        assert found[name] == {
            "value": setting.centre,
            "fixed": setting.fixed,
            "p10": setting.p10,
            "p90": setting.p90,
        }
    json.dumps(found, allow_nan=False)


def test_the_master_lever_stands_where_the_funds_stand_together():
    plan = shipped_plan()
    moves = master_moves(Moves(), -0.15, plan.catalogue)
    assert positions(moves, plan.catalogue)[MASTER]["value"] == pytest.approx(-0.15, abs=1e-9)
    apart = moves.without(["foreign_capital_disbursement"])
    assert MASTER not in positions(apart, plan.catalogue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_follow_the_names(language):
    names = sorted(catalogue())
    found = titles(names, shipped_plan().catalogue, language)
    assert found == [catalogue()[name].short(language) for name in names]
