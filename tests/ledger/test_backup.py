"""Does a backup hold all of a log, and bring it back into any database, or say what is wrong?"""

import datetime
import gzip
import hashlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.ledger import Entry, Ledger, open_ledger
from simulator.ledger.backup import backup, restore
from simulator.ledger.backup_file import FORMAT, line_of, read_backup, write_backup
from simulator.observation import Observation
from simulator.problem_words import phrase
from simulator.records import InputError
from tests.ledger.conftest import Fresh
from tests.ledger.told import bits, observations, told

START = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    ledger.record("plan", [told(0.1 + 0.2), told(-0.0)], batch="one")
    ledger.record("other", [told(5e-324)])
    ledger.correct(2, told(7), note="a slip")
    ledger.withdraw(4, entered_by="you")
    return ledger


@pytest.fixture
def saved(filled: Ledger, tmp_path: Path) -> Path:
    path = tmp_path / "saved.gz"
    assert backup(filled, path) == 5
    return path


def logs(ledger: Ledger) -> list[Entry]:
    return [*ledger.entries("plan"), *ledger.entries("other")]


@given(
    rows=st.lists(observations, max_size=6),
    steps=st.lists(st.integers(1, 10**15), min_size=6, max_size=6),
)
def test_a_file_gives_back_any_log_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Observation], steps: list[int]
) -> None:
    path, moment, log = tmp_path_factory.mktemp("log") / "log", START, []
    for number, (row, step) in enumerate(zip(rows, steps, strict=False), 1):
        moment += datetime.timedelta(microseconds=step)
        log.append(Entry(number, "plan", row, moment))
    write_backup(path, log)
    found = read_backup(path)
    assert found == log
    assert [bits(entry.observation) for entry in found] == [bits(row) for row in rows]


def test_a_backup_is_the_same_log_in_a_database_of_either_kind(
    filled: Ledger, saved: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    addresses = [f"sqlite:///{tmp_path}/back.db"]
    if filled.engine.dialect.name == "postgresql":
        addresses.append(request.getfixturevalue("fresh")())
    for address in addresses:
        with open_ledger(address) as back:
            assert restore(back, saved) == 5
            assert logs(back) == logs(filled)
            assert [line_of(one) for one in logs(back)] == [line_of(one) for one in logs(filled)]
            again = tmp_path / f"{back.engine.dialect.name}.gz"
            backup(back, again)
            assert again.read_bytes() == saved.read_bytes()
            assert restore(back, saved) == 0
            back.record("plan", [told()])
            assert back.version("plan") == 6


def test_an_older_database_takes_what_it_lacks_and_a_newer_one_is_not_overwritten(
    filled: Ledger, saved: Path, fresh: Fresh, tmp_path: Path
) -> None:
    early = logs(filled)
    filled.record("plan", [told(99)])
    later = tmp_path / "later.gz"
    backup(filled, later)
    kept = logs(filled)
    with pytest.raises(InputError, match=r"lacks entries that the database holds; .*--replace"):
        restore(filled, saved)
    assert logs(filled) == kept
    assert restore(filled, saved, replace=True) == 5
    assert logs(filled) == early
    assert restore(filled, later) == 1
    assert logs(filled) == kept
    with open_ledger(fresh()) as stranger:
        stranger.record("plan", [told(0.1 + 0.2), told(-0.0)], batch="one")
        with pytest.raises(InputError, match="lacks entries"):
            restore(stranger, saved)


def test_guards_are_back_after_a_log_was_replaced(filled: Ledger, saved: Path) -> None:
    from tests.ledger.test_guards import test_no_statement_changes_or_loses_an_entry as guarded

    filled.record("plan", [told(8)])
    restore(filled, saved, replace=True)
    guarded(filled)


def test_a_replacement_that_fails_changes_nothing(
    filled: Ledger, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.ledger.test_guards import test_no_statement_changes_or_loses_an_entry as guarded

    filled.record("plan", [told(8)])
    before = logs(filled)

    def fails(entry: Entry) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("simulator.ledger.backup.row_of", fails)
    with pytest.raises(RuntimeError, match="in the middle"):
        restore(filled, saved, replace=True)
    assert logs(filled) == before
    guarded(filled)


def test_a_backup_never_takes_the_place_of_a_file(filled: Ledger, saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(InputError, match="is there already"):
        backup(filled, saved)
    assert saved.read_bytes() == before


@given(st.data())
def test_a_damaged_file_is_refused(saved_bytes: bytes, data: st.DataObject) -> None:
    content, path = saved_bytes
    at = data.draw(st.integers(0, len(content) - 1))
    wrong = bytearray(content)
    if data.draw(st.booleans()):
        wrong[at] ^= data.draw(st.integers(1, 255))
    else:
        del wrong[at:]
    path.write_bytes(wrong)
    whole = decompressed(bytes(wrong)) == gzip.decompress(content)
    if whole:
        assert len(read_backup(path)) == 2
        return
    with pytest.raises(InputError) as caught:
        read_backup(path)
    assert all(phrase(problem.wrong) for problem in caught.value.problems)


def decompressed(content: bytes) -> bytes | None:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return None


@pytest.fixture(scope="module")
def saved_bytes(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    path = tmp_path_factory.mktemp("damaged") / "log"
    moment = START
    write_backup(
        path,
        [
            Entry(1, "plan", told(), moment),
            Entry(2, "plan", told(), datetime.datetime(9998, 12, 31, tzinfo=datetime.UTC)),
        ],
    )
    return path.read_bytes(), path


def with_checksum(lines: list[Any], path: Path) -> None:
    """Write what someone could have made by hand: a whole file whose content is wrong."""
    texts = [json.dumps(line) + "\n" for line in lines]
    digest = hashlib.sha256("".join(texts).encode()).hexdigest()
    texts.append(json.dumps({"entries": len(lines) - 1, "sha256": digest}) + "\n")
    path.write_bytes(gzip.compress("".join(texts).encode()))


HEAD = {"format": FORMAT, "version": 1}
Change = Callable[[list[Any]], None]
FORGED: dict[str, Change] = {
    "is damaged or no backup": lambda rows: rows.pop(0),
    r"newer version of the product \(2\)": lambda rows: rows[0].update(version=2),
    "value: is 'much', not a number": lambda rows: rows[1].update(value="much"),
    "value: is nan": lambda rows: rows[1].update(value="nan"),
    "entered_by: is missing": lambda rows: rows[1].update(entered_by=""),
    "plan is missing": lambda rows: rows[1].pop("plan"),
    "kind is 'x'": lambda rows: rows[2].update(kind="x"),
    "entered_at is": lambda rows: rows[2].update(entered_at="2020-01-01T00:00:00"),
    "2: does not follow the entry before it": lambda rows: rows.insert(2, rows[2]),
    ":3: 2: does not follow": lambda rows: rows[2].update(entered_at="1990-01-01T00:00:00Z"),
    "leaves no room": lambda rows: rows[5].update(number=2**31),
    "leaves no room for another entry": lambda rows: rows[5].update(number=10**30),
    "leaves no room for": lambda rows: rows[5].update(entered_at="9999-06-01T00:00:00Z"),
    "entered_at: is no moment": lambda rows: rows[5].update(
        entered_at="9999-12-31T23:59:59.999999-05:00"
    ),
    "takes back nothing": lambda rows: rows[1].update(withdrawn=True),
    "4: stands in the place of 77, which it cannot": lambda rows: rows[4].update(supersedes=77),
    "5: stands in the place of 2, which it cannot": lambda rows: rows[5].update(supersedes=2),
    "4: stands in the place of 3, which": lambda rows: rows[4].update(supersedes=3),
}


@pytest.mark.parametrize("wrong", FORGED)
def test_what_no_log_could_hold_is_refused_before_anything_is_touched(
    wrong: str, saved: Path, filled: Ledger
) -> None:
    before = logs(filled)
    lines = [json.loads(line) for line in gzip.decompress(saved.read_bytes()).splitlines()[:-1]]
    FORGED[wrong](lines)
    with_checksum(lines, saved)
    with pytest.raises(InputError, match=wrong) as caught:
        restore(filled, saved, replace=True)
    assert logs(filled) == before
    if "kind" not in wrong and "entered_at" not in wrong:
        assert all(phrase(problem.wrong) for problem in caught.value.problems)


@pytest.mark.parametrize("wrong", ["changed", "left out", "cut off"])
def test_a_file_that_was_changed_by_hand_does_not_fit_its_checksum(
    wrong: str, saved: Path, ledger: Ledger
) -> None:
    lines = gzip.decompress(saved.read_bytes()).splitlines(keepends=True)
    changed = {
        "changed": [line.replace(b'"7.0"', b'"8.0"') for line in lines],
        "left out": [*lines[:2], *lines[3:]],
        "cut off": lines[:-1],
    }
    saved.write_bytes(gzip.compress(b"".join(changed[wrong])))
    with pytest.raises(InputError, match="it does not fit its checksum"):
        restore(ledger, saved, replace=True)


def test_a_file_that_is_not_there_is_told(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        restore(ledger, tmp_path / "none")
    (tmp_path / "text").write_text("dear diary")
    with pytest.raises(InputError, match="is damaged or no backup"):
        restore(ledger, tmp_path / "text")


@pytest.mark.parametrize("content", [b"[" * 200_000, b"\n" * 2_000_000], ids=["deep", "bomb"])
def test_a_file_that_would_fill_the_memory_is_refused(
    content: bytes, ledger: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "bomb").write_bytes(gzip.compress(content))
    with pytest.raises(InputError, match=r"is damaged or no backup|holds more than 256 MB"):
        restore(ledger, tmp_path / "bomb")
