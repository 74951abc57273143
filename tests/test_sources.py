"""Does every coefficient and every assumption say what it leans on, by a name that exists?"""

import re

import pytest

from simulator.plan import find_plan, load_plan

PLAN = load_plan(find_plan("dien_bien_2020"))
GROUNDS = {"judgement", "report", "calendar"}
REPORT_LINES = 1189
"""The report has no more lines than these."""

NAME = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
FIRST_WORD = re.compile(r"\w+")
LINE = re.compile(r"\bL(\d+)|\blines? (\d+)")


def named_sources(text: str) -> set[str]:
    """Every name with an underscore; the one source without is the report."""
    return set(NAME.findall(text))


def cited_lines(text: str) -> list[int]:
    return [int(short or long) for short, long in LINE.findall(text)]


@pytest.mark.parametrize("name", PLAN.parameters)
def test_a_parameter_rests_on_judgement_the_report_the_calendar_or_a_listed_source(name: str):
    source = PLAN.parameters[name].source
    first = FIRST_WORD.match(source)
    assert first is not None
    assert first[0] in GROUNDS | set(PLAN.sources)


@pytest.mark.parametrize("name", PLAN.parameters)
def test_sources_named_by_a_parameter_are_listed(name: str):
    assert named_sources(PLAN.parameters[name].source) <= set(PLAN.sources)


@pytest.mark.parametrize("name", PLAN.catalogue.assumptions)
def test_sources_named_by_an_assumption_are_listed(name: str):
    assert named_sources(PLAN.catalogue.assumptions[name].evidence) <= set(PLAN.sources)


@pytest.mark.parametrize("name", PLAN.catalogue.assumptions)
def test_what_was_published_elsewhere_is_named(name: str):
    assert "elsewhere" not in PLAN.catalogue.assumptions[name].evidence


@pytest.mark.parametrize("name", PLAN.inconsistencies)
def test_sources_named_by_a_treatment_are_listed(name: str):
    assert named_sources(PLAN.inconsistencies[name].treatment) <= set(PLAN.sources)


def test_cited_lines_are_lines_of_the_report():
    texts = [row.source for row in PLAN.parameters.values()]
    texts += [row.evidence for row in PLAN.catalogue.assumptions.values()]
    lines = [line for text in texts for line in cited_lines(text)]
    assert lines
    assert all(0 < line <= REPORT_LINES for line in lines)


def test_every_listed_source_says_what_it_is_used_for_and_by_whom_or_where():
    for name, source in PLAN.sources.items():
        assert source.used_for, name
        assert source.publisher or source.address or source.date, name
