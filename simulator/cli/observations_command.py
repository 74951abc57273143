"""`simulator observations`: enter, correct, take back and list what was observed of the year."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from simulator.cli import observations_files
from simulator.cli.answers import Shape, ShapeOption, csv_text
from simulator.cli.ledger_options import (
    DatabaseOption,
    EnteredByOption,
    NoteOption,
    UntilOption,
    ledger_at,
    moment_of,
    plan_and_watch,
    this_user,
)
from simulator.cli.observations_words import COLUMNS, as_rows, log_table
from simulator.cli.shared import (
    LanguageChoice,
    LanguageOption,
    PlanOption,
    bad_usage,
    console,
)
from simulator.cli.word_tables import word_table
from simulator.language import say
from simulator.observation import Observation, Watch
from simulator.observation_reading import KINDS, number_of, read_observation
from simulator.output import json_text
from simulator.records import InputError, Problem

observations = typer.Typer(
    help="What was observed of the year: enter, import, correct, list, carry away.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
QuantityOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A name that `simulator list observables` prints."),
]
KindOption = Annotated[str | None, typer.Option(metavar="KIND", help=f"{', '.join(KINDS)}.")]
ValueOption = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="With a dot as the decimal sign: 1249.94.")
]
UnitOption = Annotated[str | None, typer.Option(metavar="UNIT", help="In which it is given.")]
DateOption = Annotated[
    str | None, typer.Option(metavar="DAY", help="The day the value speaks of: 2020-10-31.")
]
SourceOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Where it is told.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The entry's number.")]


@observations.command("add")
def add(
    quantity: QuantityOption = None,
    kind: KindOption = None,
    value: ValueOption = None,
    unit: UnitOption = None,
    date: DateOption = None,
    source: SourceOption = None,
    entered_by: EnteredByOption = None,
    plan: PlanOption = None,
    database: DatabaseOption = None,
    language: LanguageOption = LanguageChoice.vi,
) -> None:
    """Enter one observation."""
    row = _row(quantity, kind, value, unit, date, source)
    row["entered_by"] = this_user() if entered_by is None else entered_by
    try:
        of, watch = plan_and_watch(plan)
        told = _read(row, watch)
    except InputError as error:
        bad_usage(error)
    with ledger_at(database, make=True) as ledger:
        (entry,) = ledger.record(of.name, [told], once=True)
    typer.echo(say("ledger.entered", language.value, count=1, numbers=entry.number))


@observations.command("correct")
def correct(
    number: Number,
    quantity: QuantityOption = None,
    kind: KindOption = None,
    value: ValueOption = None,
    unit: UnitOption = None,
    date: DateOption = None,
    source: SourceOption = None,
    note: NoteOption = "",
    entered_by: EnteredByOption = None,
    plan: PlanOption = None,
    database: DatabaseOption = None,
    language: LanguageOption = LanguageChoice.vi,
) -> None:
    """Correct an entry: what no option says stays as it was, and the old entry stays in the log."""
    with ledger_at(database) as ledger:
        old = ledger.entry(number)
        of, watch = plan_and_watch(plan or old.plan)
        if of.name != old.plan:
            wrong = f"entry {number} is of the plan {old.plan}"
            raise InputError([Problem("--plan", None, of.name, wrong, old.plan)])
        row = vars(old.observation) | {"date": old.observation.date.isoformat()}
        row |= _row(quantity, kind, value, unit, date, source)
        row["entered_by"] = this_user() if entered_by is None else entered_by
        entry = ledger.correct(number, _read(row, watch), note=note, once=True)
    told = say("ledger.corrected", language.value, number=entry.number, old=number)
    typer.echo(told)


@observations.command("withdraw")
def withdraw(
    number: Number,
    note: NoteOption = "",
    entered_by: EnteredByOption = None,
    database: DatabaseOption = None,
    language: LanguageOption = LanguageChoice.vi,
) -> None:
    """Take back an entry: it stays in the log, and nothing counts in its place."""
    by = this_user() if entered_by is None else entered_by
    with ledger_at(database) as ledger:
        entry = ledger.withdraw(number, entered_by=by, note=note)
    typer.echo(say("ledger.withdrawn", language.value, number=entry.number, old=number))


@observations.command("list")
def list_log(
    until: UntilOption = None,
    current: Annotated[
        bool, typer.Option("--current", help="Only what counts: nothing superseded or withdrawn.")
    ] = False,
    plan: PlanOption = None,
    database: DatabaseOption = None,
    language: LanguageOption = LanguageChoice.vi,
    shape: ShapeOption = Shape.table,
) -> None:
    """List the log of a plan's year, as it stands or as it stood at a moment."""
    with ledger_at(database) as ledger:
        of, _ = plan_and_watch(plan)
        entries = ledger.entries(of.name, until=moment_of(until, "--until"))
    if current:
        entries = [entry for entry in entries if entry.counts]
    if shape is Shape.json:
        typer.echo(json_text(list(as_rows(entries))))
    elif shape is Shape.csv:
        typer.echo(csv_text(COLUMNS, as_rows(entries)), nl=False)
    elif entries:
        console().print(word_table(log_table(entries, of, language.value), right=False))
    else:
        typer.echo(say("ledger.nothing", language.value))


observations.command("import")(observations_files.import_table)
observations.command("export")(observations_files.export)
observations.command("backup")(observations_files.back_up)
observations.command("restore")(observations_files.bring_back)
observations.command("where")(observations_files.where)


def _row(*fields: str | None) -> dict[str, Any]:
    """What the options say, by field; a number where the value is one."""
    names = ("quantity", "kind", "value", "unit", "date", "source")
    row = {name: text for name, text in zip(names, fields, strict=True) if text is not None}
    return row | ({"value": number_of(row["value"])} if "value" in row else {})


def _read(row: dict[str, Any], watch: Watch) -> Observation:
    """The observation of a row of options. Raises InputError that names each bad option."""
    told = read_observation(row, watch)
    if isinstance(told, Observation):
        return replace(told, entered_by=row["entered_by"])
    raise InputError(
        Problem(
            f"--{fault.field.replace('_', '-')}",
            None,
            "" if fault.name == fault.field else fault.name,
            fault.wrong,
            fault.allowed,
            fault.nearest,
        )
        for fault in told
    )
