"""Is every invariant of the model held by a test that names it?"""

import re
from pathlib import Path

TESTS = Path(__file__).parent
EQUATIONS = {*range(1, 43), *range(47, 54)}
"""The invariants of the equations; the scorecard, the solver and the tracker hold the others."""


def held() -> set[int]:
    """The numbers that stand in a law mark of any test file."""
    marks = re.compile(r"^@pytest\.mark\.law\(([\d, ]+)\)", re.MULTILINE)
    return {
        int(number)
        for file in TESTS.rglob("test_*.py")
        for found in marks.findall(file.read_text(encoding="utf-8"))
        for number in found.split(",")
    }


def test_every_invariant_of_the_equations_is_held_by_a_test():
    assert EQUATIONS - held() == set()
