"""What follows from printed figures? A short calculation in which every figure names its line."""

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

from simulator.figures import readings

CITED = re.compile(r"\[(?P<line>[0-9]+): (?P<figure>[^\[\]]+)\]")

_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


@dataclass(frozen=True)
class Cited:
    """A figure that a derivation takes from a line of the report."""

    line: int
    figure: str

    @property
    def value(self) -> float:
        """The number it stands for: percent as a share, money in billions. Raises ValueError."""
        unit = "share" if "%" in self.figure else "billion_vnd" if "tỷ" in self.figure else ""
        found = next(readings(self.figure, unit), None)
        if found is None:
            raise ValueError(f"{self.figure!r} is not a number as the report prints them")
        return found


def cited(derivation: str) -> list[Cited]:
    """The figures of a derivation, in order."""
    return [Cited(int(found["line"]), found["figure"]) for found in CITED.finditer(derivation)]


def derived(derivation: str) -> float:
    """The value of a derivation, such as `[171: 845] / (1 + [172: 19,9%])`.

    It may add, subtract, multiply, divide, take powers and use whole numbers. Raises ValueError
    for anything else.
    """
    figures = iter(cited(derivation))
    written = CITED.sub(lambda _: f"({next(figures).value!r})", derivation)
    try:
        return _value(ast.parse(written, mode="eval").body)
    except (SyntaxError, ArithmeticError) as error:
        raise ValueError(f"{derivation!r} cannot be computed: {error}") from None


def _value(node: ast.expr) -> float:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        found = _OPERATIONS[type(node.op)](_value(node.left), _value(node.right))
        if isinstance(found, float):
            return found
    raise ValueError(f"{ast.unparse(node)!r} is not part of a derivation")
