"""The first page: levers from the catalogue, the headline, and the board of all targets."""

from html import escape

import streamlit as st

from simulator.assumptions import Assumption, Setting
from simulator.batch import default_plan
from simulator.language import Language, say
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.wording import (
    chance_text,
    headlines,
    number_or_blank,
    resolution_text,
    shown_decimals,
    signed,
    title_of,
)

GROUPS = ("growth", "disbursement", "shock", "social", "enterprise", "environment")


@st.cache_resource
def workshop() -> Workshop:
    """Plans and models, read once for all sessions; nothing of a session is kept in them."""
    return Workshop()


def show() -> None:
    """Draw the page."""
    st.set_page_config(page_title="Plan simulator", layout="wide")
    shared = workshop()
    name = default_plan()
    plan = shared.plan(name)
    with st.sidebar:
        language: Language = st.radio(
            "Ngôn ngữ / Language", ("vi", "en"), horizontal=True, key="language"
        )
        changes = levers(list(plan.catalogue.assumptions.values()), language)
    scenario = Scenario(
        "levers", changes, {}, draws=plan.sheet.draws, seed=plan.sheet.seed, plan=name
    )
    result = shared.run(scenario)
    title = plan.sheet.title.vi if language == "vi" else plan.sheet.title.en
    province = plan.sheet.province.vi if language == "vi" else plan.sheet.province.en
    st.subheader(f"{province}: {title}")
    for line in headlines(result, language):
        st.text(line)
    st.html(board(result, language))


def levers(assumptions: list[Assumption], language: Language) -> dict[str, Setting]:
    """One slider for each front assumption, by theme; the changed ones as settings."""
    changes: dict[str, Setting] = {}
    for group in GROUPS:
        for row in assumptions:
            if row.theme != group or not row.front:
                continue
            scale = 100.0 if row.display_unit.startswith("%") else 1.0
            title = row.title_vi if language == "vi" else row.title_en
            value = st.slider(
                f"{title} ({row.display_unit})",
                min_value=row.low * scale,
                max_value=row.high * scale,
                value=row.centre * scale,
                step=(row.step or (row.high - row.low) / 200) * scale,
                key=row.name,
                help=row.evidence,
            )
            if abs(value / scale - row.centre) > 1e-12:
                changes[row.name] = Setting(value / scale)
    return changes


def board(result: Result, language: Language) -> str:
    """All targets as one HTML table; every text is escaped."""
    sheet = result.card.projection.plan.sheet
    keys = ("target", "base", "median", "plan", "distance", "chance", "resolution", "verdict")
    years = {"plan": sheet.plan_year}
    head = "".join(
        f"<th scope='col'>{escape(say(f'column.{key}', language, year=years.get(key, sheet.base_year)))}</th>"
        for key in keys
    )
    body = ""
    for row in result.card.rows.values():
        decimals = shown_decimals(row)
        median = row.quantiles[1] if row.quantiles else None
        chance = "" if row.plan_chance is None else chance_text(row.plan_chance, language)
        reason = say(f"reason.{row.reason}", language, year=sheet.base_year) if row.reason else ""
        cells = (
            title_of(row, language),
            number_or_blank(row.base, decimals, language),
            number_or_blank(median, decimals, language),
            number_or_blank(row.target.target, decimals, language),
            signed(row.distance, decimals, language),
            f"{chance} ({reason})" if chance and reason else chance or reason,
            resolution_text(row, language),
            say(f"verdict.{row.verdict or 'none'}", language),
        )
        body += "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
