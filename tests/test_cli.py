"""Does the command line do what it says, in every format, and fail in words with the right code?"""

import io
import json
import os
import re
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from simulator.cli import app
from simulator.figures import english, vietnamese
from simulator.output import COLUMNS
from simulator.run import Workshop, product_version
from simulator.scenario_file import shipped_scenarios
from simulator.schema import scenario_schema
from tests.scenario_texts import BAD_TEN, PLAN, vocabulary, write
from tests.strategies import catalogue, shipped_model, shipped_plan
from tests.test_output import JSON_KEYS
from tests.test_reference import EPIDEMIC, FROZEN, TREND

ROOT = Path(__file__).parent.parent
COLOURS = "\x1b["
FAST = ("--draws", "64")


def simulator(*words: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, list(words), env=env, prog_name="simulator")


def done(*words: str) -> str:
    """What a command prints that is done without a word of complaint."""
    result = simulator(*words)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def document(*words: str) -> Any:
    return json.loads(done("run", *words, "--format", "json"))


def refused(*words: str) -> str:
    """What is said of a call that is wrong."""
    result = simulator(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def target(found: Any, name: str) -> Any:
    return next(row for row in found["targets"] if row["name"] == name)


def chances(found: Any) -> dict[str, float]:
    return {
        row["name"]: row["plan_chance"]
        for row in found["targets"]
        if row["plan_chance"] is not None
    }


# Numbers


def test_the_central_run_prints_the_reference_values() -> None:
    quantities = document("--deterministic")["quantities"]
    for name, digits in (TREND | FROZEN).items():
        decimals = len(digits.partition(".")[2])
        assert f"{quantities[name]['value']:.{decimals}f}" == digits, name


def test_a_switch_set_on_prints_the_reference_values_of_the_epidemic() -> None:
    quantities = document("--deterministic", "--set", "human_epidemic=1")["quantities"]
    for name, digits in EPIDEMIC.items():
        decimals = len(digits.partition(".")[2])
        assert f"{quantities[name]['value']:.{decimals}f}" == digits, name


def test_without_a_name_the_trend_is_run() -> None:
    assert done("run", *FAST, "--format", "json") == done("run", "trend", *FAST, "--format", "json")


# Formats


def test_json_is_an_object_of_one_run_and_an_array_of_several(tmp_path: Path) -> None:
    assert list(document("trend", *FAST)) == JSON_KEYS
    several = document("trend", "late_funds", *FAST)
    assert [list(found) for found in several] == [JSON_KEYS] * 2
    assert [found["scenario"] for found in several] == ["trend", "late_funds"]
    point = write(tmp_path, "own", "sweep: {grid: {price_growth: [0.03]}}\n")
    assert document(str(point), *FAST)["scenario"] == "own[price_growth=0.03]"


def test_json_stays_an_array_when_all_but_one_fail(tmp_path: Path) -> None:
    bad = write(tmp_path, "bad", "changes: {price_growth: 9}\n")
    result = simulator("run", "trend", str(bad), *FAST, "--format", "json")
    assert result.exit_code == 1
    assert [found["scenario"] for found in json.loads(result.stdout)] == ["trend"]


def test_a_run_alone_says_what_it_says_in_company() -> None:
    alone = document("late_funds", *FAST)
    assert document("trend", "late_funds", *FAST)[1] == alone


def test_csv_is_one_tidy_table() -> None:
    table = pd.read_csv(io.StringIO(done("run", "trend", "plan", *FAST, "--format", "csv")))
    assert list(table.columns) == list(COLUMNS)
    assert list(table["scenario"].unique()) == ["trend", "plan"]
    assert not table.duplicated(["scenario", "role", "name"]).any()


def test_parquet_needs_a_folder() -> None:
    assert refused("run", "--format", "parquet") == "--format: parquet: needs --out FOLDER\n"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("central", [True, False])
def test_the_table_names_every_target_in_the_language(language: str, central: bool) -> None:
    words = ["--deterministic"] if central else list(FAST)
    printed = done("run", *words, "--language", language)
    for row in shipped_plan().targets.values():
        assert (row.title_vi if language == "vi" else row.title_en) in printed
    shown = vietnamese if language == "vi" else english
    assert shown(1249.94, 2) in printed or shown(1245.0, 0) in printed
    assert COLOURS not in printed
    assert "{" not in printed
    assert PLAN in printed


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_plan_prints_what_must_be_true(language: str) -> None:
    printed = done("run", "plan", *FAST, "--language", language)
    assert "services_growth" in printed
    assert "{" not in printed


def test_brackets_and_colons_of_a_title_are_printed_as_they_are(tmp_path: Path) -> None:
    text = """
title: {vi: "[/b] :smile: [red]x"}
because: "[/i][link=http://a]"
sweep: {grid: {drought_severity: [0.1]}}
"""
    printed = done("run", str(write(tmp_path, "own", text)), *FAST)
    assert "[/b] :smile: [red]x (own[drought_severity=0.1])" in printed
    assert "[/i][link=http://a]" in printed


# Options


def test_set_changes_an_assumption_of_every_scenario() -> None:
    plain = document("trend", "no_shock", *FAST)
    moved = document("trend", "no_shock", *FAST, "--set", "services_growth=0.12")
    for before, after in zip(plain, moved, strict=True):
        growth = [found["quantities"]["grdp_growth"]["p50"] for found in (before, after)]
        assert growth[0] + 1 < growth[1]
        assert before["hash"] != after["hash"]


def test_set_says_what_a_file_would_say(tmp_path: Path) -> None:
    text = "changes:\n  services_growth: {p10: 7e-2, p50: 0.08, p90: 0.1}\n  human_epidemic: 0\n"
    written = document(str(write(tmp_path, "trend", text)), *FAST)
    words = ["--set", "services_growth={p10: 7e-2, p50: 0.08, p90: 0.1}"]
    assert document(*FAST, *words, "--set", "human_epidemic=0") == written


def test_set_to_the_centre_changes_no_number() -> None:
    centre = catalogue()["price_growth"].centre
    same = document(*FAST, "--set", f"price_growth={centre}")
    assert same["quantities"] == document(*FAST)["quantities"]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("price_growth", "--set: price_growth: has no value; allowed: NAME=VALUE"),
        ("price_growth=", "--set: price_growth: has no value; allowed: NAME=VALUE"),
        (
            "price_growth=9",
            "--set: price_growth: 9 is out of range; allowed: -0.05 to 0.12 (a share: 9% is 0.09)",
        ),
        (
            "price_growth=0,03",
            "--set: price_growth: is '0,03', not a number; allowed: -0.05 to 0.12, "
            "with a dot as the decimal sign: 0.03",
        ),
        (
            "price_growth=[",
            "--set: price_growth: is '[', not a number; allowed: -0.05 to 0.12",
        ),
        (
            "price_growth=&a [*a, *a]",
            "--set: price_growth: is '&a [*a, *a]', not a number; allowed: -0.05 to 0.12",
        ),
        (
            "price_growth={p10: 1}",
            "--set: price_growth: is {p10: 1}; allowed: a number, {fixed: x} or "
            "{p10: x, p50: y, p90: z}",
        ),
        (
            "price_groth=0.03",
            "--set: price_groth: unknown assumption; allowed: a name that `simulator list "
            "assumptions` prints; did you mean 'price_growth'?",
        ),
    ],
)
def test_a_wrong_set_is_told(word: str, message: str) -> None:
    assert refused("run", "--set", word) == message + "\n"


def test_a_typed_baseline_makes_a_scored_row() -> None:
    plain = document(*FAST)
    typed = document(*FAST, "--baseline", "urban_clean_water=98.5")
    assert target(plain, "urban_clean_water")["method"] == "reference_class"
    row = target(typed, "urban_clean_water")
    assert (row["method"], row["base"]) == ("simulated", 98.5)
    assert (plain["count"]["scored"], typed["count"]["scored"]) == (41, 42)
    assert "42" in done("run", *FAST, "--baseline", "urban_clean_water=98.5")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("urban_clean_water=170", "170 is out of range; allowed: 0 to 100"),
        ("urban_clean_water=.inf", "inf is out of range; allowed: 0 to 100"),
        ("doctors_per_10000=.inf", "inf is out of range; allowed: 0 or more"),
        ("doctors_per_10000=-1", "-1 is out of range; allowed: 0 or more"),
        ("urban_clean_water=true", "is true, not a number; allowed: 0 to 100"),
        ("urban_clean_watr=98", "did you mean 'urban_clean_water'?"),
        ("grdp_growth=7", "takes no typed baseline"),
    ],
)
def test_a_wrong_baseline_is_told(word: str, said: str) -> None:
    assert said in refused("run", "--baseline", word)


def test_the_seed_and_the_draws_decide_the_draws() -> None:
    first = document(*FAST, "--seed", "1")
    assert document(*FAST, "--seed", "1") == first
    assert document(*FAST, "--seed", "2")["quantities"] != first["quantities"]
    assert [document("--draws", draws)["draws"] for draws in ("2", "128")] == [2, 128]
    assert document(*FAST, "--seed", str(2**63 - 1))["seed"] == 2**63 - 1
    assert done("run", *FAST, "--seed", str(2**63 - 1), "--format", "csv")


@pytest.mark.parametrize(
    "words",
    [
        *(["--draws", word] for word in ("0", "-64", "100", "x", "1e3", str(2**18))),
        *(["--seed", word] for word in ("-1", "x", "1.5", str(2**63))),
        ["--format", "xml"],
        ["--scope", "all"],
        ["--language", "fr"],
        ["--plan", "nowhere"],
        ["--plan", ""],
        ["--nothing"],
    ],
)
def test_a_wrong_option_is_bad_usage(words: list[str]) -> None:
    assert refused("run", *words).strip()


def test_without_rounding_a_target_is_met_from_its_exact_value_on() -> None:
    rounded, exact = (chances(document(*words)) for words in ((), ("--no-rounding",)))
    assert all(exact[name] <= rounded[name] for name in rounded)
    assert exact != rounded


def test_the_scope_of_a_clause_judges_fewer_targets() -> None:
    bullet, clause = (document(*FAST, "--scope", scope) for scope in ("bullet", "clause"))
    judged = [found["count"]["resolution"]["judged"] for found in (bullet, clause)]
    assert judged[0] == 25 > judged[1]
    assert chances(bullet) == chances(clause)


def test_external_thresholds_slack_and_pool_change_what_they_say() -> None:
    plain = document()
    outside = document("--external-thresholds")
    changed = [
        row["name"]
        for row, other in zip(plain["targets"], outside["targets"], strict=True)
        if row != other
    ]
    assert changed
    for name in changed:
        low, high = target(outside, name)["resolution"]
        assert low == high
    slack = document("--slack")
    assert any("slack_chance" in row for row in slack["targets"])
    assert chances(slack) == chances(plain)
    assert chances(document("--pool")) != chances(plain)


# Files written


def test_every_format_writes_its_results_a_manifest_and_the_journal(tmp_path: Path) -> None:
    for form, names in [
        ("csv", ["changes.csv", "results.csv"]),
        ("parquet", ["changes.parquet", "results.parquet"]),
        ("json", ["results.json"]),
        ("table", ["results.txt"]),
    ]:
        out = tmp_path / form / "deep"
        assert done("run", "trend", "plan", *FAST, "--out", str(out), "--format", form) == ""
        found = {path.name for path in out.iterdir()}
        assert found == {"journal.sqlite", "manifest.json", *names}
        told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        assert [run["scenario"] for run in told["runs"]] == ["trend", "plan"]
        assert {run["draws"] for run in told["runs"]} == {64}
        assert told["failed"] == []


def test_a_folder_of_results_is_csv_unless_another_format_is_asked_for(tmp_path: Path) -> None:
    done("run", *FAST, "--out", str(tmp_path))
    assert (tmp_path / "results.csv").read_text(encoding="utf-8") == done(
        "run", *FAST, "--format", "csv"
    )


def test_all_shipped_scenarios_go_into_one_parquet_file(tmp_path: Path) -> None:
    folder = str(next(iter(shipped_scenarios().values())).parent)
    done("run", folder, *FAST, "--out", str(tmp_path), "--format", "parquet")
    table = pd.read_parquet(tmp_path / "results.parquet")
    assert list(table["scenario"].unique()) == list(shipped_scenarios())
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    hashes = table.groupby("scenario")["hash"].unique().map(list).to_dict()
    assert hashes == {run["scenario"]: [run["hash"]] for run in told["runs"]}


def test_what_the_table_prints_is_what_it_writes(tmp_path: Path) -> None:
    done("run", *FAST, "--out", str(tmp_path), "--format", "table")
    assert (tmp_path / "results.txt").read_text(encoding="utf-8") == done("run", *FAST)


def test_a_folder_that_cannot_be_written_is_bad_usage(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "taken" / "results.csv").mkdir(parents=True)
    for out in ("file", "file/below", "taken"):
        message = refused("run", *FAST, "--out", str(tmp_path / out))
        assert "cannot be written" in message
        assert message.count("\n") == 1
    assert [path.name for path in (tmp_path / "taken").iterdir()] == ["results.csv"]


# Bad scenarios


@pytest.fixture
def bad_ten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the bad ten and one good scenario, in the folder to work in."""
    (tmp_path / "all").mkdir()
    for name, (content, _) in BAD_TEN.items():
        (tmp_path / "all" / f"{name}.yaml").write_bytes(content)
    write(tmp_path / "all", "good", "changes: {services_growth: 0.07}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def messages() -> list[str]:
    return sorted(f"all/{message}" for _, message in BAD_TEN.values())


@pytest.mark.parametrize("form", ["csv", "parquet", "json", "table"])
def test_the_bad_ten_are_told_and_the_good_one_is_written(form: str, bad_ten: Path) -> None:
    result = simulator("run", "all", *FAST, "--out", "results", "--format", form)
    assert (result.exit_code, result.stdout) == (1, "")
    assert sorted(result.stderr.splitlines()) == messages()
    told = json.loads((bad_ten / "results" / "manifest.json").read_text(encoding="utf-8"))
    assert [run["scenario"] for run in told["runs"]] == ["good"]
    assert told["failed"] == sorted(f"all/{name}.yaml" for name in BAD_TEN)
    written = {path.name.partition(".")[0] for path in (bad_ten / "results").iterdir()}
    assert written - {"changes"} == {"journal", "manifest", "results"}


def test_the_bad_ten_are_told_by_check(bad_ten: Path) -> None:
    result = simulator("check", "all", "trend")
    assert result.exit_code == 1
    assert result.stdout == "12 files, 2 runs, 10 failed\n"
    assert sorted(result.stderr.splitlines()) == messages()


@pytest.mark.parametrize("name", BAD_TEN)
def test_a_bad_file_alone_fails_and_prints_no_result(name: str, bad_ten: Path) -> None:
    result = simulator("run", f"all/{name}.yaml", *FAST, "--format", "json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"all/{BAD_TEN[name][1]}\n"


def test_where_all_fail_an_empty_table_and_the_manifest_are_written(bad_ten: Path) -> None:
    result = simulator("run", "all/empty.yaml", "nothing", "--out", "results")
    assert result.exit_code == 1
    assert (bad_ten / "results" / "results.csv").read_text().count("\n") == 1
    told = json.loads((bad_ten / "results" / "manifest.json").read_text(encoding="utf-8"))
    assert (told["runs"], told["failed"]) == ([], ["all/empty.yaml", "nothing"])


def test_a_scenario_that_fails_while_running_stops_no_other(tmp_path: Path) -> None:
    endless = "changes: {new_ocop_products: {p10: 1e-300, p50: 1e-300, p90: 60}}\n"
    write(tmp_path, "endless", endless)
    result = simulator("run", str(tmp_path), "trend", "--format", "json")
    assert result.exit_code == 1
    assert [found["scenario"] for found in json.loads(result.stdout)] == ["trend"]
    assert result.stderr.startswith("endless: ocop_products: comes to no finite number")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=3))
def test_any_words_end_with_a_documented_code(words: list[str]) -> None:
    plain = [word for word in words if not word.startswith("-")]
    result = simulator("check", *plain)
    assert result.exit_code in {0, 1, 2}
    assert isinstance(result.exception, SystemExit | None)


# The other commands


def test_check_runs_nothing_and_says_how_many_are_right(tmp_path: Path) -> None:
    swept = write(tmp_path, "own", "sweep: {grid: {price_growth: [0.02, 0.03]}}\n")
    assert done("check", str(swept), "trend") == "2 files, 3 runs, 0 failed\n"


LISTED = {
    "assumptions": list(catalogue()),
    "targets": list(shipped_plan().targets),
    "scenarios": list(shipped_scenarios()),
    "equations": [*shipped_model().graph.order, *shipped_model().unprojected],
}


@pytest.mark.parametrize("kind", LISTED)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_list_holds_every_name(kind: str, language: str) -> None:
    printed = done("list", kind, "--language", language)
    first = [line.split()[0] for line in printed.splitlines() if line[:1].strip()]
    assert [name for name in LISTED[kind] if name not in first] == []
    assert COLOURS not in printed


def test_lists_speak_the_language() -> None:
    for kind in ("assumptions", "targets", "scenarios"):
        assert done("list", kind, "--language", "vi") != done("list", kind, "--language", "en")


NAMES = sorted(
    {*shipped_model().graph.equations, *shipped_model().graph.inputs, *shipped_plan().targets}
)


def test_every_name_is_shown_with_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workshop, "model", lambda *_: shipped_model())
    for name in NAMES:
        first, *rest = done("show", name).splitlines()
        assert first == name
        assert rest, name
        assert all(line.startswith("  ") for line in rest), name


def test_an_equation_is_shown_with_its_inputs_in_the_order_that_they_are_needed() -> None:
    printed = done("show", "tourism_revenue")
    for part in ("unit:", "inputs:", "def tourism_revenue(", "rests on, in this order:", "used by"):
        assert part in printed
    rests = printed.partition("rests on, in this order:")[2].partition("used by")[0].split()
    assert rests.index("international_visitors") < rests.index("visitors")


def test_a_misspelled_name_is_told_with_the_nearest() -> None:
    assert refused("show", "tourism_revenu") == (
        f"{PLAN}: tourism_revenu: unknown name; did you mean 'tourism_revenue'?\n"
    )


@pytest.mark.parametrize(
    "words", [["show", "grdp"], ["list", "targets"], ["list", "equations"], ["schema"]]
)
def test_a_plan_that_is_not_there_is_bad_usage(words: list[str]) -> None:
    assert "is neither a shipped plan nor a folder" in refused(*words, "--plan", "nowhere")


def test_a_plan_is_given_by_name_or_by_folder() -> None:
    folder = str(shipped_plan().folder)
    for words in (["show", "grdp"], ["list", "targets"], ["schema"]):
        assert done(*words, "--plan", folder) == done(*words, "--plan", PLAN) == done(*words)


def test_the_schema_is_printed() -> None:
    assert json.loads(done("schema")) == scenario_schema(vocabulary())


def test_the_version_is_printed() -> None:
    assert done("--version") == product_version() + "\n"


def test_help_names_every_command_and_the_exit_codes() -> None:
    printed = done("--help")
    for word in ("run", "check", "list", "show", "schema", "app", "Exit codes"):
        assert word in printed
    for command in ("run", "check", "list", "show", "schema", "app"):
        assert "Usage" in done(command, "--help")


def test_the_cockpit_is_served_on_this_machine_alone_and_tells_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    web = types.ModuleType("streamlit.web")
    served: list[list[str]] = []
    web.cli = types.SimpleNamespace(main=lambda: served.append(sys.argv))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "streamlit.web", web)
    monkeypatch.setattr(sys, "argv", ["simulator"])
    assert simulator("app", "--headless", "--port", "8600").exit_code == 0
    (words,) = served
    assert words[:2] == ["streamlit", "run"]
    assert Path(words[2]).name == "app.py"
    assert {
        "--server.address=127.0.0.1",
        "--server.port=8600",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
    } <= set(words)


# Completion


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "pwsh"])
def test_a_completion_script_is_produced(shell: str) -> None:
    result = simulator(env={"_SIMULATOR_COMPLETE": f"source_{shell}"})
    assert result.exit_code == 0
    assert "_SIMULATOR_COMPLETE" in result.stdout


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("run late", {"late_funds"}),
        ("run --set drought", {"drought_severity="}),
        ("show tourism_rev", {"tourism_revenue", "tourism_revenue_base"}),
        ("list s", {"scenarios"}),
        ("sche", {"schema"}),
    ],
)
def test_names_are_completed(typed: str, completed: set[str]) -> None:
    words = f"simulator {typed}"
    env = {
        "_SIMULATOR_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    assert completed <= set(simulator(env=env).stdout.split())


# Real shells


def shell(*words: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *words],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
        capture_output=True,
        check=False,
    )


def test_the_module_runs_from_anywhere_in_utf_8_without_colours(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    found = shell("run", "trend", "no_shock", *FAST, cwd=tmp_path, FORCE_COLOR="1", **plain)
    assert (found.returncode, found.stderr) == (0, b"")
    printed = found.stdout.decode("utf-8")
    assert "Khả năng đạt" in printed
    assert COLOURS not in printed
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_stops_early_gets_no_traceback() -> None:
    words = [sys.executable, "-m", "simulator", "run", "trend", "plan", *FAST, "--format", "csv"]
    with subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_errors_of_a_file_whose_name_is_no_text_are_printed(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.yaml")
    (tmp_path / name).write_bytes(b"")
    found = shell("run", ".", *FAST, "--out", "results", cwd=tmp_path)
    assert found.returncode == 1
    assert b"\\udcff.yaml:1: the file is empty" in found.stderr
    assert b"Traceback" not in found.stderr
    assert json.loads((tmp_path / "results" / "manifest.json").read_text())["failed"] == [
        "\\udcff.yaml"
    ]


def in_a_terminal(*words: str, cwd: Path) -> str:
    """What a command prints in a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "simulator", *words],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "200"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        printed = b""
        try:
            while part := os.read(ours, 65536):
                printed += part
        except OSError:  # the terminal is closed
            pass
    os.close(ours)
    return printed.decode("utf-8")


def test_a_terminal_gets_colours_and_a_file_none(tmp_path: Path) -> None:
    assert COLOURS in in_a_terminal("run", "--deterministic", cwd=tmp_path)
    words = ["run", "trend", "no_shock", *FAST, "--out", "results", "--format", "table"]
    in_a_terminal(*words, cwd=tmp_path)
    written = (tmp_path / "results" / "results.txt").read_text(encoding="utf-8")
    assert COLOURS not in written
    assert written == done("run", "trend", "no_shock", *FAST)


def test_the_installed_command_is_the_module() -> None:
    name = Path(sys.executable).parent / "simulator"
    if not name.is_file():
        pytest.skip("the command is not installed beside this Python")
    found = subprocess.run([name, "--version"], capture_output=True, check=False)
    assert re.fullmatch(rb"[0-9.]+\n|unpackaged\n", found.stdout)
