"""Are the boxes counted rightly, found where they were planted, and none found in noise?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.discovery import FEWEST, Box, boxes, discover, drivers
from simulator.insight.breaking import breaking_sentences
from simulator.projection import project
from simulator.scorecard import Scorecard, score
from tests.runs import calm_scenarios, few
from tests.strategies import scenario, shipped_model

DRAWS = 2048


def sample(seed: int, names: int = 5) -> dict[str, np.ndarray]:
    numbers = np.random.default_rng(seed)
    return {f"x{at}": numbers.normal(size=DRAWS) for at in range(names)}


def inside(box: Box, inputs: dict[str, np.ndarray]) -> np.ndarray:
    return np.all([limit.holds(inputs[limit.assumption]) for limit in box.limits], axis=0)


def card_of(**changes: Setting) -> Scorecard:
    return score(project(shipped_model(), replace(scenario(changes), draws=1024)))


@given(
    seed=st.integers(0, 10**6),
    cuts=st.lists(st.floats(-0.6, 0.6), min_size=1, max_size=2),
    leak=st.floats(0, 0.05),
)
def test_a_planted_box_is_found(seed, cuts, leak):
    inputs = sample(seed)
    planted = np.all([inputs[f"x{at}"] <= cut for at, cut in enumerate(cuts)], axis=0)
    noise = np.random.default_rng(seed + 1).random(DRAWS) < leak
    best = max(boxes(inputs, planted ^ noise), key=lambda box: box.worth)
    found = inside(best, inputs)
    assert np.sum(found & planted) / np.sum(found | planted) > 0.7
    assert {limit.assumption for limit in best.limits} == {f"x{at}" for at in range(len(cuts))}


def test_noise_is_rarely_believed():
    believed = sum(
        bool(boxes(sample(seed), np.random.default_rng(seed + 1).random(DRAWS) < 0.4))
        for seed in range(60)
    )
    assert believed <= 9


@given(seed=st.integers(0, 10**6), cut=st.floats(-0.5, 0.5))
@example(seed=0, cut=0.0)
def test_no_scale_and_no_order_of_names_changes_who_is_inside(seed, cut):
    inputs = sample(seed, 4)
    failed = (inputs["x0"] <= cut) & (inputs["x1"] > -0.5)
    plain = boxes(inputs, failed)
    bent = {name: np.exp(3 * values) for name, values in reversed(inputs.items())}
    other = boxes(bent, failed)
    assert [np.flatnonzero(inside(box, inputs)).tolist() for box in plain] == [
        np.flatnonzero(inside(box, bent)).tolist() for box in other
    ]


@few
@given(run=calm_scenarios(), data=st.data())
def test_boxes_are_counted_over_all_draws(run, data):
    card = score(project(shipped_model(), replace(run, draws=512)))
    name = data.draw(st.sampled_from(sorted(card.met)))
    found = discover(card, name)
    failed = ~np.broadcast_to(card.met[name], 512)
    assert found.failing == np.mean(failed)
    assert (found.silence is None) == bool(found.boxes)
    for box in found.boxes:
        held = inside(box, card.projection.values)
        assert box.mass == np.mean(held) > 0
        assert box.density == np.mean(failed[held]) > found.failing
        assert box.coverage == np.sum(failed & held) / np.sum(failed)
        assert {limit.assumption for limit in box.limits} <= drivers(card.projection, name).keys()
    assert discover(card, name) == found
    for language in ("vi", "en"):
        told = list(breaking_sentences(found, shipped_model(), language))
        assert len(told) == max(1, len(found.boxes))
        assert not any("{" in sentence or "None" in sentence for sentence in told)


def test_growth_fails_when_services_do():
    best = max(discover(card_of(), "grdp_growth").boxes, key=lambda box: box.worth)
    limits = {limit.assumption: limit for limit in best.limits}
    assert limits["services_growth"].low is None
    assert best.density > 0.85


def test_a_target_that_never_or_always_fails_says_so():
    gain = shipped_model().plan.catalogue.assumptions["forest_cover_gain"]
    best, worst = (
        card_of(forest_cover_gain=Setting(end, fixed=True)) for end in (gain.high, gain.low)
    )
    assert discover(best, "forest_cover").silence == "never"
    assert discover(worst, "forest_cover").silence == "always"


def test_a_target_judged_by_the_record_says_so():
    card = card_of()
    judged = next(name for name in card.met if name not in shipped_model().graph.equations)
    assert discover(card, judged).silence == "judged"


def test_too_few_failures_say_nothing():
    card = card_of()
    met = np.ones(1024, dtype=bool)
    met[: FEWEST - 1] = False
    thin = replace(card, met={**card.met, "visitors": met})
    assert discover(thin, "visitors").silence == "rare"
    assert discover(replace(card, met={"visitors": ~met}), "visitors").silence == "nearly_always"


def test_a_target_without_draws_is_refused():
    with pytest.raises(ValueError, match="neither met nor missed"):
        discover(card_of(), "nothing")
