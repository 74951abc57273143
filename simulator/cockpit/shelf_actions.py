"""What does a planner do with the shelf of compared scenarios? Add, remove, rebase, keep, forget, load."""

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.cockpit.events import Event
from simulator.cockpit.lever_actions import uploaded
from simulator.cockpit.moves import Moves
from simulator.cockpit.notices import Notice
from simulator.cockpit.shelf import MOST_KEPT, SHOWN, Shelf, title_written
from simulator.compare import FEWEST, MOST
from simulator.language import say
from simulator.scenario_file import shipped_scenarios

if TYPE_CHECKING:
    from simulator.cockpit.session import Session


def change_shelf(session: "Session", event: Event) -> None:
    """Change what is compared; what cannot be done is told and changes nothing."""
    name, change = str(event.get("name", event.get("value"))), event.get("change")
    shelf = replace(session.shelf, chosen=tuple(session.side_by_side()))
    if change == "keep":
        session.notices = []
        _keep(session, shelf, str(event.get("title", "")), session.moves)
    elif change == "upload":
        moves = uploaded(session, event)
        if moves is not None:
            _keep(session, shelf, name.rpartition(".")[0], moves)
    elif change in {"add", "remove", "base", "forget"}:
        known = name == SHOWN or name in shelf.kept or name in shipped_scenarios()
        if known:
            session.notices = []
            _arrange(session, shelf, str(change), name)


def _arrange(session: "Session", shelf: Shelf, change: str, name: str) -> None:
    acts = {"add": shelf.add, "remove": shelf.remove, "base": shelf.base_on, "forget": shelf.forget}
    changed = acts[change](name)
    if changed is not shelf:
        session.shelf = changed
    elif change == "add" and shelf.full and name not in shelf.chosen:
        session.notices = [Notice("compare.told_full", {"most": f"{MOST}"})]
    elif change in {"remove", "forget"} and name in shelf.chosen:
        session.notices = [Notice("compare.told_fewest", {"fewest": f"{FEWEST}"})]


def _keep(session: "Session", shelf: Shelf, title: str, moves: Moves) -> None:
    """Keep some moves; where no more are kept or compared, that is told."""
    number = shelf.next_number
    title = title_written(title) or say("compare.kept", session.language, number=number)
    kept = shelf.keep(title, moves)
    if kept is shelf:
        session.notices = [Notice("compare.told_kept_full", {"most": f"{MOST_KEPT}"})]
        return
    session.shelf = kept
    if shelf.full:
        values = {"title": list(kept.kept.values())[-1].title, "most": f"{MOST}"}
        session.notices.append(Notice("compare.told_kept_aside", values))
