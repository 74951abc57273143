"""Which sheets hold the reasons? The split, the tracked year, where numbers come from, and doubts."""

from collections.abc import Sequence

from simulator.compare import compare
from simulator.insight.citation import document_text
from simulator.insight.method import hindsight_table, inconsistency_table, judgement_table
from simulator.insight.naming import title
from simulator.insight.splitting import control_text, lever_text
from simulator.insight.tracking import board, observation_table, pace_table
from simulator.language import Language, say, unit_name
from simulator.report.board import amount
from simulator.report.material import Material
from simulator.report.parts import Amount, Code
from simulator.report.sheet import Made, Row, heads, share, stacked
from simulator.report.trust import again_section, identity
from simulator.wording import headlines, shown_decimals

DOUBT_WIDTHS = (44, 34, 44, 60, 16)
TRACKING_WIDTHS = (44, 20, 20, 18, 24, 24, 16, 24, 16, 16)


def split(material: Material, language: Language) -> Made:
    """How the expected number and the chances that moved most divide over the levers."""
    columns = heads(
        language,
        ("report.column.what", 46),
        ("explain.lever", 46),
        ("explain.control", 18),
        ("explain.share", 14),
        ("explain.before", 12),
        ("explain.after", 12),
    )
    rows: list[Row] = []
    for found in material.splits:
        chance = found.measure.kind == "chance"
        what = (
            title(material.model, found.measure.name, language)
            if chance
            else say("explain.number_met", language)
        )
        rows += [
            (
                what,
                lever_text(material.model, part, language),
                control_text(part.control, language),
                *(
                    share(value, 1) if chance else Amount(value, 2)
                    for value in (part.share, found.before, found.after)
                ),
            )
            for part in found.parts
            if part.share
        ]
    return columns, rows


def tracking(material: Material, language: Language) -> Made:
    """What was learned from, the pace, and every target before and after."""
    tracked = material.result.tracked
    makers = () if tracked is None else (observation_table, pace_table, board)
    tables = [maker(tracked, language) for maker in makers if tracked is not None]
    told = [((table.title,), table.head, *table.rows) for table in tables if table.rows]
    return stacked(told, TRACKING_WIDTHS)


def provenance(material: Material, language: Language) -> Made:
    """What makes the numbers what they are, how to have them again, and the documents behind them."""
    columns = heads(language, ("report.column.fact", 30), ("report.column.told", 110))
    rows: list[Row] = list(identity(material, language))
    label = say("report.headline", language)
    rows += [(label, line) for line in headlines(material.result, language)]
    label = say("report.reproduce", language)
    blocks = again_section(material, language).blocks
    codes = [block.text.rstrip("\n") for block in blocks if isinstance(block, Code)]
    rows += [(label, line) for code in codes for line in code.split("\n")]
    label = say("report.appendix.sources", language)
    sources = material.card.projection.plan.sources.values()
    rows += [(label, document_text(source, language)) for source in sources]
    return columns, rows


def doubts(material: Material, language: Language) -> Made:
    """Contradictions of the source report, judgements, and where hindsight may have leaked in."""
    makers = (inconsistency_table, judgement_table, hindsight_table)
    tables = [maker(material.model, language) for maker in makers]
    return stacked([((t.title,), t.head, *t.rows) for t in tables if t.rows], DOUBT_WIDTHS)


def comparison(materials: Sequence[Material], language: Language) -> Made:
    """Every target under each scenario: the medians, then the chances.

    Raises InputError where the scenarios cannot be compared.
    """
    found = compare([material.card for material in materials])
    names = [material.scenario.title(language) for material in materials]
    year = materials[0].card.projection.plan.sheet.plan_year
    chance = say("column.chance", language)
    columns = [
        (say("column.target", language), 46.0),
        (say("report.column.unit", language), 14.0),
        (say("column.plan", language, year=year), 14.0),
        *((name, 16.0) for name in names),
        *((f"{chance}: {name}", 16.0) for name in names),
    ]
    rows: list[Row] = []
    for outcome in found.outcomes:
        decimals = max(shown_decimals(row) for row in outcome.rows)
        target = outcome.rows[0].target
        rows.append(
            (
                target.title(language),
                unit_name(target.unit, language),
                amount(target.target, decimals),
                *(amount(median, decimals) for median in outcome.medians),
                *(share(value) for value in outcome.chances),
            )
        )
    return columns, rows
