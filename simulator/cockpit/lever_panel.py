"""What does the lever panel need to know? Titles, ranges, marks and words, from the catalogue."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from simulator.assumptions import NINETIETH, Assumption, Catalogue, from_link, to_link
from simulator.cockpit.moves import (
    MASTER,
    MASTER_HIGH,
    MASTER_LOW,
    MASTER_STEP,
    Moves,
    master_value,
)
from simulator.drawing.words import trimmed
from simulator.language import Language, say, unit_name
from simulator.plan import Plan

GROUPS = ("growth", "disbursement", "shock")
GROUP_OF_THEME = {
    "growth": "growth",
    "social": "growth",
    "enterprise": "growth",
    "environment": "growth",
    "disbursement": "disbursement",
    "shock": "shock",
}
FAR = 2
"""Spreads from the trend beyond which a value has left the evidence."""
STEPS_OF_A_RANGE = 200


def panel(plan: Plan, language: Language) -> dict[str, Any]:
    """The whole panel, which stays the same while levers move: groups, levers, words."""
    catalogue = plan.catalogue
    groups = []
    for group in GROUPS:
        rows = [row for row in catalogue.assumptions.values() if GROUP_OF_THEME[row.theme] == group]
        levers = [lever(row, catalogue, language) for row in rows if row.front]
        if group == "disbursement":
            levers.insert(0, _master(language))
        groups.append(
            {
                "id": group,
                "title": say(f"group.{group}", language),
                "note": say(
                    f"group.{group}.note",
                    language,
                    base=plan.sheet.base_year,
                    year=plan.sheet.plan_year,
                ),
                "levers": levers,
                "advanced": [lever(row, catalogue, language) for row in rows if not row.front],
            }
        )
    words = _words(language) | {"base": str(plan.sheet.base_year)}
    return {"groups": groups, "words": words, "language": language}


def lever(row: Assumption, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    """One lever in raw units; `scale` turns them into what is shown."""
    scale = 100.0 if row.display_unit.startswith("%") else 1.0
    low, high = _interval(row, catalogue, NINETIETH)
    far_low, far_high = _interval(row, catalogue, FAR)
    switch = row.link == "switch"
    return {
        "name": row.name,
        "title": row.short(language),
        "full": row.title(language),
        "unit": unit_name(row.display_unit, language),
        "scale": scale,
        "decimals": row.display_decimals,
        "low": row.low,
        "high": row.high,
        "centre": row.centre,
        "p10": row.centre if switch else low,
        "p90": row.centre if switch else high,
        "farLow": row.low if switch else far_low,
        "farHigh": row.high if switch else far_high,
        "base": row.base_value,
        "step": row.step or (row.high - row.low) / STEPS_OF_A_RANGE,
        "root": row.link == "log",
        "policy": row.control == "policy",
        "evidence": row.reason(language),
        "control": say(f"control.{row.control}", language),
    }


def step_text(row: Assumption, old: float, new: float, language: Language) -> str:
    """A move of an assumption as it is shown: 55 → 90%."""
    return f"{_number(row, old, language)} → {value_text(row, new, language)}"


def value_text(
    row: Assumption, value: float, language: Language, decimals: int | None = None
) -> str:
    """A value of an assumption as it is shown, 90%, or with as many decimals as it needs."""
    unit = unit_name(row.display_unit, language)
    glue = "" if unit.startswith("%") or not unit else " "
    return f"{_number(row, value, language, decimals)}{glue}{unit}"


def _number(row: Assumption, value: float, language: Language, decimals: int | None = None) -> str:
    scale = 100.0 if row.display_unit.startswith("%") else 1.0
    most = row.display_decimals if decimals is None else decimals
    return trimmed(scale * value, most, language)


def master_text(old: float, new: float, language: Language) -> str:
    """A move of all public funds as it is shown: All public funds 0 → −10 points."""
    before, after = (trimmed(100 * points, 1, language) for points in (old, new))
    unit = say("lever.points", language)
    return f"{say('lever.master', language)} {before} → {after} {unit}"


def _interval(row: Assumption, catalogue: Catalogue, spreads: float) -> tuple[float, float]:
    if row.link == "switch":
        return row.centre, row.centre
    reach = spreads * catalogue.spread(row.name)
    ends = to_link(row.centre, row.link) + np.array([-reach, reach])
    low, high = from_link(ends, row.link)
    return max(row.low, float(low)), min(row.high, float(high))


def _master(language: Language) -> dict[str, Any]:
    return {
        "name": MASTER,
        "title": say("lever.master", language),
        "full": say("lever.master", language),
        "unit": say("lever.points", language),
        "scale": 100.0,
        "decimals": 1,
        "low": MASTER_LOW,
        "high": MASTER_HIGH,
        "centre": 0.0,
        "p10": 0.0,
        "p90": 0.0,
        "farLow": MASTER_LOW,
        "farHigh": MASTER_HIGH,
        "base": None,
        "step": MASTER_STEP,
        "root": False,
        "policy": True,
        "evidence": say("lever.master.evidence", language),
        "control": say("control.policy", language),
    }


def _words(language: Language) -> dict[str, str]:
    keys = (
        "as_base", "above_base", "below_base", "as_trend", "higher", "lower", "far_higher",
        "far_lower", "not_moved", "reset", "fixed", "quantiles", "allowed", "advanced", "search",
        "undo", "redo", "reset_all", "reset_group", "trend", "change", "changes", "legend_policy",
        "legend_outside", "legend_range", "previous", "next", "levers", "evidence", "range",
    )  # fmt: skip
    return {key: say(f"lever.{key}", language) for key in keys}


def positions(moves: Moves, catalogue: Catalogue) -> dict[str, Any]:
    """Where the moved levers stand: the value, and whether it is fixed or has its own quantiles."""
    moved: dict[str, Any] = {
        name: {
            "value": setting.centre,
            "fixed": setting.fixed,
            "p10": setting.p10,
            "p90": setting.p90,
        }
        for name, setting in moves.changes.items()
    }
    together = master_value(moves, catalogue)
    if together:
        moved[MASTER] = {"value": together, "fixed": False, "p10": None, "p90": None}
    return moved


def titles(names: Iterable[str], catalogue: Catalogue, language: Language) -> list[str]:
    """The short titles of some assumptions."""
    return [catalogue.assumptions[name].short(language) for name in names]
