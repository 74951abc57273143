"""What does a planner do with the levers? Move, put back, undo, redo, type a baseline, load a file."""

from typing import TYPE_CHECKING

from simulator.assumptions import Setting
from simulator.cockpit.events import Event
from simulator.cockpit.moves import (
    MASTER,
    MASTER_HIGH,
    MASTER_LOW,
    PUBLIC_FUNDS,
    Moves,
    master_moves,
)
from simulator.cockpit.notices import Notice, baseline_refused
from simulator.cockpit.uploads import LARGEST_UPLOAD, too_large, uploaded_moves
from simulator.cockpit.year_typed import typed_number
from simulator.records import InputError
from simulator.scenario import number_problem

if TYPE_CHECKING:
    from simulator.cockpit.session import Session


def move_lever(session: "Session", event: Event) -> None:
    """Set a lever, or all public funds together; what is out of range changes nothing."""
    name, value = str(event.get("name")), event.get("value")
    catalogue = session.plan.catalogue
    moved = catalogue.assumptions.get(name)
    if name != MASTER and moved is None:
        return
    low, high = (moved.low, moved.high) if moved else (MASTER_LOW, MASTER_HIGH)
    if not isinstance(value, int | float) or number_problem(value, low, high) is not None:
        return
    moves = (
        session.moves.moved(name, Setting(float(value)), catalogue)
        if moved
        else master_moves(session.moves, float(value), catalogue)
    )
    final = event.get("final", True)
    session.show(session.history.step(moves) if final else session.history.drag(moves))


def reset_levers(session: "Session", event: Event) -> None:
    """Put some levers back to the trend, or all."""
    names = event.get("names")
    if names is None:
        session.show(session.history.step(Moves()))
    elif isinstance(names, list):
        chosen = [str(name) for name in names]
        funds = chosen == [MASTER]
        session.show(session.history.step(session.moves.without(PUBLIC_FUNDS if funds else chosen)))


def undo(session: "Session", _event: Event) -> None:
    """Show what was shown before the last step."""
    session.show(session.history.undo())


def redo(session: "Session", _event: Event) -> None:
    """Show again what was undone."""
    session.show(session.history.redo())


def type_baseline(session: "Session", event: Event) -> None:
    """Take a baseline that the report does not print; a wrong one is told and changes nothing."""
    name = str(event.get("name"))
    ranges = session.workshop.vocabulary(session.plan_name).baselines
    text = str(event.get("text", "")).strip()
    value = typed_number(text.replace("%", ""), session.language)
    if name not in ranges or value is None or number_problem(value, *ranges[name]) is not None:
        allowed = ranges.get(name, (0.0, 0.0))
        session.notices = [baseline_refused(name, text, allowed, session.plan)]
        return
    session.show(session.history.step(session.moves.typed(name, value)))


def load_file(session: "Session", event: Event) -> None:
    """Show what an uploaded scenario file changes."""
    moves = uploaded(session, event)
    if moves is not None:
        session.show(session.history.step(moves))


def uploaded(session: "Session", event: Event) -> Moves | None:
    """What an uploaded file changes, or nothing and a notice that says why."""
    name, text = str(event.get("name", "")), event.get("text")
    if not isinstance(text, str) or too_large(text):
        values = {"name": name, "largest": f"{LARGEST_UPLOAD // 1024}"}
        session.notices = [Notice("notice.upload_large", values)]
        return None
    try:
        moves, same_draws = uploaded_moves(session.workshop, session.plan_name, name, text)
    except InputError as error:
        session.notices = [Notice("notice.upload", {"name": name}, each) for each in error.problems]
        return None
    differing = len(moves.changes) + len(moves.typed_baselines)
    session.notices = [Notice("notice.uploaded", {"name": name, "count": str(differing)})]
    if not same_draws:
        sheet = session.plan.sheet
        values = {"name": name, "draws": str(sheet.draws), "seed": str(sheet.seed)}
        session.notices.append(Notice("notice.uploaded_draws", values))
    return moves
