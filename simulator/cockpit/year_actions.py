"""What does a planner do with the log of the year? Enter, correct, withdraw, import, replay a day."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from simulator.cockpit.events import Event
from simulator.cockpit.notices import Notice, Words
from simulator.cockpit.year import (
    ALL,
    FIELDS,
    LONGEST_TEXT,
    MOVED,
    Clock,
    Draft,
    Replay,
    Upload,
)
from simulator.cockpit.year_typed import read_typed, typed_value
from simulator.insight.tracking import quantity_title
from simulator.intake import Defaults, read_table
from simulator.intake.limits import LARGEST_TABLE
from simulator.language import Language
from simulator.ledger.repeats import clash, said_already, subject, without_repeats
from simulator.observation import Observation, Watch
from simulator.observation_reading import KINDS, Fault, day_of
from simulator.records import InputError
from simulator.track import watch

if TYPE_CHECKING:
    from simulator.cockpit.session import Session
    from simulator.ledger import Entry

LANGUAGES: tuple[Language, ...] = get_args(Language)
LONGEST_FIELD = 2 * LONGEST_TEXT
LONGEST_NAME = 80
"""Letters of a file's name that are kept."""


def change_year(session: "Session", event: Event) -> None:
    """Do what the page asks for; an edit only for who may, and never in the past."""
    change = str(event.get("change"))
    if change in _LOOKS:
        session.year = session.year.say()
        _LOOKS[change](session, event)
    elif change in _EDITS:
        why = refusal(session)
        if why is None:
            session.year = session.year.say()
            _EDITS[change](session, event)
        else:
            year = session.year
            if change == "enter":
                year = replace(year, draft=replace(year.draft, fields=_typed(event)))
            session.year = year.say(Notice(f"year.refused.{why}"), refused=True)


def refusal(session: "Session") -> str | None:
    """Why nothing can be entered now, if so."""
    if session.year.replay.day is not None:
        return "past"
    return None if session.visitor().may_edit else "visitor"


def observed(session: "Session") -> Watch:
    """What of the year can be observed with what is on the levers."""
    return watch(session.card().projection.model)


def _typed(event: Event) -> dict[str, str]:
    """What stood in the fields of a form, as text in one line each."""
    found = {name: str(event.get(name) or "")[:LONGEST_FIELD] for name in FIELDS}
    return {name: " ".join(text.split()) for name, text in found.items()}


def _stale(session: "Session", event: Event) -> bool:
    """Whether an event comes from a form that is done with, as from a second press of its button."""
    return event.get("turn") != session.year.turn


def _enter(session: "Session", event: Event) -> None:
    if _stale(session, event):
        return
    year, fields, who = session.year, _typed(event), session.visitor().name
    draft = replace(year.draft, fields=fields, faults=())
    corrects = draft.corrects
    found = read_typed(
        fields, observed(session), session.language, who, corrects=corrects is not None
    )
    if not isinstance(found, Observation):
        session.year = replace(year, draft=replace(draft, faults=tuple(found)), come=year.come + 1)
        return
    clashes = _clashes(session, found, corrects)
    if clashes:
        session.year = replace(year, draft=replace(draft, faults=clashes), come=year.come + 1)
        return
    session.year = replace(year, draft=draft)

    def write() -> "Entry":
        ledger = session.books.ledger()
        if corrects is not None:
            return ledger.correct(corrects, found, note=fields["note"], once=True)
        return ledger.record(session.plan_name, [found], once=True)[0]

    entry = _done(session, write)
    if entry is None:
        _follow(session, corrects)
    elif corrects is None:
        again = {name: fields[name] for name in ("date", "source")}
        session.year = session.year.begin(Draft(again)).say(_about(session, entry, "entered"))
    else:
        session.year = session.year.back().say(_about(session, entry, "corrected", corrects))


def _follow(session: "Session", corrects: int | None) -> None:
    """Let what was typed correct what now stands in the place of the entry, or be a new figure."""
    entries = {entry.number: entry for entry in session.books.read(session.plan_name).entries}
    entry = entries.get(corrects) if corrects is not None else None
    while entry is not None and entry.superseded_by is not None:
        entry = entries.get(entry.superseded_by)
    if entry is not None:
        draft = replace(session.year.draft, corrects=entry.number if entry.counts else None)
        session.year = replace(session.year, draft=draft)


def _clashes(session: "Session", told: Observation, corrects: int | None) -> tuple[Fault, ...]:
    """That the log speaks of the same quantity, kind and day already, as a fault of the value."""
    log = session.books.read(session.plan_name)
    old = None if corrects is None else log.entry(corrects)
    if old is not None and subject(old.observation) == subject(told):
        return ()
    entry = said_already(log.entries, told)
    return () if entry is None else (Fault("value", told.quantity, *clash(entry, told)),)


def _done(session: "Session", write: "Callable[[], Entry]") -> "Entry | None":
    """What was written, or nothing and why not: another may have been quicker."""
    try:
        return write()
    except InputError as error:
        told = [Notice("year.told.failed", {}, problem) for problem in error.problems]
        session.year = session.year.say(*told, refused=True)
        return None


def _about(session: "Session", entry: "Entry", key: str, other: int | None = None) -> Notice:
    name, plan = entry.observation.quantity, session.plan
    values: dict[str, str | Words] = {
        "number": str(entry.number),
        "other": str(other),
        "title": {language: quantity_title(name, plan, language) for language in LANGUAGES},
    }
    return Notice(f"year.told.{key}", values)


def _live(session: "Session", event: Event) -> "Entry | None":
    """The entry that an event names, if it counts; who comes too late is told."""
    number = event.get("number")
    log = session.books.read(session.plan_name)
    found = log.live(number) if isinstance(number, int) else None
    if found is None:
        told = Notice("year.told.gone", {"number": str(number)[:LONGEST_NAME]})
        session.year = session.year.say(told, refused=True)
    return found


def _correct(session: "Session", event: Event) -> None:
    entry = _live(session, event)
    if entry is None:
        return
    told = entry.observation
    fields = {
        "quantity": told.quantity,
        "manner": told.kind,
        "value": typed_value(told.value, session.language),
        "unit": told.unit,
        "date": told.date.isoformat(),
        "source": told.source,
    }
    session.year = session.year.put_aside(Draft(fields, corrects=entry.number))


def _ask_withdraw(session: "Session", event: Event) -> None:
    entry = _live(session, event)
    if entry is not None:
        session.year = replace(session.year.put_aside(), withdrawing=entry.number)


def _withdraw(session: "Session", event: Event) -> None:
    number, note = session.year.withdrawing, _typed(event)["note"]
    if _stale(session, event) or number is None:
        return
    if not note or len(note) > LONGEST_TEXT:
        session.year = session.year.say(Notice("year.told.why"), refused=True)
        return
    who = session.visitor().name
    entry = _done(
        session, lambda: session.books.ledger().withdraw(number, entered_by=who, note=note)
    )
    if entry is not None:
        session.year = session.year.back().say(_about(session, entry, "withdrawn", number))


def _upload(session: "Session", event: Event) -> None:
    name, text = str(event.get("name", ""))[:LONGEST_NAME], event.get("base64")
    content = _decoded(text) if isinstance(text, str) else None
    if content is None:
        values = {"name": name, "largest": f"{LARGEST_TABLE // 1024}"}
        session.year = session.year.say(Notice("notice.upload_large", values), refused=True)
        return
    upload = session.year.upload
    _read(session, name, content, upload.defaults if upload else Defaults())


def _decoded(text: str) -> bytes | None:
    if len(text) > LARGEST_TABLE * 4 // 3 + 4:
        return None
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _read(session: "Session", name: str, content: bytes, defaults: Defaults) -> None:
    """Read a table and show what it says; nothing is entered yet."""
    known = replace(defaults, entered_by=session.visitor().name)
    preview = read_table(name, content, observed(session), session.plan, known)
    turn, year = session.year.turns + 1, session.year
    upload = Upload(name, content, preview, known, turn)
    session.year = replace(year, upload=upload, turns=turn, come=year.come + 1)


def _set_defaults(session: "Session", event: Event) -> None:
    upload, fields = session.year.upload, _typed(event)
    if upload is None:
        return
    kind = next((kind for kind in KINDS if kind == fields["manner"]), None)
    defaults = Defaults(kind, day_of(fields["date"]), "", fields["source"][:LONGEST_TEXT])
    _read(session, upload.name, upload.content, defaults)


def _import(session: "Session", event: Event) -> None:
    upload = session.year.upload
    if upload is None or event.get("turn") != upload.turn:
        return
    _read(session, upload.name, upload.content, upload.defaults)
    read = session.year.upload
    if read is None or not read.preview.ready:
        return
    who = session.visitor().name
    told = [replace(row, entered_by=who) for row in read.preview.observations]
    found = without_repeats(session.books.read(session.plan_name).entries, told)
    if not found:
        values = {"count": str(len(told)), "name": upload.name}
        session.year = session.year.say(Notice("year.told.nothing_new", values), refused=True)
        return

    def write() -> "Entry":
        ledger = session.books.ledger()
        return ledger.record(session.plan_name, found, batch=upload.name, once=True)[-1]

    if _done(session, write) is not None:
        values = {"count": str(len(found)), "name": upload.name}
        notices = [Notice("year.told.imported", values)]
        if len(found) < len(told):
            left = {"count": str(len(told) - len(found))}
            notices.append(Notice("year.told.repeated", left))
        session.year = replace(session.year, upload=None).say(*notices)


def _leave(session: "Session", event: Event) -> None:
    """Put away what was begun: a correction, a withdrawal, or a table that was read."""
    if event.get("of") == "upload":
        session.year = replace(session.year, upload=None)
    else:
        session.year = session.year.back()


def _replay(session: "Session", event: Event) -> None:
    day = day_of(event.get("date"))
    clock: Clock = "entered" if event.get("clock") == "entered" else "spoken"
    if day is None:
        session.year = session.year.say(Notice("year.told.no_day"), refused=True)
    else:
        session.year = replace(session.year, replay=Replay(day, clock))


def _now(session: "Session", _event: Event) -> None:
    session.year = replace(session.year, replay=Replay(None, session.year.replay.clock))


def _show(session: "Session", event: Event) -> None:
    wanted = str(event.get("value"))
    sectors = {row.sector for row in session.plan.targets.values()}
    if wanted in {MOVED, ALL, *sectors}:
        session.year = replace(session.year, shown=wanted)


Act = Callable[["Session", Event], None]
_LOOKS: dict[str, Act] = {"leave": _leave, "replay": _replay, "now": _now, "show": _show}
_EDITS: dict[str, Act] = {
    "enter": _enter,
    "correct": _correct,
    "ask_withdraw": _ask_withdraw,
    "withdraw": _withdraw,
    "upload": _upload,
    "defaults": _set_defaults,
    "import": _import,
}
