"""Do contributions, shares and bridges add up to what they explain?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.equations.structure import SECTORS
from simulator.insight.growth import (
    NEUTRAL,
    bridge,
    growth_account,
    is_projected,
    per_head,
    structure,
)
from simulator.projection import project
from tests.cards import card_of, trend
from tests.runs import calm_scenarios, few
from tests.strategies import scenario, shipped_model


def central_of(run):
    return project(shipped_model(), run, deterministic=True)


def account_of(run):
    return growth_account(central_of(run), project(shipped_model(), run))


@few
@given(run=calm_scenarios())
def test_the_sectors_add_up_to_growth_and_the_parts_to_the_sectors(run):
    account = account_of(run)
    assert sum(s.contribution for s in account.sectors) == pytest.approx(account.growth, abs=1e-9)
    for sector in account.sectors:
        assert sum(sector.parts.values()) == pytest.approx(sector.contribution, abs=1e-9)
        assert sector.contribution == pytest.approx(sector.weight * sector.growth / 100, abs=1e-9)
        assert sector.parts["own"] == pytest.approx(sector.weight * sector.own_growth / 100)
        assert sector.parts["epidemic"] <= 1e-9
        assert sector.spread.p10 <= sector.spread.p50 <= sector.spread.p90
    assert sum(sector.weight for sector in account.sectors) == pytest.approx(100)
    assert account.growth == central_of(run).values["grdp_growth"]


@few
@given(run=calm_scenarios())
def test_own_growth_is_the_lever_and_effects_are_nil_where_their_drivers_are(run):
    central = central_of(run)
    for sector in growth_account(central).sectors:
        lever = central.settings[f"{sector.sector}_growth"].centre
        assert sector.own_growth == pytest.approx(100 * lever, abs=1e-9)
        for name, (driver, neutral) in NEUTRAL.items():
            nil = 0.0 if neutral is None else central.values[neutral]
            if central.values[driver] == nil:
                assert abs(sector.parts[name]) < 1e-12


def test_the_base_years_contributions_add_up_to_its_growth():
    account = growth_account(central_of(scenario()))
    assert sum(sector.base for sector in account.sectors) == pytest.approx(account.base)
    assert account.base == pytest.approx(7.2)


def test_the_trend_has_no_effects_but_the_pigs():
    account = growth_account(central_of(scenario()))
    for sector in account.sectors:
        for name, value in sector.parts.items():
            if name not in {"own", "herd"}:
                assert abs(value) < 1e-9, (sector.sector, name)


def test_investment_adds_what_the_icor_says_and_the_sectors_share_it():
    more = {"foreign_capital_disbursement": Setting(0.9)}
    central = central_of(scenario(more))
    account = growth_account(central)
    effect = 100 * central.values["investment_effect"]
    assert account.total("investment") == pytest.approx(effect)
    assert effect > 0


def test_contributions_are_split_in_the_central_run_only():
    with pytest.raises(ValueError, match="central run"):
        growth_account(project(shipped_model(), scenario()))


@few
@given(run=calm_scenarios())
def test_every_structure_is_a_whole(run):
    found = structure(card_of(run))
    assert sum(share.base for share in found.sectors) == pytest.approx(100)
    assert sum(share.planned for share in found.sectors) == pytest.approx(100)
    assert sum(share.stacked for share in found.sectors) == pytest.approx(100)
    assert [share.sector for share in found.sectors] == list(SECTORS)
    assert [share.sector for share in found.sectors if share.implied] == ["product_tax"]


@few
@given(run=calm_scenarios())
def test_all_shares_together_are_no_likelier_than_each_and_than_their_chances_allow(run):
    card = card_of(run)
    found = structure(card)
    chances = [share.chance for share in found.sectors if share.chance is not None]
    assert len(chances) == len(found.judged) == 3
    assert found.joint_chance <= min(chances) + 1e-12
    assert found.joint_chance >= sum(chances) - 2 - 1e-12
    met = np.logical_and.reduce([card.met[name] for name in found.judged])
    assert found.joint_chance == met.mean()


@given(
    base=st.floats(1e-3, 1e6),
    factors=st.lists(st.floats(0.2, 5), min_size=1, max_size=4),
    order=st.randoms(use_true_random=False),
)
def test_the_steps_of_a_bridge_add_up_whatever_the_order_of_its_factors(base, factors, order):
    named = {str(at): factor for at, factor in enumerate(factors)}
    found = bridge(base, named)
    assert base + sum(found.steps.values()) == pytest.approx(found.result)
    assert found.result == pytest.approx(base * np.prod(factors))
    for name, step in found.steps.items():
        assert step == 0 or (step > 0) == (named[name] > 1)
    shuffled = list(named.items())
    order.shuffle(shuffled)
    assert bridge(base, dict(shuffled)).steps == pytest.approx(found.steps)


@few
@given(run=calm_scenarios())
def test_the_bridges_arrive_where_the_run_and_the_plan_do(run):
    central = central_of(run)
    found = per_head(central, project(shipped_model(), run))
    assert found.central.result == pytest.approx(central.values["grdp_per_capita"])
    assert found.nominal.result == pytest.approx(central.values["nominal_grdp"])
    assert found.planned.result == pytest.approx(33.03)
    assert found.central.factors["real_growth"] == pytest.approx(
        1 + central.values["grdp_growth"] / 100
    )


def test_the_plan_needs_prices_to_rise_by_five_and_a_half_percent():
    found = per_head(central_of(scenario()))
    assert found.planned.factors["prices"] == pytest.approx(1.055, abs=5e-4)


def test_a_plan_without_a_number_for_growth_implies_no_bridge():
    model = shipped_model()
    targets = {n: t for n, t in model.plan.targets.items() if n != "grdp_growth"}
    other = replace(model, plan=replace(model.plan, targets=targets))
    central = replace(central_of(scenario()), model=other)
    assert per_head(central).planned is None
    assert growth_account(central).target is None


def test_a_plan_without_growth_is_said_not_to_be_projected():
    card = trend()
    assert is_projected(card.projection)
    values = {n: v for n, v in card.projection.values.items() if n != "grdp_growth"}
    assert not is_projected(replace(card.projection, values=values))
