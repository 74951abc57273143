"""What does a row of the board look like? One target: range, plan, chance, Resolution, change."""

from dataclasses import dataclass
from typing import Any

from simulator.cockpit.icons import triangle
from simulator.cockpit.markup import Markup, join, tag
from simulator.drawing import svg
from simulator.language import Language, say, show, show_chance, unit_name
from simulator.likelihood import likelihood, shown_chance, unlikely_to
from simulator.plan import Plan
from simulator.scorecard import Scorecard, TargetScore
from simulator.wording import number_or_blank, resolution_text, shown_decimals, signed

PLOT_WIDTH, ROW_HEIGHT = 84.0, 27.0
BAR_HEIGHT = 6.0
RESOLUTION_WIDTH, RESOLUTION_HEIGHT = 25.0, 10.0
HALF_STEP = 0.5
ROUND_FROM = 1000
WORDS = (
    "strip", "sector", "median", "sort", "sort_plan", "sort_chance", "sort_gap", "sort_change", "search",
    "board", "none", "again", "copy", "copied", "type_baseline", "cancel", "take", "filter_scored",
    "filter_resolution", "filter_risk", "filter_moved", "filter_all",
)  # fmt: skip
COLUMNS = ("target", "base", "plot", "median", "plan", "gap", "chance", "resolution", "change")


@dataclass(frozen=True)
class Row:
    """One row: its cells as HTML, and what filters and sorting need."""

    name: str
    html: str
    facets: dict[str, Any]


def rows(card: Scorecard, before: Scorecard | None, language: Language) -> list[Row]:
    """All rows of the board in the plan's order, with the change since another scorecard."""
    return [
        row(score, before.rows.get(name) if before else None, card, language)
        for name, score in card.rows.items()
    ]


def row(score: TargetScore, before: TargetScore | None, card: Scorecard, language: Language) -> Row:
    """One row of the board."""
    target = score.target
    year = card.projection.plan.sheet.base_year
    decimals = board_decimals(score)
    median = score.quantiles[1] if score.quantiles else None
    judged = score.method != "simulated"
    change = chance_change(score, before)
    cells = (
        tag("th", name_cell(score, language), scope="row", class_="name"),
        tag("td", number_or_blank(score.base, decimals, language) or "–", class_="number base"),
        tag("td", _ask(score, card, language) or _plot(score, language, year), class_="plot"),
        tag("td", number_or_blank(median, decimals, language), class_="number median"),
        tag(
            "td",
            plan_cell(score, decimals, language),
            class_="number plan",
            data_label=say("board.plan", language),
        ),
        tag("td", signed(score.distance, decimals, language), class_=_gap_class(score, decimals)),
        tag("td", _chance(score, language, year), class_="chance"),
        tag("td", _resolution(score, language), class_="resolution"),
        tag("td", _change(score, before, language), class_="change"),
    )
    facets = {
        "sector": target.sector,
        "resolution": score.resolution is not None and score.counted,
        "risk": score.plan_chance is not None and not judged and score.plan_chance < unlikely_to(),
        "moved": change is not None and change != 0,
        "scored": score.counted,
        "judged": judged and score.method != "forecast",
        "chance": score.plan_chance,
        "gap": score.achievement,
        "change": change or None,
        "title": target.title(language),
        "tip": _tip(score, card, language),
        "text": f"{target.title_vi} {target.title_en} {target.name}".lower(),
    }
    return Row(score.name, join(cells), facets)


def board_decimals(score: TargetScore) -> int:
    """Decimals for a row: none from a thousand on, where the last digits only take room."""
    size = abs(score.target.target or 0.0)
    return 0 if size >= ROUND_FROM else shown_decimals(score)


def name_cell(score: TargetScore, language: Language) -> Markup:
    """The name of a row with its unit, and a note where the target is a share of a whole."""
    target = score.target
    unit = unit_name(target.unit, language)
    note = None
    if is_structure(score):
        told = say("board.structure_note", language)
        ring = svg.circle(6, 6, 5, stroke="ink3", stroke_width=1)
        letter = svg.text(6, 9, "i", anchor="middle", size=9, colour="ink3")
        note = tag("span", picture(12, 12, told, [ring, letter]), class_="note")
    return tag(
        "div",
        tag("span", tag("span", target.short(language), class_="title"), note),
        tag("span", unit, class_="unit") if unit else None,
    )


def _tip(score: TargetScore, card: Scorecard, language: Language) -> str:
    """What is told over a row: title with unit and year, the numbers behind the plot, a note."""
    sheet = card.projection.plan.sheet
    lines = [tip_title(score, sheet.plan_year, language)]
    if score.quantiles is not None:
        lines.append(_range_text(score, language, sheet.base_year))
    elif score.reason:
        lines.append(say(f"reason.{score.reason}", language, year=sheet.base_year))
    if is_structure(score):
        lines.append(say("board.structure_note", language))
    return "\n".join(line for line in lines if line)


def tip_title(score: TargetScore, year: int, language: Language) -> str:
    """What is told first over a row: the title with unit and year."""
    unit = unit_name(score.target.unit, language)
    told = ", ".join(part for part in (score.target.title(language), unit) if part)
    return f"{told}, {year}"


def _range_text(score: TargetScore, language: Language, year: int) -> str:
    decimals = board_decimals(score)
    p10, p50, p90 = score.quantiles or (None, None, None)
    return say(
        "board.plot",
        language,
        p10=number_or_blank(p10, decimals, language),
        p50=number_or_blank(p50, decimals, language),
        p90=number_or_blank(p90, decimals, language),
        base=number_or_blank(score.base, decimals, language) or "–",
        year=year,
    )


def is_structure(score: TargetScore) -> bool:
    """Whether a row is one of the shares that are bound together."""
    return score.target.unit == "percent_of_grdp"


def plan_cell(score: TargetScore, decimals: int, language: Language) -> str:
    """What the plan wants, with a sign where less is wanted."""
    target = score.target
    if target.target is None:
        return tag("span", say("board.done", language), class_="unit")
    sign = "≤ " if target.sense == "at_most" else ""
    return sign + show(target.target, decimals, language)


def _gap_class(score: TargetScore, decimals: int) -> str:
    gap = round(score.distance or 0.0, decimals)
    short = gap < 0 and score.target.sense != "neutral"
    return "number gap warn" if short else "number gap"


def _plot(score: TargetScore, language: Language, year: int) -> Markup:
    target = score.target
    middle = PLOT_WIDTH / 2
    if score.quantiles is None or target.target is None:
        return tag("span", reason_text(score, language, year), class_="unit")
    sign = -1.0 if target.sense == "at_most" else 1.0
    points = {
        key: sign * (value - target.target)
        for key, value in zip(("p10", "p50", "p90"), score.quantiles, strict=True)
    }
    base = None if score.base is None else sign * (score.base - target.target)
    reach = max(abs(value) for value in (*points.values(), base or 0.0)) or 1.0

    def at(value: float) -> float:
        return middle + value / reach * (middle - 3)

    low, high = sorted((at(points["p10"]), at(points["p90"])))
    top = ROW_HEIGHT / 2 - BAR_HEIGHT / 2 - 1
    parts = [
        svg.rect(low, top, min(high, middle) - low, BAR_HEIGHT, fill="fail"),
        svg.rect(max(low, middle), top, high - max(low, middle), BAR_HEIGHT, fill="mid"),
        svg.line((middle, 0), (middle, ROW_HEIGHT), colour="ink2", width=1.5),
        svg.circle(at(points["p50"]), top + BAR_HEIGHT / 2, 3.5, fill="ink"),
    ]
    if base is not None:
        parts.append(
            svg.circle(at(base), ROW_HEIGHT - 5, 2.5, fill="panel", stroke="ink2", stroke_width=1.2)
        )
    return picture(PLOT_WIDTH, ROW_HEIGHT, _range_text(score, language, year), parts)


def picture(width: float, height: float, label: str, parts: list[str]) -> Markup:
    """A small SVG inside the page, which takes its colours from the page."""
    return tag(
        "svg",
        Markup("".join(parts)),
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        role="img",
        aria_label=label,
    )


def sign_of(code: str, size: float = 14) -> Markup:
    """The shape of a likelihood word; the word itself stands beside it."""
    return tag(
        "svg",
        Markup(svg.shape(code, size / 2, size / 2, size)),
        viewBox=f"0 0 {size:g} {size:g}",
        width=f"{size:g}",
        height=f"{size:g}",
        aria_hidden="true",
        class_="shape",
    )


def reason_text(score: TargetScore, language: Language, year: int) -> str:
    """Why a row is not simulated, in a few words."""
    return say(f"board.{score.reason}", language, year=year) if score.reason else ""


def _chance(score: TargetScore, language: Language, year: int) -> Markup:
    if score.plan_chance is None:
        return tag("span", reason_text(score, language, year), class_="unit")
    band = likelihood(score.plan_chance)
    return join(
        (
            sign_of(band.code),
            tag("b", show_chance(score.plan_chance, language)),
            tag("span", band.vi if language == "vi" else band.en, class_="word"),
        )
    )


def _ask(score: TargetScore, card: Scorecard, language: Language) -> Markup | None:
    """The button that takes a baseline, where the row lacks nothing else."""
    if score.reason != "no_baseline" or score.name not in _typable(card):
        return None
    label = say("board.type_baseline", language)
    return tag("button", label, type="button", class_="baseline", data_name=score.name)


def _typable(card: Scorecard) -> frozenset[str]:
    return frozenset(
        name for name in card.projection.unprojected if name in card.projection.plan.targets
    )


def _resolution(score: TargetScore, language: Language) -> Markup:
    if score.resolution is None or score.resolution_bound is None:
        key = "not_assessable" if score.verdict == "not_assessable" else "none"
        return tag("span", say(f"verdict.{key}", language), class_="unit")
    low, high = score.resolution
    width, height = RESOLUTION_WIDTH, RESOLUTION_HEIGHT
    parts = [
        svg.rect(0.5, 0.5, width - 1, height - 1, fill="panel", stroke="edge"),
        svg.rect(1, 1, low * (width - 2), height - 2, fill="solid"),
    ]
    if high > low:
        parts.append(
            f'<rect x="{1 + low * (width - 2):.1f}" y="1" width="{(high - low) * (width - 2):.1f}" '
            f'height="{height - 2:g}" fill="url(#hatch)"/>'
        )
    if score.resolution_bound == "point":
        parts.append(svg.rect(low * (width - 3), 0, 2.5, height, fill="ink"))
    said = resolution_text(score, language)
    verdict = say(f"verdict.{score.verdict or 'none'}", language)
    unclear = score.target.verdict_scope == "ambiguous"
    tip = say("board.verdict_tip", language, verdict=verdict)
    if unclear:
        tip = f"{tip} {say('board.scope_unclear', language)}"
    return join(
        (
            tag(
                "span",
                said,
                class_="bound unclear" if unclear else "bound",
                data_tip=f"{said}\n{tip}",
            ),
            picture(width, height, f"{said}. {tip}", parts),
        )
    )


def chance_change(score: TargetScore, before: TargetScore | None) -> float | None:
    """The change of a chance since another scorecard; None where either has none."""
    if before is None or score.plan_chance is None or before.plan_chance is None:
        return None
    return score.plan_chance - before.plan_chance


def shown_change(score: TargetScore, before: TargetScore | None) -> float:
    """The difference of the chances as they are shown, in tenths."""
    if before is None or score.plan_chance is None or before.plan_chance is None:
        return 0.0
    return 10 * (shown_chance(score.plan_chance) - shown_chance(before.plan_chance))


def _change(score: TargetScore, before: TargetScore | None, language: Language) -> Markup | None:
    change = chance_change(score, before)
    if not change:
        return None
    difference = shown_change(score, before)
    better = change > 0
    hollow = abs(difference) < HALF_STEP
    label = say("board.better" if better else "board.worse", language)
    text = "" if hollow else signed(difference, 1, language)
    return tag(
        "span",
        triangle(up=better, hollow=hollow),
        tag("span", label, class_="sr"),
        text and f" {text}",
        class_="up" if better else "down",
    )


def head(language: Language, base_year: int, plan_year: int) -> Markup:
    """The heads of the columns."""
    cells = [
        tag(
            "th",
            *(
                (
                    tag("span", say("board.not_met_side", language)),
                    tag("span", say("board.met_side", language)),
                )
                if key == "plot"
                else (say(f"board.{key}", language, base=base_year, year=plan_year),)
            ),
            scope="col",
            class_=f"h-{key}",
        )
        for key in COLUMNS
    ]
    return tag("tr", *cells)


def board(plan: Plan, language: Language) -> dict[str, Any]:
    """The board itself, which stays the same while levers move: columns, filters, words."""
    sectors = dict.fromkeys(target.sector for target in plan.targets.values())
    words = {word: say(f"board.{word}", language) for word in WORDS}
    return {
        "language": language,
        "head": head(language, plan.sheet.base_year, plan.sheet.plan_year),
        "words": words | {"base": str(plan.sheet.base_year)},
        "sectors": [[sector, say(f"sector.{sector}", language)] for sector in sectors],
    }
