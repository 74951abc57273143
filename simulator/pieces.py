"""How is a run cut to the piece that a batch keeps, and how do pieces become files?"""

import csv
import io
import json
import textwrap
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from simulator.batch import Piece
from simulator.output import COLUMNS, as_frame, as_json, as_rows, json_text, manifest_entry
from simulator.run import Result, product_version
from simulator.scenario import plain

FASTEST = 1
"""Level of compression; results repeat their names, so that the fastest already packs them well."""
RUNS_IN_A_GROUP = 50
NUMBERS = frozenset(name for name, kind in COLUMNS.items() if kind == "float64")


def cut(result: Result, write: Callable[[Result], bytes]) -> Piece:
    """What a batch keeps of a run: what the manifest says of it, its changes, and its part of a file."""
    changes = {name: plain(setting) for name, setting in result.scenario.changes.items()}
    entry = json.dumps(manifest_entry(result) | {"changes": changes}, ensure_ascii=False)
    return Piece(entry, zlib.compress(write(result), FASTEST))


def contents(pieces: Iterable[Piece]) -> Iterator[bytes]:
    """What was written of each run."""
    return (zlib.decompress(piece.content) for piece in pieces)


def as_json_text(result: Result) -> bytes:
    """One run as JSON."""
    return json_text(as_json(result)).encode()


def as_csv(result: Result) -> bytes:
    """One run as rows of the tidy table, without its head."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerows([_cell(name, row.get(name)) for name in COLUMNS] for row in as_rows(result))
    return text.getvalue().encode()


def _cell(name: str, value: Any) -> Any:
    return float(value) if value is not None and name in NUMBERS else value


def as_arrow(result: Result) -> bytes:
    """One run as rows of the tidy table, in Arrow's own form."""
    rows = pa.RecordBatch.from_pylist(list(as_rows(result)), schema=_schema())
    return bytes(rows.serialize())


@cache
def _schema() -> pa.Schema:
    return pa.Schema.from_pandas(as_frame([]), preserve_index=False)


def joined_json(texts: Iterable[bytes], *, single: bool) -> Iterator[bytes]:
    """JSON, part by part: an object of one run, an array of several."""
    if single:
        yield next(iter(texts), b"[]") + b"\n"
        return
    separator = b"[\n"
    for text in texts:
        yield separator + textwrap.indent(text.decode(), "  ").encode()
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def joined_csv(rows: Iterable[bytes]) -> Iterator[bytes]:
    """The tidy table as CSV, run by run."""
    yield (",".join(COLUMNS) + "\n").encode()
    yield from rows


def write_parquet(file: BinaryIO, runs: Iterable[bytes]) -> None:
    """The tidy table as parquet, a row group for every so many runs."""
    with pq.ParquetWriter(file, _schema()) as writer:
        group: list[pa.RecordBatch] = []
        for run in runs:
            group.append(pa.ipc.read_record_batch(pa.py_buffer(run), _schema()))
            if len(group) == RUNS_IN_A_GROUP:
                _write_group(writer, group)
                group = []
        if group:
            _write_group(writer, group)


def _write_group(writer: pq.ParquetWriter, group: list[pa.RecordBatch]) -> None:
    writer.write_table(pa.Table.from_batches(group, _schema()).combine_chunks())


CHANGES = pa.schema(
    [
        ("scenario", pa.string()),
        ("assumption", pa.string()),
        ("centre", pa.float64()),
        ("fixed", pa.bool_()),
        ("p10", pa.float64()),
        ("p90", pa.float64()),
    ]
)
"""The table of what each scenario changes; a centre's own spread has neither p10 nor p90."""


def changes_of(entry: str) -> Iterator[dict[str, Any]]:
    """The rows of what one run changes."""
    told = json.loads(entry)
    for name, value in told["changes"].items():
        row = {"scenario": told["scenario"], "assumption": name, "fixed": False}
        if not isinstance(value, dict):
            yield row | {"centre": value}
        elif "fixed" in value:
            yield row | {"centre": value["fixed"], "fixed": True}
        else:
            yield row | {"centre": value["p50"], "p10": value["p10"], "p90": value["p90"]}


def changes_csv(entries: Iterable[str]) -> Iterator[bytes]:
    """What the scenarios change as CSV, run by run."""
    yield (",".join(CHANGES.names) + "\n").encode()
    for entry in entries:
        text = io.StringIO()
        rows = csv.DictWriter(text, CHANGES.names, restval="", lineterminator="\n")
        rows.writerows(changes_of(entry))
        yield text.getvalue().encode()


def write_changes(file: BinaryIO, entries: Iterable[str]) -> None:
    """What the scenarios change as parquet, a row group for every so many rows."""
    with pq.ParquetWriter(file, CHANGES) as writer:
        rows: list[dict[str, Any]] = []
        for entry in entries:
            rows += changes_of(entry)
            if len(rows) >= ROWS_IN_A_GROUP:
                writer.write_table(pa.Table.from_pylist(rows, schema=CHANGES))
                rows = []
        if rows:
            writer.write_table(pa.Table.from_pylist(rows, schema=CHANGES))


ROWS_IN_A_GROUP = 10_000


def manifest(
    entries: Iterable[str], failed: Iterable[str], not_run: Iterable[str] = ()
) -> Iterator[bytes]:
    """What was run, part by part: version, time, every run, what failed, what is still to be run."""
    head = {
        "version": product_version(),
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    yield json_text(head)[:-2].encode() + b',\n  "runs": ['
    separator = b"\n"
    for entry in entries:
        run = {key: value for key, value in json.loads(entry).items() if key != "changes"}
        yield separator + textwrap.indent(json_text(run), "    ").encode()
        separator = b",\n"
    yield b"]" if separator == b"\n" else b"\n  ]"
    tail = {"failed": sorted(failed), "not_run": sorted(not_run)}
    yield b",\n" + json_text(tail)[2:].encode() + b"\n"
