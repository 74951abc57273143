"""Whichever way a department writes a figure, is the same figure read?"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.figures import english, vietnamese
from simulator.insight.tracking import quantity_title
from simulator.language import unit_name
from tests.intake.workbooks import problems, read, the_watch, workbook
from tests.strategies import shipped_plan

TO_DATE = sorted(
    name for name, known in the_watch().observables.items() if "to_date" in known.kinds
)
DAYS: dict[str, tuple[int, int]] = {
    "Thực hiện đến 31/10/2020": (10, 31),
    "Lũy kế 9 tháng năm 2020": (9, 30),
    "Thực hiện đến hết tháng 6": (6, 30),
    "6 tháng đầu năm 2020": (6, 30),
    "LŨY KẾ ĐẾN HẾT QUÝ I/2020": (3, 31),
}
WRITTEN: tuple[Callable[[float], Any], ...] = (
    lambda value: value,
    lambda value: vietnamese(value, 2),
    lambda value: english(value, 2),
    lambda value: f"{value:.2f}",
    lambda value: f"{value:.2f}".replace(".", ","),
)
DRESSED = ("{}", "1. {}", "- {}", "a) {}", "{} ", "+ Trong đó: {}", "2.1. {}")


@dataclass(frozen=True)
class Line:
    quantity: str
    title: str
    unit: str
    value: float


@st.composite
def line(draw: st.DrawFn, quantity: str) -> Line:
    known = the_watch().observables[quantity]
    unit = draw(st.sampled_from(sorted(known.units)))
    most = min(known.high / known.units[unit], 1e9)
    # Hundredths, so that every way of writing shows all of it.
    value = draw(st.integers(1, int(most * 100))) / 100
    title = quantity_title(quantity, shipped_plan(), draw(st.sampled_from(["vi", "en"])))
    title = draw(st.sampled_from([str, str.upper, str.lower]))(title)
    return Line(quantity, draw(st.sampled_from(DRESSED)).format(title), unit, value)


@st.composite
def reports(draw: st.DrawFn) -> list[Line]:
    names = draw(st.lists(st.sampled_from(TO_DATE), min_size=1, max_size=6, unique=True))
    return [draw(line(name)) for name in names]


@given(reports(), st.sampled_from(WRITTEN), st.sampled_from(sorted(DAYS)), st.booleans(), st.data())
@settings(max_examples=60)
def test_any_way_of_writing_a_report_says_the_same(
    lines: list[Line],
    write: Callable[[float], Any],
    heading: str,
    two_rows: bool,
    data: st.DataObject,
) -> None:
    top = [("UBND TỈNH",), ("Điện Biên, ngày 05 tháng 11 năm 2020",)][
        : data.draw(st.integers(0, 2))
    ]
    heads: list[tuple[Any, ...]] = [("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2020", heading, "So sánh")]
    merged = []
    if two_rows:
        at = len(top) + 1
        heads = [("TT", "Chỉ tiêu", "ĐVT", "Năm 2020", "", "So sánh"), ("", "", "", "KH", heading)]
        merged = [f"D{at}:E{at}", *(f"{letter}{at}:{letter}{at + 1}" for letter in "ABCF")]
    rows: list[tuple[Any, ...]] = []
    for number, told in enumerate(lines):
        if data.draw(st.booleans()):
            rows.append(("I", "CHỈ TIÊU KHÁC"))
        language = data.draw(st.sampled_from(["vi", "en"]))
        unit = data.draw(st.sampled_from([told.unit, unit_name(told.unit, language) or told.unit]))
        rows.append((number, told.title, unit, 9999, write(told.value), "50%"))
    preview = read("a.xlsx", workbook([*top, *heads, *rows, ("Ghi chú: …",)], merged), source="Sở")
    assert not problems(preview)
    day = datetime.date(2020, *DAYS[heading])
    found = {
        (o.quantity, o.value * factor(o.quantity, o.unit), o.date) for o in preview.observations
    }
    assert found == {(o.quantity, o.value * factor(o.quantity, o.unit), day) for o in lines}


def factor(quantity: str, unit: str) -> float:
    return the_watch().observables[quantity].units[unit]
