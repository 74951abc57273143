"""How is one scenario of a batch run, and what stays when it fails?"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import scipy

from simulator.batch.gathering import Failure
from simulator.records import InputError, Problem
from simulator.resources import PACKAGE
from simulator.run import Result, Workshop, product_version
from simulator.scenario import Scenario
from simulator.scorecard import Rules


@dataclass(frozen=True)
class Piece:
    """What is kept of one run: what lists tell of it, and its part of the results."""

    entry: str
    """JSON."""
    content: bytes


Outcome: TypeAlias = Piece | Failure


@dataclass(frozen=True)
class Order:
    """How every scenario of a batch is run, wherever it is run."""

    rules: Rules
    deterministic: bool
    cut: Callable[[Result], Piece]
    """Makes of a result what is kept; a function that can be sent to another process."""
    plans: Mapping[str, str]
    """The hash of each plan when the batch began; a plan that changed meanwhile is told."""


def run_all(
    runs: Iterable[Scenario], workshop: Workshop, rules: Rules, *, deterministic: bool = False
) -> Iterator[Result | Failure]:
    """Run scenario after scenario; one that fails is told and the next one runs."""
    for scenario in runs:
        try:
            with np.errstate(all="ignore"):
                result = workshop.run(scenario, rules, deterministic=deterministic)
            _refuse_endless(result)
        except InputError as error:
            yield Failure(scenario.name, error.problems)
        except (ValueError, ArithmeticError, RuntimeError) as error:
            yield Failure(scenario.name, (Problem(scenario.name, None, "", str(error)),))
        else:
            yield result


def outcome(scenario: Scenario, workshop: Workshop, order: Order) -> Outcome:
    """One scenario of a batch, run as it would be alone; whatever breaks is told of it alone."""
    try:
        workshop.plan(scenario.plan)
        if workshop.hashes[scenario.plan] != order.plans[scenario.plan]:
            wrong = f"the plan {scenario.plan} is not the one that the batch began with"
            allowed = "the same tables until the batch is done, on every machine"
            return Failure(scenario.name, (Problem(scenario.name, None, "", wrong, allowed),))
        (found,) = run_all([scenario], workshop, order.rules, deterministic=order.deterministic)
        return found if isinstance(found, Failure) else order.cut(found)
    except InputError as error:
        return Failure(scenario.name, error.problems)
    except Exception as error:  # no fault of one scenario may stop the others
        wrong = f"{type(error).__name__}: {error}"
        return Failure(scenario.name, (Problem(scenario.name, None, "", wrong),))


def stamp(order: Order, *more: str) -> str:
    """All that decides a piece beside the scenario and its plan: the order, and the code itself."""
    versions = (product_version(), np.__version__, scipy.__version__, _code())
    return repr((order.rules, order.deterministic, *more, *versions))


@cache
def _code() -> str:
    """A hash of this package's code and texts, so that work of a changed one is done again."""
    digest = hashlib.sha256()
    paths = {*PACKAGE.rglob("*.py"), *(PACKAGE / "texts").rglob("*.csv")}
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _refuse_endless(result: Result) -> None:
    """No result holds what is not a number."""
    projection = result.card.projection
    endless = [
        name for name in projection.quantities if not np.isfinite(projection.values[name]).all()
    ]
    if endless:
        wrong = "comes to no finite number in every draw"
        allowed = "assumptions that are less extreme"
        name = result.scenario.name
        raise InputError([Problem(name, None, ", ".join(endless[:5]), wrong, allowed)])
