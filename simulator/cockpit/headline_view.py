"""How many targets are met together? The headline of plan and Resolution, and what changed in it."""

from simulator.cockpit.board_view import picture
from simulator.cockpit.icons import triangle
from simulator.cockpit.markup import Markup, join, tag
from simulator.drawing import svg
from simulator.language import Language, say, show
from simulator.scorecard import Count, Scorecard
from simulator.wording import chance_text, signed

WIDTH, HEIGHT = 190.0, 56.0
BAR_WIDTH, BAR_HEIGHT = 296.0, 12.0


def headline(
    card: Scorecard, before: Scorecard | None, trend: Scorecard, language: Language
) -> Markup:
    """The expected number met, its spread, and the change since the last move and from the trend."""
    count = card.count
    if count.plan is None:
        return Markup()
    mean = show(count.plan.mean, 1, language)
    lead, tail = say("headline.parts", language, scored=count.scored).split("|")
    changes = [
        _delta(card, before, "headline.since_move", language) if before else None,
        _delta(card, trend, "headline.since_trend", language),
    ]
    left = tag(
        "div",
        tag("p", f"{lead} ", tag("strong", mean), f" {tail}", class_="lead"),
        tag(
            "p",
            say("headline.interval", language, low=count.plan.p05, high=count.plan.p95),
            class_="secondary",
        ),
        tag("p", *changes, class_="deltas"),
    )
    return tag(
        "div", left, _histogram(count, language), _resolution(count, language), class_="headline"
    )


def _delta(card: Scorecard, other: Scorecard, key: str, language: Language) -> Markup | None:
    if card.count.plan is None or other.count.plan is None:
        return None
    change = card.count.plan.mean - other.count.plan.mean
    if key == "headline.since_trend":
        text = say(key, language, mean=show(other.count.plan.mean, 1, language))
    else:
        text = say(key, language)
    if abs(change) < 1e-12:
        return tag("span", f"0 {text}", class_="secondary")
    return tag(
        "span",
        triangle(up=change > 0),
        " ",
        tag("b", signed(change, 1, language)),
        f" {text}",
        class_="up" if change > 0 else "down",
    )


def _histogram(count: Count, language: Language) -> Markup:
    if count.plan is None:
        return Markup()
    chances = count.plan.chances
    likely = [number for number, chance in enumerate(chances) if chance > 1e-4]
    first, last = likely[0], likely[-1]
    width = (WIDTH - 10) / max(1, last - first + 1)
    tallest = max(chances)
    base = HEIGHT - 14
    parts = []
    for number in range(first, last + 1):
        height = chances[number] / tallest * (base - 2)
        inside = count.plan.p05 <= number <= count.plan.p95
        x = 5 + (number - first) * width
        parts.append(
            svg.rect(
                x, base - height, max(1.0, width - 1), height, fill="mid" if inside else "fail"
            )
        )
    parts += [
        svg.text(
            5 + (tick - first + 1 / 2) * width,
            HEIGHT - 2,
            f"{tick:.0f}",
            anchor="middle",
            size=11,
            colour="ink3",
        )
        for tick in svg.nice_ticks(first, last, 4)
    ]
    mean = 5 + (count.plan.mean - first + 1 / 2) * width
    parts.append(svg.line((mean, 0), (mean, base), colour="ink", width=1.5))
    label = say(
        "headline.histogram",
        language,
        mean=show(count.plan.mean, 1, language),
        low=count.plan.p05,
        high=count.plan.p95,
    )
    return picture(WIDTH, HEIGHT, label, parts)


def _resolution(count: Count, language: Language) -> Markup:
    if count.resolution_low is None or count.resolution_high is None:
        return Markup()
    low, high = count.resolution_low.mean, count.resolution_high.mean
    shown_low, shown_high = show(low, 1, language), show(high, 1, language)
    scale = (BAR_WIDTH - 2) / count.judged
    parts = [
        svg.rect(0.5, 0.5, BAR_WIDTH - 1, BAR_HEIGHT - 1, fill="panel", stroke="edge"),
        svg.rect(1, 1, low * scale, BAR_HEIGHT - 2, fill="solid"),
        f'<rect x="{1 + low * scale:.1f}" y="1" width="{(high - low) * scale:.1f}" '
        f'height="{BAR_HEIGHT - 2:g}" fill="url(#hatch)"/>',
    ]
    before, after = say(
        "headline.resolution_parts", language, low=shown_low, high=shown_high, judged=count.judged
    ).split("|")
    groups = say(
        "headline.resolution_groups",
        language,
        likely=len(count.likely_met),
        unlikely=len(count.unlikely),
        unsaid=len(count.cannot_be_said),
    )
    structure = (
        None
        if count.structure is None
        else tag(
            "p",
            say("headline.structure", language, chance=chance_text(count.structure, language)),
            class_="secondary",
        )
    )
    return tag(
        "div",
        tag("p", f"{before} ", tag("strong", f"{shown_low} – {shown_high}"), f" {after}"),
        picture(BAR_WIDTH, BAR_HEIGHT, say("headline.bar", language), parts),
        tag("p", join((groups,)), class_="secondary"),
        structure,
        class_="resolution",
    )
