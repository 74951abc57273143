"""Which pages are there, and which one is shown?"""

from urllib.parse import parse_qsl

import streamlit as st

from simulator.cockpit import (
    compare_page,
    components,
    frame,
    hand_over,
    indicator,
    method,
    overview,
    pages,
    seek_page,
    year_page,
)
from simulator.language import Language, say

PAGES = {
    "overview": overview.show,
    "indicator": indicator.show,
    "growth": pages.growth,
    "disbursement": pages.disbursement,
    "disease": pages.disease,
    "compare": compare_page.show,
    "seek": seek_page.show,
    "track": year_page.show,
    "method": method.show,
}
"""Each page by its name, in the order of the bar; the first is where one arrives."""


def run() -> None:
    """Draw the frame and the page that the address names."""
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    components.style()
    session = frame.current()
    first = next(iter(PAGES))
    known = {
        name: st.Page(
            show, title=name, url_path="" if name == first else name, default=name == first
        )
        for name, show in PAGES.items()
    }
    chosen = st.navigation(list(known.values()), position="hidden")
    name = next((key for key, page in known.items() if page == chosen), first)
    going_to = session.going_to
    if going_to in known and going_to != name:  # kept until there: another run may interrupt this
        query = dict(parse_qsl(session.address(indicator=going_to == "indicator")))
        st.switch_page(known[going_to], query_params=query)
    session.going_to = ""
    frame.bar(session, _titles(session.language), name)
    chosen.run()
    hand_over.deliver()


def _titles(language: Language) -> dict[str, tuple[str, str]]:
    first = next(iter(PAGES))
    return {name: (say(f"page.{name}", language), "" if name == first else name) for name in PAGES}
