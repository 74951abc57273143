"""Where does a number come from: which line of the report, which judgement, which equation?"""

import ast
import inspect
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from simulator.graph import Equation
from simulator.insight.naming import REFERENCES, unit_of
from simulator.plan import Plan
from simulator.plan_rows import Source, Target
from simulator.projection import TARGETS_READ, Model, Projection
from simulator.records import nearest

Kind = Literal[
    "quantity",
    "derived",
    "assumption",
    "fact",
    "parameter",
    "target",
    "reference",
    "planned",
    "technical",
    "unprojected",
]
"""A quantity is computed each run, a derived one once from the base year; a reference is frozen."""

JUDGEMENT = "judgement"


class UnknownNameError(LookupError):
    """No quantity, assumption, target, parameter or fact has this name."""

    def __init__(self, name: str, near: str) -> None:
        self.name, self.near = name, near
        super().__init__(f"{name} is unknown" + (f"; did you mean {near}?" if near else ""))


@dataclass(frozen=True)
class Printed:
    """A figure as the report prints it, and where."""

    section: str
    line: int | None
    figure: str
    note: str
    note_vi: str


@dataclass(frozen=True)
class Reason:
    """Why a value is what it is where the report does not print it."""

    text: str
    text_vi: str
    is_judgement: bool
    sources: tuple[Source, ...]
    """The documents that the reason names, beside the report."""


@dataclass(frozen=True)
class Value:
    """A name with its value now, and in the reference run where one was given."""

    name: str
    kind: Kind
    unit: str
    value: Any
    reference: Any = None

    @property
    def moved(self) -> bool:
        """Whether the value differs from the reference's."""
        return self.reference is not None and not _same(self.value, self.reference)


def _same(left: Any, right: Any) -> bool:
    """Equal, compartments of a herd included."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return all(_same(one, other) for one, other in zip(left, right, strict=True))
    return np.array_equal(left, right)


@dataclass(frozen=True)
class Formula:
    """How a quantity is computed from its inputs."""

    equation: Equation
    expression: str
    """As Python writes it, with the names of this plan's quantities."""
    source: str
    """The function as it stands in the library."""
    inputs: tuple[Value, ...]


@dataclass(frozen=True)
class Provenance:
    """What is known about one name."""

    value: Value
    printed: Printed | None
    reason: Reason | None
    formula: Formula | None
    target: Target | None
    why_unprojected: str
    rests_on: tuple[str, ...]
    """Equations upstream, in the order they run."""
    used_by: tuple[str, ...]
    """Equations that take it directly."""

    @property
    def name(self) -> str:
        """The name that was asked for."""
        return self.value.name

    @property
    def kind(self) -> Kind:
        """What sort of thing the name is."""
        return self.value.kind


def known_names(model: Model) -> list[str]:
    """Every name that has a provenance."""
    plan, graph = model.plan, model.graph
    found = {*graph.order, *graph.inputs, *graph.unprojected, *plan.targets}
    return sorted(found | {*plan.facts, *plan.parameters, *plan.catalogue.assumptions})


def provenance(
    model: Model,
    name: str,
    central: Projection | None = None,
    reference: Projection | None = None,
) -> Provenance:
    """What is known about a name, with values of a central run. Raises UnknownNameError."""
    graph, plan = model.graph, model.plan
    value = value_of(model, name, central, reference)
    equation = graph.equations.get(name)
    formula = None
    if equation is not None:
        inputs = dict.fromkeys(equation.arguments)
        formula = Formula(
            equation,
            expression_of(equation),
            textwrap.dedent(inspect.getsource(equation.function)).rstrip(),
            tuple(value_of(model, needed, central, reference) for needed in inputs),
        )
    return Provenance(
        value=value,
        printed=_printed(plan, name),
        reason=_reason(plan, name),
        formula=formula,
        target=plan.targets.get(name),
        why_unprojected=graph.unprojected.get(name, ""),
        rests_on=tuple(needed for needed in graph.upstream(name) if needed != name),
        used_by=graph.users.get(name, ()),
    )


def value_of(
    model: Model,
    name: str,
    central: Projection | None = None,
    reference: Projection | None = None,
) -> Value:
    """A name's kind, unit and value: an assumption's is its centre, as a switch's chance is."""
    kind = kind_of(model, name)
    return Value(
        name,
        kind,
        unit_of(model, name),
        _value(model, name, kind, central),
        None if reference is None else _value(model, name, kind, reference),
    )


def _value(model: Model, name: str, kind: Kind, central: Projection | None) -> Any:
    if kind == "assumption":
        catalogue = model.plan.catalogue
        return central.settings[name].centre if central else catalogue.default(name).centre
    if name in model.constants:
        return model.constants[name]
    if central is not None and name in central.values:
        return central.values[name]
    if name in model.plan.facts:
        return model.plan.facts[name].value
    return model.plan.parameters[name].number if name in model.plan.parameters else None


def kind_of(model: Model, name: str) -> Kind:
    """What sort of thing a name is. Raises UnknownNameError."""
    plan, graph = model.plan, model.graph
    if name in graph.equations:
        return "derived" if name in model.constants else "quantity"
    kinds: dict[Kind, Mapping[str, Any]] = {
        "assumption": plan.catalogue.assumptions,
        "fact": plan.facts,
        "parameter": plan.parameters,
        "reference": REFERENCES,
        "planned": TARGETS_READ,
        "unprojected": graph.unprojected,
        "target": plan.targets,
        "technical": graph.inputs,
    }
    for kind, names in kinds.items():
        if name in names:
            return kind
    raise UnknownNameError(name, nearest(name, known_names(model)))


def _printed(plan: Plan, name: str) -> Printed | None:
    fact = plan.facts.get(name)
    if fact is not None:
        return Printed(fact.section, fact.line, fact.printed, fact.note, fact.note_vi)
    target = plan.targets.get(TARGETS_READ.get(name, name))
    if target is not None:
        return Printed(target.section, target.line, target.printed, target.note, target.note_vi)
    return None


def _reason(plan: Plan, name: str) -> Reason | None:
    if name in plan.parameters:
        row = plan.parameters[name]
        return _reasoned(plan, row.source, row.source_vi)
    if name in plan.catalogue.assumptions:
        assumption = plan.catalogue.assumptions[name]
        return _reasoned(plan, assumption.evidence, assumption.evidence_vi)
    return None


def _reasoned(plan: Plan, text: str, text_vi: str) -> Reason:
    words = set(re.findall(r"[a-z][a-z0-9_]*", text))
    named = tuple(row for name, row in plan.sources.items() if name in words and "_" in name)
    return Reason(text, text_vi or text, JUDGEMENT in words, named)


CHANGES = {"_growth": "_base_growth", "_added": "_base_change"}
"""Targets that are themselves changes, and the kind of fact that prints them for the base year."""


def base_name(model: Model, target: str) -> str | None:
    """The name under which a target's base value is known: printed, derived, or typed in."""
    candidates = [f"{target}_base"] + [
        target.removesuffix(ending) + fact
        for ending, fact in CHANGES.items()
        if target.endswith(ending)
    ]
    graph, facts = model.graph, model.plan.facts
    for name in candidates:
        if name in graph.inputs or name in graph.equations or name in facts:
            return name
    return None


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        inner = _Renamed({name: own for name, own in self.names.items() if name != "return"})
        node.body = [inner.visit(statement) for statement in node.body]
        return node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        if node.value is None or "return" not in self.names:
            return node
        return ast.Assign([ast.Name(self.names["return"])], node.value, lineno=0)


def expression_of(equation: Equation) -> str:
    """The body of an equation with its quantities' own names, as `name = expression`."""
    module = ast.parse(textwrap.dedent(inspect.getsource(equation.function)))
    function = module.body[0]
    if not isinstance(function, ast.FunctionDef):
        raise TypeError(f"{equation.name} is not a function")
    parameters = [argument.arg for argument in function.args.args]
    names = dict(zip(parameters, equation.arguments, strict=True)) | {"return": equation.name}
    body = function.body[1:] if ast.get_docstring(function) else function.body
    renamed = [_Renamed(names).visit(statement) for statement in body]
    return "\n".join(ast.unparse(statement) for statement in renamed)
