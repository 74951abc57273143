"""What does an equation compute? Run once on symbols, it leaves the arithmetic of one draw."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from scipy.special import expit

Leaf = float | str
"""A number, or the name of a quantity that varies by draw."""


@dataclass(frozen=True, eq=False)
class Node:
    """One operation on earlier ones; the same operation on the same ones is the same node."""

    operation: str
    arguments: tuple["Node | Leaf", ...]


class Tape:
    """The operations of one equation, each kept once, in an order in which they can run."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[Any, ...], Node] = {}

    def node(self, operation: str, *arguments: "Node | Leaf") -> "Node | Leaf":
        """An operation on nodes, names and numbers; on numbers alone it is done at once."""
        if not any(isinstance(part, Node | str) for part in arguments):
            return float(UFUNCS[operation](*arguments))
        key = (operation, *(id(part) if isinstance(part, Node) else part for part in arguments))
        return self.nodes.setdefault(key, Node(operation, arguments))


class Symbols(NDArrayOperatorsMixin):
    """An array of symbols that NumPy's functions take for numbers; `out=` and `+=` replace them."""

    def __init__(self, tape: Tape, parts: Any) -> None:
        self.tape = tape
        self.parts = np.asarray(parts, dtype=object)

    @property
    def shape(self) -> tuple[int, ...]:
        """Without an axis of draws: an equation is traced for one draw."""
        return self.parts.shape

    def __len__(self) -> int:
        return len(self.parts)

    def __getitem__(self, at: Any) -> "Symbols":
        return Symbols(self.tape, self.parts[at])

    def __iter__(self) -> Iterator["Symbols"]:
        return (self[at] for at in range(len(self)))

    def __eq__(self, other: object) -> Any:
        # An equation may go a shorter way where it knows a number; a symbol is none.
        return self is other

    __hash__ = object.__hash__

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None) -> Any:
        name = ufunc.__name__
        if method != "__call__" or name not in UFUNCS:
            raise NotImplementedError(f"{name} ({method}) of symbols")
        plain = [each.parts if isinstance(each, Symbols) else each for each in inputs]
        parts = np.frompyfunc(lambda *row: self.tape.node(name, *map(_leaf, row)), len(plain), 1)
        made = Symbols(self.tape, parts(*plain))
        if out is None:
            return made
        (target,) = out
        target.parts = made.parts
        return target

    def __array_function__(
        self, function: Callable[..., Any], _types: Any, inputs: Any, options: Any
    ) -> Any:
        if function not in FUNCTIONS:
            raise NotImplementedError(f"{function.__name__} of symbols")
        return FUNCTIONS[function](*inputs, **options)


def _leaf(value: Any) -> "Node | Leaf":
    return value if isinstance(value, Node | str) else float(value)


def _full_like(like: Symbols, value: Any, **_: Any) -> Symbols:
    parts = value.parts if isinstance(value, Symbols) else value
    return Symbols(like.tape, np.broadcast_to(np.asarray(parts, dtype=object), like.shape))


FUNCTIONS: dict[Callable[..., Any], Callable[..., Any]] = {
    np.clip: lambda value, low, high: np.minimum(np.maximum(value, low), high),
    np.full_like: _full_like,
    np.ndim: lambda value: value.parts.ndim,
}

UFUNCS: dict[str, Callable[..., Any]] = {
    ufunc.__name__: ufunc
    for ufunc in (
        np.add, np.subtract, np.multiply, np.divide, np.power, np.negative, np.maximum, np.minimum,
        np.exp, np.exp2, np.expm1, np.log, np.sqrt, np.rint, expit,
    )
}  # fmt: skip
"""The operations that a browser is taught, by the name that NumPy gives them."""


@dataclass(frozen=True)
class Kernel:
    """What one equation computes of a draw: results by name, from quantities and numbers."""

    name: str
    results: Mapping[str, Node | Leaf]

    def operations(self) -> list[Node]:
        """The operations behind the results, each after those that it uses."""
        return in_order(self.results.values())

    @property
    def inputs(self) -> list[str]:
        """The quantities that vary by draw and that the equation reads."""
        read = [part for node in self.operations() for part in node.arguments]
        read += self.results.values()
        return list(dict.fromkeys(part for part in read if isinstance(part, str)))


def in_order(wanted: Iterable[Node | Leaf]) -> list[Node]:
    """Some nodes and all that they rest on, each after those that it uses."""
    found: dict[Node, None] = {}
    waiting = [(part, False) for part in reversed(list(wanted)) if isinstance(part, Node)]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            found.setdefault(node)
        elif node not in found:
            waiting.append((node, True))
            waiting += [(part, False) for part in node.arguments if isinstance(part, Node)]
    return list(found)
