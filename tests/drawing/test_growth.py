"""Are contributions, structure and bridge legible whatever is set, and true to the run?"""

import re
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.drawing.bridge import bridge_figure
from simulator.drawing.growth import (
    box_details,
    contribution_table,
    contributions,
    growth_glances,
    method_note,
    parts_rows,
    sector_name,
)
from simulator.drawing.structure import structure_figure
from simulator.drawing.tokens import Theme
from simulator.insight.growth import growth_account, per_head, structure
from simulator.language import Language, show, show_chance
from simulator.projection import project
from tests.cards import card_of, trend
from tests.pictures import assert_picture, texts_of
from tests.runs import calm_scenarios, few
from tests.strategies import scenario, shipped_model, shipped_plan

LANGUAGES: tuple[Language, ...] = get_args(Language)
THEMES: tuple[Theme, ...] = get_args(Theme)


def pictures(run, language: Language, theme: Theme):
    plan, card = shipped_plan(), card_of(run)
    central = project(shipped_model(), run, deterministic=True)
    account = growth_account(central, card.projection)
    heads = per_head(central, card.projection)
    return [
        contributions(account, plan, run.draws, language, theme),
        structure_figure(structure(card), plan, run.draws, language, theme),
        bridge_figure(heads, plan, run.draws, language, theme),
    ]


@few
@given(run=calm_scenarios(), language=st.sampled_from(LANGUAGES), theme=st.sampled_from(THEMES))
def test_the_pictures_are_legible_whatever_is_set(run, language, theme):
    for figure in pictures(run, language, theme):
        assert_picture(figure)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_trends_pictures_are_legible_and_name_unit_and_years(language, theme):
    for figure in pictures(scenario(), language, theme):
        assert_picture(figure)
        for year in ("2019", "2020"):
            assert year in figure.title + figure.subtitle
        assert "2020" in figure.alt
        assert re.search("%|điểm phần trăm|percentage points|triệu|million", figure.alt)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sector_stands_with_its_points_in_the_picture(language):
    central = project(shipped_model(), scenario(), deterministic=True)
    account = growth_account(central, trend().projection)
    said = texts_of(contributions(account, shipped_plan(), 64, language))
    for sector in account.sectors:
        assert sector_name(sector.sector, language) in said
        assert show(sector.contribution, 2, language) in said
    assert show(account.growth, 2, language) in said


def test_losses_are_said_where_they_are_worth_saying():
    run = scenario({"human_epidemic": Setting(1.0, fixed=True), "drought_severity": Setting(0.7)})
    central = project(shipped_model(), run, deterministic=True)
    said = " ".join(texts_of(contributions(growth_account(central), shipped_plan(), 64, "vi")))
    assert re.search(r"−[0-9],[0-9]{2} Dịch ở người", said)
    assert re.search(r"−0,[0-9]{2} Lương thực", said)
    assert "phần mất đi" in said
    calm = project(shipped_model(), scenario(), deterministic=True)
    said = " ".join(texts_of(contributions(growth_account(calm), shipped_plan(), 64, "vi")))
    assert "Dịch ở người" not in said
    assert "phần mất đi" not in said


@few
@given(run=calm_scenarios(), language=st.sampled_from(LANGUAGES))
def test_the_table_of_parts_adds_up_and_is_said_for_every_sector(run, language):
    account = growth_account(project(shipped_model(), run, deterministic=True))
    table = contribution_table(account)
    parts = [column for column in table.columns if column.endswith("_2020_points")]
    parts = [column for column in parts if not column.startswith("contribution")]
    total = table["contribution_central_2020_points"]
    assert table[parts].sum(axis=1).to_numpy() == pytest.approx(total.to_numpy(), abs=1e-9)
    assert total[:-1].sum() == pytest.approx(total.iloc[-1], abs=1e-9)
    head, rows = parts_rows(account, language)
    assert len(rows) == 5
    assert all(len(row) == len(head) for row in rows)
    assert all(cell for row in rows for cell in row)


def test_the_joint_chance_of_the_structure_is_said_as_the_board_says_it():
    card = trend(1024)
    figure = structure_figure(structure(card), shipped_plan(), 1024, "vi")
    chance = show_chance(card.count.structure, "vi")
    assert any(f"Cả 3 tỷ trọng cùng đạt: {chance}" in said for said in texts_of(figure))


def test_the_plans_bridge_shows_the_prices_that_it_needs():
    central = project(shipped_model(), scenario(), deterministic=True)
    figure = bridge_figure(per_head(central), shipped_plan(), 64, "vi")
    assert any("+5,53%" in said for said in texts_of(figure))
    alone = bridge_figure(replace(per_head(central), planned=None), shipped_plan(), 64, "vi")
    assert_picture(alone)
    assert not any("+5,53%" in said for said in texts_of(alone))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_above_the_pictures_are_the_boards(language):
    card = trend()
    central = project(shipped_model(), scenario(), deterministic=True)
    glances = growth_glances(card, per_head(central, card.projection), language)
    assert len(glances) == 5
    median = card.rows["grdp_growth"].quantiles[1]
    assert glances[0].value == f"{show(median, 2, language)}%"
    assert glances[1].value == show_chance(card.rows["grdp_growth"].plan_chance, language)
    assert glances[1].likelihood == card.rows["grdp_growth"].word
    assert method_note(64, language).endswith(".")


def test_the_boxes_of_the_sectors_say_what_they_add():
    central = project(shipped_model(), scenario(), deterministic=True)
    details = box_details(growth_account(central), "vi")
    assert details["services_value"] == ["+8,6%,", "góp 4,67 điểm"]
