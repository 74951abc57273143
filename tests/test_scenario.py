"""Does a scenario say what it was told, and come back the same from the text it is written as?"""

import math
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.scenario import Scenario, dump, number_problem, read_setting
from simulator.yaml_text import read_yaml
from tests.runs import few
from tests.scenario_texts import anything, file_changes, file_settings, only_run, plain, write
from tests.strategies import BASELINES, catalogue, scenario
from tests.track.years import told_observations

NAMES = sorted(catalogue())
SWITCH, LOG, LOGIT, IDENTITY = (
    next(name for name in NAMES if catalogue()[name].link == link and catalogue()[name].low <= 0)
    for link in ("switch", "log", "logit", "identity")
)


def read(value: Any, name: str) -> Setting | tuple[str, str]:
    return read_setting(value, catalogue()[name])


# Round trips


@few
@pytest.mark.parametrize("name", NAMES)
@given(st.data())
def test_a_setting_comes_home_from_what_is_written(name: str, data: st.DataObject) -> None:
    setting = data.draw(file_settings(name))
    assert read(plain(setting), name) == setting


@st.composite
def whole_scenarios(draw: st.DrawFn) -> Scenario:
    """Any scenario that a file can hold."""
    said = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=40)
    typed = st.dictionaries(st.sampled_from(sorted(BASELINES)), st.floats(0, 100), max_size=3)
    return Scenario(
        name="told",
        changes=draw(file_changes()),
        typed_baselines=draw(typed),
        draws=2 ** draw(st.integers(1, 17)),
        seed=draw(st.integers(0, 2**63 - 1)),
        plan="dien_bien_2020",
        title_vi=draw(said),
        title_en=draw(said),
        because_vi=draw(said),
        because_en=draw(said),
        solve=draw(st.none() | st.just("plan")),
        observations=tuple(dict.fromkeys(draw(st.lists(told_observations(), max_size=3)))),
        as_of=draw(st.none() | st.dates()),
    )


@given(whole_scenarios())
def test_a_scenario_comes_home_from_its_file(told: Scenario) -> None:
    with tempfile.TemporaryDirectory() as folder:
        once = only_run(write(Path(folder), "told", dump(told)))
        assert once == told
        assert dump(once) == dump(told)
        assert once.hash("plan", "1") == told.hash("plan", "1")


@given(st.sampled_from(["1e-3", "no", "015", "2020-01-01", "null", "~", "- a", "a: b", "# x", ""]))
def test_a_title_that_looks_like_something_else_stays_text(title: str) -> None:
    document = read_yaml(dump(replace(scenario(), title_en=title)), "")[0]
    assert document["title"]["en"] == title


# What a change may say


@given(st.sampled_from(NAMES), anything)
def test_any_value_is_a_setting_or_told_in_one_line(name: str, value: Any) -> None:
    found = read(value, name)
    if not isinstance(found, Setting):
        wrong, allowed = found
        assert wrong
        assert allowed
        assert "\n" not in wrong + allowed


@given(st.sampled_from(NAMES), anything)
def test_every_part_of_a_setting_lies_in_the_range(name: str, value: Any) -> None:
    found = read(value, name)
    if isinstance(found, Setting):
        row = catalogue()[name]
        parts = [part for part in (found.p10, found.centre, found.p90) if part is not None]
        assert parts == sorted(parts)
        assert row.low <= parts[0] <= parts[-1] <= row.high


@pytest.mark.parametrize("name", NAMES)
def test_the_ends_of_the_range_are_allowed_and_nothing_beyond(name: str) -> None:
    row = catalogue()[name]
    for form in (lambda x: x, lambda x: {"fixed": x}):
        assert isinstance(read(form(row.low), name), Setting)
        assert isinstance(read(form(row.high), name), Setting)
        for outside in (math.nextafter(row.low, -math.inf), math.nextafter(row.high, math.inf)):
            assert not isinstance(read(form(outside), name), Setting)


@pytest.mark.parametrize(
    ("name", "value", "wrong", "allowed"),
    [
        ("services_growth", 9, "9 is out of range", "-0.1 to 0.2 (a share: 9% is 0.09)"),
        ("services_growth", -9, "-9 is out of range", "-0.1 to 0.2"),
        ("services_growth", math.nan, "nan is out of range", "-0.1 to 0.2"),
        ("services_growth", "fast", "is 'fast', not a number", "-0.1 to 0.2"),
        ("services_growth", True, "is true, not a number", "-0.1 to 0.2"),
        ("services_growth", None, "is empty, not a number", "-0.1 to 0.2"),
        ("services_growth", [0.07], "is a list, not a number", "-0.1 to 0.2"),
        ("services_growth", "2020-01-01", "is '2020-01-01', not a number", "-0.1 to 0.2"),
        (
            "services_growth",
            "0,07",
            "is '0,07', not a number",
            "-0.1 to 0.2, with a dot as the decimal sign: 0.07",
        ),
        (
            "services_growth",
            "7%",
            "is '7%', not a number",
            "-0.1 to 0.2, without %: 9% is 0.09 in a share, 9 in percent",
        ),
        (
            "services_growth",
            {"fixd": 0.07},
            "is {fixd: 0.07}",
            "a number, {fixed: x} or {p10: x, p50: y, p90: z}",
        ),
        (
            "services_growth",
            {"p10": 0.07, "p90": 0.09},
            "is {p10: 0.07, p90: 0.09}",
            "a number, {fixed: x} or {p10: x, p50: y, p90: z}",
        ),
        (
            "services_growth",
            {"fixed": 9},
            "fixed 9 is out of range",
            "-0.1 to 0.2 (a share: 9% is 0.09)",
        ),
        (
            "services_growth",
            {"p10": 0.05, "p50": "0,07", "p90": 0.09},
            "p50 is '0,07', not a number",
            "-0.1 to 0.2, with a dot as the decimal sign: 0.07",
        ),
        (
            "services_growth",
            {"p10": 0.09, "p50": 0.06, "p90": 0.08},
            "quantiles out of order: 0.09, 0.06, 0.08",
            "p10 <= p50 <= p90",
        ),
        (
            SWITCH,
            {"p10": 0, "p50": 0.5, "p90": 1},
            "quantiles on a switch",
            "a probability or {fixed: 0 or 1}",
        ),
        (SWITCH, {"fixed": 0.5}, "fixed is 0.5 on a switch", "0, 1 or a bare probability"),
        (
            LOG,
            {"p10": 0, "p50": 0.01, "p90": 0.02},
            "quantiles at the end of the range",
            "values inside it, or {fixed: x}",
        ),
        (
            LOGIT,
            {"p10": 0.5, "p50": 0.9, "p90": 1},
            "quantiles at the end of the range",
            "values inside it, or {fixed: x}",
        ),
    ],
)
def test_what_is_wrong_and_what_is_allowed(name: str, value: Any, wrong: str, allowed: str) -> None:
    assert read(value, name) == (wrong, allowed)


def test_equal_quantiles_are_allowed() -> None:
    assert read({"p10": 0.0, "p50": 0.0, "p90": 0.0}, IDENTITY) == Setting(0.0, p10=0.0, p90=0.0)


@given(
    st.integers() | st.floats() | st.integers(10**300, 10**320),
    st.floats(-1e9, 1e9),
    st.floats(0, 1e9) | st.just(math.inf),
)
def test_a_number_is_wrong_only_outside_its_range(value: float, low: float, width: float) -> None:
    high = low + width
    fits = low <= value <= high and value <= 1.7976931348623157e308
    assert (number_problem(value, low, high) is None) == fits


def test_a_range_without_an_end_still_wants_a_number() -> None:
    for endless in (math.inf, math.nan, 10**400):
        wrong = number_problem(endless, 0.0, math.inf)
        assert wrong is not None
        assert wrong[1] == "0 or more"


# Hashes and titles

OTHERS = {
    "changes": {"services_growth": Setting(0.07)},
    "typed_baselines": {"urban_clean_water": 98.0},
    "draws": 128,
    "seed": 1,
    "solve": "plan",
}


@pytest.mark.parametrize("part", OTHERS)
def test_the_hash_changes_with_all_that_decides_the_numbers(part: str) -> None:
    other = replace(scenario(), **{part: OTHERS[part]})  # type: ignore[arg-type]
    assert other.hash("plan", "1") != scenario().hash("plan", "1")


def test_the_hash_changes_with_the_plan_and_the_version() -> None:
    hashes = {scenario().hash(*given) for given in [("a", "1"), ("b", "1"), ("a", "2")]}
    assert len(hashes) == 3


def test_the_hash_tells_how_a_change_is_made() -> None:
    settings = [
        Setting(0.07),
        Setting(0.07, fixed=True),
        Setting(0.07, p10=0.07, p90=0.07),
        Setting(0.07, p10=0.06, p90=0.08),
    ]
    assert len({scenario({IDENTITY: row}).hash("a", "1") for row in settings}) == len(settings)


@given(file_changes())
def test_the_hash_knows_neither_the_order_of_changes_nor_what_a_scenario_is_called(
    changes: dict[str, Setting],
) -> None:
    turned = scenario(dict(reversed(changes.items())))
    called = replace(turned, name="b", title_vi="c", title_en="d", because_vi="e", because_en="f")
    assert called.hash("a", "1") == scenario(changes).hash("a", "1")


def test_a_scenario_without_a_title_is_called_by_its_name() -> None:
    told = replace(scenario(), title_vi="Hạn")
    assert told.title("vi") == "Hạn"
    assert told.title("en") == told.name


def test_the_hash_tells_a_central_run_and_other_rules_apart() -> None:
    readings = ("", "central ", "Rules(rounding=False)")
    assert len({scenario().hash("a", "1", reading) for reading in readings}) == len(readings)
