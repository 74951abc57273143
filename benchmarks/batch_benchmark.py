"""Goal 6: a sweep on two processes against one, its memory as it grows, and the cost of a scenario."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from timing import verdict

from simulator.batch import Overrides, gather, read_runs
from simulator.output import as_frame
from simulator.pieces import RUNS_IN_A_GROUP, write_changes
from simulator.run import Workshop

AXES = {
    "services_growth": [0.05 + at / 500 for at in range(10)],
    "price_growth": [0.01 + at / 500 for at in range(10)],
    "pig_biosecurity": [0.1 + at / 20 for at in range(10)],
    "drought_severity": [0.1 + at / 50 for at in range(10)],
    "visitor_growth": [0.05 + at / 100 for at in range(10)],
}
MEGABYTES = 1024**2
PAGE = 4096
LOOK_EVERY = 0.1


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock and of processors; peak megabytes of the largest process, and of all."""

    seconds: float
    processor: float
    largest: float
    together: float


def sweep(folder: Path, powers: int) -> Path:
    """A sweep of ten to the power of so many runs."""
    path = folder / f"sweep_{powers}.yaml"
    axes = [f"    {name}: {values}\n" for name, values in list(AXES.items())[:powers]]
    path.write_text("sweep:\n  grid:\n" + "".join(axes), encoding="utf-8")
    return path


def tree(process: int) -> list[int]:
    """A process and all that it started."""
    found = [process]
    for parent in found:
        told = Path(f"/proc/{parent}/task/{parent}/children")
        found += [int(child) for child in told.read_text().split()] if told.exists() else []
    return found


def resident(process: int) -> float:
    """Megabytes that a process holds; none where it has just ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * PAGE / MEGABYTES


def processor_seconds() -> float:
    """What all processes that were started and have ended used of the processors."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(*words: str) -> Measured:
    """A command as a shell would run it."""
    start, used = time.perf_counter(), processor_seconds()
    largest = together = 0.0
    command = [sys.executable, "-m", "simulator", *words]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            try:
                sizes = [resident(one) for one in tree(process.pid)]
            except OSError:  # one has ended while it was looked at
                continue
            largest, together = max(largest, *sizes), max(together, sum(sizes))
            time.sleep(LOOK_EVERY)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} ended with code {process.returncode}")
    seconds = time.perf_counter() - start
    return Measured(seconds, processor_seconds() - used, largest, together)


def swept(path: Path, workers: int, draws: int) -> Measured:
    """A sweep into a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="batch_benchmark_") as out:
        words = ["run", str(path), "--out", out, "--format", "parquet", "--quiet"]
        return measured(*words, "--workers", str(workers), "--draws", str(draws))


def invented(folder: Path, runs: int) -> Path:
    """Results of so many scenarios, made of one run; their chances are moved a little."""
    folder.mkdir()
    workshop = Workshop()
    (scenario,), _ = read_runs(gather(["trend"])[0], workshop, Overrides(draws=2))
    one = as_frame([workshop.run(scenario)])
    group = pd.concat([one] * RUNS_IN_A_GROUP, ignore_index=True)
    schema = pa.Schema.from_pandas(group, preserve_index=False)
    generator = np.random.default_rng(0)
    with pq.ParquetWriter(folder / "results.parquet", schema) as writer:
        for first in range(0, runs, RUNS_IN_A_GROUP):
            names = [f"sweep[services_growth={first + at}]" for at in range(RUNS_IN_A_GROUP)]
            moved = generator.random(len(group)) / 100 + 0.99
            made = group.assign(
                scenario=np.repeat(names, len(one)), plan_chance=group["plan_chance"] * moved
            )
            writer.write_table(pa.Table.from_pandas(made, schema, preserve_index=False))
    entries = (
        json.dumps(
            {
                "scenario": f"sweep[services_growth={at}]",
                "changes": {"services_growth": at / runs / 10, "price_growth": at % 7 / 100},
            }
        )
        for at in range(runs)
    )
    with (folder / "changes.parquet").open("wb") as file:
        write_changes(file, entries)
    return folder


def compare_summaries(folder: Path, sizes: tuple[int, int]) -> None:
    """A summary of many scenarios against one of fewer."""
    rows = []
    for runs in sizes:
        made = invented(folder / f"results_{runs}", runs)
        row = measured("summarize", str(made), "--format", "json")
        rows.append(row)
        print(f"summary of {runs} scenarios: {row.seconds:.1f} s, {row.largest:.0f} MB")
    verdict(f"memory of a summary, {sizes[1]} / {sizes[0]}", rows[1].largest / rows[0].largest, 1.2)


def compare_processes(folder: Path, powers: int, draws: int) -> None:
    """Two processes against one; on a machine with other work the clock says less than it should."""
    path = sweep(folder, powers)
    one, two = swept(path, 1, draws), swept(path, 2, draws)
    for name, row in (("one process", one), ("two", two)):
        print(f"{10**powers} runs of {draws} draws, {name}: {row.seconds:.1f} s, ", end="")
        print(f"{row.processor:.1f} s of processors")
    verdict("one process / two", one.seconds / two.seconds, 1.85, at_most=False)
    print(f"processors' seconds of two processes / one: {two.processor / one.processor:.3g}")


def compare_sizes(folder: Path, powers: list[int], draws: int) -> None:
    """Memory and cost of a scenario as a sweep on two processes grows."""
    found = {power: swept(sweep(folder, power), 2, draws) for power in powers}
    for power, row in found.items():
        cost = 1000 * row.seconds / 10**power
        print(
            f"{10**power} runs of {draws} draws: {row.seconds:.1f} s, {cost:.2f} ms a scenario, "
            f"largest process {row.largest:.0f} MB, all together {row.together:.0f} MB"
        )
    before, last = found[powers[-2]], found[powers[-1]]
    name = f"{10 ** powers[-1]} runs / {10 ** powers[-2]}"
    verdict(f"memory of all processes, {name}", last.together / before.together, 1.2)
    verdict(f"memory of the largest process, {name}", last.largest / before.largest, 1.2)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10 000 and 100 000 runs: an hour")
    full = parser.parse_args().full
    with tempfile.TemporaryDirectory(prefix="batch_benchmark_") as made:
        place = Path(made)
        compare_processes(place, 4 if full else 3, 4096)
        compare_sizes(place, [1, 2, 3, 4, 5] if full else [1, 2, 3], 2)
        compare_summaries(place, (10_000, 100_000) if full else (1_000, 10_000))
