"""Does a batch that is killed again and again end as one that was left in peace?"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.batches import batch, everything, sweep

ROOT = Path(__file__).parent.parent.parent
POINTS = 90
KILLS = 3
PATIENCE = 30.0


def command(folder: Path, out: Path, *more: str) -> list[str]:
    words = ["run", str(folder), "--out", str(out), "--draws", "2", "--language", "en", *more]
    return [sys.executable, "-m", "simulator", *words]


def names(lines: list[str]) -> list[str]:
    return [line.split(" done ")[1].rpartition(" (")[0] for line in lines if " done own" in line]


def children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children")
    if not told.exists():
        pytest.skip("this machine does not tell the children of a process")
    return [int(child) for child in told.read_text().split()]


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def stopped(words: list[str], after: int, wait: float, how: int) -> tuple[list[str], int]:
    """What a batch told until it was stopped, some runs and seconds after its start; its end."""
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines: list[str] = []
        while len(names(lines)) < after and (line := process.stderr.readline()):
            lines.append(line)
        time.sleep(wait)
        workers = children(process.pid)
        process.send_signal(how)
        lines += process.stderr.readlines()
        code = process.wait()
    until = time.monotonic() + PATIENCE
    while any(map(is_alive, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_alive, workers)), "no worker stays behind"
    return lines, code


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_a_batch_killed_three_times_ends_as_one_in_peace(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    sweep(folder, "own", POINTS)
    assert batch(folder, tmp_path / "peace") == 0

    moments = random.Random(20191231)
    killed = command(folder, tmp_path / "killed", "--workers", "2", "--log")
    lines: list[str] = []
    for at in range(KILLS):
        words = [*killed, "--resume"] if at else killed
        after, wait = moments.randint(1, POINTS // 4), moments.uniform(0, 0.05)
        told, code = stopped(words, after, wait, signal.SIGKILL)
        assert code == -signal.SIGKILL
        lines += told
    assert not (tmp_path / "killed" / "manifest.json").exists()
    end = subprocess.run(
        [*killed, "--resume"], cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False
    )
    assert end.returncode == 0
    lines += end.stderr.splitlines()
    assert everything(tmp_path / "killed") == everything(tmp_path / "peace")
    done = names(lines)
    assert len(set(done)) == len(done), "nothing is run twice"


@pytest.mark.skipif(os.name != "posix", reason="interrupts as POSIX does")
@pytest.mark.parametrize(("how", "workers"), [(signal.SIGINT, "2"), (signal.SIGTERM, "1")])
def test_a_batch_that_is_stopped_politely_says_how_to_go_on(
    how: int, workers: str, tmp_path: Path
) -> None:
    sweep(tmp_path, "own", 400)
    words = command(tmp_path / "own.yaml", tmp_path / "out", "--workers", workers, "--log")
    lines, code = stopped(words, 5, 0.0, how)
    assert code == 130
    assert "the same command with --resume goes on" in lines[-1]
    assert not any("Traceback" in line for line in lines)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"journal.sqlite"}
