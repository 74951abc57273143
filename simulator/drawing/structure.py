"""How is the structure of the economy drawn? Three columns that add up, and each share by itself."""

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.growth import EQUATIONS, SMALL, WIDTH, points, sector_name
from simulator.drawing.plot import Frame, text_on, width_of
from simulator.drawing.svg import circle, document, line, rect, shape, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import source_text
from simulator.insight.growth import SectorShare, Structure
from simulator.language import Language, say, show_chance
from simulator.likelihood import likelihood
from simulator.plan import Plan

COLOURS = {
    "agriculture": "fail",
    "industry": "mid",
    "services": "accent",
    "product_tax": "solid",
}
COLUMN, GAP = 58, 20
"""The width of a stacked column and the room between two."""
TALL = 200
TOP = 40
TIGHT = 16
"""Pixels: a thinner part has its number outside."""
ROWS_FROM = 3 * COLUMN + 2 * GAP + 46
ROW = 52
CHANCE = 166
"""The column of plans and chances."""
FOOT = 34


def structure_figure(
    structure: Structure,
    plan: Plan,
    draws: int,
    language: Language,
    theme: Theme = "light",
    width: int = WIDTH,
) -> Figure:
    """Base year, median and plan as columns; beside them each share's range, plan and chance."""
    height = TOP + max(TALL, ROW * len(structure.sectors)) + FOOT
    parts = [
        *_columns(structure, theme, language),
        *(
            part
            for at, share in enumerate(reversed(structure.sectors))
            for part in _row(share, structure, TOP - 14 + at * ROW, width, language)
        ),
        *_joint(structure, height - 8, width, language),
    ]
    alt = _alt(structure, language)
    return Figure(
        name="grdp_structure",
        title=say(
            "growth.structure.title",
            language,
            base=structure.base_year,
            year=structure.plan_year,
        ),
        subtitle=say("growth.structure.subtitle", language),
        svg=document(width, height, theme, alt, parts),
        table=structure_table(structure),
        alt=alt,
        source=source_text(
            plan,
            [f"{share.sector}_share" for share in structure.sectors],
            EQUATIONS,
            draws,
            language,
        ),
    )


def _columns(structure: Structure, theme: Theme, language: Language) -> list[str]:
    columns = {
        str(structure.base_year): [(s, s.base, s.base) for s in structure.sectors],
        say("growth.structure.median", language, year=structure.plan_year): [
            (s, s.stacked, s.spread.p50) for s in structure.sectors
        ],
    }
    if all(share.planned is not None for share in structure.sectors):
        columns[say("growth.structure.plan", language, year=structure.plan_year)] = [
            (s, s.planned or 0.0, s.planned or 0.0) for s in structure.sectors
        ]
    parts = []
    for at, (head, shares) in enumerate(columns.items()):
        left = 4 + at * (COLUMN + GAP)
        for row, word in enumerate(head.split("\n")):
            parts.append(
                text(
                    left + COLUMN / 2,
                    11 + 12 * row,
                    word,
                    anchor="middle",
                    size=SMALL,
                    colour="ink2",
                )
            )
        bottom = float(TOP + TALL)
        for share, tall, shown in shares:
            high = TALL * tall / 100
            fill = COLOURS[share.sector]
            parts.append(
                rect(left, bottom - high, COLUMN, high, fill=fill, stroke="panel", stroke_width=1)
            )
            label = points(shown, language)
            if high >= TIGHT:
                y, colour = bottom - high / 2 + 4, text_on(theme, fill)
            else:
                y, colour = bottom - high - 4, "ink2"
            middle = left + COLUMN / 2
            parts.append(text(middle, y, label, anchor="middle", size=SMALL, colour=colour))
            bottom -= high
    return parts


def _row(
    share: SectorShare, structure: Structure, top: float, width: float, language: Language
) -> list[str]:
    """One share on its own scale: range, median, base year, plan, and the chance of the plan."""
    left = ROWS_FROM
    plot = Frame(left + 14, top, width - left - 14 - CHANCE - 64, ROW, *_reach(share), 0, 1)
    y = top + 30
    low, middle, high = (plot.x(v) for v in (share.spread.p10, share.spread.p50, share.spread.p90))
    parts = [
        rect(left, top + 5, 9, 9, fill=COLOURS[share.sector]),
        text(left + 14, top + 14, sector_name(share.sector, language), size=12),
        rect(low, y - 2.5, max(1.0, high - low), 5, fill="fail"),
        circle(middle, y, 3.5, fill="ink"),
        circle(plot.x(share.base), y + 8, 3, fill="panel", stroke="ink"),
    ]
    if share.planned is not None:
        x = plot.x(share.planned)
        parts.append(line((x, y - 10), (x, y + 12), colour="ink", width=2))
        key = "growth.structure.implied" if share.implied else "growth.structure.wanted"
        sense = "" if share.implied else _sense(share)
        words = say(key, language, sense=sense, value=points(share.planned, language))
        parts.append(text(width - CHANCE, top + 14, words, size=SMALL, colour="ink2"))
    parts.append(
        text(
            width - CHANCE - 8, y + 5, points(share.spread.p50, language), anchor="end", weight=600
        )
    )
    if share.chance is not None:
        parts += _chance(share.chance, width - CHANCE, y + 5, language)
    return parts


def _sense(share: SectorShare) -> str:
    return "≤ " if share.sense == "at_most" else "≥ "


def _chance(chance: float, x: float, y: float, language: Language) -> list[str]:
    band = likelihood(chance)
    word = band.vi if language == "vi" else band.en
    return [
        shape(band.code, x + 7, y - 4),
        text(x + 19, y, show_chance(chance, language), weight=600),
        text(x + 19, y + 13, word, size=SMALL, colour="ink2"),
    ]


def _reach(share: SectorShare) -> tuple[float, float]:
    marks = [share.spread.p10, share.spread.p90, share.base]
    if share.planned is not None:
        marks.append(share.planned)
    low, high = min(marks), max(marks)
    pad = (high - low) / 16 if high > low else 1.0
    return low - pad, high + pad


def _joint(structure: Structure, y: float, width: float, language: Language) -> list[str]:
    if structure.joint_chance is None:
        return []
    band = likelihood(structure.joint_chance)
    word = band.vi if language == "vi" else band.en
    words = say(
        "growth.structure.joint",
        language,
        count=len(structure.judged),
        chance=show_chance(structure.joint_chance, language),
        word=word,
    )
    start = min(ROWS_FROM + 20.0, width - width_of(words, 12))
    return [shape(band.code, start - 13, y - 4), text(start, y, words, weight=600)]


def _alt(structure: Structure, language: Language) -> str:
    pieces = [
        say(
            "growth.structure.alt_share",
            language,
            name=sector_name(share.sector, language),
            base=points(share.base, language),
            median=points(share.spread.p50, language),
            plan="–" if share.planned is None else points(share.planned, language),
        )
        for share in structure.sectors
    ]
    said = say(
        "growth.structure.alt",
        language,
        base=structure.base_year,
        year=structure.plan_year,
        pieces="; ".join(pieces),
    )
    if structure.joint_chance is None:
        return said
    band = likelihood(structure.joint_chance)
    return f"{said} " + say(
        "growth.structure.joint",
        language,
        count=len(structure.judged),
        chance=show_chance(structure.joint_chance, language),
        word=band.vi if language == "vi" else band.en,
    )


def structure_table(structure: Structure) -> pd.DataFrame:
    """Each sector's share in the base year, over the draws and in the plan, in percent of GRDP."""
    base, year = structure.base_year, structure.plan_year
    return pd.DataFrame(
        [
            {
                "sector": share.sector,
                f"share_{base}_percent_of_grdp": share.base,
                f"share_p10_{year}_percent_of_grdp": share.spread.p10,
                f"share_p50_{year}_percent_of_grdp": share.spread.p50,
                f"share_p90_{year}_percent_of_grdp": share.spread.p90,
                f"share_plan_{year}_percent_of_grdp": share.planned,
                "plan_is_implied": share.implied,
                f"chance_of_plan_{year}": share.chance,
            }
            for share in structure.sectors
        ]
    )
