"""How is the answer to "what would it take?" said? Sentences, a table of moves, a scenario's title."""

from collections.abc import Iterator

from simulator.insight.comparison import WordTable
from simulator.insight.naming import title, value_text
from simulator.language import Language, say, show
from simulator.projection import Model
from simulator.public_funds import MASTER
from simulator.seek import Goal, Move, Outcome, Sought
from simulator.wording import signed

EVIDENCE = 2
"""Spreads beyond which a value lies outside the range of the evidence."""


def lever_title(model: Model, name: str, language: Language) -> str:
    """A lever's title; of the master lever too."""
    return say("seek.master", language) if name == MASTER else title(model, name, language)


def lever_value(model: Model, name: str, value: float, language: Language) -> str:
    """A lever's value with its unit; of the master lever the points moved."""
    if name == MASTER:
        return say("seek.points", language, points=signed(100 * value, 2, language) or "0")
    return value_text(model, name, value, language)


def goal_text(model: Model, goal: Goal, language: Language) -> str:
    """What is sought."""
    if goal.target is None:
        return say("seek.goal_number", language, number=show(goal.wanted, 1, language))
    name = title(model, goal.target, language)
    return say("seek.goal_chance", language, name=name, chance=_percent(goal.wanted, language))


def goals_text(model: Model, sought: Sought, language: Language) -> str:
    """Everything that is sought, as the title of a scenario that reaches it."""
    goals = (goal_text(model, outcome.goal, language) for outcome in sought.outcomes)
    return "; ".join(goals)


def sentences(sought: Sought, language: Language) -> Iterator[str]:
    """Whether it is reached, by what; else the best there is, and what binds."""
    model = sought.card.projection.model
    for outcome in sought.outcomes:
        yield _outcome(model, outcome, language)
    if sought.reached and sought.moves:
        yield say("seek.found", language, distance=show(sought.distance, 2, language))
    elif not sought.reached:
        yield say("seek.unreachable", language)
    yield from limit_sentences(sought, language)


def limit_sentences(sought: Sought, language: Language) -> Iterator[str]:
    """What binds where nothing reaches it, what lies beyond the evidence, and what does not matter."""
    model = sought.card.projection.model
    if sought.reached and not sought.moves:
        yield say("seek.nothing_needed", language)
    elif not sought.reached:
        if sought.limits:
            yield say("seek.limits", language, limits=_limits(model, sought, language))
        elif sought.moves:
            yield say("seek.no_limit", language)
        else:
            yield say("seek.no_help", language)
    beyond = [move.lever for move in sought.moves if abs(move.spreads) > EVIDENCE]
    if beyond:
        names = "; ".join(lever_title(model, name, language) for name in beyond)
        yield say("seek.beyond", language, names=names, spreads=EVIDENCE)
    for name in sought.idle:
        yield say("seek.idle", language, name=lever_title(model, name, language))


def _outcome(model: Model, outcome: Outcome, language: Language) -> str:
    number = outcome.goal.target is None
    before, after = (
        show(value, 2, language) if number else _percent(value, language)
        for value in (outcome.before, outcome.after)
    )
    key = "seek.outcome" if outcome.reached else "seek.outcome_best"
    goal = goal_text(model, outcome.goal, language)
    return say(key, language, goal=goal, before=before, after=after)


def _percent(chance: float, language: Language) -> str:
    return f"{show(100 * chance, 1, language)}%"


def _limits(model: Model, sought: Sought, language: Language) -> str:
    return "; ".join(
        f"{lever_title(model, move.lever, language)} = "
        f"{lever_value(model, move.lever, move.after, language)}"
        for move in sought.limits
    )


def moves_table(sought: Sought, language: Language) -> WordTable:
    """The moves, lever by lever; under the master lever each fund's own."""
    model = sought.card.projection.model
    head = ("column.assumption", "seek.before", "seek.after", "column.gap")
    rows = [row for move in sought.moves for row in _rows(model, sought, move, language)]
    return WordTable("", tuple(say(key, language) for key in head), tuple(rows))


def _rows(
    model: Model, sought: Sought, move: Move, language: Language
) -> Iterator[tuple[str, str, str, str]]:
    yield (
        f"{lever_title(model, move.lever, language)} ({move.lever})",
        lever_value(model, move.lever, move.before, language),
        lever_value(model, move.lever, move.after, language),
        signed(move.spreads, 2, language),
    )
    for part, before, after in move.parts:
        yield (
            f"  {title(model, part, language)} ({part})",
            value_text(model, part, before, language),
            value_text(model, part, after, language),
            "",
        )
