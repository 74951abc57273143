"""What does a planner ask? Goals and levers of a question, a search begun, stopped, put to use."""

from typing import TYPE_CHECKING

from simulator.cockpit.events import Event
from simulator.cockpit.moves import MASTER, PUBLIC_FUNDS, Moves
from simulator.cockpit.question import (
    LEVEL,
    NUMBER,
    Question,
    goal_fits,
    is_lever,
    level_of,
    positive,
)
from simulator.cockpit.search import Search
from simulator.scenario import Scenario

if TYPE_CHECKING:
    from simulator.cockpit.session import Session


def change_question(session: "Session", event: Event) -> None:
    """Change what is sought, or the levers it is sought with."""
    name, change = str(event.get("name") or event.get("value")), event.get("change")
    if change == "goal":
        wanted = positive(event.get("value"))
        if wanted is None or goal_fits(name, wanted, session.plan):
            session.question = session.question.wanting(name, wanted)
    elif change == "add" and (name == NUMBER or name in session.plan.targets):
        count = session.card().count.plan
        wanted = 1.0 + round(count.mean if count else 0) if name == NUMBER else LEVEL
        session.question = session.question.wanting(name, wanted)
    elif change == "lever" and is_lever(name, session.plan):
        session.question = session.question.using(name, 1.0 if event.get("value") is True else None)
    elif change == "cost" and name in session.question.levers:
        cost = positive(event.get("value"))
        if cost is not None and cost > 0:
            session.question = session.question.using(name, cost)
    elif change == "level":
        session.level = level_of(event.get("value"))
    elif change == "about" and name in session.plan.targets:
        session.question = Question(
            {name: session.level}, session.question.levers or _usual(session)
        )
        session.going_to = "seek"


def _usual(session: "Session") -> dict[str, float]:
    """The levers that the province holds, all public funds as one."""
    rows = session.plan.catalogue.assumptions.values()
    own = [row.name for row in rows if row.front and row.control == "policy"]
    return dict.fromkeys([MASTER, *(name for name in own if name not in PUBLIC_FUNDS)], 1.0)


def search_for(session: "Session", event: Event) -> None:
    """Begin or stop a search, or put what it found on the levers."""
    change, search = event.get("change"), session.search
    if change == "start" and session.question.askable:
        if search is not None:
            search.stop()
            search.wait()
        session.search = Search(session.question, session.moves, session.card())
        session.search.begin()
    elif change == "stop" and search is not None:
        search.stop()
    elif change == "apply" and search is not None and search.sought is not None:
        _take(session, search.sought.card.projection.scenario)
    elif change == "plan":
        _take(session, session.plan_solution().scenario)


def _take(session: "Session", scenario: Scenario) -> None:
    """Put a scenario's settings on the levers, as one step."""
    default = session.plan.catalogue.default
    changes = {name: value for name, value in scenario.changes.items() if value != default(name)}
    session.show(session.history.step(Moves(changes, scenario.typed_baselines)))
