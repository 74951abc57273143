"""Which commands does a shell see? To run, to ask, to look up, and to open the cockpit."""

import sys
from typing import Annotated

import typer

from simulator.cli import (
    app_command,
    breaks_command,
    check_command,
    compare_command,
    explain_command,
    export_command,
    list_command,
    observations_command,
    report_command,
    run_command,
    seek_command,
    sensitivity_command,
    show_command,
    summarize_command,
    track_command,
    validate_command,
)
from simulator.cli.shared import ask_nothing
from simulator.run import product_version

app = typer.Typer(
    name="simulator",
    help="Project a province's plan indicators and hold them against their targets.",
    epilog="Exit codes: 0 done, 1 some scenario failed (the others are written), 2 bad usage, "
    "130 stopped by a signal.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run")(run_command.run)
app.command("explain")(explain_command.explain)
app.command("sensitivity")(sensitivity_command.sensitivity)
app.command("breaks")(breaks_command.breaks)
app.command("seek")(seek_command.seek)
app.command("summarize")(summarize_command.summarize_results)
app.command("compare")(compare_command.compare)
app.command("report")(report_command.report)
app.command("validate")(validate_command.validate)
app.command("track")(track_command.track_year)
app.command("export")(export_command.export)
app.add_typer(observations_command.observations, name="observations")
app.command("check")(check_command.check)
app.command("list")(list_command.list_names)
app.command("show")(show_command.show)
app.command("schema")(check_command.schema)
app.command("app")(app_command.serve)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(product_version())
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """What is said beside a command."""
    ask_nothing()


def main() -> None:
    """Run the command line; output is UTF-8 whatever the console's code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
