"""`simulator report`: documents to hand over, as Word, Excel or a page that prints."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from simulator.batch import DEFAULT_SCENARIO, Failure, Overrides, gather, read_runs, run_all
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    PlanOption,
    bad_usage,
    complete_scenario,
    tell,
)
from simulator.compare import FEWEST, MOST
from simulator.language import Language
from simulator.output import write_whole
from simulator.records import InputError, Problem
from simulator.report import Format, Material, file_stem, gather_material, make
from simulator.run import Result, Workshop
from simulator.scorecard import Rules
from simulator.validation import Validation

ENDINGS = {f".{shape.value}": shape for shape in Format}


def report(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCENARIOS]",
            help="Scenario files, folders of them, or shipped names (default: the trend).",
            autocompletion=complete_scenario,
        ),
    ] = None,
    shapes: Annotated[
        list[Format] | None,
        typer.Option("--format", help="Word, Excel or HTML; may be given several times."),
    ] = None,
    language: LanguageOption = LanguageChoice.vi,
    out: Annotated[
        Path,
        typer.Option(
            help="A folder, or a file that ends in .docx, .xlsx or .html.",
            metavar="FILE or FOLDER",
        ),
    ] = Path(),
    together: Annotated[
        bool,
        typer.Option(
            "--together", help=f"{FEWEST} to {MOST} scenarios and their comparison in one document."
        ),
    ] = False,
    plan: PlanOption = None,
) -> None:
    """Write reports: one document for each scenario, or one for all and their comparison."""
    asked, file = _asked(shapes or [], out)
    workshop = Workshop()
    try:
        if plan is not None:
            workshop.plan(plan)
        paths, failures = gather(names or [DEFAULT_SCENARIO])
        runs, unread = read_runs(paths, workshop, Overrides(plan=plan))
    except InputError as error:
        bad_usage(error)
    failures += unread
    _refuse_number(len(runs) + len(failures), out, one_file=file is not None, together=together)
    if together and failures:
        _end(failures)
    found = _materials(run_all(runs, workshop, Rules()), workshop, failures)
    groups: Iterable[list[Material]] = [list(found)] if together else ([one] for one in found)
    stems: set[str] = set()
    for group in groups:
        if together and failures:
            _end(failures)
        stem = _free(file_stem([one.scenario.name for one in group], language.value), stems)
        for shape in asked:
            path = file or out / f"{stem}.{shape.value}"
            _write(path, group, shape, language.value)
    _end(failures)


def _asked(shapes: Sequence[Format], out: Path) -> tuple[Sequence[Format], Path | None]:
    """The forms that are asked for, and the one file where --out names one."""
    ending = ENDINGS.get(out.suffix.lower())
    if ending is None or out.is_dir():
        return tuple(dict.fromkeys(shapes)) or (Format.docx,), None
    if shapes and set(shapes) != {ending}:
        wrong = f"is a .{ending.value} file, not {', '.join(shape.value for shape in shapes)}"
        bad_usage(InputError([Problem("--out", None, str(out), wrong, "a folder")]))
    return (ending,), out


def _refuse_number(count: int, out: Path, *, one_file: bool, together: bool) -> None:
    """Stop where so many scenarios do not go into the file or files that are asked for."""
    if together and not FEWEST <= count <= MOST:
        allowed = f"{FEWEST} to {MOST}"
        bad_usage(InputError([Problem("--together", None, "", f"{count} scenarios", allowed)]))
    if one_file and count > 1 and not together:
        wrong = f"is one file for {count} scenarios"
        bad_usage(InputError([Problem("--out", None, str(out), wrong, "a folder, or --together")]))


def _materials(
    outcomes: Iterable[Result | Failure], workshop: Workshop, failures: list[Failure]
) -> Iterator[Material]:
    """What the reports need, run after run; the backtest of a plan is made once."""
    known: dict[str, Validation | None] = {}
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
            continue
        plan = outcome.card.projection.plan.name
        material = gather_material(outcome, workshop, known.get(plan))
        known[plan] = material.validation
        yield material


def _free(stem: str, taken: set[str]) -> str:
    """A name that no file of this call has, whatever the file system makes of capitals."""
    free = next(
        name
        for name in chain([stem], (f"{stem}_{number}" for number in count(2)))
        if name.casefold() not in taken
    )
    taken.add(free.casefold())
    return free


def _write(path: Path, group: Sequence[Material], shape: Format, language: Language) -> None:
    try:
        write_whole(path, make(group, shape, language))
    except InputError as error:
        bad_usage(error)
    except OSError as error:
        wrong = f"cannot be written: {error.strerror}"
        bad_usage(InputError([Problem(str(error.filename or path), None, "", wrong)]))
    typer.echo(path)


def _end(failures: Iterable[Failure]) -> NoReturn:
    """Tell what failed, and stop with what it comes to."""
    problems = [problem for failure in failures for problem in failure.problems]
    tell(problems)
    raise typer.Exit(1 if problems else 0)
