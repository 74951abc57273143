"""Is what is handed over whole, tidy, the same in every format, and never held in memory?"""

import gc
import io
import itertools
import json
import math
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import pytest

from simulator.output import (
    COLUMNS,
    as_frame,
    as_json,
    as_rows,
    json_text,
    manifest_entry,
    whole_file,
    write_whole,
)
from simulator.pieces import (
    RUNS_IN_A_GROUP,
    as_arrow,
    as_csv,
    as_json_text,
    contents,
    cut,
    joined_csv,
    joined_json,
    manifest,
    write_parquet,
)
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.scenario_file import shipped_scenarios
from simulator.scorecard import Rules
from tests.scenario_texts import only_run
from tests.strategies import BASELINES, scenario

WORKSHOP = Workshop()
RUN_KEYS = ["scenario", "plan", "seed", "draws", "version", "hash"]
JSON_KEYS = [*RUN_KEYS, "quantities", "targets", "count"]
TARGET_KEYS = [
    *("name", "target", "sense", "plan_chance", "resolution", "word", "distance", "base"),
    *(
        "verdict",
        "method",
        "reason",
        "missing",
        "achievement",
        "expected_shortfall",
        "action",
        "evidence",
    ),
]
COUNT_KEYS = ["scored", "met", "plan", "resolution", "structure", "outside_view"]


def pieces(results: Iterable[Result], write: Callable[[Result], bytes]) -> Iterator[bytes]:
    return contents(cut(result, write) for result in results)


def csv_parts(results: Iterable[Result]) -> Iterator[bytes]:
    return joined_csv(pieces(results, as_csv))


def json_parts(results: Iterable[Result], *, single: bool) -> Iterator[bytes]:
    return joined_json(pieces(results, as_json_text), single=single)


def write_table(file: BinaryIO, results: Iterable[Result]) -> None:
    write_parquet(file, pieces(results, as_arrow))


def run(told: Scenario | None = None, rules: Rules | None = None, **options: Any) -> Result:
    return WORKSHOP.run(told or scenario(), rules, **options)


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    """Runs of every kind: drawn, central, solved, with baselines, under every rule."""
    plan = replace(only_run(shipped_scenarios()["plan"]), draws=64)
    rules = Rules(rounding=False, scope="clause", slack=True, pool=True)
    return {
        "drawn": run(),
        "central": run(deterministic=True),
        "solved": run(plan),
        "solved, central": run(plan, deterministic=True),
        "baselines": run(scenario(typed_baselines=BASELINES)),
        "other rules": run(rules=rules),
        "other rules, central": run(rules=rules, deterministic=True),
    }


def numbers(document: Any) -> Iterator[float]:
    if isinstance(document, dict):
        document = list(document.values())
    if isinstance(document, list):
        yield from itertools.chain.from_iterable(map(numbers, document))
    if isinstance(document, float):
        yield document


# JSON


def test_a_run_has_the_documented_keys(results: dict[str, Result]) -> None:
    for name, result in results.items():
        document = as_json(result)
        assert list(document) == JSON_KEYS + ["plan_solution"] * ("solved" in name)
        assert list(document["count"]) == COUNT_KEYS
        slack = [] if "other rules" not in name else ["slack_chance"]
        for target in document["targets"]:
            assert [key for key in target if key not in slack] == TARGET_KEYS


def test_a_run_names_every_target_of_the_plan_once_and_in_order(
    results: dict[str, Result],
) -> None:
    for result in results.values():
        names = [target["name"] for target in as_json(result)["targets"]]
        assert names == list(result.card.projection.plan.targets)


def test_a_run_holds_every_quantity_with_quantiles_in_order(results: dict[str, Result]) -> None:
    for name, result in results.items():
        document = as_json(result)
        assert set(result.card.projection.quantities) <= set(document["quantities"])
        for spread in document["quantities"].values():
            assert list(spread) == (["value"] if "central" in name else ["p10", "p50", "p90"])
            assert list(spread.values()) == sorted(spread.values())


def test_every_number_is_finite_and_every_text_is_json(results: dict[str, Result]) -> None:
    for result in results.values():
        document = as_json(result)
        assert all(map(math.isfinite, numbers(document)))
        assert json.loads(json_text(document)) == document


def test_the_central_run_draws_nothing_and_says_so(results: dict[str, Result]) -> None:
    document = as_json(results["central"])
    assert document["draws"] == 0
    assert document["count"]["plan"] is None
    assert all(target["plan_chance"] is None for target in document["targets"])


def test_a_resolution_is_the_bounds_around_the_plan_chance(results: dict[str, Result]) -> None:
    for target in as_json(results["drawn"])["targets"]:
        if target["resolution"] is not None:
            low, high = target["resolution"]
            assert 0 <= low <= high <= 1
            if low < high:
                assert target["plan_chance"] in (low, high)


def test_json_holds_vietnamese_letters_as_they_are() -> None:
    assert json_text({"tên": "Điện Biên"}) == '{\n  "tên": "Điện Biên"\n}'


def test_what_is_no_number_is_never_written() -> None:
    for endless in (math.nan, math.inf):
        with pytest.raises(ValueError, match="Out of range"):
            json_text({"a": endless})


def test_one_run_is_an_object_and_several_are_an_array(results: dict[str, Result]) -> None:
    two = [results["drawn"], results["central"]]
    one = b"".join(json_parts(iter(two[:1]), single=True))
    assert json.loads(one) == as_json(two[0])
    for some in ([], two[:1], two):
        text = b"".join(json_parts(iter(some), single=False))
        assert json.loads(text) == [as_json(result) for result in some]
        assert text.decode().rstrip() == json_text([as_json(result) for result in some])
    assert json.loads(b"".join(json_parts(iter([]), single=True))) == []


# The tidy table


def test_every_quantity_and_target_is_a_row(results: dict[str, Result]) -> None:
    for result in results.values():
        document = as_json(result)
        rows = list(as_rows(result))
        named = [(row["role"], row["name"]) for row in rows]
        assert named == [("quantity", name) for name in document["quantities"]] + [
            ("target", target["name"]) for target in document["targets"]
        ]
        for row in rows:
            assert {key: row[key] for key in RUN_KEYS} == {key: document[key] for key in RUN_KEYS}
            assert row["unit"] or row["name"].startswith("reference_")


def test_no_key_of_a_row_is_lost_in_the_table(results: dict[str, Result]) -> None:
    for result in results.values():
        for row in as_rows(result):
            assert set(row) <= set(COLUMNS)


def test_the_table_has_the_same_columns_and_types_whatever_the_runs(
    results: dict[str, Result],
) -> None:
    kinds = [as_frame([result]).dtypes.to_dict() for result in results.values()]
    assert all(kind == as_frame([]).dtypes.to_dict() for kind in kinds)
    assert list(kinds[0]) == list(COLUMNS)


def test_the_table_says_what_the_json_says(results: dict[str, Result]) -> None:
    for result in results.values():
        document = as_json(result)
        frame = as_frame([result]).set_index(["role", "name"])
        for name, spread in document["quantities"].items():
            assert {key: frame.loc[("quantity", name), key] for key in spread} == spread
        for target in document["targets"]:
            row = frame.loc[("target", target["name"])]
            for key in ("plan_chance", "distance", "verdict", "word", "action", "slack_chance"):
                given = target.get(key)
                assert row[key] == given if given is not None else pd.isna(row[key])
            if target["resolution"] is not None:
                assert [row["resolution_low"], row["resolution_high"]] == target["resolution"]


def test_csv_and_parquet_hold_the_same_table(results: dict[str, Result], tmp_path: Path) -> None:
    some = list(results.values())
    whole = as_frame(some)
    text = b"".join(csv_parts(some))
    assert text.decode() == whole.to_csv(index=False, lineterminator="\n")
    read = pd.read_csv(io.BytesIO(text), dtype=COLUMNS)
    pd.testing.assert_frame_equal(read, whole)
    with (tmp_path / "table.parquet").open("wb") as file:
        write_table(file, some)
    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / "table.parquet"), whole, check_exact=True
    )


def test_no_runs_make_an_empty_table(tmp_path: Path) -> None:
    assert b"".join(csv_parts([])).decode().split(",")[0] == "scenario"
    with (tmp_path / "table.parquet").open("wb") as file:
        write_table(file, [])
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "table.parquet"), as_frame([]))


@pytest.mark.parametrize("many", [RUNS_IN_A_GROUP - 1, 2 * RUNS_IN_A_GROUP + 1])
def test_tables_keep_every_run_across_their_groups(
    many: int, results: dict[str, Result], tmp_path: Path
) -> None:
    some = [results["central"]] * many
    with (tmp_path / "table.parquet").open("wb") as file:
        write_table(file, some)
    rows = many * len(as_frame(some[:1]))
    assert len(pd.read_parquet(tmp_path / "table.parquet", columns=["name"])) == rows
    assert b"".join(csv_parts(some)).count(b"\n") == rows + 1


# Memory


CONSUMERS: dict[str, Callable[[Iterator[Result]], Any]] = {
    "csv": lambda results: b"".join(csv_parts(results)),
    "json": lambda results: b"".join(json_parts(results, single=False)),
    "parquet": lambda results: write_table(io.BytesIO(), results),
}


@pytest.mark.parametrize("form", CONSUMERS)
def test_draws_of_a_run_are_let_go_before_the_next_but_one(form: str) -> None:
    alive: list[weakref.ref[Result]] = []
    most = 0

    def coming() -> Iterator[Result]:
        nonlocal most
        for seed in range(4):
            result = run(scenario(seed=seed))
            alive.append(weakref.ref(result))
            yield result
            del result
            gc.collect()
            most = max(most, sum(reference() is not None for reference in alive))

    CONSUMERS[form](coming())
    assert most <= 1


# The manifest


def test_the_manifest_says_what_was_run_and_what_failed(results: dict[str, Result]) -> None:
    entry = cut(results["drawn"], as_csv).entry
    told = json.loads(b"".join(manifest([entry], ["b.yaml", "a.yaml"])))
    assert list(told) == ["version", "time", "runs", "failed", "not_run"]
    assert told["failed"] == ["a.yaml", "b.yaml"]
    assert told["runs"] == [
        {
            key: as_json(results["drawn"])[key]
            for key in ("scenario", "plan", "hash", "seed", "draws")
        }
    ]
    written = datetime.fromisoformat(told["time"])
    assert abs(datetime.now(written.tzinfo) - written) < timedelta(minutes=1)


def test_the_manifest_and_the_results_agree_on_the_draws(results: dict[str, Result]) -> None:
    for result in results.values():
        assert manifest_entry(result)["draws"] == as_json(result)["draws"]


# Whole files


def test_a_file_is_replaced_whole_with_its_folder_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "results.csv"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [found.name for found in path.parent.iterdir()] == ["results.csv"]
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, OSError, SystemExit])
def test_a_file_whose_writing_breaks_stays_as_it_was(
    fault: type[BaseException], tmp_path: Path
) -> None:
    path = tmp_path / "results.csv"
    write_whole(path, b"old")

    def write_in_part() -> None:
        with whole_file(path) as file:
            file.write(b"ne")
            raise fault

    with pytest.raises(fault):
        write_in_part()
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["results.csv"]


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "results.csv").mkdir()
    with pytest.raises(OSError, match=r"results\.csv"):
        write_whole(tmp_path / "results.csv", b"new")
    assert [found.name for found in tmp_path.iterdir()] == ["results.csv"]
