"""How is growth drawn? As steps that the sectors add, with what effects and losses change."""

from collections.abc import Iterator, Mapping

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Frame, width_of
from simulator.drawing.svg import circle, document, line, nice_ticks, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import Glance, model_text, source_text, span_text, trimmed
from simulator.insight.growth import PARTS, GrowthAccount, PerHead, SectorGrowth
from simulator.insight.ranges import Range
from simulator.language import Language, say, show, show_chance, unit_name
from simulator.likelihood import likelihood
from simulator.plan import Plan
from simulator.scorecard import Scorecard
from simulator.wording import signed

WIDTH = 640
ROW = 44
NAMES = 158
"""The column of names."""
NUMBERS = 92
"""The column of numbers right of the plot."""
HEAD = 44
"""Above the rows: what the signs mean, and the plan's line."""
FOOT = 24
SMALL = 11
BAR = 16
LEAST_SAID = 0.05
"""Points: an effect smaller than this is not labelled in the picture; the table has it."""
EQUATIONS = "E1-E8"


def sector_name(sector: str, language: Language) -> str:
    """A sector as the province names it."""
    return say(f"growth.sector.{sector}", language)


def points(value: float, language: Language) -> str:
    """Percentage points with two decimals, as the plan prints growth."""
    return show(value, 2, language)


def contributions(
    account: GrowthAccount,
    plan: Plan,
    draws: int,
    language: Language,
    theme: Theme = "light",
    width: int = WIDTH,
) -> Figure:
    """Steps from nothing to GRDP growth: what each sector adds, what effects and losses change."""
    rows = len(account.sectors) + 1
    height = HEAD + rows * ROW + FOOT
    low, high = _reach(account)
    frame = Frame(NAMES, HEAD, width - NAMES - NUMBERS, rows * ROW, low, high, 0, 1)
    parts = [*_ticks(frame, language), *_legend(account, language)]
    start = 0.0
    for at, sector in enumerate(account.sectors):
        middle = HEAD + at * ROW + ROW / 2 - 4
        parts += _sector_row(sector, start, middle, frame, width, language)
        end = start + sector.contribution
        parts.append(
            line((frame.x(end), middle), (frame.x(end), middle + ROW), colour="edge", dash="2 2")
        )
        start = end
    parts += _total_row(account, HEAD + (rows - 1) * ROW + ROW / 2 - 4, frame, width, language)
    alt = _contributions_alt(account, language)
    return Figure(
        name="grdp_growth_contributions",
        title=say("growth.contributions.title", language, year=account.plan_year),
        subtitle=say(
            "growth.contributions.subtitle",
            language,
            year=account.plan_year,
            base=account.base_year,
        ),
        svg=document(width, height, theme, alt, parts),
        table=contribution_table(account),
        alt=alt,
        source=source_text(
            plan,
            ["grdp", "agriculture_value", "industry_value", "services_value"],
            EQUATIONS,
            draws,
            language,
        ),
    )


def _reach(account: GrowthAccount) -> tuple[float, float]:
    """The ends of the axis: every step, range, base year's mark and the plan."""
    marks = [0.0, account.growth]
    start = 0.0
    for sector in account.sectors:
        marks += [start + sector.contribution, start + sector.contribution - _lost(sector)]
        if sector.spread is not None:
            marks += [start + sector.spread.p10, start + sector.spread.p90]
        if sector.base is not None:
            marks.append(start + sector.base)
        start += sector.contribution
    if account.spread is not None:
        marks += [account.spread.p10, account.spread.p90]
    marks += [mark for mark in (account.base, _planned(account)) if mark is not None]
    low, high = min(marks), max(marks)
    pad = (high - low) / 40 if high > low else 1.0
    return low - pad, high + pad


def _planned(account: GrowthAccount) -> float | None:
    return None if account.target is None else account.target.target


def _lost(sector: SectorGrowth) -> float:
    """What effects and losses take from what the sector would add by itself; below 0."""
    return min(0.0, sector.contribution - sector.parts["own"])


def _ticks(frame: Frame, language: Language) -> Iterator[str]:
    for tick in nice_ticks(frame.x_low, frame.x_high, 6):
        x = frame.x(tick)
        yield line((x, frame.top - 4), (x, frame.bottom), colour="line")
        label = trimmed(tick, 6, language)
        yield text(x, frame.bottom + 15, label, anchor="middle", size=SMALL, colour="ink2")
    yield line((frame.x(0), frame.top - 4), (frame.x(0), frame.bottom), colour="ink2")


def _legend(account: GrowthAccount, language: Language) -> list[str]:
    """What the signs mean, in one line above the plot."""
    parts: list[str] = []
    x, y = 0.0, 11.0
    entries = [("adds", 12.0), ("range", 20.0), ("base", 8.0)]
    if any(_lost(sector) <= -LEAST_SAID for sector in account.sectors):
        entries.append(("lost", 12.0))
    for key, wide in entries:
        if key == "adds":
            parts.append(rect(x, y - 9, wide, 10, fill="accent"))
        elif key == "range":
            parts.append(line((x, y - 4), (x + wide, y - 4), colour="ink2", width=1.5))
        elif key == "base":
            parts.append(circle(x + 4, y - 4, 3, fill="panel", stroke="ink"))
        else:
            parts.append(rect(x, y - 9, wide, 10, fill="warnwash", stroke="warn"))
        words = say(f"growth.legend.{key}", language, base=account.base_year)
        parts.append(text(x + wide + 6, y, words, size=SMALL, colour="ink2"))
        x += wide + 6 + 0.92 * width_of(words, SMALL) + 14
    return parts


def _sector_row(
    sector: SectorGrowth,
    start: float,
    middle: float,
    frame: Frame,
    width: float,
    language: Language,
) -> list[str]:
    detail = say(
        "growth.sector_grows" if sector.growth >= 0 else "growth.sector_falls",
        language,
        weight=show(sector.weight, 1, language),
        growth=show(abs(sector.growth), 1, language),
    )
    end = start + sector.contribution
    left, right = sorted((frame.x(start), frame.x(end)))
    parts = [
        text(0, middle - 1, sector_name(sector.sector, language), size=13),
        text(0, middle + 14, detail, size=SMALL, colour="ink2"),
        rect(left, middle - BAR / 2, max(1.0, right - left), BAR, fill="accent"),
    ]
    lost = _lost(sector)
    if lost <= -LEAST_SAID:
        stop = frame.x(end - lost)
        parts.append(
            rect(
                frame.x(end), middle - BAR / 2, stop - frame.x(end), BAR,
                fill="warnwash", stroke="warn",
            )
        )  # fmt: skip
    parts += _whisker(sector.spread, start, middle + BAR / 2 + 6, frame)
    if sector.base is not None:
        mark = frame.x(start + sector.base)
        parts.append(circle(mark, middle + BAR / 2 + 6, 3, fill="panel", stroke="ink"))
    parts += _numbers(sector.contribution, sector.spread, middle, width, language)
    parts += _effect_label(sector, start, middle, frame, language)
    return parts


def _effect_label(
    sector: SectorGrowth, start: float, middle: float, frame: Frame, language: Language
) -> list[str]:
    """The largest effect or loss, said beside the bar where it is worth saying."""
    effects = {name: value for name, value in sector.parts.items() if name != "own"}
    name = max(effects, key=lambda part: abs(effects[part]))
    value = effects[name]
    if abs(value) < LEAST_SAID:
        return []
    words = say(
        "growth.effect",
        language,
        amount=signed(value, 2, language),
        part=say(f"growth.part.{name}", language),
    )
    ends = [start, start + sector.contribution, start + sector.contribution - _lost(sector)]
    right, left = frame.x(max(ends)), frame.x(min(ends))
    colour = "warn" if value < 0 else "accent"
    strip = frame.x(start + sector.contribution), frame.x(max(ends))
    if value < 0 and width_of(words, SMALL) + 12 <= strip[1] - strip[0]:
        return [text(strip[1] - 6, middle + 4, words, anchor="end", size=SMALL, colour=colour)]
    if right + 6 + width_of(words, SMALL) <= frame.right:
        return [text(right + 6, middle + 4, words, size=SMALL, colour=colour)]
    if left - 6 - width_of(words, SMALL) >= frame.left:
        return [text(left - 6, middle + 4, words, anchor="end", size=SMALL, colour=colour)]
    return [text(right, middle - BAR / 2 - 3, words, anchor="end", size=SMALL, colour=colour)]


def _whisker(spread: Range | None, start: float, y: float, frame: Frame) -> list[str]:
    if spread is None:
        return []
    low, high = frame.x(start + spread.p10), frame.x(start + spread.p90)
    middle = frame.x(start + spread.p50)
    return [
        line((low, y), (high, y), colour="ink2", width=1.5),
        line((middle, y - 3), (middle, y + 3), colour="ink2", width=1.5),
    ]


def _numbers(
    value: float, spread: Range | None, middle: float, width: float, language: Language
) -> list[str]:
    parts = [
        text(width - 2, middle - 1, points(value, language), anchor="end", size=13, weight=600)
    ]
    if spread is not None:
        around = span_text(spread.p10, spread.p90, 2, language)
        parts.append(text(width - 2, middle + 14, around, anchor="end", size=SMALL, colour="ink2"))
    return parts


def _total_row(
    account: GrowthAccount, middle: float, frame: Frame, width: float, language: Language
) -> list[str]:
    left, right = sorted((frame.x(0), frame.x(account.growth)))
    y = middle + BAR / 2 + 6
    parts = [
        line((0, middle - ROW / 2 + 2), (width, middle - ROW / 2 + 2), colour="line"),
        text(0, middle - 1, say("growth.total", language), size=13, weight=600),
        text(0, middle + 14, say("growth.central_run", language), size=SMALL, colour="ink2"),
        rect(left, middle - BAR / 2, max(1.0, right - left), BAR, fill="solid"),
        *_whisker(account.spread, 0.0, y, frame),
        *_numbers(account.growth, account.spread, middle, width, language),
    ]
    if account.base is not None:
        parts.append(circle(frame.x(account.base), y, 3, fill="panel", stroke="ink"))
    planned = _planned(account)
    if planned is not None:
        x = frame.x(planned)
        words = say("indicator.plan", language, value=points(planned, language))
        parts.append(line((x, HEAD - 12), (x, frame.bottom), colour="ink", width=2))
        anchor = "end" if x + width_of(words, 12) / 2 > width else "middle"
        parts.append(text(x, HEAD - 16, words, anchor=anchor, weight=600))
    return parts


def _contributions_alt(account: GrowthAccount, language: Language) -> str:
    pieces = [
        f"{sector_name(sector.sector, language)} {points(sector.contribution, language)}"
        for sector in account.sectors
    ]
    return say(
        "growth.contributions.alt",
        language,
        year=account.plan_year,
        growth=points(account.growth, language),
        pieces="; ".join(pieces),
    )


def contribution_table(account: GrowthAccount) -> pd.DataFrame:
    """Each sector's weight, growth, parts and contribution, and the total, one a row."""
    year, base = account.plan_year, account.base_year
    rows = []
    for sector in account.sectors:
        row: dict[str, object] = {
            "sector": sector.sector,
            f"weight_{base}_percent_of_grdp_2010_prices": sector.weight,
            f"own_growth_{year}_percent": sector.own_growth,
            f"growth_{year}_percent": sector.growth,
        }
        row |= {f"{part}_{year}_points": sector.parts[part] for part in PARTS}
        rows.append(row | _ends(sector.contribution, sector.spread, sector.base, year, base))
    total: dict[str, object] = {
        "sector": "grdp",
        f"weight_{base}_percent_of_grdp_2010_prices": sum(s.weight for s in account.sectors),
        f"own_growth_{year}_percent": account.total("own"),
        f"growth_{year}_percent": account.growth,
    }
    total |= {f"{part}_{year}_points": account.total(part) for part in PARTS}
    rows.append(total | _ends(account.growth, account.spread, account.base, year, base))
    return pd.DataFrame(rows)


def _ends(
    value: float, spread: Range | None, before: float | None, year: int, base: int
) -> dict[str, object]:
    return {
        f"contribution_central_{year}_points": value,
        f"contribution_p10_{year}_points": None if spread is None else spread.p10,
        f"contribution_p50_{year}_points": None if spread is None else spread.p50,
        f"contribution_p90_{year}_points": None if spread is None else spread.p90,
        f"contribution_{base}_points": before,
    }


def parts_rows(account: GrowthAccount, language: Language) -> tuple[list[str], list[list[str]]]:
    """A table for the screen: head, then a row a sector and the total; numbers are central."""
    shown = [part for part in PARTS if any(s.parts[part] for s in account.sectors)]
    shown = [part for part in PARTS if part in shown or part in {"own", "investment", "epidemic"}]
    head = [
        say("growth.column.sector", language),
        say("growth.column.weight", language, year=account.base_year),
        say("growth.column.growth", language, year=account.plan_year),
        *(say(f"growth.part.{part}", language) for part in shown),
        say("growth.column.contribution", language),
    ]

    def row(
        name: str, weight: float, growth: float, parts: Mapping[str, float], value: float
    ) -> list[str]:
        return [
            name,
            f"{show(weight, 2, language)}%",
            f"{points(growth, language)}%",
            *(_part_text(parts[part], part, language) for part in shown),
            points(value, language),
        ]

    rows = [
        row(sector_name(s.sector, language), s.weight, s.growth, s.parts, s.contribution)
        for s in account.sectors
    ]
    totals = {part: account.total(part) for part in PARTS}
    whole = sum(sector.weight for sector in account.sectors)
    rows.append(row(say("growth.total", language), whole, account.growth, totals, account.growth))
    return head, rows


def _part_text(value: float, part: str, language: Language) -> str:
    if part == "own":
        return points(value, language)
    return signed(round(value, 2), 2, language) if round(value, 2) else show(0, 0, language)


def box_details(account: GrowthAccount, language: Language) -> dict[str, list[str]]:
    """What the boxes of the sectors say in the picture of what decides GRDP growth."""
    return {
        f"{sector.sector}_value": [
            f"{signed(sector.growth, 1, language) or show(0, 1, language)}%,",
            say("growth.box", language, points=points(sector.contribution, language)),
        ]
        for sector in account.sectors
    }


def growth_glances(card: Scorecard, account: PerHead, language: Language) -> list[Glance]:
    """The numbers above the pictures: growth, GRDP per head with their chances, and nominal GRDP."""
    glances = []
    for name in ("grdp_growth", "grdp_per_capita"):
        row = card.rows.get(name)
        if row is None or row.quantiles is None:
            continue
        p10, p50, p90 = row.quantiles
        unit = "%" if name == "grdp_growth" else f" {unit_name(row.target.unit, language)}"
        year = account.plan_year
        label = say("growth.glance.range", language, name=row.target.short(language), year=year)
        around = span_text(p10, p90, 2, language)
        glances.append(Glance(label, f"{points(p50, language)}{unit}", around))
        if row.plan_chance is not None and row.target.target is not None:
            band = likelihood(row.plan_chance)
            wanted = f"{points(row.target.target, language)}{unit}"
            glances.append(
                Glance(
                    say("growth.glance.plan", language, value=wanted),
                    show_chance(row.plan_chance, language),
                    band.vi if language == "vi" else band.en,
                    likelihood=band.code,
                )
            )
    if account.nominal_spread is not None:
        nominal = account.nominal_spread
        around = span_text(nominal.p10, nominal.p90, 0, language)
        unit = unit_name("billion_vnd", language)
        label = say("growth.glance.nominal", language, year=account.plan_year)
        glances.append(Glance(label, f"{show(nominal.p50, 0, language)} {unit}", around))
    return glances


def method_note(draws: int, language: Language) -> str:
    """How the split is made, for the foot of the page."""
    return say("growth.method", language) + " " + model_text(EQUATIONS, draws, language) + "."
