"""What is a quantity called, and how is its value written? In Vietnamese and in English."""

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from simulator.assumptions import Assumption, Bit
from simulator.graph import Equation
from simulator.language import Language, say, show, unit_name
from simulator.plan_rows import Target
from simulator.projection import (
    REFERENCE_ASSUMPTIONS,
    REFERENCE_GROWTH,
    REFERENCE_QUANTITIES,
    TARGETS_READ,
    Model,
)
from simulator.records import Record, read_table
from simulator.resources import PACKAGE
from simulator.units import canonical

REFERENCES = {**REFERENCE_ASSUMPTIONS, **REFERENCE_QUANTITIES, REFERENCE_GROWTH: "grdp_growth"}
"""What each frozen reference quantity is the reference of."""

SHOWN_AS_PERCENT = frozenset({"share", "share/year", "probability"})
BASE = "_base"
SIGNIFICANT = 4
"""Digits of a number that no table prints."""


class _Name(Record):
    name: str
    vi: str = ""
    en: str = ""
    short_vi: str = ""
    short_en: str = ""
    passes_on: Bit = 0


class _Sentence(Record):
    en: str
    vi: str


@cache
def _names() -> Mapping[str, _Name]:
    rows = read_table(PACKAGE / "texts" / "names.csv", _Name).values()
    return {row.name: row for row in rows}


@cache
def _sentences() -> Mapping[str, str]:
    rows = read_table(PACKAGE / "texts" / "sentences.csv", _Sentence, ("en",)).values()
    return {row.en: row.vi for row in rows}


def title(model: Model, name: str, language: Language) -> str:
    """What a name stands for: a quantity, assumption, target, parameter or fact."""
    plan = model.plan
    given: Assumption | Target | None = plan.catalogue.assumptions.get(name) or plan.targets.get(
        name
    )
    if given is not None:
        return given.title(language)
    row = _names().get(name)
    if row is not None and row.vi:
        return row.vi if language == "vi" else row.en
    if name in REFERENCES:
        return say(
            "indicator.of_reference", language, name=title(model, REFERENCES[name], language)
        )
    if name in TARGETS_READ:
        return say(
            "indicator.of_plan",
            language,
            name=title(model, TARGETS_READ[name], language),
            year=plan.sheet.plan_year,
        )
    stem, base, kind = name.partition(BASE)
    if base:
        return say(
            f"indicator.of_base{kind or '_value'}",
            language,
            name=title(model, stem, language),
            year=plan.sheet.base_year,
        )
    return name.replace("_", " ").capitalize()


def short_title(model: Model, name: str, language: Language) -> str:
    """A title that fits a box of a picture."""
    row = _names().get(name)
    if row is not None and row.short_vi:
        return row.short_vi if language == "vi" else row.short_en
    plan = model.plan
    given: Assumption | Target | None = plan.catalogue.assumptions.get(name) or plan.targets.get(
        name
    )
    return title(model, name, language) if given is None else given.short(language)


def only_passes_on(name: str) -> bool:
    """Whether a quantity is a step of a mechanism that a picture may leave out."""
    row = _names().get(name)
    return row is not None and bool(row.passes_on)


def sentence(equation: Equation, language: Language) -> str:
    """The causal claim of an equation; in English where no translation is known."""
    english = equation.sentence.split("\n")[0]
    return _sentences().get(english, english) if language == "vi" else english


def equations_of(model: Model, name: str) -> str:
    """The numbers of the equations behind a quantity, as the method names them: E13-E14."""
    target = model.plan.targets.get(name)
    if target is not None:
        return target.equation
    equation = model.graph.equations.get(name)
    numbered = re.search(r"\(([^()]*)\)\.$", sentence(equation, "en")) if equation else None
    return numbered[1] if numbered else name


def unit_of(model: Model, name: str) -> str:
    """The unit that the data give a name; empty where nothing is known of it."""
    plan, graph = model.plan, model.graph
    if name in graph.equations:
        return graph.equations[name].unit
    if name in graph.inputs:
        return graph.inputs[name]
    row: Assumption | Target | None = plan.targets.get(name) or plan.catalogue.assumptions.get(name)
    if row is not None:
        return canonical(row.unit)
    if name in plan.facts:
        return canonical(plan.facts[name].unit)
    return canonical(plan.parameters[name].unit) if name in plan.parameters else ""


def wanted_text(model: Model, name: str, language: Language) -> str:
    """What the plan wants of a target, with the decimals that it prints; empty for a milestone."""
    wanted = model.plan.targets[name].target
    if wanted is None:
        return ""
    return value_text(model, name, wanted, language, decimals=_written_decimals(wanted))


def value_text(
    model: Model,
    name: str,
    value: Any,
    language: Language,
    *,
    unit: bool = True,
    decimals: int | None = None,
) -> str:
    """A value of a name, with its unit: shares in percent, decimals as printed or as they matter."""
    if value is None or isinstance(value, tuple):
        return ""
    if np.ndim(value):
        return " · ".join(value_text(model, name, part, language, unit=unit) for part in value)
    number = float(value)
    scale, written, needed = manner(model, name, number)
    text = show(scale * number, needed if decimals is None else decimals, language)
    named = unit_name(written, language) if unit and written else ""
    if not named:
        return text
    return f"{text}{named}" if named.startswith(("%", "‰", "/")) else f"{text} {named}"


def manner(model: Model, name: str, value: float) -> tuple[float, str, int]:
    """By what a value is multiplied for the reader, the unit beside it, and its decimals."""
    plan = model.plan
    assumption = plan.catalogue.assumptions.get(name)
    if assumption is not None:
        scale = 100.0 if assumption.display_unit.startswith("%") else 1.0
        written = assumption.display_unit
        most = max(assumption.display_decimals, _decimals(scale * value))
        return scale, written, _written_decimals(round(scale * value, most))
    unit = unit_of(model, name)
    if name in plan.targets:
        return 1.0, unit, _target_decimals(plan.targets[name])
    if unit in SHOWN_AS_PERCENT:
        return 100.0, "percent", _decimals(100 * value)
    if name in plan.facts:
        return 1.0, unit, _written_decimals(value)
    return 1.0, unit, _decimals(value)


def _target_decimals(target: Target) -> int:
    """The plan's printed decimals, or the base's where it has more, at most two."""
    base = 0 if target.base is None else _written_decimals(round(target.base, 2))
    return max(target.decimals or 0, base)


def _decimals(value: float) -> int:
    """Decimals that show some significant digits, without zeros at the end."""
    if not math.isfinite(value) or value == 0:
        return 0
    most = max(0, SIGNIFICANT - 1 - math.floor(math.log10(abs(value))))
    return len(f"{value:.{most}f}".partition(".")[2].rstrip("0"))


def _written_decimals(value: float) -> int:
    return len(f"{value:.6f}".partition(".")[2].rstrip("0"))
