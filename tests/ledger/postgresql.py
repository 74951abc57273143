"""Where does a test find PostgreSQL? Its own server in a folder of its own, gone at the end."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
SETTINGS = ("listen_addresses=", "fsync=off", "max_connections=60", "shared_buffers=16MB")


def found() -> bool:
    """Whether Debian's PostgreSQL is installed."""
    return bool(PROGRAMS)


def _as_ordinary_user() -> list[str]:
    """What runs a program without the rights of root, which PostgreSQL refuses; it ends with us."""
    ends = ["setpriv", "--pdeathsig", "SIGINT"]
    if os.geteuid() != 0:
        return ends
    user = pwd.getpwnam("nobody")
    return [*ends, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


@contextmanager
def server() -> Iterator[Callable[[], str]]:
    """A running server, as a function that makes an empty database and gives its address."""
    folder = Path(tempfile.mkdtemp(prefix="simulator_postgresql_"))
    programs = PROGRAMS[-1].parent
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    running = None
    try:
        make = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "tester"]
        make += ["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]
        subprocess.run([*_as_ordinary_user(), *make], check=True, cwd="/", capture_output=True)
        settings = [f"unix_socket_directories={folder}", *SETTINGS]
        serve = [str(programs / "postgres"), "-D", str(folder / "data")]
        serve += [word for setting in settings for word in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                [*_as_ordinary_user(), *serve], cwd="/", stdout=log, stderr=log
            )
        _await(folder, running)
        numbers = itertools.count()

        def fresh() -> str:
            name = f"ledger_{next(numbers)}"
            _ask(folder, f"create database {name}")
            return f"postgresql://tester@/{name}?host={folder}"

        yield fresh
    finally:
        if running is not None:
            running.send_signal(signal.SIGQUIT)  # at once: nothing is to be kept
            running.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def forget(address: str) -> None:
    """Remove a database that is needed no more; a file goes with its folder."""
    url = make_url(address)
    if url.get_backend_name() == "postgresql":
        _ask(Path(str(url.query["host"])), f"drop database {url.database} with (force)")


def _ask(folder: Path, question: str) -> None:
    with psycopg.connect(
        host=str(folder), user="tester", dbname="postgres", autocommit=True
    ) as one:
        one.execute(question)


def _await(folder: Path, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            return _ask(folder, "select 1")
        except psycopg.OperationalError:
            if running.poll() is not None or time.monotonic() > until:
                raise RuntimeError((folder / "log").read_text()) from None
            time.sleep(0.1)
