"""In which databases is the ledger tested? In SQLite and PostgreSQL, the same tests."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.ledger import Ledger, open_ledger
from tests.ledger import postgresql

Fresh = Callable[[], str]
"""Gives the address of a database that holds nothing yet."""


@pytest.fixture(scope="session")
def _server() -> Iterator[Fresh]:
    if not postgresql.found():
        if os.environ.get("REQUIRE_POSTGRESQL") == "1":
            pytest.fail("PostgreSQL is required and not installed")
        pytest.skip("PostgreSQL is not installed")
    with postgresql.server() as fresh:
        yield fresh


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    if request.param == "postgresql":
        return request.getfixturevalue("_server")
    folder: Path = tmp_path_factory.mktemp("ledgers")
    numbers = itertools.count()
    return lambda: f"sqlite:///{folder}/{next(numbers)}.db"


@pytest.fixture
def address(fresh: Fresh) -> Iterator[str]:
    made = fresh()
    yield made
    postgresql.forget(made)


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    with open_ledger(address) as opened:
        yield opened
