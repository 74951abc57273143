"""What was learned of the year? Its numbers at a glance, its sentences, and the board before and after."""

from collections.abc import Iterable
from dataclasses import replace

from simulator.cockpit.board_view import (
    HALF_STEP,
    board_decimals,
    chance_change,
    picture,
    shown_change,
    sign_of,
)
from simulator.cockpit.icons import triangle
from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.page_view import card, notes, sending
from simulator.cockpit.year import ALL, MOVED
from simulator.drawing import svg
from simulator.drawing.words import Glance
from simulator.insight.tracking import sentences, warnings
from simulator.language import Language, say, show, show_chance, unit_name
from simulator.likelihood import likelihood
from simulator.plan import Plan
from simulator.scorecard import TargetScore
from simulator.track import Tracked
from simulator.wording import number_or_blank, signed

PLOT, HEIGHT = 104.0, 26.0
BEFORE, AFTER = 6.0, 16.0
"""How far down the two bars lie."""
BAR = 5.0
FIRST_ROWS = 15
COLUMNS = ("target", "before", "plot", "after", "plan", "chance", "then", "change")


def glances(tracked: Tracked, language: Language) -> list[Glance]:
    """The numbers above the page: targets expected before and after, what taught, what still counts."""
    found = []
    before, after = tracked.prior.count.plan, tracked.posterior.count
    if before is not None and after.plan is not None:
        shift = f"{show(before.mean, 1, language)} → {show(after.plan.mean, 1, language)}"
        of = say("year.of", language, count=after.scored)
        found.append(Glance(say("year.expected", language), shift, of))
    told = len(tracked.used) + len(tracked.set_aside)
    of = say("year.of", language, count=told)
    found.append(Glance(say("year.taught", language), str(len(tracked.used)), of))
    draws = tracked.prior.projection.scenario.draws
    counting = draws if tracked.weights is None else tracked.weights.effective
    of = say("year.of", language, count=show(draws, 0, language))
    found.append(Glance(say("year.effective", language), show(counting, 0, language), of))
    return found


def lessons(tracked: Tracked, unfit: Iterable[str], language: Language) -> Markup:
    """What a planner should know first, a warning apart; why figures are set aside says the log."""
    warned = warnings(tracked, language)
    told = sentences(replace(tracked, set_aside=()), language)[1:]
    lines = [text for text in told if text not in warned]
    if tracked.set_aside:
        lines.append(say("year.log.left", language, count=len(tracked.set_aside)))
    listed = tag("ul", *(tag("li", text) for text in (*lines, *unfit)), class_="told")
    return card(listed, notes(warned), title=say("year.lessons", language))


def has_moved(before: TargetScore, after: TargetScore) -> bool:
    """Whether anything that is shown of a target differs: its chance in half tenths, its median."""
    if abs(shown_change(after, before)) >= HALF_STEP or before.reason != after.reason:
        return True
    if before.quantiles is None or after.quantiles is None:
        return before.quantiles != after.quantiles
    decimals = board_decimals(before)
    return round(before.quantiles[1], decimals) != round(after.quantiles[1], decimals)


def board(tracked: Tracked, shown: str, language: Language) -> Markup:
    """Every target before and after what was seen, of those that the filter lets through."""
    plan = tracked.prior.projection.plan
    pairs = [(row, tracked.posterior.rows[name]) for name, row in tracked.prior.rows.items()]
    known = [pair for pair in pairs if any(row.plan_chance is not None for row in pair)]
    moved = [pair for pair in known if has_moved(*pair)]
    if shown == MOVED:
        rows = sorted(moved, key=_least_moved_last)
    else:
        rows = [pair for pair in known if shown in {ALL, pair[0].target.sector}]
    body = [
        tag("tr", *_cells(before, after, language), class_="rest" if at >= FIRST_ROWS else None)
        for at, (before, after) in enumerate(rows)
    ]
    table = tag(
        "table",
        tag("thead", _head(plan, language)),
        tag("tbody", *body),
        class_="folded years",
    )
    shown_rows = (
        tag("div", table, _unfold(len(rows), language), class_="wide"),
        tag("p", say("year.board_how", language), class_="secondary"),
    )
    none = "year.none_moved" if tracked.used else "year.start"
    return card(
        tag("div", _filters(plan, shown, len(moved), len(known), language), class_="filters"),
        *(shown_rows if rows else (tag("p", say(none, language)),)),
        title=say("track.title.board", language),
    )


def _unfold(count: int, language: Language) -> Markup | None:
    if count <= FIRST_ROWS:
        return None
    return tag(
        "button",
        say("year.all_rows", language, count=count),
        type="button",
        class_="link",
        data_unfold="year_board",
        data_fewer=say("year.fewer_rows", language),
    )


def _filters(plan: Plan, shown: str, moved: int, known: int, language: Language) -> Markup:
    buttons = [
        tag(
            "button",
            say(f"year.show.{key}", language, count=count),
            type="button",
            aria_pressed=str(key == shown).lower(),
            data_send=sending("year", change="show", value=key),
        )
        for key, count in ((MOVED, moved), (ALL, known))
    ]
    sectors = list(dict.fromkeys(row.sector for row in plan.targets.values()))
    label, which = say("year.sector", language), say("year.which", language)
    options = [
        tag(
            "option",
            say(f"sector.{sector}", language),
            value=sector,
            selected="selected" if sector == shown else None,
        )
        for sector in sectors
    ]
    select = tag(
        "select",
        tag("option", label, value=MOVED),
        *options,
        class_="pick",
        aria_label=label,
        data_send=sending("year", change="show"),
    )
    group = tag("div", *buttons, class_="segments", role="group", aria_label=which)
    return join((group, select))


def _head(plan: Plan, language: Language) -> Markup:
    year = plan.sheet.plan_year
    cells = [
        tag("th", say(f"year.column.{key}", language, year=year), scope="col", class_=f"at-{key}")
        for key in COLUMNS
    ]
    return tag("tr", *cells)


def _cells(before: TargetScore, after: TargetScore, language: Language) -> list[Markup]:
    target = after.target
    decimals = board_decimals(before if before.quantiles else after)
    unit = unit_name(target.unit, language)
    name = tag(
        "button", target.short(language), type="button", class_="link", data_open=target.name
    )
    told = tag("div", unit, class_="secondary") if unit else None
    return [
        tag("th", name, told, scope="row"),
        tag("td", _range(before, decimals, language)),
        tag("td", _plot(before, after, decimals, language), class_="at-plot"),
        tag("td", _range(after, decimals, language, strong=True)),
        tag("td", _plan(after, decimals, language)),
        tag("td", _chance(before, language), class_="at-chance"),
        tag("td", _chance(after, language, word=True), class_="at-then"),
        tag("td", _change(before, after, language)),
    ]


def _range(
    row: TargetScore, decimals: int, language: Language, *, strong: bool = False
) -> Markup | None:
    if row.quantiles is None:
        return None
    low, middle, high = (show(value, decimals, language) for value in row.quantiles)
    median = tag("b", middle) if strong else tag("span", middle)
    return join((median, tag("div", f"{low}–{high}", class_="secondary") if low != high else None))


def _plan(row: TargetScore, decimals: int, language: Language) -> str:
    sign = "≤ " if row.target.sense == "at_most" and row.target.target is not None else ""
    return sign + number_or_blank(row.target.target, decimals, language)


def _chance(row: TargetScore, language: Language, *, word: bool = False) -> Markup | None:
    if row.plan_chance is None:
        return None
    band = likelihood(row.plan_chance)
    name = band.vi if language == "vi" else band.en
    label = tag("span", f" {name}", class_="word" if word else "sr")
    return join((sign_of(band.code), " ", tag("b", show_chance(row.plan_chance, language)), label))


def _least_moved_last(pair: tuple[TargetScore, TargetScore]) -> tuple[float, float]:
    """An order by the change as it is shown, and where that is the same by the change itself."""
    before, after = pair
    change = chance_change(after, before) or 0.0
    return -abs(shown_change(after, before)), -abs(change)


def _change(before: TargetScore, after: TargetScore, language: Language) -> Markup | None:
    change = chance_change(after, before)
    if not change:
        return None
    difference = shown_change(after, before)
    hollow, better = abs(difference) < HALF_STEP, change > 0
    return tag(
        "span",
        triangle(up=better, hollow=hollow),
        tag("span", say("board.better" if better else "board.worse", language), class_="sr"),
        None if hollow else f" {signed(difference, 1, language)}",
        class_="up" if better else "down",
    )


def _plot(
    before: TargetScore, after: TargetScore, decimals: int, language: Language
) -> Markup | None:
    """Two bars around the plan's line: above as it was expected before, below after; right is better."""
    target = after.target.target
    if target is None or (before.quantiles is None and after.quantiles is None):
        return None
    sign = -1.0 if after.target.sense == "at_most" else 1.0
    spans = [
        tuple(sign * (value - target) for value in row.quantiles) if row.quantiles else None
        for row in (before, after)
    ]
    reach = max(abs(value) for span in spans if span for value in span) or 1.0
    middle = PLOT / 2

    def at(value: float) -> float:
        return middle + value / reach * (middle - 4)

    parts = [svg.line((middle, 0), (middle, HEIGHT), colour="ink2", width=1.5)]
    for span, top, fill in ((spans[0], BEFORE, "fail"), (spans[1], AFTER, "mid")):
        if span is None:
            continue
        low, high = sorted((at(span[0]), at(span[2])))
        parts.append(svg.rect(low, top - BAR / 2, high - low, BAR, fill=fill))
        ring = "" if fill == "mid" else "ink2"
        parts.append(svg.circle(at(span[1]), top, 3, fill="panel" if ring else "ink", stroke=ring))
    label = say(
        "year.plot",
        language,
        before=_spoken(before, decimals, language),
        after=_spoken(after, decimals, language),
        plan=show(target, decimals, language),
    )
    return picture(PLOT, HEIGHT, label, parts)


def _spoken(row: TargetScore, decimals: int, language: Language) -> str:
    if row.quantiles is None:
        return "–"
    low, middle, high = (show(value, decimals, language) for value in row.quantiles)
    return say("year.spoken", language, low=low, middle=middle, high=high)
