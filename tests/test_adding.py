"""Does docs/adding.md explain the tables as they are, with rows that a plan accepts?"""

import re
import shutil
from pathlib import Path

import pytest

from simulator import assumptions
from simulator import plan_rows as plan
from simulator.plan import find_plan, load_plan
from simulator.projection import build_model
from simulator.records import Record
from simulator.validation import Outcome

TEXT = (Path(__file__).parent.parent / "docs" / "adding.md").read_text(encoding="utf-8")
TABLES: dict[str, type[Record]] = {
    "assumptions.csv": assumptions.Assumption,
    "factors.csv": assumptions.CommonFactor,
    "facts.csv": plan.Fact,
    "parameters.csv": plan.Parameter,
    "targets.csv": plan.Target,
    "funds.csv": plan.Fund,
    "fund_errors.csv": plan.FundErrors,
    "seasons.csv": plan.Season,
    "sources.csv": plan.Source,
    "inconsistencies.csv": plan.Inconsistency,
    "hindsight.csv": plan.Hindsight,
    "vintages.csv": plan.Vintage,
    "outcomes.csv": Outcome,
}


@pytest.mark.parametrize("file", TABLES)
def test_every_column_is_explained_once(file: str) -> None:
    section = TEXT.partition(f"### `{file}`\n")[2].partition("\n### ")[0]
    cells = re.findall(r"^\| (`.*?) \| .+ \|$", section, re.MULTILINE)
    explained = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(explained) == sorted(TABLES[file].model_fields)


def test_a_plan_with_the_example_rows_is_accepted(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(find_plan("dien_bien_2020"), folder)
    for file, rows in re.findall(r"^```csv (\S+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL):
        table = folder / file
        table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    grown = load_plan(folder)
    assert {"harvest_loss_change", "poultry_growth"} <= set(grown.catalogue.assumptions)
    assert "cold" in grown.catalogue.factors
    assert grown.targets["poultry_flock"].lever == "poultry_growth"
    build_model(grown)


def test_a_plan_without_facts_projects_what_rests_on_assumptions(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(find_plan("dien_bien_2020"), folder)
    for file in ("facts.csv", "funds.csv", "fund_errors.csv"):
        table = folder / file
        header = table.read_text(encoding="utf-8").splitlines()[0]
        table.write_text(header + "\n", encoding="utf-8")
    graph = build_model(load_plan(folder)).graph
    printed = re.search(r"With no facts at all, (\d+) quantities", TEXT)
    assert printed is not None
    assert len(graph.order) == int(printed[1])
