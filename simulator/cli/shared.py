"""What do the commands share? Consoles, options, errors and completion of names."""

import enum
import sys
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from simulator.batch import default_plan
from simulator.language import Language, say
from simulator.plan import Plan
from simulator.problem_words import problem_text
from simulator.records import InputError, Problem
from simulator.run import Workshop
from simulator.scenario_file import shipped_scenarios

WIDTH_WITHOUT_TERMINAL = 1000
"""So wide that no cell and no sentence breaks over lines, for a file or a pipe to search."""
AS_WRITTEN: Any = {"markup": False, "emoji": False, "highlight": False}
"""A title may hold [brackets] and :colons: that mean nothing."""


class LanguageChoice(enum.StrEnum):
    """The two languages of the product."""

    vi = "vi"
    en = "en"


_told_in: ContextVar[Language] = ContextVar("told_in", default="en")
"""The language of problems: the one that a call asks for, else English, as the help is."""


def _asked(context: typer.Context, choice: LanguageChoice) -> LanguageChoice:
    source = context.get_parameter_source("language")
    _told_in.set(choice.value if source and source.name == "COMMANDLINE" else "en")
    return choice


def ask_nothing() -> None:
    """Begin a call, which has not asked for a language of problems yet."""
    _told_in.set("en")


LanguageOption = Annotated[
    LanguageChoice,
    typer.Option(help="Vietnamese or English.", case_sensitive=False, callback=_asked),
]
PlanOption = Annotated[
    str | None, typer.Option(help="A shipped plan or a folder with a plan.yaml.", metavar="FOLDER")
]


def console() -> Console:
    """Standard output; colours and terminal width only where there is a terminal."""
    if sys.stdout.isatty():
        return Console(**AS_WRITTEN)
    return plain_console()


def plain_console() -> Console:
    """Text without colours and line breaks of its own, as a file or a pipe takes it."""
    return Console(width=WIDTH_WITHOUT_TERMINAL, color_system=None, **AS_WRITTEN)


def tell(problems: Iterable[Problem]) -> None:
    """Print problems to standard error, a line each."""
    for problem in problems:
        typer.echo(told(problem), err=True)


def told(problem: Problem) -> str:
    """A problem as one line, in the language of problems."""
    return problem_text(problem, _told_in.get())


def said_aside(key: str, **values: object) -> str:
    """A text for standard error, in the language of problems."""
    return say(key, _told_in.get(), **values)


def say_aside(key: str, **values: object) -> None:
    """Print a text to standard error, in the language of problems."""
    typer.echo(said_aside(key, **values), err=True)


def bad_usage(error: InputError) -> NoReturn:
    """Tell what is wrong with the call and stop with exit code 2."""
    tell(error.problems)
    raise typer.Exit(2)


def read_plan(name: str | None) -> Plan:
    """The plan that a command is about, or a stop with exit code 2."""
    try:
        return Workshop().plan(name or default_plan())
    except InputError as error:
        bad_usage(error)


def complete_scenario(incomplete: str) -> list[str]:
    """Shipped scenarios that begin with what was typed."""
    return [name for name in shipped_scenarios() if name.startswith(incomplete)]


def complete_assumption(incomplete: str) -> list[str]:
    """Assumptions, with an equals sign, that begin with what was typed."""
    names = Workshop().plan(default_plan()).catalogue.assumptions
    return [f"{name}=" for name in names if name.startswith(incomplete)]


def complete_target(incomplete: str) -> list[str]:
    """Targets that begin with what was typed."""
    names = Workshop().plan(default_plan()).targets
    return [name for name in names if name.startswith(incomplete)]
