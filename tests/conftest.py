"""How hard do property tests search, in which plan, and which tests share a process?"""

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import typer.testing
from hypothesis import settings

from simulator.plan import Plan
from simulator.projection import Model
from tests.strategies import shipped_model, shipped_plan

settings.register_profile(
    "ci", deadline=None, print_blob=True, derandomize=True, max_examples=25, database=None
)
settings.register_profile("nightly", deadline=None, print_blob=True, max_examples=1500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# To put the commands together takes longer than to run most of them.
typer.testing._get_command = cache(typer.testing._get_command)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def plan() -> Plan:
    return shipped_plan()


@pytest.fixture(scope="session")
def model() -> Model:
    return shipped_model()


@pytest.fixture(scope="session", autouse=True)
def _own_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever a test records stays out of the database of who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("database")
        patch.setenv("SIMULATOR_DATABASE", f"sqlite:///{folder}/observations.db")
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One process for all tests in a browser: two servers and browsers would starve two cores."""
    from xdist.scheduler.loadscope import LoadScopeScheduling

    class OneBrowser(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "browser" if "tests/browser/" in nodeid else nodeid

    return OneBrowser(config, log) if config.getvalue("dist") == "load" else None
