"""Does the log already say something of the same quantity, kind and day?"""

from collections.abc import Iterable, Iterator

from simulator.ledger.entry import FILE, Entry
from simulator.observation import Observation
from simulator.records import Problem


def subject(told: Observation) -> tuple[object, ...]:
    """What only one figure should speak of."""
    return told.quantity, told.kind, told.date


def figure(told: Observation) -> tuple[object, ...]:
    """What an observation says, whoever says it."""
    return *subject(told), told.value, told.unit


def said_already(log: Iterable[Entry], told: Observation) -> Entry | None:
    """The entry that counts for the same quantity, kind and day; where several do, the first."""
    return next(
        (entry for entry in log if entry.counts and subject(entry.observation) == subject(told)),
        None,
    )


def clash(entry: Entry, told: Observation) -> tuple[str, str]:
    """What is wrong with entering a figure beside an entry, and what can be done instead."""
    if figure(entry.observation) == figure(told):
        return f"entry {entry.number} says the same already", ""
    value = said(entry.observation)
    return f"entry {entry.number} says {value} already", f"a correction of entry {entry.number}"


def said(told: Observation) -> str:
    """A value and its unit."""
    return f"{told.value!r} {told.unit}".strip()


def repeat_problems(log: Iterable[Entry], told: Iterable[Observation]) -> Iterator[Problem]:
    """Why figures cannot be entered together beside what a log says."""
    first = {subject(entry.observation): entry for entry in reversed([*log]) if entry.counts}
    new: dict[tuple[object, ...], Observation] = {}
    for row in told:
        entry, twin = first.get(subject(row)), new.setdefault(subject(row), row)
        name = f"{row.quantity}, {row.kind}, {row.date}"
        if entry is not None:
            yield Problem(FILE, None, name, *clash(entry, row))
        elif twin is not row:
            wrong = f"is told twice: {said(twin)} and {said(row)}"
            yield Problem(FILE, None, name, wrong, "one figure")


def without_repeats(log: Iterable[Entry], told: Iterable[Observation]) -> list[Observation]:
    """The observations that say what neither an entry that counts nor one before them says."""
    known = {figure(entry.observation) for entry in log if entry.counts}
    found = []
    for row in told:
        if figure(row) not in known:
            known.add(figure(row))
            found.append(row)
    return found
