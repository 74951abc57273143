"""How are an epidemic's months and a drought's severities drawn? As a calendar and as a table."""

from typing import Any

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Span, spans, text_on
from simulator.drawing.svg import document, line, rect, shape, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import (
    difference,
    model_text,
    months,
    percent,
    short_percent,
    trimmed,
)
from simulator.insight.drought import Drought, Droughts
from simulator.insight.epidemic import Epidemic, Loss
from simulator.language import Language, say, show, show_chance
from simulator.likelihood import likelihood
from simulator.plan import Plan

STEPS = ((0.005, 0.1), (0.05, 0.18), (0.1, 0.27), (0.2, 0.37), (0.35, 0.47), (0.5, 0.9))
"""From which loss on a cell is painted how strongly; between the last two its text changes colour."""

TIGHT = 6.0
"""Pixels a letter of the smallest size takes at most, of the words on the bar of restrictions."""


def strength(loss: float) -> float:
    """How strongly a month's cell is painted; 0 where nothing would be shown."""
    return max((paint for least, paint in STEPS if loss >= least), default=0.0)


def epidemic_calendar(
    epidemic: Epidemic,
    plan: Plan,
    draws: int,
    language: Language,
    theme: Theme = "light",
    width: int = 774,
) -> Figure:
    """The share of each month that an epidemic takes, by channel, and what it takes of the year."""
    left, right = 142.0, 62.0
    cell = (width - left - right) / 12
    height, top = 20.0, 36.0
    parts = []
    for at, name in enumerate(months(language)):
        parts.append(
            text(left + (at + 1 / 2) * cell, 12, name, anchor="middle", size=11, colour="ink2")
        )
    parts.append(
        text(width, 12, say("disease.epidemic.year", language), anchor="end", size=11, weight=600)
    )
    parts.append(_restrictions(epidemic, left, cell, width - right, language))
    for at, loss in enumerate(epidemic.losses):
        y = top + at * (height + 1)
        parts.append(text(left - 10, y + 14, channel_names(loss, language), anchor="end"))
        for month, share in enumerate(loss.months):
            parts.append(_cell(share, left + month * cell, y, cell, height, theme, language))
        year = show(-100 * loss.year, 1, language)
        parts.append(text(width, y + 14, f"{year}%", anchor="end", weight=600))
    bottom = top + len(epidemic.losses) * (height + 1)
    worst = epidemic.losses[0]
    alt = say(
        "disease.epidemic.alt",
        language,
        start=trimmed(epidemic.start, 1, language),
        months=trimmed(epidemic.months, 1, language),
        channel=channel_names(worst, language),
        loss=percent(worst.year, 1, language),
        growth=show(epidemic.growth_if_it_comes, 2, language),
        now=show(epidemic.growth_now, 2, language),
    )
    return Figure(
        name="epidemic_months",
        title=say("disease.epidemic.title", language),
        subtitle=say(
            "disease.epidemic.subtitle",
            language,
            year=plan.sheet.plan_year,
            start=trimmed(epidemic.start, 1, language),
            months=trimmed(epidemic.months, 1, language),
        ),
        svg=document(width, bottom + 2, theme, alt, parts),
        table=epidemic_table(epidemic, plan),
        alt=alt,
        source=model_text("E32", draws, language),
    )


def channel_names(loss: Loss, language: Language) -> str:
    """The channels of a row; those that an epidemic strikes alike stand together."""
    if set(loss.channels) == {"exports", "imports"}:
        return say("disease.channel.trade", language)
    return ", ".join(say(f"disease.channel.{channel}", language) for channel in loss.channels)


def epidemic_table(epidemic: Epidemic, plan: Plan) -> pd.DataFrame:
    """What each channel loses, one row a channel, one column a month."""
    year = plan.sheet.plan_year
    rows: list[dict[str, Any]] = []
    for loss in epidemic.losses:
        for channel in loss.channels:
            row: dict[str, Any] = {"channel": channel}
            for at, share in enumerate(loss.months):
                row[f"lost_percent_{year}_{at + 1:02d}"] = 100 * share
            rows.append(row | {f"lost_percent_{year}": 100 * loss.year})
    return pd.DataFrame(rows)


def _restrictions(
    epidemic: Epidemic, left: float, cell: float, edge: float, language: Language
) -> str:
    """A bar over the months of restrictions, and a dotted line over those that they still mark."""
    start = left + (min(max(epidemic.start, 1), 12) - 1) * cell
    end = min(edge, start + epidemic.months * cell)
    parts = []
    if end > start:
        parts.append(rect(start, 18, end - start, 14, fill="solid"))
    wording = say(
        "disease.epidemic.restrictions", language, depth=short_percent(epidemic.depth, language)
    )
    if end - start >= TIGHT * len(wording) + 8:
        parts.append(text((start + end) / 2, 29, wording, anchor="middle", size=11, colour="panel"))
        wording = ""
    tail = say("disease.epidemic.tail", language)
    after = f"{wording}; {tail}" if wording else tail
    room = edge - end
    if room > 8:
        parts.append(line((end + 4, 25), (edge, 25), colour="ink3", dash="1 3"))
    if room >= TIGHT * len(after) + 16:
        parts.append(
            spans(
                (end + edge) / 2,
                29,
                [Span(f" {after} ", colour="ink2")],
                anchor="middle",
                size=11,
                halo=True,
            )
        )
    elif wording and start - left >= TIGHT * len(wording) + 8:
        parts.append(text(start - 6, 29, wording, anchor="end", size=11, colour="ink2"))
    return "".join(parts)


def _cell(
    share: float,
    x: float,
    y: float,
    width: float,
    height: float,
    theme: Theme,
    language: Language,
) -> str:
    paint = strength(share)
    if not paint:
        return rect(x, y, width - 1, height, fill="sunk")
    number = text(
        x + width / 2,
        y + 14,
        show(100 * share, 0, language),
        anchor="middle",
        colour=text_on(theme, "warn", paint),
    )
    return rect(x, y, width - 1, height, fill="warn", opacity=paint) + number


def drought_table_picture(
    droughts: Droughts,
    plan: Plan,
    draws: int,
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
        source=model_text("E2, E12", draws, language),
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
