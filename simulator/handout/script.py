"""How is an equation said to a browser? One loop over the draws, written from its traced arithmetic."""

from collections.abc import Iterable
from itertools import count

from simulator.handout.trace import Kernel, Leaf, Node

FORMS = {
    "add": "{} + {}",
    "subtract": "{} - {}",
    "multiply": "{} * {}",
    "divide": "{} / {}",
    "negative": "-{}",
    "maximum": "Math.max({}, {})",
    "minimum": "Math.min({}, {})",
    "power": "{} ** {}",
    "exp": "Math.exp({})",
    "exp2": "2 ** {}",
    "expm1": "Math.expm1({})",
    "log": "Math.log({})",
    "sqrt": "Math.sqrt({})",
    "rint": "rint({})",
    "expit": "1 / (1 + Math.exp(-{}))",
}
"""Every operation that can be traced, in JavaScript."""


def script(kernels: Iterable[Kernel]) -> str:
    """The kernels as a list: inputs, outputs, and the function that fills the outputs."""
    return "[\n" + ",\n".join(map(_kernel, kernels)) + "\n]"


def _kernel(kernel: Kernel) -> str:
    inputs = {name: f"x{at}" for at, name in enumerate(kernel.inputs)}
    outputs = {name: f"r{at}" for at, name in enumerate(kernel.results)}
    numbers = count()
    names: dict[Node, str] = {}

    def said(part: Node | Leaf) -> str:
        if isinstance(part, Node):
            return names[part]
        return f"{inputs[part]}[i]" if isinstance(part, str) else _number(part)

    lines = []
    for node in kernel.operations():
        value = FORMS[node.operation].format(*map(said, node.arguments))
        names[node] = f"t{next(numbers)}"
        lines.append(f"const {names[node]} = {value};")
    lines += [f"{outputs[name]}[i] = {said(result)};" for name, result in kernel.results.items()]
    body = _skipping(kernel, inputs) + " ".join(lines)
    listed = ", ".join([*inputs.values(), *outputs.values()])
    return (
        f"{{ inputs: {_names(inputs)}, outputs: {_names(outputs)}, "
        f"run: (n, {listed}) => {{ for (let i = 0; i < n; i += 1) {{ {body} }} }} }}"
    )


def _skipping(kernel: Kernel, inputs: dict[str, str]) -> str:
    """Where the one result is a quantity times the rest, nothing of it need be computed at zero."""
    results = list(kernel.results.values())
    root = results[0]
    if len(results) > 1 or not isinstance(root, Node) or root.operation != "multiply":
        return ""
    factors = [part for part in root.arguments if isinstance(part, str)]
    return "".join(
        f"if ({inputs[factor]}[i] === 0) {{ r0[i] = 0; continue; }} " for factor in factors[:1]
    )


def _number(value: float) -> str:
    return f"({value!r})" if value < 0 else repr(value)


def _names(names: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
