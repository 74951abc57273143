"""How is it shown what late money does? As a table of medians and their differences."""

from typing import Any

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import wrapped
from simulator.drawing.svg import document, line, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import difference, model_text, percent
from simulator.insight.late_money import EXPECTED, LateMoney, Outcome
from simulator.language import Language, say, show
from simulator.plan import Plan


def late_money_table(
    late: LateMoney, plan: Plan, language: Language, theme: Theme = "light", width: int = 374
) -> Figure:
    """Medians with late money, as now, and in full; differences are those of the shown numbers."""
    rights = [width - 212, width - 162, width - 106, width - 52, float(width)]
    heads = [say(f"funds.late.{key}", language) for key in ("late", "now", "full")]
    parts = [
        text(rights[1], 12, heads[0], anchor="end", size=11, weight=600),
        text(rights[2], 12, heads[1], anchor="end", size=11, weight=600),
        text(width, 12, heads[2], anchor="end", size=11, weight=600),
        line((0, 19), (width, 19), colour="edge"),
    ]
    step = 27
    rows = []
    for at, outcome in enumerate(late.outcomes):
        y = 19 + step * (at + 1)
        decimals = _shown(outcome, plan)
        numbers = [
            difference(outcome.late, outcome.now, decimals, language),
            show(outcome.late, decimals, language),
            show(outcome.now, decimals, language),
            show(outcome.full, decimals, language),
            difference(outcome.full, outcome.now, decimals, language),
        ]
        colours = [_judged(outcome, outcome.late), "ink2", "ink", "ink2"]
        colours.append(_judged(outcome, outcome.full))
        label = say(f"funds.row.{outcome.name}", language, scored=late.scored)
        last = outcome.name == EXPECTED
        parts.append(text(0, y - 9, label, weight=600 if last else 400))
        for right, number, colour in zip(rights, numbers, colours, strict=True):
            weight = 600 if colour == "ink" else 400
            parts.append(text(right, y - 9, number, anchor="end", weight=weight, colour=colour))
        parts.append(line((0, y), (width, y)))
        rows.append(_late_row(outcome, plan))
    foot = _late_foot(late, plan, language)
    top = 19 + step * len(late.outcomes) + 18
    sentences = wrapped(foot, width, 11)
    parts += [text(0, top + 15 * at, s, size=11, colour="ink3") for at, s in enumerate(sentences)]
    growth = next((o for o in late.outcomes if o.name == EXPECTED), late.outcomes[0])
    alt = say(
        "funds.late.alt",
        language,
        late=show(growth.late, 1, language),
        now=show(growth.now, 1, language),
        full=show(growth.full, 1, language),
        scored=late.scored,
    )
    return Figure(
        name="late_money",
        title=say("funds.late.title", language),
        subtitle=say("funds.late.subtitle", language, year=plan.sheet.plan_year),
        svg=document(width, top + 15 * len(sentences) - 8, theme, alt, parts),
        table=pd.DataFrame(rows),
        alt=alt,
        source=model_text("E5, E6, E9, E19, E20, E22", late.draws, language),
    )


def _shown(outcome: Outcome, plan: Plan) -> int:
    if outcome.name == EXPECTED:
        return 1
    target = plan.targets.get(outcome.name)
    printed = target.decimals or 0 if target else 0
    return {"billion_vnd": 0}.get(
        outcome.unit, 2 if outcome.unit.startswith("percent") else printed
    )


def _judged(outcome: Outcome, value: float) -> str:
    if value == outcome.now:
        return "ink2"
    return "accent" if (value > outcome.now) == (outcome.better == "higher") else "warn"


def _late_row(outcome: Outcome, plan: Plan) -> dict[str, Any]:
    return {
        "quantity": outcome.name,
        "unit": outcome.unit or "targets",
        "year": plan.sheet.plan_year,
        "late_funds": outcome.late,
        "now": outcome.now,
        "full_disbursement": outcome.full,
    }


def _late_foot(late: LateMoney, plan: Plan, language: Language) -> str:
    counts = sorted((len(late.late.changes), len(late.full.changes)))
    count = f"{counts[0]}" if counts[0] == counts[1] else f"{counts[0]}–{counts[1]}"
    sentences = [
        say(
            "funds.late.foot",
            language,
            late=late.late.name,
            full=late.full.name,
            count=count,
        )
    ]
    if late.moves_non_state:
        sentences.append(say("funds.late.foot_non_state", language))
    effect = percent(late.same_year_effect, 0, language)
    sentences.append(say("funds.late.foot_effect", language, share=effect))
    return " ".join(sentences)
