"""Which scenario does what? Heads, differing levers, outcomes and the matrix of verdicts."""

from collections.abc import Sequence

from simulator.assumptions import Setting
from simulator.cockpit.board_view import board_decimals, picture, sign_of
from simulator.cockpit.icons import triangle
from simulator.cockpit.lever_panel import value_text
from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.page_view import card, table
from simulator.compare import Comparison, Input, Outcome
from simulator.drawing import svg
from simulator.insight.comparison import input_texts
from simulator.insight.naming import short_title
from simulator.language import Language, say, show, show_chance, unit_name
from simulator.likelihood import likelihood
from simulator.scorecard import Count
from simulator.wording import number_or_blank, signed

MARKS = ("ink", "l2", "l5", "l3", "l4", "l1")
"""The colour of each scenario's mark, beside its shape."""
PLOT, PLOT_HEIGHT = 108.0, 14.0
BAR, BAR_HEIGHT = 150.0, 9.0
SPAN, SPAN_HEIGHT = 250.0, 14.0
FIRST_OUTCOMES = 8
MOST_SAID = 3
"""Scenarios that are still summed up in a sentence each."""


def mark(at: int, x: float, y: float) -> str:
    """The sign of a scenario: a line for the base, then triangles, square, diamond and disc."""
    colour = MARKS[at]
    shapes = {
        0: svg.rect(x - 1, y - 6, 2, 12, fill=colour),
        1: svg.polygon([(x - 4.5, y - 4), (x + 4.5, y - 4), (x, y + 4)], fill=colour),
        2: svg.polygon([(x - 4.5, y + 4), (x + 4.5, y + 4), (x, y - 4)], fill=colour),
        3: svg.rect(x - 3.5, y - 3.5, 7, 7, fill=colour),
        4: svg.polygon([(x - 5, y), (x, y - 5), (x + 5, y), (x, y + 5)], fill=colour),
        5: svg.circle(x, y, 4, fill=colour),
    }
    return shapes[at]


def sign(at: int, title: str) -> Markup:
    """A scenario's sign on its own."""
    return picture(12, 12, title, [mark(at, 6, 6)])


def heads(comparison: Comparison, titles: Sequence[str], language: Language) -> Markup:
    """A card for each scenario: how many targets it meets, and how that differs from the base."""
    counts = [one.count for one in comparison.cards]
    most = max([count.plan.p95 for count in counts if count.plan], default=1)
    least = min([count.plan.p05 for count in counts if count.plan], default=0)
    cards = [
        _head(comparison, at, titles[at], (least, most), language) for at in range(len(counts))
    ]
    return tag("div", *cards, class_="versus")


def _head(
    comparison: Comparison, at: int, title: str, ends: tuple[int, int], language: Language
) -> Markup:
    count, base = comparison.cards[at].count, comparison.cards[0].count
    if count.plan is None or base.plan is None:
        return Markup()
    changed = len(comparison.cards[at].projection.scenario.changes)
    key = "compare.levers" if changed > 1 else "compare.lever" if changed else "compare.no_levers"
    levers = say(key, language, count=changed)
    move = count.plan.mean - base.plan.mean
    delta = None
    if at:
        delta = tag(
            "span",
            triangle(up=move > 0) if move else None,
            f" {signed(move, 1, language)}" if move else "=",
            class_="up" if move > 0 else "down" if move < 0 else "secondary",
        )
    low, high = ends
    scale = (SPAN - 16) / max(1, high - low)

    def x(value: float) -> float:
        return 8 + scale * (value - low)

    span = [
        svg.line((0, 7), (SPAN, 7)),
        svg.rect(x(count.plan.p05), 4, x(count.plan.p95) - x(count.plan.p05), 6, fill="fail"),
        svg.line((x(base.plan.mean), 0), (x(base.plan.mean), 14), colour="ink", width=1.5),
        svg.circle(x(count.plan.mean), 7, 4, fill="ink"),
    ]
    interval = say("compare.interval", language, low=count.plan.p05, high=count.plan.p95)
    lines = [
        tag(
            "p", sign(at, title), " ", tag("b", title), " ", tag("span", levers, class_="secondary")
        ),
        tag(
            "p",
            tag("strong", show(count.plan.mean, 1, language)),
            f" {say('compare.of', language, scored=count.scored)} ",
            delta,
        ),
        tag("p", picture(SPAN, SPAN_HEIGHT, interval, span), f" {interval}"),
        _resolution(count, language),
        _against(comparison, at, language),
    ]
    return tag("section", *lines, class_="card")


def _resolution(count: Count, language: Language) -> Markup | None:
    if count.resolution_low is None or count.resolution_high is None:
        return None
    low, high = count.resolution_low.mean, count.resolution_high.mean
    scale = (BAR - 2) / count.judged
    text = say(
        "compare.resolution_between",
        language,
        low=show(low, 1, language),
        high=show(high, 1, language),
        judged=count.judged,
    )
    parts = [
        svg.rect(0.5, 0.5, BAR - 1, BAR_HEIGHT - 1, fill="panel", stroke="edge"),
        svg.rect(1, 1, low * scale, BAR_HEIGHT - 2, fill="solid"),
        svg.rect(
            1 + low * scale, 1, (high - low) * scale, BAR_HEIGHT - 2, fill="hatch", opacity=0.5
        ),
    ]
    return tag("p", picture(BAR, BAR_HEIGHT, text, parts), f" {text}", class_="secondary")


def _against(comparison: Comparison, at: int, language: Language) -> Markup | None:
    against = comparison.against[at]
    if not at or against is None:
        return None
    shares = {
        key: f"{show(100 * share, 0, language)}%"
        for key, share in (("more", against.more), ("fewer", against.fewer))
    }
    return tag("p", say("compare.against_short", language, **shares), class_="secondary")


def columns(titles: Sequence[str]) -> list[Markup]:
    """The scenarios as heads of columns."""
    return [join((sign(at, title), " ", tag("span", title))) for at, title in enumerate(titles)]


def inputs(comparison: Comparison, titles: Sequence[str], language: Language) -> Markup:
    """The levers that differ, on their range and in numbers."""
    rows = []
    catalogue = comparison.cards[0].projection.plan.catalogue
    for found in comparison.inputs:
        name, *texts = input_texts(comparison, found, language)
        if found.kind == "assumption":
            name = catalogue.assumptions[found.name].short(language)
        rows.append([name, _range(comparison, found, titles, language), *texts])
    same = len(catalogue.assumptions) - sum(
        found.kind == "assumption" for found in comparison.inputs
    )
    heading = [say("compare.levers_differ", language), "", *columns(titles)]
    body = table(heading, rows) if rows else tag("p", say("compare.nothing", language))
    note = tag("p", say("compare.same_levers", language, count=same), class_="secondary")
    return _panel(say("compare.inputs", language), body, note)


def _range(
    comparison: Comparison, found: Input, titles: Sequence[str], language: Language
) -> Markup:
    row = comparison.cards[0].projection.plan.catalogue.assumptions.get(found.name)
    if row is None:
        return Markup()
    centres = [value.centre for value in found.values if isinstance(value, Setting)]

    def x(value: float) -> float:
        return 6 + (PLOT - 12) * (value - row.low) / (row.high - row.low or 1)

    middle = PLOT_HEIGHT / 2
    parts = [
        svg.line((0, middle), (PLOT, middle), width=1.5),
        svg.line((x(min(centres)), middle), (x(max(centres)), middle), colour="edge", width=1.5),
        *(mark(at, x(value), middle) for at, value in reversed(list(enumerate(centres)))),
    ]
    said = "; ".join(
        f"{title}: {value_text(row, value, language)}"
        for title, value in zip(titles, centres, strict=True)
    )
    return picture(PLOT, PLOT_HEIGHT, said, parts)


def outcomes(comparison: Comparison, titles: Sequence[str], language: Language) -> Markup:
    """Medians and how they differ from the base, those that differ most against their spread first."""
    moved = sorted(
        (outcome for outcome in comparison.outcomes if _move(outcome) > 0),
        key=lambda outcome: -_move(outcome),
    )
    year = comparison.cards[0].projection.plan.sheet.plan_year
    heading = [
        say("compare.median", language, year=year),
        say("compare.plan", language),
        *columns(titles),
    ]
    rows = [_outcome(comparison, outcome, language) for outcome in moved]
    first = (
        table(heading, rows[:FIRST_OUTCOMES])
        if rows
        else tag("p", say("compare.nothing", language))
    )
    rest = rows[FIRST_OUTCOMES:]
    more = None
    if rest:
        summary = tag("summary", say("compare.more_outcomes", language, count=len(rest)))
        more = tag("details", summary, table(heading, rest))
    note = tag("p", say("compare.equal_note", language), class_="secondary")
    return _panel(
        say("compare.medians", language), first, more, note, _summary(comparison, titles, language)
    )


def _move(outcome: Outcome) -> float:
    first = outcome.rows[0].quantiles
    if first is None:
        return 0.0
    width = first[2] - first[0]
    moves = [abs(value - first[1]) for value in outcome.medians if value is not None]
    return max(moves) / width if width else max(moves)


def _outcome(comparison: Comparison, outcome: Outcome, language: Language) -> list[str]:
    base = outcome.rows[0]
    decimals = board_decimals(base)
    unit = unit_name(base.target.unit, language)
    title = base.target.short(language)
    cells: list[str] = [
        f"{title}, {unit}" if unit else title,
        number_or_blank(base.target.target, decimals, language),
    ]
    for at, value in enumerate(outcome.medians):
        shown = number_or_blank(value, decimals, language)
        if not at or value is None or outcome.medians[0] is None:
            cells.append(tag("b", shown))
            continue
        move = round(value, decimals) - round(outcome.medians[0], decimals)
        told = signed(round(move, decimals), decimals, language) if round(move, decimals) else "="
        better = move > 0 if base.target.sense != "at_most" else move < 0
        kind = "secondary" if told == "=" else "up" if better else "down"
        cells.append(join((tag("span", shown), " ", tag("span", told, class_=kind))))
    return cells


def _summary(comparison: Comparison, titles: Sequence[str], language: Language) -> Markup | None:
    """One sentence for each scenario: growth and investment against the base."""
    sentences = []
    if len(titles) > MOST_SAID:
        return None
    model = comparison.cards[0].projection.model
    for at, title in enumerate(titles):
        if not at:
            continue
        moves = []
        ranked = sorted(
            (
                one
                for one in comparison.outcomes
                if one.medians[at] is not None and one.medians[0] is not None
            ),
            key=lambda one: -abs(_own_move(one, at)),
        )
        for outcome in ranked[:2]:
            base = outcome.rows[0]
            decimals = board_decimals(base)
            move = (outcome.medians[at] or 0.0) - (outcome.medians[0] or 0.0)
            if round(move, decimals):
                unit = unit_name(base.target.unit, language)
                name = short_title(model, outcome.name, language)
                moves.append(f"{name} {signed(move, decimals, language)} {unit}".rstrip())
        if moves:
            sentences.append(say("compare.sentence", language, title=title, moves="; ".join(moves)))
    return tag("p", " ".join(sentences)) if sentences else None


def _own_move(outcome: Outcome, at: int) -> float:
    first, other = outcome.rows[0].quantiles, outcome.rows[at].quantiles
    if first is None or other is None:
        return 0.0
    return (other[1] - first[1]) / ((first[2] - first[0]) or 1.0)


def verdicts(
    comparison: Comparison, titles: Sequence[str], language: Language
) -> tuple[Markup, Markup]:
    """The targets whose word differs, in full; and those that keep it, as signs."""
    judged = [
        outcome
        for outcome in comparison.outcomes
        if outcome.rows[0].plan_chance is not None and outcome.rows[0].counted
    ]
    flips = [outcome for outcome in judged if len({row.word for row in outcome.rows}) > 1]
    rest = [outcome for outcome in judged if outcome not in flips]
    heading = [say("compare.chance", language), *columns(titles)]
    rows = []
    for outcome in flips:
        chances = (_chance(row.plan_chance, language) for row in outcome.rows)
        rows.append([outcome.rows[0].target.short(language), *chances])
    full = table(heading, rows) if rows else tag("p", say("compare.no_flips", language))
    kept = [
        tag(
            "li",
            tag("span", outcome.rows[0].target.short(language)),
            tag("span", *(_shape(row.plan_chance) for row in outcome.rows)),
        )
        for outcome in rest
    ]
    return (
        _panel(say("compare.flips", language, count=len(flips)), full),
        card(
            tag("ul", *kept, class_="kept"),
            title=say("compare.keep_word", language, count=len(rest)),
        ),
    )


def _chance(chance: float | None, language: Language) -> Markup:
    if chance is None:
        return Markup()
    band = likelihood(chance)
    word = band.vi if language == "vi" else band.en
    return Markup(
        sign_of(band.code)
        + " "
        + tag("b", show_chance(chance, language))
        + " "
        + tag("span", word, class_="secondary")
    )


def _shape(chance: float | None) -> Markup:
    return Markup() if chance is None else sign_of(likelihood(chance).code)


def _panel(title: str, *parts: Markup | None) -> Markup:
    """A card whose tables scroll sideways by themselves where there are many scenarios."""
    inner = tag("div", join(parts), class_="wide", tabindex="0", role="region", aria_label=title)
    return card(inner, title=title)
