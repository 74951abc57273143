"""Is a number read as the column meant it, in either way of writing, and never by a guess?"""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from simulator.figures import english, vietnamese
from simulator.intake.numerals import Misread, evidence, number_of, plainly, readings
from tests.intake.workbooks import problems, read, small

numbers = st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 4))
decimals = st.integers(0, 4)


@given(numbers, decimals)
@example(1234.0, 0)
@example(-0.0, 0)
def test_what_a_language_writes_is_among_its_readings(value: float, places: int) -> None:
    shown = round(value, places)
    assert readings(vietnamese(value, places))[","] == pytest.approx(shown, abs=1e-9, rel=1e-15)
    assert readings(english(value, places))["."] == pytest.approx(shown, abs=1e-9, rel=1e-15)


@given(st.lists(st.tuples(numbers, decimals), min_size=1), st.booleans())
def test_a_column_in_one_language_is_read_in_it_or_refused(
    told: list[tuple[float, int]], in_vietnamese: bool
) -> None:
    write = vietnamese if in_vietnamese else english
    texts = [write(value, places) for value, places in told]
    shown = evidence(texts)
    own = "," if in_vietnamese else "."
    for text in texts:
        found = number_of(text, shown)
        if isinstance(found, Misread):
            assert len(set(readings(text).values())) > 1
            assert not shown
        else:
            assert found == readings(text)[own]


@given(st.lists(st.tuples(numbers, decimals, st.booleans()), min_size=1))
def test_a_column_in_two_languages_never_reads_what_could_be_either(
    told: list[tuple[float, int, bool]],
) -> None:
    texts = [(vietnamese if vi else english)(value, places) for value, places, vi in told]
    shown = evidence(texts)
    assume(len(shown) != 1)
    for text in texts:
        either = len(set(readings(text).values())) > 1
        assert isinstance(number_of(text, shown), Misread) == either


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(1.234)
@example(123.456)
@example(5e-324)
@example(-1.7976931348623157e308)
@example(0.1 + 0.2)
def test_a_number_written_plainly_reads_back_in_any_column(value: float) -> None:
    text = plainly(value)
    for shown in (frozenset[str](), frozenset({","}), frozenset({"."}), frozenset({".", ","})):
        found = number_of(text, shown)
        assert isinstance(found, float)
        assert found == value


@given(st.text(alphabet="0123456789.,-+ eE%\u00a0", max_size=12))
def test_a_text_has_the_readings_of_its_form_and_no_others(text: str) -> None:
    for sign, value in readings(text).items():
        bare = re.sub(r"[ \u00a0]", "", text.strip()).replace("," if sign == "." else ".", "")
        assert value == float(bare.replace(sign, "."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.249,94", {",": 1249.94}),
        ("1,249.94", {".": 1249.94}),
        ("1249.94", {".": 1249.94}),
        ("1249,94", {",": 1249.94}),
        ("1 249,94", {",": 1249.94}),
        ("1\u00a0249", {".": 1249.0, ",": 1249.0}),
        ("1.234", {".": 1.234, ",": 1234.0}),
        ("0.234", {".": 0.234}),
        ("1.234.567", {",": 1234567.0}),
        ("1.23.456", {}),
        ("12.34,5", {}),
        ("−5", {".": -5.0, ",": -5.0}),
        ("1,5e3", {",": 1500.0}),
        ("", {}),
        (".", {}),
        ("5 000 00", {}),
        ("٣", {}),
        ("nan", {}),
        ("0x10", {}),
        ("1_000", {}),
    ],
)
def test_the_forms_of_numbers(text: str, expected: dict[str, float]) -> None:
    assert readings(text) == expected


@pytest.mark.parametrize(
    ("others", "value"), [(["7,5"], 512000.0), (["7.5"], 512.0), (["7,5", "7.5"], None), ([], None)]
)
def test_the_whole_column_is_the_witness(others: list[str], value: float | None) -> None:
    rows = [("Thu nội địa", "triệu đồng", "512.000", "Sở")]
    funds = ("Vốn nước ngoài (ODA)", "Trái phiếu Chính phủ")
    rows += [(fund, "tỷ đồng", text, "Sở") for fund, text in zip(funds, others, strict=False)]
    preview = read("a.xlsx", small(*rows))
    if value is None:
        (problem,) = problems(preview)
        assert problem.wrong == "512.000 can be read as 512000 or as 512"
        assert problem.allowed == "512000 or 512.0, so that nobody misreads it"
    else:
        assert preview.observations[0].value == value
