"""How does a text stay the same text when a spreadsheet opens it, whatever it begins with?"""

APOSTROPHE = "'"
_FORMULAS = ("=", "+", "-", "@", APOSTROPHE)
"""What a spreadsheet takes a text that begins so for: a formula, or a text told to be one."""


def _needs_it(text: str) -> bool:
    return text.startswith(_FORMULAS) or text != text.strip()


def protected(text: str) -> str:
    """A text with an apostrophe before it where a spreadsheet or a reader would change it."""
    return APOSTROPHE + text if _needs_it(text) else text


def released(text: str) -> str:
    """The text that was protected; one that never was, without the spaces around it."""
    rest = text.removeprefix(APOSTROPHE)
    return rest if rest != text and _needs_it(rest) else text.strip()
