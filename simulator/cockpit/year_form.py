"""How is one figure entered or corrected? A form whose faults stand at their fields."""

import json
from collections.abc import Iterable

from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.page_view import card, sending
from simulator.cockpit.year import LONGEST_TEXT, Draft
from simulator.cockpit.year_typed import fault_text, typed_value
from simulator.insight.tracking import quantity_title
from simulator.language import Language, say, unit_name
from simulator.observation import Observable, Watch
from simulator.plan import Plan
from simulator.units import canonical

SHARE = "share"
_EXAMPLE = 1249.94


def entry_form(
    draft: Draft,
    turn: int,
    watch: Watch,
    plan: Plan,
    language: Language,
    *,
    who: str,
    come: int = 0,
    below: Markup | None = None,
) -> Markup:
    """The form for one figure, empty, with what was typed, or with what is corrected."""
    quantity = draft.fields.get("quantity", "")
    known = watch.observables.get(quantity)
    corrects = draft.corrects
    words = "year.form.enter" if corrects is None else "year.form.correct"
    title = say(words, language, number=corrects)
    fields = [
        _quantities(draft, watch, plan, language),
        tag(
            "div",
            _select("manner", draft, kind_options(known, language), language),
            tag(
                "div",
                _input("value", draft, language, inputmode="decimal", autocomplete="off"),
                _select("unit", draft, unit_options(known, language), language),
                class_="pair",
            ),
            _input("date", draft, language, type="date"),
            _input("source", draft, language, maxlength=LONGEST_TEXT),
            class_="fields",
        ),
    ]
    if corrects is not None:
        fields.append(_input("note", draft, language, maxlength=LONGEST_TEXT))
    leave = None
    if corrects is not None:
        leave = tag(
            "button",
            say("year.form.leave", language),
            type="button",
            data_send=sending("year", change="leave"),
        )
    submit = "year.form.submit" if corrects is None else "year.form.submit_correction"
    form = tag(
        "form",
        *fields,
        tag("p", say("year.form.by", language, name=who), class_="secondary"),
        tag(
            "div",
            tag("button", say(submit, language), type="submit", class_="main"),
            leave,
            class_="asking",
        ),
        class_="entering",
        novalidate="",
        data_keep=f"entry {turn}",
        data_come=come if draft.faults or corrects is not None else None,
        data_send=sending("year", change="enter", turn=turn),
        aria_label=title,
    )
    return card(form, below if corrects is None else None, title=title)


def kind_options(known: Observable | None, language: Language) -> list[tuple[str, str]]:
    """The kinds that a quantity takes, each with its words."""
    return [(kind, say(f"track.kind.{kind}", language)) for kind in known.kinds] if known else []


def unit_options(known: Observable | None, language: Language) -> list[tuple[str, str]]:
    """The units in which a quantity may be given, percent before shares, each with its words."""
    if known is None:
        return []
    units = sorted(known.units, key=lambda unit: canonical(unit) == SHARE)
    return [(unit, _unit_text(unit, language)) for unit in units]


def _unit_text(unit: str, language: Language) -> str:
    if canonical(unit) == SHARE:
        return say("year.share", language)
    return unit_name(unit, language) or say("year.status", language)


def _quantities(draft: Draft, watch: Watch, plan: Plan, language: Language) -> Markup:
    """A list that opens and is searched by title; each quantity says which kinds and units it takes."""
    chosen = draft.fields.get("quantity", "")
    titles = {name: quantity_title(name, plan, language) for name in watch.observables}
    lines = [
        tag(
            "label",
            tag(
                "input",
                type="radio",
                name="quantity",
                value=name,
                checked="" if name == chosen else None,
                data_manner=json.dumps(kind_options(known, language), ensure_ascii=False),
                data_unit=json.dumps(unit_options(known, language), ensure_ascii=False),
            ),
            tag("span", titles[name]),
        )
        for name, known in watch.observables.items()
    ]
    ask = say("year.form.choose", language)
    label = say("year.field.quantity", language)
    faults = draft.faults_at("quantity")
    box = tag(
        "details",
        tag(
            "summary",
            titles.get(chosen, ask),
            aria_label=f"{label}: {titles.get(chosen, ask)}",
            data_ask=ask,
            data_label=label,
            aria_describedby=_told_id("quantity") if faults else None,
        ),
        tag(
            "div",
            tag(
                "input",
                type="search",
                class_="field",
                placeholder=say("year.form.search", language),
                aria_label=say("year.form.search", language),
            ),
            tag("div", *lines, class_="options", role="radiogroup", aria_label=label),
        ),
        class_="drop choosing wrong" if faults else "drop choosing",
    )
    return tag(
        "div",
        tag("span", label, class_="label", aria_hidden="true"),
        box,
        _told("quantity", draft, language),
        class_="row",
    )


def _select(
    name: str, draft: Draft, options: Iterable[tuple[str, str]], language: Language
) -> Markup:
    chosen = draft.fields.get(name, "")
    shown = [
        tag("option", text, value=value, selected="selected" if value == chosen else None)
        for value, text in options
    ]
    empty = None if shown else tag("option", say("year.form.first", language), value="")
    control = tag(
        "select",
        empty,
        *shown,
        name=name,
        data_first=say("year.form.first", language),
        **_described(name, draft),
    )
    return _row(name, control, draft, language)


def _input(name: str, draft: Draft, language: Language, **attributes: object) -> Markup:
    hint = typed_value(_EXAMPLE, language) if name == "value" else None
    control = tag(
        "input",
        name=name,
        value=draft.fields.get(name, ""),
        placeholder=hint,
        **attributes,
        **_described(name, draft),
    )
    return _row(name, control, draft, language)


def _row(name: str, control: Markup, draft: Draft, language: Language) -> Markup:
    label = tag("label", tag("span", say(f"year.field.{name}", language), class_="label"), control)
    return tag("div", label, _told(name, draft, language), class_="row")


def _described(name: str, draft: Draft) -> dict[str, object]:
    wrong = bool(draft.faults_at(name))
    return {
        "aria_invalid": "true" if wrong else None,
        "aria_describedby": _told_id(name) if wrong else None,
    }


def _told(name: str, draft: Draft, language: Language) -> Markup | None:
    faults = draft.faults_at(name)
    if not faults:
        return None
    words = join(fault_text(fault, language) for fault in faults[:1])
    return tag("p", words, class_="warn fault", id=_told_id(name))


def _told_id(name: str) -> str:
    return f"fault-{name}"
