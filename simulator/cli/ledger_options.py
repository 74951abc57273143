"""What do the commands share that ask the database of observations?"""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.batch import default_plan
from simulator.cli.shared import bad_usage
from simulator.ledger import DATABASE, open_ledger
from simulator.observation import Watch
from simulator.observation_reading import day_of
from simulator.plan import Plan
from simulator.records import InputError, Problem
from simulator.run import Workshop
from simulator.track import watch

if TYPE_CHECKING:
    from simulator.ledger import Ledger

A_MOMENT = "a day as 2020-10-31, to its end, or a moment as 2020-10-31T17:30"

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Where the database is: sqlite:///FILE or postgresql://USER@HOST/NAME. "
        f"By default what {DATABASE} says, else a file of this user.",
    ),
]
EnteredByOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who enters it; by default this user.")
]
UntilOption = Annotated[
    str | None,
    typer.Option(metavar="MOMENT", help=f"What had been entered by then: {A_MOMENT}."),
]
NoteOption = Annotated[str, typer.Option(metavar="TEXT", help="Why.")]


@contextmanager
def ledger_at(address: str | None, *, make: bool = False) -> Iterator["Ledger"]:
    """The open ledger; what is wrong with the call stops the command with exit code 2.

    Who only looks, corrects or takes back makes no database: a slip in its name would make one.
    """
    try:
        with open_ledger(address, make=make) as ledger:
            yield ledger
    except InputError as error:
        bad_usage(error)


def this_user() -> str:
    """The name under which the operating system knows who calls; empty where it knows none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""


def moment_of(text: str | None, option: str) -> datetime | None:
    """The moment that an option names: a day means its end, a time without a zone this machine's.

    Raises InputError for what is none.
    """
    if text is None:
        return None
    try:
        day = day_of(text)
        moment = datetime.combine(day, time.max) if day else datetime.fromisoformat(text)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError([Problem(option, None, text, "is no moment", A_MOMENT)]) from None


def plan_and_watch(name: str | None) -> tuple[Plan, Watch]:
    """A plan, and what of its year can be observed. Raises InputError where it cannot be read."""
    workshop, named = Workshop(), name or default_plan()
    return workshop.plan(named), watch(workshop.model(named, {}))
