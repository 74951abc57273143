"""Do all numbers of the domain live in the data? Only arithmetic and technique stand in Python."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import simulator

PACKAGE = Path(simulator.__file__).parent

EVERYWHERE = {0, 1, 2, 0.5, 10, 12, 52, 100, 1000}
"""Arithmetic, percent, per mille, months, weeks; a sign before them is free."""

TECHNICAL: dict[str, dict[float, str]] = {
    "equations/base_year.py": {1e-15: "root-finding tolerance", 1e-14: "root-finding tolerance"},
    "assumptions.py": {256: "Sobol coordinates", 0.9: "the upper of the three quantiles"},
    "projection.py": {-33: "the clip of Sobol points, as a power of two", 4: "size of a cache"},
    "figures.py": {1e-12: "rounding of printed figures"},
    "records.py": {4: "largest file in MiB", 1024: "bytes", 0.6: "likeness of a misspelled name"},
    "solve.py": {1e-14: "root-finding tolerance", 20: "most rounds of a solve"},
    "scenario.py": {16: "length of a hash", 17: "most draws, as a power of two"},
    "scorecard/rules.py": {1e-9: "tolerance of a comparison with a target"},
    "scorecard/row.py": {0.1: "the lower displayed quantile", 0.9: "the upper displayed quantile"},
    "scorecard/count.py": {0.05: "the lower displayed quantile", 0.95: "the upper one"},
    "likelihood.py": {0.05: "step of a displayed chance", 1e-9: "tolerance of a rounding"},
    "insight/ranges.py": {0.1: "the lower displayed quantile", 0.9: "the upper one"},
    "insight/herd.py": {
        0.1: "a displayed quantile",
        0.25: "a displayed quantile",
        0.75: "a displayed quantile",
        0.9: "a displayed quantile",
        7: "levels of the map",
        20: "the margin of the map, as a part of the range",
        3: "how often the map doubles restocking",
    },
    "insight/dots.py": {
        0.1: "a displayed quantile",
        0.25: "a displayed quantile",
        0.75: "a displayed quantile",
        0.9: "a displayed quantile",
        50: "dots of a picture",
        24: "columns of a histogram",
        5: "round numbers are 1, 2 and 5 times a power of ten",
        60: "halvings of an interval",
        1e-9: "draws closer together are one column",
    },
    "insight/naming.py": {4: "digits of a number that no table prints"},
    "insight/upstream.py": {
        3: "columns of a picture",
        6: "rows of a picture",
        0.02: "a correlation without influence",
        0.1: "a correlation too weak for a line",
    },
    "insight/validation.py": {3: "decimals of a p-value and of a mean score"},
    "plan_checks.py": {1e-8: "rounding of a derived value in its table"},
    "validation/forecast.py": {0.8: "level of an interval", 0.9: "level of an interval"},
    "validation/summary.py": {
        5: "columns of the histogram of ranks",
        2000: "resamples",
        0.9: "level of the intervals around coverage and skill",
    },
    "track/pace.py": {0.1: "the lower displayed quantile", 0.9: "the upper displayed quantile"},
    "track/__init__.py": {0.05: "outside of nine years in ten"},
    "track/quantities.py": {0.01: "percent to share", 0.001: "thousands"},
    "track/readings.py": {
        0.1: "how near an exact figure a draw must come, of its spread",
        1e-6: "the same where it can come as near as wanted",
        0.25: "the same for whole numbers",
        3.0: "spreads beyond which a figure teaches no more",
    },
    "track/strata.py": {0.1: "a switch rarer than this is drawn evenly"},
    "track/transport.py": {0.02: "directions without slopes", 4: "draws for each slope"},
    "track/weights.py": {400: "the least effective draws", 4: "of a small run", 60: "halvings"},
    "track/posterior.py": {3: "rounds of making readings linear"},
    "insight/drought.py": {0.95: "the quantile of one year in twenty"},
}
"""By file: each number that may stand in it, and why."""

FLOORS = (
    "equations/*.py", "scorecard/*.py", "units.py", "figures.py", "records.py", "graph.py",
    "assumptions.py", "plan*.py", "forms.py", "insight/*.py", "projection.py",
    "scenario.py", "solve.py", "thresholds.py", "likelihood.py", "derivation.py",
    "validation/*.py", "track/*.py",
)  # fmt: skip
"""Where quantities and chances are computed; faces, files and pages compute none."""


def numbers(tree: ast.Module) -> Iterator[tuple[float, int]]:
    """Numeric literals and the lines they stand on, a minus sign folded in."""
    signed = {
        id(node.operand): -node.operand.value
        for node in ast.walk(tree)
        if isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
        and isinstance(node.operand.value, int | float)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | float)
            and not isinstance(node.value, bool)
        ):
            yield signed.get(id(node), node.value), node.lineno


def strange(file: Path) -> list[str]:
    allowed = TECHNICAL.get(file.relative_to(PACKAGE).as_posix(), {})
    return [
        f"{file.name}:{line}: {value}"
        for value, line in numbers(ast.parse(file.read_text(encoding="utf-8")))
        if abs(value) not in EVERYWHERE and value not in allowed
    ]


def model_files() -> list[Path]:
    return [file for floor in FLOORS for file in sorted(PACKAGE.glob(floor))]


@pytest.mark.parametrize(
    "file", model_files(), ids=lambda file: file.relative_to(PACKAGE).as_posix()
)
def test_no_number_of_the_domain_stands_in_the_model_library(file):
    assert not strange(file)


@pytest.mark.parametrize("file", sorted(TECHNICAL))
def test_every_technical_number_still_stands_where_it_is_excused(file):
    found = {value for value, _ in numbers(ast.parse((PACKAGE / file).read_text(encoding="utf-8")))}
    assert set(TECHNICAL[file]) <= found
