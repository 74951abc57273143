"""How is a problem of an input said in Vietnamese? Its English phrases, looked up and filled in."""

import re
from dataclasses import dataclass
from functools import cache

from simulator.language import Language, say
from simulator.records import Problem, Record, read_table
from simulator.resources import PACKAGE

_NAMES = re.compile(r"[\w.]+_[\w.]+|[\w./-]+(, [\w./-]+)+")
"""Names of keys, assumptions or files, which are the same in every language."""
_PHRASES_INSIDE = frozenset({"reason", "syntax", "what", "range", "value", "near"})
"""Places of a pattern that hold another phrase, or a value that may be one."""
_MAYBE_INSIDE = frozenset({"value", "near"})
_PLACE = re.compile(r"\{([a-z]+)\}")
_ONE_WORD = frozenset({"at", "count", "high", "key", "line", "low", "number"})
_PLACES = _ONE_WORD | {
    *("file", "name", "near", "one", "other", "path", "place", "plan", "range", "reason"),
    *("syntax", "tag", "value", "values", "what"),
}
"""Words in braces that stand for something; other braces are meant as written."""
SYNTAX = "syntax"


class _Phrase(Record):
    en: str
    vi: str


@dataclass(frozen=True)
class _Pattern:
    found: re.Pattern[str]
    vi: str


@cache
def _phrases() -> tuple[dict[str, str], tuple[_Pattern, ...]]:
    """Phrases without places, and patterns, those with most fixed letters first."""
    rows = read_table(PACKAGE / "texts" / "problems.csv", _Phrase, ("en",)).values()
    plain = {row.en: row.vi for row in rows}
    with_places = [row for row in rows if _places(row.en)]
    with_places.sort(key=lambda row: -len(_PLACE.sub("", row.en)))
    return plain, tuple(_Pattern(_as_pattern(row.en), row.vi) for row in with_places)


def _places(text: str) -> list[str]:
    return [name for name in _PLACE.findall(text) if name in _PLACES]


def _as_pattern(text: str) -> re.Pattern[str]:
    parts = _PLACE.split(text)
    written = [_as_group(part) if at % 2 else re.escape(part) for at, part in enumerate(parts)]
    return re.compile("".join(written), re.DOTALL)


def _as_group(name: str) -> str:
    if name not in _PLACES:
        return re.escape(f"{{{name}}}")
    return f"(?P<{name}>\\S+)" if name in _ONE_WORD else f"(?P<{name}>.+)"


def phrase(text: str) -> str | None:
    """A phrase of a problem in Vietnamese; None where it is not known."""
    plain, patterns = _phrases()
    if text in plain:
        return plain[text]
    if _NAMES.fullmatch(text):
        return text
    for pattern in patterns:
        match = pattern.found.fullmatch(text)
        filled = _filled(pattern.vi, match.groupdict()) if match else None
        if filled is not None:
            return filled
    return None


def _filled(vi: str, values: dict[str, str]) -> str | None:
    """The Vietnamese of a pattern with its places filled, or None where one cannot be said."""
    for name, value in values.items():
        said: str | None = value
        if name in _PHRASES_INSIDE:
            said = phrase(value)
            if name in _MAYBE_INSIDE:
                said = said or value
            elif name == SYNTAX:
                said = said or say("problem.syntax", "vi")
        if said is None:
            return None
        vi = vi.replace(f"{{{name}}}", said)
    return vi


def problem_text(problem: Problem, language: Language, *, file: bool = True) -> str:
    """A problem as one line in a language, with its file or, where that is told already, without."""
    if language == "en":
        return str(problem) if file else _without_file(problem)
    where = [problem.file] if file and problem.file else []
    if problem.line:
        where.append(say("problem.line", language, line=problem.line))
    wrong = phrase(problem.wrong) or problem.wrong
    name = said_name(problem.name)
    told = f"“{name}” {wrong}" if name else wrong
    if problem.nearest:
        told += "; " + say("problem.nearest", language, name=problem.nearest)
    elif problem.allowed:
        allowed = phrase(problem.allowed) or problem.allowed
        told += "; " + say("problem.allowed", language, allowed=allowed)
    place = ", ".join(where)
    text = f"{place}: {told}" if place else told
    return f"{text[:1].upper()}{text[1:]}." if not file else f"{text}."


def said_name(name: str) -> str | None:
    """The name of a place, which is the same in every language but for a few."""
    return phrase(name) if name.startswith("point ") or name == "a list" else name


def _without_file(problem: Problem) -> str:
    bare = str(problem).removeprefix(problem.file).removeprefix(f":{problem.line}")
    line = f"Line {problem.line}" if problem.line else ""
    return f"{line}{bare}" if line else bare.removeprefix(": ")
