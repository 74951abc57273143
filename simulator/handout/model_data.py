"""What must a browser know of a run besides the equations? Draws, assumptions, and how targets are read."""

from typing import Any

from simulator.assumptions import NINETIETH
from simulator.handout.kernels import kernels
from simulator.handout.sample import BITS, seeds_of_points
from simulator.handout.trace import Kernel
from simulator.likelihood import likely_from, unlikely_to
from simulator.projection import SMALLEST_PROBABILITY
from simulator.public_funds import MASTER, PUBLIC_FUNDS
from simulator.scorecard import Scorecard, TargetScore
from simulator.scorecard.count import STRUCTURE
from simulator.scorecard.row import QUOTA_NEEDS, judged_chance
from simulator.scorecard.rules import DECIDED, known_threshold, margin


def model_data(card: Scorecard) -> dict[str, Any]:
    """Everything that decides the numbers of a scorecard but the equations, as plain values."""
    projection = card.projection
    plan, scenario = projection.plan, projection.scenario
    catalogue = plan.catalogue
    traced = kernels(projection.model)
    noise = {
        name: row.dimension for name, row in catalogue.factors.items() if row.kind == "count_noise"
    }
    dimensions = {row.dimension for row in catalogue.assumptions.values()}
    dimensions |= {row.dimension for row in catalogue.factors.values()}
    scored = [name for name, row in card.rows.items() if row.counted]
    structure = [name for name in STRUCTURE if name in scored]
    return {
        "draws": scenario.draws,
        "bits": BITS,
        "smallest": SMALLEST_PROBABILITY,
        "ninetieth": NINETIETH,
        "points": seeds_of_points(scenario.seed, scenario.draws, sorted(dimensions)),
        "noise": {name: at for name, at in noise.items() if _is_read(name, traced)},
        "assumptions": {name: _assumption(name, card) for name in catalogue.assumptions},
        "targets": [_target(row, card) for row in card.rows.values()],
        "quota": {
            "needs": QUOTA_NEEDS,
            "months": plan.parameter("quota_epidemic_months"),
            "factor": plan.parameter("quota_epidemic_factor"),
        },
        "likelyFrom": likely_from(),
        "unlikelyTo": unlikely_to(),
        "master": MASTER,
        "funds": [name for name in PUBLIC_FUNDS if name in catalogue.assumptions],
        "structure": structure if len(structure) == len(STRUCTURE) else [],
    }


def _is_read(name: str, traced: list[Kernel]) -> bool:
    return any(name in kernel.inputs for kernel in traced)


def _assumption(name: str, card: Scorecard) -> dict[str, Any]:
    catalogue = card.projection.plan.catalogue
    row = catalogue.assumptions[name]
    return {
        "dimension": row.dimension,
        "link": row.link,
        "low": row.low,
        "high": row.high,
        "centre": row.centre,
        "spread": catalogue.spread(name),
        "loadings": [
            [catalogue.factors[factor].dimension, loading]
            for factor, loading in row.loadings.items()
        ],
    }


def _target(row: TargetScore, card: Scorecard) -> dict[str, Any]:
    decided = row.method in DECIDED
    judged = None if decided else judged_chance(row.target, row.method, card.projection)
    known = known_threshold(row.target, card.rules) if row.resolution_bound == "point" else None
    return {
        "name": row.name,
        "scored": row.counted,
        "rule": _rule(row, card) if decided else None,
        "judged": judged,
        "quota": row.target.kind == "quota",
        "bound": row.resolution_bound,
        "known": None if known is None else _known(row, *known),
    }


def _known(row: TargetScore, wanted: float, strict: bool) -> dict[str, Any]:
    return _reading(row, wanted, margin(wanted, strict=strict), strict=strict)


def _rule(row: TargetScore, card: Scorecard) -> dict[str, Any]:
    target = row.target
    if target.target is None or target.kind == "milestone":
        return {"target": 1.0, "sense": 1, "margin": 0.0, "strict": False}
    strict = bool(target.strict)
    least = margin(target.target, target.decimals or 0, strict=strict, rounding=card.rules.rounding)
    return _reading(row, target.target, least, strict=strict)


def _reading(row: TargetScore, wanted: float, least: float, *, strict: bool) -> dict[str, Any]:
    """How far beyond a wanted value a draw must lie, and in which direction."""
    sense = -1 if row.target.sense == "at_most" else 1
    return {"target": wanted, "sense": sense, "margin": least, "strict": strict}
