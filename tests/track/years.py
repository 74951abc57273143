"""Which years may a property meet? Observations of the shipped plan, and what was seen of 2019."""

import datetime
from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import strategies as st

from simulator.observation import Kind, Observation
from simulator.plan import Plan
from simulator.projection import Model, project
from simulator.scorecard import Scorecard, score
from simulator.track import observables
from simulator.track.quantities import drawn, fund_groups, fund_of
from tests.strategies import scenario, shipped_model, shipped_plan

YEAR_END = datetime.date(2020, 12, 31)
TEN_MONTHS = datetime.date(2020, 10, 31)
REPORTED = (
    "local_balance",
    "national_target_programmes",
    "target_programmes",
    "government_bonds",
    "foreign_capital",
)
"""The funds of which the report prints payments to 30 October and an estimate."""


def told(
    quantity: str,
    value: float,
    kind: Kind = "to_date",
    day: datetime.date = TEN_MONTHS,
    unit: str | None = None,
) -> Observation:
    own = next(iter(observables(shipped_model())[quantity].units))
    return Observation(quantity, kind, value, unit or own, day, "a test", "")


@cache
def prior(draws: int = 1024) -> Scorecard:
    """The trend of the shipped plan."""
    return prior_of(shipped_model(), draws)


def prior_of(model: Model, draws: int = 1024) -> Scorecard:
    return score(project(model, scenario(draws=draws)))


@cache
def ten_months_of_2019() -> tuple[Observation, ...]:
    """What the report prints of its ten months, as if it were the plan year's."""
    funds = shipped_plan().funds
    found = []
    for name in REPORTED:
        fund = funds[name]
        assert fund.allocation
        assert fund.disbursed_to_date
        assert fund.year_end_estimate
        day = datetime.date.fromisoformat(fund.to_date).replace(year=2020)
        share = f"{name}_disbursement"
        found.append(told(share, fund.disbursed_to_date / fund.allocation, day=day))
        estimate = fund.year_end_estimate / fund.allocation
        found.append(told(share, estimate, "year_end_estimate", day))
    return tuple(found)


def middle(card: Scorecard, quantity: str) -> float:
    """The median of a quantity that can be observed."""
    projection = card.projection
    groups = fund_groups(projection.model)
    return float(np.median(drawn(quantity, projection.values, groups)))


def width(card: Scorecard, quantity: str) -> float:
    """How wide four fifths of the draws of a quantity lie."""
    projection = card.projection
    values = drawn(quantity, projection.values, fund_groups(projection.model))
    low, high = np.quantile(values, (0.1, 0.9))
    return float(high - low)


def with_spread(plan: Plan, fund: str, spread: float, optimism: float | None = None) -> Plan:
    """The plan with other errors of a fund's payments and estimates."""
    row = plan.fund_errors[fund]
    update = {
        "to_date_spread": spread,
        "estimate_spread": spread,
        "estimate_optimism": row.estimate_optimism if optimism is None else optimism,
    }
    return replace(plan, fund_errors={**plan.fund_errors, fund: row.model_copy(update=update)})


@cache
def _quantities() -> list[str]:
    return sorted(observables(shipped_model()))


@st.composite
def told_observations(draw: st.DrawFn) -> Observation:
    """Any observation that the shipped plan's year can take, its value near what is expected."""
    quantity = draw(st.sampled_from(_quantities()))
    known = observables(shipped_model())[quantity]
    kind = draw(st.sampled_from(known.kinds))
    unit = draw(st.sampled_from(sorted(known.units)))
    values, groups = prior(64).projection.values, fund_groups(shipped_model())
    drawable = quantity in values or fund_of(quantity, groups) is not None
    centre = max(1e-3, abs(middle(prior(64), quantity))) if drawable else 1.0
    value = min(known.high, centre * draw(st.floats(0.5, 1.5))) / known.units[unit]
    days = st.dates(datetime.date(2020, 1, 1), YEAR_END)
    return Observation(
        quantity, kind, value, unit, draw(days), "a test", draw(st.sampled_from(["", "me"]))
    )


def flows() -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(shipped_plan().seasons))


def funds() -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(shipped_plan().fund_errors))
