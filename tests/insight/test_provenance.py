"""Is every name told with its place, its reason or its equation, in both languages?"""

import inspect
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.equations import all_equations
from simulator.graph import Equation
from simulator.insight.citation import (
    citation,
    citations,
    input_rows,
    place_text,
    report_text,
    section_text,
)
from simulator.insight.naming import only_passes_on, sentence, short_title, title, value_text
from simulator.insight.provenance import (
    UnknownNameError,
    base_name,
    expression_of,
    known_names,
    provenance,
    value_of,
)
from simulator.language import Language
from simulator.projection import project
from simulator.resources import shipped
from tests.runs import few
from tests.strategies import BASELINES, model_with_baselines, scenario, shipped_model, shipped_plan

LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES = known_names(shipped_model())
USED = sorted({*shipped_model().graph.users, *shipped_model().graph.equations})
ODD = re.compile(r"\{|\}|\bnan\b|None|\b[a-z]+_[a-z_]+\b")
"""A gap that was not filled, no number, or a name that is written as in the data."""


def central(**changes: Setting):
    return project(shipped_model(), scenario(changes), deterministic=True)


# Names


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_equations_use_has_a_title_of_its_own(language):
    titles = {name: title(shipped_model(), name, language) for name in USED}
    for name, said in titles.items():
        assert said, name
        assert not ODD.search(said), (name, said)
    if language == "vi":
        for name, said in titles.items():
            assert said != name.replace("_", " ").capitalize(), name


def test_vietnamese_titles_are_not_the_english_ones():
    model = shipped_model()
    alike = {name for name in USED if title(model, name, "vi") == title(model, name, "en")}
    assert alike == set()


def test_every_equation_has_its_sentence_in_both_languages_and_no_sentence_is_left_over():
    sentences = {Equation.of(source).sentence.split("\n")[0] for source in all_equations()}
    table = shipped("texts", "sentences.csv").read_text(encoding="utf-8")
    assert table.count("\n") == len(sentences) + 1
    for source in all_equations():
        equation = Equation.of(source)
        assert sentence(equation, "en") == equation.sentence.split("\n")[0]
        assert sentence(equation, "vi") != sentence(equation, "en"), equation.name


def test_every_named_text_belongs_to_a_name():
    model = shipped_model()
    table = shipped("texts", "names.csv").read_text(encoding="utf-8").splitlines()[1:]
    stems = {name.partition("_base")[0] for name in NAMES}
    assert {row.partition(",")[0] for row in table} <= {*NAMES, *stems}
    assert all(only_passes_on(n) is False for n in model.plan.targets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_titles_are_short(language):
    model = shipped_model()
    drawn = {*model.plan.targets, *model.plan.catalogue.assumptions, *model.graph.equations}
    for name in drawn - model.constants.keys():
        assert len(short_title(model, name, language)) <= 30, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_are_written_with_their_units(language):
    model, run = shipped_model(), central()
    vi = language == "vi"

    def said(name: str) -> str:
        return value_text(model, name, value_of(model, name, run).value, language)

    assert said("services_growth") == ("8,6%" if vi else "8.6%")
    assert said("grdp_growth") == ("7,25%" if vi else "7.25%")
    assert said("grdp_base") == (
        "11.340,87 tỷ đ, giá 2010" if vi else "11,340.87 bn VND, 2010 prices"
    )
    assert said("human_epidemic") == "3%"
    assert said("swine_fever_introductions") == ("0,0005/tuần" if vi else "0.0005/week")
    assert said("livestock_herd") == ("564.007 con" if vi else "564,007 head")
    assert said("swine_fever_year") == ""
    assert said("domestic_visitor_seasonality").count("·") == 11


# Provenance


@pytest.mark.parametrize("name", NAMES)
def test_every_name_has_a_place_a_reason_an_equation_or_says_why_not(name):
    told = provenance(shipped_model(), name, central())
    assert told.name == name
    assert (
        told.printed is not None
        or told.reason is not None
        or told.formula is not None
        or told.kind in {"reference", "technical", "unprojected"}
    )
    for language in LANGUAGES:
        for found in citations(shipped_model(), name, language, central()):
            assert found.text.endswith((".", "!", "?")), found
            for words in (found.heading, found.text, *found.documents):
                assert words.strip() == words
                assert not re.search(r"\{|\}|\bnan\b|None", words), found


def test_no_name_of_the_data_shows_in_a_reason():
    names = set(shipped_plan().sources)
    for name in NAMES:
        for language in LANGUAGES:
            found = citation(shipped_model(), name, language)
            assert not {word for word in names if f"{word} " in found.text and "_" in word}, name


def test_every_fact_is_cited_at_its_line_with_its_figure():
    for name, fact in shipped_plan().facts.items():
        for language, line in (("vi", f"dòng {fact.line}"), ("en", f"line {fact.line}")):
            found = citation(shipped_model(), name, language)
            assert line in found.text
            assert f"“{fact.printed}”" in found.text


def test_every_target_is_cited_at_its_line_with_its_figure():
    for name, target in shipped_plan().targets.items():
        found = citations(shipped_model(), name, "en")
        plan = next(one for one in found if one.heading.startswith("Plan 2020"))
        assert "Part two" in plan.text
        assert f"line {target.line}" in plan.text
        assert target.printed == "" or f"“{target.printed}”" in plan.text
        assert len(found) >= 3


def test_every_base_value_of_a_target_is_reached_by_name():
    model = shipped_model()
    for name, target in model.plan.targets.items():
        base = base_name(model, name)
        assert (base is None) == (target.base is None), name
        if base is not None:
            value = value_of(model, base).value
            scale = 100 if model.plan.facts.get(base) and target.unit == "percent_per_year" else 1
            assert scale * value == pytest.approx(target.base, rel=1e-5)


def test_a_typed_baseline_is_said_to_be_typed():
    model = model_with_baselines()
    for name in BASELINES:
        base = citations(model, name, "en")[0]
        assert "Typed in" in base.text
        assert base.name == f"{name}_base"


def test_judgements_say_that_they_are_judgements_and_name_their_documents():
    model = shipped_model()
    told = provenance(model, "agriculture_response_to_pig_herd")
    assert told.reason.is_judgement
    assert [source.name for source in told.reason.sources] == ["published_2017_report"]
    assert not provenance(model, "swine_fever_latent_weeks").reason.is_judgement
    documents = citation(model, "agriculture_response_to_pig_herd", "vi").documents
    assert documents[0].startswith("Báo cáo kinh tế - xã hội năm 2017")


def test_reasons_and_notes_are_told_in_vietnamese():
    plan = shipped_plan()
    assert all(row.evidence_vi for row in plan.catalogue.assumptions.values())
    assert all(row.source_vi for row in plan.parameters.values())
    assert all(row.note_vi for row in plan.targets.values() if row.note)
    users = shipped_model().graph.users
    assert all(row.note_vi for name, row in plan.facts.items() if row.note and name in users)
    assert all(row.title_vi for row in plan.sources.values())


def test_what_is_derived_names_the_lines_it_is_derived_from():
    found = citation(shipped_model(), "population_base", "en")
    assert "lines 429, 430" in found.text


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean tourism_revenue"):
        provenance(shipped_model(), "tourism_revenu")


@pytest.mark.parametrize(
    ("section", "line", "vi", "en"),
    [
        ("A.I", 26, "Phần một, mục A.I, dòng 26", "Part one, section A.I, line 26"),
        (
            "Part 2, I.2.1",
            733,
            "Phần hai, mục I.2.1, dòng 733",
            "Part two, section I.2.1, line 733",
        ),
        (
            "A.II.2 footnote 17",
            380,
            "Phần một, mục A.II.2, chú thích 17, dòng 380",
            "Part one, section A.II.2, footnote 17, line 380",
        ),
        ("Part 2, II.8", None, "Phần hai, mục II.8", "Part two, section II.8"),
    ],
)
def test_places_are_told_in_both_languages(section, line, vi, en):
    assert place_text(section, line, "vi") == vi
    assert place_text(section, line, "en") == en


def test_sections_in_a_list_are_told_in_the_language():
    assert section_text("A.II.2 footnote 17", "vi") == "A.II.2 chú thích 17"
    assert section_text("Part 2, I.2.2", "en") == "I.2.2"
    assert "2019" in report_text(shipped_model(), "vi")


# Equations


def test_every_expression_computes_what_its_equation_does():
    run = central(drought_severity=Setting(0.4), human_epidemic=Setting(1.0, fixed=True))
    equations = shipped_model().graph.equations
    checked = 0
    for name, equation in equations.items():
        world = {argument: run.values[argument] for argument in equation.arguments}
        scope = {**vars(inspect.getmodule(equation.function)), **world}
        body = expression_of(equation)
        if "return " in body or isinstance(run.values[name], tuple):
            continue
        exec(body, scope)
        assert scope[name] == pytest.approx(run.values[name]), name
        checked += 1
    assert checked > len(equations) * 0.8


def test_an_expression_says_what_it_computes_by_name():
    equations = shipped_model().graph.equations
    assert expression_of(equations["grdp_growth"]) == "grdp_growth = 100 * (grdp / grdp_base - 1)"
    assert "wet_rice_area_growth" in expression_of(equations["wet_rice_output"])


@few
@given(severity=st.floats(0, 1))
def test_an_input_is_marked_exactly_where_it_differs_from_the_reference(severity):
    moved, reference = central(drought_severity=Setting(severity)), central()
    model = shipped_model()
    for name in ("food_output", "poverty_rate", "swine_fever_year"):
        for value in provenance(model, name, moved, reference).formula.inputs:
            now, before = value.value, value.reference
            assert value.moved == (now != before)
        rows = input_rows(model, name, "vi", moved, reference)
        assert len(rows) == len(provenance(model, name).formula.inputs)
        assert [row["name"] for row in rows if row["reference"]] == [
            value.name
            for value in provenance(model, name, moved, reference).formula.inputs
            if value.moved
        ]


def test_a_switch_is_told_with_its_chance_not_with_its_draw():
    told = value_of(shipped_model(), "human_epidemic", central())
    assert told.value == 0.03
    assert told.kind == "assumption"
