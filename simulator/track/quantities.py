"""Which quantities of a plan's year can be observed, in which units, and what do draws say of them?"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from simulator.equations.investment import FUNDS
from simulator.observation import Kind, Observable, Watch
from simulator.plan import Plan
from simulator.projection import Model
from simulator.track.season import MONTHS_OF_A_YEAR, payment_months
from simulator.units import Array, canonical

PAID, PAID_SHARE = "disbursed", "disbursement"
"""How the two quantities of a fund end: an amount, and a share of its allocation."""

OTHER_UNITS: Mapping[str, Mapping[str, float]] = {
    "share": {"percent": 0.01},
    "percent": {"share": 100.0},
    "percent_of_grdp": {"percent": 1.0},
    "percent_of_households": {"percent": 1.0},
    "percent_per_year": {"percent": 1.0},
    "billion_vnd": {"million_vnd": 0.001},
    "billion_vnd_2010_prices": {"million_vnd_2010_prices": 0.001},
    "thousand_visits": {"visits": 0.001},
    "thousand_persons": {"persons": 0.001},
    "tonnes": {"thousand_tonnes": 1000.0},
}
"""Units in which departments report, beside a quantity's own, and what one of them is in it."""

STATUS = "status"
"""The unit of a task, done or not done."""
PERCENTS = frozenset({"percent", "percent_of_grdp", "percent_of_households"})


def observables(model: Model) -> Mapping[str, Observable]:
    """Every quantity of the plan year that can be observed, by name.

    A projected target takes its year's result, a running total where the plan knows its season,
    and a revised base value where it has one; a target that is only judged takes its result,
    a task 1 for done and 0 for not done. A fund, as the report lists it, takes what is paid
    as an amount (`<fund>_disbursed`) or as a share of its allocation (`<fund>_disbursement`): to
    date and as the office's estimate where the plan knows their errors, and at the year's end.
    """
    found = {name: _target(name, model) for name in _projected_targets(model)}
    found |= {row.name: row for row in _judged_targets(model)}
    for name in fund_groups(model):
        found |= {row.name: row for row in _fund(name, model.plan)}
    return found


def watch(model: Model) -> Watch:
    """What can be observed in the plan's year, and the days on which a running total may end."""
    year = model.plan.sheet.plan_year
    months = round(max(MONTHS_OF_A_YEAR, payment_months(model.plan) or 0))
    after = date(year + months // MONTHS_OF_A_YEAR, months % MONTHS_OF_A_YEAR + 1, 1)
    return Watch(observables(model), date(year, 1, 1), after - timedelta(days=1))


def fund_groups(model: Model) -> dict[str, tuple[str, ...]]:
    """The funds that can be observed, each with its members in the model.

    A member of a fund that the report lists as one can be observed alone as well.
    """
    rows = model.plan.funds
    members = [name for name in FUNDS if name in rows and f"{name}_{PAID}" in model.graph.equations]
    groups: dict[str, tuple[str, ...]] = {name: (name,) for name in members}
    for name in members:
        listed = rows[name].reported_as
        if listed in rows and listed != name:
            groups[listed] = (*groups.get(listed, ()), name)
    return groups


def fund_of(quantity: str, groups: Mapping[str, tuple[str, ...]]) -> str | None:
    """The fund whose payments a quantity tells, if it is one."""
    for ending in (PAID, PAID_SHARE):
        fund = quantity.removesuffix(f"_{ending}")
        if fund != quantity and fund in groups:
            return fund
    return None


def _projected_targets(model: Model) -> Iterator[str]:
    for name in model.plan.targets:
        if name in model.graph.equations and name not in model.constants:
            yield name


def _judged_targets(model: Model) -> Iterator[Observable]:
    for name, target in model.plan.targets.items():
        unit = canonical(target.unit)
        if name in model.graph.equations or (target.target is None) != (unit == STATUS):
            continue
        if unit == STATUS:
            yield Observable(name, {unit: 1.0}, ("final",), 0.0, 1.0)
        elif target.kind != "milestone":
            yield Observable(name, _units(unit), ("final",), *_range(unit))


def has_base(name: str, model: Model) -> bool:
    """Whether a projection of the quantity rests on its own base value."""
    base = f"{name}_base"
    return base in model.constants and name in model.graph.downstream((base,))


def _target(name: str, model: Model) -> Observable:
    unit = canonical(model.graph.equations[name].unit)
    kinds: list[Kind] = ["final"]
    if name in model.plan.seasons:
        kinds.insert(0, "to_date")
    if not has_base(name, model):
        return Observable(name, _units(unit), tuple(kinds), *_range(unit))
    base = float(model.constants[f"{name}_base"])
    kinds.append("revised_baseline")
    return Observable(name, _units(unit), tuple(kinds), *_range(unit), base)


def _units(unit: str) -> dict[str, float]:
    return {unit: 1.0} | dict(OTHER_UNITS.get(unit, {}))


def _range(unit: str) -> tuple[float, float]:
    if unit in PERCENTS:
        return 0.0, 100.0
    if unit == "percent_per_year":
        return -100.0, np.inf
    if unit == "per_mille_points":
        return -1000.0, 1000.0
    return 0.0, np.inf


def _fund(name: str, plan: Plan) -> Iterator[Observable]:
    learned: tuple[Kind, ...] = ("to_date", "year_end_estimate")
    known = name in plan.fund_errors and payment_months(plan) is not None
    kinds: tuple[Kind, ...] = (*(learned if known else ()), "final")
    yield Observable(f"{name}_{PAID}", _units("billion_vnd"), kinds, 0.0, np.inf)
    yield Observable(f"{name}_{PAID_SHARE}", _units("share"), kinds, 0.0, 1.0)


def drawn(quantity: str, values: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Array:
    """What draws say of a quantity that can be observed, shape (draws,).

    Raises KeyError where they say nothing of it.
    """
    if quantity in values:
        return np.asarray(values[quantity], dtype=float)
    fund = fund_of(quantity, groups)
    if fund is None:
        raise KeyError(quantity)
    paid = sum(values[f"{member}_{PAID}"] for member in groups[fund])
    if quantity.endswith(PAID):
        return np.asarray(paid, dtype=float)
    allocated = sum(values[f"{member}_allocation"] for member in groups[fund])
    return np.asarray(paid / np.where(np.equal(allocated, 0), 1, allocated), dtype=float)
