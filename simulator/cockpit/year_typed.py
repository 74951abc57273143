"""What does a filled-in form say? An observation, or what is wrong at which field."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from simulator.cockpit.year import LONGEST_TEXT
from simulator.figures import number
from simulator.language import Language
from simulator.observation import Observation, Watch
from simulator.observation_reading import Fault, read_observation
from simulator.problem_words import problem_text
from simulator.records import Problem
from simulator.yaml_text import in_words

AT_FIELD = {"kind": "manner", "entered_by": "source"}
"""Fields of an observation that the form calls otherwise."""
_AS_VIETNAMESE = str.maketrans(",.", ".,")
_EXAMPLE = 1249.94


def typed_number(text: str, language: Language) -> float | None:
    """A number as the language writes it, signed or not; 12.5 is none in Vietnamese, rather than 125."""
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    sign = -1.0 if plain.startswith("-") else 1.0
    plain = plain.removeprefix("-")
    try:
        found = number(plain if language == "vi" else plain.translate(_AS_VIETNAMESE))
    except ValueError:
        return None
    return sign * found


def typed_value(value: float, language: Language) -> str:
    """A number as the language writes it, with all its digits, so that it reads back as it is."""
    text = f"{Decimal(repr(value)):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    text = text.replace("-", "\N{MINUS SIGN}")
    return text.translate(_AS_VIETNAMESE) if language == "vi" else text


def read_typed(
    fields: Mapping[str, str], watch: Watch, language: Language, entered_by: str, *, corrects: bool
) -> Observation | list[Fault]:
    """The observation that a form says, or everything that is wrong with it; a correction says why."""
    faults = [
        Fault(name, name, f"has {len(fields[name])} letters", f"at most {LONGEST_TEXT}")
        for name in ("source", "note")
        if len(fields.get(name, "")) > LONGEST_TEXT
    ]
    if corrects and not fields.get("note"):
        faults.append(Fault("note", "note", "is missing"))
    value = typed_number(fields.get("value", ""), language)
    if fields.get("value") and value is None:
        wrong = f"is {in_words(fields['value'])}, not a number"
        faults.append(Fault("value", "value", wrong, typed_value(_EXAMPLE, language)))
    row = {
        "quantity": fields.get("quantity") or None,
        "kind": fields.get("manner") or None,
        "value": value if fields.get("value") else None,
        "unit": fields.get("unit") or None,
        "date": fields.get("date") or None,
        "source": fields.get("source") or None,
        "entered_by": entered_by,
    }
    found = read_observation(row, watch)
    if isinstance(found, Observation) and not faults:
        return found
    named = {fault.field for fault in faults}
    told = [] if isinstance(found, Observation) else found
    faults += [fault for fault in told if fault.field not in named]
    return [replace(fault, field=AT_FIELD.get(fault.field, fault.field)) for fault in faults]


def fault_text(fault: Fault, language: Language) -> str:
    """What is wrong, without the name of the field at which it stands."""
    said = problem_text(
        Problem("", None, "", fault.wrong, fault.allowed, fault.nearest), language, file=False
    )
    return f"{said[:1].upper()}{said[1:]}"
