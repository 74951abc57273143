"""What does a table that is written already look like in a shell?"""

from rich.table import Table

from simulator.insight.comparison import WordTable


def word_table(words: WordTable, *, right: bool = True) -> Table:
    """A table of words; what follows the first column stands to the right, or to the left."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, text in enumerate(words.head):
        table.add_column(text, justify="right" if at and right else "left")
    for row in words.rows:
        table.add_row(*row)
    return table
