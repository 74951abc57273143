"""What would it take? The question as controls, the answer as sentences and tables, what must be true."""

from simulator.cockpit.board_view import picture, sign_of
from simulator.cockpit.lever_panel import value_text
from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.page_view import card, sending, table
from simulator.cockpit.question import LEVELS, NUMBER, Question
from simulator.cockpit.search import Search
from simulator.drawing import svg
from simulator.insight.seeking import (
    goal_text,
    limit_sentences,
    moves_table,
)
from simulator.language import Language, say, show, show_chance
from simulator.likelihood import likelihood
from simulator.plan import Plan
from simulator.problem_words import problem_text
from simulator.public_funds import MASTER, PUBLIC_FUNDS
from simulator.seek import Outcome, Sought
from simulator.solve import PlanSolution
from simulator.wording import signed

GAP, GAP_HEIGHT, MOST_SPREADS = 120.0, 12.0, 4.0
FIRST_GAPS = 14


def question_panel(question: Question, plan: Plan, language: Language) -> Markup:
    """What is wanted, and with which levers."""
    goals = [_goal(name, wanted, plan, language) for name, wanted in question.goals.items()]
    names = [NUMBER, *(name for name, row in plan.targets.items() if row.target is not None)]
    options = [
        tag("option", _goal_name(name, plan, language), value=name)
        for name in names
        if name not in question.goals
    ]
    label = say("seek.add_goal", language)
    add = tag(
        "select",
        tag("option", label, value=""),
        *options,
        class_="pick",
        aria_label=label,
        data_send=sending("ask", change="add"),
    )
    levers = [_lever(name, question, plan, language) for name in _offered(plan)]
    start = tag(
        "button",
        say("seek.start", language),
        type="button",
        class_="main",
        disabled=None if question.askable else "",
        data_send=sending("seek", change="start"),
    )
    hint = None if question.askable else tag("p", say("seek.hint", language), class_="secondary")
    return card(
        tag("div", *goals, add, class_="goals"),
        tag("h2", say("seek.levers", language)),
        tag("p", say("seek.levers_note", language), class_="secondary"),
        tag("div", *levers, class_="choices"),
        tag("div", start, hint, class_="asking"),
        title=say("seek.wanted", language),
    )


def _goal_name(name: str, plan: Plan, language: Language) -> str:
    return say("seek.number", language) if name == NUMBER else plan.targets[name].short(language)


def _goal(name: str, wanted: float, plan: Plan, language: Language) -> Markup:
    title = _goal_name(name, plan, language)
    send = sending("ask", change="goal", name=name)
    if name == NUMBER:
        control = tag(
            "input",
            type="number",
            min=1,
            max=len(plan.targets),
            step="0.5",
            value=f"{wanted:g}",
            aria_label=title,
            data_send=send,
        )
    else:
        levels = sorted({*LEVELS, wanted})
        options = [
            tag(
                "option",
                level_text(level, language),
                value=f"{level:g}",
                selected="selected" if level == wanted else None,
            )
            for level in levels
        ]
        control = tag("select", *options, class_="pick", aria_label=title, data_send=send)
    away = tag(
        "button",
        "×",
        type="button",
        aria_label=say("seek.remove", language, name=title),
        data_send=sending("ask", change="goal", name=name, value=None),
    )
    return tag("p", tag("span", title), " ", control, away, class_="goal")


def level_text(level: float, language: Language) -> str:
    """A chance that is asked for: 7/10, 66%."""
    tenths = 10 * level
    if abs(tenths - round(tenths)) < 1e-9:
        return say("chance.tenths", language, tenths=show(tenths, 0, language))
    return f"{show(100 * level, 0, language)}%"


def below_text(chance: float, wanted: float, language: Language) -> str:
    """A chance that falls short of the wanted one, never written as if it reached it."""
    shown = show_chance(chance, language)
    if shown != level_text(wanted, language) and shown != show_chance(wanted, language):
        return shown
    return f"{show(min(100 * chance, 100 * wanted - 0.1), 1, language)}%"


def _offered(plan: Plan) -> list[str]:
    rows = plan.catalogue.assumptions.values()
    first = [row.name for row in rows if row.front and row.name not in PUBLIC_FUNDS]
    first.sort(key=lambda name: plan.catalogue.assumptions[name].control != "policy")
    return [MASTER, *first, *(name for name in PUBLIC_FUNDS if name in plan.catalogue.assumptions)]


def _lever(name: str, question: Question, plan: Plan, language: Language) -> Markup:
    row = plan.catalogue.assumptions.get(name)
    title = say("seek.master", language) if row is None else row.short(language)
    chosen = name in question.levers
    policy = row is None or row.control == "policy"
    box = tag(
        "input",
        type="checkbox",
        checked="" if chosen else None,
        data_send=sending("ask", change="lever", name=name),
    )
    cost = None
    if chosen:
        cost = tag(
            "input",
            type="number",
            min="0.1",
            step="0.1",
            value=f"{question.levers[name]:g}",
            aria_label=say("seek.cost_of", language, name=title),
            title=say("seek.cost", language),
            data_send=sending("ask", change="cost", name=name),
        )
    return tag("div", tag("label", box, _control(language, policy=policy), f" {title}"), cost)


def _control(language: Language, *, policy: bool) -> Markup:
    """Square: the province decides; round: it does not."""
    shape = (
        svg.rect(1.5, 1.5, 8, 8, fill="", stroke="edge")
        if policy
        else svg.circle(5.5, 5.5, 4.2, stroke="edge", stroke_width=1)
    )
    return picture(11, 11, say(f"control.{'policy' if policy else 'outside'}", language), [shape])


def running_panel(search: Search, language: Language) -> Markup:
    """How far a search has come, and how to stop it."""
    stop = tag(
        "button",
        say("seek.stop", language),
        type="button",
        class_="main",
        data_send=sending("seek", change="stop"),
    )
    told = say("seek.running", language, runs=show(search.runs, 0, language))
    return card(tag("p", told, role="status"), stop, title=say("seek.answer", language))


def answer_panel(search: Search | None, language: Language, *, current: bool) -> Markup:
    """What was found; that it belongs to another question or scenario is said first."""
    title = say("seek.answer", language)
    if search is None:
        return card(tag("p", say("seek.nothing_yet", language), class_="secondary"), title=title)
    if search.problems:
        told = (problem_text(problem, language, file=False) for problem in search.problems)
        return card(*(tag("p", text, class_="warn") for text in told), title=title)
    if search.sought is None:
        key = "seek.stopped"
        runs = show(search.runs, 0, language)
        return card(tag("p", say(key, language, runs=runs), role="status"), title=title)
    sought = search.sought
    stale = None if current else tag("p", say("seek.stale", language), class_="notice")
    verdict = "seek.reached_title" if sought.reached else "seek.unreached_title"
    moves = moves_table(sought, language)
    buttons = []
    if sought.moves:
        buttons.append(
            tag(
                "button",
                say("seek.apply" if sought.reached else "seek.apply_best", language),
                type="button",
                class_="main",
                data_send=sending("seek", change="apply"),
            )
        )
        file = tag("button", say("seek.save", language), type="button", data_save="sought.yaml")
        buttons.append(file)
    runs = say("seek.runs", language, runs=show(sought.runs, 0, language))
    return card(
        stale,
        tag("p", tag("b", say(verdict, language)), role="status"),
        _goals_table(sought, language),
        tag("div", table(moves.head, moves.rows), class_="wide") if moves.rows else None,
        *(tag("p", sentence) for sentence in limit_sentences(sought, language)),
        tag("p", runs, class_="secondary"),
        tag("div", *buttons, class_="asking"),
        title=title,
    )


def _goals_table(sought: Sought, language: Language) -> Markup:
    heads = [say(f"seek.{key}", language) for key in ("goal", "before_short", "after_short")]
    model = sought.card.projection.model
    rows = [
        [
            goal_text(model, outcome.goal, language),
            _found(outcome, outcome.before, language),
            _found(outcome, outcome.after, language, reached=outcome.reached),
        ]
        for outcome in sought.outcomes
    ]
    return table(heads, rows)


def _found(
    outcome: Outcome, value: float, language: Language, *, reached: bool | None = None
) -> Markup:
    if outcome.goal.target is None:
        shown = tag("b", show(value, 2, language))
    else:
        short = reached is False
        text = below_text(value, outcome.goal.wanted, language) if short else None
        number = tag("b", text or show_chance(value, language))
        shown = join((sign_of(likelihood(value).code), " ", number))
    if reached is False:
        return join((say("seek.at_best", language), " ", shown))
    return shown


def plan_panel(solution: PlanSolution, plan: Plan, language: Language) -> Markup:
    """What would have to be true for the plan to come out, furthest from the trend first."""
    rows = plan.catalogue.assumptions
    gaps = [gap for gap in solution.gaps if gap.spreads and abs(gap.spreads) >= 0.005]
    cells = [
        [
            rows[gap.assumption].short(language),
            value_text(rows[gap.assumption], gap.catalogue, language),
            value_text(rows[gap.assumption], gap.solved, language),
            _gap(gap.spreads or 0.0, language),
        ]
        for gap in gaps
    ]
    heads = [say(f"seek.plan.{key}", language) for key in ("lever", "trend", "needed", "gap")]
    more = None
    if len(cells) > FIRST_GAPS:
        summary = tag("summary", say("seek.plan.more", language, count=len(cells) - FIRST_GAPS))
        more = tag("details", summary, table(heads, cells[FIRST_GAPS:]))
    put = tag(
        "button",
        say("seek.plan.apply", language),
        type="button",
        class_="main",
        data_send=sending("seek", change="plan"),
    )
    return card(
        tag("p", say("seek.plan.note", language), class_="secondary"),
        tag("div", table(heads, cells[:FIRST_GAPS]), class_="wide"),
        more,
        *_unreached(solution, plan, language),
        tag("div", put, class_="asking"),
        title=say("seek.plan.title", language),
    )


def _unreached(solution: PlanSolution, plan: Plan, language: Language) -> list[Markup]:
    told = []
    for missed in solution.unreached:
        lever = plan.catalogue.assumptions[missed.lever]
        told.append(
            tag(
                "p",
                say(
                    "seek.plan.unreached",
                    language,
                    target=plan.targets[missed.target].short(language),
                    lever=lever.short(language),
                    limit=value_text(lever, missed.limit, language),
                ),
                class_="warn",
            )
        )
    return told


def _gap(spreads: float, language: Language) -> Markup:
    """A bar to the left or right of the trend, cut where it runs out of the picture."""
    middle = GAP / 2
    reach = min(abs(spreads), MOST_SPREADS) / MOST_SPREADS * (middle - 2)
    start = middle if spreads > 0 else middle - reach
    far = abs(spreads) > 2
    parts = [
        svg.rect(start, 2, reach, GAP_HEIGHT - 4, fill="warn" if far else "mid"),
        svg.line((middle, 0), (middle, GAP_HEIGHT), colour="ink", width=1.5),
    ]
    text = signed(spreads, 1, language)
    label = say("seek.plan.spreads", language, spreads=text)
    return join((picture(GAP, GAP_HEIGHT, label, parts), " ", text))
