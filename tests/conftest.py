"""How hard do property tests search, and which plan do they search in?"""

import os

import pytest
from hypothesis import settings

from simulator.plan import Plan
from simulator.projection import Model
from tests.strategies import shipped_model, shipped_plan

settings.register_profile(
    "ci", deadline=None, print_blob=True, derandomize=True, max_examples=60, database=None
)
settings.register_profile("nightly", deadline=None, print_blob=True, max_examples=1500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def plan() -> Plan:
    return shipped_plan()


@pytest.fixture(scope="session")
def model() -> Model:
    return shipped_model()
