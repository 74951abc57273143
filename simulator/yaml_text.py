"""How does YAML enter and leave? Plain values, the line of each; no aliases, doubles, surprises.

Plain words are read as YAML 1.2 and JSON read them: 1e-3 is a number, `no` and 2020-01-01 are
text, and 015 is fifteen.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import yaml

from simulator.records import InputError, Problem

DEEPEST = 12
"""Levels of nesting; a scenario needs five."""
MOST_DIGITS = 400
"""Of a number; more are refused before they are read."""
MOST_PROBLEMS = 50
"""Told of one text; a file with more is not a scenario."""

Place: TypeAlias = tuple[str | int, ...]

_WORDS = dict.fromkeys(("", "~", "null", "Null", "NULL"), None) | {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NUMBER_STARTS = frozenset("-+.0123456789")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def read_yaml(text: str, file: str) -> tuple[Any, Mapping[Place, int]]:
    """The document of a YAML text, and the line of every key and item by its place.

    Raises InputError for text that is not YAML, is empty, holds an alias, a tag or several
    documents, is nested too deeply, or has a doubled key or a key that is not text.
    """
    reader = _Reader(file)
    try:
        reader.start(text)
        value = reader.document()
    except yaml.YAMLError as error:
        raise InputError([_syntax_problem(error, file, text)]) from None
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise InputError([Problem(file, line, "", "not UTF-8", "text in UTF-8")]) from None
    if reader.problems:
        raise InputError(reader.problems[:MOST_PROBLEMS])
    return value, reader.lines


def in_words(value: Any) -> str:
    """How a value of a YAML text is named in a message: 'abc', true, 1e+30, a list, empty."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        inside = ", ".join(f"{key}: {in_words(part)}" for key, part in list(value.items())[:5])
        return _short("{" + inside + "}")
    if isinstance(value, list):
        return "a list"
    return _short(repr(value) if isinstance(value, str) else str(value))


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _syntax_problem(error: yaml.YAMLError, file: str, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    wrong = getattr(error, "problem", None) or str(error).splitlines()[0]
    line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
    if "\t" in "".join(text.splitlines()[line - 1 : line]) and "start any token" in wrong:
        return Problem(file, line, "", "not YAML: a tab", "spaces to indent")
    return Problem(file, line, "", f"not YAML: {wrong}")


class _Reader:
    """Builds values straight from the parser's events, in one pass that refuses as it goes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []

    def start(self, text: str) -> None:
        self.next: Callable[[], Any] = yaml.CSafeLoader(text).get_event

    def document(self) -> Any:
        self.next()  # the start of the stream
        if isinstance(self.next(), yaml.StreamEndEvent):
            raise self._refusal(1, "the file is empty", "a mapping of keys to values")
        value = self._value(self.next(), (), 0)
        if value is None and not self.problems:
            raise self._refusal(1, "the file is empty", "a mapping of keys to values")
        self.next()  # the end of the document
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._refusal(event.start_mark.line + 1, "a second document", "one document")
        return value

    def _value(self, event: Any, place: Place, depth: int) -> Any:
        line = event.start_mark.line + 1
        self.lines.setdefault(place, line)
        if isinstance(event, yaml.AliasEvent):
            wrong = f"alias *{event.anchor}"
            raise self._refusal(line, wrong, "values written out, no aliases")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise self._refusal(line, f"tag {_short(tag)}", "plain values, no tags")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        if depth == DEEPEST:
            raise self._refusal(line, "nested too deeply", f"at most {DEEPEST} levels")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place, depth + 1)
        items: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*place, len(items)), depth + 1))
        return items

    def _mapping(self, place: Place, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            key = self._value(event, (*place, -1), depth)
            self.lines.pop((*place, -1), None)
            here = (*place, key) if isinstance(key, str) else place
            wrong = self._key_problem(key, line, result, here)
            if wrong is None:
                self.lines[here] = line
            else:
                self.problems.append(wrong)
            value = self._value(self.next(), here, depth)
            if wrong is None:
                result[key] = value
        return result

    def _key_problem(
        self, key: Any, line: int, result: Mapping[str, Any], here: Place
    ) -> Problem | None:
        if key == "<<":
            return Problem(self.file, line, key, "a merge key", "values written out, or extends")
        if isinstance(key, int | float) and not isinstance(key, bool):
            allowed = "names; the decimal sign is a dot, as in 0.06"
            return Problem(self.file, line, in_words(key), "a number in place of a name", allowed)
        if not isinstance(key, str) or not key.isprintable():
            return Problem(self.file, line, in_words(key), "a key that is not text", "names")
        if key in result:
            wrong = f"doubled key, first on line {self.lines[here]}"
            return Problem(self.file, line, _short(key), wrong, "every key once")
        return None

    def _scalar(self, event: Any, line: int) -> Any:
        text: str = event.value
        if event.style == '"' and _CONTROL.search(text):
            self.problems.append(
                Problem(self.file, line, "", f"control character in {in_words(text)}", "plain text")
            )
        if not event.implicit[0]:
            return text
        if text[:1] not in _NUMBER_STARTS:
            return _WORDS.get(text, text)
        if _INTEGER.fullmatch(text):
            if len(text) > MOST_DIGITS:
                wrong = f"a number of {len(text)} digits"
                self.problems.append(
                    Problem(self.file, line, "", wrong, f"at most {MOST_DIGITS} digits")
                )
                return None
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        return float(text.replace(".", "", 1)) if _ENDLESS.fullmatch(text) else text

    def _refusal(self, line: int, wrong: str, allowed: str) -> InputError:
        return InputError([Problem(self.file, line, "", wrong, allowed)])


class _Dumper(yaml.SafeDumper):
    """Quotes every text that would be read as something else, here or by YAML 1.1."""


for _tag, _pattern, _starts in (
    ("int", _INTEGER, "-+0123456789"),
    ("float", _FLOAT, "-+.0123456789"),
):
    _Dumper.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern.pattern})$"), list(_starts)
    )


def write_yaml(document: Any) -> str:
    """YAML text that reads back to the same document, keys in their order."""
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
