"""Do `simulator observations` and `track --recorded` keep, tell and replay what is entered?"""

import contextlib
import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from simulator.cli import app
from simulator.cli.ledger_options import moment_of
from simulator.ledger import DATABASE, open_ledger
from simulator.observation import Observation
from simulator.records import InputError

VISITORS = (
    *("--quantity", "visitors", "--kind", "to_date", "--value", "430"),
    *("--unit", "thousand_visits", "--date", "2020-06-30", "--source", "Sở VHTTDL"),
)
TABLE = """quantity,kind,value,unit,date,source
visitors,final,930,thousand_visits,2020-12-31,a book
foreign_capital_disbursement,to_date,0.22,percent,2020-10-31,the report
"""


def simulator(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), prog_name="simulator")


def said(*words: str) -> str:
    result = simulator(*words)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refused(*words: str, code: int = 2) -> str:
    result = simulator(*words)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    return result.stderr


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path}/ledger.db"
    open_ledger(address).close()
    monkeypatch.setenv(DATABASE, address)
    return address


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "seen.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.yaml"
    path.write_text("draws: 256\n", encoding="utf-8")
    return str(path)


def listed(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        said("observations", "list", "--format", "json", *words)
    )
    return found


def test_an_observation_is_entered_corrected_and_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "lan")
    assert said("observations", "add", *VISITORS) == "Đã ghi 1 số liệu: 1\n"
    said("observations", "correct", "1", "--value", "431.5", "--note", "a slip")
    said("observations", "withdraw", "2", "--entered-by", "Chị Ánh")
    rows = listed()
    assert [(row["number"], row["value"], row["entered_by"]) for row in rows] == [
        (1, 430, "lan"),
        (2, 431.5, "lan"),
        (3, 431.5, "Chị Ánh"),
    ]
    assert [(row["supersedes"], row["superseded_by"]) for row in rows] == [
        (None, 2),
        (1, 3),
        (2, None),
    ]
    assert {row["plan"] for row in rows} == {"dien_bien_2020"}
    assert listed("--current") == []
    assert [row["number"] for row in listed("--until", rows[1]["entered_at"])] == [1, 2]
    assert listed("--until", rows[1]["entered_at"], "--current")[0]["value"] == 431.5
    assert listed("--until", "2020-01-01") == []
    table = said("observations", "list", "--language", "en")
    assert "corrects no. 1; superseded by no. 3" in table
    assert "431.5 thousand visits" in table
    rows_of_csv = list(csv.DictReader(io.StringIO(said("observations", "list", "--format", "csv"))))
    assert [row["number"] for row in rows_of_csv] == ["1", "2", "3"]


def test_nothing_is_listed_as_nothing() -> None:
    assert said("observations", "list", "--language", "en") == "Nothing was entered yet.\n"
    assert listed() == []


def test_who_only_looks_makes_no_database(tmp_path: Path) -> None:
    typo = f"sqlite:///{tmp_path}/typo.db"
    for words in (
        ("list",),
        ("where",),
        ("withdraw", "1"),
        ("correct", "1"),
        ("export", str(tmp_path / "out.csv")),
        ("backup", str(tmp_path / "out.gz")),
    ):
        told = refused("observations", *words, "--database", typo)
        assert "there is no database here yet" in told
    assert "no database here" in refused("track", "--recorded", "--database", typo)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.db"]
    said("observations", "add", *VISITORS, "--database", typo)
    assert len(listed("--database", typo)) == 1


def test_every_bad_option_is_told_and_nothing_is_entered() -> None:
    told = refused(
        *("observations", "add", "--quantity", "visitors", "--kind", "to_dat"),
        *("--value", "4,30", "--unit", "visits", "--date", "june"),
    )
    for wrong in ("--source: is missing", "--date: is 'june'", "--kind: to_dat: unknown kind"):
        assert wrong in told
    assert "--value: is '4,30', not a number" in told
    assert "did you mean 'visitors'" in refused(
        "observations", "add", *("visitor" if word == "visitors" else word for word in VISITORS)
    )
    assert "entered_by: is missing" in refused("observations", "add", *VISITORS, "--entered-by", "")
    assert listed() == []


def test_what_is_closed_or_unknown_is_told() -> None:
    said("observations", "add", *VISITORS)
    said("observations", "correct", "1", "--value", "431", "--entered-by", "you")
    assert "1: was corrected by you on" in refused("observations", "withdraw", "1")
    assert "7: there is no such entry" in refused("observations", "correct", "7", "--value", "3")
    assert "visits" in refused("observations", "correct", "2", "--unit", "percent")
    assert "is no moment" in refused("observations", "list", "--until", "soon")
    vi = refused("observations", "withdraw", "7", "--language", "vi")
    assert "không có bản ghi này" in vi
    assert len(listed()) == 2


def test_a_table_is_entered_whole_or_not_at_all(table: str) -> None:
    preview = said("observations", "import", table, "--dry-run", "--language", "en")
    assert "Visitors" in preview
    assert listed() == []
    assert said("observations", "import", table) == "Đã ghi 2 số liệu: 1–2\n"
    assert [(row["value"], row["batch"]) for row in listed()] == [
        (930, "seen.csv"),
        (0.22, "seen.csv"),
    ]
    path = Path(table)
    path.write_text(
        TABLE + "visitor,final,1,visits,2020-12-31,a\nvisitors,final,x,visits,2020-12-31,a\n"
    )
    told = refused("observations", "import", table, code=1)
    assert "seen.csv" in told
    assert "visitor" in told
    assert len(told.splitlines()) == 2
    assert len(listed()) == 2


def test_a_figure_beside_one_that_counts_is_refused_with_the_number_to_correct() -> None:
    said("observations", "add", *VISITORS)
    again = refused("observations", "add", *VISITORS, "--language", "en")
    assert "entry 1 says the same already" in again
    other = [word if word != "430" else "450" for word in VISITORS]
    told = refused("observations", "add", *other)
    assert "entry 1 says 430.0 thousand_visits already; allowed: a correction of entry 1" in told
    assert "bản ghi 1 đã ghi 430.0 thousand_visits" in refused(
        "observations", "add", *other, "--language", "vi"
    )
    may = [word if word != "2020-06-30" else "2020-05-31" for word in VISITORS]
    said("observations", "add", *may)
    moved = refused("observations", "correct", "2", "--date", "2020-06-30", "--value", "9")
    assert "entry 1 says" in moved
    said("observations", "correct", "1", "--value", "450")
    said("observations", "withdraw", "3")
    said("observations", "add", *VISITORS)
    assert [row["value"] for row in listed("--current")] == [430, 430]


def test_a_table_is_entered_once_and_in_the_name_of_who_enters_it(table: str) -> None:
    said("observations", "import", table)
    assert "Left out 2 figures" in said("observations", "import", table, "--language", "en")
    path = Path(table)
    path.write_text(TABLE + "visitors,to_date,430,thousand_visits,2020-06-30,a book\n")
    told = said("observations", "import", table)
    assert told == "Đã ghi 1 số liệu: 3–3\nBỏ qua 2 số liệu đã có sẵn trong nhật ký\n"
    path.write_text(TABLE.replace("930", "940") + "visitors,to_date,1,visits,2020-02-29,a book\n")
    assert "entry 1 says 930.0 thousand_visits already" in refused("observations", "import", table)
    path.write_text(
        "quantity,kind,value,unit,date,source,entered_by\n"
        "visitors,to_date,1,visits,2020-02-29,a,Giám đốc\n"
    )
    said("observations", "import", table, "--entered-by", "lan")
    assert listed()[-1]["entered_by"] == "lan"
    path.write_text(
        "quantity,kind,value,unit,date,source\n"
        "visitors,to_date,1,visits,2020-01-31,a\nvisitors,to_date,2,visits,2020-01-31,a\n"
    )
    assert "another value stands" in refused("observations", "import", table, code=1)
    assert len(listed()) == 4


def test_what_rows_do_not_say_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("quantity,value\nvisitors,430\n")
    words = ("observations", "import", str(path), "--unit", "thousand_visits")
    words += ("--kind", "to_date", "--date", "2020-06-30", "--source", "Sở VHTTDL")
    said(*words, "--entered-by", "lan")
    (row,) = listed()
    assert (row["date"], row["source"], row["entered_by"]) == ("2020-06-30", "Sở VHTTDL", "lan")
    for option, wrong in (("--kind", "todate"), ("--date", "june")):
        assert f"{option}: {wrong}" in refused("observations", "import", str(path), option, wrong)


def test_files_that_cannot_be_used_are_told(tmp_path: Path, table: str) -> None:
    assert "cannot be read" in refused("observations", "import", str(tmp_path / "none.csv"))
    empty = tmp_path / "empty.csv"
    empty.write_text(TABLE.splitlines()[0] + "\n")
    assert "empty.csv" in refused("observations", "import", str(empty), code=1)
    assert "ends in .txt; allowed: .csv, .xlsx" in refused("observations", "export", "seen.txt")
    said("observations", "import", table)
    nowhere = str(empty / "out.csv")
    assert "its folder does not exist" in refused("observations", "export", nowhere)
    for act in ("export", "backup"):
        far = tmp_path / "none" / "x.csv"
        assert "its folder does not exist" in refused("observations", act, str(far))
        assert not far.parent.exists()
    kept = empty.read_bytes()
    assert "is there already" in refused("observations", "export", str(empty))
    assert empty.read_bytes() == kept
    assert "cannot be written" in refused("observations", "backup", str(empty / "log"))
    assert "damaged or no backup" in refused("observations", "restore", table)
    assert "is there already" in refused("observations", "backup", table)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_is_what_is_imported(
    ending: str, tmp_path: Path, table: str, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    said("observations", "import", table)
    said("observations", "correct", "1", "--value", repr(0.1 + 0.2))
    out = tmp_path / f"out.{ending}"
    said("observations", "export", str(out))
    with open_ledger(database) as ledger:
        before = ledger.observations("dien_bien_2020")
    other = f"sqlite:///{tmp_path}/other.db"
    said("observations", "import", str(out), "--database", other)
    with open_ledger(other) as ledger:
        assert ledger.observations("dien_bien_2020") == before
    assert {row.value for row in before} == {0.1 + 0.2, 0.22}


def test_a_log_is_carried_to_another_database(tmp_path: Path, table: str) -> None:
    said("observations", "import", table)
    said("observations", "withdraw", "1")
    saved, other = str(tmp_path / "saved"), f"sqlite:///{tmp_path}/other.db"
    said("observations", "backup", saved)
    said("observations", "restore", saved, "--database", other)
    assert listed("--database", other) == listed()
    said("observations", "add", *VISITORS)
    assert "lacks entries that the database holds" in refused("observations", "restore", saved)
    assert len(listed()) == 4
    said("observations", "restore", saved, "--replace")
    assert listed("--database", other) == listed()


def test_where_names_the_database(database: str) -> None:
    told = said("observations", "where", "--language", "en")
    assert told == f"Database: {database} (version 1)\n"
    bad = refused("observations", "where", "--database", "postgresql://me:secret@127.0.0.1:1/x")
    assert "postgresql://me:***@127.0.0.1:1/x: the database answers" in bad
    assert "--database: is no address" in refused("observations", "where", "--database", "seen.db")


def test_track_learns_from_what_is_recorded_as_from_a_file(table: str, small: str) -> None:
    beside = json.loads(said("track", small, "--observations", table, "--format", "json"))
    said("observations", "import", table, "--entered-by", "lan")
    learned = json.loads(said("track", small, "--recorded", "--format", "json"))
    assert learned["targets"] == beside["targets"]
    plain = json.loads(said("track", small, "--format", "json"))
    assert plain["tracking"]["observations"] == []
    before = json.loads(
        said("track", small, "--recorded", "--known-by", "2020-10-31", "--format", "json")
    )
    assert before["targets"] == plain["targets"]
    row = listed()[-1]
    now = json.loads(
        said("track", small, "--recorded", "--known-by", row["entered_at"], "--format", "json")
    )
    assert [one["quantity"] for one in now["tracking"]["observations"]] == [
        one["quantity"] for one in learned["tracking"]["observations"]
    ]
    assert "--recorded beside it" in refused("track", small, "--known-by", "2020-10-31")
    assert "is no moment" in refused("track", small, "--recorded", "--known-by", "then")


def test_what_the_plan_does_not_know_is_set_aside_and_told(database: str, small: str) -> None:
    with open_ledger(database) as ledger:
        row = Observation(
            "gone", "final", 1.0, "visits", datetime.date(2020, 12, 31), "a", entered_by="me"
        )
        ledger.record("dien_bien_2020", [row])
    found = simulator("track", small, "--recorded", "--format", "json")
    assert found.exit_code == 0
    assert "gone: cannot be observed here" in found.stderr


def test_a_day_means_its_end_on_this_machine() -> None:
    said("observations", "add", *VISITORS)
    entered = datetime.datetime.fromisoformat(listed()[0]["entered_at"])
    today = entered.astimezone().date()
    assert len(listed("--until", today.isoformat())) == 1
    assert listed("--until", (today - datetime.timedelta(days=1)).isoformat()) == []


@given(text=st.text(max_size=30) | st.datetimes().map(str) | st.dates().map(str))
@example(text="0001-01-01")
@example(text="9999-12-31")
@example(text="9999-12-31T23:59:59-14:00")
def test_any_text_is_a_moment_that_knows_its_zone_or_is_refused(text: str) -> None:
    with contextlib.suppress(InputError):
        moment = moment_of(text, "--until")
        assert moment is not None
        assert moment.utcoffset() == datetime.timedelta()
