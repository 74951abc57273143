"""How is the log of observations written in a shell: to read, and as data?"""

from collections.abc import Iterable, Iterator
from typing import Any

from simulator.insight.comparison import WordTable
from simulator.insight.tracking import day_text, quantity_title
from simulator.intake import Preview, note_text
from simulator.language import Language, say, show, unit_name
from simulator.ledger import Entry
from simulator.observation import Observation
from simulator.plan import Plan

COLUMNS = (
    *("number", "entered_at", "entered_by", "plan", "quantity", "kind", "value", "unit", "date"),
    *("source", "supersedes", "superseded_by", "withdrawn", "note", "batch"),
)


def as_rows(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Entries as data, a row each; what there is not is None."""
    for entry in entries:
        found = vars(entry) | vars(entry.observation)
        found |= {"entered_at": entry.entered_at.isoformat(), "date": found["date"].isoformat()}
        yield {name: found[name] for name in COLUMNS}


def log_table(entries: Iterable[Entry], plan: Plan, language: Language) -> WordTable:
    """The log as it stands, what was corrected or withdrawn included and called so."""
    head = (
        *(say(f"ledger.column.{name}", language) for name in ("number", "state")),
        *_observed_head(language),
        *(say(f"ledger.column.{name}", language) for name in ("who", "when", "remarks")),
    )
    rows = tuple(
        (
            str(entry.number),
            state_text(entry, language),
            *_observed(entry.observation, plan, language),
            entry.observation.entered_by,
            f"{day_text(entry.entered_at.astimezone().date(), language)} "
            f"{entry.entered_at.astimezone():%H:%M}",
            "; ".join(part for part in (entry.note, entry.batch) if part),
        )
        for entry in entries
    )
    return WordTable(say("ledger.title", language), head, rows)


def state_text(entry: Entry, language: Language) -> str:
    """What an entry does to another, and whether it counts."""
    said = []
    if entry.supersedes is not None:
        key = "ledger.takes_back" if entry.withdrawn else "ledger.corrects"
        said.append(say(key, language, number=entry.supersedes))
    if entry.superseded_by is not None:
        said.append(say("ledger.superseded", language, number=entry.superseded_by))
    return "; ".join(said) or say("ledger.counts", language)


def preview_table(preview: Preview, plan: Plan, language: Language) -> WordTable:
    """What a file of observations was understood to say."""
    head = (
        say("ledger.column.place", language),
        *_observed_head(language),
        say("ledger.column.remarks", language),
    )
    rows = tuple(
        (
            row.place,
            *(
                _observed(row.observation, plan, language)
                if row.observation
                else (row.cells.get("quantity", ""), "", row.cells.get("value", ""), "", "")
            ),
            "; ".join(note_text(note, language) for note in row.notes),
        )
        for row in preview.rows
    )
    title = say("ledger.preview", language, count=len(preview.observations))
    return WordTable(title, head, rows)


def _observed_head(language: Language) -> tuple[str, ...]:
    names = ("quantity", "kind", "value", "date", "source")
    return tuple(say(f"track.column.{name}", language) for name in names)


def _observed(row: Observation, plan: Plan, language: Language) -> tuple[str, ...]:
    return (
        quantity_title(row.quantity, plan, language),
        say(f"track.kind.{row.kind}", language),
        _amount(row, language),
        day_text(row.date, language),
        row.source,
    )


def _amount(row: Observation, language: Language) -> str:
    """The value in the unit in which it was entered, to its last digit."""
    digits = repr(row.value).removesuffix(".0")
    decimals = 0 if "e" in digits else len(digits.partition(".")[2])
    return f"{show(row.value, decimals, language)} {unit_name(row.unit, language)}".strip()
