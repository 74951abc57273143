"""Which hand-outs do tests open? Runs anywhere in the ranges, and what the page should say of them."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from simulator.assumptions import Setting
from simulator.batch import run_all
from simulator.handout.page import handout
from simulator.language import Language
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.scorecard import Rules, Scorecard
from tests.strategies import catalogue, scenario

DRAWS = 1024
REACH = 0.2


@cache
def workshop() -> Workshop:
    return Workshop()


def result_of(run: Scenario) -> Result:
    (outcome,) = run_all([run], workshop(), Rules())
    assert isinstance(outcome, Result), outcome
    return outcome


@cache
def trend(draws: int = DRAWS) -> Result:
    return result_of(replace(scenario(draws=draws), name="trend"))


def written(folder: Path, run: Result, language: Language = "vi") -> str:
    """The address of a hand-out."""
    path = folder / "board.html"
    path.write_text(handout(run, language), encoding="utf-8")
    return path.as_uri()


def random_changes(generator: np.random.Generator) -> dict[str, Setting]:
    """Settings of most assumptions: inside the range, at its ends, fixed, or with own quantiles."""
    changes = {}
    for name, row in catalogue().items():
        kind = generator.choice(["left", "near", "anywhere", "end", "fixed", "quantiles"])
        value = float(generator.uniform(row.low, row.high))
        near = float(row.centre + REACH * (value - row.centre))
        if kind == "near":
            changes[name] = Setting(near)
        elif kind == "anywhere":
            changes[name] = Setting(value)
        elif kind == "end":
            changes[name] = Setting(float(generator.choice([row.low, row.high])))
        elif kind == "fixed":
            changes[name] = Setting(
                float(value >= 0.5) if row.link == "switch" else value, fixed=True
            )
        elif kind == "quantiles" and row.link != "switch":
            width = 0.05 * (row.high - row.low)
            middle = float(np.clip(value, row.low + width, row.high - width))
            changes[name] = Setting(middle, p10=middle - width / 2, p90=middle + width)
    return changes


def plain(changes: dict[str, Setting]) -> dict[str, Any]:
    """Settings as the page takes them."""
    return {
        name: {"value": row.centre, "fixed": row.fixed, "p10": row.p10, "p90": row.p90}
        for name, row in changes.items()
    }


def differences(found: Any, card: Scorecard) -> tuple[float, float]:
    """How far chances and counts, and how far quantiles (relatively), are from a scorecard's."""
    chances, values = [0.0], [0.0]
    for name, row in card.rows.items():
        told = found["rows"][name]
        assert (told["chance"] is None) == (row.plan_chance is None), name
        assert (told["quantiles"] is None) == (row.quantiles is None), name
        assert (told["resolution"] is None) == (row.resolution is None), name
        if row.plan_chance is not None:
            chances.append(abs(told["chance"] - row.plan_chance))
        for ours, theirs in zip(told["resolution"] or (), row.resolution or (), strict=True):
            chances.append(abs(ours - theirs))
        for ours, theirs in zip(told["quantiles"] or (), row.quantiles or (), strict=True):
            values.append(abs(ours - theirs) / max(1.0, abs(theirs)))
    return max(chances), max(values)


def count_differences(found: Any, card: Scorecard) -> list[float]:
    """How far the counts of a page are from a scorecard's, in targets."""
    count, told = card.count, found["count"]
    assert (told["scored"], told["judged"]) == (count.scored, count.judged)
    assert count.plan is not None
    assert count.resolution_low is not None
    assert count.resolution_high is not None
    pairs = [
        (told["plan"]["mean"], count.plan.mean),
        (told["plan"]["p05"], count.plan.p05),
        (told["plan"]["p95"], count.plan.p95),
        (told["low"], count.resolution_low.mean),
        (told["high"], count.resolution_high.mean),
        (told["structure"], count.structure),
    ]
    return [abs(ours - theirs) for ours, theirs in pairs]
