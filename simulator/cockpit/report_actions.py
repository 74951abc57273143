"""What may a planner ask of reports? One of what is on screen, and that it has arrived."""

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.cockpit.compare_choice import title_of
from simulator.cockpit.events import Event
from simulator.cockpit.handing import Handing
from simulator.cockpit.moves import Moves
from simulator.cockpit.shelf import file_stem
from simulator.language import texts
from simulator.observation import Observation
from simulator.report import Format
from simulator.scenario import Scenario

if TYPE_CHECKING:
    from simulator.cockpit.session import Session

SCENARIO = "scenario"
"""What a file of the scenario on screen is called."""


def begin_report(session: "Session", event: Event) -> None:
    """Begin to make a report of what a page shows; one at a time."""
    asked = str(event.get("format"))
    if session.handing is not None or asked not in set(Format):
        return
    compared = event.get("page") == "compare"
    scenarios = _compared(session) if compared else [_shown(session, event.get("page") == "track")]
    session.handing = Handing(scenarios, Format(asked), session.language, session.workshop)
    session.handing.begin()


def end_report(session: "Session", event: Event) -> None:
    """Let go of the report that the browser has saved."""
    if session.handing is not None and event.get("token") == session.handing.token:
        session.handing = None


def _shown(session: "Session", learns: bool) -> Scenario:
    """The scenario of the levers, with a title that a reader elsewhere understands.

    The page of the year also shows what figures have taught: those that the scenario can take.
    """
    seen: tuple[Observation, ...] = ()
    if learns:
        log = session.log()
        unfit = session.learned(log).unfit
        seen = tuple(told for told in log.observations if told not in unfit)
    key = "report.shown" if session.moves != Moves() or seen else "report.trend"
    vietnamese, english = texts()[key]
    return replace(
        session.scenario(),
        name=SCENARIO,
        title_vi=vietnamese,
        title_en=english,
        observations=seen,
        as_of=session.year.replay.spoken if seen else None,
    )


def _compared(session: "Session") -> list[Scenario]:
    """The scenarios of the comparison, called as their files are."""
    return [
        replace(
            session.scenario(moves),
            name=file_stem(name),
            title_vi=title_of(session, name, "vi"),
            title_en=title_of(session, name, "en"),
        )
        for name, moves in session.side_by_side().items()
    ]
