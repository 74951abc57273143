"""The page that asks what it would take: to reach some targets, and for the whole plan to come out."""

import shlex
from dataclasses import replace

import streamlit as st

from simulator.cockpit import frame
from simulator.cockpit.markup import tag
from simulator.cockpit.page_view import Page, grid, head, slot
from simulator.cockpit.pages import come_late, draw
from simulator.cockpit.question import NUMBER
from simulator.cockpit.seek_view import answer_panel, plan_panel, question_panel, running_panel
from simulator.cockpit.session import Session
from simulator.language import say
from simulator.scenario import dump

BEAT = 0.4
"""Seconds between two looks at a search."""
ANSWER = "seek_answer"


def show() -> None:
    """Draw the question, its answer, and what the plan asks for."""
    session = frame.current()
    language = session.language
    waiting = say("indicator.computing", language)
    html = tag(
        "div",
        head(say("page.seek", language), ()),
        grid(
            "two",
            tag("div", question_panel(session.question, session.plan, language), class_="stack"),
            tag(
                "div",
                slot(ANSWER, ANSWER, say("seek.answer", language), waiting),
                plan_panel(session.plan_solution(), session.plan, language),
                class_="stack",
            ),
        ),
    )
    draw(session, Page(html, files=_files(session), command=_command(session)), "seek")
    running = session.search is not None and session.search.running
    st.fragment(_answer, run_every=BEAT if running else None)()


def _answer() -> None:
    """The answer, or how far the search has come; once it has ended the whole page is drawn anew."""
    session = frame.current()
    search, language = session.search, session.language
    if search is not None and search.running:
        come_late(ANSWER, ANSWER, running_panel(search, language))
        return
    if search is not None and not search.told:
        search.told = True
        st.rerun()
    come_late(ANSWER, ANSWER, answer_panel(search, language, current=session.is_current(search)))


def _files(session: Session) -> dict[str, str]:
    """The scenario that was found, as the command line takes it."""
    search = session.search
    if search is None or search.sought is None:
        return {}
    return {"sought.yaml": dump(replace(search.sought.card.projection.scenario, name="sought"))}


def _command(session: Session) -> str:
    """The shell line that seeks the same; what is on the levers is the file that the bar saves."""
    question = session.question
    if not question.askable:
        return ""
    words = ["simulator", "seek"]
    moved = session.moves.changes or session.moves.typed_baselines
    words.append("scenario.yaml" if moved else "trend")
    for name, wanted in question.goals.items():
        if name != NUMBER:
            words += ["--target", name, "--chance", f"{wanted:g}"]
    if NUMBER in question.goals:
        words += ["--expected", f"{question.goals[NUMBER]:g}"]
    for name, cost in question.levers.items():
        words += ["--lever", name]
        if cost != 1:
            words += ["--cost", f"{name}={cost:g}"]
    return shlex.join(words)
