"""What may a scenario file say? A JSON Schema made from the catalogue, for editors to complete."""

from typing import Any

from simulator.assumptions import Assumption
from simulator.observation_reading import KINDS, REQUIRED
from simulator.scenario import Vocabulary, allowed_draws
from simulator.unroll import MOST_SWEEP_POINTS

BOTH = {
    "type": "object",
    "properties": {"vi": {"type": "string"}, "en": {"type": "string"}},
    "additionalProperties": False,
}

DAY = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def scenario_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema of the scenario files of a plan."""
    assumptions = vocabulary.catalogue.assumptions
    changes = {
        "type": "object",
        "properties": {name: {"$ref": f"#/$defs/{name}"} for name in assumptions},
        "additionalProperties": False,
    }
    point = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "changes": changes},
        "required": ["changes"],
        "additionalProperties": False,
    }
    grid = {
        "type": "object",
        "minProperties": 1,
        "properties": {
            name: {"type": "array", "minItems": 1, "items": {"$ref": f"#/$defs/{name}"}}
            for name in assumptions
        },
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario of the plan simulator",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "title": BOTH,
            "because": {"anyOf": [{"type": "string"}, BOTH]},
            "extends": {
                "description": "One or several scenario files or shipped scenarios.",
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
            },
            "plan": {"type": "string", "description": "A shipped plan or a folder."},
            "draws": {"enum": allowed_draws()},
            "seed": {"type": "integer", "minimum": 0, "exclusiveMaximum": 2**63},
            "solve": {"enum": ["plan"]},
            "changes": changes,
            "typed_baselines": {
                "type": "object",
                "properties": {
                    name: {"type": "number", "minimum": low}
                    | ({} if high == float("inf") else {"maximum": high})
                    for name, (low, high) in vocabulary.baselines.items()
                },
                "additionalProperties": False,
            },
            "observations": {"type": "array", "items": _observation(vocabulary)},
            "as_of": DAY,
            "sweep": {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "properties": {
                    "grid": grid,
                    "list": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": MOST_SWEEP_POINTS,
                        "items": point,
                    },
                },
                "additionalProperties": False,
            },
        },
        "$defs": {name: _setting(row) for name, row in assumptions.items()},
    }


def _observation(vocabulary: Vocabulary) -> dict[str, Any]:
    """One observation; the quantities, their kinds and units are those of the plan as it stands."""
    known = {} if vocabulary.watch is None else vocabulary.watch({}).observables
    units = sorted({unit for row in known.values() for unit in row.units})
    text: dict[str, Any] = {"type": "string"}
    return {
        "type": "object",
        "properties": {
            "quantity": text | ({"examples": sorted(known)} if known else {}),
            "kind": {"enum": list(KINDS)},
            "value": {"type": "number"},
            "unit": text | ({"examples": units} if units else {}),
            "date": DAY,
            "source": text,
            "entered_by": text,
        },
        "required": list(REQUIRED),
        "additionalProperties": False,
    }


def _setting(assumption: Assumption) -> dict[str, Any]:
    value = {"type": "number", "minimum": assumption.low, "maximum": assumption.high}
    forms: list[dict[str, Any]] = [
        value,
        {
            "type": "object",
            "properties": {"fixed": {"enum": [0, 1]} if assumption.link == "switch" else value},
            "required": ["fixed"],
            "additionalProperties": False,
        },
    ]
    if assumption.link != "switch":
        names = ["p10", "p50", "p90"]
        inside = value | _open_ends(assumption)
        forms.append(
            {
                "type": "object",
                "properties": dict.fromkeys(names, inside),
                "required": names,
                "additionalProperties": False,
            }
        )
    return {
        "title": f"{assumption.title_vi} | {assumption.title_en}",
        "description": f"{assumption.unit}, trend {assumption.centre:g}. {assumption.evidence}",
        "default": assumption.centre,
        "anyOf": forms,
    }


def _open_ends(assumption: Assumption) -> dict[str, float]:
    """Quantiles on a log or logit link keep off its infinite ends."""
    low = {"exclusiveMinimum": 0.0} if assumption.link in {"log", "logit"} else {}
    return low | ({"exclusiveMaximum": 1.0} if assumption.link == "logit" else {})
