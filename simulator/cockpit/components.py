"""Which components does the page consist of? Registered once, drawn in shadow roots, no build step."""

from pathlib import Path
from typing import Any

import streamlit as st

from simulator.drawing.tokens import FONT, LIGHT, declarations

ASSETS = Path(__file__).parent / "assets"


def _tokens(selector: str) -> str:
    return (
        f"{selector}{{--font:{FONT};{declarations('light')}}}"
        f"@media (prefers-color-scheme: dark){{{selector}{{{declarations('dark')}}}}}"
    )


def _figures() -> str:
    """Pictures on screen take the page's colours, whatever theme their files are drawn in."""
    inherited = "".join(f"--{name}:inherit!important;" for name in LIGHT)
    return f".root svg.figure{{{inherited}}}"


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _component(name: str, *more: str) -> Any:
    parts = ("base", *more, name)
    return st.components.v2.component(
        f"simulator_{name}",
        html='<div class="root"></div>',
        css=_tokens(":host") + _figures() + "".join(_asset(f"{part}.css") for part in parts),
        js="".join(_asset(f"{part}.js") for part in parts),
    )


bar = _component("bar")
levers = _component("levers")
board = _component("board")
news = st.components.v2.component("simulator_news", js=_asset("news.js"))
page = _component("page", "form")
handed = st.components.v2.component("simulator_handed", js=_asset("base.js") + _asset("handed.js"))
late = st.components.v2.component("simulator_late", js=_asset("late.js"))


def style() -> None:
    """The style of the page around the components."""
    st.html(f"<style>{_tokens(':root')}{_asset('around.css')}</style>")
