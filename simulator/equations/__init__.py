"""Which equations are there? Every public function and named form of the modules in this folder."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from simulator.equations.forms import Named

_NOT_EQUATIONS = {"forms"}


def all_equations() -> list[Callable[..., Any] | Named]:
    """Every equation, module by module in alphabetical order."""
    modules = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return [
        equation
        for name in modules
        if name not in _NOT_EQUATIONS
        for equation in _equations_of(importlib.import_module(f"{__name__}.{name}"))
    ]


def _equations_of(module: ModuleType) -> Iterator[Callable[..., Any] | Named]:
    for name, value in vars(module).items():
        if name.startswith("_"):
            continue
        if (inspect.isfunction(value) and value.__module__ == module.__name__) or isinstance(
            value, Named
        ):
            yield value
        elif isinstance(value, list):
            yield from (entry for entry in value if isinstance(entry, Named))
