"""Which scenarios does a planner compare? Immutable: what is chosen, in order, and what was kept."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from simulator.assumptions import Catalogue
from simulator.cockpit.address import Clamped, from_address, to_address
from simulator.cockpit.moves import Moves
from simulator.compare import FEWEST, MOST

SHOWN = "levers"
"""What is on the levers now."""
TREND = "trend"
KEPT = "kept."
CHOSEN = "compare"
MOST_KEPT = 6
LONGEST_TITLE = 40
LONGEST_ADDRESS = 8000
"""Characters of a query that servers and proxies still take."""
_NUMBER = re.compile("[1-9][0-9]?")


@dataclass(frozen=True)
class Kept:
    """A scenario that the planner kept or loaded, under a title of their own."""

    title: str
    moves: Moves


@dataclass(frozen=True)
class Shelf:
    """The scenarios side by side, the base first, and the planner's own."""

    chosen: tuple[str, ...] = ()
    kept: Mapping[str, Kept] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        """Whether no more can be put beside the others."""
        return len(self.chosen) >= MOST

    def add(self, name: str) -> "Shelf":
        """One more at the end; the same where it stands there already or none has room."""
        if name in self.chosen or self.full:
            return self
        return replace(self, chosen=(*self.chosen, name))

    def remove(self, name: str) -> "Shelf":
        """One less; never fewer than can be compared. What was kept stays in the list."""
        if len(self.chosen) <= FEWEST:
            return self
        return replace(self, chosen=tuple(other for other in self.chosen if other != name))

    def base_on(self, name: str) -> "Shelf":
        """Another one first."""
        if name not in self.chosen:
            return self
        others = (other for other in self.chosen if other != name)
        return replace(self, chosen=(name, *others))

    @property
    def next_number(self) -> int:
        """The number of the scenario that would be kept next."""
        return next(at for at in range(1, len(self.kept) + 2) if f"{KEPT}{at}" not in self.kept)

    def keep(self, title: str, moves: Moves) -> "Shelf":
        """Keep some moves under a title, and put them beside the others where there is room.

        The same where as many are kept as can be: only the planner says what goes.
        """
        if len(self.kept) >= MOST_KEPT:
            return self
        name = f"{KEPT}{self.next_number}"
        taken = {kept.title for kept in self.kept.values()}
        return replace(self, kept={**self.kept, name: Kept(apart(title, taken), moves)}).add(name)

    def forget(self, name: str) -> "Shelf":
        """One kept scenario less; the same for one that is needed for a comparison of two."""
        if name not in self.kept or (name in self.chosen and len(self.chosen) <= FEWEST):
            return self
        kept = {key: one for key, one in self.kept.items() if key != name}
        return replace(self, kept=kept).remove(name)

    def to_address(self) -> dict[str, str]:
        """The keys and values of an address."""
        if not self.chosen and not self.kept:
            return {}
        found = {CHOSEN: ",".join(self.chosen)}
        for name, kept in self.kept.items():
            found[name] = urlencode({"title": kept.title} | to_address(kept.moves))
        return found


def title_written(text: str) -> str:
    """A title in one line of letters that can be seen, not too long; empty where nothing is left."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(seen.split())[:LONGEST_TITLE].strip()


def apart(title: str, taken: Collection[str]) -> str:
    """A title, or one with a number where another scenario has it."""
    tails = ("", *(f" ({number})" for number in range(2, len(taken) + 4)))
    titles = (title[: LONGEST_TITLE - len(tail)].rstrip() + tail for tail in tails)
    return next(found for found in titles if found not in taken)


def file_stem(name: str) -> str:
    """What a scenario is called where a file holds it: in commands and tables."""
    return name.replace(".", "_")


def shelf_of(
    address: Mapping[str, str],
    known: Mapping[str, object],
    catalogue: Catalogue,
    baselines: Mapping[str, tuple[float, float]],
) -> tuple[Shelf, list[Clamped]]:
    """The shelf that an address holds, and what of it had to be clamped or left out."""
    kept: dict[str, Kept] = {}
    changed: list[Clamped] = []
    for key, text in address.items():
        if not key.startswith(KEPT):
            continue
        if len(kept) >= MOST_KEPT or not _NUMBER.fullmatch(key.removeprefix(KEPT)):
            changed.append(Clamped(key, text, None))
            continue
        values = dict(parse_qsl(text))
        title = title_written(values.pop("title", "")) or key
        moves, wrong = from_address(values, catalogue, baselines)
        kept[key] = Kept(title, moves)
        changed += wrong
    chosen: list[str] = []
    for name in filter(None, address.get(CHOSEN, "").split(",")):
        if name in chosen:
            continue
        if len(chosen) < MOST and (name == SHOWN or name in known or name in kept):
            chosen.append(name)
        else:
            changed.append(Clamped(CHOSEN, name, None))
    return Shelf(tuple(chosen) if len(chosen) >= FEWEST else (), kept), changed
