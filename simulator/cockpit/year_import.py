"""How is a table of figures imported? Chosen, shown row by row with what is wrong, entered whole or not."""

from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.page_view import sending
from simulator.cockpit.year import LONGEST_TEXT, Upload
from simulator.insight.tracking import day_text, observed_text, quantity_title
from simulator.intake import PreviewRow, note_text
from simulator.intake.limits import LARGEST_TABLE
from simulator.language import Language, say, show
from simulator.observation_reading import KINDS
from simulator.plan import Plan
from simulator.problem_words import problem_text

CELLS = ("quantity", "kind", "value", "unit", "date", "source")


def choosing(language: Language) -> Markup:
    """The control that takes a file."""
    return tag(
        "label",
        say("year.import.choose", language),
        tag(
            "input",
            type="file",
            accept=".csv,.xlsx,.tsv,.txt",
            data_send=sending("year", change="upload"),
            data_largest=LARGEST_TABLE,
            data_bytes="",
        ),
        class_="load",
    )


def preview_panel(upload: Upload, come: int, plan: Plan, language: Language) -> Markup:
    """What the table says, before any of it is entered."""
    preview = upload.preview
    wrong = [row for row in preview.rows if row.problems]
    good = sum(row.observation is not None for row in preview.rows)
    counts = {"rows": show(len(preview.rows), 0, language), "good": show(good, 0, language)}
    told = say("year.import.read", language, name=upload.name, **counts)
    problems = [
        tag("p", problem_text(problem, language, file=False), class_="warn")
        for problem in preview.problems
    ]
    key = "year.import.all" if preview.ready else "year.import.none"
    enter = tag(
        "button",
        say(key, language, count=show(good, 0, language)),
        type="button",
        class_="main",
        disabled=None if preview.ready else "",
        data_send=sending("year", change="import", turn=upload.turn),
    )
    leave = tag(
        "button",
        say("year.import.leave", language),
        type="button",
        data_send=sending("year", change="leave", of="upload"),
    )
    why = None
    if wrong:
        why = tag("p", say("year.import.wrong", language, count=len(wrong)), class_="warn")
    heads = ("place", *CELLS, "told")
    head = tag(
        "tr", *(tag("th", say(f"year.preview.{key}", language), scope="col") for key in heads)
    )
    body = [_row(row, plan, language) for row in preview.rows]
    table = tag("table", tag("thead", head), tag("tbody", *body), class_="preview")
    label = say("year.import.title", language)
    return tag(
        "section",
        tag("h2", label),
        tag("p", told, role="status"),
        *problems,
        why,
        _defaults(upload, language),
        tag("div", table, class_="wide rows", tabindex="0", role="region", aria_label=label)
        if body
        else None,
        tag("div", enter, leave, class_="asking"),
        class_="card previewing",
        data_come=come,
    )


def _row(row: PreviewRow, plan: Plan, language: Language) -> Markup:
    told = row.observation
    if told is None:
        cells = [tag("td", row.cells.get(key, "")) for key in CELLS]
    else:
        value, unit = observed_text(told, language)
        cells = [
            tag("td", quantity_title(told.quantity, plan, language)),
            tag("td", say(f"track.kind.{told.kind}", language)),
            tag("td", value, class_="number"),
            tag("td", unit),
            tag("td", day_text(told.date, language)),
            tag("td", told.source),
        ]
    problems = [problem_text(problem, language, file=False) for problem in row.problems]
    lines = [tag("div", text, class_="warn") for text in problems]
    lines += [tag("div", note_text(note, language), class_="secondary") for note in row.notes]
    return tag(
        "tr",
        tag("th", _place(row.place, language), scope="row"),
        *cells,
        tag("td", join(lines)),
        class_="wrong" if row.problems else None,
    )


def _place(place: str, language: Language) -> str:
    """Where a row stands; cells of a workbook are called alike in every language."""
    line = place.removeprefix("line ")
    return place if line == place else say("problem.line", language, line=line)


def _defaults(upload: Upload, language: Language) -> Markup:
    """What holds for rows in which the table does not say it."""
    known = upload.defaults
    label = say("year.import.defaults", language)
    options = [tag("option", say("year.import.by_row", language), value="")] + [
        tag(
            "option",
            say(f"track.kind.{kind}", language),
            value=kind,
            selected="selected" if kind == known.kind else None,
        )
        for kind in KINDS
    ]
    fields = {
        "manner": tag("select", *options, name="manner"),
        "date": tag(
            "input",
            name="date",
            type="date",
            value="" if known.date is None else known.date.isoformat(),
        ),
        "source": tag("input", name="source", value=known.source, maxlength=LONGEST_TEXT),
    }
    rows = [
        tag("label", tag("span", say(f"year.field.{name}", language), class_="label"), control)
        for name, control in fields.items()
    ]
    return tag(
        "form",
        tag("span", label, class_="secondary"),
        *rows,
        tag("button", say("year.import.again", language), type="submit", class_="link"),
        class_="defaults",
        data_keep=f"defaults {upload.turn}",
        data_send=sending("year", change="defaults"),
        aria_label=label,
    )
