"""How are an epidemic's months drawn? As a calendar of what each channel loses."""

from typing import Any

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Span, spans, text_on
from simulator.drawing.svg import document, line, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import model_text, months, percent, short_percent, trimmed
from simulator.insight.epidemic import Epidemic, Loss
from simulator.language import Language, say, show
from simulator.plan import Plan

STEPS = ((0.005, 0.1), (0.05, 0.18), (0.1, 0.27), (0.2, 0.37), (0.35, 0.47), (0.5, 0.9))
"""From which loss on a cell is painted how strongly; between the last two its text changes colour."""
TIGHT = 5.7
"""Pixels a letter of the smallest size takes at most, of the words on the bar of restrictions."""


def strength(loss: float) -> float:
    """How strongly a month's cell is painted; 0 where nothing would be shown."""
    return max((paint for least, paint in STEPS if loss >= least), default=0.0)


def epidemic_calendar(
    epidemic: Epidemic,
    plan: Plan,
    language: Language,
    theme: Theme = "light",
    width: int = 774,
) -> Figure:
    """The share of each month that an epidemic takes, by channel, and what it takes of the year."""
    left, right = 170.0, 62.0
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
        source=model_text("E32", epidemic.draws, language),
    )


def channel_names(loss: Loss, language: Language) -> str:
    """The channel of a row, or trade where exports and imports stand together."""
    if len(loss.channels) > 1:
        return say("disease.channel.trade", language)
    return say(f"disease.channel.{loss.channels[0]}", language)


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
