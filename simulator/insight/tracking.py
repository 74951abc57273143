"""What is said of a year that is tracked? Its sentences and tables, in both languages."""

from datetime import date

from simulator.insight.comparison import WordTable
from simulator.language import Language, say, show, show_chance, unit_name
from simulator.observation import Observation
from simulator.plan import Plan
from simulator.scorecard import TargetScore
from simulator.track import Pace, Tracked
from simulator.track.quantities import PAID, PAID_SHARE, STATUS
from simulator.units import canonical
from simulator.wording import chance_text, shown_decimals, title_of

SHARE_DECIMALS = 2
"""Of a share that is written in percent."""
HEADINGS = {
    "board": ("target", "before", "after", "plan", "chance_before", "chance_after"),
    "pace": (
        *("what", "day", "usual", "seen", "seen_share", "whole", "implied", "expected"),
        *("rate", "needed"),
    ),
    "observations": ("quantity", "kind", "value", "date", "percentile", "source"),
}


def quantity_title(name: str, plan: Plan, language: Language) -> str:
    """What an observed quantity is called."""
    if name in plan.targets:
        return plan.targets[name].title(language)
    for ending, key in ((PAID, "track.paid"), (PAID_SHARE, "track.paid_share")):
        fund = plan.funds.get(name.removesuffix(f"_{ending}"))
        if fund is not None and name.endswith(f"_{ending}"):
            title = fund.title_vi if language == "vi" else fund.title_en
            return say(key, language, fund=title)
    return name


def headline(tracked: Tracked, language: Language) -> str:
    """How many targets are expected to be met, before and after."""
    before, after = tracked.prior.count, tracked.posterior.count
    if before.plan is None or after.plan is None:
        return ""
    return say(
        "track.expected",
        language,
        after=show(after.plan.mean, 1, language),
        before=show(before.plan.mean, 1, language),
        scored=after.scored,
    )


def sentences(tracked: Tracked, language: Language) -> list[str]:
    """What a planner should know first: what was learned, how surely, and what surprised."""
    plan = tracked.prior.projection.plan
    lines = [
        say("track.all", language)
        if tracked.as_of is None
        else say("track.day", language, day=day_text(tracked.as_of, language))
    ]
    lines.append(headline(tracked, language) if tracked.used else say("track.nothing", language))
    if tracked.weights is not None:
        draws = tracked.prior.projection.scenario.draws
        effective = show(tracked.weights.effective, 0, language)
        whole = show(draws, 0, language)
        lines.append(say("track.effective", language, effective=effective, draws=whole))
        lines += warnings(tracked, language)
    for row in tracked.surprises:
        if row.outside:
            side = "low" if row.percentile < 1 / 2 else "high"
            lines.append(
                say(
                    "track.surprise",
                    language,
                    quantity=quantity_title(row.observation.quantity, plan, language),
                    day=day_text(row.observation.date, language),
                    side=say(f"track.side.{side}", language),
                )
            )
    lines += [
        say(
            "track.aside",
            language,
            quantity=quantity_title(row.observation.quantity, plan, language),
            day=day_text(row.observation.date, language),
            why=say(f"track.why.{row.why}", language),
        )
        for row in tracked.set_aside
    ]
    return lines


def warnings(tracked: Tracked, language: Language) -> list[str]:
    """That the figures hardly agree with the model, if so."""
    if tracked.weights is None or not tracked.few_draws_count:
        return []
    power = show(100 * tracked.weights.power, 0, language)
    return [say("track.tempered", language, power=power)]


def day_text(day: date, language: Language) -> str:
    """A day as it is written in a language."""
    return f"{day:%d/%m/%Y}" if language == "vi" else day.isoformat()


def board(tracked: Tracked, language: Language, targets: tuple[str, ...] = ()) -> WordTable:
    """Every target that has a range or a chance, before and after."""
    year = tracked.prior.projection.plan.sheet.plan_year
    rows = []
    for name, before in tracked.prior.rows.items():
        after = tracked.posterior.rows[name]
        if (targets and name not in targets) or (
            before.plan_chance is None and before.quantiles is None
        ):
            continue
        decimals = shown_decimals(before)
        target = before.target.target
        rows.append(
            (
                title_of(before, language),
                _spread(before, decimals, language),
                _spread(after, decimals, language),
                "" if target is None else show(target, before.target.decimals or 0, language),
                _chance(before, language),
                _chance(after, language),
            )
        )
    return WordTable(
        say("track.title.board", language), _head("board", language, year), tuple(rows)
    )


def pace_table(tracked: Tracked, language: Language) -> WordTable:
    """Funds and flows against what is usual by their day, and what is needed from there."""
    plan = tracked.prior.projection.plan
    rows = [_pace(row, plan, language) for row in tracked.paces]
    return WordTable(say("track.title.pace", language), _head("pace", language), tuple(rows))


def observation_table(tracked: Tracked, language: Language) -> WordTable:
    """The observations that taught, and how likely less was before any was known."""
    plan = tracked.prior.projection.plan
    percentiles = {row.observation: row.percentile for row in tracked.surprises}
    rows = [
        (
            quantity_title(row.quantity, plan, language),
            say(f"track.kind.{row.kind}", language),
            " ".join(observed_text(row, language)).strip(),
            day_text(row.date, language),
            show_chance(percentiles[row], language) if row in percentiles else "",
            row.source,
        )
        for row in tracked.used
    ]
    head = _head("observations", language)
    return WordTable(say("track.title.observations", language), head, tuple(rows))


def _head(table: str, language: Language, year: int | None = None) -> tuple[str, ...]:
    return tuple(
        say(f"track.column.{name}", language, year=year)
        if name == "plan"
        else say(f"track.column.{name}", language)
        for name in HEADINGS[table]
    )


def _with_unit(title: str, unit: str, language: Language) -> str:
    shown = unit_name(unit, language)
    return f"{title} ({shown})" if shown else title


def _spread(row: TargetScore, decimals: int, language: Language) -> str:
    if row.quantiles is None:
        return ""
    low, middle, high = (show(value, decimals, language) for value in row.quantiles)
    return middle if low == high else f"{middle} ({low}–{high})"


def _chance(row: TargetScore, language: Language) -> str:
    return "" if row.plan_chance is None else chance_text(row.plan_chance, language)


def observed_text(row: Observation, language: Language) -> tuple[str, str]:
    """What was observed and its unit, as they are written; a share in percent, a task in words."""
    unit = canonical(row.unit)
    if unit == "share":
        return _shown(round(100 * row.value, SHARE_DECIMALS), language), "%"
    if unit == STATUS and row.value in {0, 1}:
        return say("track.done" if row.value else "track.not_done", language), ""
    return _shown(row.value, language), unit_name(row.unit, language)


def _shown(value: float, language: Language) -> str:
    text = f"{value:.10g}"
    decimals = len(text.partition(".")[2]) if "e" not in text else 0
    return show(value, decimals, language)


def _pace(row: Pace, plan: Plan, language: Language) -> tuple[str, ...]:
    unit = unit_name(row.unit, language)
    decimals = 0 if row.whole > 1000 else 1

    def amount(value: float | None) -> str:
        return "" if value is None else show(value, decimals, language)

    def percent(value: float | None) -> str:
        return "" if value is None else f"{show(100 * value, 1, language)}%"

    low, middle, high = row.expected_share or row.expected
    expected = (
        f"{percent(middle)} ({percent(low)}–{percent(high)})"
        if row.expected_share
        else f"{amount(middle)} ({amount(low)}–{amount(high)})"
    )
    return (
        _with_unit(quantity_title(row.name, plan, language), row.unit, language),
        day_text(row.day, language),
        percent(row.usual_share),
        amount(row.seen),
        percent(row.seen_share),
        say(f"track.whole.{row.denominator}", language, amount=f"{amount(row.whole)} {unit}"),
        amount(row.implied),
        expected,
        amount(row.rate_so_far),
        amount(row.rate_needed),
    )
