"""How are the severities of a drought shown? As a table with the chance of the plan's food."""

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Span, spans
from simulator.drawing.svg import document, line, rect, shape, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import difference, model_text
from simulator.insight.drought import Drought, Droughts
from simulator.language import Language, say, show, show_chance
from simulator.likelihood import likelihood
from simulator.plan import Plan


def drought_table_picture(
    droughts: Droughts,
    plan: Plan,
    language: Language,
    theme: Theme = "light",
    width: int = 496,
) -> Figure:
    """Severities with what they leave of food and growth, and the chance of the plan's food."""
    rights = [0.52 * width, 0.72 * width]
    chance_left = 0.82 * width
    base = plan.sheet.base_year
    parts = [text(0, 12, say("disease.drought.severity", language), size=11, weight=600)]
    for right, key in zip(rights, ("food", "growth"), strict=True):
        parts.append(
            text(
                right,
                12,
                say(f"disease.drought.{key}", language),
                anchor="end",
                size=11,
                weight=600,
            )
        )
    head = say("disease.drought.chance", language)
    parts.append(text(chance_left, 12, head, size=11, weight=600))
    parts.append(line((0, 19), (width, 19), colour="edge"))
    step = 27
    for at, row in enumerate(droughts.rows):
        y = 20.0 + step * at
        parts.append(_drought_row(row, y, step, width, rights, chance_left, base, language))
    foot = 20 + step * len(droughts.rows) + 18
    parts.append(text(0, foot, hardest_text(droughts, language), size=11, colour="ink2"))
    now, worst = droughts.rows[0], droughts.rows[-1]
    alt = say(
        "disease.drought.alt",
        language,
        now=show(now.food / 1000, 1, language),
        worst=show(worst.food / 1000, 1, language),
        severity=show(worst.severity, 2, language),
        change=difference(worst.growth, now.growth, 2, language),
    )
    target = droughts.food_target
    return Figure(
        name="drought",
        title=say("disease.drought.title", language),
        subtitle=say(
            "disease.drought.subtitle" if target is not None else "disease.drought.subtitle_bare",
            language,
            year=plan.sheet.plan_year,
            target=show((target or 0) / 1000, 1, language),
        ),
        svg=document(width, foot + 8, theme, alt, parts),
        table=drought_table(droughts, plan),
        alt=alt,
        source=model_text("E2, E12", droughts.draws, language),
    )


def _drought_row(
    row: Drought,
    y: float,
    step: float,
    width: float,
    rights: list[float],
    chance_left: float,
    base: int,
    language: Language,
) -> str:
    weight = 600 if row.kind == "now" else 400
    kind = say(f"disease.drought.{row.kind}", language, year=base)
    label = [Span(show(row.severity, 2, language), weight=weight), Span(f" {kind}", colour="ink2")]
    parts = [rect(0, y, width, step - 1, fill="wash")] if row.kind == "now" else []
    numbers = (show(row.food / 1000, 1, language), show(row.growth, 2, language))
    parts.append(spans(6, y + 17, label))
    parts += [
        text(right, y + 17, number, anchor="end", weight=weight)
        for right, number in zip(rights, numbers, strict=True)
    ]
    if row.chance is not None:
        parts.append(shape(likelihood(row.chance).code, chance_left + 7, y + 13))
        parts.append(
            text(chance_left + 20, y + 17, show_chance(row.chance, language), weight=weight)
        )
    parts.append(line((0, y + step - 1), (width, y + step - 1)))
    return "".join(parts)


def hardest_text(droughts: Droughts, language: Language) -> str:
    """Which crop the severest drought cuts most, against now."""
    return say(
        "disease.drought.hardest",
        language,
        crop=say(f"disease.crop.{droughts.hardest_hit}", language),
        loss=show(-100 * droughts.hardest_loss, 0, language),
        severity=show(droughts.hardest_at, 2, language),
    )


def drought_table(droughts: Droughts, plan: Plan) -> pd.DataFrame:
    """Each severity with its medians."""
    year = plan.sheet.plan_year
    return pd.DataFrame(
        [
            {
                "severity_kind": row.kind,
                "severity_index_0_1": row.severity,
                f"food_output_tonnes_{year}": row.food,
                f"grdp_growth_percent_{year}": row.growth,
                f"chance_of_the_food_target_{year}": row.chance,
            }
            | {f"{name}_tonnes_{year}": output for name, output in row.crops.items()}
            for row in droughts.rows
        ]
    )
