"""Do causes, origins, dots and growth work for a plan that the library has never seen?"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.drawing.bridge import bridge_figure
from simulator.drawing.dots import dot_plot
from simulator.drawing.growth import contributions
from simulator.drawing.structure import structure_figure
from simulator.drawing.upstream import upstream_figure
from simulator.insight.citation import citations
from simulator.insight.dots import spread_of
from simulator.insight.growth import growth_account, is_projected, per_head, structure
from simulator.insight.provenance import known_names
from simulator.insight.upstream import upstream
from simulator.plan import load_plan
from simulator.projection import Model, build_model, project
from simulator.scorecard import Scorecard, score
from tests.invented import write_invented_plan
from tests.pictures import assert_picture
from tests.strategies import scenario


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> tuple[Model, Scorecard, Any]:
    folder: Path = write_invented_plan(tmp_path_factory.mktemp("plans") / "lam_giang_2025")
    model = build_model(load_plan(folder))
    run = replace(scenario(), plan=str(folder))
    return model, score(project(model, run)), project(model, run, deterministic=True)


def test_every_name_of_another_plan_has_an_origin_in_both_languages(other):
    model, _, central = other
    for name in known_names(model):
        for language in ("vi", "en"):
            for found in citations(model, name, language, central):
                assert found.text


def test_every_drawn_target_of_another_plan_has_its_pictures(other):
    model, card, central = other
    drawn = [name for name in model.plan.targets if name in card.projection.values]
    assert drawn
    for name in drawn:
        spread = spread_of(card, name)
        assert spread is not None
        assert_picture(dot_plot(spread, model, "vi"))
        picture = upstream(name, central, card.projection)
        assert_picture(upstream_figure(picture, model, 64, "vi"))


def test_growth_and_structure_of_another_plan_are_drawn_where_they_are_projected(other):
    model, card, central = other
    assert is_projected(card.projection)
    account = growth_account(central, card.projection)
    assert sum(s.contribution for s in account.sectors) == pytest.approx(account.growth)
    assert_picture(contributions(account, model.plan, 64, "vi"))
    assert_picture(structure_figure(structure(card), model.plan, 64, "vi"))
    assert_picture(bridge_figure(per_head(central, card.projection), model.plan, 64, "vi"))
