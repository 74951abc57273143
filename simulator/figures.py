"""Which numbers may a printed Vietnamese figure stand for, and how is a number printed?"""

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"[0-9][0-9.,]*|[.,][0-9]+")
_MILLIONS_OF_A_BILLION = 1000


def number(text: str) -> float:
    """A number with a comma as its decimal sign and dots between thousands ("11.340,87").

    A leading dot is a decimal sign too (".55"). Raises ValueError for anything else.
    """
    if re.fullmatch(r"[.,][0-9]+", text):
        return float("0." + text[1:])
    grouped, plain = r"[1-9][0-9]{0,2}(\.[0-9]{3})+", r"[0-9]+"
    if not re.fullmatch(rf"({grouped}|{plain})(,[0-9]+)?", text):
        raise ValueError(f"{text!r} is not a number as the report prints them")
    return float(text.replace(".", "").replace(",", "."))


def readings(printed: str, unit: str) -> Iterator[float]:
    """Every value, in a unit, that a printed figure may stand for; a fall prints no sign."""
    numbers = [number(found.rstrip(".,")) for found in _NUMBER.findall(printed)]
    if not numbers:
        return
    first = numbers[0]
    if unit == "share" and "/" in printed and len(numbers) > 1 and numbers[1]:
        first /= numbers[1]
    elif unit in {"share", "share/year"}:
        first /= 100
    elif unit.startswith("billion_vnd"):
        if "nghìn tỷ" in printed:
            first *= 1000
        elif "tỷ" in printed and len(numbers) > 1:
            first += numbers[1] / _MILLIONS_OF_A_BILLION
        elif "triệu" in printed and "tỷ" not in printed:
            first /= _MILLIONS_OF_A_BILLION
    yield first
    yield -first


def matches(value: float, printed: str, unit: str) -> bool:
    """Whether a value is what the printed figure says, in its unit."""
    return any(
        abs(value - reading) <= 1e-12 * max(1.0, abs(value)) for reading in readings(printed, unit)
    )


def vietnamese(value: float, decimals: int) -> str:
    """A number as the province prints it: 1.249,94, with a true minus sign."""
    return _signed(f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,")))


def english(value: float, decimals: int) -> str:
    """A number as English prints it: 1,249.94, with a true minus sign."""
    return _signed(f"{value:,.{decimals}f}")


def _signed(text: str) -> str:
    digits = text.lstrip("-")
    if text.startswith("-") and any(digit in digits for digit in "123456789"):
        return "\N{MINUS SIGN}" + digits
    return digits
