"""Are figures read as the report prints them, and printed as planners read them?"""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.figures import english, matches, number, readings, vietnamese

MINUS = "\N{MINUS SIGN}"

amounts = st.floats(-1e15, 1e15, allow_nan=False)
decimal_places = st.integers(0, 6)
digits = st.text("0123456789", min_size=1, max_size=12)


@given(amounts, decimal_places)
def test_a_number_is_read_back_from_what_vietnamese_prints(amount: float, decimals: int):
    printed = vietnamese(amount, decimals).removeprefix(MINUS)
    assert number(printed) == float(f"{abs(amount):.{decimals}f}")


@given(digits)
def test_a_leading_dot_or_comma_is_a_decimal_sign(fraction: str):
    assert number("." + fraction) == number("," + fraction) == float("0." + fraction)


@given(digits)
def test_leading_zeros_of_a_count_change_nothing(count: str):
    assert number("0" + count) == number(count) == int(count)


@pytest.mark.parametrize(
    "malformed",
    [
        *(".", ",", "-1", "+1", "1.", "1,", "1.2", "1.23", "1.2345", "12.34,5", "1,2,3"),
        *("1.234.5", "1,234.5", "1234.567", "0.123", "012.345", ".5.5", "1e3", "1_000"),
        *("1..234", "nan", "inf", "1%"),
        *("", " 1", "1 ", "1\n", MINUS + "1"),
        *("\N{ARABIC-INDIC DIGIT ONE}", "\N{SUPERSCRIPT TWO}"),
    ],
)
def test_what_the_report_would_not_print_is_refused(malformed: str):
    with pytest.raises(ValueError, match="is not a number as the report prints them"):
        number(malformed)


@given(st.text("0123456789., -\N{MINUS SIGN}eE_٣", max_size=10))
def test_any_text_is_either_refused_or_a_number_that_is_not_negative(text: str):
    try:
        value = number(text)
    except ValueError:
        return
    assert math.isfinite(value)
    assert value >= 0


@given(amounts, decimal_places)
def test_the_two_languages_print_the_same_figure_with_their_signs_swapped(
    amount: float, decimals: int
):
    swapped = english(amount, decimals).translate(str.maketrans(",.", ".,"))
    assert vietnamese(amount, decimals) == swapped


@given(amounts, decimal_places)
def test_a_minus_is_a_true_minus_and_stands_before_what_is_not_nought(amount: float, decimals: int):
    for printed in (vietnamese(amount, decimals), english(amount, decimals)):
        assert "-" not in printed
        nought = not any(digit in printed for digit in "123456789")
        assert printed.startswith(MINUS) == (amount < 0 and not nought)
        assert MINUS not in printed[1:]


@given(st.floats(0, 5, exclude_max=True), decimal_places)
def test_a_small_fall_is_printed_as_nought_without_a_sign(part: float, decimals: int):
    amount = -part / 10 ** (decimals + 1)
    assume(float(f"{amount:.{decimals}f}") == 0)
    assert vietnamese(amount, decimals) == vietnamese(0, decimals)
    assert english(amount, decimals) == english(0, decimals)


@given(amounts)
def test_printing_groups_thousands_by_three(amount: float):
    groups = english(amount, 0).removeprefix(MINUS).split(",")
    assert 1 <= len(groups[0]) <= 3
    assert all(len(group) == 3 for group in groups[1:])


@given(st.integers(-(10**9), 10**9), decimal_places)
def test_a_value_matches_its_own_figure_whatever_its_sign_and_no_neighbour(
    steps: int, decimals: int
):
    value, step = steps / 10**decimals, 10**-decimals
    printed = vietnamese(abs(value), decimals)
    assert matches(value, printed, "tonnes")
    assert matches(-value, printed, "tonnes")
    assert not matches(abs(value) + step, printed, "tonnes")


@given(st.integers(0, 10**6), st.integers(0, 3))
def test_a_percent_is_a_share_of_one(hundredths: int, decimals: int):
    percent = hundredths / 10**decimals
    printed = f"{vietnamese(percent, decimals)}%"
    for unit in ("share", "share/year"):
        assert matches(percent / 100, printed, unit)
    assert matches(percent, printed, "percent")


@given(st.integers(0, 999), st.integers(1, 999))
def test_a_share_may_be_printed_as_a_fraction_and_a_count_as_its_first_number(
    part: int, whole: int
):
    printed = f"{part:02}/{whole}"
    assert matches(part / whole, printed, "share")
    assert matches(part, printed, "communes")


def test_a_fraction_of_nothing_is_no_share():
    assert not matches(1, "1/0", "share")


@given(st.integers(1, 9999), st.integers(0, 999))
def test_billions_may_be_printed_with_their_millions(billions: int, millions: int):
    value = billions + millions / 1000
    printed = f"{vietnamese(billions, 0)} tỷ {millions:03} triệu"
    assert matches(value, printed, "billion_vnd")
    assert matches(millions / 1000, f"{millions} triệu", "billion_vnd")
    assert matches(1000 * billions, f"{vietnamese(billions, 0)} nghìn tỷ", "billion_vnd")


def test_text_without_a_figure_has_no_reading():
    assert list(readings("tỷ đồng", "billion_vnd")) == []
