"""How does a report reach the planner? Asked for in the bar, made beside the page, saved once."""

import base64

import streamlit as st

from simulator.cockpit import components, frame
from simulator.cockpit.notices import Notice
from simulator.report import FORMATS

BEAT = 0.5
"""Seconds between two looks at a report that is being made."""


def deliver() -> None:
    """Look after the report that was asked for, on whichever page."""
    making = frame.current().handing
    if making is not None:
        st.fragment(_look, run_every=BEAT if making.running else None)()


def _look() -> None:
    """Wait while it is made, hand it to the browser, and draw the page anew once it has arrived."""
    session = frame.current()
    making = session.handing
    if making is None:
        st.rerun()
    if making.running:
        return
    if not making.told:
        making.told = True
        if making.problems:
            session.notices = [Notice("notice.report", {}, each) for each in making.problems]
            session.handing = None
        st.rerun()
    if making.content is None:
        return
    data = {
        "token": making.token,
        "file": making.file,
        "type": FORMATS[making.shape],
        "content": base64.b64encode(making.content).decode(),
    }
    frame.mount(components.handed, "handed", data)
