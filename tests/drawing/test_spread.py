"""Are dots, histogram and fan legible whatever is set, and do they show the spread's numbers?"""

import re
from collections import Counter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.drawing.dots import dot_plot
from simulator.drawing.fan import fan
from simulator.drawing.histogram import histogram
from simulator.drawing.tokens import Theme
from simulator.insight.dots import DOTS, Spread, spread_of
from simulator.language import Language, show_chance, unit_name
from simulator.projection import project
from simulator.scorecard import score
from tests.cards import card_of, trend, with_changes
from tests.pictures import SVG, assert_picture, root_of, texts_of
from tests.runs import calm_scenarios, few
from tests.strategies import BASELINES, model_with_baselines, scenario, shipped_model

LANGUAGES: tuple[Language, ...] = get_args(Language)
THEMES: tuple[Theme, ...] = get_args(Theme)
PICTURES = (dot_plot, histogram, fan)
DRAWN = sorted(name for name in trend().rows if name in trend().projection.values)


def spread(name: str, card=None) -> Spread:
    found = spread_of(card or trend(), name)
    assert found is not None
    return found


def discs(figure) -> list[tuple[float, float, float, str]]:
    """Circles that are dots: all but the median's and the base year's."""
    found = [
        (float(e.attrib["cx"]), float(e.attrib["cy"]), float(e.attrib["r"]), e.attrib["style"])
        for e in root_of(figure).iter(f"{SVG}circle")
    ]
    return found[:DOTS]


@few
@given(
    run=calm_scenarios(),
    name=st.sampled_from(DRAWN),
    picture=st.sampled_from(PICTURES),
    language=st.sampled_from(LANGUAGES),
    theme=st.sampled_from(THEMES),
)
def test_the_pictures_are_legible_whatever_is_set(run, name, picture, language, theme):
    found = spread(name, card_of(run))
    assert_picture(picture(found, shipped_model(), language, theme))


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_targets_pictures_are_legible_and_name_unit_and_year(name, picture, language):
    model = shipped_model()
    for theme in THEMES:
        figure = picture(spread(name), model, language, theme)
        assert_picture(figure)
        unit = unit_name(model.plan.targets[name].unit, language)
        assert "2020" in figure.alt
        assert unit in figure.alt
        assert "2020" in figure.subtitle + figure.title
        assert unit in figure.subtitle
        assert any("2020" in str(column) or column == "year" for column in figure.table.columns)


@few
@given(run=calm_scenarios(), name=st.sampled_from(DRAWN), language=st.sampled_from(LANGUAGES))
def test_dots_do_not_overlap_sideways_and_stand_on_the_side_of_their_verdict(run, name, language):
    found = spread(name, card_of(run))
    figure = dot_plot(found, shipped_model(), language)
    dots = discs(figure)
    assert len(dots) == DOTS
    filled = [style for *_, style in dots if "fill:var(--accent)" in style]
    assert len(filled) == (found.met or 0)
    places = Counter((round(x, 1), round(y, 1)) for x, y, *_ in dots)
    assert max(places.values()) == 1
    if found.met is not None:
        line = next(
            float(e.attrib["x1"])
            for e in root_of(figure).iter(f"{SVG}line")
            if e.attrib["x1"] == e.attrib["x2"] and e.attrib["stroke-width"] == "2"
        )
        right_is_met = found.target.sense != "at_most"
        for x, _, _, style in dots:
            met = "fill:var(--accent)" in style
            assert (x > line) == (met == right_is_met) or found.whole


def test_the_counts_are_said_beside_the_plan():
    said = " ".join(texts_of(dot_plot(spread("grdp_growth"), shipped_model(), "vi")))
    met = spread("grdp_growth").met
    assert f"{met} trên 50 chấm đạt" in said
    assert f"{50 - met} chấm chưa đạt" in said
    assert "Kế hoạch 7,25%" in said
    assert "2019: 7,20" in said
    assert re.search(r"P10 [0-9],[0-9]{2} .*P90 [0-9],[0-9]{2}", said)


def test_a_target_that_is_over_a_number_says_over():
    said = texts_of(dot_plot(spread("visitors"), shipped_model(), "en"))
    assert "Plan over 910 thousand visits" in said


def test_rounding_that_can_be_seen_is_said():
    assert "đạt từ 0,45 do làm tròn" in texts_of(
        dot_plot(spread("birth_rate_reduction"), shipped_model(), "vi")
    )
    assert not any(
        "làm tròn" in said
        for said in texts_of(dot_plot(spread("grdp_growth"), shipped_model(), "vi"))
    )


def test_the_histogram_says_the_boards_chance():
    card = trend(1024)
    said = texts_of(histogram(spread("poverty_rate", card), shipped_model(), "vi"))
    chance = show_chance(card.rows["poverty_rate"].plan_chance, "vi")
    assert f"{chance} đạt" in said


def test_a_quantity_without_a_base_year_says_so():
    said = texts_of(dot_plot(spread("fdi_projects"), shipped_model(), "vi"))
    assert "Báo cáo không có số năm 2019" in said
    assert_picture(fan(spread("fdi_projects"), shipped_model(), "vi"))


def test_quantities_that_are_no_targets_are_drawn_too():
    for name in ("pig_herd", "nominal_grdp", "investment_effect", "pigs_culled"):
        for picture in PICTURES:
            assert_picture(picture(spread(name), shipped_model(), "vi"))


def test_a_locked_quantity_is_drawn():
    card = with_changes(birth_rate_fall=Setting(0.5, fixed=True))
    for picture in PICTURES:
        assert_picture(picture(spread("birth_rate_reduction", card), shipped_model(), "vi"))


def test_a_typed_baseline_is_drawn():
    model = model_with_baselines()
    card = score(project(model, scenario(typed_baselines=BASELINES)))
    for name in BASELINES:
        for picture in PICTURES:
            assert_picture(picture(spread(name, card), model, "vi"))


def test_the_same_run_draws_the_same_picture():
    for picture in PICTURES:
        one = picture(spread("grdp_growth"), shipped_model(), "vi")
        other = picture(spread("grdp_growth", card_of(scenario())), shipped_model(), "vi")
        assert one.svg == other.svg
        assert one.table.equals(other.table)


def test_the_tables_hold_the_numbers_behind_the_pictures():
    found = spread("grdp_growth")
    dots = dot_plot(found, shipped_model(), "vi").table
    assert list(dots["met"]) == [dot.met for dot in found.dots]
    columns = histogram(found, shipped_model(), "vi").table
    assert columns[["draws_missed_2020", "draws_met_2020"]].to_numpy().sum() == found.draws
    opened = fan(found, shipped_model(), "vi").table
    assert list(opened["series"]) == ["value", "p10", "p25", "p50", "p75", "p90", "plan"]
