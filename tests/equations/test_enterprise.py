"""Are enterprises, cooperatives and projects counts that follow their assumptions?"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import assert_rises
from tests.strategies import raised, run, worlds

COUNTS = ("new_enterprises", "new_cooperatives", "investment_projects_attracted", "fdi_projects")
DRIVERS = [
    "new_enterprise_growth",
    "new_cooperative_growth",
    "investment_projects",
    "investment_projects_capital",
    "foreign_direct_investment",
]


@given(world=worlds(), whole=st.booleans())
def test_counts_are_never_negative_and_whole_where_counted(world, whole):
    result = run(world, whole_counts=whole)
    for name in COUNTS:
        assert result[name] >= 0
        assert result[name] == np.rint(result[name]) or not whole
    assert result["registered_capital"] >= 0


@given(worlds=raised(DRIVERS), whole=st.booleans())
def test_each_assumption_never_lowers_its_count(worlds, whole):
    lower, higher = (run(world, whole_counts=whole) for world in worlds)
    assert_rises(lower, higher, [*COUNTS, "registered_capital"])
