"""Is everything said in both languages, and does a number never disagree with its word?"""

import ast
import itertools
import re
import string
from collections import Counter
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.figures import english, vietnamese
from simulator.language import Language, say, show, show_chance, texts, unit_name
from simulator.likelihood import (
    likelihood,
    likelihoods,
    likely_from,
    shown_chance,
    unlikely_to,
)
from simulator.plan import Target
from simulator.resources import PACKAGE
from simulator.wording import number_or_blank, signed
from tests.strategies import catalogue, shipped_plan

LANGUAGES: tuple[Language, ...] = get_args(Language)
NODES = [
    node
    for path in PACKAGE.rglob("*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
]
FAMILIES = {key.partition(".")[0] for key in texts() if "." in key}


def said_in_code() -> set[str]:
    """Every text of the source that has the form of a key."""
    form = re.compile(rf"({'|'.join(sorted(FAMILIES))})(\.[a-z0-9_]+)+(?<!\.csv|\.css)")
    parts = {id(part) for node in NODES if isinstance(node, ast.JoinedStr) for part in node.values}
    found = {
        node.value
        for node in NODES
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts
    }
    return {text for text in found if form.fullmatch(text)}


def said_at_once() -> set[str]:
    """Every key that is given to `say` as it is, or as one of two."""
    return {
        key
        for call in NODES
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say"
        for key in written(call.args[0])
    }


def written(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return written(node.body) | written(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def beginnings() -> set[str]:
    """What keys begin with that are put together, as in f"verdict.{...}"."""
    starts = {
        node.values[0].value
        for node in NODES
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and isinstance(node.values[0].value, str)
    }
    return {start for start in starts if start.partition(".")[0] in FAMILIES and "." in start}


# Texts


def test_every_key_that_is_said_exists() -> None:
    assert (said_at_once() | said_in_code()) - texts().keys() == set()


def test_no_key_stands_in_two_files() -> None:
    files = (PACKAGE / "texts" / "interface").glob("*.csv")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    keys = [line.partition(",")[0] for line in lines if re.match(r"[a-z_0-9.]+,", line)]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_key_is_said_somewhere() -> None:
    said, starts = said_at_once() | said_in_code(), tuple(beginnings())
    assert {key for key in texts() if key not in said and not key.startswith(starts)} == set()


def options(record: Any, field: str) -> set[str]:
    """The words that a field of a record may hold."""
    literal = next(part for part in get_args(record.model_fields[field].annotation) if part)
    return set(get_args(literal))


def test_every_verdict_has_a_text() -> None:
    verdicts = options(Target, "resolution_verdict")
    assert {f"verdict.{verdict}" for verdict in verdicts | {"none"}} <= texts().keys()


FILLED_DIFFERENTLY = {"funds.day"}
"""A month is a number in Vietnamese and a name in English."""


def test_every_text_is_there_in_both_languages_with_the_same_places_to_fill() -> None:
    for key, both in texts().items():
        assert all(text.strip() == text != "" for text in both), key
        fields = [
            sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)
            for text in both
        ]
        assert (fields[0] == fields[1]) == (key not in FILLED_DIFFERENTLY), key


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no.such.key", "vi")


def test_a_text_is_filled_in_in_each_language() -> None:
    assert say("column.plan", "vi", year=2020) == "Kế hoạch 2020"
    assert say("column.plan", "en", year=2020) == "Plan 2020"


def test_every_unit_of_the_data_is_written_in_both_languages() -> None:
    units = {row.unit for row in shipped_plan().targets.values()}
    units |= {row.unit for row in catalogue().values()}
    for unit in sorted(units):
        for language in LANGUAGES:
            assert "_" not in unit_name(unit, language)
        assert (unit_name(unit, "vi") == "") == (unit_name(unit, "en") == "")


# Likelihoods

chances = st.floats(0, 1) | st.sampled_from(
    [edge + step for edge in (0.01, 0.1, 0.33, 0.66, 0.9, 0.99) for step in (-1e-12, 0, 1e-12)]
)


def test_the_bands_follow_one_another_from_zero_to_one() -> None:
    bands = likelihoods()
    assert bands[-1].low == 0
    assert bands[0].high > 1
    for higher, lower in itertools.pairwise(bands):
        assert higher.low == lower.high > lower.low
    assert len({band.code for band in bands}) == len({band.vi for band in bands}) == len(bands)
    assert len({band.en for band in bands}) == len(bands)


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (1, "gần như chắc chắn"),
        (0.99, "gần như chắc chắn"),
        (0.9899, "rất nhiều khả năng"),
        (0.9, "rất nhiều khả năng"),
        (0.66, "nhiều khả năng"),
        (0.6599, "khoảng 50/50"),
        (0.33, "khoảng 50/50"),
        (0.3299, "ít khả năng"),
        (0.1, "ít khả năng"),
        (0.0999, "rất ít khả năng"),
        (0.01, "rất ít khả năng"),
        (0.0099, "gần như không thể"),
        (0, "gần như không thể"),
    ],
)
def test_a_chance_has_the_word_of_the_method(chance: float, word: str) -> None:
    assert likelihood(chance).vi == word


@given(chances)
def test_every_chance_lies_in_the_band_of_its_word(chance: float) -> None:
    band = likelihood(chance)
    assert band.low <= chance < band.high


@given(chances, chances)
def test_a_higher_chance_has_no_lesser_word_and_no_lower_number(one: float, other: float) -> None:
    low, high = sorted([one, other])
    assert likelihood(low).low <= likelihood(high).low
    assert shown_chance(low) <= shown_chance(high)


@pytest.mark.parametrize("wrong", [-0.1, -1e-300, float("nan"), float("-inf")])
def test_what_is_no_chance_has_no_word(wrong: float) -> None:
    with pytest.raises(ValueError, match="is not a chance"):
        likelihood(wrong)


def read_chance(text: str) -> tuple[str, float]:
    """A chance as it is printed: its sign and its number."""
    printed = re.fullmatch(r"([<>]?)([0-9]+)([.,][0-9])?(?:/| in )([0-9]+)", text)
    assert printed is not None, text
    sign, whole, part, of = printed.groups()
    return sign, float(whole + (part or "").replace(",", ".")) / int(of)


@pytest.mark.parametrize("language", LANGUAGES)
@given(chances)
def test_a_printed_chance_never_leaves_the_band_of_its_word(
    language: Language, chance: float
) -> None:
    sign, number = read_chance(show_chance(chance, language))
    band = likelihood(chance)
    if sign == ">":
        assert number == pytest.approx(band.low)
    elif sign == "<":
        assert number == pytest.approx(band.high)
    else:
        assert likelihood(number) is band
        assert number == pytest.approx(shown_chance(chance))
        assert abs(number - chance) < 0.05


@given(chances)
def test_both_languages_print_the_same_chance(chance: float) -> None:
    assert read_chance(show_chance(chance, "vi")) == read_chance(show_chance(chance, "en"))


@pytest.mark.parametrize(
    ("chance", "vi", "en"),
    [
        (1, ">99/100", ">99 in 100"),
        (0.95, ">9/10", ">9 in 10"),
        (0.7, "7/10", "7 in 10"),
        (0.659, "6,5/10", "6.5 in 10"),
        (0.331, "3,5/10", "3.5 in 10"),
        (0.05, "<1/10", "<1 in 10"),
        (0, "<1/100", "<1 in 100"),
    ],
)
def test_a_chance_is_printed_in_tenths(chance: float, vi: str, en: str) -> None:
    assert (show_chance(chance, "vi"), show_chance(chance, "en")) == (vi, en)


def test_likely_and_unlikely_are_the_edges_of_about_even() -> None:
    assert (unlikely_to(), likely_from()) == (0.33, 0.66)
    assert likelihood(likely_from()).code == "likely"


# Numbers


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_is_the_same_in_both_languages_but_for_its_signs(
    value: float, decimals: int
) -> None:
    swapped = show(value, decimals, "vi").translate(str.maketrans(",.", ".,"))
    assert swapped == show(value, decimals, "en")
    plain = show(value, decimals, "en").replace(",", "").replace("\N{MINUS SIGN}", "-")
    assert float(plain) == pytest.approx(value, abs=10.0**-decimals)
    assert "-" not in show(value, decimals, "vi")


def test_numbers_are_printed_as_each_language_prints_them() -> None:
    assert (vietnamese(1249.94, 2), english(1249.94, 2)) == ("1.249,94", "1,249.94")
    assert (vietnamese(-0.5, 1), english(-0.5, 1)) == ("\N{MINUS SIGN}0,5", "\N{MINUS SIGN}0.5")
    assert vietnamese(-0.001, 2) == "0,00"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_difference_has_a_sign_unless_it_is_printed_as_nothing(
    value: float, decimals: int
) -> None:
    for language in LANGUAGES:
        text = signed(value, decimals, language)
        nothing = not re.search("[1-9]", text)
        assert text.startswith(("+", "\N{MINUS SIGN}")) != nothing
        assert text.startswith("+") <= (value > 0)


def test_nothing_is_printed_for_nothing() -> None:
    assert signed(None, 2, "vi") == number_or_blank(None, 2, "en") == ""
