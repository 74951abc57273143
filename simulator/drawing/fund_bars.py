"""How is it drawn what is paid of each fund, within its allocation or of total investment?"""

from typing import Any

import pandas as pd

from simulator.drawing.figure import Figure
from simulator.drawing.fund_words import Denominator, billions, fund_source, fund_title
from simulator.drawing.plot import Span, spans, width_of, wrapped
from simulator.drawing.svg import document, line, rect, text
from simulator.drawing.tokens import Theme
from simulator.drawing.words import percent
from simulator.insight.funds import Fund, Funds, Total
from simulator.language import Language, say, show
from simulator.plan import Plan


def fund_bars(
    funds: Funds,
    plan: Plan,
    language: Language,
    theme: Theme = "light",
    denominator: Denominator = "allocation",
    width: int = 374,
) -> Figure:
    """What is paid of each fund: within its allocation, or as a share of total investment."""
    ordered = sorted(funds.funds, key=lambda fund: -_whole(fund, denominator))
    names = [fund_title(fund, language) for fund in ordered]
    label = max(0.88 * width_of(name, 12) for name in names) + 8
    numbers = [_bar_numbers(fund, denominator, language) for fund in ordered]
    scale = min(
        (width - label - 8 - width_of("".join(pair), 12)) / max(_whole(fund, denominator), 1e-9)
        for fund, pair in zip(ordered, numbers, strict=True)
    )
    step = 20
    parts = []
    for at, (fund, (paid, of)) in enumerate(zip(ordered, numbers, strict=True)):
        y = at * step + 4
        filled = scale * _paid(fund, denominator)
        reach = scale * _whole(fund, denominator)
        moved = fund.trend is not None
        parts.append(text(0, y + 11, names[at], weight=600 if moved else 400))
        parts.append(rect(label, y, filled, 13, fill="accent" if moved else "mid"))
        parts.append(rect(label, y, reach, 13, fill="", stroke="edge"))
        after = [Span(paid, weight=600), Span(of, colour="ink2")]
        parts.append(spans(label + reach + 6, y + 11, after))
    y = len(ordered) * step + 10
    parts.append(line((0, y), (width, y)))
    sentences = wrapped(_beside(funds, denominator, plan, language), width, 12)
    for at, sentence in enumerate(sentences):
        parts.append(text(0, y + 18 + 16 * at, sentence, colour="ink2"))
    height = y + 18 + 16 * len(sentences) - 8
    alt = say(
        f"funds.bars.alt_{denominator}",
        language,
        count=len(ordered),
        name=names[0],
        paid=billions(ordered[0].disbursed.p50, language),
        whole=billions(ordered[0].allocation.p50, language),
        share=percent(ordered[0].share_of_investment.p50, 1, language),
    )
    return Figure(
        name=f"disbursed_of_{denominator}",
        title=say(f"funds.bars.title_{denominator}", language),
        subtitle=say(f"funds.bars.subtitle_{denominator}", language, year=plan.sheet.plan_year),
        svg=document(width, height, theme, alt, parts),
        table=bar_table(funds, plan),
        alt=alt,
        source=fund_source(funds, plan, language),
    )


def _whole(fund: Fund, denominator: Denominator) -> float:
    return fund.allocation.p50 if denominator == "allocation" else fund.share_of_investment.p50


def _paid(fund: Fund, denominator: Denominator) -> float:
    return fund.disbursed.p50 if denominator == "allocation" else fund.share_of_investment.p50


def _bar_numbers(fund: Fund, denominator: Denominator, language: Language) -> tuple[str, str]:
    paid = show(fund.disbursed.p50, 0, language)
    if denominator == "allocation":
        return paid, f" / {show(fund.allocation.p50, 0, language)}"
    return percent(fund.share_of_investment.p50, 1, language), f" ({paid})"


def _beside(funds: Funds, denominator: Denominator, plan: Plan, language: Language) -> str:
    growth = percent(funds.non_state_growth, 1, language)
    return say(
        f"funds.bars.beside_{denominator}",
        language,
        amount=billions(funds.non_state.p50, language),
        growth=f"+{growth}" if funds.non_state_growth > 0 else growth,
        investment=billions(funds.investment.p50, language),
        year=plan.sheet.plan_year,
        base=plan.sheet.base_year,
    )


def bar_table(funds: Funds, plan: Plan) -> pd.DataFrame:
    """Amounts and shares of each fund and of the totals."""
    year = plan.sheet.plan_year
    rows = []
    items: list[Fund | Total] = [*funds.funds, *funds.totals.values()]
    for item in items:
        row: dict[str, Any] = {"fund": item.name}
        for name, amount, unit, scale in (
            ("allocation", item.allocation, "billion_vnd", 1),
            ("disbursed", item.disbursed, "billion_vnd", 1),
            ("disbursed", item.share, "percent_of_allocation", 100),
            ("disbursed", item.share_of_investment, "percent_of_total_investment", 100),
        ):
            for level in ("p10", "p50", "p90"):
                row[f"{name}_{unit}_{level}_{year}"] = scale * getattr(amount, level)
        rows.append(row)
    return pd.DataFrame(rows)
