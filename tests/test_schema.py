"""Does the schema say of scenario files what the reader says, and is the kept one current?"""

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from simulator.assumptions import Setting
from simulator.resources import shipped
from simulator.scenario_file import Sheet, shipped_scenarios
from simulator.schema import scenario_schema
from simulator.yaml_text import read_yaml
from tests.scenario_texts import (
    BAD_TEN,
    anything,
    file_changes,
    plain,
    problems_of,
    vocabulary,
    write,
)
from tests.strategies import BASELINES, catalogue
from tests.test_scenario_file import WRONG_TYPES

SCHEMA = scenario_schema(vocabulary())
VALIDATOR = Draft202012Validator(SCHEMA)
README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")

OUT_OF_REACH = {"doubled_key", "circle", "latin_1", "alias_bomb", "out_of_order", "empty"}
"""Of the bad ten, those that no schema sees: they are not values, or compare several of them."""


def accepts(document: Any) -> bool:
    return VALIDATOR.is_valid(document)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_kept_schema_is_current() -> None:
    kept = (shipped("scenarios") / "scenario.schema.json").read_text(encoding="utf-8")
    assert json.loads(kept) == SCHEMA, "simulator schema > scenarios/scenario.schema.json"


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_shipped_scenario_is_accepted(name: str) -> None:
    document = read_yaml(shipped_scenarios()[name].read_text(encoding="utf-8"), name)[0]
    VALIDATOR.validate(document)


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_shipped_scenario_tells_editors_of_the_schema(name: str) -> None:
    first = shipped_scenarios()[name].read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=scenario.schema.json"


def test_the_example_of_the_readme_is_accepted_and_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    VALIDATOR.validate(read_yaml(example, "example")[0])
    assert problems_of(write(tmp_path, "example", example)) == ()


@pytest.mark.parametrize("name", BAD_TEN)
def test_the_bad_ten_are_refused_where_a_schema_can(name: str) -> None:
    if name in OUT_OF_REACH:
        return
    content = BAD_TEN[name][0].decode()
    assert not accepts(read_yaml(content, name)[0])


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in WRONG_TYPES.items() for value in values]
)
def test_a_value_of_the_wrong_type_is_refused(key: str, value: Any) -> None:
    taken_by_schemas = (value == 64.0 and isinstance(value, float)) or value == "2020-13-01"
    assert accepts({key: value}) == taken_by_schemas


@pytest.mark.parametrize("name", [*Sheet.model_fields, "changed"])
def test_every_key_of_a_file_is_known_and_no_other(name: str) -> None:
    assert (name in SCHEMA["properties"]) == (name in Sheet.model_fields)


# The schema against the reader


@st.composite
def whole_documents(draw: st.DrawFn) -> dict[str, Any]:
    """Documents that the reader takes, and some that it does not."""

    def said(changes: dict[str, Setting]) -> dict[str, Any]:
        return {name: plain(setting) for name, setting in changes.items()}

    texts = st.text(st.characters(exclude_categories=["C"]), max_size=5)
    both = st.dictionaries(st.sampled_from(["vi", "en"]), texts)
    changes = file_changes(3).map(said)
    axes = st.sampled_from(["services_growth", "drought_severity"])
    keys = {
        "title": both,
        "because": both | texts,
        "extends": st.sampled_from(["trend", [], ["trend", "no_shock"]]),
        "plan": st.just("dien_bien_2020"),
        "draws": st.sampled_from([2, 64, 2**17, 100, 0]),
        "seed": st.integers(-1, 2**63),
        "solve": st.just("plan"),
        "changes": changes,
        "typed_baselines": st.dictionaries(
            st.sampled_from([*BASELINES, "grdp_growth"]), st.floats(-1, 101), max_size=3
        ),
        "sweep": st.fixed_dictionaries(
            {"grid": st.dictionaries(axes, st.lists(st.sampled_from([0, 0.1, 0.2, 1]), max_size=3))}
        )
        | st.fixed_dictionaries(
            {
                "list": st.lists(
                    st.fixed_dictionaries({"changes": changes}, optional={"name": texts}),
                    max_size=3,
                )
            }
        ),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(keys)), max_size=4, unique=True))
    document = {key: draw(keys[key]) for key in chosen}
    if draw(st.booleans()):
        document[draw(st.sampled_from([*keys, "key"]))] = draw(anything)
    return document


SEEN_BY_READERS_ONLY = (
    "quantiles out of order",
    "doubled point",
    "change it differently",
    "no such file",
    "circular",
    "is neither a shipped plan",
    "control character",
    "number of",
)


@given(whole_documents())
def test_the_schema_takes_what_the_reader_takes_and_refuses_the_rest(
    document: dict[str, Any],
) -> None:
    text = json.dumps(document, ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        problems = problems_of(write(Path(folder), "any", text))
    told = [problem.wrong for problem in problems]
    if any(said in wrong for wrong in told for said in SEEN_BY_READERS_ONLY):
        return
    if accepts(document):
        assert all(".0" in wrong for wrong in told), "whole numbers may be written 1.0 in JSON"
    else:
        assert told


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_the_schema_shows_an_editor_range_unit_and_both_titles(name: str) -> None:
    row = catalogue()[name]
    shown = SCHEMA["$defs"][name]
    assert row.title_vi in shown["title"]
    assert row.title_en in shown["title"]
    assert row.unit in shown["description"]
    assert shown["default"] == row.centre
    assert accepts({"changes": {name: row.low}})
    assert accepts({"changes": {name: {"fixed": row.high}}})
    assert not accepts({"changes": {name: row.high + 1}})


def test_names_are_completed_wherever_a_change_is_written() -> None:
    names = set(catalogue())
    properties = SCHEMA["properties"]
    assert set(properties["changes"]["properties"]) == names
    assert set(properties["sweep"]["properties"]["grid"]["properties"]) == names
    point = properties["sweep"]["properties"]["list"]["items"]
    assert set(point["properties"]["changes"]["properties"]) == names
    assert set(properties["typed_baselines"]["properties"]) == set(vocabulary().baselines)
