"""How is one scenario of a batch run, and what stays when it fails?"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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


@cache
def code() -> str:
    """A hash of this package's code and texts and of what computes under it."""
    digest = hashlib.sha256(f"{np.__version__} {scipy.__version__}".encode())
    for path in sorted({*PACKAGE.rglob("*.py"), *(PACKAGE / "texts").rglob("*.csv")}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Order:
    """How every scenario of a batch is run, wherever it is run."""

    rules: Rules
    deterministic: bool
    cut: Callable[[Result], Piece]
    """Makes of a result what is kept; a function that can be sent to another process."""
    plans: Mapping[str, str]
    """The hash of each plan when the batch began; a plan that changed meanwhile is told."""
    code: str = field(default_factory=code)
    """What computes, as it was when the batch began; another machine may have another."""

    def stamp(self, *more: str) -> str:
        """All that decides a piece beside the scenario and its plan."""
        return repr((self.rules, self.deterministic, self.code, product_version(), *more))


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
        if order.code != code():
            wrong, allowed = (
                "this machine runs another version",
                "the same version on every machine",
            )
            return Failure(scenario.name, (Problem(scenario.name, None, "", wrong, allowed),))
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
