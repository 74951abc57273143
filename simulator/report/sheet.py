"""What is a sheet of a workbook? Heads with widths, and rows whose numbers stay numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from simulator.language import Language, say
from simulator.report.parts import Amount, Cell

Row: TypeAlias = tuple[Cell, ...]
Columns: TypeAlias = Sequence[tuple[str, float]]
"""Heads with the widths of their columns in letters."""
Made: TypeAlias = tuple[Columns, Sequence[Row]]


@dataclass(frozen=True)
class Sheet:
    """A sheet; where no column has a head it holds tables below each other."""

    name: str
    columns: Columns
    rows: Sequence[Row]


def heads(language: Language, *columns: tuple[str, float]) -> Columns:
    """Columns by the keys of their texts."""
    return [(say(key, language), width) for key, width in columns]


def stacked(tables: Sequence[Sequence[Sequence[str]]], widths: Sequence[float]) -> Made:
    """Tables of words below each other, a blank row between them."""
    rows: list[Row] = []
    for table in tables:
        rows += [(*row, *[None] * (len(widths) - len(row))) for row in (*table, ())]
    return [("", width) for width in widths], rows


def share(value: float | None, decimals: int = 0) -> Amount | None:
    """A share or a chance, kept as it is and shown in percent."""
    return None if value is None else Amount(value, decimals, "percent")
