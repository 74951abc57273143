"""Which tables tell the projected quantities? Their median and range, and their quantiles."""

from collections.abc import Iterator

import numpy as np

from simulator.insight.naming import manner, title
from simulator.language import Language, say, unit_name
from simulator.projection import Model, Projection
from simulator.report.parts import Amount, Cell, Column, Table

LEVELS = (0.1, 0.5, 0.9)
MANY_LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


def quantity_table(projection: Projection, language: Language) -> Table:
    """Every projected quantity with its unit, P10, median and P90."""
    columns = (
        Column(say("explain.quantity", language), 5),
        Column(say("report.column.unit", language), 1.6),
        *(Column(f"P{100 * level:.0f}", 1.2, right=True) for level in LEVELS),
    )
    rows = tuple(
        (title(projection.model, name, language), unit, *amounts)
        for name, unit, amounts in quantities(projection, LEVELS, language)
    )
    return Table(columns, rows)


def quantities(
    projection: Projection, levels: tuple[float, ...], language: Language
) -> Iterator[tuple[str, str, list[Cell]]]:
    """The name, unit and quantiles of each quantity, with decimals that fit its size."""
    for name in projection.quantities:
        value = projection.values[name]
        if isinstance(value, tuple):
            continue
        found = (
            [float(value)] * len(levels)
            if np.ndim(value) == 0
            else list(projection.quantiles(name, levels))
        )
        unit, amounts = as_amounts(projection.model, name, found, language)
        yield name, unit, amounts


def as_amounts(
    model: Model, name: str, values: list[float], language: Language
) -> tuple[str, list[Cell]]:
    """The unit of some values of one name, and the values with the same decimals; a share is a percent."""
    scale, unit, decimals = manner(model, name, max(values, key=abs))
    if scale == 1:
        written = unit_name(unit, language) if unit else ""
        return written, [Amount(value, decimals) for value in values]
    return "", [Amount(value, decimals, "percent") for value in values]
