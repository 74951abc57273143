"""Which quantity does a title of a table name? Never guessed: one fits, or the choice is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.insight.tracking import quantity_title
from simulator.intake.folding import folded, without_asides, words
from simulator.intake.limits import LONGEST_TITLE
from simulator.intake.unit_words import is_unit, takes
from simulator.observation import Watch
from simulator.plan import Plan
from simulator.records import nearest
from simulator.track.quantities import PAID, PAID_SHARE

_NUMBERED = ("-", "+", "*", "•", "–")


@dataclass(frozen=True)
class Match:
    """The quantities that a title fits: one is found, several are a choice, none has a nearest."""

    names: tuple[str, ...]
    nearest: str = ""


class Titles:
    """The titles of everything that a plan can be told of."""

    def __init__(self, watch: Watch, plan: Plan) -> None:
        self.watch = watch
        self.shown: dict[str, str] = {}
        """A title as it is printed, by its folded form."""
        self.full: dict[str, set[str]] = {}
        self.bare: dict[str, set[str]] = {}
        for name in (*watch.observables, *plan.targets):
            for title in _titles(name, plan):
                key = folded(title)
                self.shown.setdefault(key, title)
                self.full.setdefault(key, set()).add(name)
                for short in bare_forms(title):
                    self.bare.setdefault(short, set()).add(name)

    def find(self, titles: Sequence[str], units: Sequence[str]) -> Match:
        """The quantity that the first of some titles names that names any, in one of the units."""
        titles = [title[:LONGEST_TITLE] for title in titles]
        refused: set[str] = set()
        for title in titles:
            for names in self._tiers(title):
                fitting = {name for name in names if self._fits(name, units)}
                if fitting:
                    return Match(tuple(sorted(fitting)))
                refused = refused or set(names)
        if refused:
            return Match(tuple(sorted(refused)))
        return Match((), self.shown.get(nearest(folded(titles[0]), self.shown), ""))

    def _tiers(self, title: str) -> Iterator[set[str]]:
        if title.strip() in self.watch.observables:
            yield {title.strip()}
        plain = _without_unit(_without_number(title))
        forms = bare_forms(plain)
        keys = dict.fromkeys((folded(plain), forms[0]))
        yield from (self.full[key] for key in keys if key in self.full)
        yield from (self.bare[key] for key in forms if key in self.bare)

    def _fits(self, name: str, units: Sequence[str]) -> bool:
        known = self.watch.observables.get(name)
        return known is not None and (not units or any(takes(unit, known) for unit in units))


def _titles(name: str, plan: Plan) -> Iterator[str]:
    yield name
    yield quantity_title(name, plan, "vi")
    yield quantity_title(name, plan, "en")
    if name in plan.targets:
        yield plan.targets[name].short("vi")
        yield plan.targets[name].short("en")
    for ending in (PAID, PAID_SHARE):
        fund = plan.funds.get(name.removesuffix(f"_{ending}"))
        if fund is not None and name.endswith(f"_{ending}"):
            yield fund.title_vi
            yield fund.title_en


def bare_forms(title: str) -> list[str]:
    """A folded title without the words that only say how or where it is counted."""
    found = [folded(without_asides(title)[0])]
    for text in found:
        for start in words("leading"):
            if text.startswith(f"{start} "):
                found.append(text.removeprefix(f"{start} "))
                break
        for end in words("trailing"):
            if text.endswith(f" {end}"):
                found.append(text.removesuffix(f" {end}"))
                break
    return list(dict.fromkeys(found))


def _without_number(title: str) -> str:
    """A title without the dash or number before it: "- ", "1.2. ", "a) "."""
    text = title.strip().lstrip("".join(_NUMBERED)).strip()
    head, _, rest = text.partition(" ")
    numbered = len(head) > 1 and head[-1] in ".)" and head[:-1].replace(".", "").isalnum()
    short = len(head) <= len("VIII.")
    return rest.strip() if numbered and short and rest.strip() else text


def _without_unit(title: str) -> str:
    """A title without the unit after its last comma, if one stands there."""
    head, _, unit = title.rpartition(",")
    return head if head and _is_measure(unit) else title


def _is_measure(text: str) -> bool:
    """Whether a text can only be a unit; one word, as huyện, can belong to the title before it."""
    return is_unit(text) and (" " in text.strip() or text.strip() in {"%", "‰"})


def unit_in(title: str) -> str:
    """The unit that a title ends in, in brackets or after a comma; empty where it names none."""
    for aside in reversed(without_asides(title)[1]):
        unit = aside.partition(":")[2].strip() or aside
        if is_unit(unit):
            return unit
    _, comma, last = title.rpartition(",")
    return last.strip() if comma and _is_measure(last) else ""
