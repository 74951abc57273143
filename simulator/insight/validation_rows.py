"""What of a validation is handed over as data? Tidy rows of outcomes, totals and what is missing."""

from collections.abc import Iterator
from typing import Any

from simulator.validation import Scored, Summary, Validation

COLUMNS = (
    "part",
    "rows",
    "name",
    "unit",
    "p05",
    "p10",
    "p25",
    "p50",
    "p75",
    "p90",
    "p95",
    "outcome",
    "shock",
    "inside_50",
    "inside_80",
    "inside_90",
    "pit",
    "spreads_off",
    "crps",
    "last",
    "last_error",
    "plan",
    "plan_error",
    "plan_chance",
    "word",
    "plan_met",
    "brier",
    "log_score",
    "resolution_low",
    "resolution_high",
    "resolution_met",
    "interval_brier",
    "value",
    "low",
    "high",
    "count",
    "text",
)


def as_rows(validation: Validation) -> Iterator[dict[str, Any]]:
    """A validation as tidy rows: outcomes, totals, what is missing, what cannot be scored."""
    for row in validation.rows:
        yield {"part": "outcome", "rows": "all"} | _tidy(row)
    for name, found in (("all", validation.whole), ("without_shocks", validation.unshocked)):
        if found is not None:
            yield from ({"part": "total", "rows": name} | line for line in _total_rows(found))
    for name in validation.missing:
        yield {"part": "missing", "name": name}
    for name, why in validation.unscored.items():
        yield {"part": "not_scored", "name": name, "text": why}


def _tidy(row: Scored) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": row.name,
        "unit": row.outcome.unit,
        "outcome": row.outcome.value,
        "shock": row.outcome.shock or None,
    }
    forecast, judged, bounded = row.forecast, row.judged, row.bounded
    if forecast is not None:
        told |= {f"p{100 * level:02.0f}": value for level, value in forecast.quantiles.items()}
        told |= {f"inside_{100 * level:.0f}": hit for level, hit in forecast.covered.items()}
        told |= {
            "pit": forecast.pit,
            "spreads_off": forecast.spreads_off,
            "crps": forecast.crps,
            "last": forecast.last,
            "last_error": row.error_of("last"),
            "plan": forecast.plan,
            "plan_error": row.error_of("plan"),
        }
    if judged is not None:
        told |= {
            "plan_chance": judged.chance,
            "word": judged.word,
            "plan_met": judged.met,
            "brier": judged.brier,
            "log_score": judged.log_score,
        }
    if bounded is not None:
        told |= {
            "resolution_low": bounded.low,
            "resolution_high": bounded.high,
            "resolution_met": bounded.met,
            "interval_brier": bounded.interval_brier,
        }
    return told


def _total_rows(summary: Summary) -> Iterator[dict[str, Any]]:
    for found in summary.coverage:
        yield {
            "name": f"coverage_{100 * found.level:.0f}",
            "value": found.share,
            "low": found.low,
            "high": found.high,
            "count": found.count,
        }
    for skill in summary.skill:
        yield {
            "name": f"skill_against_{skill.reference}",
            "value": skill.skill,
            "low": skill.low,
            "high": skill.high,
            "count": skill.count,
        }
        yield {"name": f"relative_crps_beside_{skill.reference}", "value": skill.ours}
        yield {"name": f"relative_error_of_{skill.reference}", "value": skill.theirs}
    if summary.ranks is not None:
        count = summary.count
        yield {"name": "rank_distance", "value": summary.ranks.distance, "count": count}
        yield {"name": "rank_p_value", "value": summary.ranks.p_value, "count": count}
        for at, bin_count in enumerate(summary.ranks.bins, 1):
            yield {"name": f"rank_bin_{at}", "value": bin_count, "count": count}
    yield {"name": "needed_width", "value": summary.needed_width, "count": summary.count}
    if summary.chances is not None:
        count = summary.chances.count
        yield {"name": "targets_met", "value": summary.chances.met, "count": count}
        yield {"name": "targets_expected", "value": summary.chances.expected, "count": count}
        yield {"name": "brier", "value": summary.chances.brier, "count": count}
        yield {"name": "log_score", "value": summary.chances.log_score, "count": count}
        for word in summary.chances.words:
            share = word.met / word.count
            told = {"value": share, "plan_chance": word.chance, "count": word.count}
            yield {"name": f"met_of_{word.word}", "word": word.word} | told
    if summary.interval_brier is not None:
        bounds, mean = summary.interval_brier
        yield {"name": "interval_brier", "value": mean, "count": bounds}
