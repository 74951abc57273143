"""How good are we, and what was judged? Backtest, hindsight, inconsistencies, judgements."""

import streamlit as st

from simulator.cockpit import frame
from simulator.cockpit.list_view import listed, scrolled
from simulator.cockpit.markup import Markup, tag
from simulator.cockpit.page_view import Page, card, grid, head, notes, place
from simulator.cockpit.pages import draw, theme
from simulator.cockpit.session import Session
from simulator.drawing.calibration import rank_picture, word_picture
from simulator.drawing.figure import Figure
from simulator.drawing.validation import interval_picture
from simulator.drawing.words import Glance
from simulator.insight.backtest import backtest as held_against
from simulator.insight.method import (
    hindsight_table,
    inconsistency_table,
    judgement_table,
    vintage_table,
)
from simulator.insight.validation import (
    heading,
    missing_lines,
    row_table,
    skill_text,
    summary_table,
    verdicts,
    years,
)
from simulator.insight.validation import notes as hindsight_of
from simulator.language import Language, say
from simulator.language import show as written
from simulator.problem_words import problem_text
from simulator.records import InputError
from simulator.run import product_version
from simulator.validation import (
    Validation,
    latest_validated,
    outcomes_of,
    read_outcomes,
    validate,
)


@st.cache_resource(show_spinner=False)
def backtest(name: str) -> Validation:
    """The trend of a shipped plan against its outcomes, made once for all sessions."""
    workshop, _ = frame.shared()
    return held_against(name, workshop)


def show() -> None:
    """Draw the page."""
    session = frame.current()
    language = session.language
    found, wrong = _validations(session)
    figures = [figure for one in found for figure in _figures(one, language)]
    model = session.card().projection.model
    path, year = outcomes_of(session.plan), session.plan.sheet.plan_year
    lists = (
        (hindsight_table(model, language), "hindsight"),
        (inconsistency_table(model, language), "inconsistencies"),
        (judgement_table(model, language), "judgements"),
        (vintage_table(model, language), "vintages"),
    )
    html = tag(
        "div",
        head(say("method.page", language), _glances(found, language)),
        notes(wrong),
        None
        if path
        else tag("p", say("method.no_outcomes", language, year=year), class_="secondary"),
        *(_section(one, language) for one in found),
        tag(
            "div",
            *(listed(words, language, kind) for words, kind in lists if words.rows),
            class_="stack",
        ),
    )
    draw(session, Page(html, tuple(figures)), "method")


def _validations(session: Session) -> tuple[list[Validation], list[str]]:
    """The scenario on screen where its year is known, the backtest, and what is wrong with its outcomes."""
    language, plan = session.language, session.plan
    found: list[Validation] = []
    wrong: list[str] = []
    path = outcomes_of(plan)
    if path is not None:
        try:
            found.append(validate(session.card(), read_outcomes(path, plan)))
        except InputError as error:
            wrong.append(say("method.bad_outcomes", language))
            wrong += [problem_text(problem, language) for problem in error.problems]
    earlier = latest_validated(besides=plan.name)
    if earlier is not None:
        found.append(backtest(earlier))
    return found, wrong


def _section(found: Validation, language: Language) -> Markup:
    """One validation: where outcomes lie, ranks, words, totals, every row, and what it does not show."""
    pictures = {figure.name.rpartition("_")[0]: figure for figure in _figures(found, language)}
    told = [tag("li", line) for line in verdicts(found, language)]
    told += [
        tag("li", tag("b", f"{title}. "), text) for title, text in hindsight_of(found, language)
    ]
    left = tag(
        "div",
        place(pictures.get("validation_intervals")),
        card(tag("ul", *told, class_="told"), title=say("method.what_not", language))
        if told
        else None,
        class_="stack",
    )
    totals = summary_table(found, language)
    right = tag(
        "div",
        card(scrolled(totals), title=totals.title) if found.whole.count else None,
        place(pictures.get("validation_ranks")),
        place(pictures.get("validation_words")),
        card(
            tag("p", say("validation.how", language), class_="plain"),
            *(tag("p", line, class_="plain secondary") for line in missing_lines(found, language)),
            title=say("method.reading", language),
        ),
        class_="stack",
    )
    return tag(
        "section",
        tag("h2", heading(found, language), class_="part"),
        grid("two", left, right),
        tag("div", listed(row_table(found, language), language, "scores"), class_="stack below"),
    )


def _figures(found: Validation, language: Language) -> list[Figure]:
    figures = []
    if found.whole.count:
        figures.append(interval_picture(found, language, theme()))
        figures.append(rank_picture(found, language, theme()))
    if found.whole.chances is not None:
        figures.append(word_picture(found, found.whole.chances, language, theme()))
    return figures


def _glances(found: list[Validation], language: Language) -> list[Glance]:
    """The first validation's coverage and skill, and the version that made it."""
    glances = []
    for one in (one for one in found[:1] if one.whole.count):
        base, year = years(one)
        coverage = one.whole.covered(0.8)
        share, low, high = (
            written(100 * part, 0, language)
            for part in (coverage.share, coverage.low, coverage.high)
        )
        glances.append(
            Glance(
                say("method.glance.coverage", language, year=year),
                f"{coverage.inside}/{coverage.count}",
                say("method.glance.coverage_detail", language, share=share, low=low, high=high),
            )
        )
        for skill in one.whole.skill:
            of = base if skill.reference == "last" else year
            low, high = (skill_text(end, language) for end in (skill.low, skill.high))
            glances.append(
                Glance(
                    say(f"method.glance.skill_{skill.reference}", language, year=of),
                    skill_text(skill.skill, language),
                    say(
                        "method.glance.skill_detail",
                        language,
                        low=low,
                        high=high,
                        count=skill.count,
                    ),
                )
            )
    return [*glances, Glance(say("method.glance.model", language), product_version())]
