"""What should a reader of the method know? Hindsight, inconsistencies, judgements, later revisions."""

import re
from collections.abc import Iterator

from simulator.insight.citation import document_text
from simulator.insight.comparison import WordTable
from simulator.insight.naming import title, value_text
from simulator.insight.provenance import JUDGEMENT
from simulator.language import Language, say, show
from simulator.plan_rows import Vintage
from simulator.projection import Model


def hindsight_table(model: Model, language: Language) -> WordTable:
    """Where later knowledge or the targets may have leaked in, and what it is about."""
    rows = tuple(
        (
            row.title(language),
            row.text(language),
            "; ".join(
                title(model, name.strip(), language) for name in row.names.split(";") if name
            ),
        )
        for row in model.plan.hindsight.values()
    )
    return WordTable(
        say("method.hindsight", language, count=len(rows)),
        _head(("hindsight_title", "text", "about"), language),
        rows,
    )


def inconsistency_table(model: Model, language: Language) -> WordTable:
    """Where the report contradicts itself: what it prints, what follows, what is done."""
    rows = tuple(
        (
            row.title_vi if language == "vi" else row.title_en,
            row.printed,
            computed_text(row.computed, language),
            row.treatment_vi if language == "vi" else row.treatment,
            row.lines.replace(";", ", "),
        )
        for row in model.plan.inconsistencies.values()
    )
    return WordTable(
        say("method.inconsistencies", language, count=len(rows)),
        _head(("inconsistency", "printed", "computed", "treatment", "lines"), language),
        rows,
    )


def computed_text(computed: str, language: Language) -> str:
    """Recomputed numbers, which the table writes with dots, as a language writes them."""

    def written(found: re.Match[str]) -> str:
        return show(float(found[0]), len(found[0].partition(".")[2]), language)

    return re.sub(r"-?[0-9]+(\.[0-9]+)?", written, computed)


def judgement_table(model: Model, language: Language) -> WordTable:
    """Every assumption and parameter that rests on judgement, with its value and the reason."""
    rows = tuple(_judgements(model, language))
    return WordTable(
        say("method.judgements", language, count=len(rows)),
        _head(("judgement", "value", "reason", "kind"), language),
        rows,
    )


def _judgements(model: Model, language: Language) -> Iterator[tuple[str, ...]]:
    plan = model.plan
    for name, assumption in plan.catalogue.assumptions.items():
        if JUDGEMENT in assumption.evidence:
            value = value_text(model, name, assumption.centre, language)
            reason = assumption.reason(language)
            kind = say("method.kind.assumption", language)
            yield title(model, name, language), value, reason, kind
    for name, parameter in plan.parameters.items():
        if JUDGEMENT in parameter.source:
            value = value_text(model, name, parameter.number, language)
            reason = (parameter.source_vi if language == "vi" else "") or parameter.source
            yield (
                title(model, name, language),
                value,
                reason,
                say("method.kind.parameter", language),
            )


def vintage_table(model: Model, language: Language) -> WordTable:
    """By how much first estimates were later revised."""
    rows = tuple(
        (
            title(model, row.name, language),
            str(row.year),
            _revision(row, language),
            _document(model, row.source, language),
        )
        for row in model.plan.vintages
    )
    return WordTable(
        say("method.vintages", language),
        _head(("indicator", "year", "revision", "source"), language),
        rows,
    )


def _revision(row: Vintage, language: Language) -> str:
    sign = "+" if row.error > 0 else ""
    if row.unit == "share":
        return f"{sign}{show(100 * row.error, 1, language)}%"
    return say("method.points", language, points=f"{sign}{show(row.error, 2, language)}")


def _document(model: Model, source: str, language: Language) -> str:
    found = model.plan.sources.get(source)
    return source if found is None else document_text(found, language)


def _head(keys: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return tuple(say(f"method.column.{key}", language) for key in keys)
