"""Is what is surely no figure of the province's year so far kept out of the log?"""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from simulator.intake import Defaults, Preview, read_table
from simulator.ledger.entry import observation_problems
from simulator.observation import Observation
from simulator.run import Workshop
from tests.intake.workbooks import the_watch
from tests.strategies import shipped_plan

DEFAULTS = Defaults(source="Sở", entered_by="Lan")
TOP = "Báo cáo đến hết 31/10/2020\n"


def read(text: str) -> Preview:
    workshop = Workshop()
    watch = workshop.vocabulary("dien_bien_2020").watch
    assert watch is not None
    return read_table("bang.csv", text.encode(), watch({}), shipped_plan(), DEFAULTS)


def headed(heading: str) -> Preview:
    return read(f"{TOP}Chỉ tiêu,ĐVT,{heading}\nLượt khách du lịch,nghìn lượt,430\n")


@pytest.mark.parametrize(
    "heading",
    [
        *("Thực hiện năm trước", "Thực hiện năm ngoái", "Kết quả năm trước"),
        *("Thực hiện trong tháng", "Thực hiện trong quý", "Thực hiện tháng trước"),
        *("Thực hiện tuần", "Thực hiện kỳ này", "Thực hiện bình quân tháng"),
        *("Thực hiện 6 tháng cuối năm", "Thực hiện nửa đầu năm"),
        *("Số còn lại chưa giải ngân đến 31/10/2020", "Còn phải thực hiện", "Giá trị còn thiếu"),
        *("Lũy kế từ năm 2016 đến 31/10/2020", "Thực hiện giai đoạn 2016-2020"),
        *("Lũy kế từ đầu nhiệm kỳ đến nay", "Thực hiện đến 31/02/2020", "Thực hiện đến 31/10/20"),
        *("Thực hiện đến ngày 31 tháng 9 năm 2020", "Thực hiện từ 01/10/2020 đến 31/10/2020"),
        *("Thực hiện từ tháng 6 đến tháng 10", "Lũy kế đến hết tháng 13"),
        "Thực hiện từ quý II đến quý III",
    ],
)
def test_other_figures_than_the_years_so_far_are_never_ready(heading: str) -> None:
    found = headed(heading)
    assert not found.ready
    assert found.observations == ()
    assert found.problems


@pytest.mark.parametrize(
    "heading",
    [
        *("Thực hiện đến 31/10/2020", "Thực hiện 10 tháng năm 2020", "Lũy kế đến hết tháng 10"),
        *("Thực hiện từ 01/01/2020 đến 31/10/2020", "Thực hiện từ tháng 1 đến tháng 10"),
        "Lũy kế từ đầu năm",
    ],
)
def test_what_began_with_the_year_is_a_running_total(heading: str) -> None:
    (found,) = headed(heading).observations
    assert (found.kind, found.date.isoformat(), found.value) == ("to_date", "2020-10-31", 430)


@pytest.mark.parametrize(
    "heading", ["Lũy kế đến hết quý III", "Thực hiện từ quý I đến quý III", "9 tháng"]
)
def test_quarters_that_began_with_the_year_are_a_running_total(heading: str) -> None:
    (found,) = headed(heading).observations
    assert (found.kind, found.date.isoformat()) == ("to_date", "2020-09-30")


def test_figures_of_last_year_beside_those_of_this_one_are_left_out() -> None:
    found = read(
        f"{TOP}Chỉ tiêu,ĐVT,Thực hiện trong tháng,Lũy kế đến 31/10/2020,Thực hiện năm trước\n"
        "Lượt khách du lịch,nghìn lượt,20,430,845\n"
    )
    assert [row.value for row in found.observations] == [430]


@pytest.mark.parametrize(
    "text",
    [
        "Huyện Mường Nhé\nChỉ tiêu,ĐVT,Thực hiện đến 31/10/2020\nLượt khách du lịch,nghìn lượt,43\n",
        "UBND HUYỆN MƯỜNG NHÉ\nChỉ tiêu,ĐVT,Đến 31/10/2020\nLượt khách du lịch,nghìn lượt,43\n",
        "Chỉ tiêu,ĐVT,Đến 31/10/2020\nHuyện Mường Nhé,,\nLượt khách du lịch,nghìn lượt,43\n",
    ],
)
def test_figures_of_a_district_are_none_of_the_province(text: str) -> None:
    found = read(text)
    assert found.observations == ()
    assert not found.ready


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ tiêu,ĐVT,Đến 31/10/2020,Chỉ tiêu,ĐVT,Đến 31/10/2020\n"
        "Thu nội địa,tỷ đồng,-,Doanh thu du lịch,tỷ đồng,700\n",
        "Chỉ tiêu,ĐVT,Đến 31/10/2020\nChỉ tiêu,ĐVT,Kế hoạch 2021\nThu nội địa,tỷ đồng,700\n",
        "Chỉ tiêu,ĐVT,Đến 31/10/2020\nKế hoạch năm 2021,,\nThu nội địa,tỷ đồng,700\n",
    ],
)
def test_a_second_table_is_not_read_under_the_first_ones_heading(text: str) -> None:
    found = read(text)
    assert found.observations == ()
    assert not found.ready


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ tiêu,ĐVT,Đến 31/10/2020\nThu nội địa (triệu đồng),tỷ đồng,900\n",
        "Chỉ tiêu,ĐVT,Đến 31/10/2020 (tỷ đồng)\nThu nội địa,triệu đồng,900\n",
    ],
)
def test_units_that_contradict_each_other_are_told(text: str) -> None:
    found = read(text)
    assert found.observations == ()
    (problem,) = (problem for row in found.rows for problem in row.problems)
    assert "đồng" in problem.wrong


def test_a_unit_written_twice_is_one() -> None:
    found = read("Chỉ tiêu,ĐVT,Đến 31/10/2020 (tỷ đ)\nThu nội địa (tỷ đồng),tỷ đồng,900\n")
    assert [row.value for row in found.observations] == [900]


def test_a_fault_of_one_figure_hides_no_other_of_its_row() -> None:
    text = "Chỉ tiêu,ĐVT,Đến 31/10/2020,Ước thực hiện cả năm\nVốn nước ngoài (ODA),%,250,70\n"
    found = read(text)
    assert [bool(row.problems) for row in found.rows] == [True, False]
    assert [row.value for row in found.observations] == [70]


def test_every_fault_of_a_figure_is_told_at_once() -> None:
    watch = Workshop().vocabulary("dien_bien_2020").watch
    assert watch is not None
    text = "Chỉ tiêu,ĐVT,Đến 31/10/2020\nVốn nước ngoài (ODA),%,250\n"
    found = read_table("bang.csv", text.encode(), watch({}), shipped_plan(), Defaults())
    wrong = [problem.wrong for row in found.rows for problem in row.problems]
    assert len(wrong) == 2
    assert "source is missing" in wrong


def book(hide: str = "", form: str = "General") -> Preview:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["Chỉ tiêu", "ĐVT", "Thực hiện đến 31/10/2020", "Thực hiện đến 30/09/2020"])
    sheet.append(["Lượt khách du lịch", "nghìn lượt", 430, 400])
    sheet.append(["Thu nội địa", "tỷ đồng", 900, 800])
    sheet["C2"].number_format = form
    if hide == "row":
        sheet.row_dimensions[3].hidden = True
    elif hide == "column":
        sheet.column_dimensions["D"].hidden = True
    file = io.BytesIO()
    made.save(file)
    watch = Workshop().vocabulary("dien_bien_2020").watch
    assert watch is not None
    return read_table("bang.xlsx", file.getvalue(), watch({}), shipped_plan(), DEFAULTS)


def test_what_a_sheet_hides_is_not_read() -> None:
    assert {row.value for row in book().observations} == {430, 400, 900, 800}
    assert {row.value for row in book("row").observations} == {430, 400}
    assert {row.value for row in book("column").observations} == {430, 900}


@pytest.mark.parametrize("form", ["#,##0,", "0.0,,", '#,##0,"k"'])
def test_a_number_shown_divided_by_a_thousand_is_told(form: str) -> None:
    found = book(form=form)
    assert not found.ready
    assert [problem.wrong for row in found.rows for problem in row.problems] == [
        "is shown in thousands or millions of what the cell holds"
    ]


@pytest.mark.parametrize("form", ["#,##0", "#,##0.00", "#,##0_);(#,##0)", '0" tỷ, đồng"'])
def test_a_comma_between_digits_divides_nothing(form: str) -> None:
    assert 430 in {row.value for row in book(form=form).observations}


@pytest.mark.parametrize("source", ["S" * 1001, "Sở\x07", "Sở\u200b"])
@pytest.mark.parametrize("field", ["source", "entered_by"])
def test_a_figure_that_no_log_takes_is_not_shown_as_ready(source: str, field: str) -> None:
    defaults = replace(DEFAULTS, **{field: source})
    text = "quantity,kind,value,unit,date\nvisitors,to_date,430,thousand_visits,2020-10-31\n"
    (row,) = read_table("a.csv", text.encode(), the_watch(), shipped_plan(), defaults).rows
    told = Observation(
        *("visitors", "to_date", 430.0, "thousand_visits", date(2020, 10, 31)),
        **{"source": "Sở", "entered_by": "Lan"} | {field: source},
    )
    assert bool(row.problems) == any(observation_problems(told))
    assert (row.observation is None) == bool(row.problems)


def test_a_source_that_is_written_in_two_lines_is_one_text() -> None:
    heading = "Chỉ tiêu,ĐVT,Thực hiện đến 31/10/2020,Nguồn"
    found = read(f'{TOP}{heading}\nLượt khách du lịch,nghìn lượt,430,"Sở VHTTDL\ntỉnh"\n')
    assert [row.source for row in found.observations] == ["Sở VHTTDL tỉnh"]
