"""What stands on the pages of pictures? Growth, disbursement and disease, only placed here."""

import streamlit as st

from simulator.cockpit import components, frame
from simulator.cockpit.markup import Markup, tag
from simulator.cockpit.page_view import (
    Page,
    card,
    figures_data,
    grid,
    head,
    notes,
    place,
    sending,
    table,
)
from simulator.cockpit.session import Session
from simulator.drawing.bridge import bridge_figure
from simulator.drawing.disease_words import disease_glances
from simulator.drawing.drought import drought_table_picture
from simulator.drawing.epidemic import epidemic_calendar
from simulator.drawing.figure import Figure
from simulator.drawing.fund_bars import fund_bars
from simulator.drawing.fund_curves import fund_curves
from simulator.drawing.fund_words import (
    Denominator,
    denominator_text,
    disbursement_glances,
    disbursement_notes,
)
from simulator.drawing.growth import contributions, growth_glances, method_note, parts_rows
from simulator.drawing.herd import herd_weeks
from simulator.drawing.herd_map import herd_map_picture
from simulator.drawing.late_money import late_money_table
from simulator.drawing.structure import structure_figure
from simulator.drawing.tokens import Theme
from simulator.insight.drought import droughts
from simulator.insight.epidemic import epidemic_of
from simulator.insight.funds import funds_of
from simulator.insight.growth import growth_account, is_projected, per_head, structure
from simulator.insight.herd import herd_map, herd_year
from simulator.insight.late_money import late_money
from simulator.language import say


def theme() -> Theme:
    """Light or dark, as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def draw(session: Session, page: Page, name: str) -> None:
    """Put a page on screen."""
    facts = {
        "address": session.address(indicator=name == "indicator"),
        "footer": frame.footer(session),
    }
    frame.mount(components.page, f"page_{name}", page.data(session.language, facts))


def come_late(name: str, of: str, html: Markup, *figures: Figure) -> None:
    """Fill a place of the page that is on screen already."""
    data = {"slot": name, "of": of, "html": html, "figures": figures_data(figures)}
    components.late(key=f"late_{name}", data=data)


def growth() -> None:
    """Sector contributions to growth, structure, nominal GRDP and GRDP per head."""
    session = frame.current()
    language, plan = session.language, session.plan
    card_ = session.card()
    if not is_projected(card_.projection):
        missing = Page(head(say("page.growth", language), ()), ())
        draw(session, missing, "growth")
        return
    central = session.central()
    account = growth_account(central, card_.projection)
    heads = per_head(central, card_.projection)
    draws = plan.sheet.draws
    figures = (
        contributions(account, plan, draws, language, theme()),
        structure_figure(structure(card_), plan, draws, language, theme()),
        bridge_figure(heads, plan, draws, language, theme()),
    )
    columns, rows = parts_rows(account, language)
    html = tag(
        "div",
        head(say("growth.page", language), growth_glances(card_, heads, language)),
        grid(
            "two",
            tag(
                "div",
                place(figures[0]),
                card(
                    table(columns, rows, last_bold=True),
                    tag("p", method_note(draws, language), class_="secondary"),
                    title=say("growth.parts", language),
                ),
                class_="stack",
            ),
            tag("div", place(figures[1]), place(figures[2]), class_="stack"),
        ),
    )
    draw(session, Page(html, figures), "growth")


def disbursement() -> None:
    """Each fund's plan, payments and curve over the year, and what late money does."""
    session = frame.current()
    language, plan = session.language, session.plan
    card_ = session.card()
    funds = funds_of(card_, session.trend)
    if funds is None:
        draw(session, Page(head(say("page.disbursement", language), ()), ()), "disbursement")
        return
    figures = (
        fund_curves(funds, plan, language, theme()),
        fund_bars(funds, plan, language, theme(), denominator=session.denominator),
        late_money_table(late_money(card_), plan, language, theme()),
    )
    html = tag(
        "div",
        head(
            say("funds.page", language),
            disbursement_glances(funds, plan, language, session.denominator),
            beside=switch(session),
        ),
        grid(
            "wide-left",
            tag(
                "div",
                place(figures[0]),
                notes(disbursement_notes(funds, plan, language)),
                class_="stack",
            ),
            tag("div", place(figures[1]), place(figures[2]), class_="stack"),
        ),
    )
    draw(session, Page(html, figures), "disbursement")


def switch(session: Session) -> Markup:
    """The choice of what disbursement is measured against."""
    language = session.language
    choices: tuple[Denominator, ...] = ("allocation", "investment")
    label = say("funds.denominator.label", language)
    buttons = [
        tag(
            "button",
            denominator_text(choice, language),
            type="button",
            data_send=sending("denominator", denominator=choice),
            aria_pressed=str(choice == session.denominator).lower(),
        )
        for choice in choices
    ]
    group = tag("div", *buttons, class_="segments", role="group", aria_label=label)
    return tag("div", tag("span", label, class_="secondary"), group, class_="switch")


def disease() -> None:
    """The weekly herd, the map of restocking and biosecurity, the epidemic's year, drought."""
    session = frame.current()
    language, plan = session.language, session.plan
    card_ = session.card()
    year, chart, dry = herd_year(card_), herd_map(card_), droughts(card_)
    epidemic = epidemic_of(card_)
    herd = herd_weeks(year, plan, language, theme()) if year else None
    mapped = herd_map_picture(chart, plan, language, theme()) if chart else None
    calendar = epidemic_calendar(epidemic, plan, language, theme())
    drought = drought_table_picture(dry, plan, language, theme()) if dry else None
    figures = tuple(figure for figure in (herd, mapped, calendar, drought) if figure)
    glances = disease_glances(year, epidemic, plan, language) if year else []
    html = tag(
        "div",
        head(say("disease.page", language), glances),
        grid(
            "two",
            tag("div", place(herd), place(calendar), class_="stack"),
            tag("div", place(mapped), place(drought), class_="stack"),
        ),
    )
    draw(session, Page(html, figures), "disease")
