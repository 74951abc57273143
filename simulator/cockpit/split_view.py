"""Why did the expected number move? Its split by lever or by target, in parts that add up as printed."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import floor

from simulator.assumptions import Catalogue
from simulator.cockpit.markup import Markup, tag
from simulator.cockpit.moves import PUBLIC_FUNDS
from simulator.cockpit.splits import LeverSplit
from simulator.explain import Attribution
from simulator.language import Language, say, show
from simulator.scorecard import Scorecard
from simulator.wording import signed

MOST_PARTS = 4
"""Parts there is room for, those of what is not named among them."""
MOST_WIDE = 2
"""Parts that have a line of their own, so that no label is cut."""
DECIMALS = 2
CONTROLS = ("policy", "outside", "process", "mixed")
ALWAYS_SAID = ("policy", "outside")


@dataclass(frozen=True)
class Shown:
    """A part as it is printed: what it is of, and its rounded share."""

    label: str
    share: float


def shares(card: Scorecard, before: Scorecard) -> tuple[list[tuple[str, float]], float]:
    """The move of the expected number split exactly by target, largest first, and the whole.

    The expected number is the sum of the scored chances, so its move is the sum of theirs.
    """
    if card.count.plan is None or before.count.plan is None:
        return [], 0.0
    now, then = _scored(card), _scored(before)
    moves = {name: now.get(name, 0.0) - then.get(name, 0.0) for name in {**now, **then}}
    parts = [(name, move) for name, move in moves.items() if move]
    parts.sort(key=lambda part: (-abs(part[1]), part[0]))
    return parts, card.count.plan.mean - before.count.plan.mean


def _scored(card: Scorecard) -> dict[str, float]:
    return {name: row.plan_chance or 0.0 for name, row in card.rows.items() if row.counted}


def split_by_target(
    card: Scorecard,
    before: Scorecard,
    deciding: Set[str],
    awaited: bool,
    language: Language,
) -> Markup:
    """The last move by target: it is there with the board, whatever was moved.

    `deciding` says who decides on what was moved; where that is one side, the whole is its own.
    `awaited` says that the split by lever comes.
    """
    parts, whole = shares(card, before)
    rounded = largest_remainder([share for _, share in parts], DECIMALS, whole)
    titles = [card.rows[name].target.short(language) for name, _ in parts]
    shown = [Shown(title, share) for title, share in zip(titles, rounded, strict=True) if share]
    whole = round(whole, DECIMALS)
    if len(deciding) == 1 and deciding <= set(CONTROLS):
        foot = _totals(dict.fromkeys(deciding, whole), language)
    else:
        foot = say("strip.awaited", language) if awaited else ""
    key = "strip.rises" if whole >= 0 else "strip.falls"
    title = say(key, language, size=show(abs(whole), DECIMALS, language))
    return _drawn(title, say("strip.by_target", language), shown, foot, "", language)


def split_by_lever(split: LeverSplit, catalogue: Catalogue, language: Language) -> Markup:
    """The last move, or the way from the trend, by lever, with what each side decides of it."""
    totals, parts = rounded_split(split.found)
    shown = [
        Shown(lever_label(levers, theme, catalogue, language), share)
        for levers, theme, share in parts
    ]
    whole = round(sum(totals.values()), DECIMALS)
    rises = whole >= 0
    if split.since == "trend":
        key = "strip.rises_since_trend" if rises else "strip.falls_since_trend"
    else:
        key = "strip.rises" if rises else "strip.falls"
    title = say(key, language, size=show(abs(whole), DECIMALS, language))
    method = say(f"explain.method.{split.found.method}", language, runs=split.found.runs)
    said = say("strip.by_lever", language)
    return _drawn(title, said, shown, _totals(totals, language), method, language)


def rounded_split(
    found: Attribution,
) -> tuple[dict[str, float], list[tuple[tuple[str, ...], str, float]]]:
    """What each side decides and each lever's share, rounded so that both add up to the whole.

    The shares of one side add up to what is printed for it: levers, theme and share of each part.
    """
    exact = found.by_control()
    totals = dict(
        zip(exact, largest_remainder(list(exact.values()), DECIMALS, found.move), strict=True)
    )
    rounded: dict[tuple[str, ...], float] = {}
    for control, total in totals.items():
        own = [part for part in found.parts if part.control == control]
        shares_ = largest_remainder([part.share for part in own], DECIMALS, total)
        rounded |= {part.levers: share for part, share in zip(own, shares_, strict=True)}
    return (
        {str(control): total for control, total in totals.items()},
        [(part.levers, part.theme, rounded[part.levers]) for part in found.parts],
    )


def lever_label(levers: Sequence[str], theme: str, catalogue: Catalogue, language: Language) -> str:
    """A lever by its short title, all public funds by the master's, others by their theme."""
    if len(levers) == 1:
        return catalogue.assumptions[levers[0]].short(language)
    if set(levers) <= set(PUBLIC_FUNDS):
        return say("lever.master", language)
    return say(
        "explain.group", language, theme=say(f"explain.theme.{theme}", language), count=len(levers)
    )


def _totals(totals: dict[str, float], language: Language) -> str:
    said = [
        say(f"strip.total.{control}", language, share=_share(totals.get(control, 0.0), language))
        for control in CONTROLS
        if control in totals or control in ALWAYS_SAID
    ]
    text = "; ".join(said)
    return text[0].upper() + text[1:]


def _share(value: float, language: Language) -> str:
    return signed(value, DECIMALS, language) if value else "0"


def _drawn(
    title: str,
    said: str,
    shown: list[Shown],
    foot: str,
    method: str,
    language: Language,
) -> Markup:
    """Title, at most four parts with bars behind them, and a last line; all parts as a tooltip."""
    named = shown if len(shown) <= MOST_PARTS else shown[: MOST_PARTS - 1]
    rest = shown[len(named) :]
    cells = list(named)
    if rest:
        total = round(sum(part.share for part in rest), DECIMALS)
        cells.append(Shown(say("strip.rest", language, count=len(rest)), total))
    most = max((abs(cell.share) for cell in cells), default=0.0) or 1.0
    tip = [title, *(f"{part.label} {_share(part.share, language)}" for part in shown), foot, method]
    return tag(
        "div",
        tag("p", tag("b", title), " ", tag("span", said, class_="secondary")),
        tag("div", *(_cell(cell, most, language) for cell in cells), class_="parts"),
        tag("p", foot, class_="totals") if foot else None,
        class_="split",
        data_tip="\n".join(line for line in tip if line),
        tabindex="0" if len(cells) > MOST_WIDE else None,
    )


def _cell(cell: Shown, most: float, language: Language) -> Markup:
    bar = tag(
        "i",
        class_="bar down" if cell.share < 0 else "bar",
        style=f"width:{100 * abs(cell.share) / most:.0f}%",
    )
    label = tag("span", cell.label, class_="label")
    return tag("p", bar, label, " ", tag("b", _share(cell.share, language)), class_="part")


def largest_remainder(
    values: Sequence[float], decimals: int, whole: float | None = None
) -> list[float]:
    """Values rounded up or down so that they add up to the whole, their own sum if none is given."""
    scale = 10.0**decimals
    scaled = [value * scale for value in values]
    floors = [floor(value) for value in scaled]
    total = sum(values) if whole is None else whole
    missing = round(round(total, decimals) * scale) - sum(floors)
    order = sorted(range(len(values)), key=lambda at: floors[at] - scaled[at])
    step = 1 if missing > 0 else -1
    for at in (order if missing > 0 else order[::-1])[: abs(missing)]:
        floors[at] += step
    return [each / scale for each in floors]
