"""The page that tracks the year: what was seen of it so far, and what that makes of the plan."""

import shlex

from simulator.cockpit import frame
from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.moves import Moves
from simulator.cockpit.page_view import Page, card, grid, head, notes, place, sending
from simulator.cockpit.pages import draw, theme
from simulator.cockpit.session import Session
from simulator.cockpit.signing_in import Visitor, advice, button_text, visitor
from simulator.cockpit.year import CLOCKS, Replay
from simulator.cockpit.year_actions import observed, refusal
from simulator.cockpit.year_books import Log
from simulator.cockpit.year_form import entry_form
from simulator.cockpit.year_import import choosing, preview_panel
from simulator.cockpit.year_learning import Learned
from simulator.cockpit.year_log import FILES, log_panel, withdrawing_panel
from simulator.cockpit.year_typed import fault_text
from simulator.cockpit.year_view import board, glances, lessons
from simulator.drawing.pace import pace_figure
from simulator.insight.course import courses
from simulator.insight.tracking import day_text, quantity_title
from simulator.intake import write_csv, write_xlsx
from simulator.language import Language, say
from simulator.observation import Observation
from simulator.problem_words import problem_text


def show() -> None:
    """Draw what was learned, the pace, the log, and where figures are entered."""
    session = frame.current()
    language, plan = session.language, session.plan
    year = session.year
    log = session.log()
    learned = session.learned(log)
    tracked = learned.tracked
    draws = plan.sheet.draws
    figures = tuple(
        figure
        for group in ("funds", "flows")
        if (figure := pace_figure(courses(tracked), group, plan, draws, language, theme()))
    )
    unfit = [
        say(
            "year.unfit",
            language,
            quantity=quantity_title(told.quantity, plan, language),
            day=day_text(told.date, language),
            why=fault_text(fault, language),
        )
        for told, fault in learned.unfit.items()
    ]
    title = say("year.title", language, year=plan.sheet.plan_year)
    html = tag(
        "div",
        head(title, glances(tracked, language), beside=replaying(year.replay, language)),
        past(year.replay, language),
        unreadable(log, language),
        preview_panel(year.upload, year.come, plan, language)
        if year.upload is not None and refusal(session) is None
        else None,
        grid(
            "wide-left",
            tag("div", board(tracked, year.shown, language), class_="stack"),
            tag(
                "div",
                *entering(session, log),
                lessons(tracked, unfit, language),
                class_="stack",
            ),
        ),
        *(place(figure) for figure in figures),
        None
        if log.problems
        else log_panel(
            log,
            standings(learned, language),
            plan,
            language,
            session.zone,
            may_edit=refusal(session) is None,
            above=saving(log, language),
        ),
        class_="tracking",
    )
    counted = log.observations
    files: dict[str, str | bytes] = {}
    if counted:
        files = {FILES[0]: write_csv(counted), FILES[1]: write_xlsx(counted)}
    page = Page(html, figures, files=files, command=shell_line(session))
    draw(session, page, "track")


def shell_line(session: Session) -> str:
    """The line that learns the same in a shell, from the same log; the bar saves the scenario's file."""
    moved = session.moves != Moves()
    words = ["simulator", "track", "scenario.yaml" if moved else "trend", "--recorded"]
    replay = session.year.replay
    until = replay.until(session.zone)
    if until is not None:
        words += ["--known-by", until.isoformat()]
    elif replay.day is not None:
        words += ["--as-of", replay.day.isoformat()]
    return shlex.join(words)


def entering(session: Session, log: Log) -> list[Markup]:
    """The form for a figure and the import of a table; or why nothing can be entered here."""
    language, year = session.language, session.year
    told = [
        tag(
            "p",
            frame.told(notice, language),
            class_="notice" if year.refused else "notice good",
            role="alert" if year.refused else "status",
        )
        for notice in year.told
    ]
    why = refusal(session)
    found = [tag("div", *told, class_="card", tabindex="-1", data_come=year.come)] if told else []
    if why == "past" or log.problems:
        return found
    if why is not None:
        return [*found, reading_only(language)]
    taken_back = None if year.withdrawing is None else log.live(year.withdrawing)
    if taken_back is not None:
        return [*found, withdrawing_panel(taken_back, year.turn, year.come, session.plan, language)]
    form = entry_form(
        year.draft,
        year.turn,
        observed(session),
        session.plan,
        language,
        who=session.visitor().name,
        come=year.come,
        below=join((choosing(language), signing(visitor(), language))),
    )
    return [*found, form]


def reading_only(language: Language) -> Markup:
    """That only the log can be read, and what it takes to enter anything."""
    who = visitor()
    words = tag("p", advice(who, language))
    return card(words, signing(who, language), title=say("year.form.enter", language))


def signing(who: Visitor, language: Language) -> Markup | None:
    """The button that signs in or out, where there is something to sign in to."""
    text = button_text(who, language)
    if not text:
        return None
    button = tag("button", text, type="button", data_send=sending("sign_in"))
    return tag("div", button, class_="asking")


def replaying(replay: Replay, language: Language) -> Markup:
    """The day that is looked at, and which clock counts."""
    label = say("year.replay.label", language)
    options = [
        tag(
            "option",
            say(f"year.clock.{clock}", language),
            value=clock,
            selected="selected" if clock == replay.clock else None,
        )
        for clock in CLOCKS
    ]
    return tag(
        "form",
        tag("span", label, class_="secondary"),
        tag(
            "select", *options, name="clock", class_="pick", aria_label=say("year.clock", language)
        ),
        tag(
            "input",
            type="date",
            name="date",
            class_="field day",
            value="" if replay.day is None else replay.day.isoformat(),
            aria_label=label,
        ),
        tag("button", say("year.replay.look", language), type="submit", class_="link"),
        class_="switch replay",
        data_send=sending("year", change="replay"),
        aria_label=label,
    )


def past(replay: Replay, language: Language) -> Markup | None:
    """That the page shows the past, and the way back."""
    if replay.day is None:
        return None
    day = day_text(replay.day, language)
    back = tag(
        "button",
        say("year.replay.now", language),
        type="button",
        class_="link",
        data_send=sending("year", change="now"),
    )
    words = say(f"year.past.{replay.clock}", language, day=day)
    return tag("div", tag("p", tag("strong", words), " ", back), class_="past", role="status")


def unreadable(log: Log, language: Language) -> Markup | None:
    """That the log cannot be read, and what can be done about it."""
    if not log.problems:
        return None
    told = [problem_text(problem, language) for problem in log.problems]
    return notes([f"{say('year.unreadable', language)} {' '.join(told)}"])


def standings(learned: Learned, language: Language) -> dict[Observation, str]:
    """Of what counts but taught nothing, why."""
    found = {
        row.observation: say("year.log.aside", language, why=say(f"track.why.{row.why}", language))
        for row in learned.tracked.set_aside
    }
    unfit = say("year.log.unfit", language)
    return found | dict.fromkeys(learned.unfit, unfit)


def saving(log: Log, language: Language) -> Markup:
    """What can be saved of the log; a table is read from here too."""
    buttons = []
    if log.observations:
        buttons = [
            tag(
                "button",
                say(f"year.save.{file.partition('.')[2]}", language),
                type="button",
                data_save=file,
                class_="link",
            )
            for file in FILES
        ]
    return tag("div", join(buttons), class_="saved")
