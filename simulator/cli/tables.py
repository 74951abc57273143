"""What does a scorecard look like in a shell? A table, the headline and the badge."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table

from simulator.insight.tracking import sentences
from simulator.language import Language, say, show
from simulator.run import Result, product_version
from simulator.scorecard import TargetScore, meets
from simulator.wording import (
    MARKS,
    chance_text,
    footnotes,
    headlines,
    number_or_blank,
    resolution_text,
    shown_decimals,
    signed,
    title_of,
)


def scorecards(screen: Console, results: Iterable[Result], language: Language) -> Iterator[bytes]:
    """The scorecards of runs as a console would print them, one after the other."""
    for result in results:
        with screen.capture() as captured:
            print_scorecard(screen, result, language)
        yield captured.get().encode()


def print_scorecard(screen: Console, result: Result, language: Language) -> None:
    """Print one run: title, board, headline, what the plan asks for, and the badge."""
    projection = result.card.projection
    scenario = result.scenario
    screen.print()
    screen.print(f"{scenario.title(language)} ({scenario.name})", style="bold")
    because = scenario.because_vi if language == "vi" else scenario.because_en
    if because:
        screen.print(because, style="dim")
    board = (
        _central_board(result, language) if projection.deterministic else _board(result, language)
    )
    screen.print(board)
    for line in footnotes(result, language):
        screen.print(line, style="dim")
    for line in headlines(result, language):
        screen.print(line)
    if result.tracked is not None:
        for line in sentences(result.tracked, language):
            screen.print(line)
    if result.solution is not None:
        _print_solution(screen, result, language)
    badge = say(
        "badge",
        language,
        version=product_version(),
        plan=projection.plan.name,
        hash=result.hash,
        seed=scenario.seed,
        draws=0 if projection.deterministic else scenario.draws,
    )
    screen.print(badge, style="dim")


def _columns(table: Table, result: Result, language: Language, keys: list[tuple[str, str]]) -> None:
    sheet = result.card.projection.plan.sheet
    for key, justify in keys:
        year = sheet.plan_year if key == "column.plan" else sheet.base_year
        table.add_column(say(key, language, year=year), justify=justify)  # type: ignore[arg-type]


def _board(result: Result, language: Language) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    keys = [
        ("column.target", "left"),
        ("column.base", "right"),
        ("column.median", "right"),
        ("column.range", "right"),
        ("column.plan", "right"),
        ("column.distance", "right"),
        ("column.chance", "left"),
        ("column.resolution", "left"),
        ("column.verdict", "left"),
        ("column.action", "left"),
        ("column.evidence", "left"),
    ]
    _columns(table, result, language, keys)
    for row in result.card.rows.values():
        decimals = shown_decimals(row)
        p10, p50, p90 = row.quantiles or (None, None, None)
        spread = (
            f"{show(p10, decimals, language)}–{show(p90, decimals, language)}"
            if p10 is not None and p90 is not None
            else ""
        )
        table.add_row(
            title_of(row, language),
            number_or_blank(row.base, decimals, language),
            number_or_blank(p50, decimals, language),
            spread,
            number_or_blank(row.target.target, decimals, language),
            signed(row.distance, decimals, language),
            _chance(row, language),
            resolution_text(row, language),
            say(f"verdict.{row.verdict or 'none'}", language),
            say(f"action.{row.action}", language) if row.action else "",
            row.evidence,
            style="" if row.method == "simulated" else "dim",
        )
    return table


def _central_board(result: Result, language: Language) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    keys = [
        ("column.target", "left"),
        ("column.base", "right"),
        ("column.value", "right"),
        ("column.plan", "right"),
        ("column.distance", "right"),
        ("column.met", "left"),
    ]
    _columns(table, result, language, keys)
    for row in result.card.rows.values():
        decimals = shown_decimals(row)
        met = ""
        if (
            row.value is not None
            and row.target.target is not None
            and row.target.sense != "neutral"
        ):
            hit = meets(
                row.value,
                row.target.target,
                row.target.sense or "at_least",
                row.target.decimals or 0,
                strict=bool(row.target.strict),
                rounding=result.card.rules.rounding,
            )
            met = say("yes" if hit else "no", language)
        table.add_row(
            title_of(row, language),
            number_or_blank(row.base, decimals, language),
            number_or_blank(row.value, decimals, language),
            number_or_blank(row.target.target, decimals, language),
            signed(row.distance, decimals, language),
            met or MARKS.get(row.reason, ""),
            style="" if row.method == "simulated" else "dim",
        )
    return table


def _chance(row: TargetScore, language: Language) -> str:
    mark = MARKS.get(row.reason, "")
    return mark if row.plan_chance is None else f"{chance_text(row.plan_chance, language)}{mark}"


def _print_solution(screen: Console, result: Result, language: Language) -> None:
    solution = result.solution
    if solution is None:
        return
    known = result.card.projection.plan.catalogue.assumptions
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("column.assumption", "column.catalogue", "column.solved", "column.gap"):
        table.add_column(
            say(key, language), justify="left" if key == "column.assumption" else "right"
        )
    for gap in solution.gaps:
        assumption = known[gap.assumption]
        title = assumption.title_vi if language == "vi" else assumption.title_en
        table.add_row(
            f"{title} ({gap.assumption})",
            show(gap.catalogue, 4, language),
            show(gap.solved, 4, language),
            "" if gap.spreads is None else signed(gap.spreads, 2, language),
        )
    screen.print()
    screen.print(say("headline.plan_solved", language), style="bold")
    screen.print(table)
    for missed in solution.unreached:
        screen.print(
            say(
                "headline.unreached",
                language,
                name=missed.target,
                nearest=f"{missed.nearest:g}",
                wanted=f"{missed.wanted:g}",
                lever=missed.lever,
                limit=f"{missed.limit:g}",
            ),
        )
