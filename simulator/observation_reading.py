"""How does a row of text become an observation, and what can be wrong with it?"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from simulator.observation import Kind, Observation, Watch
from simulator.records import nearest
from simulator.scenario import number_problem
from simulator.yaml_text import in_words

KINDS: tuple[Kind, ...] = get_args(Kind)
REQUIRED = ("quantity", "kind", "value", "unit", "date", "source")
FIELDS = (*REQUIRED, "entered_by")
IN_LOGARITHMS: frozenset[Kind] = frozenset({"to_date", "year_end_estimate"})
"""Kinds that are read in logarithms, where nothing at all says nothing of the year's end."""
LONGEST_TEXT = 1000
"""Letters of a text that is kept."""
UNPRINTABLE = frozenset({"Cc", "Cs"})
"""Categories of control characters and of halves of a character, which no database keeps."""
MOST_REVISED = 10
"""How many times more or less than known a revision may be; beyond is a slip (judgement)."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with one field of an observation."""

    field: str
    name: str
    wrong: str
    allowed: str = ""
    nearest: str = ""


def read_observation(row: Mapping[str, Any], watch: Watch) -> Observation | list[Fault]:
    """The observation that a row of fields gives, or everything that is wrong with it."""
    faults = [
        Fault(key, str(key), "unknown key", ", ".join(FIELDS), nearest(str(key), FIELDS))
        for key in row
        if key not in FIELDS
    ]
    faults += [Fault(key, key, "is missing", "") for key in REQUIRED if row.get(key) is None]
    faults += [
        Fault(key, key, f"is {in_words(row[key])}", "text")
        for key in FIELDS
        if key != "value" and row.get(key) is not None and not isinstance(row[key], str)
    ]
    day = day_of(row.get("date"))
    if isinstance(row.get("date"), str) and day is None:
        faults.append(Fault("date", "date", f"is {in_words(row['date'])}", A_DAY))
    if isinstance(row.get("kind"), str) and row["kind"] not in KINDS:
        near = nearest(row["kind"], KINDS)
        faults.append(Fault("kind", row["kind"], "unknown kind", ", ".join(KINDS), near))
    value = row.get("value")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        wrong, allowed = f"is {in_words(value)}, not a number", "a dot as the decimal sign"
        faults.append(Fault("value", "value", wrong, allowed))
    if faults or day is None:
        return faults
    found = Observation(
        quantity=row["quantity"],
        kind=row["kind"],
        value=float(row["value"]),
        unit=row["unit"],
        date=day,
        source=row["source"],
        entered_by=row.get("entered_by") or "",
    )
    return list(faults_of(found, watch)) or found


A_DAY = "a day as 2020-10-31"


def day_of(text: Any) -> date | None:
    """The day that a text names as 2020-10-31, if it does."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def number_of(text: str) -> float | str:
    """A number as tables with a dot as their decimal sign write it; else the text, to be refused."""
    try:
        return text if "_" in text else float(text)
    except ValueError:
        return text


def text_fault(name: str, text: str) -> Fault | None:
    """What keeps a text out of any log."""
    if len(text) > LONGEST_TEXT:
        return Fault(name, name, f"has {len(text)} letters", f"at most {LONGEST_TEXT}")
    if any(unicodedata.category(letter) in UNPRINTABLE for letter in text):
        return Fault(name, name, f"control character in {in_words(text)}", "text")
    return None


def faults_of(told: Observation, watch: Watch) -> list[Fault]:
    """Everything that is wrong with an observation of a plan's year."""
    texts = (("source", told.source), ("entered_by", told.entered_by))
    return [*filter(None, (text_fault(*text) for text in texts)), *_misfits(told, watch)]


def _misfits(told: Observation, watch: Watch) -> list[Fault]:
    """The first thing that keeps an observation from being one of this year."""
    known = watch.observables.get(told.quantity)
    if known is None:
        near = nearest(told.quantity, watch.observables)
        allowed = "a name that `simulator list observables` prints"
        return [Fault("quantity", told.quantity, "cannot be observed here", allowed, near)]
    if told.kind not in known.kinds:
        wrong = f"takes no {told.kind}"
        return [Fault("kind", told.quantity, wrong, ", ".join(known.kinds) or "nothing")]
    if told.unit not in known.units:
        near = nearest(told.unit, known.units)
        wrong = f"unit is {in_words(told.unit)}"
        return [Fault("unit", told.quantity, wrong, ", ".join(known.units), near)]
    factor = known.units[told.unit]
    problem = number_problem(told.value, known.low / factor, known.high / factor)
    if problem is not None:
        return [Fault("value", told.quantity, *problem)]
    if told.kind == "revised_baseline" and known.base:
        least, most = sorted(
            known.base / factor * part for part in (1 / MOST_REVISED, MOST_REVISED)
        )
        if not least <= told.value <= most:
            wrong = f"{in_words(told.value)} is far from {known.base / factor:g}, which was known"
            return [Fault("value", told.quantity, wrong, f"{least:g} to {most:g}")]
    if told.kind in IN_LOGARITHMS and told.value <= 0:
        wrong = "0 says nothing of the year's end"
        return [Fault("value", told.quantity, wrong, "more than 0; leave it out until then")]
    if told.kind == "final" and told.date < watch.first:
        wrong = f"{told.date} is before the plan's year"
        return [Fault("date", told.quantity, wrong, f"{watch.first} or later")]
    if told.kind in IN_LOGARITHMS and not watch.first <= told.date <= watch.last:
        wrong = f"{told.date} is outside the plan's year"
        return [Fault("date", told.quantity, wrong, f"{watch.first} to {watch.last}")]
    return []
