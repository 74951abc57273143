"""Where is the database? An address, with its password never told."""

import os
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from simulator.ledger import DATABASE
from simulator.records import InputError, Problem, nearest

DRIVERS = {"sqlite": {"", "pysqlite"}, "postgresql": {"", "psycopg"}}
"""By kind of database, what may stand behind a plus sign; both are what stands for nothing."""
ALLOWED = "sqlite:///folder/file.db or postgresql://user@host/database"
APPLICATION = "plan-simulator"
SECRET = ("password", "sslpassword")
"""What PostgreSQL may be told after a question mark that must not be printed."""


def address_of(given: str | None) -> URL:
    """The address that is given, or set by the environment, or this user's own file."""
    named = "--database" if given is not None else DATABASE
    text = given if given is not None else os.environ.get(DATABASE, "")
    if given is None and not text:
        return URL.create("sqlite", database=str(own_file()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise InputError([Problem(named, None, "", "is no address", ALLOWED)]) from None
    backend, _, driver = url.drivername.partition("+")
    if driver not in DRIVERS.get(backend, set()):
        near = nearest(url.drivername, DRIVERS)
        wrong = "is no database that can be used"
        raise InputError([Problem(named, None, url.drivername, wrong, ALLOWED, near)])
    if backend == "sqlite":
        return _file(url, named)
    return url


def own_file() -> Path:
    """The file of this user, where nothing else is said; its folder is made."""
    folder = user_data_path(APPLICATION, appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        wrong = f"cannot be made: {error.strerror}"
        raise InputError([Problem(str(folder), None, "", wrong, f"{DATABASE} set")]) from None
    return folder / "observations.db"


def _file(url: URL, named: str) -> URL:
    if url.database in (None, "", ":memory:") or url.query:
        raise InputError([Problem(named, None, "", "names no file", ALLOWED)])
    path = Path(str(url.database)).absolute()
    if not os.path.isdir(path.parent):  # noqa: PTH112 - a folder that may not be looked into is none
        wrong = "its folder does not exist"
        raise InputError([Problem(named, None, str(path), wrong, "a folder that exists")])
    return url.set(database=str(path))


def shown(url: URL) -> str:
    """The address without its password."""
    return url.difference_update_query(SECRET).render_as_string(hide_password=True)
