"""What does the log of the year say? Every entry, newest first; nothing that was entered is ever gone."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.page_view import card, sending
from simulator.cockpit.year import LONGEST_TEXT
from simulator.cockpit.year_books import Log
from simulator.insight.tracking import day_text, observed_text, quantity_title
from simulator.language import Language, say
from simulator.observation import Observation
from simulator.plan import Plan

if TYPE_CHECKING:
    from simulator.ledger import Entry

FIRST_ROWS = 20
COLUMNS = ("number", "what", "kind", "value", "day", "source", "who", "state", "acts")
FILES = ("observations.csv", "observations.xlsx")


def log_panel(
    log: Log,
    standing: Mapping[Observation, str],
    plan: Plan,
    language: Language,
    zone: datetime.tzinfo,
    *,
    may_edit: bool,
    above: Markup | None = None,
) -> Markup:
    """The log as a table; `standing` says of what counts whether it taught, and if not, why."""
    if not log.entries:
        empty = tag("p", say("year.log.empty", language), class_="secondary")
        return card(above, empty, title=say("year.log.title", language))
    heads = [tag("th", say(f"year.log.{key}", language), scope="col") for key in COLUMNS[:-1]]
    acts = tag("th", tag("span", say("year.log.acts", language), class_="sr"), scope="col")
    body = [
        _line(entry, at, log, standing, plan, language, zone, may_edit=may_edit)
        for at, entry in enumerate(reversed(log.entries))
    ]
    table = tag(
        "table",
        tag("thead", tag("tr", *heads, *([acts] if may_edit else []))),
        tag("tbody", *body),
        class_="folded log",
    )
    more = None
    if len(body) > FIRST_ROWS:
        more = tag(
            "button",
            say("year.all_rows", language, count=len(body)),
            type="button",
            class_="link",
            data_unfold="year_log",
            data_fewer=say("year.fewer_rows", language),
        )
    label = say("year.log.title", language)
    return card(
        above,
        tag("div", table, more, class_="wide"),
        tag("p", say("year.log.how", language), class_="secondary"),
        title=label,
    )


def _line(
    entry: "Entry",
    at: int,
    log: Log,
    standing: Mapping[Observation, str],
    plan: Plan,
    language: Language,
    zone: datetime.tzinfo,
    *,
    may_edit: bool,
) -> Markup:
    told = entry.observation
    gone = not entry.counts
    value, unit = observed_text(told, language)
    when = moment_text(entry.entered_at, language, zone)
    batch = tag("div", say("year.log.batch", language, name=entry.batch), class_="secondary")
    cells = [
        tag("td", _struck(quantity_title(told.quantity, plan, language), gone=gone)),
        tag("td", say(f"track.kind.{told.kind}", language)),
        tag("td", _struck(f"{value} {unit}".strip(), gone=gone), class_="number"),
        tag("td", day_text(told.date, language)),
        tag("td", told.source, batch if entry.batch else None),
        tag("td", told.entered_by, tag("div", when, class_="secondary")),
        tag("td", _state(entry, log, standing, language)),
    ]
    if may_edit:
        cells.append(tag("td", None if gone else _acts(entry, language)))
    classes = " ".join(
        name for name, holds in (("gone", gone), ("rest", at >= FIRST_ROWS)) if holds
    )
    return tag("tr", tag("th", str(entry.number), scope="row"), *cells, class_=classes or None)


def _struck(text: str, *, gone: bool) -> Markup:
    return tag("s", text) if gone else tag("span", text)


def _state(
    entry: "Entry", log: Log, standing: Mapping[Observation, str], language: Language
) -> Markup:
    """Whether an entry counts, in words: never by its look alone."""
    lines = []
    if entry.withdrawn:
        lines.append(say("year.log.takes_back", language, number=entry.supersedes))
    elif entry.supersedes is not None:
        lines.append(say("year.log.corrects", language, number=entry.supersedes))
    after = log.entry(entry.superseded_by) if entry.superseded_by else None
    if after is not None:
        key = "withdrawn" if after.withdrawn else "corrected"
        lines.append(say(f"year.log.{key}", language, number=after.number))
    elif not entry.withdrawn:
        lines.append(standing.get(entry.observation, say("year.log.used", language)))
    note = tag("div", entry.note, class_="secondary") if entry.note else None
    return join((*(tag("div", line) for line in lines), note))


def _acts(entry: "Entry", language: Language) -> Markup:
    return join(
        tag(
            "button",
            say(f"year.act.{change}", language),
            type="button",
            class_="link",
            aria_label=say(f"year.act.{change}_of", language, number=entry.number),
            data_send=sending("year", change=change, number=entry.number),
        )
        for change in ("correct", "ask_withdraw")
    )


def moment_text(moment: datetime.datetime, language: Language, zone: datetime.tzinfo) -> str:
    """A moment where the reader is."""
    local = moment.astimezone(zone)
    return f"{day_text(local.date(), language)} {local:%H:%M}"


def withdrawing_panel(
    entry: "Entry", turn: int, come: int, plan: Plan, language: Language
) -> Markup:
    """The question before an entry is taken back."""
    told = entry.observation
    value, unit = observed_text(told, language)
    title = say("year.withdraw.title", language, number=entry.number)
    about = say(
        "year.withdraw.about",
        language,
        title=quantity_title(told.quantity, plan, language),
        value=f"{value} {unit}".strip(),
        day=day_text(told.date, language),
    )
    label = tag("span", say("year.field.note", language), class_="label")
    form = tag(
        "form",
        tag("p", about),
        tag("label", label, tag("input", name="note", maxlength=LONGEST_TEXT), class_="row"),
        tag(
            "div",
            tag("button", say("year.withdraw.now", language), type="submit", class_="main"),
            tag(
                "button",
                say("year.form.leave", language),
                type="button",
                data_send=sending("year", change="leave"),
            ),
            class_="asking",
        ),
        class_="entering",
        data_keep=f"withdraw {turn}",
        data_come=come,
        data_send=sending("year", change="withdraw", turn=turn),
        aria_label=title,
    )
    return card(form, title=title)
