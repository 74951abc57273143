"""Does the split of a move hold its laws, and does the way of a change say what moved?"""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.explain import (
    MOST_EXACT,
    Attribution,
    Measure,
    attribute,
    attributing,
    changed_levers,
    path,
)
from simulator.explain.shapley import exact, gray_code, sampled
from simulator.projection import project
from simulator.public_funds import PUBLIC_FUNDS
from simulator.scenario import Scenario
from simulator.scorecard import tally
from tests.cards import card_of, runs
from tests.runs import few
from tests.strategies import scenario, shipped_model
from tests.test_cli import done, refused

LEVERS = (
    "services_growth",
    "foreign_capital_disbursement",
    "drought_severity",
    "human_epidemic",
    "pig_biosecurity",
    "job_creation_growth",
)
MEASURES = (
    Measure("number_met"),
    Measure("median", "grdp_growth"),
    Measure("chance", "electricity_access"),
    Measure("chance", "workers_trained"),
)


def split(before: Scenario, after: Scenario) -> tuple[Attribution, ...]:
    return attribute(shipped_model(), before, replace(after, draws=before.draws), MEASURES)


def shares(found: Attribution) -> dict[tuple[str, ...], float]:
    return {part.levers: part.share for part in found.parts}


@few
@given(runs(*LEVERS), runs(*LEVERS))
def test_the_parts_sum_to_the_move(before: Scenario, after: Scenario) -> None:
    for found in split(before, after):
        total = sum(part.share for part in found.parts)
        assert total == pytest.approx(found.move, abs=1e-9)
        assert sum(found.by_control().values()) == pytest.approx(found.move, abs=1e-9)


@few
@given(runs(*LEVERS), runs(*LEVERS))
def test_the_way_back_is_minus_the_way_there(before: Scenario, after: Scenario) -> None:
    after = replace(after, draws=before.draws)
    for there, back in zip(split(before, after), split(after, before), strict=True):
        assert shares(there) == {levers: -share for levers, share in shares(back).items()}


@few
@given(runs(*LEVERS), st.randoms())
def test_the_order_of_naming_changes_nothing(after: Scenario, random: object) -> None:
    before = scenario(draws=after.draws)
    names = list(after.changes)
    random.shuffle(names)  # type: ignore[attr-defined]
    named = replace(after, changes={name: after.changes[name] for name in names})
    assert split(before, after) == split(before, named)


def test_a_lever_that_nothing_downstream_uses_gets_exactly_zero() -> None:
    after = scenario({"job_creation_growth": Setting(0.0), "services_growth": Setting(0.05)})
    (found,) = attribute(shipped_model(), scenario(), after, [Measure("median", "grdp_growth")])
    assert shares(found)[("job_creation_growth",)] == 0
    assert shares(found)[("services_growth",)] == found.move < 0


def test_the_measures_are_those_of_the_two_scorecards() -> None:
    after = scenario({"services_growth": Setting(0.05)})
    first, second = card_of(scenario()), card_of(after)
    found = attribute(shipped_model(), scenario(), after, [Measure("number_met")])[0]
    assert first.count.plan is not None
    assert second.count.plan is not None
    assert (found.before, found.after) == (first.count.plan.mean, second.count.plan.mean)


@given(st.lists(st.floats(-10, 10), min_size=2, max_size=5))
def test_two_causes_with_the_same_effect_get_the_same_share(weights: list[float]) -> None:
    weights[1] = weights[0]
    found = exact(len(weights), lambda moved: (sum(weights[at] for at in moved) ** 2,))
    assert found.shares[0][0] == pytest.approx(found.shares[1][0], rel=1e-9, abs=1e-9)


def test_a_product_is_shared_equally() -> None:
    found = exact(2, lambda moved: (float(len(moved) == 2),))
    assert found.shares == ((0.5,), (0.5,))


@given(st.integers(1, 8))
def test_the_walk_visits_every_subset_one_step_apart(causes: int) -> None:
    walk = gray_code(causes)
    assert sorted(walk) == list(range(2**causes))
    assert all((a ^ b).bit_count() == 1 for a, b in pairwise(walk))


def test_sampled_orders_agree_with_all_within_their_error() -> None:
    weights = np.linspace(0.1, 1, 6)

    def value(moved: frozenset[int]) -> tuple[float, ...]:
        return (float(np.expm1(sum(weights[at] for at in moved))),)

    whole, some = exact(6, value), sampled(6, value, 200, 1)
    assert some.errors is not None
    for full, part, error in zip(whole.shares, some.shares, some.errors, strict=True):
        assert abs(full[0] - part[0]) <= 5 * error[0]
    assert sum(share[0] for share in some.shares) == pytest.approx(whole.after[0])


def test_many_levers_go_in_groups_or_singly_with_an_error() -> None:
    rows = shipped_model().plan.catalogue.assumptions
    names = [name for name, row in rows.items() if row.theme in {"growth", "disbursement"}]
    after = scenario({name: Setting(rows[name].low) for name in names})
    measure = [Measure("number_met")]
    (grouped,) = attribute(shipped_model(), scenario(), after, measure)
    (alone,) = attribute(shipped_model(), scenario(), after, measure, single=True, orders=2)
    assert (grouped.method, alone.method) == ("groups", "orders")
    assert all(part.control != "mixed" for part in grouped.parts)
    for found in (grouped, alone):
        assert sum(part.share for part in found.parts) == pytest.approx(found.move)
    assert all(len(part.levers) == 1 for part in alone.parts)


def test_all_levers_go_in_groups_that_one_side_decides() -> None:
    rows = shipped_model().plan.catalogue.assumptions
    after = scenario({name: Setting(row.low) for name, row in rows.items()})
    for together in ((), (PUBLIC_FUNDS,)):
        (found,) = attribute(
            shipped_model(), scenario(), after, [Measure("number_met")], together=together
        )
        assert found.method == "groups"
        assert found.runs <= 2**MOST_EXACT
        assert set(found.by_control()) == {"policy", "outside", "process"}
        moved = sorted(name for part in found.parts for name in part.levers)
        assert moved == sorted(name for name, row in rows.items() if row.low != row.centre)
        assert sum(found.by_control().values()) == pytest.approx(found.move)
        assert any(part.levers == tuple(sorted(PUBLIC_FUNDS)) for part in found.parts) == bool(
            together
        )


TOGETHER = (("drought_severity", "services_growth"), ("pig_biosecurity", "human_epidemic"))


@few
@given(runs(*LEVERS), runs(*LEVERS), st.permutations(TOGETHER))
def test_levers_that_move_together_hold_the_same_laws(
    before: Scenario, after: Scenario, together: list[tuple[str, ...]]
) -> None:
    after = replace(after, draws=before.draws)
    model, measures = shipped_model(), [Measure("number_met"), Measure("median", "grdp_growth")]
    there = attribute(model, before, after, measures, together=TOGETHER)
    back = attribute(model, after, before, measures, together=TOGETHER)
    assert there == attribute(model, before, after, measures, together=together)
    changed = set(changed_levers(model.plan.catalogue, before, after))
    for found, minus in zip(there, back, strict=True):
        assert shares(found) == {levers: -share for levers, share in shares(minus).items()}
        assert sum(shares(found).values()) == pytest.approx(found.move, abs=1e-9)
        wanted = {tuple(sorted(changed & set(names))) for names in TOGETHER} - {()}
        assert wanted <= set(shares(found))
        assert sorted(name for part in found.parts for name in part.levers) == sorted(changed)


def test_a_lever_that_moves_together_with_two_groups_is_refused() -> None:
    after = scenario({"services_growth": Setting(0.05), "drought_severity": Setting(0.5)})
    twice = [("services_growth", "drought_severity"), ("services_growth",)]
    with pytest.raises(ValueError, match="services_growth"):
        attribute(shipped_model(), scenario(), after, MEASURES, together=twice)


@few
@given(runs(*LEVERS), runs(*LEVERS), runs(*LEVERS))
def test_small_steps_from_any_run_come_to_the_same_split(
    before: Scenario, after: Scenario, other: Scenario
) -> None:
    after = replace(after, draws=before.draws)
    nearest = project(shipped_model(), other)
    steps = []

    def in_steps() -> Iterator[None]:
        found = yield from attributing(shipped_model(), before, after, MEASURES, nearest=nearest)
        assert found == split(before, after)
        assert len(steps) == found[0].runs - 1

    for _ in in_steps():
        steps.append(1)  # noqa: PERF401


@few
@given(runs(*LEVERS), runs(*LEVERS))
def test_the_tally_is_the_expected_number_of_the_scorecard_bit_for_bit(
    one: Scenario, other: Scenario
) -> None:
    first = tally(card_of(one).projection)
    card = card_of(other)
    assert card.count.plan is not None
    assert tally(card.projection, previous=first).mean == card.count.plan.mean
    assert tally(card.projection).met == {
        name: np.count_nonzero(card.met[name]) for name, row in card.rows.items() if row.counted
    }


def test_the_central_run_has_no_tally() -> None:
    with pytest.raises(ValueError, match="central"):
        tally(project(shipped_model(), scenario(), deterministic=True))


def test_runs_that_share_no_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="same draws"):
        attribute(shipped_model(), scenario(), scenario(seed=1), MEASURES)
    typed = scenario(typed_baselines={"urban_clean_water": 99.0})
    with pytest.raises(ValueError, match="typed baselines"):
        attribute(shipped_model(), scenario(), typed, MEASURES)


@few
@given(runs(*LEVERS))
def test_the_way_holds_what_moved_after_its_causes(after: Scenario) -> None:
    model = shipped_model()
    first, second = project(model, scenario(draws=after.draws)), project(model, after)
    found = path(first, second, "grdp_growth")
    seen: set[str] = set()
    for step in found.steps:
        assert set(step.causes) <= seen
        seen.add(step.name)
        if step.equation is not None:
            assert step.causes
    same = np.array_equal(first.values["grdp_growth"], second.values["grdp_growth"])
    assert ("grdp_growth" in seen) != same


def test_the_command_says_the_same_in_every_format(tmp_path: Path) -> None:
    trend = tmp_path / "few_draws.yaml"
    trend.write_text("draws: 256\n", encoding="utf-8")
    late = tmp_path / "late.yaml"
    late.write_text(
        "changes:\n  services_growth: 0.05\n  foreign_capital_disbursement: 0.3\n", encoding="utf-8"
    )
    words = ("explain", str(trend), str(late), "--target", "grdp_growth")
    found = json.loads(done(*words, "--format", "json"))
    first = found["attributions"][0]
    assert sum(part["share"] for part in first["parts"]) == pytest.approx(first["move"])
    assert found["path"][-1]["name"] == "grdp_growth"
    assert done(*words, "--format", "csv").startswith("role,measure,name,levers")
    assert "Median, GRDP growth" in done(*words, "--language", "en")
    assert "Chances that moved" in done("explain", str(trend), "no_shock", "--language", "en")
    assert "grdp_growth" in refused("explain", str(trend), "plan", "--target", "grdp_grow")
