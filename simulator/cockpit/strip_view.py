"""What did the last move change? What was moved, its effect, flips, warnings; then the split."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.assumptions import Catalogue, Setting, to_link
from simulator.cockpit.board_view import chance_change, shown_change, sign_of
from simulator.cockpit.icons import warning
from simulator.cockpit.lever_panel import FAR, master_text, step_text
from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.moves import Moves, master_value
from simulator.cockpit.split_view import split_by_lever, split_by_target
from simulator.cockpit.splits import LeverSplit, moved_levers
from simulator.language import Language, say, show, show_chance, unit_name
from simulator.likelihood import likelihoods
from simulator.scorecard import Scorecard, TargetScore
from simulator.wording import signed

MOST_LINES = 3
"""Lines under the title of each part: the strip is as high as four."""


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


def strip(
    card: Scorecard,
    before: Scorecard | None,
    moves: Moves,
    earlier: Moves,
    language: Language,
    *,
    split: LeverSplit | None = None,
    awaited: bool = False,
) -> tuple[Markup, ...]:
    """The parts of the strip under the headline: a hint alone before the first move.

    `split` is the split by lever where it is there, `awaited` says that it comes.
    """
    catalogue = card.projection.plan.catalogue
    names = _differing(moves, earlier)
    if before is None or not names:
        return (tag("p", say("strip.nothing_moved", language), class_="secondary hint"),)
    if not has_effect(card, before):
        why = _why_no_effect(names, card, language)
        return (tag("p", tag("b", say("strip.no_effect", language)), f" {why}", class_="notice"),)
    if split is None:
        rows = [catalogue.assumptions.get(name) for name in names]
        deciding = {"baseline" if row is None else row.control for row in rows}
        why_moved = split_by_target(card, before, deciding, awaited, language)
    else:
        why_moved = split_by_lever(split, catalogue, language)
    return (
        join(_moved(names, moves, earlier, catalogue, card, before, language)),
        join(_flipped(card, before, language)),
        why_moved,
    )


def has_effect(card: Scorecard, before: Scorecard) -> bool:
    """Whether a move changed the chance of any target."""
    return any(chance_change(row, before.rows.get(name)) for name, row in card.rows.items())


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
    elif moved_levers(earlier, moves, catalogue) == [tuple(sorted(names))]:
        old, new = (master_value(some, catalogue) for some in (earlier, moves))
        told = master_text(old, new, language)
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
