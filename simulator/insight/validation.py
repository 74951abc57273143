"""In which words and numbers is a validation told? Rows, totals, reliability, what is missing."""

import math

from simulator.insight.comparison import WordTable
from simulator.insight.naming import short_title, title, unit_of, value_text
from simulator.language import Language, say, show, show_chance, unit_name
from simulator.likelihood import likelihoods
from simulator.validation import Coverage, Scored, Skill, Summary, Validation
from simulator.validation.forecast import LEVELS
from simulator.validation.scores import relative_skill

MAIN = LEVELS[1]
"""The level of the interval that headlines speak of."""


def name_of(validation: Validation, name: str, language: Language, *, short: bool = False) -> str:
    """What a scored row is called."""
    model = validation.card.projection.model
    return (short_title if short else title)(model, name, language)


def unit_text(validation: Validation, name: str, language: Language) -> str:
    """The unit of a scored row as it is written."""
    return unit_name(unit_of(validation.card.projection.model, name), language)


def amount(validation: Validation, name: str, value: float | None, language: Language) -> str:
    """An amount of a row with its decimals; empty for none."""
    model = validation.card.projection.model
    return "" if value is None else value_text(model, name, value, language, unit=False)


def years(validation: Validation) -> tuple[int, int]:
    """The base year and the year that is scored."""
    sheet = validation.card.projection.plan.sheet
    return sheet.base_year, sheet.plan_year


def heading(validation: Validation, language: Language) -> str:
    """Which plan and scenario are held against what came of which year."""
    projection = validation.card.projection
    sheet = projection.plan.sheet
    return say(
        "validation.title",
        language,
        province=sheet.province.vi if language == "vi" else sheet.province.en,
        base=sheet.base_year,
        year=sheet.plan_year,
        scenario=projection.scenario.title(language),
    )


def row_table(validation: Validation, language: Language) -> WordTable:
    """One row an outcome: forecast, outcome, rank, score, and both references."""
    _, year = years(validation)
    keys = ("indicator", "forecast", "outcome", "inside", "pit", "crps", "last", "plan", "chance")
    return WordTable(
        say("validation.rows", language, year=year, count=len(validation.rows)),
        tuple(say(f"validation.column.{key}", language) for key in keys),
        tuple(_row(validation, row, language) for row in validation.rows),
    )


def _row(validation: Validation, row: Scored, language: Language) -> tuple[str, ...]:
    unit = unit_text(validation, row.name, language)
    name = name_of(validation, row.name, language)
    mark = " *" if row.outcome.shock else ""
    forecast = row.forecast
    outcome = amount(validation, row.name, row.outcome.value, language)
    told = f"{name} ({unit}){mark}" if unit else f"{name}{mark}"
    if forecast is None:
        return told, "", outcome, "", "", "", "", "", _chance(row, language)
    low, high = forecast.middle_eighty
    numbers = (amount(validation, row.name, x, language) for x in (low, forecast.median, high))
    return (
        told,
        " – ".join(numbers),
        outcome,
        inside_text(row, language),
        show(forecast.pit, 2, language),
        amount(validation, row.name, forecast.crps, language),
        _gain(row, "last", language),
        _gain(row, "plan", language),
        _chance(row, language),
    )


def inside_text(row: Scored, language: Language) -> str:
    """Whether the outcome lies in the 80% interval, or on which side and how many spreads off."""
    forecast = row.forecast
    if forecast is None:
        return ""
    low, high = forecast.middle_eighty
    if low <= row.outcome.value <= high:
        return say("validation.inside", language)
    side = "above" if row.outcome.value > high else "below"
    if forecast.spreads_off is None:
        return say(f"validation.certain_{side}", language)
    off = show(abs(forecast.spreads_off), 1, language)
    return say(f"validation.{side}", language, spreads=off)


def _gain(row: Scored, reference: str, language: Language) -> str:
    error = row.error_of(reference)
    if row.forecast is None or error is None:
        return ""
    return skill_text(relative_skill(row.forecast.crps, error), language)


def skill_text(skill: float, language: Language) -> str:
    """A skill with its sign; a reference without any error cannot be beaten."""
    if math.isinf(skill):
        return say("validation.reference_exact", language)
    return ("+" if skill > 0 else "") + show(skill, 2, language)


def _chance(row: Scored, language: Language) -> str:
    if row.judged is None:
        return ""
    met = say("validation.met" if row.judged.met else "validation.not_met", language)
    return f"{show_chance(row.judged.chance, language)} → {met}"


def summaries(validation: Validation, language: Language) -> list[tuple[str, Summary]]:
    """The totals over all rows and, where a shock is marked, over the others."""
    whole = say("validation.all_rows", language, count=validation.whole.count)
    found = [(whole, validation.whole)]
    if validation.unshocked is not None:
        count = validation.unshocked.count
        found.append((say("validation.unshocked", language, count=count), validation.unshocked))
    return found


def summary_table(validation: Validation, language: Language) -> WordTable:
    """Coverage, skill, ranks and chances, in a column for each set of rows."""
    sets = summaries(validation, language)
    lines: list[tuple[str, ...]] = []
    for level in (found.level for found in validation.whole.coverage):
        label = say("validation.coverage", language, level=show(100 * level, 0, language))
        lines.append((label, *(coverage_text(s.covered(level), language) for _, s in sets)))
    base, _ = years(validation)
    for skill in validation.whole.skill:
        label = say(f"validation.skill.{skill.reference}", language, year=base)
        found = (s.against(skill.reference) for _, s in sets)
        lines.append((label, *(_skill(one, language) for one in found)))
    lines.append((say("validation.ranks", language), *(_ranks(s, language) for _, s in sets)))
    lines.append((say("validation.width", language), *(_width(s, language) for _, s in sets)))
    if validation.whole.chances is not None:
        for key in ("met", "brier", "log"):
            label = say(f"validation.chances.{key}", language)
            lines.append((label, *(_chances(s, key, language) for _, s in sets)))
    if validation.whole.interval_brier is not None:
        label = say("validation.interval_brier", language)
        lines.append((label, *(_interval_brier(s, language) for _, s in sets)))
    head = ("", *(name for name, _ in sets))
    return WordTable(say("validation.totals", language), head, tuple(lines))


def coverage_text(coverage: Coverage, language: Language) -> str:
    """How many lie inside, the share, and its binomial interval."""
    return say(
        "validation.coverage_cell",
        language,
        inside=coverage.inside,
        count=coverage.count,
        share=show(100 * coverage.share, 0, language),
        low=show(100 * coverage.low, 0, language),
        high=show(100 * coverage.high, 0, language),
    )


def _skill(skill: Skill | None, language: Language) -> str:
    if skill is None:
        return ""
    return say(
        "validation.skill_cell",
        language,
        skill=skill_text(skill.skill, language),
        low=skill_text(skill.low, language),
        high=skill_text(skill.high, language),
        better=skill.better,
        count=skill.count,
    )


def _ranks(summary: Summary, language: Language) -> str:
    if summary.ranks is None:
        return ""
    return say(
        "validation.ranks_cell",
        language,
        bins=" · ".join(str(count) for count in summary.ranks.bins),
        distance=show(summary.ranks.distance, 2, language),
        p=show(summary.ranks.p_value, 3, language),
    )


def _width(summary: Summary, language: Language) -> str:
    return "" if summary.needed_width is None else show(summary.needed_width, 1, language)


def _chances(summary: Summary, key: str, language: Language) -> str:
    found = summary.chances
    if found is None:
        return ""
    if key == "met":
        expected = show(found.expected, 1, language)
        return say(
            "validation.chances_cell", language, met=found.met, count=found.count, expected=expected
        )
    return show(found.brier if key == "brier" else found.log_score, 2, language)


def _interval_brier(summary: Summary, language: Language) -> str:
    if summary.interval_brier is None:
        return ""
    count, mean = summary.interval_brier
    return say("validation.bounds_cell", language, score=show(mean, 3, language), count=count)


def verdicts(validation: Validation, language: Language) -> list[str]:
    """What coverage and skill show, and no more than their intervals allow."""
    whole = validation.whole
    lines = []
    for found in (one for one in whole.coverage if one.level == MAIN):
        fit = "narrow" if found.high < MAIN else "wide" if found.low > MAIN else "fits"
        lines.append(
            _tidied(
                say(
                    f"validation.verdict.{fit}",
                    language,
                    level=show(100 * MAIN, 0, language),
                    inside=found.inside,
                    count=found.count,
                    share=show(100 * found.share, 0, language),
                    width=_width(whole, language),
                    rest=""
                    if validation.unshocked is None
                    else _rest(validation.unshocked, language),
                )
            )
        )
    base, _ = years(validation)
    for skill in whole.skill:
        fit = "better" if skill.low > 0 else "worse" if skill.high < 0 else "open"
        reference = say(f"validation.verdict.{skill.reference}", language, year=base)
        skilled = skill_text(skill.skill, language)
        lines.append(say(f"validation.verdict.{fit}", language, than=reference, skill=skilled))
    return lines


def _tidied(sentence: str) -> str:
    """Without the blank that a part left out would leave before a stop or a bracket."""
    return sentence.replace(" .", ".").replace(" )", ")")


def _rest(summary: Summary, language: Language) -> str:
    return say("validation.verdict.rest", language, width=_width(summary, language))


def word_table_of(validation: Validation, language: Language) -> WordTable | None:
    """Each likelihood word with the mean chance of its targets and the part that was met."""
    chances = validation.whole.chances
    if chances is None:
        return None
    bands = {band.code: band.vi if language == "vi" else band.en for band in likelihoods()}
    keys = ("word", "count", "mean_chance", "share_met")
    rows = tuple(
        (
            bands[found.word],
            str(found.count),
            f"{show(100 * found.chance, 0, language)}%",
            f"{show(100 * found.met / found.count, 0, language)}% ({found.met})",
        )
        for found in chances.words
    )
    head = tuple(say(f"validation.column.{key}", language) for key in keys)
    return WordTable(say("validation.words", language), head, rows)


def missing_lines(validation: Validation, language: Language) -> list[str]:
    """What has no outcome, and which outcomes cannot be held against a forecast."""
    lines = []
    if validation.missing:
        names = "; ".join(name_of(validation, name, language) for name in validation.missing)
        count = len(validation.missing)
        lines.append(say("validation.missing", language, count=count, names=names))
    if validation.unscored:
        names = "; ".join(name_of(validation, name, language) for name in validation.unscored)
        count = len(validation.unscored)
        lines.append(say("validation.unscored", language, count=count, names=names))
    return lines


def notes(validation: Validation, language: Language) -> list[tuple[str, str]]:
    """What the plan's folder says must be known beside its scores: title and text."""
    plan = validation.card.projection.plan
    return [(row.title(language), row.text(language)) for row in plan.hindsight.values()]
