"""What is said above the picture of a pace? What was seen, what it implies, what is needed."""

from simulator.drawing.plot import Span
from simulator.drawing.words import day_text, percent, trimmed
from simulator.insight.course import Course
from simulator.language import Language, say, show, unit_name

ROUND_FROM = 1000
"""Amounts from here on are written without decimals."""


def pace_lines(course: Course, language: Language) -> list[list[Span]]:
    """What was seen, of which named whole, the year's end, and the rate a month: a line each."""
    pace = course.pace
    day = day_text(pace.day, language)
    usual = percent(pace.usual_share, 0, language)
    if pace.seen is None:
        first = [_plain(say("pace.unseen", language, day=day, usual=usual))]
    else:
        seen = say("pace.seen", language, amount=_amount(course, pace.seen, language), day=day)
        first = [Span(seen, weight=600), _plain(f" = {percent(pace.seen_share or 0, 1, language)}")]
    whole = f"{_amount(course, pace.whole, language)} {unit_name(pace.unit, language)}".strip()
    low, middle, high = (_amount(course, part, language) for part in pace.expected)
    end = say("pace.expected", language, middle=middle, low=low, high=high)
    implied = ""
    if pace.implied is not None:
        amount = _amount(course, pace.implied, language)
        implied = say("pace.implied", language, usual=usual, amount=amount)
    against = say(f"pace.whole.{pace.denominator}", language, whole=whole)
    rates = _rates(course, language)
    return [first, *([_plain(line)] for line in (against, end, implied, rates) if line)]


def _rates(course: Course, language: Language) -> str:
    pace = course.pace
    if pace.rate_so_far is None:
        return ""
    rate = _amount(course, pace.rate_so_far, language)
    if pace.rate_needed is None:
        return say("pace.rate", language, rate=rate)
    if not pace.rate_needed:
        return say("pace.reached", language, rate=rate)
    needed = _amount(course, pace.rate_needed, language)
    return say("pace.needed", language, needed=needed, rate=rate)


def _amount(course: Course, value: float, language: Language) -> str:
    round_ = course.pace.whole > ROUND_FROM
    return show(value, 0, language) if round_ else trimmed(value, 1, language)


def _plain(words: str) -> Span:
    return Span(words, colour="ink2")
