"""Which tables do departments send? A ten-month report as a planner makes it, and its pieces."""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import openpyxl

from simulator.intake import Defaults, Preview, PreviewRow, read_table
from simulator.observation import Observation, Watch
from simulator.records import Problem
from simulator.track import watch
from tests.strategies import shipped_model, shipped_plan

HEADING = (
    ("TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2019", "Năm 2020", "", "", "So sánh (%)", ""),
    (
        *("", "", "", ""),
        *("Kế hoạch năm 2020", "Thực hiện đến 31/10/2020", "Ước thực hiện cả năm", ""),
        "Nguồn số liệu",
    ),
)
COUNTED = ("A", "B", "C", "1", "2", "3", "4", "5=3/2", "D")
TAX, TREASURY = "Cục Thuế", "Kho bạc Nhà nước"
TRADE, STATISTICS = "Sở Công Thương", "Cục Thống kê"
ROWS: tuple[tuple[Any, ...], ...] = (
    ("I", "CHỈ TIÊU KINH TẾ"),
    (1, "Thu ngân sách nhà nước trên địa bàn", "Tỷ đồng", 1200, 1300, "1.049,94", "1.310,5", 80.8, TAX),
    ("", "- Trong đó: Thu nội địa", "Tỷ đồng", 1100, 1200, "998,2", "-", None, TAX),
    (2, "Giá trị sản xuất công nghiệp (giá năm 2010)", "tỷ đồng", 3000, 3380, 2749.5, None, None, STATISTICS),
    (3, "Lượt khách du lịch", "Nghìn lượt", 800, 950, 512, "x", None, "Sở VHTTDL"),
    (4, "Xuất khẩu hàng hoá, dịch vụ", "Triệu USD", 50, 57, 41.5, None, None, TRADE),
    ("", "Hộ nghèo", "%", 37.08, 33, None, None, None, "Sở LĐTBXH"),
    ("II", "GIẢI NGÂN VỐN ĐẦU TƯ CÔNG"),
    (1, "Vốn nước ngoài (ODA)", "Tỷ đồng", 285, 300, "123,4", "250", None, TREASURY),
    (2, "Trái phiếu Chính phủ", "%", None, None, 0.57, 0.93, None, TREASURY),
    (3, "CTMTQG giảm nghèo bền vững", "Triệu đồng", None, None, "200.450", "240.000,5", None, TREASURY),
    ("", "Tổng cộng", "Tỷ đồng", None, 1500, 999, None, None, None),
)  # fmt: skip
FOOT = (
    ("Ghi chú: số liệu tháng 10 là số ước.",),
    ("", "", "", "", "", "Điện Biên, ngày 05 tháng 11 năm 2020"),
    ("", "NGƯỜI LẬP BIỂU", "", "", "", "GIÁM ĐỐC"),
    ("", "Lò Thị Lan", "", "", "", "Nguyễn Văn An"),
)
TOP = (
    ("UBND TỈNH ĐIỆN BIÊN", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "", "", "", "Độc lập - Tự do - Hạnh phúc"),
    (),
    ("TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU KẾ HOẠCH 10 THÁNG NĂM 2020",),
    ("(Kèm theo Báo cáo số 215/BC-SKHĐT ngày 05/11/2020)",),
    (),
)
PERCENT_ROW = 9
"""Of `ROWS`, the one whose figures are shown as percentages."""


@cache
def the_watch() -> Watch:
    return watch(shipped_model())


def read(name: str, content: bytes, **defaults: Any) -> Preview:
    """What a file says of the shipped plan's year."""
    return read_table(name, content, the_watch(), shipped_plan(), Defaults(**defaults))


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(
    rows: Sequence[Sequence[Any]],
    merged: Sequence[str] = (),
    formats: Mapping[str, str] | None = None,
    title: str = "Biểu 01",
) -> bytes:
    """A workbook of one sheet; empty texts are empty cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value not in ("", None):
                sheet.cell(at, column, value)
    for place in merged:
        sheet.merge_cells(place)
    for place, form in (formats or {}).items():
        sheet[place].number_format = form
    return saved(book)


def ten_months(rows: Sequence[Sequence[Any]] = ROWS) -> bytes:
    """A department's report of ten months, as it would be sent."""
    top = len(TOP) + 1
    sides = [f"{column}{top}:{column}{top + 1}" for column in "ABCDH"]
    merged = [*sides, f"E{top}:G{top}", "A1:C1", "E1:I1", "A4:I4", "A5:I5"]
    first = top + len(HEADING) + 1
    last = first + len(rows)
    merged += [f"A{last}:I{last}", f"F{last + 2}:G{last + 2}", f"A{first}:I{first}"]
    shown = {f"{column}{first + PERCENT_ROW}": "0.0%" for column in "FG"}
    return workbook([*TOP, *HEADING, COUNTED, *rows, *FOOT], merged, shown)


def small(
    *rows: Sequence[Any],
    heading: Sequence[str] = ("Chỉ tiêu", "ĐVT", "Thực hiện đến 31/10/2020", "Nguồn"),
    above: Sequence[str] = (),
) -> bytes:
    """A workbook with a heading of one row, after some lines."""
    return workbook([*((line,) for line in above), heading, *rows])


def problems(preview: Preview) -> list[Problem]:
    return [*preview.problems, *(each for row in preview.rows for each in row.problems)]


def only(preview: Preview) -> PreviewRow:
    """The one row of a preview, with nothing wrong with the file."""
    assert not preview.problems
    (row,) = preview.rows
    return row


def told(preview: Preview) -> Observation:
    """The one observation of a preview that has nothing else."""
    row = only(preview)
    assert not row.problems
    assert row.observation is not None
    return row.observation
