"""Is every dong invested that is paid out, and none that is not?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.equations.investment import FUNDS, GROWN_FUNDS
from tests.laws import assert_rises, identical, moved, same
from tests.strategies import catalogue, central_world, raised, run, values, worlds

DISBURSEMENTS = [f"{fund}_disbursement" for fund in FUNDS]
ALLOCATIONS = [
    "local_capital_plan_growth",
    "central_capital_plan_growth",
    "extra_revenue_fund_repeated",
]
INVESTING = [*DISBURSEMENTS, *ALLOCATIONS, "non_state_investment_growth"]
LOCAL = [fund for fund, growth in GROWN_FUNDS.items() if growth == "local_capital_plan_growth"]


@pytest.mark.law(4)
@given(world=worlds())
def test_what_the_sources_pay_sums_to_total_investment(world):
    result = run(world)
    public = sum(result[f"{fund}_disbursed"] for fund in FUNDS)
    assert same(public + result["non_state_investment"], result["total_investment"])
    assert same(public, result["public_investment"])


@pytest.mark.law(5)
@given(world=worlds())
def test_no_fund_pays_more_than_its_allocation_or_less_than_nothing(world):
    result = run(world)
    for fund in FUNDS:
        assert 0 <= result[f"{fund}_disbursed"] <= result[f"{fund}_allocation"]


@pytest.mark.law(24)
@given(
    world=worlds({name: catalogue()[name].centre for name in [*INVESTING, "price_growth"]}),
    ratio=values("incremental_capital_output_ratio"),
    same_year=values("same_year_effect_of_investment"),
)
def test_reference_investment_makes_icor_and_same_year_effect_irrelevant(world, ratio, same_year):
    other = {
        "incremental_capital_output_ratio": ratio,
        "same_year_effect_of_investment": same_year,
    }
    assert moved(run(world), run(world | other)) <= set(other)


@pytest.mark.law(34)
@given(worlds=raised(INVESTING))
def test_paying_or_allotting_more_raises_investment_and_never_lowers_grdp(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["total_investment", "grdp"])


@pytest.mark.law(34)
@pytest.mark.parametrize("name", INVESTING)
def test_paying_or_allotting_more_than_in_the_central_run_raises_growth(name):
    world = central_world()
    more = world | {name: (world[name] + catalogue()[name].high) / 2}
    assert_rises(run(world), run(more), ["total_investment", "grdp_growth"], strictly=True)


@pytest.mark.law(53)
@given(world=worlds(), order=st.permutations(LOCAL))
def test_permuting_the_public_sources_leaves_total_investment_unchanged(world, order):
    from simulator.graph import Graph
    from tests.strategies import shipped_model

    model = shipped_model()
    graph: Graph = model.graph
    given_values = {**model.constants, **world}
    swapped = dict(given_values)
    for fund, other in zip(LOCAL, order, strict=True):
        swapped[f"{fund}_base_allocation"] = given_values[f"{other}_base_allocation"]
        swapped[f"{fund}_disbursement"] = given_values[f"{other}_disbursement"]
    names = {"total_investment", *(f"{fund}_allocation" for fund in FUNDS)}
    before = graph.run_only(given_values, names)
    after = given_values | swapped
    for name in graph.upstream("total_investment"):
        if name not in swapped:
            equation = graph.equations[name]
            after[name] = equation.function(*[after[argument] for argument in equation.arguments])
    assert same(before["total_investment"], after["total_investment"], 1e-12)


@given(world=worlds(), price=values("price_growth"))
def test_prices_move_non_state_capital_but_no_allocation(world, price):
    before, after = run(world), run(world | {"price_growth": price})
    for fund in FUNDS:
        assert identical(before[f"{fund}_disbursed"], after[f"{fund}_disbursed"])
    assert same(
        before["non_state_investment"] / before["price_factor"],
        after["non_state_investment"] / after["price_factor"],
    )
