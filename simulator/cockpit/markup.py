"""How is HTML written? Every text and value is escaped; only these functions make tags."""

from collections.abc import Iterable
from html import escape


class Markup(str):
    """HTML that was made here and needs no escaping."""

    __slots__ = ()


def tag(name: str, /, *children: str | None, **attributes: object) -> Markup:
    """An element; plain text among the children is escaped, None is left out.

    Attribute names: a trailing underscore is dropped, others become dashes.
    """
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Markup(f"<{name}{shown}>{join(children)}</{name}>")


def join(children: Iterable[str | None]) -> Markup:
    """Children one after the other, plain text escaped."""
    return Markup(
        "".join(
            child if isinstance(child, Markup) else escape(child)
            for child in children
            if child is not None
        )
    )
