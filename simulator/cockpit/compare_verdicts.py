"""Which targets change their word between scenarios, and which keep it?"""

from collections.abc import Sequence

from simulator.cockpit.board_view import sign_of
from simulator.cockpit.compare_marks import columns
from simulator.cockpit.compare_tables import panel
from simulator.cockpit.markup import Markup, join, tag
from simulator.cockpit.page_view import card, table
from simulator.compare import Comparison, Outcome
from simulator.language import Language, say, show_chance
from simulator.likelihood import likelihood, likelihoods
from simulator.scorecard import TargetScore


def verdicts(
    comparison: Comparison, titles: Sequence[str], language: Language
) -> tuple[Markup, Markup]:
    """The targets whose word differs, in full; and those that keep it, as signs."""
    counted = [
        outcome for outcome in comparison.outcomes if any(row.counted for row in outcome.rows)
    ]
    flips = [outcome for outcome in counted if outcome.flips]
    rest = [outcome for outcome in counted if not outcome.flips]
    heading = [say("compare.chance", language), *columns(titles)]
    rows = [_flipped(outcome, language) for outcome in flips]
    full = table(heading, rows) if rows else tag("p", say("compare.no_flips", language))
    return (
        panel(
            say("compare.flips", language, count=len(flips)),
            tag("div", full, class_="verdicts"),
        ),
        card(
            _legend(rest, language),
            tag("ul", *(_kept(outcome, titles, language) for outcome in rest), class_="kept"),
            title=say("compare.keep_word", language, count=len(rest)),
        ),
    )


def _flipped(outcome: Outcome, language: Language) -> list[str]:
    resolution = len(set(outcome.verdicts)) > 1
    cells: list[str] = [outcome.rows[0].target.short(language)]
    for row, verdict in zip(outcome.rows, outcome.verdicts, strict=True):
        told = None
        if resolution and verdict is not None:
            word = say(f"compare.{verdict}", language)
            said = say("compare.resolution", language, verdict=word)
            told = tag("div", said, class_="secondary")
        cells.append(join((_chance(row, language), told)))
    return cells


def _chance(row: TargetScore, language: Language) -> Markup:
    if row.plan_chance is None:
        return tag("span", "–", class_="secondary")
    return join(
        (
            sign_of(likelihood(row.plan_chance).code),
            " ",
            tag("b", show_chance(row.plan_chance, language)),
            " ",
            tag("span", _word(row.plan_chance, language), class_="secondary"),
        )
    )


def _word(chance: float, language: Language) -> str:
    band = likelihood(chance)
    return band.vi if language == "vi" else band.en


def _kept(outcome: Outcome, titles: Sequence[str], language: Language) -> Markup:
    """A target with a sign for each scenario; numbers on hover, the word for those who do not see."""
    chances = [row.plan_chance for row in outcome.rows]
    name = outcome.rows[0].target.short(language)
    lines = [
        f"{title}: {show_chance(chance, language)} {_word(chance, language)}"
        for title, chance in zip(titles, chances, strict=True)
        if chance is not None
    ]
    signs = [sign_of(likelihood(chance).code) for chance in chances if chance is not None]
    word = _word(chances[0], language) if chances[0] is not None else ""
    return tag(
        "li",
        tag("span", name),
        tag("span", *signs, tag("span", word, class_="sr")),
        data_tip="\n".join((outcome.rows[0].target.title(language), *lines)),
    )


def _legend(rest: Sequence[Outcome], language: Language) -> Markup:
    """The signs that are seen below, with their words."""
    seen = {row.word for outcome in rest for row in outcome.rows}
    told = [
        tag("span", sign_of(band.code, 12), " ", band.vi if language == "vi" else band.en)
        for band in likelihoods()
        if band.code in seen
    ]
    return tag("p", *told, class_="signs")
