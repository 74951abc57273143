"""What does a planner do with the shelf of compared scenarios? Add, remove, rebase, keep, load."""

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.cockpit.events import Event
from simulator.cockpit.moves import Moves
from simulator.cockpit.notices import Notice
from simulator.cockpit.shelf import SHOWN, Shelf
from simulator.scenario_file import shipped_scenarios

if TYPE_CHECKING:
    from simulator.cockpit.session import Session


def change_shelf(session: "Session", event: Event) -> None:
    """Change what is compared."""
    name, change = str(event.get("name", event.get("value"))), event.get("change")
    shelf = _chosen(session)
    if change == "add" and (name == SHOWN or name in shelf.kept or name in shipped_scenarios()):
        session.notices = [Notice("notice.shelf_full")] if shelf.full else []
        session.shelf = shelf.add(name)
    elif change == "remove":
        session.shelf = shelf.remove(name)
    elif change == "base":
        session.shelf = shelf.base_on(name)
    elif change == "keep":
        _keep(session, str(event.get("title", "")), session.moves)
    elif change == "upload":
        moves = session.uploaded(event)
        if moves is not None:
            _keep(session, name.rpartition(".")[0], moves)


def _chosen(session: "Session") -> Shelf:
    """The shelf with what it shows before anything was chosen."""
    return replace(session.shelf, chosen=tuple(session.side_by_side()))


def _keep(session: "Session", title: str, moves: Moves) -> None:
    shelf = _chosen(session)
    session.shelf = shelf.keep(title, moves)
    beside = len(session.shelf.chosen) > len(shelf.chosen)
    if session.shelf is shelf or not beside:
        session.notices = [Notice("notice.shelf_full")]
