"""One indicator: its 50 possible years, what decides it, how it is computed, where it comes from."""

from simulator.cockpit import frame
from simulator.cockpit.breaks_panel import breaks_panel
from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.needed_panel import needed_panel
from simulator.cockpit.page_view import Page, card, grid, head, place, slot, table, tabs
from simulator.cockpit.pages import come_late, draw, theme
from simulator.cockpit.session import Session
from simulator.drawing.dots import dot_plot
from simulator.drawing.fan import fan
from simulator.drawing.figure import Figure
from simulator.drawing.growth import box_details
from simulator.drawing.histogram import histogram
from simulator.drawing.tornado import tornado_figure
from simulator.drawing.upstream import upstream_figure
from simulator.drawing.words import Glance
from simulator.insight.citation import Citation, citations, input_rows
from simulator.insight.dots import spread_of
from simulator.insight.growth import growth_account, is_projected
from simulator.insight.naming import equations_of, sentence
from simulator.insight.provenance import provenance
from simulator.insight.upstream import upstream
from simulator.language import Language, say, show_chance, unit_name
from simulator.likelihood import likelihood
from simulator.scorecard import TargetScore
from simulator.wording import number_or_blank, resolution_text, shown_decimals, signed

MOST_COLUMNS = 3


def show() -> None:
    """Draw the page of the chosen indicator."""
    session = frame.current()
    language = session.language
    name = session.indicator or next(iter(session.plan.targets))
    row = session.card().rows[name]
    chosen = _pictures(session, name)
    picture = _upstream(session, name)
    figures = [figure for _, figure in chosen] + ([picture] if picture else [])
    shown = tabs(chosen, "") if chosen else card(tag("p", _why_not(row, session)))
    of = f"{name} {session.hash()} {language} {theme()}"
    moves = row.plan_chance is not None and picture is not None
    parts = (
        (
            shown,
            _waiting("tornado", of, language) if moves else None,
            _waiting("breaks", of, language) if moves else None,
        ),
        (place(picture), _formula(session, name), _inputs(session, name)),
        (
            slot(
                "needed", of, say("needed.waiting", language), say("indicator.computing", language)
            )
            if moves
            else None,
            _sources(session, name),
        ),
    )
    columns = [tag("div", *column, class_="stack") for column in parts if any(column)]
    html = tag(
        "div",
        head(row.target.title(language), _glances(row, session), _crumb(session, name)),
        grid("three" if len(columns) == MOST_COLUMNS else "two", *columns),
    )
    draw(session, Page(html, tuple(figures)), "indicator")
    if moves:
        _tornado(session, name, of)
        come_late("needed", of, needed_panel(session, name))
        come_late("breaks", of, breaks_panel(session.card(), name, language))


def _waiting(name: str, of: str, language: Language) -> Markup:
    return slot(name, of, say(f"{name}.title", language), say("indicator.computing", language))


def _tornado(session: Session, name: str, of: str) -> None:
    model, draws = session.card().projection.model, session.plan.sheet.draws
    figure = tornado_figure(session.tornado(), name, model, draws, session.language, theme())
    come_late("tornado", of, join((place(figure),)), figure)


def _crumb(session: Session, name: str) -> Markup:
    language = session.language
    options = [
        tag(
            "option",
            target.short(language),
            value=key,
            selected="selected" if key == name else None,
        )
        for key, target in session.plan.targets.items()
    ]
    label = say("indicator.choose", language)
    sector = say(f"sector.{session.plan.targets[name].sector}", language)
    return tag(
        "p",
        f"{sector} › ",
        tag("select", *options, class_="pick", aria_label=label),
        class_="crumb",
    )


def _glances(row: TargetScore, session: Session) -> list[Glance]:
    language, sheet = session.language, session.plan.sheet
    decimals = shown_decimals(row)
    unit = unit_name(row.target.unit, language)
    glances = [
        Glance(
            say("indicator.glance.base", language, year=sheet.base_year),
            number_or_blank(row.base, decimals, language) or "–",
            unit,
        )
    ]
    if row.quantiles is not None:
        p10, p50, p90 = (number_or_blank(value, decimals, language) for value in row.quantiles)
        label = say("indicator.glance.median", language, year=sheet.plan_year)
        glances.append(Glance(label, p50, f"{p10} – {p90}"))
    target = number_or_blank(row.target.target, decimals, language) or say("board.done", language)
    glances.append(
        Glance(
            say("indicator.glance.plan", language, year=sheet.plan_year),
            target,
            signed(row.distance, decimals, language),
        )
    )
    if row.plan_chance is not None:
        band = likelihood(row.plan_chance)
        word = band.vi if language == "vi" else band.en
        label = say("board.chance", language)
        glances.append(Glance(label, show_chance(row.plan_chance, language), word, band.code))
    bound = resolution_text(row, language)
    if bound:
        glances.append(Glance(say("board.resolution", language), bound))
    if row.action is not None:
        told = say(f"action.{row.action}", language)
        grade = say("indicator.glance.evidence", language, grade=row.evidence)
        glances.append(Glance(say("column.action", language), told, grade))
    return glances


def _pictures(session: Session, name: str) -> list[tuple[str, Figure]]:
    spread = spread_of(session.card(), name)
    if spread is None:
        return []
    model, language = session.card().projection.model, session.language
    made = ((dot_plot, "dots"), (histogram, "histogram"), (fan, "fan"))
    return [
        (say(f"indicator.tab.{key}", language), drawn(spread, model, language, theme()))
        for drawn, key in made
    ]


def _upstream(session: Session, name: str) -> Figure | None:
    projection = session.card().projection
    if name not in projection.values or name not in projection.model.graph.equations:
        return None
    central = session.central()
    found = upstream(name, central, projection, session.central(session.trend))
    details = None
    if name == "grdp_growth" and is_projected(projection):
        details = box_details(growth_account(central, projection), session.language)
    return upstream_figure(
        found,
        projection.model,
        session.plan.sheet.draws,
        session.language,
        theme(),
        details=details,
    )


def _formula(session: Session, name: str) -> Markup | None:
    model = session.card().projection.model
    told = provenance(model, name, session.central())
    if told.formula is None:
        return None
    language = session.language
    return card(
        tag("p", sentence(told.formula.equation, language)),
        tag("pre", told.formula.expression),
        title=f"{say('indicator.formula', language)} {equations_of(model, name)}".strip(),
    )


def _inputs(session: Session, name: str) -> Markup | None:
    language = session.language
    model = session.card().projection.model
    rows = input_rows(model, name, language, session.central(), session.central(session.trend))
    if not rows:
        return None
    heads = [
        say(f"indicator.column.{key}", language) for key in ("input", "value", "trend", "kind")
    ]
    cells = [[row["title"], row["value"], row["reference"], row["kind"]] for row in rows]
    return card(table(heads, cells), title=say("indicator.inputs", language))


def _sources(session: Session, name: str) -> Markup:
    language = session.language
    found = citations(session.card().projection.model, name, language, session.central())
    parts = [part for cited in found for part in _cited(cited, language)]
    return tag(
        "section",
        tag("h2", say("indicator.sources", language)),
        tag(
            "div",
            *parts,
            class_="sources",
            tabindex="0",
            role="region",
            aria_label=say("indicator.sources", language),
        ),
        class_="card",
    )


def _cited(cited: Citation, language: Language) -> list[Markup]:
    documents = [tag("p", document, class_="secondary") for document in cited.documents]
    return [tag("h3", cited.heading), tag("p", cited.text), *documents]


def _why_not(row: TargetScore, session: Session) -> str:
    year = session.plan.sheet.base_year
    return say(f"reason.{row.reason}", session.language, year=year) if row.reason else ""
