"""What does a report say, and in which order? One scenario, or several and their comparison."""

from collections.abc import Sequence

from simulator.compare import Comparison
from simulator.insight.comparison import word_tables
from simulator.language import Language, say, show
from simulator.report.board import board_table, risk_table, words_table
from simulator.report.inputs import change_table
from simulator.report.material import Material
from simulator.report.numbers import quantity_table
from simulator.report.parts import Block, Paragraph, Part, Points, Report, Section, worded
from simulator.report.pictures import picture_sections
from simulator.report.trust import (
    again_section,
    doubt_parts,
    identity,
    source_part,
    trust_sections,
)
from simulator.report.why import why_sections
from simulator.report.year import year_parts, year_sections
from simulator.wording import headlines, signed


def write(material: Material, language: Language) -> Report:
    """The report of one scenario."""
    tracked = material.result.tracked
    parts = [
        Part(say("report.part.results", language), tuple(_results(material, language))),
        Part(say("report.part.scenario", language), tuple(_changes(material, language))),
        Part(say("report.part.pictures", language), tuple(picture_sections(material, language))),
        Part(say("report.part.why", language), tuple(why_sections(material, language))),
    ]
    if tracked is not None:
        told = tuple(year_sections(tracked, language))
        parts.append(Part(say("report.part.year", language), told))
    trust = (*trust_sections(material, language), again_section(material, language))
    parts.append(Part(say("report.part.trust", language), trust))
    appendices = [
        *_appendices(material, language),
        *(year_parts(tracked, language) if tracked else ()),
        *doubt_parts(material, language),
        source_part(material, language),
    ]
    title = material.scenario.title(language)
    return _report(
        material, language, say("report.of_one", language, scenario=title), parts, appendices
    )


def write_together(
    materials: Sequence[Material], comparison: Comparison, language: Language
) -> Report:
    """One report of several scenarios: the comparison first, then each of them in short."""
    tables = list(word_tables(comparison, language))
    inputs, outcomes, verdicts, counts = (
        worded(table, (3, *(2.0 for _ in table.head[1:]))) for table in tables
    )
    parts = [
        Part(
            say("report.part.comparison", language),
            tuple(
                Section(
                    (table,) if table.rows else (Paragraph(say("compare.nothing", language)),),
                    table.title,
                )
                for table in (counts, inputs, verdicts)
            ),
        )
    ]
    for material in materials:
        sections = [
            *_results(material, language),
            *_changes(material, language),
            *why_sections(material, language),
        ]
        parts.append(Part(material.scenario.title(language), tuple(sections)))
    first = materials[0]
    again = tuple(
        Section(again_section(one, language).blocks, one.scenario.title(language))
        for one in materials
    )
    parts.append(Part(say("report.part.trust", language), tuple(trust_sections(first, language))))
    parts.append(Part(say("report.reproduce", language), again))
    appendices = [Part(outcomes.title, (Section((outcomes,)),))] if outcomes.rows else []
    for material in materials:
        board = board_table(material.result, language)
        name = material.scenario.title(language)
        title = say("report.appendix.board_of", language, scenario=name)
        appendices.append(Part(title, (Section((board,)),)))
    appendices += [*doubt_parts(first, language), source_part(first, language)]
    about = say("report.of_many", language, count=len(materials))
    return _report(first, language, about, parts, appendices)


def _report(
    material: Material,
    language: Language,
    about: str,
    parts: Sequence[Part],
    appendices: Sequence[Part],
) -> Report:
    sheet = material.card.projection.plan.sheet
    vietnamese = language == "vi"
    plan = sheet.title.vi if vietnamese else sheet.title.en
    return Report(
        language=language,
        title=say("report.title", language),
        about=say("report.about", language, plan=plan, scenario=about),
        opening=say(
            "report.opening",
            language,
            report=sheet.report.vi if vietnamese else sheet.report.en,
            draws=show(material.scenario.draws, 0, language),
        ),
        parts=tuple(part for part in parts if part.sections),
        appendices=tuple(appendices),
        province=sheet.province.vi if vietnamese else sheet.province.en,
        identity=identity(material, language),
    )


def _results(material: Material, language: Language) -> list[Section]:
    """The headline, the targets by word, and those that need work."""
    lines = list(headlines(material.result, language))
    against = _against_trend(material, language)
    lines = [lines[0], *([against] if against else []), *lines[1:]]
    words, risks = (table(material.result, language) for table in (words_table, risk_table))
    sections = [
        Section((Points(tuple(f"{line}." for line in lines)),), say("report.headline", language)),
        Section((words,), say("report.by_word", language)),
    ]
    if risks.rows:
        told = Paragraph(say("report.at_risk_told", language, count=len(risks.rows)))
        sections.append(Section((told, risks), say("report.at_risk", language)))
    return sections


def _against_trend(material: Material, language: Language) -> str:
    now, trend = material.card.count.plan, material.trend.count.plan
    if now is None or trend is None or now.mean == trend.mean:
        return ""
    return say(
        "report.against_trend",
        language,
        trend=show(trend.mean, 1, language),
        change=signed(now.mean - trend.mean, 1, language),
    )


def _changes(material: Material, language: Language) -> list[Section]:
    """What the scenario is, why it was made, and what it changes."""
    asked = material.result.scenario
    because = asked.because_vi if language == "vi" else asked.because_en
    table = change_table(material, language)
    blocks: list[Block] = [Paragraph(because)] if because else []
    if table.rows:
        blocks += [Paragraph(say("report.changes", language, count=len(table.rows))), table]
    else:
        blocks.append(Paragraph(say("report.no_changes", language)))
    sections = [Section(tuple(blocks), say("report.changed", language))]
    solution = material.result.solution
    if solution is not None:
        sections.append(
            Section(
                (
                    Paragraph(
                        say(
                            "report.solved",
                            language,
                            count=len(solution.gaps),
                            unreached=len(solution.unreached),
                        )
                    ),
                ),
                say("report.what_must", language),
            )
        )
    return sections


def _appendices(material: Material, language: Language) -> list[Part]:
    tables = {
        "board": board_table(material.result, language),
        "changes": change_table(material, language, full=True),
        "quantities": quantity_table(material.card.projection, language),
    }
    return [
        Part(say(f"report.appendix.{name}", language), (Section((table,)),))
        for name, table in tables.items()
        if table.rows
    ]
