"""Does `simulator report` write what is asked, refuse what it cannot do, and never half a file?"""

from pathlib import Path

import pytest

from simulator.language import say
from simulator.output import write_whole
from tests.test_cli import refused, simulator

SMALL = "draws: 64\nchanges: {services_growth: 0.08}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix != ".yaml"}


def test_a_document_is_written_for_each_scenario_and_form(folder: Path) -> None:
    names = [str(folder / f"{name}.yaml") for name in ("one", "two")]
    out = folder / "out"
    told = simulator("report", *names, "--format", "html", "--format", "xlsx", "--out", str(out))
    assert told.exit_code == 0, told.output
    expected = {
        f"bao_cao_{name}.{ending}" for name in ("one", "two") for ending in ("html", "xlsx")
    }
    assert files(out) == expected
    assert set(told.stdout.split()) == {str(out / name) for name in expected}


def test_several_scenarios_go_together_into_one_file(folder: Path) -> None:
    names = [str(folder / f"{name}.yaml") for name in ("one", "two")]
    out = folder / "all.html"
    call = ("report", *names, "--together", "--language", "en", "--out", str(out))
    assert simulator(*call).exit_code == 0
    assert say("report.part.comparison", "en") in out.read_text(encoding="utf-8")


def test_what_cannot_be_written_is_refused_before_anything_runs(folder: Path) -> None:
    one, two = (str(folder / f"{name}.yaml") for name in ("one", "two"))
    assert "--together" in refused("report", one, two, "--out", str(folder / "a.docx"))
    assert "a folder" in refused("report", one, "--format", "html", "--out", str(folder / "a.xlsx"))
    assert "2 to 6" in refused("report", one, "--together", "--out", str(folder))
    assert "nosuch" in simulator("report", "nosuch", "--out", str(folder)).stderr
    assert files(folder) == set()


def test_a_scenario_that_fails_stops_no_other_but_every_document_of_all(folder: Path) -> None:
    (folder / "bad.yaml").write_text("changes: {no_such: 1}\n", encoding="utf-8")
    names = [str(folder / f"{name}.yaml") for name in ("bad", "one")]
    told = simulator("report", *names, "--format", "html", "--out", str(folder))
    assert told.exit_code == 1
    assert "no_such" in told.stderr
    assert files(folder) == {"bao_cao_one.html"}
    (folder / "bao_cao_one.html").unlink()
    assert simulator("report", *names, "--together", "--out", str(folder)).exit_code == 1
    assert files(folder) == set()


def test_a_file_that_cannot_be_written_is_told_and_what_was_there_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folder / "bao_cao_one.html"
    write_whole(before, b"before")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    told = refused("report", str(folder / "one.yaml"), "--format", "html", "--out", str(folder))
    assert "No space left" in told
    assert before.read_bytes() == b"before"
    assert files(folder) == {"bao_cao_one.html"}


def test_two_scenarios_whose_names_come_to_one_file_name_keep_apart(folder: Path) -> None:
    for name in ("a b", "a_b"):
        (folder / f"{name}.yaml").write_text(SMALL, encoding="utf-8")
    names = [str(folder / f"{name}.yaml") for name in ("a b", "a_b")]
    assert simulator("report", *names, "--format", "html", "--out", str(folder)).exit_code == 0
    assert files(folder) == {"bao_cao_a_b.html", "bao_cao_a_b_2.html"}
