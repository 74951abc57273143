"""Does a derivation compute what is written, and refuse everything else?"""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.derivation import Cited, cited, derived
from simulator.figures import vietnamese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[171: 845] / (1 + [172: 19,9%])", 845 / 1.199),
        ("[29: 19,34] + [30: 0,95]", 20.29),
        ("[45: 22.906] + [46: 340,9]", 23246.9),
        ("[238: 677 tỷ 134] - [264: 227,668]", 449.466),
        ("([429: 169,066] / [430: 28,1%]) ** 2 / [760: 612,320]", (169.066 / 0.281) ** 2 / 612.32),
        ("2 * [445: 53 xã]", 106),
    ],
)
def test_a_derivation_is_computed_as_written(text, value):
    assert derived(text) == pytest.approx(value, rel=1e-12)


def test_every_figure_names_its_line():
    assert cited("[43: 3,9%] + [44: 103,2%]") == [Cited(43, "3,9%"), Cited(44, "103,2%")]


@pytest.mark.parametrize(
    "text",
    ["", "1 +", "[1: abc]", "[1: 0] / [1: 0]", "open('x')", "a", "1 if 1 else 2", "'a' * 3",
     "9 ** 9 ** 9 ** 9", "(0 - 8) ** [1: 0,5]", "True + 1", "[x: 1]", "1j", "[[1: 2]]"],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"derivation|computed|number"):
        derived(text)


@given(st.text(max_size=30))
def test_no_text_does_more_than_compute_or_be_refused(text):
    with contextlib.suppress(ValueError):
        assert isinstance(derived(text), float)


@given(st.floats(1, 1e6), st.floats(-0.9, 5))
def test_a_level_and_its_growth_give_the_level_before(level, growth):
    told, rate = vietnamese(level, 2), vietnamese(100 * abs(growth), 2)
    sign = "+" if growth >= 0 else "-"
    before = derived(f"[1: {told}] / (1 {sign} [2: {rate}%])")
    exact = round(level, 2) / (1 + math.copysign(round(100 * abs(growth), 2) / 100, growth))
    assert before == pytest.approx(exact, rel=1e-9)
