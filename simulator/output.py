"""What of a result is handed over, and in which shape? JSON of one run, tidy rows of many."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd

from simulator.run import Result, product_version
from simulator.scenario import written
from simulator.scorecard import Distribution, TargetScore
from simulator.track import Tracked

LEVELS = (0.1, 0.5, 0.9)


def as_json(result: Result) -> dict[str, Any]:
    """One run as plain values, ready for JSON."""
    card = result.card
    scenario = result.scenario
    found: dict[str, Any] = {
        "scenario": scenario.name,
        "plan": card.projection.plan.name,
        "seed": scenario.seed,
        "draws": 0 if card.projection.deterministic else scenario.draws,
        "version": product_version(),
        "hash": result.hash,
        "quantities": _quantities(result),
        "targets": [_target(row, card.projection.unprojected) for row in card.rows.values()],
        "count": _count(result),
    }
    if result.solution is not None:
        found["plan_solution"] = {
            "gaps": [asdict(gap) for gap in result.solution.gaps],
            "unreached": [asdict(missed) for missed in result.solution.unreached],
        }
    if result.tracked is not None:
        found["tracking"] = tracking(result.tracked)
    return found


def tracking(tracked: Tracked) -> dict[str, Any]:
    """What was learned from observations, as plain values."""
    weights = tracked.weights
    surprises = {row.observation: row for row in tracked.surprises}
    return {
        "as_of": None if tracked.as_of is None else tracked.as_of.isoformat(),
        "effective_draws": None if weights is None else weights.effective,
        "tempering_power": None if weights is None else weights.power,
        "few_draws_count": tracked.few_draws_count,
        "log_evidence": None if weights is None else weights.log_evidence,
        "observations": [
            written(row)
            | {
                "percentile": surprises[row].percentile if row in surprises else None,
                "outside_nine_in_ten": row in surprises and surprises[row].outside,
                "says": surprises[row].says if row in surprises else None,
            }
            for row in tracked.used
        ],
        "set_aside": [written(row.observation) | {"why": row.why} for row in tracked.set_aside],
        "pace": [
            asdict(row) | {"day": row.day.isoformat(), "seen_share": row.seen_share}
            for row in tracked.paces
        ],
        "prior": {
            "expected_met": tracked.prior.count.plan.mean if tracked.prior.count.plan else None,
            "targets": [
                {
                    "name": row.name,
                    "plan_chance": row.plan_chance,
                    "word": row.word,
                    **dict(zip(("p10", "p50", "p90"), row.quantiles or (), strict=False)),
                }
                for row in tracked.prior.rows.values()
            ],
        },
    }


def _quantities(result: Result) -> dict[str, dict[str, float]]:
    projection = result.card.projection
    frozen = [name for name in projection.model.constants if name.startswith("reference_")]
    wanted = [name for name in frozen if name not in projection.plan.parameters]
    found: dict[str, dict[str, float]] = {}
    for name in (*wanted, *projection.quantities):
        value = projection.values[name]
        if projection.deterministic:
            found[name] = {"value": float(value)}
        elif np.ndim(value) == 0:
            found[name] = dict.fromkeys(("p10", "p50", "p90"), float(value))
        else:
            p10, p50, p90 = projection.quantiles(name, LEVELS)
            found[name] = {"p10": p10, "p50": p50, "p90": p90}
    return found


def _target(row: TargetScore, unprojected: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": row.name,
        "target": row.target.target,
        "sense": row.target.sense,
        "plan_chance": row.plan_chance,
        "resolution": None if row.resolution is None else list(row.resolution),
        "word": row.word,
        "distance": row.distance,
        "base": row.base,
        "verdict": row.verdict,
        "method": row.method,
        "reason": row.reason or None,
        "missing": unprojected.get(row.name) if row.reason == "missing_inputs" else None,
        "achievement": row.achievement,
        "expected_shortfall": row.expected_shortfall,
        "action": row.action,
        "evidence": row.evidence,
    } | ({} if row.slack_chance is None else {"slack_chance": row.slack_chance})


def _count(result: Result) -> dict[str, Any]:
    count = result.card.count

    def plain(distribution: Distribution | None) -> dict[str, Any] | None:
        if distribution is None:
            return None
        fields = asdict(distribution).items()
        return {key: list(part) if isinstance(part, tuple) else part for key, part in fields}

    return {
        "scored": count.scored,
        "met": count.met,
        "plan": plain(count.plan),
        "resolution": {
            "judged": count.judged,
            "low": plain(count.resolution_low),
            "high": plain(count.resolution_high),
            "likely_met": list(count.likely_met),
            "unlikely": list(count.unlikely),
            "cannot_be_said": list(count.cannot_be_said),
        },
        "structure": count.structure,
        "outside_view": count.outside_view,
    }


def as_rows(result: Result) -> Iterator[dict[str, Any]]:
    """One run as tidy rows: a row for every quantity, and one for every target."""
    found = as_json(result)
    run = {key: found[key] for key in ("scenario", "plan", "seed", "draws", "version", "hash")}
    for name, numbers in found["quantities"].items():
        equation = result.card.projection.model.graph.equations.get(name)
        yield (
            run
            | {
                "role": "quantity",
                "name": name,
                "unit": equation.unit if equation else None,
            }
            | numbers
        )
    numbers_of = found["quantities"]
    for target in found["targets"]:
        low, high = target.pop("resolution") or (None, None)
        unit = result.card.rows[target["name"]].target.unit
        yield (
            run
            | {"role": "target", "unit": unit}
            | target
            | {"resolution_low": low, "resolution_high": high}
            | numbers_of.get(target["name"], {})
        )


COLUMNS = {
    "scenario": "string",
    "plan": "string",
    "seed": "int64",
    "draws": "int64",
    "version": "string",
    "hash": "string",
    "role": "string",
    "name": "string",
    "unit": "string",
    "p10": "float64",
    "p50": "float64",
    "p90": "float64",
    "value": "float64",
    "base": "float64",
    "target": "float64",
    "sense": "string",
    "plan_chance": "float64",
    "resolution_low": "float64",
    "resolution_high": "float64",
    "slack_chance": "float64",
    "word": "string",
    "distance": "float64",
    "achievement": "float64",
    "expected_shortfall": "float64",
    "verdict": "string",
    "method": "string",
    "reason": "string",
    "missing": "string",
    "action": "string",
    "evidence": "string",
}


def as_frame(results: Iterable[Result]) -> pd.DataFrame:
    """Runs as one tidy table with the same columns and types whatever the runs."""
    rows = [row for result in results for row in as_rows(result)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def manifest_entry(result: Result) -> dict[str, Any]:
    """What the manifest says of one run; the central run draws nothing."""
    projection = result.card.projection
    return {
        "scenario": result.scenario.name,
        "plan": projection.plan.name,
        "hash": result.hash,
        "seed": result.scenario.seed,
        "draws": 0 if projection.deterministic else result.scenario.draws,
    }


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that is there in full at the end, or stays as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(handle)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there in full or not at all."""
    with whole_file(path) as file:
        file.write(content)


def json_text(document: Any) -> str:
    """JSON with Vietnamese letters as they are."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
