"""Does a report tell every target, the same in both languages, with the numbers of the scorecard?"""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from simulator.batch import Overrides, read_runs
from simulator.compare import compare
from simulator.drawing.figure import Figure
from simulator.language import Language, say, show, show_chance
from simulator.likelihood import likelihood
from simulator.report import gather_material
from simulator.report.board import board_table
from simulator.report.material import Material
from simulator.report.parts import Code, Report, Table, cell_text
from simulator.report.writing import write, write_together
from simulator.run import Workshop
from simulator.scenario import Scenario
from simulator.scenario_file import find_scenario
from simulator.wording import shown_decimals
from tests.invented import write_invented_plan
from tests.report.materials import (
    LANGUAGES,
    blocks,
    late,
    material_of,
    taught,
    told_runs,
    trend,
    validation,
    words,
)
from tests.runs import few
from tests.test_cli import document


def form(report: Report) -> list[Any]:
    """The shape of a report without its words."""
    shape: list[Any] = [len(report.parts), len(report.appendices), len(report.identity)]
    parts = (*report.parts, *report.appendices)
    shape += [[bool(section.title) for section in part.sections] for part in parts]
    for block in blocks(report):
        rows = (len(block.rows), len(block.columns)) if isinstance(block, Table) else ()
        shape.append((type(block).__name__, *rows))
    return shape


def cells(found: Material, language: Language) -> list[list[str]]:
    """The board's cells as they are read."""
    return [
        [cell_text(cell, language) for cell in row]
        for row in board_table(found.result, language).rows
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@given(run=told_runs())
@few
def test_the_board_tells_every_target_with_the_numbers_of_the_scorecard(
    language: Language, run: Scenario
) -> None:
    found = material_of(run)
    table = cells(found, language)
    assert len(table) == len(found.card.rows)
    for told, row in zip(table, found.card.rows.values(), strict=True):
        assert told[1].startswith(row.target.title(language))
        decimals = shown_decimals(row)
        p10, p50, p90 = row.quantiles or (None, None, None)
        for text, value in ((told[2], row.base), (told[3], p50), (told[5], row.target.target)):
            assert text == ("" if value is None else show(value, decimals, language))
        if p10 is not None and p90 is not None:
            assert told[4] == f"{show(p10, decimals, language)}–{show(p90, decimals, language)}"
        if row.plan_chance is not None:
            band = likelihood(row.plan_chance)
            word = band.vi if language == "vi" else band.en
            assert told[7] == f"{show_chance(row.plan_chance, language)} {word}"
        else:
            assert told[7] == ""


@given(run=told_runs())
@few
def test_both_languages_have_one_form_and_nothing_is_left_unfilled(run: Scenario) -> None:
    found = material_of(run)
    both = [write(found, language) for language in LANGUAGES]
    assert form(both[0]) == form(both[1])
    own = {found.scenario.title("vi"), found.result.scenario.because_vi, "simulator run"}
    for report in both:
        for text in words(report):
            foreign = any(part and part in text for part in own)
            assert foreign or not re.search(r"\bNone\b|\bnan\b|\binf\b|[{}]", text), text


@pytest.mark.parametrize("found", [late(), taught(), trend()], ids=["late", "taught", "trend"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_headline_changes_pictures_and_reasons_stand_in_every_report(
    found: Material, language: Language
) -> None:
    report = write(found, language)
    titles = [part.title for part in report.parts]
    assert say("report.part.results", language) in titles
    assert say("report.part.why", language) in titles
    assert (say("report.part.year", language) in titles) == (found.result.tracked is not None)
    told = " ".join(words(report))
    count = found.card.count
    assert count.plan is not None
    assert show(count.plan.mean, 1, language) in told
    assert found.result.hash in told
    for name in found.scenario.changes:
        row = found.card.projection.plan.catalogue.assumptions[name]
        assert row.title(language) in told
        assert row.reason(language) in told
    figures = [block for block in blocks(report) if isinstance(block, Figure)]
    assert len({figure.name for figure in figures}) == len(figures) > 5


def test_a_scenario_that_is_the_trend_has_nothing_to_explain() -> None:
    assert trend().splits == ()
    assert say("report.as_trend", "vi") in list(words(write(trend(), "vi")))


def test_the_split_adds_up_to_the_move_before_anything_was_learned() -> None:
    for found in (late(), taught()):
        whole = found.splits[0]
        before, after = found.trend.count.plan, found.untaught.count.plan
        assert before is not None
        assert after is not None
        assert whole.after - whole.before == pytest.approx(after.mean - before.mean)
        assert sum(part.share for part in whole.parts) == pytest.approx(whole.move)


def test_the_line_that_runs_again_gives_the_same_numbers() -> None:
    line = next(block.text for block in blocks(write(late(), "vi")) if isinstance(block, Code))
    words_ = shlex.split(line)
    assert words_[:2] == ["simulator", "run"]
    again = document(*words_[2:])
    assert (again["seed"], again["draws"]) == (7, 128)
    assert again["hash"] == late().result.hash
    chances = {row["name"]: row["plan_chance"] for row in again["targets"]}
    assert chances == {name: row.plan_chance for name, row in late().card.rows.items()}


def test_what_does_not_fit_a_line_stands_there_as_a_file_that_runs(tmp_path: Path) -> None:
    codes = [block.text for block in blocks(write(taught(), "vi")) if isinstance(block, Code)]
    assert codes[0] == "simulator run taught.yaml"
    file = tmp_path / "taught.yaml"
    file.write_text(codes[1], encoding="utf-8")
    assert document(str(file))["hash"] == taught().result.hash


def test_another_province_is_reported_with_what_its_plan_has(tmp_path: Path) -> None:
    plan = str(write_invented_plan(tmp_path / "lam_giang_2025"))
    other = Workshop()
    other.plan(plan)
    for name in ("late_funds", "plan"):
        (run,), _ = read_runs([find_scenario(name)], other, Overrides(plan=plan))
        found = gather_material(other.run(run), other, validation())
        reports = [write(found, language) for language in LANGUAGES]
        assert form(reports[0]) == form(reports[1])
        assert "Lâm Giang" in reports[0].province
        board = cells(found, "vi")
        assert len(board) == len(other.plan(plan).targets)
        line = next(block.text for block in blocks(reports[0]) if isinstance(block, Code))
        assert f"--plan {plan}" in line or name == "plan"


@settings(max_examples=1)
@given(run=told_runs())
def test_several_scenarios_are_compared_and_each_is_told(run: Scenario) -> None:
    group = [trend(), late(), material_of(run)]
    comparison = compare([one.card for one in group])
    both = [write_together(group, comparison, language) for language in LANGUAGES]
    assert form(both[0]) == form(both[1])
    titles = [part.title for part in both[0].parts]
    assert titles[0] == say("report.part.comparison", "vi")
    assert titles[1:4] == [one.scenario.title("vi") for one in group]
