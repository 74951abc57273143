"""Is the picture of causes legible for every target, and does it show the boxes that it is given?"""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.drawing.tokens import Theme
from simulator.drawing.upstream import upstream_figure
from simulator.insight.naming import short_title
from simulator.insight.upstream import upstream
from simulator.language import Language
from simulator.projection import project
from tests.cards import trend
from tests.pictures import SVG, assert_picture, root_of, texts_of
from tests.runs import calm_scenarios, few
from tests.strategies import scenario, shipped_model

LANGUAGES: tuple[Language, ...] = get_args(Language)
THEMES: tuple[Theme, ...] = get_args(Theme)
DRAWN = sorted(name for name in trend().rows if name in trend().projection.values)
REFERENCE = project(shipped_model(), scenario(), deterministic=True)
WIDEST, TALLEST = 450, 400


def drawn(run, name: str, language: Language, theme: Theme = "light", **options):
    model = shipped_model()
    central = project(model, run, deterministic=True)
    picture = upstream(name, central, project(model, run), REFERENCE)
    return picture, upstream_figure(picture, model, run.draws, language, theme, **options)


def boxes_of(figure) -> dict[str, tuple[float, float, float, float]]:
    found = {}
    for group in root_of(figure).iter(f"{SVG}g"):
        place = group.find(f"{SVG}rect").attrib
        found[group.attrib["data-name"]] = tuple(
            float(place[side]) for side in ("x", "y", "width", "height")
        )
    return found


@few
@given(
    run=calm_scenarios(),
    name=st.sampled_from(DRAWN),
    language=st.sampled_from(LANGUAGES),
    theme=st.sampled_from(THEMES),
)
def test_the_picture_is_legible_whatever_is_set(run, name, language, theme):
    picture, figure = drawn(run, name, language, theme)
    assert_picture(figure)
    _, _, width, height = map(float, root_of(figure).attrib["viewBox"].split())
    assert width <= WIDEST
    assert height <= TALLEST
    assert set(boxes_of(figure)) == {box.name for box in picture.boxes[:-1]}


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_targets_picture_is_legible_in_both_themes(name, language):
    for theme in THEMES:
        _, figure = drawn(scenario(), name, language, theme)
        assert_picture(figure)
        assert "2020" in figure.alt


@few
@given(run=calm_scenarios(), name=st.sampled_from(DRAWN), language=st.sampled_from(LANGUAGES))
def test_no_two_boxes_overlap_and_no_text_leaves_its_box(run, name, language):
    _, figure = drawn(run, name, language)
    places = list(boxes_of(figure).values())
    for at, (x, y, wide, tall) in enumerate(places):
        for left, top, width, height in places[at + 1 :]:
            apart_sideways = x + wide <= left or left + width <= x
            assert apart_sideways or y + tall <= top or top + height <= y
    for group in root_of(figure).iter(f"{SVG}g"):
        place = group.find(f"{SVG}rect").attrib
        room = float(place["width"])
        bottom = float(place["y"]) + float(place["height"])
        for said in group.iter(f"{SVG}text"):
            size = 12 if "font-size:12px" in said.attrib["style"] else 11
            words = said.text or ""
            assert len(words) * size * 0.6 <= room or " " not in words, words
            assert float(said.attrib["y"]) < bottom


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_box_is_named_and_what_moved_is_accented(language):
    moved = scenario({"foreign_capital_disbursement": Setting(0.9)})
    picture, figure = drawn(moved, "grdp_growth", language)
    flat = "".join(texts_of(figure)).replace(" ", "")
    for box in picture.boxes:
        assert short_title(shipped_model(), box.name, language).replace(" ", "") in flat
    marked = {
        group.attrib["data-name"]
        for group in root_of(figure).iter(f"{SVG}g")
        if "var(--wash)" in group.find(f"{SVG}rect").attrib["style"]
    }
    assert marked == {box.name for box in picture.boxes[:-1] if box.moved} != set()
    assert "55→" in flat


def test_details_of_the_page_stand_in_the_boxes():
    _, figure = drawn(
        scenario(), "grdp_growth", "vi", details={"services_value": ["+8,6%,", "góp 4,67 điểm"]}
    )
    assert "góp 4,67 điểm" in " ".join(texts_of(figure))


def test_the_table_holds_every_box_with_both_values():
    picture, figure = drawn(scenario({"drought_severity": Setting(0.5)}), "food_output", "vi")
    assert {box.name for box in picture.boxes} <= set(figure.table["quantity"])
    moved = set(figure.table.loc[figure.table["moved"], "quantity"])
    assert "drought_severity" in moved
