"""Is a scenario file read strictly, with what it extends, and every fault told at once in one line?"""

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.records import LARGEST_FILE, InputError
from simulator.scenario_file import (
    MOST_EXTENDED,
    Sheet,
    find_scenario,
    read_scenario,
    shipped_scenarios,
)
from simulator.yaml_text import MOST_PROBLEMS
from tests.scenario_texts import (
    BAD_TEN,
    anything,
    file_text,
    only_problem,
    only_run,
    problems_of,
    write,
)


def fixed(**values: float) -> dict[str, Setting]:
    return {name: Setting(value, fixed=True) for name, value in values.items()}


def moved(**values: float) -> dict[str, Setting]:
    return {name: Setting(value) for name, value in values.items()}


RESURGENCE = moved(
    pig_biosecurity=0.12,
    newly_connected_herds=0.15,
    infected_pigs_at_start=200,
    swine_fever_introductions=0.002,
)
SHIPPED = {
    "trend": {},
    "plan": {},
    "no_shock": moved(
        infected_pigs_at_start=0,
        swine_fever_introductions=0,
        newly_connected_herds=0,
        drought_severity=0,
        foot_and_mouth_outbreak=0,
        human_epidemic=0,
    ),
    "asf_resurgence": RESURGENCE | moved(pig_restocking_rate=0.03),
    "fast_restock_no_bio": moved(
        pig_biosecurity=0.15, pig_restocking_rate=0.06, pig_pens_abandoned=0.3
    ),
    "fast_restock_bio": moved(
        pig_biosecurity=0.8, pig_restocking_rate=0.06, pig_pens_abandoned=0.3
    ),
    "drought_severe": moved(drought_severity=0.55),
    "epidemic_1month": moved(human_epidemic=1)
    | fixed(epidemic_months=1, epidemic_depth=0.6, epidemic_start=3),
    "epidemic_four_months": moved(human_epidemic=1)
    | fixed(epidemic_months=4, epidemic_depth=0.95, epidemic_start=2),
    "late_funds": moved(
        local_balance_disbursement=0.88,
        poverty_programme_disbursement=0.78,
        new_rural_programme_disbursement=0.78,
        target_programmes_disbursement=0.78,
        government_bonds_disbursement=0.65,
        foreign_capital_disbursement=0.3,
        other_local_disbursement=0.8,
        central_capital_disbursement=0.6,
        non_state_investment_growth=0.12,
        forest_cover_gain=0.3,
    ),
    "full_disbursement": moved(
        local_balance_disbursement=0.995,
        poverty_programme_disbursement=0.995,
        new_rural_programme_disbursement=0.995,
        target_programmes_disbursement=0.995,
        government_bonds_disbursement=0.99,
        foreign_capital_disbursement=0.95,
        other_local_disbursement=0.99,
        central_capital_disbursement=0.97,
        non_state_investment_growth=0.26,
    ),
    "combined_bad": RESURGENCE
    | moved(
        drought_severity=0.55,
        human_epidemic=1,
        foreign_capital_disbursement=0.3,
        new_rural_programme_disbursement=0.78,
        poverty_programme_disbursement=0.78,
        central_capital_disbursement=0.6,
    )
    | fixed(epidemic_months=2, epidemic_depth=0.8, epidemic_start=2),
    "information_december_2019": moved(
        pig_restocking_rate=0.015, pig_biosecurity=0.35, swine_fever_detection_delay=2.5
    ),
}
"""What the method says that the shipped scenarios change."""


# Shipped scenarios


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_changes_what_the_method_says(name: str) -> None:
    assert only_run(shipped_scenarios()[name]).changes == SHIPPED[name]


def test_only_the_plan_is_solved() -> None:
    solved = [name for name, path in shipped_scenarios().items() if only_run(path).solve]
    assert solved == ["plan"]


@pytest.mark.parametrize("name", shipped_scenarios())
def test_a_shipped_scenario_says_why_in_both_languages(name: str) -> None:
    run = only_run(shipped_scenarios()[name])
    assert all((run.title_vi, run.title_en, run.because_vi, run.because_en))
    assert (run.name, run.typed_baselines) == (name, {})


def test_every_scenario_of_the_method_is_shipped() -> None:
    assert set(SHIPPED) <= set(shipped_scenarios())


# The bad ten


@pytest.mark.parametrize("name", BAD_TEN)
def test_a_bad_file_gets_one_clear_message(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, message = BAD_TEN[name]
    (tmp_path / f"{name}.yaml").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert str(only_problem(Path(f"{name}.yaml"))) == message


# What a file may hold

WRONG_TYPES = {
    "title": ["text", 3, ["a"], {"vi": 3}, {"vi": None}, {"vi": ["a"]}],
    "because": [3, ["a"], {"vi": 3}, {"en": None}, True],
    "extends": [3, {"a": 1}, [3], [None], [["trend"]], True],
    "plan": [3, ["dien_bien_2020"], True],
    "draws": ["lots", 64.0, True, [64], 0, -64, 100, 2**18, 10**300],
    "seed": ["x", 1.5, True, -1, 2**63, [1]],
    "solve": ["plans", True, 1, ["plan"]],
    "changes": [3, "x", ["drought_severity"], True],
    "typed_baselines": [3, "x", ["urban_clean_water"]],
    "sweep": [3, "x", ["grid"], {}, {"grid": 3}, {"list": 3}, {"grid": {}}, {"list": []}],
    "observations": [3, "x", {"a": 1}, [3], True],
    "as_of": [3, "soon", ["2020-10-31"], True, "2020-13-01"],
}


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in WRONG_TYPES.items() for value in values]
)
def test_a_value_of_the_wrong_type_is_told_once_with_its_line(
    key: str, value: Any, tmp_path: Path
) -> None:
    path = write(tmp_path, "wrong", "\n\n" + file_text(**{key: value}))
    problem = only_problem(path)
    assert problem.line == 3
    assert problem.name.split(".")[0] in {key, "grid", "list"}
    assert problem.allowed
    assert "Input" not in str(problem)


def test_every_key_of_a_file_is_tried_with_a_wrong_type() -> None:
    assert set(WRONG_TYPES) == set(Sheet.model_fields)


@pytest.mark.parametrize("key", Sheet.model_fields)
def test_a_key_left_empty_is_told(key: str, tmp_path: Path) -> None:
    problem = only_problem(write(tmp_path, "empty", f"{key}:\n"))
    assert (problem.line, problem.name, problem.wrong) == (1, key, "is empty")
    assert problem.allowed.endswith("or leave the key out")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: {fr: a}", "1: title.fr: unknown key; allowed: vi, en"),
        ("because:\n  eng: a", "2: because.eng: unknown key; allowed: vi, en; did you mean 'en'?"),
        (
            "sweep:\n  gird: {}",
            "2: sweep.gird: unknown key; allowed: grid, list; did you mean 'grid'?",
        ),
        ("title:\n  vi: 2020", "2: title.vi: is 2020; allowed: text"),
        ("because:\n  vi: a\n  en: [b]", "3: because.en: is a list; allowed: text"),
        ("extends:\n- trend\n- 3", "3: extends.1: is 3; allowed: text"),
        ("just words", "1: the file holds 'just words'; allowed: a mapping of keys to values"),
        ("- a\n- b", "1: the file holds a list; allowed: a mapping of keys to values"),
        (
            "seed: -1",
            "1: seed: is -1; allowed: a whole number from 0 to 9223372036854775807",
        ),
        ("solve: plans", "1: solve: is 'plans'; allowed: plan"),
    ],
)  # fmt: skip
def test_a_fault_of_form_is_told_in_words(text: str, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, "form", text)
    assert str(only_problem(path)) == f"{path}:{message}"


def test_every_fault_is_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    text = "title: 3\nsolv: plan\nbecause:\n  vi: 4\ndraws: x\nseed: -1\nchanges: [1]\n"
    problems = problems_of(write(tmp_path, "many", text))
    assert [problem.line for problem in problems] == [1, 2, 4, 5, 6, 7]


def test_faults_on_the_same_line_are_all_told(tmp_path: Path) -> None:
    problems = problems_of(write(tmp_path, "line", "{draws: x, seed: y, solve: z, plam: a}"))
    assert sorted(problem.name for problem in problems) == ["draws", "plam", "seed", "solve"]


@pytest.mark.parametrize("start", ["", "changes:\n", "sweep:\n grid:\n"])
def test_a_flood_of_wrong_names_is_cut_short(start: str, tmp_path: Path) -> None:
    indent = "  " if start else ""
    text = start + "".join(f"{indent}drought{at}: [1]\n" for at in range(20_000))
    assert 1 <= len(problems_of(write(tmp_path, "flood", text))) <= MOST_PROBLEMS


@given(st.dictionaries(st.sampled_from([*Sheet.model_fields, "plans"]), anything, max_size=4))
def test_any_values_give_runs_or_problems_with_a_line(keys: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), "any", file_text(**keys))
        for problem in problems_of(path):
            assert problem.file == str(path)
            assert problem.line
            assert len(str(problem)) < len(str(path)) + 900


@given(st.binary(max_size=200) | st.text(max_size=60).map(str.encode))
@example(b"\xff\xfea\x00:\x00")
@example(b"\xef\xbb\xbf")
@example(b"extends: any.yaml")
@example(b"extends: [\x00]")
@example(b"extends: '" + b"a" * 5000 + b"'")
@example(b"extends: /")
@example(b"extends: ''")
@example(b"changes: {services_growth: " + b"9" * 399 + b"}")
@example(b"sweep: {grid: {services_growth: [" + b"9" * 399 + b"]}}")
def test_any_bytes_give_runs_or_problems_that_name_the_file(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.yaml"
        path.write_bytes(content)
        for problem in problems_of(path):
            assert problem.file == str(path)
            assert problem.line is not None


# Files as they lie on a disk


def test_a_byte_order_mark_and_windows_lines_change_nothing(tmp_path: Path) -> None:
    text = "title: {vi: Hạn}\r\nchanges:\r\n  drought_severity: 0.3\r\n  drought: 0.3\r\n"
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert only_problem(path).line == 4


def test_a_file_in_utf_16_is_told(tmp_path: Path) -> None:
    path = tmp_path / "wide.yaml"
    path.write_bytes("title: {vi: Hạn}".encode("utf-16"))
    assert str(only_problem(path)) == f"{path}:1: byte 0 is not UTF-8; allowed: text in UTF-8"


def test_a_file_too_large_is_not_parsed(tmp_path: Path) -> None:
    path = write(tmp_path, "large", "#" * (LARGEST_FILE + 1))
    assert only_problem(path).wrong == f"{LARGEST_FILE + 1} bytes"


def test_a_folder_a_pipe_and_nothing_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "nowhere.yaml").symlink_to(tmp_path / "gone")
    for name in ("folder", "pipe", "nowhere", "nothing"):
        problem = only_problem(tmp_path / f"{name}.yaml")
        assert problem.file == str(tmp_path / f"{name}.yaml")
        assert problem.wrong in {"is not a file", "cannot be read: No such file or directory"}


# Finding a file by its name


def test_a_scenario_is_found_by_path_beside_another_or_by_shipped_name(tmp_path: Path) -> None:
    own = write(tmp_path, "own", "title: {vi: a}\n")
    trend = write(tmp_path, "trend", "title: {vi: a}\n")
    assert find_scenario(str(own)) == own
    assert find_scenario("own.yaml", beside=own) == own
    assert find_scenario("own", beside=own) == own
    assert find_scenario("trend", beside=own) == trend
    assert find_scenario("plan", beside=own) == shipped_scenarios()["plan"]
    assert find_scenario("plan") == shipped_scenarios()["plan"]


@pytest.mark.parametrize(
    "name", ["", ".", "/", "..", "nothing", "a" * 5000, "a/" * 3000, "a\0b", "own.yml", "\udcff"]
)
def test_a_name_of_nothing_is_told(name: str, tmp_path: Path) -> None:
    own = write(tmp_path, "own", "title: {vi: a}\n")
    for beside in (None, own):
        with pytest.raises(InputError, match="no such file"):
            find_scenario(name, beside)


def test_a_misspelled_shipped_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path, "own", "extends:\n- trend\n- late_fund\n")
    problem = only_problem(path)
    assert (problem.line, problem.name, problem.nearest) == (3, "extends", "late_funds")
    assert problem.wrong == "'late_fund': no such file, and no shipped scenario of that name"


# Extending


def test_a_circle_is_told_with_all_its_files(tmp_path: Path) -> None:
    for name, extends in (("a", "b"), ("b", "c"), ("c", "a")):
        write(tmp_path, name, f"title: {{vi: x}}\nextends: {extends}\n")
    problem = only_problem(tmp_path / "a.yaml")
    assert Path(problem.file).name == "c.yaml"
    assert (problem.line, problem.wrong) == (2, "circular: a -> b -> c -> a")


def test_a_circle_through_another_name_of_the_file_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "a", "extends: b\n")
    (tmp_path / "b.yaml").symlink_to(path)
    assert "circular" in only_problem(path).wrong


def test_a_file_called_as_a_shipped_one_may_extend_that_one(tmp_path: Path) -> None:
    path = write(tmp_path, "late_funds", "extends: late_funds\nchanges: {price_growth: 0.05}\n")
    assert only_run(path).changes == SHIPPED["late_funds"] | moved(price_growth=0.05)
    itself = write(tmp_path, "late_funds", "extends: late_funds.yaml\n")
    assert "circular" in only_problem(itself).wrong


def test_a_diamond_is_no_circle(tmp_path: Path) -> None:
    write(tmp_path, "top", "changes: {services_growth: 0.07}\n")
    write(tmp_path, "left", "extends: top\n")
    write(tmp_path, "right", "extends: [top, top]\n")
    path = write(tmp_path, "low", "extends: [left, right, top]\n")
    assert only_run(path).changes == moved(services_growth=0.07)


def test_a_fault_at_the_top_of_a_diamond_is_told_once(tmp_path: Path) -> None:
    for top in ("chnges: {}\n", "changes: {servces_growth: 0.07}\n"):
        write(tmp_path, "top", top)
        write(tmp_path, "left", "extends: top\n")
        write(tmp_path, "right", "extends: top\n")
        path = write(tmp_path, "low", "extends: [left, right]\n")
        assert only_problem(path).file == str(tmp_path / "top.yaml")


def test_faults_of_all_extended_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "left", "title: {vi: x}\nchnges: {}\n")
    (tmp_path / "right.yaml").write_bytes(b"\xff")
    path = write(tmp_path, "low", "extends: [left, right, nothing_of_the_kind]\n")
    told = [(Path(problem.file).stem, problem.line) for problem in problems_of(path)]
    assert told == [("left", 2), ("right", 1), ("low", 1)]


def test_a_sweep_is_not_extended(tmp_path: Path) -> None:
    write(tmp_path, "swept", "sweep: {grid: {services_growth: [0.07, 0.08]}}\n")
    path = write(tmp_path, "low", "title: {vi: x}\nextends:\n- swept\n")
    problem = only_problem(path)
    assert (problem.line, problem.wrong) == (3, "'swept' is a sweep")


def test_a_path_is_read_from_the_folder_of_the_file_that_says_it(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    write(tmp_path, "top", "changes: {services_growth: 0.07}\n")
    write(inner, "middle", "extends: ../top.yaml\n")
    path = write(tmp_path, "low", "extends: inner/middle.yaml\n")
    assert only_run(path).changes == moved(services_growth=0.07)


def chain(folder: Path, files: int) -> Path:
    """The last of files that each extend the one before."""
    write(folder, "chain0", "title: {vi: x}\n")
    for at in range(1, files):
        write(folder, f"chain{at}", f"extends: chain{at - 1}\n")
    return folder / f"chain{files - 1}.yaml"


def test_a_chain_of_files_is_followed_to_its_end_or_told(tmp_path: Path) -> None:
    assert problems_of(chain(tmp_path, MOST_EXTENDED + 1)) == ()
    long = only_problem(chain(tmp_path, 2 * MOST_EXTENDED))
    assert long.wrong == f"more than {MOST_EXTENDED} files extended"


def test_files_that_double_at_every_step_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "a0", "title: {vi: x}\n")
    write(tmp_path, "b0", "title: {vi: x}\n")
    for at in range(1, 40):
        for name in "ab":
            write(tmp_path, f"{name}{at}", f"extends: [a{at - 1}, b{at - 1}]\n")
    problems = problems_of(tmp_path / "a39.yaml")
    assert {problem.wrong for problem in problems} == {f"more than {MOST_EXTENDED} files extended"}


def test_a_file_that_extends_thousands_is_told_once(tmp_path: Path) -> None:
    path = write(tmp_path, "low", "extends: [" + ", ".join(["trend"] * 50_000) + "]\n")
    assert only_problem(path).wrong == f"more than {MOST_EXTENDED} files extended"


# Plans


def test_the_plan_is_the_files_own_or_that_of_what_it_extends(tmp_path: Path) -> None:
    write(tmp_path, "top", "plan: dien_bien_2020\n")
    middle = write(tmp_path, "middle", "extends: [trend, top]\n")
    assert read_scenario(middle).plan == "dien_bien_2020"
    own = write(tmp_path, "own", "extends: top\nplan: another\n")
    assert read_scenario(own).plan == "another"
    assert read_scenario(write(tmp_path, "none", "extends: trend\n")).plan is None


def test_a_folder_beside_the_file_that_names_it_is_its_plan(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    (inner / "folder").mkdir(parents=True)
    (inner / "folder" / "plan.yaml").touch()
    write(inner, "top", "plan: folder\n")
    low = write(tmp_path, "low", "extends: inner/top.yaml\n")
    assert read_scenario(low).plan == str(inner / "folder")


def test_extended_files_of_different_plans_are_settled_or_told(tmp_path: Path) -> None:
    write(tmp_path, "left", "plan: one\n")
    write(tmp_path, "right", "plan: two\n")
    low = write(tmp_path, "low", "extends: [left, right]\n")
    with pytest.raises(InputError) as error:
        read_scenario(low)
    (problem,) = error.value.problems
    assert (problem.line, problem.name) == (1, "plan")
    assert problem.wrong == "extended files differ: one, two"
    settled = write(tmp_path, "low", "extends: [left, right]\nplan: two\n")
    assert read_scenario(settled).plan == "two"
