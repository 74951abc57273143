"""What would one lever alone have to be for this target? Nearest first; what does not reach says so."""

from simulator.cockpit.lever_panel import value_text
from simulator.cockpit.markup import Markup, tag
from simulator.cockpit.page_view import card, sending, table
from simulator.cockpit.question import LEVELS
from simulator.cockpit.seek_view import below_text, level_text
from simulator.cockpit.session import Session
from simulator.language import Language, say
from simulator.plan import Plan
from simulator.seek import Sought
from simulator.wording import signed

MOST_ROWS = 7
"""Levers that are shown at once, unless more of them reach it."""


def needed_panel(session: Session, name: str) -> Markup:
    """A panel of the indicator's page; it takes about a second, so it comes last."""
    language, plan = session.language, session.plan
    found = session.needed(name)
    reached = sorted(
        (item for item in found.items() if item[1].reached), key=lambda item: item[1].distance
    )
    others = sorted(
        (item for item in found.items() if not item[1].reached),
        key=lambda item: -item[1].outcomes[0].after,
    )
    rows = [_row(lever, sought, plan, language) for lever, sought in (*reached, *others)]
    first = max(MOST_ROWS, len(reached))
    rest = rows[first:]
    heads = [say(f"needed.{key}", language) for key in ("lever", "values", "spreads")]
    options = [
        tag(
            "option",
            level_text(level, language),
            value=f"{level:g}",
            selected="selected" if level == session.level else None,
        )
        for level in LEVELS
    ]
    label = say("needed.level", language)
    pick = tag(
        "select",
        *options,
        class_="pick",
        aria_label=label,
        data_send=sending("ask", change="level"),
    )
    more = tag(
        "button",
        say("needed.more", language),
        type="button",
        class_="link",
        data_send=sending("ask", change="about", name=name),
    )
    return card(
        tag("p", tag("span", f"{label} "), pick),
        table(heads, rows[:first]) if rows else tag("p", say("needed.nothing", language)),
        _rest(heads, rest, language) if rest else None,
        tag("p", more),
        title=say("needed.title", language, level=level_text(session.level, language)),
    )


def _rest(heads: list[str], rows: list[list[str]], language: Language) -> Markup:
    summary = tag("summary", say("needed.rest", language, count=len(rows)))
    return tag("details", summary, table(heads, rows))


def _row(lever: str, sought: Sought, plan: Plan, language: Language) -> list[str]:
    row = plan.catalogue.assumptions.get(lever)
    title = say("seek.master", language) if row is None else row.short(language)
    outcome = sought.outcomes[0]
    if not sought.reached:
        best = below_text(outcome.after, outcome.goal.wanted, language)
        return [title, tag("span", say("needed.best", language, chance=best), class_="down"), ""]
    if not sought.moves:
        return [title, say("needed.enough", language), ""]
    move = sought.moves[0]
    if row is None:
        points = say("seek.points", language, points=signed(100 * move.after, 1, language))
        values = points
    else:
        before, after = (value_text(row, value, language) for value in (move.before, move.after))
        values = f"{before} → {after}"
    return [title, values, signed(move.spreads, 1, language)]
