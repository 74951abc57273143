"""`simulator observations`: tables in and out, the whole log away and back, and where it is."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from simulator.cli.ledger_options import (
    DatabaseOption,
    EnteredByOption,
    UntilOption,
    ledger_at,
    moment_of,
    plan_and_watch,
    this_user,
)
from simulator.cli.observations_words import preview_table
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    PlanOption,
    bad_usage,
    console,
    tell,
)
from simulator.cli.word_tables import word_table
from simulator.intake import Defaults, Preview, read_table, write_csv, write_xlsx
from simulator.language import say
from simulator.ledger.repeats import without_repeats
from simulator.observation_reading import A_DAY, KINDS, day_of
from simulator.output import write_whole
from simulator.records import InputError, Problem, nearest

WRITERS = {".csv": write_csv, ".xlsx": write_xlsx}


def import_table(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV or XLSX table, plain or a department's.")
    ],
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help=f"For rows that do not say it: {', '.join(KINDS)}."),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DAY", help="For rows that do not say it: 2020-10-31.")
    ] = None,
    unit: Annotated[str, typer.Option(metavar="UNIT", help="For rows that do not say it.")] = "",
    source: Annotated[str, typer.Option(metavar="TEXT", help="For rows that do not say it.")] = "",
    leave_out_unknown: Annotated[
        bool,
        typer.Option("--leave-out-unknown", help="Leave out rows that name nothing of the plan."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what was understood and enter nothing.")
    ] = False,
    entered_by: EnteredByOption = None,
    plan: PlanOption = None,
    database: DatabaseOption = None,
    language: LanguageOption = LanguageChoice.vi,
) -> None:
    """Enter the observations of a table, all of them or, where a row is wrong, none."""
    try:
        of, watch = plan_and_watch(plan)
        by = this_user() if entered_by is None else entered_by
        defaults = _defaults(kind, date, unit, source, by, leave_out_unknown)
        content = file.read_bytes()
    except InputError as error:
        bad_usage(error)
    except OSError as error:
        _unusable(file, f"cannot be read: {error.strerror}")
    preview = read_table(file.name, content, watch, of, defaults)
    if dry_run:
        console().print(word_table(preview_table(preview, of, language.value), right=False))
    _stop_where_wrong(preview)
    if dry_run:
        return
    told = [replace(row, entered_by=by) for row in preview.observations]
    with ledger_at(database, make=True) as ledger:
        fresh = without_repeats(ledger.entries(of.name), told)
        added = ledger.record(of.name, fresh, batch=file.name, once=True)
    if added:
        numbers = f"{added[0].number}–{added[-1].number}"
        typer.echo(say("ledger.entered", language.value, count=len(added), numbers=numbers))
    if len(added) < len(told):
        count = len(told) - len(added)
        typer.echo(say("ledger.repeated", language.value, count=count))


def _defaults(
    kind: str | None, date: str | None, unit: str, source: str, by: str, leave_out_unknown: bool
) -> Defaults:
    problems = []
    known = next((one for one in KINDS if one == kind), None)
    if kind is not None and known is None:
        near = nearest(kind, KINDS)
        problems.append(Problem("--kind", None, kind, "unknown kind", ", ".join(KINDS), near))
    day = day_of(date)
    if date is not None and day is None:
        problems.append(Problem("--date", None, date, "is no day", A_DAY))
    if problems:
        raise InputError(problems)
    return Defaults(known, day, unit, source, by, leave_out_unknown)


def _stop_where_wrong(preview: Preview) -> None:
    problems = [*preview.problems, *(one for row in preview.rows for one in row.problems)]
    if not problems and not preview.ready:
        problems = [Problem(preview.file, None, "", "holds no observation")]
    if problems:
        tell(problems)
        raise typer.Exit(1)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new .csv or .xlsx file.")],
    until: UntilOption = None,
    plan: PlanOption = None,
    database: DatabaseOption = None,
    language: LanguageOption = LanguageChoice.vi,
) -> None:
    """Write what counts to a table that `import` reads back."""
    write = WRITERS.get(file.suffix.lower())
    if write is None:
        _unusable(file, f"ends in {file.suffix or 'nothing'}", ", ".join(WRITERS))
    if file.exists():
        _unusable(file, "is there already", "a new file")
    if not file.absolute().parent.is_dir():
        _unusable(file, "its folder does not exist", "a folder that exists")
    with ledger_at(database) as ledger:
        of, _ = plan_and_watch(plan)
        found = ledger.observations(of.name, until=moment_of(until, "--until"))
    try:
        write_whole(file, write(found))
    except OSError as error:
        _unusable(file, f"cannot be written: {error.strerror}")
    typer.echo(say("ledger.exported", language.value, count=len(found), file=file))


def back_up(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that is not there yet.")],
    database: DatabaseOption = None,
    language: LanguageOption = LanguageChoice.vi,
) -> None:
    """Write the logs of all plans to one file, whichever database they are in."""
    from simulator.ledger.backup import backup

    try:
        with ledger_at(database) as ledger:
            count = backup(ledger, file)
    except OSError as error:
        _unusable(file, f"cannot be written: {error.strerror}")
    typer.echo(say("ledger.backed_up", language.value, count=count, file=file))


def bring_back(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.")],
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Even where the database holds entries that the file lacks: they go."
        ),
    ] = False,
    database: DatabaseOption = None,
    language: LanguageOption = LanguageChoice.vi,
) -> None:
    """Add what a backup holds and the database lacks; the file is verified first."""
    from simulator.ledger.backup import restore

    with ledger_at(database, make=True) as ledger:
        count = restore(ledger, file, replace=replace)
    typer.echo(say("ledger.restored", language.value, count=count, file=file))


def where(database: DatabaseOption = None, language: LanguageOption = LanguageChoice.vi) -> None:
    """Say where the database is, without its password, and its version."""
    with ledger_at(database) as ledger:
        told = {"address": ledger.address, "version": ledger.database_version()}
    typer.echo(say("ledger.where", language.value, **told))


def _unusable(file: Path, wrong: str, allowed: str = "") -> NoReturn:
    bad_usage(InputError([Problem(str(file), None, "", wrong, allowed)]))
