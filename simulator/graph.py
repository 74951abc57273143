"""How do equations find their inputs? By argument names; and what must run again after a change?"""

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any, get_type_hints

from simulator.forms import Named
from simulator.records import nearest
from simulator.units import Unit, canonical


class WiringError(Exception):
    """Equations and inputs do not fit: a missing, doubled or circular name, or a differing unit."""


@dataclass(frozen=True)
class Equation:
    """One quantity: the function that computes it and the quantities behind its arguments."""

    name: str
    function: Callable[..., Any]
    arguments: tuple[str, ...]
    argument_units: tuple[str, ...]
    unit: str
    sentence: str
    module: str

    @classmethod
    def of(cls, source: Callable[..., Any] | Named) -> "Equation":
        """Read an equation off its function. Raises WiringError where an annotation has no unit."""
        if isinstance(source, Named):
            function, name, renamed = source.form, source.name, source.arguments
            sentence = source.sentence
        else:
            function, name, renamed = source, source.__name__, {}
            sentence = inspect.getdoc(source) or ""
        parameters, hints = _read(function)
        unknown = set(renamed) - set(parameters)
        if unknown:
            raise WiringError(f"{name}: renames {sorted(unknown)}, which its form does not take")
        return cls(
            name=name,
            function=function,
            arguments=tuple(renamed.get(parameter, parameter) for parameter in parameters),
            argument_units=tuple(
                _unit_of(hints.get(parameter), name, parameter) for parameter in parameters
            ),
            unit=_unit_of(hints.get("return"), name, "its result"),
            sentence=sentence,
            module=function.__module__,
        )


@cache  # reading annotations is most of the cost of wiring a model
def _read(function: Callable[..., Any]) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    parameters = tuple(inspect.signature(function).parameters)
    return parameters, get_type_hints(function, include_extras=True)


def _unit_of(hint: Any, name: str, what: str) -> str:
    for extra in getattr(hint, "__metadata__", ()):
        if isinstance(extra, Unit):
            return canonical(extra.name)
    raise WiringError(f"{name}: the annotation of {what} carries no unit")


class Graph:
    """Equations wired to each other and to inputs by name, in an order in which they can run.

    `inputs` maps the name of every input to its unit. An argument for which
    `may_be_unobserved` is true may be missing: what needs it is left out, and
    `unprojected` says why. Raises WiringError for any other misfit.
    """

    def __init__(
        self,
        sources: Iterable[Callable[..., Any] | Named],
        inputs: Mapping[str, str],
        may_be_unobserved: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.inputs = {name: canonical(unit) for name, unit in inputs.items()}
        self.equations: dict[str, Equation] = {}
        self.unprojected: dict[str, str] = {}
        for equation in map(Equation.of, sources):
            if equation.name in self.equations or equation.name in self.inputs:
                raise WiringError(f"{equation.name} is given twice")
            self.equations[equation.name] = equation
        order = self._sorted()
        for name in order:
            self._check(self.equations[name], may_be_unobserved)
        self.order = tuple(name for name in order if name not in self.unprojected)
        for name in self.unprojected:
            del self.equations[name]
        self._steps = tuple(
            (name, self.equations[name].function, self.equations[name].arguments)
            for name in self.order
        )
        self._downstream: dict[frozenset[str], frozenset[str]] = {}

    def _sorted(self) -> list[str]:
        sorter = TopologicalSorter(
            {
                equation.name: [
                    argument for argument in equation.arguments if argument in self.equations
                ]
                for equation in self.equations.values()
            }
        )
        try:
            return list(sorter.static_order())
        except CycleError as error:
            raise WiringError(f"circular: {' -> '.join(error.args[1])}") from None

    def _check(self, equation: Equation, may_be_unobserved: Callable[[str], bool]) -> None:
        for argument, unit in zip(equation.arguments, equation.argument_units, strict=True):
            if argument in self.unprojected:
                self.unprojected.setdefault(
                    equation.name, f"{argument} cannot be computed: {self.unprojected[argument]}"
                )
                continue
            found = (
                self.equations[argument].unit
                if argument in self.equations
                else self.inputs.get(argument)
            )
            if found is None:
                if not may_be_unobserved(argument):
                    hint = nearest(argument, [*self.inputs, *self.equations])
                    like = f" (the nearest known name is {hint})" if hint else ""
                    raise WiringError(
                        f"{equation.name} needs {argument}, which nothing gives{like}"
                    )
                self.unprojected.setdefault(equation.name, f"{argument} is not given")
            elif found != unit:
                raise WiringError(
                    f"{equation.name} takes {argument} in {unit}, but it is given in {found}"
                )

    @cached_property
    def users(self) -> dict[str, tuple[str, ...]]:
        """The equations that use each quantity directly."""
        users: dict[str, list[str]] = defaultdict(list)
        for name in self.order:
            for argument in dict.fromkeys(self.equations[name].arguments):
                users[argument].append(name)
        return {name: tuple(found) for name, found in users.items()}

    def downstream(self, changed: Iterable[str]) -> frozenset[str]:
        """The quantities that a change of some inputs can move."""
        key = frozenset(changed)
        if key not in self._downstream:
            reached: set[str] = set()
            waiting = list(key)
            while waiting:
                for user in self.users.get(waiting.pop(), ()):
                    if user not in reached:
                        reached.add(user)
                        waiting.append(user)
            self._downstream[key] = frozenset(reached)
        return self._downstream[key]

    def upstream(self, name: str) -> tuple[str, ...]:
        """The equations that a quantity rests on, itself included, in the order they run."""
        needed = {name}
        for candidate in reversed(self.order):
            if candidate in needed:
                needed.update(self.equations[candidate].arguments)
        return tuple(candidate for candidate in self.order if candidate in needed)

    def run(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Every quantity, inputs included."""
        values = dict(inputs)
        for name, function, arguments in self._steps:
            values[name] = function(*[values[argument] for argument in arguments])
        return values

    def run_only(self, inputs: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
        """The wanted quantities and what they rest on; other inputs may be absent."""
        needed = {name for quantity in wanted for name in self.upstream(quantity)}
        values = dict(inputs)
        for name, function, arguments in self._steps:
            if name in needed:
                values[name] = function(*[values[argument] for argument in arguments])
        return values

    def run_again(self, previous: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
        """What `run` would give with some quantities changed, computing only what lies downstream.

        A changed quantity that an equation computes keeps the value that it is given.
        """
        values = {**previous, **changed}
        affected = self.downstream(changed) - changed.keys()
        for name, function, arguments in self._steps:
            if name in affected:
                values[name] = function(*[values[argument] for argument in arguments])
        return values
