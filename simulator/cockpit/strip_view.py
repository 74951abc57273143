"""What did the last move change, and through which targets? Flips, movers, warnings, notices."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.assumptions import Catalogue, Setting, to_link
from simulator.cockpit.board_view import chance_change, shown_change, sign_of
from simulator.cockpit.icons import warning
from simulator.cockpit.lever_panel import FAR, step_text
from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.moves import Moves
from simulator.language import Language, say, show, show_chance, unit_name
from simulator.likelihood import likelihoods
from simulator.scorecard import Scorecard, TargetScore
from simulator.wording import signed

MOST_LINES = 3
"""Lines under the title of each part: the strip is as high as four."""
MOST_PARTS = MOST_LINES - 1


@dataclass(frozen=True)
class Flip:
    """A target whose word changed."""

    name: str
    before: str
    after: str


def flips(card: Scorecard, before: Scorecard) -> list[Flip]:
    """The targets whose likelihood word changed, the largest change first."""
    changed = [
        (abs(chance_change(row, before.rows.get(name)) or 0.0), Flip(name, old, row.word))
        for name, row in card.rows.items()
        if row.word and (old := _word(before, name)) and old != row.word
    ]
    return [flip for _, flip in sorted(changed, key=lambda pair: -pair[0])]


def _word(card: Scorecard, name: str) -> str | None:
    row = card.rows.get(name)
    return None if row is None else row.word


def shares(card: Scorecard, before: Scorecard) -> tuple[list[tuple[str, float]], float, float]:
    """The move of the expected number split exactly by target, the rest, and the whole.

    The expected number is the sum of the scored chances, so its move is the sum of theirs.
    """
    if card.count.plan is None or before.count.plan is None:
        return [], 0.0, 0.0
    now, then = _scored(card), _scored(before)
    moves = {name: now.get(name, 0.0) - then.get(name, 0.0) for name in {**now, **then}}
    parts = [(name, move) for name, move in moves.items() if move]
    parts.sort(key=lambda part: (-abs(part[1]), part[0]))
    whole = card.count.plan.mean - before.count.plan.mean
    shown = parts[:MOST_PARTS]
    return shown, whole - sum(part for _, part in shown), whole


def _scored(card: Scorecard) -> dict[str, float]:
    return {name: row.plan_chance or 0.0 for name, row in card.rows.items() if row.counted}


def strip(
    card: Scorecard,
    before: Scorecard | None,
    moves: Moves,
    earlier: Moves,
    language: Language,
) -> Markup:
    """The strip under the headline; empty before the first move."""
    catalogue = card.projection.plan.catalogue
    names = _differing(moves, earlier)
    if before is None or not names:
        return tag("p", say("strip.nothing_moved", language), class_="secondary hint")
    if not any(chance_change(row, before.rows.get(name)) for name, row in card.rows.items()):
        return tag(
            "p",
            tag("b", say("strip.no_effect", language)),
            f" {_why_no_effect(names, card, language)}",
            class_="notice",
        )
    return join(
        (
            tag("div", *_moved(names, moves, earlier, catalogue, card, before, language)),
            tag("div", *_flipped(card, before, language)),
            tag("div", *_split(card, before, language)),
        )
    )


def _differing(moves: Moves, earlier: Moves) -> list[str]:
    changed = [
        name
        for name in {**earlier.changes, **moves.changes}
        if moves.changes.get(name) != earlier.changes.get(name)
    ]
    typed = {**earlier.typed_baselines, **moves.typed_baselines}
    return changed + [
        name
        for name in typed
        if moves.typed_baselines.get(name) != earlier.typed_baselines.get(name)
    ]


def _why_no_effect(names: list[str], card: Scorecard, language: Language) -> str:
    epidemic = {"epidemic_months", "epidemic_depth", "epidemic_start"}
    chance = card.projection.settings["human_epidemic"].centre
    if set(names) <= epidemic:
        return say("strip.epidemic_only", language, chance=show(100 * chance, 0, language))
    return ""


def _moved(
    names: list[str],
    moves: Moves,
    earlier: Moves,
    catalogue: Catalogue,
    card: Scorecard,
    before: Scorecard,
    language: Language,
) -> list[Markup]:
    if len(names) == 1 and names[0] in catalogue.assumptions:
        row = catalogue.assumptions[names[0]]
        old, new = (_centre(some, names[0], catalogue) for some in (earlier.changes, moves.changes))
        told = f"{row.short(language)} {step_text(row, old, new, language)}"
        first = tag("p", tag("b", f"{say('strip.moved', language)} {told}"))
    else:
        first = tag("p", tag("b", say("strip.moved_many", language, count=len(names))))
    lines = [first, _direct_effect(card, before, language)]
    far = [
        name
        for name in names
        if name in moves.changes and _far(name, moves.changes[name], catalogue)
    ]
    if far:
        lines.append(
            tag("p", warning(), f" {say('strip.beyond_evidence', language)}", class_="warn")
        )
    return lines


def _centre(changes: Mapping[str, Setting], name: str, catalogue: Catalogue) -> float:
    return changes.get(name, catalogue.default(name)).centre


def _far(name: str, setting: Setting, catalogue: Catalogue) -> bool:
    row = catalogue.assumptions[name]
    spread = catalogue.spread(name)
    if row.link == "switch" or not spread:
        return False
    gap = abs(to_link(setting.centre, row.link) - to_link(row.centre, row.link))
    return bool(gap > FAR * spread * (1 + 1e-9))


def _direct_effect(card: Scorecard, before: Scorecard, language: Language) -> Markup:
    """The target whose median moved most against its spread, in its own unit."""
    best: tuple[float, TargetScore, float] | None = None
    for name, row in card.rows.items():
        old = before.rows.get(name)
        if row.quantiles is None or old is None or old.quantiles is None or not row.counted:
            continue
        move = row.quantiles[1] - old.quantiles[1]
        width = row.quantiles[2] - row.quantiles[0]
        size = abs(move) / width if width else 0.0
        if move and (best is None or size > best[0]):
            best = (size, row, move)
    if best is None:
        return tag("p", say("strip.medians_still", language))
    _, row, move = best
    decimals = max(row.target.decimals or 0, 2 if abs(move) < 1 else 0)
    unit = unit_name(row.target.unit, language)
    unit = say("lever.points", language) if unit.startswith("%") else unit
    text = f"{row.target.short(language)} {signed(move, decimals, language)} {unit}"
    return tag("p", text)


def _flipped(card: Scorecard, before: Scorecard, language: Language) -> list[Markup]:
    found = flips(card, before)
    lines = [tag("p", tag("b", say("strip.flips", language, count=len(found))))]
    shown = found if len(found) <= MOST_LINES else found[: MOST_LINES - 1]
    for flip in shown:
        row, old = card.rows[flip.name], before.rows[flip.name]
        lines.append(
            tag(
                "p",
                tag(
                    "span",
                    tag("span", row.target.short(language), class_="label"),
                    tag(
                        "span",
                        sign_of(flip.before),
                        f" {_tenths(old, language)} → ",
                        sign_of(flip.after),
                        tag("b", f" {_tenths(row, language)}"),
                    ),
                ),
                tag("b", _said(flip.after, language)),
                class_="flip",
            )
        )
    small = sum(
        1
        for name, row in card.rows.items()
        if chance_change(row, before.rows.get(name))
        and not shown_change(row, before.rows.get(name))
    )
    rest = len(found) - len(shown)
    if rest > 0:
        lines.append(tag("p", say("strip.more_flips", language, count=rest), class_="secondary"))
    elif small and len(shown) < MOST_LINES:
        lines.append(tag("p", say("strip.small", language, count=small), class_="secondary"))
    return lines


def _tenths(row: TargetScore, language: Language) -> str:
    return "" if row.plan_chance is None else show_chance(row.plan_chance, language)


def _said(code: str, language: Language) -> str:
    band = next(band for band in likelihoods() if band.code == code)
    return band.vi if language == "vi" else band.en


def _split(card: Scorecard, before: Scorecard, language: Language) -> list[Markup]:
    parts, rest, whole = shares(card, before)
    rounded = largest_remainder([*(part for _, part in parts), rest], 2)
    key = "strip.rises" if whole >= 0 else "strip.falls"
    lines = [tag("p", tag("b", say(key, language, size=show(abs(whole), 2, language))))]
    most = max((abs(value) for value in rounded), default=0.0) or 1.0
    labels = [card.rows[name].target.short(language) for name, _ in parts]
    for label, value in zip([*labels, say("strip.rest", language)], rounded, strict=True):
        if not value:
            continue
        bar = tag(
            "span",
            class_="bar down" if value < 0 else "bar",
            style=f"width:{100 * abs(value) / most:.0f}%",
        )
        lines.append(
            tag(
                "p",
                tag("span", label, class_="label"),
                tag("span", bar, class_="bars"),
                tag("b", signed(value, 2, language)),
                class_="part",
            )
        )
    return lines


def largest_remainder(values: list[float], decimals: int) -> list[float]:
    """Values rounded so that they still add up to their rounded sum."""
    scale = 10.0**decimals
    floors = [int((value * scale) // 1) for value in values]
    missing = round(round(sum(values), decimals) * scale) - sum(floors)
    order = sorted(range(len(values)), key=lambda at: floors[at] - values[at] * scale)
    for at in order[:missing]:
        floors[at] += 1
    return [floor / scale for floor in floors]
