"""The first screen: levers left, board right, nothing else needed."""

from typing import Any

import streamlit as st

from simulator.cockpit import components, frame
from simulator.cockpit.board_view import board
from simulator.cockpit.headline_view import headline
from simulator.cockpit.lever_panel import panel, positions
from simulator.cockpit.markup import Markup, tag
from simulator.cockpit.session import Session
from simulator.cockpit.strip_view import strip
from simulator.language import say


@st.fragment
def show() -> None:
    """Levers and board; a move runs this part alone."""
    session = frame.current()
    if session.going_to:
        st.rerun(scope="app")
    with st.container(key="panes"):
        left, right = st.columns([460, 878])
        with left, st.container(key="lever_pane"):
            frame.mount(components.levers, "levers", panel(session.plan, session.language))
        with right, st.container(key="board_pane"):
            frame.mount(components.board, "board", board(session.plan, session.language))
    components.news(key="news", data=news(session, _seen()))


def _seen() -> int:
    """The version that the browser says it shows; a page drawn anew has seen none."""
    event = st.session_state.get("levers", {}).get("event") or {}
    seen = event.get("seen", 0) if isinstance(event, dict) else 0
    return seen if isinstance(seen, int) else 0


def news(session: Session, seen: int) -> dict[str, Any]:
    """What the board shows: its parts, and the rows that changed since the version it has seen.

    The address waits for the end of a drag; browsers refuse to write it many times a second.
    """
    language = session.language
    card, before = session.card(), session.before()
    rows = session.changed_rows(seen)
    dragging = session.history.settled is not None
    split, awaited = session.split(), session.awaits_split()
    return {
        "language": language,
        "ack": session.ack,
        "version": session.version,
        "moved": positions(session.moves, session.plan.catalogue),
        "typed": len(session.moves.typed_baselines),
        "undo": bool(session.history.past),
        "redo": bool(session.history.future),
        "headline": headline(card, before, session.trend, language),
        "strip": strip(
            card, before, session.moves, session.earlier, language, split=split, awaited=awaited
        ),
        "dragging": dragging,
        "unsplit": awaited,
        "notices": _notices(session),
        "total": len(card.rows),
        "rows": [[row.name, row.html, row.facets] for row in rows],
        "address": None if dragging else session.address(),
        "yaml": session.yaml(),
        "footer": frame.footer(session),
    }


def _notices(session: Session) -> Markup:
    close = say("board.dismiss", session.language)
    return Markup(
        "".join(
            tag(
                "p",
                tag("span", frame.told(notice, session.language)),
                tag("button", "×", type="button", aria_label=close),
                role="alert",
                class_="good" if notice.key == "notice.uploaded" else None,
            )
            for notice in session.notices
        )
    )
