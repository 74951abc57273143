"""Does an address bring back exactly what was shown, and is every old or broken one survived?"""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.cockpit.address import BASELINE, KEPT, from_address, to_address
from simulator.scenario import LARGEST, read_setting
from tests.cockpit.sessions import HOSTILE, PLAN, some_moves, workshop
from tests.strategies import BASELINES, catalogue, shipped_plan

CATALOGUE = shipped_plan().catalogue
RANGES = workshop().vocabulary(PLAN).baselines


def read(address):
    return from_address(address, CATALOGUE, RANGES)


def as_file(setting):
    """What a scenario file says of a setting."""
    if setting.fixed:
        return {"fixed": setting.centre}
    if setting.p10 is not None:
        return {"p10": setting.p10, "p50": setting.centre, "p90": setting.p90}
    return setting.centre


@given(some_moves())
def test_an_address_brings_back_the_same_moves(moves):
    query = urlencode(to_address(moves))
    back, clamped = read(dict(parse_qsl(query)))
    assert back == moves
    assert not clamped
    assert urlencode(to_address(back)) == query


def test_the_trend_has_an_empty_address():
    assert to_address(read({})[0]) == {}


numbers = st.floats().map(repr) | st.sampled_from(
    ["", "0", "1", "1e999", "-1e999", "nan", "0x1", "1_0", "٣", " 1 ", HOSTILE]
)
garbage = (
    numbers
    | numbers.map("fixed:{}".format)
    | st.lists(numbers, max_size=4).map("~".join)
    | st.lists(numbers, max_size=4).map(lambda parts: "fixed:" + "~".join(parts))
    | st.text(max_size=12)
)
keys = (
    st.sampled_from([*catalogue(), *KEPT, "embed"])
    | st.sampled_from([*BASELINES, "grdp_growth", ""]).map(BASELINE.__add__)
    | st.text(max_size=12)
)


@given(st.dictionaries(keys, garbage, max_size=8))
def test_any_address_gives_moves_within_their_ranges_and_tells_what_it_left(address):
    moves, clamped = read(address)
    for name, setting in moves.changes.items():
        assert read_setting(as_file(setting), CATALOGUE.assumptions[name]) == setting
        assert setting != CATALOGUE.default(name)
    for name, value in moves.typed_baselines.items():
        assert RANGES[name][0] <= value <= min(RANGES[name][1], LARGEST)
    taken = {*moves.changes, *(BASELINE + name for name in moves.typed_baselines)}
    told = {entry.name for entry in clamped}
    for key in address:
        at_rest = key in CATALOGUE.assumptions
        assert key in {*taken, *KEPT} or key.removeprefix(BASELINE) in told or at_rest
    assert read(to_address(moves)) == (moves, [])


@given(st.sampled_from(sorted(catalogue())), st.floats(allow_nan=False))
def test_a_value_out_of_range_is_clamped_to_the_nearest_and_told(name, value):
    row = CATALOGUE.assumptions[name]
    moves, clamped = read({"v": "1", name: repr(value)})
    near = min(row.high, max(row.low, value))
    assert moves.changes.get(name, CATALOGUE.default(name)) == Setting(near)
    assert [entry.taken for entry in clamped] == ([] if near == value else [near])


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("fixed:7", Setting(1.0, fixed=True)),
        ("fixed:0.5", None),
        ("fixed:0~0.5~1", None),
        ("0~0.5~1", None),
        ("7", Setting(1.0)),
    ],
)
def test_a_switch_takes_only_what_a_switch_can_be(text, setting):
    name = next(name for name, row in catalogue().items() if row.link == "switch")
    moves, clamped = read({name: text})
    assert moves.changes.get(name) == setting
    assert len(clamped) == 1


def test_three_quantiles_are_clamped_each():
    row = CATALOGUE.assumptions["price_growth"]
    moves, clamped = read({"price_growth": f"{row.low - 1}~{row.centre}~{row.high + 1}"})
    assert moves.changes["price_growth"] == Setting(row.centre, p10=row.low, p90=row.high)
    assert [entry.taken for entry in clamped] == [row.centre]
