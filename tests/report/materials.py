"""Which reports do the laws of hand-over documents meet? Small runs with texts from outside."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.insight.backtest import backtest
from simulator.language import Language
from simulator.observation import Observation
from simulator.report import Material, gather_material
from simulator.report.parts import Block, Code, Figure, Paragraph, Points, Report, Table, cell_text
from simulator.run import Workshop
from simulator.scenario import Scenario
from simulator.validation import Validation, latest_validated
from tests.cards import runs
from tests.cockpit.sessions import HOSTILE, PLAN, workshop

LANGUAGES: tuple[Language, Language] = ("vi", "en")
TEXTS = st.sampled_from(["", "Giải ngân chậm", "=1+1", "@cmd", f"{HOSTILE}\x07", "]]>&amp;"])
SEEN = Observation("visitors", "to_date", 430.0, "thousand_visits", date(2020, 6, 30), "=Sở", "")
LEVERS = ("pig_biosecurity", "services_growth", "foreign_capital_disbursement", "human_epidemic")


@cache
def validation() -> Validation:
    earlier = latest_validated(besides=PLAN)
    assert earlier is not None
    return backtest(earlier, Workshop())


def material_of(run: Scenario) -> Material:
    return gather_material(workshop().run(run), workshop(), validation())


def named(run: Scenario, title: str, because: str = "", name: str = "run") -> Scenario:
    """A run with texts from outside in both languages."""
    texts = {"title_vi": title, "title_en": title, "because_vi": because, "because_en": because}
    return replace(run, name=name, plan=PLAN, **texts)


@cache
def late() -> Material:
    """A report of a few changes, which the slow forms are made of."""
    changes = {
        "foreign_capital_disbursement": Setting(0.3),
        "services_growth": Setting(0.085, p10=0.07, p90=0.1),
        "human_epidemic": Setting(0.0, fixed=True),
    }
    run = Scenario("late", changes, {"urban_clean_water": 98.5}, 128, 7, PLAN)
    return material_of(named(run, f"Vốn chậm {HOSTILE}", "=1+1", "late"))


@cache
def taught() -> Material:
    """A report of a year that is tracked."""
    run = Scenario("taught", {"pig_biosecurity": Setting(0.3)}, {}, 256, 7, PLAN)
    return material_of(replace(named(run, "Giữa năm", name="taught"), observations=(SEEN,)))


@cache
def trend() -> Material:
    return material_of(named(Scenario("trend", {}, {}, 128, 7, PLAN), "Xu hướng", name="trend"))


@st.composite
def told_runs(draw: st.DrawFn) -> Scenario:
    """Runs with texts that mean something elsewhere."""
    return named(draw(runs(*LEVERS)), draw(TEXTS), draw(TEXTS))


def blocks(report: Report) -> Iterator[Block]:
    for part in (*report.parts, *report.appendices):
        for section in part.sections:
            yield from section.blocks


def words(report: Report) -> Iterator[str]:
    """Every text that a reader meets."""
    yield from (report.title, report.about, report.opening, report.province)
    for part in (*report.parts, *report.appendices):
        yield part.title
        yield from (section.title for section in part.sections)
    for block in blocks(report):
        yield from block_words(block, report.language)


def block_words(block: Block, language: Language) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (column.title for column in block.columns)
        yield from (cell_text(cell, language) for row in block.rows for cell in row)
        yield from (*block.groups.values(), *block.notes)
    elif isinstance(block, Points):
        yield from block.texts
    elif isinstance(block, Paragraph | Code):
        yield block.text
    elif isinstance(block, Figure):
        yield from (block.title, block.subtitle, block.source, block.alt)
