"""How are dates, ranges, differences and sources worded beside and inside pictures?"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from simulator.insight.citation import section_text
from simulator.insight.ranges import Range
from simulator.language import Language, say, show
from simulator.plan import Plan


@dataclass(frozen=True)
class Glance:
    """A number that stands above the pictures of a page: what it is, the number, what surrounds it."""

    label: str
    value: str
    detail: str = ""
    likelihood: str = ""
    """The code of a likelihood word, whose shape stands before the value; empty for an amount."""


def months(language: Language) -> list[str]:
    """The twelve months, short."""
    return say("disease.months", language).split(";")


def day_text(day: date, language: Language) -> str:
    """A day of the year: 30/6 or 30 Jun."""
    name = months(language)[day.month - 1]
    return say("funds.day", language, day=day.day, month=day.month, name=name)


def end_of_month(year: int, month: int) -> date:
    """The last day of a month counted from January of a year; the first of January for 0."""
    if month == 0:
        return date(year, 1, 1)
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def span_text(low: float, high: float, decimals: int, language: Language) -> str:
    """A range in words: 14 đến 26."""
    return say(
        "funds.range",
        language,
        low=show(low, decimals, language),
        high=show(high, decimals, language),
    )


def dash_text(amount: Range, decimals: int, language: Language) -> str:
    """A range where room is short: 14–26."""
    return f"{show(amount.p10, decimals, language)}–{show(amount.p90, decimals, language)}"


def percent(share: float, decimals: int, language: Language) -> str:
    """A share in percent: 92,5%."""
    return f"{show(100 * share, decimals, language)}%"


def short_percent(share: float, language: Language) -> str:
    """A share in percent with as many decimals as it needs, at most two."""
    return f"{trimmed(100 * share, 2, language)}%"


def trimmed(value: float, decimals: int, language: Language) -> str:
    """A number with as many decimals as it needs, at most so many."""
    whole = round(value, decimals)
    needed = next(places for places in range(decimals + 1) if round(value, places) == whole)
    return show(whole, needed, language)


def difference(value: float, before: float, decimals: int, language: Language) -> str:
    """The difference of two numbers as they are shown, with its sign."""
    gap = round(round(value, decimals) - round(before, decimals), decimals)
    return f"+{show(gap, decimals, language)}" if gap > 0 else show(gap, decimals, language)


def source_text(
    plan: Plan, names: Iterable[str], equations: str, draws: int, language: Language
) -> str:
    """The report, the sections that hold the facts of some names, and the equations on top."""
    wanted = set(names)
    sections = {fact.section: None for fact in plan.facts.values() if fact.name in wanted}
    if not sections:
        return model_text(equations, draws, language)
    report = plan.sheet.report.vi if language == "vi" else plan.sheet.report.en
    return say(
        "funds.source",
        language,
        report=report,
        sections=", ".join(section_text(section, language) for section in sections),
        equations=equations,
        draws=show(draws, 0, language),
    )


def model_text(equations: str, draws: int, language: Language) -> str:
    """The equations behind a picture that prints nothing of the report."""
    return say("funds.source_model", language, equations=equations, draws=show(draws, 0, language))
