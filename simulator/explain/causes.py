"""What moves on its own between two scenarios? Levers, and groups of levers that move together."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from simulator.assumptions import Assumption, Catalogue, Setting
from simulator.scenario import Scenario


def changed_levers(catalogue: Catalogue, before: Scenario, after: Scenario) -> list[str]:
    """The assumptions that two scenarios set differently, in the order of the catalogue."""
    return [
        name
        for name in catalogue.assumptions
        if setting_of(catalogue, before, name) != setting_of(catalogue, after, name)
    ]


def setting_of(catalogue: Catalogue, scenario: Scenario, name: str) -> Setting:
    """What a scenario sets an assumption to, or the catalogue's own setting."""
    return scenario.changes.get(name) or catalogue.default(name)


def joined(levers: Sequence[str], together: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """What moves on its own: the levers named together as one, and every other.

    Raises ValueError where a lever is named together with two others.
    """
    held: dict[str, tuple[str, ...]] = {}
    for names in together:
        group = tuple(sorted(set(names).intersection(levers)))
        if twice := next((name for name in group if name in held), None):
            raise ValueError(f"{twice} cannot move together with two groups")
        held |= dict.fromkeys(group, group)
    return list(dict.fromkeys(held.get(name, (name,)) for name in levers))


def grouped(
    catalogue: Catalogue, causes: Sequence[tuple[str, ...]], most: int
) -> list[tuple[str, ...]]:
    """Single levers by theme and control; the smallest fold within a control while too many."""
    rows = catalogue.assumptions
    given = [names for names in causes if len(names) > 1]
    groups: dict[tuple[str, str], tuple[str, ...]] = {}
    for (name,) in (names for names in causes if len(names) == 1):
        key = (rows[name].theme, rows[name].control)
        groups[key] = tuple(sorted((*groups.get(key, ()), name)))
    found = sorted(groups.values(), key=lambda names: (len(names), names))
    while len(given) + len(found) > most:
        pair = next((pair for pair in combinations(found, 2) if _one_control(rows, *pair)), None)
        if pair is None:
            break
        found = [names for names in found if names not in pair]
        found.append(tuple(sorted(pair[0] + pair[1])))
        found.sort(key=lambda names: (len(names), names))
    return [*given, *found]


def _one_control(
    rows: Mapping[str, Assumption], one: tuple[str, ...], other: tuple[str, ...]
) -> bool:
    return rows[one[0]].control == rows[other[0]].control
