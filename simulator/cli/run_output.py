"""In which format does `simulator run` hand its results over, and which files does it write?"""

import enum
from collections.abc import Callable, Iterable
from errno import EISDIR
from functools import partial
from os import strerror
from pathlib import Path

import typer

from simulator.batch import Failure, Journal, Piece
from simulator.cli.shared import console, plain_console
from simulator.cli.tables import scorecards
from simulator.language import Language
from simulator.output import whole_file
from simulator.pieces import (
    as_arrow,
    as_csv,
    as_json_text,
    changes_csv,
    contents,
    cut,
    joined_csv,
    joined_json,
    manifest,
    write_changes,
    write_parquet,
)
from simulator.records import InputError, Problem
from simulator.run import Result


class Format(enum.StrEnum):
    """How results are handed over."""

    table = "table"
    json = "json"
    csv = "csv"
    parquet = "parquet"


SUFFIXES = {Format.table: "txt"}


def cutting(
    chosen: Format, language: Language, *, coloured: bool = False
) -> Callable[[Result], Piece]:
    """What makes of a result the piece that the format is made of."""
    writers: dict[Format, Callable[[Result], bytes]] = {
        Format.table: partial(_as_table, language=language, coloured=coloured),
        Format.json: as_json_text,
        Format.csv: as_csv,
        Format.parquet: as_arrow,
    }
    return partial(cut, write=writers[chosen])


def _as_table(result: Result, language: Language, coloured: bool) -> bytes:
    screen = console() if coloured else plain_console()
    return b"".join(scorecards(screen, [result], language))


def _parts(chosen: Format, journal: Journal, *, single: bool) -> Iterable[bytes]:
    written = contents(journal.pieces())
    if chosen is Format.json:
        return joined_json(written, single=single)
    return joined_csv(written) if chosen is Format.csv else written


def print_results(chosen: Format, journal: Journal, *, single: bool) -> None:
    """Print the results of a batch to standard output."""
    for part in _parts(chosen, journal, single=single):
        typer.echo(part, nl=False)


def files_of(out: Path, chosen: Format) -> dict[str, Path]:
    """The files that a batch writes beside its journal."""
    files = {
        "results": out / f"results.{SUFFIXES.get(chosen, chosen.value)}",
        "manifest": out / "manifest.json",
    }
    if chosen in {Format.csv, Format.parquet}:
        files["changes"] = out / f"changes.{chosen.value}"
    return files


def refuse_taken(out: Path, chosen: Format) -> None:
    """Raises InputError where a folder stands in the place of a file, before anything is run."""
    problems = [
        Problem(str(path), None, "", f"cannot be written: {strerror(EISDIR)}")
        for path in files_of(out, chosen).values()
        if path.is_dir()
    ]
    if problems:
        raise InputError(problems)


def write_results(
    out: Path, chosen: Format, journal: Journal, unread: Iterable[Failure], *, single: bool
) -> None:
    """Write the results of a batch, what each run changes, and the manifest, each whole."""
    files = files_of(out, chosen)
    with whole_file(files["results"]) as file:
        if chosen is Format.parquet:
            write_parquet(file, contents(journal.pieces()))
        else:
            file.writelines(_parts(chosen, journal, single=single))
    if "changes" in files:
        with whole_file(files["changes"]) as file:
            if chosen is Format.parquet:
                write_changes(file, journal.entries())
            else:
                file.writelines(changes_csv(journal.entries()))
    failed = [failure.name for failure in (*unread, *journal.failures())]
    with whole_file(files["manifest"]) as file:
        file.writelines(manifest(journal.entries(), failed, journal.open_names()))
