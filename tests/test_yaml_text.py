"""Does YAML enter as plain values with their lines, and is everything else refused in words?"""

import json
import math
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.records import InputError, Problem
from simulator.scenario_file import shipped_scenarios
from simulator.yaml_text import (
    DEEPEST,
    MOST_DIGITS,
    MOST_PROBLEMS,
    in_words,
    read_yaml,
    write_yaml,
)


def value(text: str) -> Any:
    return read_yaml(text, "file")[0]


def problems(text: str) -> tuple[Problem, ...]:
    try:
        read_yaml(text, "file")
    except InputError as error:
        return error.problems
    return ()


def only_problem(text: str) -> str:
    (problem,) = problems(text)
    return str(problem)


# Plain words


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("+1.5e+3", 1500.0),
        ("-2.5e-1", -0.25),
        (".5", 0.5),
        ("-.5", -0.5),
        ("1.", 1.0),
        ("0.10", 0.1),
        ("015", 15),
        ("08", 8),
        ("-0", 0),
        ("+7", 7),
        ("7", 7),
        ("1e400", math.inf),
        (".inf", math.inf),
        ("-.INF", -math.inf),
    ],
)
def test_a_number_is_what_an_analyst_reads(written: str, number: float) -> None:
    assert value(f"a: {written}") == {"a": number}
    assert type(value(f"a: {written}")["a"]) is type(number)


def test_what_is_not_a_number_can_be_written() -> None:
    assert math.isnan(value("a: .nan")["a"])


@pytest.mark.parametrize(
    "written",
    [
        *("no", "No", "yes", "on", "OFF", "y", "n"),
        *("2020-01-01", "2020-01-01 10:00:00", "1:30", "12:30:45"),
        *("0x1F", "0o17", "0b1", "1_000", "1__0", "1,5", "1.234,5", "9%", "1.2.3"),
        *("e5", "1e", "1e+", ".", "+", "-.", "inf", "nan", "NaN", "Infinity", "=", "١٢"),
    ],
)
def test_other_words_are_text(written: str) -> None:
    assert value(f"a: {written}") == {"a": written}


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_an_empty_value_is_none(written: str) -> None:
    assert value(f"a: {written}") == {"a": None}


@pytest.mark.parametrize(
    ("written", "truth"), [("true", True), ("True", True), ("FALSE", False), ("false", False)]
)
def test_true_and_false_are_truths(written: str, truth: bool) -> None:
    assert value(f"a: {written}")["a"] is truth


@pytest.mark.parametrize("written", ["1", "1e-3", "true", "null", "", "~", "no"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_is_quoted_is_text(written: str, quote: str) -> None:
    assert value(f"a: {quote}{written}{quote}") == {"a": written}


def test_block_text_is_text() -> None:
    assert value("a: |\n  1\nb: >-\n  2\n  3\n") == {"a": "1\n", "b": "2 3"}


# Round trips

letters = st.characters(
    categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters="\ufeff"
).filter(str.isprintable)
names = st.text(letters, min_size=1, max_size=12).filter(lambda name: name != "<<")
numberlike = st.sampled_from(
    ["1e-3", "1E3", "015", "08", ".5", "1.", "1:30", "2020-01-01", "0x1F", "1_000", ".inf", "-"]
)
wordlike = st.sampled_from(
    ["no", "~", "", "null", "true", "<<", "=", "- a", "a: b", "# a", "&a", "*a", "!a", "'", '"']
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False)
    | numberlike
    | wordlike
    | st.text(letters, max_size=90)
)
documents = st.dictionaries(
    names,
    st.recursive(
        scalars,
        lambda inside: st.lists(inside, max_size=4) | st.dictionaries(names, inside, max_size=4),
        max_leaves=12,
    ).filter(lambda found: depth(found) < DEEPEST),
    max_size=5,
)


def depth(found: Any) -> int:
    if not isinstance(found, dict | list):
        return 0
    inside = found.values() if isinstance(found, dict) else found
    return 1 + max(map(depth, inside), default=0)


@given(documents)
def test_what_is_written_reads_back_the_same(document: dict[str, Any]) -> None:
    assert repr(value(write_yaml(document))) == repr(document)


@given(st.text(st.sampled_from("ạ \n\té:#-'\"🐖"), max_size=30))
def test_lines_and_tabs_of_a_text_survive(text: str) -> None:
    assert value(write_yaml({"a": text})) == {"a": text}


@given(documents)
def test_json_is_read_as_json_reads_it(document: dict[str, Any]) -> None:
    def finite(found: Any) -> Any:
        if isinstance(found, dict):
            return {key: finite(part) for key, part in found.items()}
        if isinstance(found, list):
            return [finite(part) for part in found]
        return 0.5 if isinstance(found, float) and math.isinf(found) else found

    text = json.dumps(finite(document), ensure_ascii=False, allow_nan=False)
    assert repr(value(text)) == repr(json.loads(text))


@pytest.mark.parametrize("name", shipped_scenarios())
def test_the_shipped_files_read_as_any_yaml_reader_reads_them(name: str) -> None:
    text = shipped_scenarios()[name].read_text(encoding="utf-8")
    assert value(text) == yaml.safe_load(text)


# Lines


@given(documents)
def test_the_line_of_a_key_is_where_it_is_written(document: dict[str, Any]) -> None:
    text = write_yaml(document)
    lines = read_yaml(text, "file")[1]
    written = text.splitlines()
    for name in document:
        start = written[lines[(name,)] - 1].removeprefix("? ")
        assert start.startswith((name[0], "'", '"'))


def test_every_key_and_item_has_its_line() -> None:
    text = "a: 1\nb:\n  c: [1,\n    2]\n  d:\n  - e\n  - f: 3\n"
    assert read_yaml(text, "file")[1] == {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", "c"): 3,
        ("b", "c", 0): 3,
        ("b", "c", 1): 4,
        ("b", "d"): 5,
        ("b", "d", 0): 6,
        ("b", "d", 1): 7,
        ("b", "d", 1, "f"): 7,
    }


def test_lines_are_counted_whatever_ends_them() -> None:
    for end in ("\n", "\r\n", "\r"):
        lines = read_yaml(f"a: 1{end}# nothing{end}{end}b: 2{end}", "file")[1]
        assert lines[("b",)] == 4


# What is refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "file:1: the file is empty; allowed: a mapping of keys to values"),
        ("\n \n", "file:1: the file is empty; allowed: a mapping of keys to values"),
        ("# note\n", "file:1: the file is empty; allowed: a mapping of keys to values"),
        ("---\n", "file:1: the file is empty; allowed: a mapping of keys to values"),
        ("null\n", "file:1: the file is empty; allowed: a mapping of keys to values"),
        ("a: 1\n---\nb: 2\n", "file:2: a second document; allowed: one document"),
        ("a: &x 1\nb: *x", "file:2: alias *x; allowed: values written out, no aliases"),
        ("&x a: 1\n*x : 2", "file:2: alias *x; allowed: values written out, no aliases"),
        ("a:\n\tb: 1", "file:2: not YAML: a tab; allowed: spaces to indent"),
        ("a: 1\nb: @x", "file:2: not YAML: found character that cannot start any token"),
        ("a: 'x", "file:1: not YAML: found unexpected end of stream"),
        ("a: b: c", "file:1: not YAML: mapping values are not allowed in this context"),
        ("a: 1\n b: 2", "file:2: not YAML: mapping values are not allowed in this context"),
        ("%YAML 3.0\n---\na: 1", "file:1: not YAML: found incompatible YAML document"),
        (
            "a: 1\nb: \0",
            "file:2: not YAML: unacceptable character #x0000: control characters are not allowed",
        ),
        ("a: 1\nb: \ud800", "file:2: not UTF-8; allowed: text in UTF-8"),
        ("a: !!str 1", "file:1: tag !!str; allowed: plain values, no tags"),
        (
            "!!python/object/apply:os.system [id]",
            "file:1: tag !!python/object/apply:os.system; allowed: plain values, no tags",
        ),
        ("a: !local {}", "file:1: tag !local; allowed: plain values, no tags"),
        ("a: ! 1", "file:1: tag !; allowed: plain values, no tags"),
        (
            "a:\n  <<: {b: 1}",
            "file:2: <<: a merge key; allowed: values written out, or extends",
        ),
        (
            "a: {p10: 0,06}",
            "file:1: 6: a number in place of a name; "
            "allowed: names; the decimal sign is a dot, as in 0.06",
        ),
        ("1.5: a", "file:1: 1.5: a number in place of a name; allowed: names; the decimal sign "
         "is a dot, as in 0.06"),
        ("? [a]\n: 1", "file:1: a list: a key that is not text; allowed: names"),
        ("? {a: 1}\n: 1", "file:1: {a: 1}: a key that is not text; allowed: names"),
        ("~: 1", "file:1: empty: a key that is not text; allowed: names"),
        ("true: 1", "file:1: true: a key that is not text; allowed: names"),
        ('"a\\nb": 1', "file:1: 'a\\nb': a key that is not text; allowed: names"),
        ("draws\u00a0: 1", "file:1: 'draws\\xa0': a key that is not text; allowed: names"),
        (
            'a: "\\e[31mred"',
            "file:1: control character in '\\x1b[31mred'; allowed: plain text",
        ),
        ("a: 1\nb: 2\na: 3", "file:3: a: doubled key, first on line 1; allowed: every key once"),
        ("{a: 1, a: 1}", "file:1: a: doubled key, first on line 1; allowed: every key once"),
        (
            "a:\n  b:\n  - c: 1\n    d: 2\n    c: 3",
            "file:5: c: doubled key, first on line 3; allowed: every key once",
        ),
    ],
)  # fmt: skip
def test_the_one_thing_wrong_is_told_with_its_line(text: str, message: str) -> None:
    assert only_problem(text) == message


def test_every_doubled_key_is_told() -> None:
    assert [p.line for p in problems("a: 1\na: {b: 1, b: 2}\nc: 3\nc: 3\nc: 3\n")] == [2, 2, 4, 5]


def test_a_key_called_question_mark_keeps_its_line() -> None:
    assert read_yaml("'?': 1\nb: 2\n", "file")[1] == {(): 1, ("?",): 1, ("b",): 2}


def test_an_anchor_that_nothing_refers_to_does_no_harm() -> None:
    assert value("a: &x 1") == {"a": 1}


def test_a_billion_laughs_are_not_heard() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{of}'] * 9)}]\n"
        for of, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert only_problem(bomb).startswith("file:2: alias *a")


@pytest.mark.parametrize("opened", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_endless_nesting_is_refused(opened: str) -> None:
    assert "nested too deeply; allowed: at most 12 levels" in only_problem(opened * 100_000)


def test_nesting_is_allowed_down_to_the_deepest_level() -> None:
    def nested(levels: int) -> str:
        return "[" * levels + "1" + "]" * levels

    assert depth(value(nested(DEEPEST))) == DEEPEST
    assert "nested too deeply" in only_problem(nested(DEEPEST + 1))


def test_a_number_without_end_is_refused_before_it_is_read() -> None:
    assert value("a: " + "9" * MOST_DIGITS)["a"] == int("9" * MOST_DIGITS)
    assert only_problem("a: " + "9" * 100_000) == (
        "file:1: a number of 100000 digits; allowed: at most 400 digits"
    )


def test_a_flood_of_problems_is_cut_short() -> None:
    assert len(problems("1: a\n" * 10_000)) == MOST_PROBLEMS


@given(
    st.text()
    | st.text(st.sampled_from(list("{}[]:,-#&*!|>'\"%@`? \n\tab01.e+~<=\\\ufeff\x85")), max_size=40)
)
@example("\ud800")
@example("a: \U0010ffff")
@example("? ? ?\n")
@example("--- |\n\x00")
def test_any_text_gives_a_value_or_problems_with_a_line_in_it(text: str) -> None:
    for problem in problems(text):
        assert problem.file == "file"
        assert problem.line is not None
        assert 1 <= problem.line <= len(text.splitlines()) + 1
        assert "\n" not in str(problem)


# Words for values


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "empty"),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (0.1, "0.1"),
        (math.nan, "nan"),
        ("x", "'x'"),
        ("", "''"),
        ("a\nb", "'a\\nb'"),
        ([], "a list"),
        ([1, 2], "a list"),
        ({}, "{}"),
        ({"fixed": None}, "{fixed: empty}"),
        ({"p10": 0.1, "p50": [1]}, "{p10: 0.1, p50: a list}"),
    ],
)
def test_a_value_is_named_as_a_planner_would_name_it(found: Any, said: str) -> None:
    assert in_words(found) == said


@given(documents | st.integers() | st.text())
def test_a_value_is_named_in_a_few_words(found: Any) -> None:
    assert len(in_words(found)) <= 60
    assert "\n" not in in_words(found)
