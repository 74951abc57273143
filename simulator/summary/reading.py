"""What did the scenarios of a folder of results come to? Their chances, read piece by piece."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from simulator.records import InputError, Problem
from simulator.units import Array

READ = ("scenario", "plan", "draws", "role", "name", "plan_chance", "method")
CHANGED = ("scenario", "assumption", "centre")
ALLOWED = "a folder that `simulator run --out` wrote, with --format csv or parquet"


@dataclass(frozen=True)
class Chances:
    """The plan's chances of every target under every scenario."""

    folder: Path
    plan: str
    scenarios: pa.Array
    targets: tuple[str, ...]
    methods: tuple[str, ...]
    """How the chance of each target was judged in the first scenario."""
    values: Array
    """Shape (scenarios, targets), in a passing file; not a number where there is no chance."""

    def of(self, target: str) -> Array:
        """The chances of one target, shape (scenarios,)."""
        return np.array(self.values[:, self.targets.index(target)])


def read_chances(folder: Path) -> Chances:
    """The chances of a folder of results, whose numbers stay on the disk.

    Raises InputError where the folder holds no results, or results of more than one plan.
    """
    names: list[pa.Array] = []
    plans: set[str] = set()
    targets: dict[str, str] = {}
    rows = 0
    with tempfile.TemporaryFile() as kept:
        for table in _targets_of(folder):
            plans.update(pc.unique(table["plan"]).to_pylist())
            _refuse(folder, plans, pc.min(table["draws"]).as_py())
            if not targets:
                first = table.filter(pc.equal(table["scenario"], table["scenario"][0]))
                pairs = zip(first["name"].to_pylist(), first["method"].to_pylist(), strict=True)
                targets = dict(pairs)
            scenarios, chances = _shaped(table, tuple(targets), folder)
            names.append(scenarios)
            rows += len(scenarios)
            chances.tofile(kept)
        _refuse(folder, plans, rows)
        values = _mapped(kept, rows, len(targets))
    scenarios = pa.concat_arrays(names)
    return Chances(folder, plans.pop(), scenarios, tuple(targets), tuple(targets.values()), values)


def _refuse(folder: Path, plans: set[str], draws: int) -> None:
    if not draws:
        raise InputError([Problem(str(folder), None, "", "holds no results of draws", ALLOWED)])
    if len(plans) > 1:
        wrong = f"holds results of several plans: {', '.join(sorted(plans))}"
        raise InputError([Problem(str(folder), None, "", wrong, "results of one plan")])


def _mapped(kept: IO[bytes], rows: int, columns: int) -> Array:
    kept.flush()
    return np.memmap(kept, dtype=float, mode="r", shape=(rows, columns))


def _shaped(table: pa.Table, targets: tuple[str, ...], folder: Path) -> tuple[pa.Array, Array]:
    """The scenarios of some rows in their order, and their chances, shape (scenarios, targets)."""
    if len(table) % len(targets):
        wrong = "its scenarios have not the same targets"
        raise InputError([Problem(str(folder), None, "", wrong, "results of one plan")])
    shape = (-1, len(targets))
    columns = np.asarray(pc.index_in(table["name"], pa.array(targets)).fill_null(-1))
    if not (columns.reshape(shape) == np.arange(len(targets))).all():
        wrong = "its scenarios have not the same targets"
        raise InputError([Problem(str(folder), None, "", wrong, "results of one plan")])
    chances = table["plan_chance"].to_numpy().reshape(shape)
    scenarios = table["scenario"].take(pa.array(range(0, len(table), len(targets))))
    return scenarios.combine_chunks(), np.ascontiguousarray(chances, dtype=float)


def _targets_of(folder: Path) -> Iterator[pa.Table]:
    """The rows of targets, whole scenarios at a time."""
    rest: pa.Table | None = None
    for batch in _batches(folder, "results", READ):
        table = pa.table(batch)
        table = table.filter(pc.equal(table["role"], "target"))
        table = table if rest is None else pa.concat_tables([rest, table])
        if not len(table):
            continue
        last = pc.equal(table["scenario"], table["scenario"][-1])
        rest = table.filter(last)
        whole = table.filter(pc.invert(last))
        if len(whole):
            yield whole.combine_chunks()
    if rest is not None and len(rest):
        yield rest.combine_chunks()


def read_changes(chances: Chances) -> Iterator[tuple[Array, Array, Array]]:
    """What scenarios change, piece by piece: the places of scenarios, assumptions, centres."""
    for batch in _batches(chances.folder, "changes", CHANGED):
        table = pa.table(batch)
        places = pc.index_in(table["scenario"], chances.scenarios).combine_chunks()
        yield (
            np.asarray(places.fill_null(-1)),
            table["assumption"].to_numpy(),
            table["centre"].to_numpy(),
        )


def _batches(folder: Path, stem: str, columns: tuple[str, ...]) -> Iterator[Any]:
    parquet, text = folder / f"{stem}.parquet", folder / f"{stem}.csv"
    try:
        if parquet.is_file():
            with pq.ParquetFile(parquet) as file:
                yield from file.iter_batches(columns=list(columns))
        elif text.is_file():
            kinds = dict.fromkeys(columns, pa.string())
            kinds |= dict.fromkeys(("plan_chance", "centre"), pa.float64())
            kinds |= {"draws": pa.int64()}
            options = pacsv.ConvertOptions(
                column_types=kinds, include_columns=list(columns), strings_can_be_null=False
            )
            yield from pacsv.open_csv(text, convert_options=options)
        else:
            wrong = f"holds no {stem}.parquet and no {stem}.csv"
            raise InputError([Problem(str(folder), None, "", wrong, ALLOWED)])
    except (OSError, pa.ArrowException, KeyError) as error:
        told = str(error).splitlines()[0]
        raise InputError(
            [Problem(str(folder), None, "", f"cannot be read: {told}", ALLOWED)]
        ) from None
