"""What does money that comes late, or in full, do to investment, growth, communes and poverty?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.insight.overlay import expected_met, overlaid, shipped_scenario
from simulator.scenario import Scenario
from simulator.scorecard import Scorecard

LATE = "late_funds"
FULL = "full_disbursement"
QUANTITIES = (
    "total_investment",
    "grdp_growth",
    "new_rural_communes",
    "poverty_rate",
    "electricity_access",
)
EXPECTED = "expected_met"
Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Outcome:
    """A median under each of the three, in the quantity's unit; or the expected number met."""

    name: str
    unit: str
    late: float
    now: float
    full: float
    better: Better


@dataclass(frozen=True)
class LateMoney:
    """Three runs side by side, which share their draws: money late, as now, in full."""

    late: Scenario
    full: Scenario
    outcomes: tuple[Outcome, ...]
    scored: int
    moves_non_state: bool
    """Whether the two scenarios change non-state investment too, beside public money."""
    same_year_effect: float
    """The share of the investment's effect on growth that is felt in the same year, as set."""
    draws: int


def late_money(card: Scorecard) -> LateMoney:
    """The shipped scenarios of late and of full disbursement, each laid on top of a run."""
    late, full = shipped_scenario(card, LATE), shipped_scenario(card, FULL)
    cards = {
        "late": overlaid(card, late.changes),
        "now": card,
        "full": overlaid(card, full.changes),
    }
    projection = card.projection
    outcomes = [_outcome(name, cards) for name in QUANTITIES if name in projection.values]
    means = {name: expected_met(card) for name, card in cards.items()}
    outcomes.append(Outcome(EXPECTED, "", better="higher", **means))
    non_state = "non_state_investment_growth"
    return LateMoney(
        late,
        full,
        tuple(outcomes),
        scored=card.count.scored,
        moves_non_state=non_state in late.changes or non_state in full.changes,
        same_year_effect=projection.settings["same_year_effect_of_investment"].centre,
        draws=projection.scenario.draws,
    )


def _outcome(name: str, cards: Mapping[str, Scorecard]) -> Outcome:
    plan = cards["now"].projection.plan
    target = plan.targets.get(name)
    unit = target.unit if target else cards["now"].projection.model.graph.equations[name].unit
    medians = {key: float(np.median(card.projection.values[name])) for key, card in cards.items()}
    at_most = target is not None and target.sense == "at_most"
    return Outcome(name, unit, better="lower" if at_most else "higher", **medians)
