"""Which number does a text mean, 1.249,94 or 1,249.94? The whole column is the witness."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.intake.limits import LONGEST_NUMBER

SIGNS = (".", ",")
"""The two decimal signs; each has the other, or a space, between its thousands."""
_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f ]+")


def _form(sign: str) -> re.Pattern[str]:
    decimal, group = re.escape(sign), re.escape(SIGNS[sign == "."])
    grouped = rf"[1-9]\d{{0,2}}(?:{group}\d{{3}})+|[1-9]\d{{0,2}}(?: \d{{3}})+"
    return re.compile(
        rf"(?P<grouped>[-+]?(?:{grouped})(?:{decimal}\d+)?)"
        rf"|[-+]?\d+(?:{decimal}\d+)?(?:[eE][-+]?\d+)?",
        re.ASCII,
    )


_FORMS: Mapping[str, re.Pattern[str]] = {sign: _form(sign) for sign in SIGNS}


@dataclass(frozen=True)
class Misread:
    """Why a text is not taken for a number, and what would be."""

    wrong: str
    allowed: str


def readings(text: str) -> dict[str, float]:
    """The numbers that a text can mean, by the decimal sign under which it does."""
    if len(text) > LONGEST_NUMBER:
        return {}
    bare = _SPACES.sub(" ", text.strip()).replace("−", "-").replace("–", "-")
    found = {}
    for sign, form in _FORMS.items():
        if form.fullmatch(bare):
            digits = bare.replace(" ", "").replace(SIGNS[sign == "."], "")
            found[sign] = float(digits.replace(sign, "."))
    return found


def evidence(texts: Iterable[str]) -> frozenset[str]:
    """The decimal signs that the texts of a column show, where only one reading is possible."""
    return frozenset(sign for text in texts if len(told := readings(text)) == 1 for sign in told)


def number_of(text: str, shown: frozenset[str]) -> float | Misread:
    """The number of a text in a column that shows some decimal signs, or why there is none."""
    found = readings(text)
    if not found:
        return Misread(f"is {_short(text)!r}, not a number", "a number, as 1.249,94 or 1249.94")
    values = set(found.values())
    if len(values) == 1:
        return values.pop()
    if len(shown) == 1:
        return found[next(iter(shown))]
    whole, part = found[","], found["."]
    if "," in text:
        whole, part = part, whole
    return Misread(
        f"{text.strip()} can be read as {whole:.15g} or as {part:.15g}",
        f"{whole:.15g} or {plainly(part)}, so that nobody misreads it",
    )


def plainly(value: float) -> str:
    """A number as no column can misread it; reads back to the same number, bit for bit."""
    text = repr(value)
    return f"{text}0" if len(set(readings(text).values())) > 1 else text


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
