"""Does trade add up and follow its assumptions?"""

import pytest
from hypothesis import given

from tests.laws import assert_rises, moved, same
from tests.strategies import raised, run, worlds


@pytest.mark.law(8)
@given(world=worlds())
def test_turnover_is_exports_and_imports(world):
    result = run(world)
    assert same(result["exports"] + result["imports"], result["trade_turnover"])
    assert min(result["exports"], result["imports"], result["retail_sales"]) >= 0


@given(worlds=raised(["export_growth", "import_growth"]))
def test_faster_exports_or_imports_raise_turnover(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["trade_turnover"], strictly=True)


@given(worlds=raised("price_growth"))
def test_retail_sales_follow_the_deflator_and_dollar_trade_does_not(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["retail_sales"], strictly=True)
    assert same(
        lower["retail_sales"] / lower["price_factor"],
        higher["retail_sales"] / higher["price_factor"],
    )
    assert not {"exports", "imports"} & moved(lower, higher)
