"""In which words is the origin of a number told? Document, section, line and figure, or the reason."""

import re
from dataclasses import dataclass

from simulator.insight.naming import REFERENCES, sentence, title, value_text, wanted_text
from simulator.insight.provenance import (
    Printed,
    Provenance,
    Reason,
    base_name,
    provenance,
    value_of,
)
from simulator.language import Language, say, show, show_chance
from simulator.plan_rows import Source, Target
from simulator.projection import Model, Projection
from simulator.scorecard.rules import reference_chance

PART_TWO = re.compile(r"Part 2, (?P<section>[^ ]+)")
HEADING = re.compile(r"[A-Z][A-Z0-9a-z]*(\.[A-Z0-9a-z]+)*")
"""A numbered heading of the report: A.I.1.4, I.2.1, II.8."""
FOOTNOTE = re.compile(r"footnote (?P<number>[0-9]+)")


@dataclass(frozen=True)
class Citation:
    """One number and where it comes from, ready to be shown."""

    name: str
    """What to ask for when it is opened; empty where there is nothing behind it."""
    heading: str
    text: str
    documents: tuple[str, ...] = ()
    """Other documents that the text leans on: title, publisher, date, address."""


def place_text(section: str, line: int | None, language: Language) -> str:
    """A place of the report: its part, section, footnote and line."""
    second = PART_TWO.match(section)
    parts = [say("indicator.part_two" if second else "indicator.part_one", language)]
    heading, footnote = heading_and_footnote(section, language)
    if heading:
        parts.append(say("indicator.section", language, section=heading))
    if footnote:
        parts.append(footnote)
    if line is not None:
        parts.append(say("indicator.line", language, line=line))
    return ", ".join(parts)


def heading_and_footnote(section: str, language: Language) -> tuple[str, str]:
    """The numbered heading of a section, and its footnote in words; empty where it has none."""
    second = PART_TWO.match(section)
    bare = second["section"] if second else section.split(" ")[0]
    number = FOOTNOTE.search(section)
    return (
        bare if HEADING.fullmatch(bare) else "",
        say("indicator.footnote", language, number=number["number"]) if number else "",
    )


def section_text(section: str, language: Language) -> str:
    """A section in a list of sections: A.I.1.4 footnote 6."""
    return " ".join(part for part in heading_and_footnote(section, language) if part) or section


def report_text(model: Model, language: Language) -> str:
    """The document that every line number is of."""
    report = model.plan.sheet.report
    name = report.vi if language == "vi" else report.en
    return say("indicator.report", language, report=name)


def printed_text(printed: Printed, language: Language) -> str:
    """Where a figure is printed, the figure itself, and what is odd about it."""
    place = place_text(printed.section, printed.line, language)
    said = f"{place}: “{printed.figure}”." if printed.figure else f"{place}."
    note = (printed.note_vi if language == "vi" else "") or printed.note
    return f"{said} {_stop(note)}" if note else said


def _stop(words: str) -> str:
    capital = words[0].upper() + words[1:]
    return capital if capital.endswith((".", "!", "?")) else f"{capital}."


def document_text(source: Source, language: Language) -> str:
    """A document as it is cited."""
    name = _document_title(source, language)
    return ", ".join(part for part in (name, source.publisher, source.date, source.address) if part)


def _document_title(source: Source, language: Language) -> str:
    return (source.title_vi if language == "vi" else "") or source.title


def citations(
    model: Model, name: str, language: Language, central: Projection | None = None
) -> list[Citation]:
    """Everything printed or judged behind a name: of a target its base, plan and verdict as well.

    Raises UnknownNameError.
    """
    told = provenance(model, name, central)
    found = _of_target(model, told.target, language) if told.target is not None else []
    if told.kind != "target":
        found += [_of_name(model, told, language)]
    if told.formula is not None:
        found += [
            _of_name(model, provenance(model, value.name, central), language)
            for value in told.formula.inputs
        ]
    return found


def citation(
    model: Model, name: str, language: Language, central: Projection | None = None
) -> Citation:
    """The origin of one name. Raises UnknownNameError."""
    return _of_name(model, provenance(model, name, central), language)


def _of_name(model: Model, told: Provenance, language: Language) -> Citation:
    name = told.name
    value = value_text(model, name, told.value.value, language)
    heading = title(model, name, language) + (f": {value}" if value else "")
    documents: tuple[str, ...] = ()
    if told.reason is not None:
        said = _stop(_reason_text(told.reason, language))
        documents = tuple(document_text(source, language) for source in told.reason.sources)
        if told.kind == "assumption":
            row = model.plan.catalogue.assumptions[name]
            said += " " + say(
                "indicator.allowed",
                language,
                low=value_text(model, name, row.low, language),
                high=value_text(model, name, row.high, language),
            )
    elif told.kind == "unprojected":
        said = say("indicator.needs_base", language, year=model.plan.sheet.base_year)
    elif told.formula is not None:
        said = sentence(told.formula.equation, language)
        lines = _lines(model, name)
        if told.kind == "derived" and lines:
            said += " " + say("indicator.from_lines", language, lines=", ".join(map(str, lines)))
    elif told.printed is not None:
        said = printed_text(told.printed, language)
        if told.kind == "planned":
            said += " " + say("indicator.read_from_plan", language)
    elif name in REFERENCES:
        said = say("indicator.reference_run", language)
    else:
        said = say("indicator.technical", language)
    return Citation(name, heading, said, documents)


def _reason_text(reason: Reason, language: Language) -> str:
    """A reason with the titles of its documents in place of their names in the data."""
    said = reason.text_vi if language == "vi" else reason.text
    for source in reason.sources:
        said = said.replace(source.name, f"“{_document_title(source, language)}”")
    return said


def _lines(model: Model, name: str) -> list[int]:
    """The lines of the report behind a derived quantity."""
    facts = model.plan.facts
    needed = [
        argument
        for one in model.graph.upstream(name)
        for argument in model.graph.equations[one].arguments
    ]
    return sorted({facts[argument].line for argument in needed if argument in facts})


def _of_target(model: Model, target: Target, language: Language) -> list[Citation]:
    sheet = model.plan.sheet
    found = [_of_base(model, target, language)]
    wanted = (
        say("indicator.carried_out", language)
        if target.target is None
        else wanted_text(model, target.name, language)
    )
    printed = Printed(target.section, target.line, target.printed, "", "")
    found.append(
        Citation(
            "",
            say("indicator.plan_heading", language, year=sheet.plan_year, value=wanted),
            printed_text(printed, language),
        )
    )
    judged = _of_method(model, target, language)
    return [*found, _of_verdict(model, target, language), *judged]


def _of_base(model: Model, target: Target, language: Language) -> Citation:
    year = model.plan.sheet.base_year
    name = base_name(model, target.name)
    if name is None:
        return Citation("", str(year), say("indicator.no_base", language, year=year) + ".")
    if target.name in model.typed_baselines:
        typed = value_text(model, target.name, model.typed_baselines[target.name], language)
        heading = say("indicator.year_value", language, year=year, value=typed)
        return Citation(name, heading, say("indicator.typed", language))
    told = _of_name(model, provenance(model, name), language)
    value = value_text(model, name, value_of(model, name).value, language)
    heading = say("indicator.year_value", language, year=year, value=value)
    return Citation(name, heading, told.text, told.documents)


def _of_verdict(model: Model, target: Target, language: Language) -> Citation:
    """The report's verdict on the plan value, how far it reaches, and the Resolution's number."""
    verdict = say(f"verdict.{target.resolution_verdict or 'none'}", language)
    heading = say("indicator.resolution_heading", language, verdict=verdict)
    said = []
    if target.resolution_value is not None:
        key = "indicator.resolution_over" if target.resolution_strict else "indicator.resolution_is"
        value = value_text(model, target.name, target.resolution_value, language)
        said.append(say(key, language, value=value))
    if target.verdict_scope is not None and target.resolution_verdict is not None:
        said.append(say(f"indicator.scope.{target.verdict_scope}", language))
    note = (target.note_vi if language == "vi" else "") or target.note
    if note:
        said.append(_stop(note))
    return Citation("", heading, " ".join(said) or say("indicator.no_verdict", language))


def _of_method(model: Model, target: Target, language: Language) -> list[Citation]:
    """How a row that is not simulated gets its chance."""
    if target.name in model.graph.equations and target.kind != "no_baseline":
        return []
    plan = model.plan
    if target.prior is not None:
        heading = say("indicator.prior", language, chance=show_chance(target.prior, language))
        return [Citation("", heading, say("indicator.prior_reason", language))]
    if target.kind not in {"quota", "no_baseline"} or target.name in model.typed_baselines:
        return []
    kind = "_social" if target.reference_class == "social" else ""
    chance = show_chance(reference_chance(plan, target), language)
    said = say(
        "indicator.reference_class_reason",
        language,
        reached=show(plan.parameter(f"reference_class{kind}_reached"), 0, language),
        statements=show(plan.parameter(f"reference_class{kind}_statements"), 0, language),
    )
    heading = say("indicator.reference_class", language, chance=chance)
    return [Citation(f"reference_class{kind}_reached", heading, said)]


def input_rows(
    model: Model,
    name: str,
    language: Language,
    central: Projection,
    reference: Projection | None = None,
) -> list[dict[str, str]]:
    """The inputs of a quantity's equation: name, title, value, reference and kind, in words."""
    told = provenance(model, name, central, reference)
    if told.formula is None:
        return []
    return [
        {
            "name": value.name,
            "title": title(model, value.name, language),
            "value": value_text(model, value.name, value.value, language),
            "reference": (
                value_text(model, value.name, value.reference, language) if value.moved else ""
            ),
            "kind": say(f"indicator.kind.{value.kind}", language),
        }
        for value in told.formula.inputs
    ]
