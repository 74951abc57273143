"""How is the cause of a number drawn? Boxes in columns, from what is assumed to the number itself."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import apart, width_of, wrapped
from simulator.drawing.svg import Point, document, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import model_text
from simulator.insight.naming import equations_of, short_title, title, value_text
from simulator.insight.provenance import Value
from simulator.insight.upstream import Box, Upstream
from simulator.language import Language, say, unit_name
from simulator.projection import Model

WIDTH, HEIGHT = 450, 290
ROOT = 84
"""Room for the quantity itself, right of the last column."""
GAP = 24
"""Between two columns, where the lines run."""
WIDEST = 170
PAD = 6
LINE = 14
BETWEEN = 8
"""Between two boxes of a column."""
NAME, SMALL = 12, 11
SPREAD_FROM = 3
"""So many boxes fill a column evenly; fewer stand near what they reach."""
MONEY_AT_CONSTANT_PRICES = "billion_vnd_2010_prices"


def upstream_figure(
    picture: Upstream,
    model: Model,
    draws: int,
    language: Language,
    theme: Theme = "light",
    *,
    details: Mapping[str, Sequence[str]] | None = None,
    width: int = WIDTH,
    least_height: int = HEIGHT,
) -> Figure:
    """The boxes that decide a quantity; what differs from the reference is accented.

    `details` replaces what stands below a box's name, in pieces; each box is a group whose `data-name`
    is the name of its quantity, for a page that opens it.
    """
    drawn = _Drawing(picture, model, language, dict(details or {}), width, least_height)
    alt = _alt(picture, model, language)
    subtitle = say("indicator.upstream.subtitle", language)
    if picture.left_out:
        subtitle += " " + say("indicator.upstream.left_out", language, count=picture.left_out)
    return Figure(
        name=f"{picture.name}_upstream",
        title=say(
            "indicator.upstream.title", language, name=short_title(model, picture.name, language)
        ),
        subtitle=subtitle,
        svg=document(width, drawn.height, theme, alt, drawn.parts()),
        table=upstream_table(picture),
        alt=alt,
        source=model_text(equations_of(model, picture.name), draws, language),
    )


class _Drawing:
    """Where the boxes stand and what stands in them."""

    def __init__(
        self,
        picture: Upstream,
        model: Model,
        language: Language,
        details: Mapping[str, Sequence[str]],
        width: float,
        least_height: float,
    ) -> None:
        self.picture, self.model, self.language = picture, model, language
        self.details, self.width = details, width
        self.root = picture.boxes[-1]
        self.columns: list[list[Box]] = [[] for _ in range(self.root.column)]
        for box in picture.boxes[:-1]:
            self.columns[box.column].append(box)
        count = max(1, len(self.columns))
        self.box_width = min(WIDEST, (width - ROOT - count * GAP) / count)
        self.lines = {box.name: self._lines(box) for box in picture.boxes[:-1]}
        tallest = max(
            (sum(self._tall(box) + BETWEEN for box in boxes) for boxes in self.columns), default=0
        )
        self.height = max(least_height, tallest)
        self.middle = self._middles()

    def _lines(self, box: Box) -> tuple[list[str], list[str]]:
        room = self.box_width - 2 * PAD
        name = _fitted(short_title(self.model, box.name, self.language), room, NAME)
        return name, [line for said in self._details(box) for line in _folded(said, room, SMALL)]

    def _details(self, box: Box) -> list[list[str]]:
        """What is said below the name: its value, the absorbed one's, in pieces kept together."""
        if box.name in self.details:
            return [list(self.details[box.name])]
        said = [self._value(box.value)]
        if box.absorbed is not None:
            said.append(self._value(box.absorbed, growth=True))
        return said

    def _value(self, value: Value, *, growth: bool = False) -> list[str]:
        """The value now, after that of the reference where it moved."""

        def shown(number: object, *, unit: bool) -> str:
            if value.unit == MONEY_AT_CONSTANT_PRICES and unit:
                return f"{shown(number, unit=False)} {unit_name('billion_vnd', self.language)}"
            said = value_text(self.model, value.name, number, self.language, unit=unit)
            rises = growth and value.unit == "share/year" and float(value.value) > 0
            return f"+{said}" if rises else said

        pieces = [shown(value.value, unit=True)]
        before = shown(value.reference, unit=False) if value.moved else ""
        if before and before != shown(value.value, unit=False):
            pieces.insert(0, f"{before} →")
        if value.unit == "probability" and value.kind == "assumption":
            pieces[0] = say("indicator.upstream.chance", self.language, chance=pieces[0])
        return pieces

    def _tall(self, box: Box) -> float:
        name, detail = self.lines[box.name]
        return (len(name) + len(detail)) * LINE + 8

    def _left(self, box: Box) -> float:
        return box.column * (self.box_width + GAP)

    def _middles(self) -> dict[str, float]:
        """The middle of each box, from the quantity leftwards."""
        middle = {self.root.name: self.height / 2}
        for boxes in reversed(self.columns):
            if len(boxes) >= SPREAD_FROM:
                rest = self.height - sum(self._tall(box) for box in boxes)
                at = 0.0
                for box in boxes:
                    at += rest / len(boxes) / 2
                    middle[box.name] = at + self._tall(box) / 2
                    at += self._tall(box) + rest / len(boxes) / 2
                continue
            wanted = [self._near(box, middle) for box in boxes]
            gap = max((self._tall(box) for box in boxes), default=0) + BETWEEN
            for box, place in zip(boxes, apart(wanted, gap), strict=True):
                half = self._tall(box) / 2
                middle[box.name] = min(max(place, half), self.height - half)
            self._untangle(boxes, middle)
        return middle

    def _near(self, box: Box, middle: Mapping[str, float]) -> float:
        users = [user.name for user in self.picture.boxes if box.name in user.inputs]
        places = [middle[user] for user in users if user in middle]
        return sum(places) / len(places) if places else self.height / 2

    def _untangle(self, boxes: list[Box], middle: dict[str, float]) -> None:
        """Boxes that were pushed together at an edge stand below each other again."""
        for above, below in pairwise(sorted(boxes, key=lambda box: middle[box.name])):
            least = (self._tall(above) + self._tall(below)) / 2 + BETWEEN
            if middle[below.name] - middle[above.name] < least:
                middle[below.name] = middle[above.name] + least
        over = max(middle[box.name] + self._tall(box) / 2 for box in boxes) - self.height
        if over > 0:
            for box in boxes:
                middle[box.name] -= over

    def parts(self) -> list[str]:
        """Lines below, boxes above them, the quantity at the right."""
        plain: list[str] = []
        accented: list[str] = []
        for user in self.picture.boxes:
            for at, cause in enumerate(self._by_height(user)):
                moved = cause.moved and user.moved
                (accented if moved else plain).append(
                    _curve(self._exit(cause), self._entry(user, at), moved=moved)
                )
        boxes = [self._box(box) for box in self.picture.boxes[:-1]]
        return [*plain, *accented, *boxes, *self._root()]

    def _by_height(self, user: Box) -> list[Box]:
        causes = [box for box in self.picture.boxes if box.name in user.inputs]
        return sorted(causes, key=lambda box: self.middle[box.name])

    def _exit(self, box: Box) -> Point:
        return self._left(box) + self.box_width, self.middle[box.name]

    def _entry(self, user: Box, at: int) -> Point:
        if user is self.root:
            return self._root_left() - 5, self.middle[user.name]
        count = len(user.inputs)
        step = min(10.0, (self._tall(user) - 12) / max(1, count - 1)) if count > 1 else 0.0
        return self._left(user), self.middle[user.name] + (at - (count - 1) / 2) * step

    def _root_left(self) -> float:
        return len(self.columns) * (self.box_width + GAP)

    def _box(self, box: Box) -> str:
        left, tall = self._left(box), self._tall(box)
        top = self.middle[box.name] - tall / 2
        name, detail = self.lines[box.name]
        inner = rect(
            left + 0.5,
            top + 0.5,
            self.box_width - 1,
            tall - 1,
            fill="wash" if box.moved else "panel",
            stroke="accent" if box.moved else "edge",
        )
        for row, line_of_text in enumerate(name + detail):
            is_name = row < len(name)
            inner += text(
                left + PAD,
                top + 15 + row * LINE,
                line_of_text,
                size=NAME if is_name else SMALL,
                colour="ink" if is_name else "ink2",
            )
        full = title(self.model, box.name, self.language)
        return (
            f'<g class="box" data-name="{escape(box.name)}"><title>{escape(full)}: '
            f"{escape('; '.join(' '.join(said) for said in self._details(box)))}</title>{inner}</g>"
        )

    def _root(self) -> list[str]:
        left = self._root_left()
        room = self.width - left
        name = _fitted(short_title(self.model, self.root.name, self.language), room, NAME)
        value = _folded([piece for said in self._details(self.root) for piece in said], room, NAME)
        lines = [(one, NAME, 600) for one in [*name, *value]]
        top = self.middle[self.root.name] - len(lines) * (LINE + 1) / 2 + 12
        colour = "accent" if self.root.moved else "ink"
        return [
            text(left, top + row * (LINE + 1), one, size=size, weight=weight, colour=colour)
            for row, (one, size, weight) in enumerate(lines)
        ]


def _fitted(words: str, room: float, size: int) -> list[str]:
    """Words in lines; a word that no line holds is broken at its hyphens, or cut."""
    most = max(1, int(room / width_of("x", size)))
    pieces: list[str] = []
    for word in words.split():
        if len(word) <= most:
            pieces.append(word)
            continue
        for part in re.findall(r"[^-]+-?|-", word):
            pieces += [part[at : at + most] for at in range(0, len(part), most)]
    return wrapped(" ".join(pieces), room, size)


def _folded(pieces: list[str], room: float, size: int) -> list[str]:
    """Pieces in as few lines as there is room for; a number and its unit break last."""
    lines: list[str] = []
    for piece in pieces:
        if lines and width_of(f"{lines[-1]} {piece}", size) <= room:
            lines[-1] += f" {piece}"
        elif width_of(piece, size) <= room:
            lines.append(piece)
        else:
            number, _, unit = piece.partition(" ")
            lines += [*_fitted(number, room, size), *_fitted(unit, room, size)]
    return lines


def _curve(start: Point, end: Point, *, moved: bool) -> str:
    colour, width = ("accent", 2) if moved else ("edge", 1)
    bend = max(GAP / 2, (end[0] - start[0]) / 2)
    return (
        f'<path d="M{start[0]:.1f} {start[1]:.1f} C{start[0] + bend:.1f} {start[1]:.1f} '
        f'{end[0] - bend:.1f} {end[1]:.1f} {end[0]:.1f} {end[1]:.1f}" fill="none" '
        f'style="stroke:var(--{colour})" stroke-width="{width}"/>'
    )


def _alt(picture: Upstream, model: Model, language: Language) -> str:
    root = picture.boxes[-1]
    named = {box.name: box for box in picture.boxes}
    causes = [short_title(model, name, language) for name in root.inputs]
    behind = [
        short_title(model, box.name, language)
        for box in picture.boxes[:-1]
        if box.name not in root.inputs
    ]
    said = say(
        "indicator.upstream.alt",
        language,
        title=title(model, picture.name, language),
        year=model.plan.sheet.plan_year,
        value=value_text(model, picture.name, root.value.value, language),
        causes="; ".join(causes),
    )
    if behind:
        said += " " + say("indicator.upstream.alt_behind", language, causes="; ".join(behind))
    moved = [short_title(model, name, language) for name, box in named.items() if box.moved]
    if moved:
        said += " " + say("indicator.upstream.alt_moved", language, causes="; ".join(moved))
    return said


def upstream_table(picture: Upstream) -> pd.DataFrame:
    """Each box with its values in the central run and in the reference, and what it reaches."""
    rows = []
    for box in picture.boxes:
        reaches = [user.name for user in picture.boxes if box.name in user.inputs]
        rows.append(_row(box.value, box.influence, reaches))
        if box.absorbed is not None:
            rows.append(_row(box.absorbed, box.influence, [box.name]))
    return pd.DataFrame(rows)


def _row(value: Value, influence: float, reaches: Sequence[str]) -> dict[str, object]:
    return {
        "quantity": value.name,
        "kind": value.kind,
        "unit": value.unit,
        "value_central_run": value.value,
        "value_reference": value.reference,
        "moved": value.moved,
        "reaches": " ".join(reaches),
        "correlation_with_quantity": round(influence, 4),
    }
