"""What would another province's plan folder hold? Lâm Giang 2025: other numbers, fewer of them."""

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from simulator.assumptions import Assumption
from simulator.figures import vietnamese
from simulator.plan import find_plan
from simulator.plan_rows import Fact, Fund, Inconsistency, Source, Target
from simulator.records import Record

SHEET = """\
name: lam_giang_2025
province: {vi: Tỉnh Lâm Giang, en: Lâm Giang province}
title: {vi: Kế hoạch năm 2025, en: Plan 2025}
resolution: {vi: Nghị quyết tỉnh, en: Resolution of the province}
report: {vi: Báo cáo năm 2024, en: Report on 2024}
base_year: 2024
plan_year: 2025
draws: 1024
seed: 7
"""

FACTS: dict[tuple[str, str], tuple[float, str]] = {
    ("grdp", "value"): (20000, "billion_vnd_2010_prices"),
    ("grdp", "growth"): (0.06, "share/year"),
    ("agriculture_value", "growth"): (0.03, "share/year"),
    ("industry_value", "growth"): (0.08, "share/year"),
    ("services_value", "growth"): (0.065, "share/year"),
    ("product_tax_value", "growth"): (0.05, "share/year"),
    ("agriculture_share", "value"): (25, "percent_of_grdp"),
    ("industry_share", "value"): (30, "percent_of_grdp"),
    ("services_share", "value"): (40, "percent_of_grdp"),
    ("product_tax_share", "value"): (5, "percent_of_grdp"),
    ("agriculture_share", "change"): (-0.6, "percentage_points"),
    ("industry_share", "change"): (0.5, "percentage_points"),
    ("services_share", "change"): (0.1, "percentage_points"),
    ("product_tax_share", "change"): (0, "percentage_points"),
    ("grdp_per_capita", "value"): (45, "million_vnd_per_person_per_year"),
    ("population", "value"): (800, "thousand_persons"),
    ("poor_households", "value"): (12000, "households"),
    ("poverty_rate", "value"): (6, "percent_of_households"),
    ("wet_rice_output", "value"): (300000, "tonnes"),
    ("upland_rice_output", "value"): (5000, "tonnes"),
    ("maize_output", "value"): (40000, "tonnes"),
    ("buffalo_herd", "value"): (30000, "head"),
    ("cattle_herd", "value"): (90000, "head"),
    ("industrial_output", "value"): (9000, "billion_vnd_2010_prices"),
    ("new_hydropower_capacity", "value"): (0, "megawatts"),
    ("exports", "value"): (400, "million_usd"),
    ("budget_revenue", "value"): (3000, "billion_vnd"),
    ("domestic_revenue", "value"): (2500, "billion_vnd"),
    ("non_state_investment", "value"): (9000, "billion_vnd"),
    ("local_balance", "allocation"): (900, "billion_vnd"),
    ("national_target_programmes", "allocation"): (500, "billion_vnd"),
    ("poverty_programme", "estimate"): (135, "billion_vnd"),
    ("poverty_programme", "estimate_share"): (0.9, "share"),
    ("target_programmes", "allocation"): (100, "billion_vnd"),
    ("government_bonds", "allocation"): (50, "billion_vnd"),
    ("foreign_capital", "allocation"): (300, "billion_vnd"),
    ("extra_revenue", "allocation"): (100, "billion_vnd"),
    ("local_capital_disbursed", "value"): (2200, "billion_vnd"),
    ("local_capital_disbursed", "plan_share"): (0.95, "share"),
    ("central_capital_disbursed", "value"): (1000, "billion_vnd"),
    ("central_capital_disbursed", "plan_share"): (0.8, "share"),
    ("jobs_created", "value"): (15000, "persons"),
    ("enrolment_age_15_18", "value"): (80, "percent"),
    ("forest_cover", "value"): (55, "percent"),
    ("new_enterprises", "value"): (600, "enterprises"),
    ("new_rural_communes", "value"): (60, "communes"),
    ("communes_with_10_to_14_criteria", "value"): (20, "communes"),
    ("ocop_products", "value"): (40, "products"),
}
"""No imports, no tourism, no electricity, no districts of another list, few schools."""

PARAMETERS = {
    "long_tao_capacity": "0",
    "shielded_pigs_at_start": "90000",
    "connected_pigs_at_start": "200",
    "pens_in_downtime_at_start": "300",
    "empty_pens_at_start": "9500",
    "reference_class_statements": "30",
    "reference_class_reached": "12",
}
"""What differs from the shipped coefficients."""

CENTRES = {
    "agriculture_growth": 0.025,
    "industry_growth": 0.085,
    "services_growth": 0.065,
    "price_growth": 0.035,
    "population_growth": 0.008,
    "export_growth": 0.12,
    "poverty_relative_fall": 0.15,
    "drought_severity": 0.2,
}

TARGETS: dict[str, dict[str, Any]] = {
    "grdp_growth": {"base": 6, "target": 6.5, "decimals": 1, "lever": "product_tax_growth"},
    "grdp_per_capita": {"base": 45, "target": 49, "lever": "price_growth"},
    "food_output": {"base": 345000, "target": 350000, "lever": "wet_rice_area_growth"},
    "industrial_output": {
        "base": 9000,
        "target": 9900,
        "lever": "industrial_output_growth",
        "resolution_verdict": "not_met",
        "verdict_scope": "explicit",
    },
    "budget_revenue": {
        "base": 3000,
        "target": 3100,
        "lever": "revenue_growth",
        "resolution_verdict": "met",
        "verdict_scope": "explicit",
    },
    "total_investment": {"target": 13000, "lever": "non_state_investment_growth"},
    "exports": {"base": 400, "target": 460, "lever": "export_growth"},
    "imports": {"target": 300, "lever": "import_growth"},
    "trade_turnover": {"target": 760},
    "visitors": {"target": 2000, "strict": 1, "lever": "visitor_growth"},
    "electricity_access": {"target": 99, "decimals": 1, "lever": "electricity_gap_closed"},
    "poverty_rate": {
        "base": 6,
        "target": 5.1,
        "decimals": 1,
        "sense": "at_most",
        "lever": "poverty_relative_fall",
    },
    "jobs_created": {"base": 15000, "target": 15500, "lever": "job_creation_growth"},
    "enrolment_age_15_18": {
        "base": 80,
        "target": 81,
        "decimals": 1,
        "kind": "share",
        "lever": "upper_secondary_step",
        "resolution_value": 82,
        "verdict_scope": "explicit",
    },
    "forest_cover": {"base": 55, "target": 55.5, "decimals": 1, "lever": "forest_cover_gain"},
    "new_enterprises": {
        "base": 600, "target": 620, "kind": "count", "lever": "new_enterprise_growth",
    },
    "population": {
        "base": 800, "target": 806, "sense": "neutral", "kind": "neutral", "scored": 0,
        "lever": "population_growth",
    },
    "doctors_per_10000": {
        "target": 11, "kind": "no_baseline", "scored": 0, "reference_class": "social",
        "dimension": 206, "lever": "new_doctors",
    },
    "tea_output": {
        "target": 9000, "kind": "no_baseline", "scored": 0, "reference_class": "all",
        "dimension": 207,
    },
    "ring_road": {
        "kind": "milestone", "sense": None, "scored": 0, "prior": 0.66, "dimension": 208,
    },
}  # fmt: skip

UNITS = {
    "grdp_growth": "percent_per_year",
    "grdp_per_capita": "million_vnd_per_person_per_year",
    "food_output": "tonnes",
    "industrial_output": "billion_vnd_2010_prices",
    "budget_revenue": "billion_vnd",
    "total_investment": "billion_vnd",
    "exports": "million_usd",
    "imports": "million_usd",
    "trade_turnover": "million_usd",
    "visitors": "thousand_visits",
    "electricity_access": "percent_of_households",
    "poverty_rate": "percent_of_households",
    "jobs_created": "persons",
    "enrolment_age_15_18": "percent",
    "forest_cover": "percent",
    "new_enterprises": "enterprises",
    "population": "thousand_persons",
    "doctors_per_10000": "doctors_per_10000",
    "tea_output": "tonnes",
    "ring_road": "status",
}

CANNOT_BE_PROJECTED = {"imports", "trade_turnover", "visitors", "electricity_access"}


def write_invented_plan(folder: Path) -> Path:
    """The folder of a plan that resembles the shipped one in its columns alone."""
    folder.mkdir()
    shipped = find_plan("dien_bien_2020")
    (folder / "plan.yaml").write_text(SHEET, encoding="utf-8")
    _write(folder / "facts.csv", Fact, (_fact(*key, *row) for key, row in FACTS.items()))
    _write(folder / "targets.csv", Target, (_target(name, row) for name, row in TARGETS.items()))
    for file, record in (("funds", Fund), ("sources", Source), ("inconsistencies", Inconsistency)):
        _write(folder / f"{file}.csv", record, ())
    (folder / "factors.csv").write_bytes((shipped / "factors.csv").read_bytes())
    parameters = list(_rows(shipped / "parameters.csv"))
    _write(
        folder / "parameters.csv",
        list(parameters[0]),
        (_retold(row) | {"value": PARAMETERS.get(row["name"], row["value"])} for row in parameters),
    )
    _write(
        folder / "assumptions.csv", Assumption, map(_assumption, _rows(shipped / "assumptions.csv"))
    )
    return folder


def _fact(name: str, kind: str, value: float, unit: str) -> dict[str, Any]:
    shown = 100 * value if unit in {"share", "share/year"} else value
    place = {"section": "1", "line": 1, "printed": vietnamese(abs(shown), 2)}
    return {"name": name, "kind": kind, "value": value, "unit": unit} | place


def _target(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    usual = {
        "sector": "economy", "unit": UNITS[name], "title_vi": name, "title_en": name,
        "base_derived": 0, "sense": "at_least", "decimals": 0, "kind": "continuous",
        "equation": "", "section": "2", "scored": 1, "strict": 0, "resolution_strict": 0,
    }  # fmt: skip
    return {"name": name} | usual | {"equation": "E", **row}


def _assumption(row: dict[str, str]) -> dict[str, Any]:
    return _retold(row) | {"centre": CENTRES.get(row["name"], row["centre"]), "base_value": ""}


def _retold(row: dict[str, str]) -> dict[str, Any]:
    """A row of the shipped plan without its sources, years and places."""
    told = {
        column: re.sub(r"\(.*?\)|20\d\d|Long T[aạ]o", "", text)
        for column, text in row.items()
        if column.startswith(("title", "short"))
    }
    sources = {column: "judgement" for column in row if column.startswith(("evidence", "source"))}
    return row | told | sources


def _rows(table: Path) -> Iterable[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _write(
    table: Path, columns: type[Record] | list[str], rows: Iterable[Mapping[str, Any]]
) -> None:
    names = columns if isinstance(columns, list) else list(columns.model_fields)
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
