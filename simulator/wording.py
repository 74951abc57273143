"""How are a result's numbers said in words, in both languages? Shared by shell and screen."""

from simulator.language import Language, say, show, show_chance, unit_name
from simulator.likelihood import likelihood
from simulator.run import Result
from simulator.scorecard import Distribution, TargetScore


def headlines(result: Result, language: Language) -> list[str]:
    """The sentences above or below a board: how many targets are met together."""
    count = result.card.count
    plan = result.card.projection.plan
    if count.plan is None:
        return [say("headline.central", language, met=count.met, scored=count.scored)]
    lines = [
        say("headline.plan", language, mean=show(count.plan.mean, 1, language), scored=count.scored)
        + " – "
        + say("headline.interval", language, low=count.plan.p05, high=count.plan.p95)
    ]
    if count.resolution_low and count.resolution_high:
        lines.append(
            say(
                "headline.resolution",
                language,
                judged=count.judged,
                low=_mean(count.resolution_low, language),
                high=_mean(count.resolution_high, language),
                likely=len(count.likely_met),
                unlikely=len(count.unlikely),
                unsaid=len(count.cannot_be_said),
            )
        )
    if count.structure is not None:
        lines.append(
            say("headline.structure", language, chance=chance_text(count.structure, language))
        )
    reached = plan.parameter("reference_class_reached")
    share = show(100 * reached / plan.parameter("reference_class_statements"), 0, language)
    expected = show(count.outside_view, 1, language)
    lines.append(
        say("headline.outside", language, share=f"{share}%", expected=expected, scored=count.scored)
    )
    return lines


def _mean(distribution: Distribution, language: Language) -> str:
    return show(distribution.mean, 1, language)


def chance_text(chance: float, language: Language) -> str:
    """A chance as number and word."""
    band = likelihood(chance)
    return f"{show_chance(chance, language)} {band.vi if language == 'vi' else band.en}"


def title_of(row: TargetScore, language: Language) -> str:
    """A target's title with its unit."""
    title = row.target.title_vi if language == "vi" else row.target.title_en
    unit = unit_name(row.target.unit, language)
    return f"{title} ({unit})" if unit else title


def number_or_blank(value: float | None, decimals: int, language: Language) -> str:
    """A number in the language's format, or nothing where there is none."""
    return "" if value is None else show(value, decimals, language)


def signed(value: float | None, decimals: int, language: Language) -> str:
    """A difference with its sign, or nothing where there is none."""
    if value is None:
        return ""
    text = show(value, decimals, language)
    return f"+{text}" if value > 0 and any(digit in text for digit in "123456789") else text


def resolution_text(row: TargetScore, language: Language) -> str:
    """The Resolution's chance as the bound that is known of it."""
    if row.resolution is None or row.resolution_bound is None:
        return ""
    low, high = row.resolution
    chance = high if row.resolution_bound == "at_most" else low
    code = likelihood(chance).code
    if code in EMPTY_BOUNDS[row.resolution_bound]:
        return say("bound.nothing", language)
    return say(f"bound.{row.resolution_bound}", language, chance=show_chance(chance, language))


EMPTY_BOUNDS = {
    "at_least": frozenset({"very_unlikely", "exceptionally_unlikely"}),
    "at_most": frozenset({"very_likely", "virtually_certain"}),
    "point": frozenset[str](),
}
"""The words with which a bound says nothing, by its kind."""


def shown_decimals(row: TargetScore) -> int:
    """The plan's printed decimals, or the base's where it has more, at most two."""
    printed = 0 if row.base is None else len(f"{row.base:.2f}".rstrip("0").split(".")[1])
    return max(row.target.decimals or 0, printed)


MARKS = {"no_baseline": "¹", "quota": "²", "milestone": "³", "forecast": "⁴", "missing_inputs": "⁵"}
"""Footnote signs of the reasons why a row is not simulated."""


def footnotes(result: Result, language: Language) -> list[str]:
    """What the signs mean, and why rows that lack inputs are not projected."""
    year = result.card.projection.plan.sheet.base_year
    rows = result.card.rows.values()
    lines = [
        f"{mark} {say(f'reason.{reason}', language, year=year)}"
        for reason, mark in MARKS.items()
        if any(row.reason == reason for row in rows)
    ]
    lines += [
        f"  {row.name}: {result.card.projection.unprojected.get(row.name, '')}"
        for row in rows
        if row.reason == "missing_inputs"
    ]
    return lines
