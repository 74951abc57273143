"""Which equations are there? Every public function with a unit on its result, and every named form."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any, get_type_hints

from simulator.forms import Named
from simulator.units import Unit


@cache
def all_equations() -> tuple[Callable[..., Any] | Named, ...]:
    """Every equation, module by module in alphabetical order."""
    modules = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return tuple(
        equation
        for name in modules
        for equation in _equations_of(importlib.import_module(f"{__name__}.{name}"))
    )


def _equations_of(module: ModuleType) -> Iterator[Callable[..., Any] | Named]:
    for name, value in vars(module).items():
        if name.startswith("_"):
            continue
        if isinstance(value, Named) or _is_equation(value, module):
            yield value
        elif isinstance(value, list):
            yield from (entry for entry in value if isinstance(entry, Named))


def _is_equation(value: Any, module: ModuleType) -> bool:
    if not inspect.isfunction(value) or value.__module__ != module.__name__:
        return False
    result = get_type_hints(value, include_extras=True).get("return")
    return any(isinstance(extra, Unit) for extra in getattr(result, "__metadata__", ()))
