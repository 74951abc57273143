"""Which unit is meant by tỷ đồng, nghìn lượt or %? The quantity decides between those it takes."""

from collections.abc import Mapping
from functools import cache, lru_cache

from simulator.intake.folding import folded
from simulator.language import unit_name
from simulator.observation import Observable
from simulator.records import Record, read_table
from simulator.resources import PACKAGE
from simulator.units import canonical

MOST_KEPT = 4096
"""Spellings whose meaning is remembered; tables that are sent hold fewer."""


class _Spelling(Record):
    unit: str
    spelling: str


@cache
def _spellings() -> Mapping[str, frozenset[str]]:
    """Units by each folded way of writing them."""
    rows = read_table(
        PACKAGE / "texts" / "unit_spellings.csv", _Spelling, ("unit", "spelling")
    ).values()
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(folded(row.spelling), set()).add(row.unit)
    return {spelling: frozenset(units) for spelling, units in found.items()}


@lru_cache(MOST_KEPT)
def units_meant(text: str, among: frozenset[str]) -> tuple[str, ...]:
    """Those units that a text may mean; one that is written as the tables name it is meant alone."""
    exact = canonical(text)
    if exact in among:
        return (exact,)
    key = folded(text)
    if not key:
        return ()
    spelt = _spellings().get(key, frozenset())
    return tuple(
        unit
        for unit in sorted(among)
        if unit in spelt or key in (folded(unit_name(unit, "vi")), folded(unit_name(unit, "en")))
    )


def unit_of(text: str, known: Observable) -> str | None:
    """The unit that a text means for a quantity; None where it takes no such one, or several."""
    meant = units_meant(text, frozenset(known.units))
    factors = {known.units[unit] for unit in meant}
    if len(factors) != 1:
        return None
    return next(unit for unit in known.units if unit in meant)


def takes(text: str, known: Observable) -> bool:
    """Whether a quantity can be given in the unit that a text means."""
    return bool(units_meant(text, frozenset(known.units)))


@lru_cache(MOST_KEPT)
def is_unit(text: str) -> bool:
    """Whether a text names any unit at all."""
    key = folded(text)
    return bool(key) and (key in _spellings() or key in _shown())


def same_unit(one: str, other: str) -> bool:
    """Whether two texts may mean one unit; a text that names none contradicts nothing."""
    left, right = folded(one), folded(other)
    if left == right or not (is_unit(one) and is_unit(other)):
        return True
    return bool(_meanings(left) & _meanings(right))


def _meanings(key: str) -> frozenset[str]:
    return _spellings().get(key, frozenset()) | _shown().get(key, frozenset())


@cache
def _shown() -> Mapping[str, frozenset[str]]:
    """Units by each folded name that the product itself shows."""

    class Row(Record):
        unit: str
        vi: str = ""
        en: str = ""

    rows = read_table(PACKAGE / "texts" / "units.csv", Row, ("unit",)).values()
    found: dict[str, set[str]] = {}
    for row in rows:
        for name in (row.unit, row.vi, row.en):
            if name:
                found.setdefault(folded(name), set()).add(row.unit)
    return {name: frozenset(units) for name, units in found.items()}
