"""How is a long list shown? As a table that can be searched and sorted in the browser."""

from simulator.cockpit.markup import Markup, tag
from simulator.cockpit.page_view import table
from simulator.insight.comparison import WordTable
from simulator.language import Language, say

SHORTEST_SEARCHED = 8
"""Rows from which on a list has a search field."""


def scrolled(words: WordTable) -> Markup:
    """A table of words that scrolls within its panel, by keyboard too."""
    return tag(
        "div",
        table(words.head, words.rows),
        class_="rows",
        tabindex="0",
        role="region",
        aria_label=words.title,
    )


def listed(words: WordTable, language: Language, kind: str) -> Markup:
    """A panel with a table of words; `kind` is a class that gives its columns their widths."""
    searched = len(words.rows) >= SHORTEST_SEARCHED
    return tag(
        "section",
        tag("h2", words.title),
        scrolled(words),
        class_=f"card list {kind}",
        data_list="search" if searched else "sort",
        data_language=language,
        data_search=say("method.search", language),
        data_found=say("method.found", language, shown="{shown}", count="{count}"),
        data_sort=say("method.sort", language, column="{column}"),
    )
