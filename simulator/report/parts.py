"""What does a report consist of? Parts, texts, pictures, and tables whose numbers stay numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from simulator.drawing.figure import Figure
from simulator.insight.comparison import WordTable
from simulator.language import Language, show
from simulator.likelihood import Likelihood
from simulator.wording import signed


@dataclass(frozen=True)
class Amount:
    """A number of a table: kept in a workbook, written in words elsewhere."""

    value: float
    decimals: int = 0
    manner: Literal["plain", "signed", "percent"] = "plain"
    """A percent is a share: 0.09 is written 9%."""

    def text(self, language: Language) -> str:
        """As the language writes it."""
        if self.manner == "percent":
            return f"{show(100 * self.value, self.decimals, language)}%"
        written = signed if self.manner == "signed" else show
        return written(self.value, self.decimals, language)


@dataclass(frozen=True)
class Chance:
    """A chance in tenths and as a word, before which the shape of the word stands."""

    band: Likelihood
    number: str
    word: str

    def text(self) -> str:
        """Number and word."""
        return f"{self.number} {self.word}"


Cell: TypeAlias = str | Amount | Chance | None


def cell_text(cell: Cell, language: Language) -> str:
    """A cell as it is read; nothing where there is nothing to say."""
    if isinstance(cell, Amount):
        return cell.text(language)
    return cell.text() if isinstance(cell, Chance) else cell or ""


@dataclass(frozen=True)
class Column:
    """A column: its head, its width against the others, and where its cells stand."""

    title: str
    width: float = 1
    right: bool = False


@dataclass(frozen=True)
class Table:
    """A table; `groups` says which heading stands before which row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    groups: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    text: str


@dataclass(frozen=True)
class Points:
    """Sentences that stand below each other."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """What is typed or kept in a file, letter by letter."""

    text: str


Block: TypeAlias = Paragraph | Points | Code | Table | Figure


@dataclass(frozen=True)
class Section:
    """Blocks under a title; without a title they stand under that of their part."""

    blocks: tuple[Block, ...]
    title: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the report or an appendix."""

    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Report:
    """All that is written, in one language, whatever the form of the file."""

    language: Language
    title: str
    about: str
    """What the title is about: the plan and the scenario."""
    opening: str
    parts: tuple[Part, ...]
    appendices: tuple[Part, ...]
    province: str
    identity: tuple[tuple[str, str], ...]
    """Plan, version, hash, seed and draws: what each is called, and what it is."""


def worded(table: WordTable, widths: Sequence[float], *, right: Iterable[int] = ()) -> Table:
    """A table that is written already, with the widths of its columns."""
    aside = set(right)
    columns = tuple(
        Column(head, width, at in aside)
        for at, (head, width) in enumerate(zip(table.head, widths, strict=True))
    )
    return Table(columns, table.rows, table.title)
