"""In what do scenarios differ, and what comes of it? Inputs, outcomes, verdicts, joint counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from simulator.assumptions import Setting
from simulator.records import InputError, Problem
from simulator.scorecard import Distribution, Scorecard, TargetScore
from simulator.scorecard.rules import is_scored

FEWEST, MOST = 2, 6
Verdict: TypeAlias = Literal["likely_met", "unlikely", "cannot_be_said"]


@dataclass(frozen=True)
class Input:
    """Something that the scenarios say differently, with what each of them says."""

    name: str
    kind: Literal["assumption", "typed_baseline", "draws", "seed"]
    values: tuple[Setting | float | None, ...]


@dataclass(frozen=True)
class Outcome:
    """One target under each scenario."""

    rows: tuple[TargetScore, ...]
    verdicts: tuple[Verdict | None, ...]
    """Of the Resolution's target, where it is judged."""

    @property
    def name(self) -> str:
        """The name of the target."""
        return self.rows[0].name

    @property
    def medians(self) -> tuple[float | None, ...]:
        """The median under each scenario."""
        return tuple(None if row.quantiles is None else row.quantiles[1] for row in self.rows)

    @property
    def chances(self) -> tuple[float | None, ...]:
        """The plan's chance under each scenario."""
        return tuple(row.plan_chance for row in self.rows)

    @property
    def differs(self) -> bool:
        """Whether anything of it is not the same under all scenarios."""
        first = self.rows[0]
        return any(
            (row.quantiles, row.plan_chance, row.resolution)
            != (first.quantiles, first.plan_chance, first.resolution)
            for row in self.rows
        )

    @property
    def flips(self) -> bool:
        """Whether the word of its chance or the Resolution's verdict is not the same everywhere."""
        words = {row.word for row in self.rows}
        return len(words) > 1 or len(set(self.verdicts)) > 1


@dataclass(frozen=True)
class Against:
    """In which share of the shared draws a scenario meets more, as many or fewer targets."""

    more: float
    same: float
    fewer: float


@dataclass(frozen=True)
class Comparison:
    """Scenarios of one plan side by side; differences are those to the first."""

    cards: tuple[Scorecard, ...]
    inputs: tuple[Input, ...]
    outcomes: tuple[Outcome, ...]
    against: tuple[Against | None, ...]
    """Of each scenario to the first; nothing where they were drawn differently."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the scenarios."""
        return tuple(card.projection.scenario.name for card in self.cards)

    @property
    def expected(self) -> tuple[float, ...]:
        """The expected number of plan targets met under each scenario."""
        return tuple(0.0 if c.count.plan is None else c.count.plan.mean for c in self.cards)


def compare(cards: Sequence[Scorecard]) -> Comparison:
    """Put scenarios side by side.

    Raises InputError where there are too few, too many, or two of one name or of two plans.
    """
    _refuse(cards)
    return Comparison(
        cards=tuple(cards),
        inputs=tuple(_inputs(cards)),
        outcomes=tuple(
            Outcome(
                tuple(card.rows[name] for card in cards),
                tuple(_verdict(card, name) for card in cards),
            )
            for name in cards[0].rows
        ),
        against=tuple(_against(card, cards[0]) for card in cards),
    )


def _refuse(cards: Sequence[Scorecard]) -> None:
    if any(card.projection.deterministic for card in cards):
        raise ValueError("the central run has no chances to compare")
    if not FEWEST <= len(cards) <= MOST:
        wrong = f"{len(cards)} scenarios"
        raise InputError([Problem("compare", None, "", wrong, f"{FEWEST} to {MOST}")])
    if any(card.rules != cards[0].rules for card in cards):
        raise ValueError("the scorecards read targets by different rules")
    first = cards[0].projection
    names: set[str] = set()
    for card in cards:
        scenario, plan = card.projection.scenario, card.projection.plan
        if plan is not first.plan:
            wrong = f"is of the plan {plan.name}, {first.scenario.name} of {first.plan.name}"
            raise InputError([Problem(scenario.name, None, "plan", wrong, "one plan")])
        if scenario.name in names:
            raise InputError([Problem(scenario.name, None, "", "is named twice", "names once")])
        names.add(scenario.name)


def _inputs(cards: Sequence[Scorecard]) -> Iterator[Input]:
    for name in cards[0].projection.plan.catalogue.assumptions:
        settings = tuple(card.projection.settings[name] for card in cards)
        if len(set(settings)) > 1:
            yield Input(name, "assumption", settings)
    typed = [card.projection.scenario.typed_baselines for card in cards]
    for name in cards[0].rows:
        values = tuple(baselines.get(name) for baselines in typed)
        if len(set(values)) > 1:
            yield Input(name, "typed_baseline", values)
    scenarios = [card.projection.scenario for card in cards]
    if len({scenario.draws for scenario in scenarios}) > 1:
        yield Input("draws", "draws", tuple(float(scenario.draws) for scenario in scenarios))
    if len({scenario.seed for scenario in scenarios}) > 1:
        yield Input("seed", "seed", tuple(float(scenario.seed) for scenario in scenarios))


def _verdict(card: Scorecard, name: str) -> Verdict | None:
    if name in card.count.likely_met:
        return "likely_met"
    if name in card.count.unlikely:
        return "unlikely"
    return "cannot_be_said" if name in card.count.cannot_be_said else None


def _met(card: Scorecard) -> Any:
    scored = [
        card.met[name] for name, row in card.rows.items() if is_scored(row.target, row.method)
    ]
    return np.sum(scored, axis=0, dtype=int)


def _against(card: Scorecard, first: Scorecard) -> Against | None:
    ours, theirs = card.projection.scenario, first.projection.scenario
    if (ours.draws, ours.seed) != (theirs.draws, theirs.seed):
        return None
    ahead = _met(card) - _met(first)
    return Against(*(float(np.mean(np.sign(ahead) == sign)) for sign in (1, 0, -1)))


COLUMNS = ("part", "name", "unit", "scenario", "measure", "value", "text", "difference")


def as_rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """A comparison as tidy rows: inputs that differ, all outcomes and counts, all scenarios."""
    for at, name in enumerate(comparison.names):
        for row in (
            *_input_rows(comparison, at),
            *_outcome_rows(comparison, at),
            *_count_rows(comparison, at),
        ):
            yield dict.fromkeys(COLUMNS) | {"scenario": name} | row


def _minus(value: Any, first: Any) -> Any:
    return None if value is None or first is None else value - first


def _input_rows(comparison: Comparison, at: int) -> Iterator[dict[str, Any]]:
    catalogue = comparison.cards[0].projection.plan.catalogue
    for found in comparison.inputs:
        told: dict[str, Any] = {"part": "input", "name": found.name, "measure": found.kind}
        value, first = found.values[at], found.values[0]
        if isinstance(value, Setting) and isinstance(first, Setting):
            told["unit"] = catalogue.assumptions[found.name].unit
            told["text"] = setting_text(value)
            value, first = value.centre, first.centre
        yield told | {"value": value, "difference": _minus(value, first)}


def setting_text(setting: Setting) -> str:
    """What a setting says beyond its centre: nothing, that it is fixed, or its quantiles."""
    if setting.fixed:
        return "fixed"
    if setting.p10 is not None and setting.p90 is not None:
        return f"p10 {setting.p10:g}, p90 {setting.p90:g}"
    return ""


def _outcome_rows(comparison: Comparison, at: int) -> Iterator[dict[str, Any]]:
    for outcome in comparison.outcomes:
        row, first = outcome.rows[at], outcome.rows[0]
        told = {"part": "outcome", "name": outcome.name}
        numbers = row.quantiles or (None, None, None)
        before = first.quantiles or (None, None, None)
        for measure, value, start in zip(("p10", "p50", "p90"), numbers, before, strict=True):
            difference = {"value": value, "difference": _minus(value, start)}
            yield told | {"measure": measure, "unit": row.target.unit} | difference
        difference = {
            "value": row.plan_chance,
            "difference": _minus(row.plan_chance, first.plan_chance),
        }
        yield (
            told | {"measure": "plan_chance", "unit": "probability", "text": row.word} | difference
        )
        low, high = row.resolution or (None, None)
        start_low, start_high = first.resolution or (None, None)
        verdict = {"unit": "probability", "text": outcome.verdicts[at]}
        for measure, value, start in (
            ("resolution_low", low, start_low),
            ("resolution_high", high, start_high),
        ):
            difference = {"value": value, "difference": _minus(value, start)}
            yield told | {"measure": measure} | verdict | difference


def _count_rows(comparison: Comparison, at: int) -> Iterator[dict[str, Any]]:
    ours, first = (comparison.cards[index].count for index in (at, 0))
    counts: list[tuple[str, Distribution | None, Distribution | None]] = [
        ("plan", ours.plan, first.plan),
        ("resolution_low", ours.resolution_low, first.resolution_low),
        ("resolution_high", ours.resolution_high, first.resolution_high),
    ]
    for name, count, start in counts:
        for measure in ("mean", "p05", "p50", "p95"):
            value = None if count is None else getattr(count, measure)
            before = None if start is None else getattr(start, measure)
            told = {"part": "count", "name": name, "unit": "targets", "measure": measure}
            yield told | {"value": value, "difference": _minus(value, before)}
    structure = {"value": ours.structure, "difference": _minus(ours.structure, first.structure)}
    chance = {"part": "count", "unit": "probability"}
    yield chance | {"name": "structure", "measure": "chance"} | structure
    against = comparison.against[at]
    for measure in ("more", "same", "fewer"):
        share = None if against is None else getattr(against, measure)
        yield chance | {"name": "against_first", "measure": measure, "value": share}
