"""What may a call change in every scenario? Options and how their texts are read."""

from typing import Annotated, Any

import typer

from simulator.batch import Overrides
from simulator.cli.shared import complete_assumption
from simulator.records import InputError, Problem
from simulator.yaml_text import read_yaml

ChangesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=YAML",
        help="Change an assumption in every scenario: a number, '{fixed: x}' or "
        "'{p10: x, p50: y, p90: z}'. Repeatable.",
        autocompletion=complete_assumption,
    ),
]
BaselinesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--baseline",
        metavar="NAME=VALUE",
        help="Type in the baseline of a target that has none. Repeatable.",
    ),
]
DrawsOption = Annotated[int | None, typer.Option(help="A power of two.")]
SeedOption = Annotated[int | None, typer.Option(min=0, max=2**63 - 1)]


def read_overrides(
    changes: list[str] | None,
    baselines: list[str] | None,
    draws: int | None,
    seed: int | None,
    plan: str | None,
) -> Overrides:
    """What the options of a call say together. Raises InputError for a pair without a value."""
    return Overrides(
        changes={name: _value(text) for name, text in _pairs(changes, "--set")},
        typed_baselines={name: _value(text) for name, text in _pairs(baselines, "--baseline")},
        draws=draws,
        seed=seed,
        plan=plan,
    )


def _pairs(texts: list[str] | None, option: str) -> list[tuple[str, str]]:
    pairs = [text.partition("=") for text in texts or []]
    problems = [
        Problem(option, None, name, "has no value", "NAME=VALUE")
        for name, equals, value in pairs
        if not equals or not value.strip()
    ]
    if problems:
        raise InputError(problems)
    return [(name.strip(), value) for name, _, value in pairs]


def _value(text: str) -> Any:
    """A value as a scenario file reads it; what is not YAML is text, which no option takes."""
    try:
        return read_yaml(text, "")[0]
    except InputError:
        return text
