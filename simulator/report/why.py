"""How is told why a scenario differs from the trend? Who moved what by how much, and what followed."""

from simulator.explain import Attribution
from simulator.insight.naming import title
from simulator.insight.splitting import control_text, lever_text
from simulator.language import Language, say
from simulator.report.board import chance_cell
from simulator.report.material import Material
from simulator.report.parts import Amount, Block, Cell, Column, Paragraph, Section, Table
from simulator.wording import signed


def why_sections(material: Material, language: Language) -> list[Section]:
    """The exact split of the expected number, and the chances that moved most."""
    if not material.splits:
        return [Section((Paragraph(say("report.as_trend", language)),))]
    whole, *chances = material.splits
    blocks: list[Block] = [
        Paragraph(
            say(
                "explain.move.number_met",
                language,
                before=Amount(whole.before, 2).text(language),
                after=Amount(whole.after, 2).text(language),
                move=signed(whole.move, 2, language),
            )
            + "."
        )
    ]
    if material.result.tracked is not None:
        blocks.append(Paragraph(say("report.why_untaught", language)))
    parts = [part for part in whole.parts if part.share]
    if parts:
        blocks += _split(material, whole, language)
    sections = [Section(tuple(blocks), say("report.why_number", language))]
    if chances:
        table = _chances(material, chances, language)
        sections.append(Section((table,), say("report.why_chances", language)))
    return sections


def _split(material: Material, whole: Attribution, language: Language) -> list[Block]:
    rows: list[tuple[Cell, ...]] = [
        (
            lever_text(material.model, part, language),
            control_text(part.control, language),
            Amount(part.share, 2, "signed"),
        )
        for part in whole.parts
        if part.share
    ]
    columns = (
        Column(say("explain.lever", language), 5),
        Column(say("explain.control", language), 2),
        Column(say("explain.share", language), 1.6, right=True),
    )
    totals = "; ".join(
        f"{control_text(control, language)} {signed(share, 2, language)}"
        for control, share in whole.by_control().items()
    )
    method = say(f"explain.method.{whole.method}", language, runs=whole.runs)
    told = say("explain.by_control", language, totals=totals)
    return [Table(columns, tuple(rows)), Paragraph(f"{told}."), Paragraph(f"{method}.")]


def _chances(material: Material, splits: list[Attribution], language: Language) -> Table:
    model = material.model
    columns = (
        Column(say("column.target", language), 3.2),
        Column(say("explain.before", language), 1.9),
        Column(say("explain.after", language), 1.9),
        Column(say("report.column.points", language), 1, right=True),
        Column(say("explain.mostly", language), 2.6),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            title(model, split.measure.name, language),
            chance_cell(split.before, language),
            chance_cell(split.after, language),
            Amount(100 * split.move, 1, "signed"),
            lever_text(model, split.parts[0], language) if split.parts else "",
        )
        for split in splits
    ]
    return Table(columns, tuple(rows))
