"""Which scenario meets how many targets? A card for each, held against the base."""

from collections.abc import Sequence

from simulator.cockpit.board_view import picture
from simulator.cockpit.compare_marks import FEW, sign
from simulator.cockpit.icons import triangle
from simulator.cockpit.markup import Markup, tag
from simulator.compare import Comparison
from simulator.drawing import svg
from simulator.language import Language, say, show
from simulator.scorecard import Count
from simulator.wording import signed

BAR, BAR_HEIGHT = 150.0, 9.0
SPAN, SPAN_HEIGHT = 250.0, 14.0
NARROW_SPAN = 170.0
HATCH = (
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="5" height="5" style="fill:var(--panel)"/>'
    '<rect width="2" height="5" style="fill:var(--hatch)"/></pattern>'
)
"""What is not known, as on the board."""


def heads(comparison: Comparison, titles: Sequence[str], language: Language) -> Markup:
    """A card for each scenario: how many targets it meets, and how that differs from the base."""
    counts = [one.count for one in comparison.cards]
    most = max([count.plan.p95 for count in counts if count.plan], default=1)
    least = min([count.plan.p05 for count in counts if count.plan], default=0)
    cards = [
        _head(comparison, at, titles[at], (least, most), language) for at in range(len(counts))
    ]
    hatch = tag("svg", Markup(HATCH), width=0, height=0, aria_hidden="true", class_="sr")
    return tag("div", hatch, *cards, class_="versus" if len(cards) <= FEW else "versus many")


def _head(
    comparison: Comparison, at: int, title: str, ends: tuple[int, int], language: Language
) -> Markup:
    count, base = comparison.cards[at].count, comparison.cards[0].count
    if count.plan is None or base.plan is None:
        return Markup()
    scenario = comparison.cards[at].projection.scenario
    changed = len(scenario.changes) + len(scenario.typed_baselines)
    key = "compare.levers" if changed > 1 else "compare.lever" if changed else "compare.no_levers"
    levers = say(key, language, count=changed)
    move = count.plan.mean - base.plan.mean
    delta = None
    if at:
        told = signed(move, 1, language)
        seen = told.startswith(("+", "−"))
        delta = tag(
            "span",
            triangle(up=move > 0) if seen else None,
            f" {told}" if seen else "=",
            class_="secondary" if not seen else "up" if move > 0 else "down",
        )
    interval = say("compare.interval", language, low=count.plan.p05, high=count.plan.p95)
    span = _span(count, base, ends, SPAN if len(comparison.cards) <= FEW else NARROW_SPAN, interval)
    lines = [
        tag("p", sign(at), " ", tag("b", title), " ", tag("span", levers, class_="secondary")),
        tag(
            "p",
            tag("strong", show(count.plan.mean, 1, language)),
            f" {say('compare.of', language, scored=count.scored)} ",
            delta,
        ),
        tag("p", span, tag("span", f" {interval}"), class_="secondary"),
        _resolution(count, language),
        _against(comparison, at, language),
    ]
    return tag("section", *lines, class_="card", aria_label=title)


def _span(count: Count, base: Count, ends: tuple[int, int], width: float, said: str) -> Markup:
    """Nine years in ten as a bar, the mean as a dot, the base's mean as a tick."""
    low, high = ends
    if count.plan is None or base.plan is None:
        return Markup()

    def x(value: float) -> float:
        return 8 + (width - 16) * (value - low) / max(1, high - low)

    parts = [
        svg.line((0, 7), (width, 7)),
        svg.rect(x(count.plan.p05), 4, x(count.plan.p95) - x(count.plan.p05), 6, fill="fail"),
        svg.line((x(base.plan.mean), 0), (x(base.plan.mean), 14), colour="ink", width=1.5),
        svg.circle(x(count.plan.mean), 7, 4, fill="ink"),
    ]
    return picture(width, SPAN_HEIGHT, said, parts)


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
        f'<rect x="{1 + low * scale:.1f}" y="1" width="{(high - low) * scale:.1f}" '
        f'height="{BAR_HEIGHT - 2:g}" fill="url(#hatch)"/>',
    ]
    bar = picture(BAR, BAR_HEIGHT, f"{text}. {say('headline.bar', language)}", parts)
    return tag("p", bar, tag("span", f" {text}"), class_="secondary")


def _against(comparison: Comparison, at: int, language: Language) -> Markup | None:
    against = comparison.against[at]
    if not at:
        return None
    if against is None:
        return tag("p", say("compare.drawn_differently", language), class_="secondary")
    shares = {
        key: f"{show(100 * share, 0, language)}%"
        for key, share in (("more", against.more), ("same", against.same), ("fewer", against.fewer))
    }
    return tag("p", say("compare.against_short", language, **shares), class_="secondary")
