"""Is everything that is wrong with a table told at its place, in both languages, and nothing taken in?"""

import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from simulator.intake import limits
from simulator.problem_words import phrase
from simulator.records import Problem
from simulator.yaml_text import MOST_PROBLEMS
from tests.intake.workbooks import (
    ROWS,
    only,
    problems,
    read,
    saved,
    small,
    ten_months,
    workbook,
)

VISITORS, FUND = "Lượt khách du lịch", "Vốn nước ngoài (ODA)"
GOOD = (VISITORS, "nghìn lượt", 512, "Sở")
TO_DATE = "Thực hiện đến 31/10/2020"

BROKEN: dict[str, tuple[bytes, int | None, str, str]] = {
    "misspelled": (
        small(GOOD, ("Thu nội đụa", "tỷ đồng", 5, "Thuế")),
        *(3, "Thu nội đụa", "names no quantity of the plan"),
    ),
    "ambiguous_title": (
        small(GOOD, (FUND, "", 5, "Kho bạc")),
        *(3, FUND, "fits several: foreign_capital_disbursed, foreign_capital_disbursement"),
    ),
    "words": (
        small((VISITORS, "nghìn lượt", "khoảng 500", "Sở")),
        *(2, VISITORS, "is 'khoảng 500', not a number"),
    ),
    "two_readings": (
        small((VISITORS, "lượt", "512.000", "Sở")),
        *(2, VISITORS, "512.000 can be read as 512000 or as 512"),
    ),
    "error_cell": (
        small((VISITORS, "nghìn lượt", "#REF!", "Sở")),
        *(2, VISITORS, "is #REF!"),
    ),
    "formula": (
        small((VISITORS, "nghìn lượt", "=SUM(C5:C6)", "Sở")),
        *(2, VISITORS, "is a formula without a value"),
    ),
    "unit": (
        small((VISITORS, "tấn", 512, "Sở")),
        *(2, VISITORS, "unit is 'tấn'"),
    ),
    "no_unit": (
        small((VISITORS, "", 512, "Sở")),
        *(2, VISITORS, "unit is missing"),
    ),
    "two_values": (
        small(GOOD, (VISITORS, "lượt", 511000, "Sở")),
        *(3, VISITORS, "another value stands at Biểu 01!C2: 512"),
    ),
    "negative": (
        small((VISITORS, "nghìn lượt", -3, "Sở")),
        *(2, VISITORS, "-3.0 is out of range"),
    ),
    "percentage": (
        small((VISITORS, "nghìn lượt", "57%", "Sở")),
        *(2, VISITORS, "is 57%, a percentage of something"),
    ),
    "no_source": (
        small((VISITORS, "nghìn lượt", 512, "")),
        *(2, VISITORS, "source is missing"),
    ),
    "no_day": (
        small(GOOD, heading=("Chỉ tiêu", "ĐVT", "Lũy kế", "Nguồn")),
        *(2, VISITORS, "date is missing"),
    ),
    "odd_day": (
        workbook(
            [
                ("Chỉ tiêu", "ĐVT", "Ngày", "Lũy kế", "Nguồn"),
                (VISITORS, "lượt", "hôm qua", 7, "Sở"),
            ]
        ),
        *(2, VISITORS, "date is 'hôm qua'"),
    ),
    "other_year": (
        workbook(
            [
                ("Chỉ tiêu", "ĐVT", "Ngày", "Lũy kế", "Nguồn"),
                (VISITORS, "lượt", "31/10/2019", 7, "Sở"),
            ]
        ),
        *(2, VISITORS, "2019-10-31 is outside the plan's year"),
    ),
    "no_title": (
        small(GOOD, ("", "nghìn lượt", 512, "Sở")),
        *(3, "", "a value without a title"),
    ),
    "old_font": (
        small(("Tû lÖ hé nghÌo ®Çu n¨m", "%", 5, "Së")),
        *(2, "Tû lÖ hé nghÌo ®Çu n¨m", "is written for a TCVN3 font"),
    ),
    "quarter_alone": (
        small(GOOD, heading=("Chỉ tiêu", "ĐVT", "Thực hiện quý III", "Nguồn")),
        *(1, "Thực hiện quý III", "may be of that month or quarter alone"),
    ),
    "another_year": (
        small(GOOD, heading=("Chỉ tiêu", "ĐVT", "Thực hiện đến 31/10/2019", "Nguồn")),
        *(None, "", "has no column of the plan's year"),
    ),
    "two_days": (
        small(
            GOOD,
            heading=("Chỉ tiêu", "ĐVT", "Thực hiện", "Nguồn"),
            above=("Báo cáo 10 tháng năm 2020", "Số liệu tính đến 30/9/2020"),
        ),
        *(None, "", "reports up to 2020-10-31 and 2020-09-30"),
    ),
    "no_kind": (
        small(GOOD, heading=("Chỉ tiêu", "ĐVT", "Giá trị", "Nguồn")),
        *(2, VISITORS, "date is missing"),
    ),
    "not_watched": (
        small(("Số xã đạt chuẩn NTM kiểu mẫu (xã Thanh Hưng)", "xã", 1, "Sở")),
        *(2, "Số xã đạt chuẩn NTM kiểu mẫu (xã Thanh Hưng)", "cannot be observed here"),
    ),
    "yes": (
        small((VISITORS, "nghìn lượt", True, "Sở")),
        *(2, VISITORS, "is TRUE"),
    ),
    "no_table": (
        workbook([("Kính gửi", "UBND tỉnh")]),
        *(None, "", "holds no table that can be read"),
    ),
}  # fmt: skip


def said(problem: Problem) -> bool:
    return all(phrase(part) is not None for part in (problem.wrong, problem.allowed) if part)


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_a_workbook_is_told_at_its_row(name: str) -> None:
    content, line, what, wrong = BROKEN[name]
    preview = read("so_lieu.xlsx", content)
    assert not preview.ready
    found = problems(preview)
    assert (line, what, wrong) in [(each.line, each.name, each.wrong) for each in found]
    assert all(each.file.startswith("so_lieu.xlsx") for each in found)
    assert all(said(each) for each in found)


def test_all_rows_are_told_at_once_and_good_rows_are_still_shown() -> None:
    rows = [*ROWS]
    rows[2] = ("", "Thu nội địaa", "Tỷ đồng", 1, 1, 5, None, None, "Thuế")
    rows[4] = (3, VISITORS, "tấn", 1, 1, 5, None, None, "Sở")
    preview = read("so_lieu.xlsx", ten_months(rows))
    told = [(each.file, each.line, each.name) for each in problems(preview)]
    assert told == [
        ("so_lieu.xlsx [Biểu 01]", 12, "Thu nội địaa"),
        ("so_lieu.xlsx [Biểu 01]", 14, VISITORS),
    ]
    assert len(preview.observations) > len(told)
    assert not preview.ready


@pytest.mark.parametrize("name", ["misspelled", "ambiguous_title", "no_title", "old_font", "words"])
def test_leaving_out_what_the_plan_does_not_watch_hides_no_mistake(name: str) -> None:
    content, line, what, wrong = BROKEN[name]
    found = problems(read("so_lieu.xlsx", content, leave_out_unknown=True))
    assert (line, what, wrong) in [(each.line, each.name, each.wrong) for each in found]


def test_what_the_form_says_replaces_no_word_of_the_table() -> None:
    text = "quantity,kind,value,unit,date,source\nvisitors,to_dat,4,visit,soon,a\n"
    given = {"kind": "to_date", "date": datetime.date(2020, 6, 30), "unit": "visits"}
    found = problems(read("a.csv", text.encode(), **given))
    assert {each.wrong for each in found} == {"unknown kind", "date is 'soon'"}


def test_the_nearest_title_is_told() -> None:
    preview = read("a.xlsx", small(("Lượt khách du lic", "lượt", 5, "Sở")))
    assert only(preview).problems[0].nearest == VISITORS


def test_a_file_with_too_many_problems_tells_the_first_ones() -> None:
    rows = [(f"Lượt khách du lịch {at}", "lượt", 5, "Sở") for at in range(3 * MOST_PROBLEMS)]
    preview = read("a.xlsx", small(*rows))
    assert len(problems(preview)) == MOST_PROBLEMS + 1
    assert preview.problems[0].wrong == f"more than {MOST_PROBLEMS} problems"
    assert all(said(each) for each in problems(preview))


PLAIN = "quantity,kind,value,unit,date,source\n"
TEXTS: dict[str, tuple[bytes, int | None, str, str]] = {
    "cp1258": ("Chỉ tiêu;ĐVT\nngày\n".encode("cp1258", "ignore"), 1, "", "byte 5 is not UTF-8"),
    "tcvn3": ("a\nChØ tiªu\n".encode("latin-1"), 2, "", "byte 4 is not UTF-8"),
    "utf16": ("\ufeffabc".encode("utf-16-le")[:-1], 1, "", "byte 6 is not UTF-16"),
    "column": (b"quantity,knd,value,unit,date,source\n", 1, "knd", "unknown column"),
    "doubled": (b"quantity,kind,value,unit,unit\n", 1, "unit", "doubled column"),
    "missing": (b"quantity,kind,unit,date\n", 1, "value", "missing column"),
    "cells": (f"{PLAIN}visitors,to_date,4,visits,2020-06-30,a,b\n".encode(), 2, "", "7 cells"),
    "quote": (f'{PLAIN}visitors,to_date,"4,visits\n'.encode(), 2, "", "not a CSV row"),
    "kind": (
        f"{PLAIN}visitors,to_dat,4,visits,2020-06-30,a\n".encode(),
        *(2, "visitors", "unknown kind"),
    ),
    "takes": (
        f"{PLAIN}food_output,to_date,4,tonnes,2020-06-30,a\n".encode(),
        *(2, "food_output", "takes no to_date"),
    ),
    "after_two_lines": (
        f'{PLAIN}visitors,to_date,4,visits,2020-06-30,"a\nb"\nx,final,1,y,2020-01-01,z\n'.encode(),
        *(4, "x", "names no quantity of the plan"),
    ),
    "far_column": (PLAIN.encode() + b"a" + b"," * 300 + b"b\n", 2, "", "more than 200 columns"),
    "many_rows": (b"a\n" * (limits.MOST_ROWS + 1), None, "", "more than 10000 rows"),
    "long_cell": (b"a" * (limits.LONGEST_TEXT + 1), 1, "", "more than 32767 letters"),
    "empty": (b"", None, "", "holds no table that can be read"),
    "old_excel": (b"\xd0\xcf\x11\xe0\xa1\xb1", None, "", "is a workbook of the old kind"),
    "no_zip": (b"PK\x03\x04abc", None, "", "is no workbook that can be read"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_wrong_with_a_text_table_is_told_at_its_line(name: str) -> None:
    content, line, what, wrong = TEXTS[name]
    preview = read("so_lieu.csv", content)
    assert not preview.ready
    found = problems(preview)
    assert any(
        (each.line, each.name) == (line, what) and each.wrong.startswith(wrong) for each in found
    ), found
    assert all(each.file == "so_lieu.csv" for each in found)
    assert all(said(each) for each in found)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook with one of its files replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
MERGED = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (at, at) for at in range(1, 6000))
SHEET_OF_MERGED = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData/><mergeCells>" + MERGED + b"</mergeCells></worksheet>"
)
ONE_FAR_CELL = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="%d"><c r="%s%d"><v>1</v></c></row></sheetData></worksheet>'
)


MANY_CELLS = b"<worksheet><sheetData><row>" + b"<c/>" * 600_000


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"PK" + b"0" * limits.LARGEST_TABLE, f"{limits.LARGEST_TABLE + 2} bytes"),
        (with_part(small(GOOD), SHEET, ENTITIES), "declares a document type"),
        (with_part(small(GOOD), SHEET, ENTITIES.decode().encode("utf-16")), "declares a document"),
        (with_part(small(GOOD), SHEET, b" " * (limits.LARGEST_EXPANDED + 1)), "more than"),
        (with_part(small(GOOD), SHEET, SHEET_OF_MERGED), "more than 5000 merged ranges"),
        (with_part(small(GOOD), SHEET, ONE_FAR_CELL % (1048576, b"A", 1048576)), "more than 10000"),
        (with_part(small(GOOD), SHEET, ONE_FAR_CELL % (1, b"XFD", 1)), "more than 200 columns"),
        (with_part(small(GOOD), SHEET, MANY_CELLS), "more than 500000 marks in a part"),
        (with_part(small(GOOD), SHEET, b"<worksheet>"), "is no workbook"),
        (with_part(small(GOOD), "xl/workbook.xml", b"<a/>"), "holds no table"),
    ],
    ids=[
        "size",
        "entities",
        "entities16",
        "bomb",
        "merged",
        "rows",
        "columns",
        "cells",
        "xml",
        "book",
    ],
)
def test_hostile_workbooks_are_refused_with_one_problem(content: bytes, wrong: str) -> None:
    preview = read("a.xlsx", content)
    (problem,) = preview.problems
    assert problem.wrong.startswith(wrong)
    assert said(problem)
    assert not preview.rows


def test_texts_that_only_cost_time_are_read_in_little() -> None:
    """A line of separators, a title of words that are taken off one after another, a long number."""
    for text in (
        b"," * 1_000_000,
        b"quantity,value,unit\n" + b"so " * 10_000 + b"," + b"1" * 30_000 + b",visits\n",
        b"quantity,value,unit\n" + b"(" * 30_000 + b",1,visits\n",
    ):
        assert not read("a.csv", text).ready


def test_one_merged_range_over_the_whole_sheet_costs_nothing() -> None:
    content = workbook([(TO_DATE,)], title="a")
    whole = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    preview = read("a.xlsx", with_part(content, SHEET, whole))
    assert [each.wrong for each in preview.problems] == ["holds no table that can be read"]


def test_too_many_sheets_are_refused_and_hidden_ones_not_read() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (("Chỉ tiêu", "ĐVT", TO_DATE, "Nguồn"), GOOD):
        sheet.append(row)
    hidden: Any = book.copy_worksheet(sheet)
    hidden["C2"] = 7
    hidden.sheet_state = "hidden"
    assert [o.value for o in read("a.xlsx", saved(book)).observations] == [512.0]
    for _ in range(limits.MOST_SHEETS):
        book.create_sheet()
    assert read("a.xlsx", saved(book)).problems[0].wrong == "more than 50 sheets"


def test_two_sheets_are_one_file_and_their_problems_name_them() -> None:
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = "A"
    second: Any = book.create_sheet("B")
    for sheet, value in ((first, 512), (second, 513)):
        sheet.append(("Chỉ tiêu", "ĐVT", TO_DATE, "Nguồn"))
        sheet.append((VISITORS, "nghìn lượt", value, "Sở"))
    (problem,) = problems(read("a.xlsx", saved(book)))
    assert problem.file == "a.xlsx [B]"
    assert problem.wrong == "another value stands at A!C2: 512"
