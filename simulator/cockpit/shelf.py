"""Which scenarios does a planner compare? Immutable: what is chosen, in order, and what was kept."""

from collections.abc import Mapping
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

    def keep(self, title: str, moves: Moves) -> "Shelf":
        """Keep some moves under a title, and put them beside the others where there is room.

        Where as many are kept as can be, the oldest that is not shown makes room, else the same.
        """
        kept = dict(self.kept)
        if len(kept) >= MOST_KEPT:
            unused = [name for name in kept if name not in self.chosen]
            if not unused:
                return self
            del kept[unused[0]]
        number = next(at for at in range(1, MOST_KEPT + 2) if f"{KEPT}{at}" not in kept)
        name = f"{KEPT}{number}"
        written = title.strip()[:LONGEST_TITLE] or name
        return replace(self, kept={**kept, name: Kept(written, moves)}).add(name)

    def to_address(self) -> dict[str, str]:
        """The keys and values of an address."""
        if not self.chosen and not self.kept:
            return {}
        found = {CHOSEN: ",".join(self.chosen)}
        for name, kept in self.kept.items():
            found[name] = urlencode({"title": kept.title} | to_address(kept.moves))
        return found


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
        if len(kept) >= MOST_KEPT or not key.removeprefix(KEPT).isdigit():
            changed.append(Clamped(key, text, None))
            continue
        values = dict(parse_qsl(text))
        title = values.pop("title", "")[:LONGEST_TITLE] or key
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
