"""What does the page say around the numbers? Titles, plans, notes and words of both languages."""

from typing import Any

from simulator.cockpit.board_view import (
    board,
    board_decimals,
    is_structure,
    name_cell,
    plan_cell,
    reason_text,
    sign_of,
    tip_title,
)
from simulator.cockpit.icons import triangle
from simulator.cockpit.lever_panel import panel
from simulator.language import Language, say, texts
from simulator.likelihood import likelihoods
from simulator.scorecard import Scorecard, TargetScore
from simulator.wording import EMPTY_BOUNDS, number_or_blank

TEMPLATES = (
    "board.plot", "board.better", "board.worse", "board.verdict_tip", "board.scope_unclear",
    "bound.at_least", "bound.at_most", "bound.point", "bound.nothing", "chance.tenths",
    "chance.over_hundredth", "chance.over_tenth", "chance.under_tenth", "chance.under_hundredth",
    "headline.parts", "headline.interval", "headline.histogram", "headline.resolution_parts",
    "headline.resolution_groups", "headline.bar", "headline.structure", "strip.nothing_moved",
    "strip.no_effect", "strip.flips", "strip.more_flips", "strip.small", "handout.changes",
    "handout.more_changes", "handout.against", "handout.differs", "lever.fixed", "board.plan",
)  # fmt: skip
"""Texts that are filled in on the page."""


def view_data(card: Scorecard) -> dict[str, Any]:
    """Everything that the page says, as plain values, and the signs it draws."""
    rows = card.rows.values()
    return {
        "rows": [_row(row) for row in rows],
        "signs": {band.code: sign_of(band.code) for band in likelihoods()},
        "likelihoods": [
            {
                "code": band.code,
                "low": band.low,
                "high": min(1.0, band.high),
                "vi": band.vi,
                "en": band.en,
            }
            for band in likelihoods()
        ],
        "triangles": {
            f"{way} {fill}": triangle(up=way == "up", hollow=fill == "hollow")
            for way in ("up", "down")
            for fill in ("full", "hollow")
        },
        "emptyBounds": {bound: sorted(codes) for bound, codes in EMPTY_BOUNDS.items()},
        "baseYear": card.projection.plan.sheet.base_year,
        "languages": {language: _in(language, card) for language in ("vi", "en")},
    }


def _row(row: TargetScore) -> dict[str, Any]:
    """The numbers of a row that no lever moves."""
    target = row.target
    return {
        "name": row.name,
        "base": row.base,
        "target": target.target,
        "sense": target.sense,
        "decimals": board_decimals(row),
        "sector": target.sector,
        "counted": row.counted,
        "judged": row.method not in {"simulated", "forecast"},
        "simulated": row.method == "simulated",
        "verdict": row.verdict,
        "unclear": target.verdict_scope == "ambiguous",
        "bound": row.resolution_bound,
        "text": f"{target.title_vi} {target.title_en} {target.name}".lower(),
    }


def _in(language: Language, card: Scorecard) -> dict[str, Any]:
    plan = card.projection.plan
    return {
        "panel": panel(plan, language),
        "board": _board(card, language),
        "rows": {row.name: _said(row, card, language) for row in card.rows.values()},
        "texts": {key: texts()[key][language == "en"] for key in TEMPLATES},
    }


def _board(card: Scorecard, language: Language) -> dict[str, Any]:
    data = board(card.projection.plan, language)
    data["words"]["filter_moved"] = say("handout.filter_moved", language)
    data["words"]["sort_change"] = say("handout.sort_change", language)
    return data


def _said(row: TargetScore, card: Scorecard, language: Language) -> dict[str, Any]:
    sheet = card.projection.plan.sheet
    decimals = board_decimals(row)
    reason = row.reason
    unknown = "not_assessable" if row.verdict == "not_assessable" else "none"
    return {
        "name": name_cell(row, language),
        "short": row.target.short(language),
        "title": row.target.title(language),
        "base": number_or_blank(row.base, decimals, language) or "–",
        "plan": plan_cell(row, decimals, language),
        "reason": reason_text(row, language, sheet.base_year),
        "tipTitle": tip_title(row, sheet.plan_year, language),
        "tipReason": say(f"reason.{reason}", language, year=sheet.base_year) if reason else "",
        "tipNote": say("board.structure_note", language) if is_structure(row) else "",
        "verdict": say(f"verdict.{row.verdict or 'none'}", language),
        "noResolution": say(f"verdict.{unknown}", language),
    }
