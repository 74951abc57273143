"""How far can the numbers be trusted? The backtest, what was judged, and how to run them again."""

from simulator.batch import shell_line
from simulator.drawing.words import trimmed
from simulator.insight.citation import document_text
from simulator.insight.method import inconsistency_table, judgement_table
from simulator.insight.validation import heading, summary_table, verdicts
from simulator.language import Language, say
from simulator.report.material import Material
from simulator.report.parts import (
    Block,
    Code,
    Column,
    Paragraph,
    Part,
    Points,
    Section,
    Table,
    worded,
)
from simulator.run import product_version
from simulator.scenario import dump


def trust_sections(material: Material, language: Language) -> list[Section]:
    """What the backtest shows, and what a reader should bear in mind."""
    sections = []
    found = material.validation
    if found is not None and found.whole.count:
        totals = summary_table(found, language)
        widths = (3, *(2.0 for _ in totals.head[1:]))
        blocks: list[Block] = [
            Paragraph(heading(found, language) + "."),
            Points(tuple(verdicts(found, language))),
            worded(totals, widths),
        ]
        sections.append(Section(tuple(blocks), say("report.backtest", language)))
    plan = material.card.projection.plan
    lines = [
        say("report.caveat.spread", language),
        say("report.caveat.targets", language),
        say(
            "report.caveat.lists",
            language,
            judgements=len(judgement_table(material.model, language).rows),
            inconsistencies=len(plan.inconsistencies),
        ),
    ]
    lines += [f"{row.title(language)}: {row.text(language)}" for row in plan.hindsight.values()]
    return [*sections, Section((Points(tuple(lines)),), say("report.caveats", language))]


def identity(material: Material, language: Language) -> tuple[tuple[str, str], ...]:
    """What makes the numbers what they are."""
    scenario, projection = material.scenario, material.card.projection
    facts = {
        "scenario": f"{scenario.title(language)} ({scenario.name})",
        "plan": projection.plan.name,
        "version": product_version(),
        "hash": material.result.hash,
        "seed": str(scenario.seed),
        "draws": trimmed(scenario.draws, 0, language),
    }
    return tuple((say(f"report.identity.{key}", language), told) for key, told in facts.items())


def again_section(material: Material, language: Language) -> Section:
    """The line that gives the same numbers, and the file where a line cannot hold the scenario."""
    scenario = material.result.scenario
    line = shell_line(scenario, material.card.projection.plan)
    columns = (
        Column(say("report.column.fact", language), 2),
        Column(say("report.column.told", language), 5),
    )
    blocks: list[Block] = [
        Table(columns, identity(material, language)),
        Paragraph(say("report.again", language)),
        Code(line),
    ]
    if scenario.observations or scenario.solve:
        name = f"{scenario.name}.yaml"
        blocks += [Paragraph(say("report.again_file", language, name=name)), Code(dump(scenario))]
    return Section(tuple(blocks), say("report.reproduce", language))


def source_part(material: Material, language: Language) -> Part:
    """The documents behind the numbers."""
    plan = material.card.projection.plan
    documents = tuple(document_text(row, language) for row in plan.sources.values())
    return Part(say("report.appendix.sources", language), (Section((Points(documents),)),))


def doubt_parts(material: Material, language: Language) -> list[Part]:
    """The report's contradictions, and every judgement, as appendices."""
    model = material.model
    found = (
        ("inconsistencies", worded(inconsistency_table(model, language), (3, 2, 1.6, 4, 0.9))),
        ("judgements", worded(judgement_table(model, language), (3, 1.2, 5, 1))),
    )
    return [
        Part(say(f"report.appendix.{name}", language), (Section((table,)),))
        for name, table in found
        if table.rows
    ]
