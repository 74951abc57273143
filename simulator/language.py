"""How is something said in Vietnamese or in English? Texts, units and numbers of both languages."""

from functools import cache
from typing import Literal

from simulator.figures import english, vietnamese
from simulator.likelihood import likelihood, shown_chance
from simulator.records import Record, read_table
from simulator.resources import PACKAGE
from simulator.units import canonical

Language = Literal["vi", "en"]


class _Text(Record):
    key: str
    vi: str
    en: str


class _UnitText(Record):
    unit: str
    vi: str = ""
    en: str = ""


@cache
def texts() -> dict[str, tuple[str, str]]:
    """Every text of the interface by key: Vietnamese, English; each area has a file of its own."""
    files = sorted((PACKAGE / "texts" / "interface").glob("*.csv"))
    rows = [row for file in files for row in read_table(file, _Text, ("key",)).values()]
    return {row.key: (row.vi, row.en) for row in rows}


@cache
def _unit_texts() -> dict[str, tuple[str, str]]:
    rows = read_table(PACKAGE / "texts" / "units.csv", _UnitText, ("unit",)).values()
    return {row.unit: (row.vi, row.en) for row in rows}


def say(key: str, language: Language, **values: object) -> str:
    """A text of the interface, filled in. Raises KeyError for a key that no text has."""
    text = texts()[key][language == "en"]
    return text.format(**values) if values else text


def unit_name(unit: str, language: Language) -> str:
    """A unit as it is written beside a number; empty where none is, itself where it is not known."""
    return _unit_texts().get(canonical(unit), (unit, unit))[language == "en"]


def show(value: float, decimals: int, language: Language) -> str:
    """A number in the language's format: 1.249,94 or 1,249.94."""
    return (english if language == "en" else vietnamese)(value, decimals)


def show_chance(chance: float, language: Language) -> str:
    """A chance in tenths, in steps of five points inside the band of its word; ends as <, >."""
    ends = {
        "virtually_certain": "chance.over_hundredth",
        "very_likely": "chance.over_tenth",
        "very_unlikely": "chance.under_tenth",
        "exceptionally_unlikely": "chance.under_hundredth",
    }
    band = likelihood(chance).code
    if band in ends:
        return say(ends[band], language)
    tenths = 10 * shown_chance(chance)
    decimals = 0 if abs(tenths - round(tenths)) < 1e-9 else 1
    return say("chance.tenths", language, tenths=show(tenths, decimals, language))
