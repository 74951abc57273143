"""When are two titles the same? Letters without marks or case, abbreviations written out."""

import re
import unicodedata
from functools import cache

from simulator.records import Record, read_table
from simulator.resources import PACKAGE

_ENCLOSED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_WORDS = re.compile(r"[^a-z0-9%‰]+")
LEGACY = frozenset("®¸µ¹¶·¨¾»Æ¼½©ÊÇÈÉË")
"""Letters that the TCVN3 fonts show in place of Vietnamese ones and that Vietnamese does not have."""


class _Word(Record):
    phrase: str
    means: str
    stands_for: str = ""


@cache
def words(means: str) -> tuple[str, ...]:
    """The folded phrases that mean one thing in a table, the longest first."""
    rows = read_table(PACKAGE / "texts" / "table_words.csv", _Word, ("means", "phrase")).values()
    found = {_plain(row.phrase) for row in rows if row.means == means}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


@cache
def _abbreviations() -> dict[str, str]:
    rows = read_table(PACKAGE / "texts" / "table_words.csv", _Word, ("means", "phrase")).values()
    short = [row for row in rows if row.means == "abbreviation"]
    return {f" {_plain(row.phrase)} ": f" {_plain(row.stands_for)} " for row in short}


def unmarked(text: str) -> str:
    """A text in small letters without marks, its punctuation kept."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _plain(text: str) -> str:
    spaced = unmarked(text).replace("%", " % ").replace("‰", " ‰ ")
    return " ".join(_NOT_WORDS.sub(" ", spaced).split())


def folded(text: str) -> str:
    """A text as it is compared: words in small letters without marks, abbreviations written out."""
    found = f" {_plain(text)} "
    for short, whole in _abbreviations().items():
        if short in found:
            found = found.replace(short, whole)
    return found.strip()


def without_asides(text: str) -> tuple[str, list[str]]:
    """A text without what stands in brackets, and what stood there."""
    asides = [aside[1:-1].strip() for aside in _ENCLOSED.findall(text)]
    return _ENCLOSED.sub(" ", text), asides


def has(text: str, means: str) -> bool:
    """Whether a folded text holds, as whole words, a phrase that means one thing."""
    return any(f" {phrase} " in f" {text} " for phrase in words(means))


def is_legacy(text: str) -> bool:
    """Whether a text looks like one for the TCVN3 fonts, which no other font shows as Vietnamese."""
    return any(letter in LEGACY for letter in text)
