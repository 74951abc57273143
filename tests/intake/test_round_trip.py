"""Does every list of observations come back as it was written, and does no file break the reading?"""

import csv
import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator.intake import Defaults, read_table, write_csv, write_xlsx
from simulator.intake.limits import LONGEST_TEXT
from simulator.intake.protection import protected, released
from simulator.observation import Observation
from simulator.observation_reading import FIELDS, IN_LOGARITHMS, MOST_REVISED, faults_of
from simulator.records import InputError
from tests.intake.workbooks import problems, read, small, ten_months, the_watch
from tests.strategies import shipped_plan

words = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["=1+1", "@x", "'", "''", " a ", "-", "+5", "\t", "\r\n", "_x000D_", "a\rb", "\x00", "1.234", "\ufffe"]
)  # fmt: skip


@st.composite
def observation(draw: st.DrawFn) -> Observation:
    """Any observation that the shipped plan's year can take, over the full ranges."""
    watch = the_watch()
    known = watch.observables[draw(st.sampled_from(sorted(watch.observables)))]
    kind = draw(st.sampled_from(known.kinds))
    unit = draw(st.sampled_from(sorted(known.units)))
    factor = known.units[unit]
    least = 5e-324 if kind in IN_LOGARITHMS else known.low / factor
    most = min(known.high / factor, 1e15)
    if kind == "revised_baseline" and known.base:
        ends = sorted(known.base / factor * part for part in (1 / MOST_REVISED, MOST_REVISED))
        least, most = max(least, ends[0]), min(most, ends[1])
    value = draw(st.floats(least, most))
    days = st.dates(watch.first, watch.last) if kind == "to_date" else st.dates()
    source, entered_by = draw(words), draw(words | st.just(""))
    return Observation(known.name, kind, value, unit, draw(days), source, entered_by)


valid = observation().filter(lambda told: not faults_of(told, the_watch()))
lists = st.lists(valid, max_size=5, unique_by=lambda o: (o.quantity, o.kind, o.date))
TOLD = Observation(
    "visitors", "to_date", 1.234, "thousand_visits", datetime.date(2020, 6, 30), "=a", "'"
)


@given(lists)
@example([TOLD])
def test_what_is_written_as_text_reads_back_bit_for_bit(told: list[Observation]) -> None:
    back = read("a.csv", write_csv(told))
    assert list(back.observations) == told
    assert back.ready == bool(told)


@given(lists)
@example([TOLD])
@settings(max_examples=40)
def test_what_is_written_as_a_workbook_reads_back_bit_for_bit(told: list[Observation]) -> None:
    back = read("a.xlsx", write_xlsx(told))
    assert list(back.observations) == told
    assert back.ready == bool(told)


@given(st.text())
@example("'=a")
@example(" ")
def test_a_protected_text_is_no_formula_and_is_released_as_it_was(text: str) -> None:
    assert released(protected(text)) == text
    assert not protected(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_workbook_holds_numbers_days_and_texts_as_what_they_are() -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(write_xlsx([TOLD])))
    sheet = book.active
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == list(FIELDS)
    row = dict(zip(FIELDS, sheet[2], strict=True))
    assert (row["value"].data_type, row["value"].value) == ("n", 1.234)
    assert row["date"].is_date
    assert row["source"].data_type == "s"
    assert all(sheet.column_dimensions[letter].width > 10 for letter in "ABCDEFG")


@given(st.floats(5e-324, 1e15))
@example(0.1 + 0.2)
@settings(max_examples=30)
def test_all_seventeen_digits_of_a_number_stand_in_the_workbook(value: float) -> None:
    told = Observation("visitors", "final", value, "visits", datetime.date(2020, 12, 31), "a", "")
    with zipfile.ZipFile(io.BytesIO(write_xlsx([told]))) as archive:
        assert f"<v>{value!r}</v>".encode() in archive.read("xl/worksheets/sheet1.xml")


def test_a_text_table_is_what_the_command_reads_too() -> None:
    """Plain texts and numbers with a dot, as files of observations have them."""
    (row,) = list(csv.DictReader(io.StringIO(write_csv([TOLD]).decode("utf-8-sig"))))
    assert float(row["value"]) == TOLD.value
    assert row["value"] == "1.2340"
    assert row["date"] == "2020-06-30"


def test_a_text_longer_than_a_cell_is_refused_and_never_cut() -> None:
    long = Observation(
        "visitors",
        "final",
        1.0,
        "visits",
        datetime.date(2020, 12, 31),
        "a" * LONGEST_TEXT + "b",
        "",
    )
    with pytest.raises(InputError) as caught:
        write_xlsx([long])
    assert caught.value.problems[0].wrong == f"{LONGEST_TEXT + 1} letters"


SEEDS = [
    ten_months(),
    small(("Lượt khách du lịch", "lượt", 5, "Sở")),
    write_csv([TOLD]),
    "TT;Chỉ tiêu;ĐVT;Thực hiện đến 31/10/2020\n1;Thu nội địa;tỷ đồng;5,5\n".encode("utf-16"),
]
pieces = st.binary(max_size=200) | st.text(max_size=100).map(lambda t: t.encode("utf-8", "replace"))


@given(pieces, st.sampled_from(["a.csv", "a.xlsx", ""]))
@example(b"PK\x05\x06" + b"\0" * 18, "a.xlsx")
@example(b"\xff\xfe\x00", "a.csv")
@example(b"quantity,value,unit\nvisitors,1e999,visits", "a.csv")
@example(b"quantity,value,unit\nvisitors,0,\n", "a.csv")
def test_no_bytes_break_the_reading(content: bytes, name: str) -> None:
    _sound(read(name, content), name)


@given(st.sampled_from(SEEDS), st.data())
@settings(max_examples=60)
def test_no_damage_to_a_good_file_breaks_the_reading(seed: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(seed)))
    to = data.draw(st.integers(at, min(len(seed), at + 50)))
    _sound(read("a", seed[:at] + data.draw(pieces) + seed[to:]), "a")


CELLS = (
    "Chỉ tiêu|ĐVT|Thực hiện đến 31/10/2020|Giá trị|Ngày|Kế hoạch|Quý II|Loại|Lượt khách du lịch"
    "|Vốn nước ngoài (ODA)|tỷ đồng|%|5|1.234|x||57%|Tổng cộng|Ghi chú|quantity|value|unit|to_date"
    "|31/2/2020|Ước cả năm|tháng 13|10 tháng năm 2020|quý IV|năm 2020|31/10|99 tháng|0T"
)
cells = st.sampled_from(CELLS.split("|"))


@given(st.lists(st.lists(cells | st.text(max_size=6), max_size=6), max_size=8))
def test_no_table_breaks_the_reading(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    defaults = Defaults(
        "to_date", datetime.date(2020, 6, 30), "%", "a", "b", leave_out_unknown=True
    )
    content = out.getvalue().encode("utf-8", "replace")
    _sound(read_table("a", content, the_watch(), shipped_plan(), defaults), "a")


def _sound(preview: Any, name: str) -> None:
    """A preview tells its own file, and what it takes in could be learned from."""
    assert preview.file == name
    for told in preview.observations:
        assert not faults_of(told, the_watch())
        assert told.source
    for problem in problems(preview):
        assert problem.file.startswith(name)
        assert problem.wrong
    if preview.ready:
        keys = [(o.quantity, o.kind, o.date) for o in preview.observations]
        assert len(set(keys)) == len(keys)
