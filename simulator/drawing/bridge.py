"""How is the change of GRDP per head drawn? As steps of growth, prices and people, beside the plan's."""

from itertools import accumulate

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.growth import EQUATIONS, SMALL, WIDTH, points
from simulator.drawing.plot import Frame, Span, spans, width_of
from simulator.drawing.svg import circle, document, line, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import source_text
from simulator.insight.growth import Bridge, PerHead
from simulator.language import Language, say, unit_name
from simulator.plan import Plan
from simulator.wording import signed

ROW = 27
HEAD = 22
"""Above the rows: whose steps they are."""
FOOT = 16
"""Below them: the plan's number."""
NAMES = 128
GAP = 18
INSET = 8


def bridge_figure(
    account: PerHead,
    plan: Plan,
    draws: int,
    language: Language,
    theme: Theme = "light",
    width: int = WIDTH,
) -> Figure:
    """What moves GRDP per head: the central run's steps, and beside them those the plan implies."""
    bridges = {"central": account.central}
    if account.planned is not None:
        bridges["planned"] = account.planned
    rows = len(account.central.steps) + 2
    height = HEAD + rows * ROW + FOOT
    low, high = _reach(account)
    each = (width - NAMES - GAP * (len(bridges) - 1)) / len(bridges)
    parts = _names(account, language)
    for at, (name, one) in enumerate(bridges.items()):
        left = NAMES + at * (each + GAP)
        frame = Frame(left + INSET, HEAD, each - 2 * INSET, rows * ROW, low, high, 0, 1)
        parts.append(text(left, 12, say(f"growth.bridge.{name}", language), weight=600))
        parts += _steps(one, frame, language)
        parts += _result(one, account if name == "central" else None, frame, language)
    alt = _alt(account, language)
    unit = unit_name("million_vnd_per_person_per_year", language)
    return Figure(
        name="grdp_per_capita_bridge",
        title=say("growth.bridge.title", language, base=account.base_year, year=account.plan_year),
        subtitle=say("growth.bridge.subtitle", language, unit=unit),
        svg=document(width, height, theme, alt, parts),
        table=bridge_table(account),
        alt=alt,
        source=source_text(plan, ["grdp_per_capita", "grdp"], EQUATIONS, draws, language),
    )


def _levels(one: Bridge) -> list[float]:
    """Where each step begins, and where the last one ends."""
    return list(accumulate(one.steps.values(), initial=one.base))


def _reach(account: PerHead) -> tuple[float, float]:
    marks = _levels(account.central)
    if account.planned is not None:
        marks += _levels(account.planned)
    if account.spread is not None:
        marks += [account.spread.p10, account.spread.p90]
    low, high = min(marks), max(marks)
    pad = (high - low) / 20 if high > low else 1.0
    return low - 3 * pad, high + 4 * pad


def _middle(row: int) -> float:
    return HEAD + (row + 0.5) * ROW


def _names(account: PerHead, language: Language) -> list[str]:
    steps = [say(f"growth.step.{name}", language) for name in account.central.steps]
    return [
        text(0, _middle(0) + 4, str(account.base_year), weight=600),
        *(text(0, _middle(row) + 4, name) for row, name in enumerate(steps, 1)),
        text(0, _middle(len(steps) + 1) + 4, str(account.plan_year), weight=600),
    ]


def _steps(one: Bridge, frame: Frame, language: Language) -> list[str]:
    """The base year's value and a bar for each factor, each beginning where the last one ended."""
    levels = _levels(one)
    x = frame.x(one.base)
    parts = [
        circle(x, _middle(0), 3.5, fill="panel", stroke="ink"),
        text(x + 9, _middle(0) + 4, points(one.base, language), weight=600),
    ]
    for row, (name, step) in enumerate(one.steps.items(), 1):
        start = frame.x(levels[row - 1])
        left, right = sorted((start, frame.x(levels[row])))
        y = _middle(row)
        parts += [
            line((start, _middle(row - 1)), (start, y), colour="edge"),
            rect(left, y - 7, max(1.0, right - left), 14, fill="accent" if step >= 0 else "fail"),
            _step_label(name, one, (left, right, y), frame, language),
        ]
    return parts


def _step_label(
    name: str,
    one: Bridge,
    bar: tuple[float, float, float],
    frame: Frame,
    language: Language,
) -> str:
    """What a factor adds, and by how many percent it changes, beside its bar where there is room."""
    left, right, y = bar
    factor = one.factors[name]
    change = 100 * (1 / factor - 1 if name == "population" else factor - 1)
    pieces = [
        Span(signed(one.steps[name], 2, language), weight=600),
        Span(f"  ({signed(change, 2, language)}%)", colour="ink2", size=SMALL),
    ]
    wide = width_of("".join(piece.text for piece in pieces), 12)
    if left - INSET - wide >= frame.left - INSET:
        return spans(left - INSET, y + 4, pieces, anchor="end", halo=True)
    start = min(right + INSET, frame.right + INSET - wide)
    return spans(start, y + 4, pieces, halo=True)


def _result(one: Bridge, account: PerHead | None, frame: Frame, language: Language) -> list[str]:
    """The value that comes out; for the central run with its range and the plan's number."""
    last = len(one.steps) + 1
    x, y = frame.x(one.result), _middle(last)
    own, others = [x], []
    parts = [line((x, _middle(last - 1)), (x, y), colour="edge")]
    if account is not None and account.planned is not None:
        others.append(frame.x(account.planned.result))
        parts += _wanted_mark(account.planned.result, y, frame, language)
    if account is not None and account.spread is not None:
        low, high = frame.x(account.spread.p10), frame.x(account.spread.p90)
        own += [low, high]
        parts.append(rect(low, y - 2.5, max(1.0, high - low), 5, fill="fail"))
    parts.append(circle(x, y, 4, fill="ink"))
    result = points(one.result, language)
    wide = width_of(result, 12) + 9
    for start in (min(own) - wide, max(own) + 9, max(own + others) + 9):
        fits = frame.left - INSET <= start and start + wide - 9 <= frame.right + INSET
        if fits and not any(start - 6 <= mark <= start + wide + 6 for mark in others):
            break
    start = min(start, frame.right + INSET - wide + 9)
    return [*parts, text(start, y + 4, result, weight=600)]


def _wanted_mark(wanted: float, y: float, frame: Frame, language: Language) -> list[str]:
    """The plan's value beside the result, and its number below."""
    x = frame.x(wanted)
    words = say("indicator.plan", language, value=points(wanted, language))
    half = width_of(words, SMALL) / 2
    at = min(max(x, frame.left - INSET + half), frame.right + INSET - half)
    return [
        line((x, y - 10), (x, y + 9), colour="ink", width=2),
        text(at, y + 22, words, anchor="middle", size=SMALL),
    ]


def _alt(account: PerHead, language: Language) -> str:
    def steps(one: Bridge) -> str:
        said = [
            f"{say(f'growth.step.{name}', language)} {signed(step, 2, language)}"
            for name, step in one.steps.items()
        ]
        return "; ".join(said)

    said = say(
        "growth.bridge.alt",
        language,
        base=account.base_year,
        year=account.plan_year,
        start=points(account.central.base, language),
        result=points(account.central.result, language),
        steps=steps(account.central),
    )
    if account.planned is None:
        return said
    return f"{said} " + say(
        "growth.bridge.alt_plan",
        language,
        result=points(account.planned.result, language),
        steps=steps(account.planned),
    )


def bridge_table(account: PerHead) -> pd.DataFrame:
    """The steps of every bridge, one a row."""
    rows: list[dict[str, object]] = []
    bridges = {
        ("grdp_per_capita", "central", "million_vnd_per_person"): account.central,
        ("grdp_per_capita", "plan", "million_vnd_per_person"): account.planned,
        ("nominal_grdp", "central", "billion_vnd"): account.nominal,
    }
    for (quantity, run, unit), one in bridges.items():
        if one is None:
            continue
        first = {"quantity": quantity, "run": run, "unit": unit}
        rows.append(first | {"step": str(account.base_year), "factor": None, "amount": one.base})
        rows += [
            first | {"step": name, "factor": one.factors[name], "amount": amount}
            for name, amount in one.steps.items()
        ]
        rows.append(first | {"step": str(account.plan_year), "factor": None, "amount": one.result})
    return pd.DataFrame(rows)
