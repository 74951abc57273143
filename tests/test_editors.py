"""Who is listed as one who may edit, and what happens where the list cannot be read?"""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from simulator.cli import app
from simulator.editors import EDITORS, EDITORS_FILE, listed_editors, read_editors, same_case
from simulator.intake.limits import LARGEST_TABLE
from simulator.problem_words import phrase
from simulator.records import InputError


def test_a_file_lists_one_address_a_line(tmp_path: Path) -> None:
    file = tmp_path / "editors.txt"
    file.write_text("# who may\nLan@DienBien.gov.vn  # from the office\n\nhoa@example.org\n")
    assert read_editors(file) == {"lan@dienbien.gov.vn", "hoa@example.org"}


def test_every_line_that_is_no_address_is_told_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / "editors.txt"
    file.write_text("lan\nhoa@example.org\na@b, c@d\n")
    with pytest.raises(InputError) as caught:
        read_editors(file)
    told = caught.value.problems
    assert [(row.line, row.name) for row in told] == [(1, "lan"), (3, "a@b, c@d")]
    assert all(phrase(row.wrong) and phrase(row.allowed) for row in told)


def test_the_command_hands_the_list_on_and_takes_files_as_large_as_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "editors.txt"
    file.write_text("lan@example.org\n")
    monkeypatch.setenv(EDITORS_FILE, "")
    monkeypatch.setattr(sys, "argv", [])
    seen: list[str] = []
    monkeypatch.setattr("streamlit.web.cli.main", lambda: seen.extend(sys.argv))
    assert CliRunner().invoke(app, ["app", "--editors", str(file)]).exit_code == 0
    assert listed_editors() == {"lan@example.org"}
    assert f"--server.maxUploadSize={LARGEST_TABLE // 2**20}" in seen


def test_both_lists_count_and_a_list_that_cannot_be_read_lists_nobody(tmp_path: Path) -> None:
    file = tmp_path / "editors.txt"
    file.write_text("lan@example.org\n")
    both = {EDITORS: "a@example.org; B@example.org", EDITORS_FILE: str(file)}
    assert listed_editors(both) == {"a@example.org", "b@example.org", "lan@example.org"}
    assert listed_editors(both | {EDITORS_FILE: str(tmp_path / "gone")}) == frozenset()
    assert listed_editors({}) is None


@given(st.text())
def test_only_latin_letters_have_a_case(text: str) -> None:
    assert same_case(text) == same_case(same_case(text))
    assert len(same_case(text)) == len(text)
    if not text.isascii():
        assert not same_case(text).isascii()
