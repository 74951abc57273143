"""What is told to a planner above the board? Numbers as the screen writes them, in either language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from simulator.assumptions import Assumption
from simulator.cockpit.address import Clamped
from simulator.cockpit.lever_panel import value_text
from simulator.drawing.words import trimmed
from simulator.language import Language, unit_name
from simulator.plan import Plan
from simulator.plan_rows import Target
from simulator.records import Problem

MOST_DECIMALS = 6
"""As many as a value needs, at most so many: what lies just beyond a limit is not rounded onto it."""
LARGEST_SHOWN = 1e9
Words = Mapping[Language, str]
"""A text in both languages."""


@dataclass(frozen=True)
class Notice:
    """Something to tell: the key of its text and what fills it in, or a problem of an input."""

    key: str
    values: Mapping[str, str | Words] = field(default_factory=dict)
    problem: Problem | None = None

    def filled(self, language: Language) -> dict[str, str]:
        """What fills the text in, in a language."""
        return {
            key: value if isinstance(value, str) else value[language]
            for key, value in self.values.items()
        }


def clamped(entry: Clamped, plan: Plan) -> Notice:
    """A value of an old link that no longer stands."""
    row = _row(entry.name, plan)
    values: dict[str, str | Words] = {
        "name": _title(entry.name, row),
        "given": _given(entry.given, row),
    }
    if entry.taken is None:
        return Notice("notice.left_out", values)
    return Notice("notice.clamped", values | {"taken": _value(entry.taken, row)})


def baseline_refused(name: str, given: str, allowed: tuple[float, float], plan: Plan) -> Notice:
    """A typed baseline that is no number or outside its range."""
    row = plan.targets.get(name)
    low, high = (_value(end, row) for end in allowed)
    values = {"name": _title(name, row), "given": given, "low": low, "high": high}
    return Notice("notice.baseline", values)


def _row(name: str, plan: Plan) -> Assumption | Target | None:
    return plan.catalogue.assumptions.get(name) or plan.targets.get(name)


def _title(name: str, row: Assumption | Target | None) -> str | Words:
    return name if row is None else _both(row.short)


def _given(text: str, row: Assumption | Target | None) -> str | Words:
    """What a link held: one value, a fixed one or three quantiles; as it stands if it is neither."""
    try:
        values = [float(part) for part in text.removeprefix("fixed:").split("~")]
    except ValueError:
        return text
    if row is None or not all(abs(value) <= LARGEST_SHOWN for value in values):
        return text
    shown = [_value(value, row) for value in values]
    return _both(lambda language: " ~ ".join(each[language] for each in shown))


def _value(value: float, row: Assumption | Target | None) -> Words:
    if isinstance(row, Assumption):
        return _both(lambda language: value_text(row, value, language, MOST_DECIMALS))
    unit = "" if row is None else row.unit

    def said(language: Language) -> str:
        name = unit_name(unit, language)
        glue = "" if name.startswith("%") or not name else " "
        return f"{trimmed(value, MOST_DECIMALS, language)}{glue}{name}"

    return _both(said)


def _both(said: Callable[[Language], str]) -> Words:
    languages: tuple[Language, ...] = get_args(Language)
    return {language: said(language) for language in languages}
