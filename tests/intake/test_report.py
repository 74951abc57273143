"""Does a department's own workbook come in as it is sent, and is everything of it accounted for?"""

import datetime

import pytest

from simulator.insight.tracking import quantity_title
from simulator.intake import note_text
from simulator.observation import Observation
from tests.intake.workbooks import (
    ROWS,
    TAX,
    TREASURY,
    only,
    problems,
    read,
    small,
    ten_months,
    the_watch,
    told,
    workbook,
)
from tests.strategies import shipped_plan

DAY = datetime.date(2020, 10, 31)
EXPECTED = {
    ("budget_revenue", "to_date", 1049.94, "billion_vnd", TAX),
    ("domestic_revenue", "to_date", 998.2, "billion_vnd", TAX),
    ("industrial_output", "to_date", 2749.5, "billion_vnd_2010_prices", "Cục Thống kê"),
    ("visitors", "to_date", 512.0, "thousand_visits", "Sở VHTTDL"),
    ("exports", "to_date", 41.5, "million_usd", "Sở Công Thương"),
    ("foreign_capital_disbursed", "to_date", 123.4, "billion_vnd", TREASURY),
    ("foreign_capital_disbursed", "year_end_estimate", 250.0, "billion_vnd", TREASURY),
    ("government_bonds_disbursement", "to_date", 57.0, "percent", TREASURY),
    ("government_bonds_disbursement", "year_end_estimate", 93.0, "percent", TREASURY),
    ("poverty_programme_disbursed", "to_date", 200450.0, "million_vnd", TREASURY),
    ("poverty_programme_disbursed", "year_end_estimate", 240000.5, "million_vnd", TREASURY),
}


def test_a_report_of_ten_months_comes_in_whole() -> None:
    preview = read("thang10.xlsx", ten_months(), entered_by="Lan")
    assert not problems(preview)
    assert preview.ready
    found = {(o.quantity, o.kind, o.value, o.unit, o.source) for o in preview.observations}
    assert found == EXPECTED
    assert {o.date for o in preview.observations} == {DAY}
    assert {o.entered_by for o in preview.observations} == {"Lan"}


def test_every_figure_of_the_plans_year_is_shown_with_its_cell_and_what_was_made_of_it() -> None:
    preview = read("thang10.xlsx", ten_months())
    by_place = {row.place: row for row in preview.rows}
    first = by_place["Biểu 01!F11"]
    assert first.cells["quantity"] == "Thu ngân sách nhà nước trên địa bàn"
    assert first.cells["value"] == "1.049,94"
    assert "1.049,94 read as 1049.94" in first.notes
    assert "matched Thu ngân sách trên địa bàn" in first.notes
    assert by_place["Biểu 01!G11"].notes == ("budget_revenue takes no year_end_estimate; left out",)
    assert by_place["Biểu 01!F21"].notes == ("a total; left out",)
    assert len(preview.rows) == len(EXPECTED) + 2


def test_what_was_understood_is_said_in_vietnamese_too() -> None:
    for row in read("thang10.xlsx", ten_months()).rows:
        for note in row.notes:
            assert note_text(note, "en") == note
            assert note_text(note, "vi") != note


def test_rows_of_other_quantities_are_problems_or_left_out_as_is_asked() -> None:
    rows = [*ROWS, (5, "Diện tích trồng sắn ven sông", "ha", None, None, 7, None, None, "x")]
    strict = read("a.xlsx", ten_months(rows))
    assert [problem.wrong for problem in problems(strict)] == ["names no quantity of the plan"]
    lenient = read("a.xlsx", ten_months(rows), leave_out_unknown=True)
    assert lenient.ready
    assert {o.quantity for o in lenient.observations} == {row[0] for row in EXPECTED}


def test_a_title_that_is_only_a_little_like_a_known_one_is_left_out_where_that_is_asked() -> None:
    """Funds of which the plan watches only the parts."""
    sheet = small(("Vốn địa phương quản lý", "tỷ đồng", 5, "Kho bạc"))
    (problem,) = only(read("a.xlsx", sheet)).problems
    assert problem.nearest == "Vốn địa phương khác"
    assert not problems(read("a.xlsx", sheet, leave_out_unknown=True))


def test_a_misspelled_title_is_never_left_out() -> None:
    rows = [("Lượt khách du lịh", "nghìn lượt", 7, "a")]
    preview = read("a.xlsx", small(*rows), leave_out_unknown=True)
    assert only(preview).problems[0].nearest == "Lượt khách du lịch"


@pytest.mark.parametrize(
    ("title", "unit", "quantity", "own"),
    [
        ("Vốn nước ngoài", "tỷ đồng", "foreign_capital_disbursed", "billion_vnd"),
        ("Vốn nước ngoài (ODA)", "%", "foreign_capital_disbursement", "percent"),
        ("Giải ngân vốn nước ngoài", "%", "foreign_capital_disbursement", "percent"),
        ("Tỷ lệ giải ngân: Vốn nước ngoài (ODA)", "%", "foreign_capital_disbursement", "percent"),
        ("VỐN NƯỚC NGOÀI (ODA), triệu đồng", "", "foreign_capital_disbursed", "million_vnd"),
        ("Trai phieu chinh phu", "tỷ", "government_bonds_disbursed", "billion_vnd"),
        ("Foreign capital (ODA)", "bn VND", "foreign_capital_disbursed", "billion_vnd"),
        ("foreign_capital_disbursed", "million_vnd", "foreign_capital_disbursed", "million_vnd"),
        ("Chương trình MTQG xây dựng NTM", "tỷ đồng", "new_rural_programme_disbursed", "billion_vnd"),
        ("1.2. Lượt khách du lịch", "lượt", "visitors", "visits"),
        ("Lượt khách du lịch (nghìn lượt)", "", "visitors", "thousand_visits"),
        ("Tạo việc làm mới", "lao động", "jobs_created", "persons"),
        ("Kim ngạch nhập khẩu hàng hóa", "Triệu USD", "imports", "million_usd"),
    ],
)  # fmt: skip
def test_titles_and_units_are_known_as_departments_write_them(
    title: str, unit: str, quantity: str, own: str
) -> None:
    found = told(read("a.xlsx", small((title, unit, 0.5, "Sở"))))
    assert (found.quantity, found.unit) == (quantity, own)


@pytest.mark.parametrize(
    ("title", "unit", "quantity"),
    [
        ("1. Thu ngân sách NN trên địa bàn", "tỷ đồng", "budget_revenue"),
        ("Khách du lịch", "nghìn lượt", "visitors"),
        ("Tốc độ tăng trưởng GRDP", "%", "grdp_growth"),
        ("Cơ cấu GRDP: Dịch vụ", "%", "services_share"),
        ("Số bác sĩ/1 vạn dân", "bác sĩ", "doctors_per_10000"),
        ("Hộ nghèo", "%", "poverty_rate"),
        ("Hộ nghèo", "hộ", "poor_households"),
        ("Tỉ lệ hộ nghèo", "%", "poverty_rate"),
        ("Cai nghiện tại các trung tâm cai nghiện tỉnh, huyện", "người", "drug_rehabilitation_in_centres"),
    ],
)  # fmt: skip
def test_what_others_call_a_quantity_is_known_too(title: str, unit: str, quantity: str) -> None:
    sheet = small((title, unit, 7, "Sở"), heading=("Chỉ tiêu", "ĐVT", "Cả năm 2020", "Nguồn"))
    assert told(read("a.xlsx", sheet)).quantity == quantity


@pytest.mark.parametrize(
    ("words", "value"),
    [("Hoàn thành", 1.0), ("Chưa hoàn thành", 0.0), ("đạt", 1.0), (1, 1.0), ("Không", 0.0)],
)
def test_a_task_is_done_or_not_in_words_and_needs_no_unit(words: object, value: float) -> None:
    row = ("Duy trì chuẩn Xóa mù chữ mức độ 1", "", words, "Sở")
    sheet = small(row, heading=("Chỉ tiêu", "ĐVT", "Kết quả năm 2020", "Nguồn"))
    found = told(read("a.xlsx", sheet))
    assert (found.value, found.unit) == (value, "status")


@pytest.mark.parametrize("quantity", sorted(the_watch().observables))
def test_every_quantity_is_known_by_its_own_name_and_titles(quantity: str) -> None:
    first, *others = the_watch().observables[quantity].units
    titles = (quantity, *(quantity_title(quantity, shipped_plan(), x) for x in ("vi", "en")))
    for title, unit in [*((title, first) for title in titles), *((titles[1], x) for x in others)]:
        sheet = small((title, unit, 1, "Sở"), heading=("Chỉ tiêu", "ĐVT", "Giá trị", "Nguồn"))
        found = told(read("a.xlsx", sheet, kind="final", date=DAY))
        assert (found.quantity, found.unit) == (quantity, unit)


@pytest.mark.parametrize(
    ("title", "unit", "several"),
    [
        ("Vốn nước ngoài (ODA)", "", "foreign_capital_disbursed, foreign_capital_disbursement"),
        ("Trái phiếu Chính phủ", "", "government_bonds_disbursed, government_bonds_disbursement"),
    ],
)
def test_a_title_that_fits_several_is_told_and_never_guessed(
    title: str, unit: str, several: str
) -> None:
    row = only(read("a.xlsx", small((title, unit, 5, "Sở"))))
    assert row.observation is None
    assert row.problems[0].wrong == f"fits several: {several}"


def test_the_section_above_completes_a_title() -> None:
    rows = [("Cơ cấu kinh tế",), ("Nông lâm nghiệp, thủy sản", "%", 18.5, "Sở")]
    sheet = small(*rows, heading=("Chỉ tiêu", "ĐVT", "Thực hiện cả năm 2020", "Nguồn"))
    found = told(read("a.xlsx", sheet))
    assert (found.quantity, found.kind) == ("agriculture_share", "final")
    assert found.date == datetime.date(2020, 12, 31)


@pytest.mark.parametrize(
    ("heading", "kind", "day"),
    [
        ("Thực hiện đến 31/10/2020", "to_date", (10, 31)),
        ("Lũy kế đến hết tháng 9", "to_date", (9, 30)),
        ("Thực hiện 6 tháng đầu năm", "to_date", (6, 30)),
        ("TH 10 tháng năm 2020", "to_date", (10, 31)),
        ("Lũy kế đến quý III", "to_date", (9, 30)),
        ("Thực hiện quý I/2020", "to_date", (3, 31)),
        ("Giải ngân đến ngày 15/7/2020 (tỷ đồng)", "to_date", (7, 15)),
        ("Ước thực hiện 9 tháng", "to_date", (9, 30)),
        ("Chín tháng đầu năm 2020", "to_date", (9, 30)),
        ("9T/2020", "to_date", (9, 30)),
        ("Actual to date 2020-08-31", "to_date", (8, 31)),
    ],
)
def test_a_heading_says_up_to_which_day(heading: str, kind: str, day: tuple[int, int]) -> None:
    sheet = small(
        ("Giải ngân: Vốn nước ngoài (ODA)", "tỷ đồng", 5, "Sở"),
        heading=("Chỉ tiêu", "ĐVT", heading, "Nguồn"),
    )
    found = told(read("a.xlsx", sheet))
    assert (found.kind, found.date) == (kind, datetime.date(2020, *day))


@pytest.mark.parametrize(
    "above",
    [
        "BÁO CÁO 10 THÁNG NĂM 2020",
        "Số liệu tính đến ngày 31/10/2020",
        "Kết quả thực hiện 10 tháng, nhiệm vụ 2 tháng cuối năm",
    ],
)
def test_the_lines_above_say_the_day_and_the_unit_of_all(above: str) -> None:
    sheet = small(
        ("Vốn nước ngoài (ODA)", 5, 7, "Sở"),
        heading=("Nguồn vốn", "Giải ngân", "Ước cả năm", "Nguồn"),
        above=(above, "Điện Biên, ngày 05 tháng 11 năm 2020", "Đơn vị tính: Triệu đồng"),
    )
    preview = read("a.xlsx", sheet)
    assert not problems(preview)
    found = [(o.kind, o.value, o.unit, o.date) for o in preview.observations]
    assert found == [
        ("to_date", 5.0, "million_vnd", DAY),
        ("year_end_estimate", 7.0, "million_vnd", DAY),
    ]


def test_figures_of_plans_and_of_other_years_are_not_read() -> None:
    heading = (
        *("Chỉ tiêu", "ĐVT", "Kế hoạch năm 2020", "Kế hoạch điều chỉnh 2020", "10 tháng năm 2019"),
        *("Thực hiện 10 tháng năm 2020", "% so với cùng kỳ", "Tỷ lệ đạt KH", "Ghi chú"),
    )
    sheet = small(("Lượt khách du lịch", "nghìn lượt", 1, 2, 3, 4, 5, 6, 7), heading=heading)
    found = told(read("a.xlsx", sheet, source="Sở"))
    assert (found.value, found.date, found.source) == (4.0, DAY, "Sở")


def test_a_column_of_days_in_dates_or_text_decides_for_each_row() -> None:
    sheet = workbook(
        [
            ("Chỉ tiêu", "ĐVT", "Ngày", "Loại", "Giá trị", "Nguồn"),
            ("Lượt khách du lịch", "nghìn lượt", datetime.date(2020, 9, 30), "lũy kế", 400, "a"),
            ("Thu nội địa", "tỷ đồng", "31/10/2020", "to_date", "900,5", "a"),
            ("Thu nội địa", "tỷ đồng", "2020-12-31", "Kết quả cả năm", 1200, "a"),
        ]
    )
    preview = read("a.xlsx", sheet)
    assert not problems(preview)
    assert [(o.date.isoformat(), o.kind, o.value) for o in preview.observations] == [
        ("2020-09-30", "to_date", 400.0),
        ("2020-10-31", "to_date", 900.5),
        ("2020-12-31", "final", 1200.0),
    ]


def test_units_and_days_that_are_merged_over_rows_hold_in_all_of_them() -> None:
    sheet = workbook(
        [
            ("Nguồn vốn", "ĐVT", "Giải ngân đến 31/10/2020", "Nguồn"),
            ("Vốn nước ngoài (ODA)", "Tỷ đồng", 5, "Kho bạc"),
            ("Trái phiếu Chính phủ", "", 7, ""),
        ],
        merged=["B2:B3", "D2:D3"],
    )
    preview = read("a.xlsx", sheet)
    assert not problems(preview)
    assert {(o.unit, o.source) for o in preview.observations} == {("billion_vnd", "Kho bạc")}


def test_a_share_a_revised_base_and_shares_in_percent_cells_are_what_they_say() -> None:
    heading = ("Chỉ tiêu", "ĐVT", "Số gốc 2019 (sửa lại)", "Thực hiện đến 31/10/2020", "Nguồn")
    rows = [
        ("Trái phiếu Chính phủ", "share", None, 0.57, "Kho bạc"),
        ("Vốn nước ngoài (ODA)", "share", None, "57%", "Kho bạc"),
        ("Lượt khách du lịch", "nghìn lượt", 845, None, "Sở"),
    ]
    preview = read("a.xlsx", workbook([heading, *rows], formats={"D2": "0%"}))
    assert not problems(preview)
    assert [(o.quantity, o.kind, o.value, o.unit) for o in preview.observations] == [
        ("government_bonds_disbursement", "to_date", 0.57, "share"),
        ("foreign_capital_disbursement", "to_date", 0.57, "share"),
        ("visitors", "revised_baseline", 845.0, "thousand_visits"),
    ]


def test_a_fund_that_has_paid_nothing_yet_holds_up_nothing() -> None:
    rows = [("Vốn nước ngoài (ODA)", "tỷ đồng", 0, "a"), ("Thu nội địa", "tỷ đồng", 5, "a")]
    preview = read("a.xlsx", small(*rows))
    assert preview.ready
    assert len(preview.observations) == 1
    (note,) = preview.rows[0].notes
    assert note == "0 says nothing of the year's end; left out"
    assert note_text(note, "vi") != note


def test_the_form_says_what_the_table_does_not() -> None:
    rows = [("Chỉ tiêu", "Giá trị"), ("Lượt khách du lịch", 512), ("Thực hiện", "x")]
    day = datetime.date(2020, 3, 31)
    given = {"kind": "to_date", "date": day, "unit": "lượt", "source": "Sở", "entered_by": "Lan"}
    found = told(read("a.xlsx", workbook(rows), **given))
    assert found == Observation("visitors", "to_date", 512.0, "visits", day, "Sở", "Lan")


def test_a_quarter_alone_is_a_running_total_where_the_form_says_so() -> None:
    heading = ("Chỉ tiêu", "ĐVT", "Thực hiện quý III", "Nguồn")
    sheet = small(("Lượt khách du lịch", "lượt", 512, "Sở"), heading=heading)
    found = told(read("a.xlsx", sheet, kind="to_date"))
    assert (found.kind, found.date) == ("to_date", datetime.date(2020, 9, 30))


def test_a_line_that_says_what_separates_the_cells_is_heard() -> None:
    text = "sep=;\nquantity;kind;value;unit;date;source\n"
    text += "visitors;to_date;1,5;visits;30/6/2020;Sở, phòng\n"
    preview = read("a.csv", text.encode())
    assert told(preview).value == 1.5
    assert preview.rows[0].place == "line 3"


def test_the_same_value_twice_counts_once_and_says_so() -> None:
    rows = [("Lượt khách du lịch", "nghìn lượt", 512, "a"), ("visitors", "lượt", 512000, "a")]
    preview = read("a.xlsx", small(*rows))
    assert preview.ready
    assert len(preview.observations) == 1
    assert "stands already at Biểu 01!C2; counted once" in preview.rows[1].notes


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_same_report_as_text_says_the_same(separator: str, coding: str) -> None:
    rows = [
        ("UBND TỈNH ĐIỆN BIÊN",),
        ("BÁO CÁO 10 THÁNG NĂM 2020",),
        ("TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện", "Nguồn số liệu"),
        ("1", "Thu nội địa", "Tỷ đồng", '"1.049,94"', "Cục Thuế"),
        ("2", "Lượt khách du lịch", "Nghìn lượt", '"1.512"', "Sở VHTTDL"),
    ]
    text = "\r\n".join(separator.join(row) for row in rows)
    preview = read("a.csv", text.encode(coding))
    assert not problems(preview)
    assert [(o.quantity, o.value, o.date) for o in preview.observations] == [
        ("domestic_revenue", 1049.94, DAY),
        ("visitors", 1512.0, DAY),
    ]
    assert preview.rows[0].place == "line 4"
