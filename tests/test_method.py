"""Does docs/method.md say what the program does? Its formulas are run, its names looked up."""

import importlib
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from simulator import equations, forms
from simulator import plan_rows as plan
from simulator.assumptions import Assumption, CommonFactor, Setting
from simulator.equations import all_equations, epidemic, investment, structure
from simulator.graph import Equation
from simulator.likelihood import likelihoods
from simulator.observation import Kind
from simulator.plan import find_plan, load_plan
from simulator.projection import Model, Projection, build_model, project
from simulator.scenario import Scenario
from simulator.scenario_file import shipped_scenarios
from simulator.units import canonical

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROSE = BLOCK.sub("", TEXT)
NAME = r"[a-z][a-z0-9_]*"
PATTERN = r"[a-z<][a-z0-9_<>]*"
FAMILIES = {
    "sector": structure.SECTORS,
    "fund": investment.FUNDS,
    "local_fund": tuple(fund for fund in investment.GROWN_FUNDS if fund != "central_capital"),
    "crop": ("wet_rice", "upland_rice", "maize"),
    "area": ("urban", "rural"),
    "channel": epidemic.CHANNELS,
}
WITHOUT_FORMULA = {"constant_price_tilt", "swine_fever_year"}
"""A root and a record of 53 weeks; the page says in words how they are found."""
FUNCTIONS = {
    "max": np.maximum,
    "min": np.minimum,
    "clip": np.clip,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "round": np.rint,
}
BASELINES = {
    "child_underweight_rate": 17.0,
    "under_five_mortality": 33.0,
    "doctors_per_10000": 12.1,
    "urban_clean_water": 99.0,
    "rural_clean_water": 82.0,
}


def expanded(text: str) -> Iterator[str]:
    """The text for every member of the families that it names as <family>."""
    families = sorted(set(re.findall(rf"<({NAME})>", text)))
    for members in product(*(FAMILIES[family] for family in families)):
        copy = text
        for family, member in zip(families, members, strict=True):
            copy = copy.replace(f"<{family}>", member)
        yield copy


@cache
def model() -> Model:
    return build_model(load_plan(find_plan("dien_bien_2020")), BASELINES)


@cache
def shaken() -> Projection:
    """Draws in which shocks are frequent, so that every term of a formula is alive."""
    changes = {
        "human_epidemic": Setting(0.5),
        "foot_and_mouth_outbreak": Setting(0.5),
        "foreign_direct_investment": Setting(0.5),
    }
    return project(model(), Scenario("shaken", changes, BASELINES, 256, 1, "dien_bien_2020"))


@cache
def stated() -> dict[str, Any]:
    """What the formulas of the page give on the drawn inputs, by quantity."""
    values = shaken().values
    shapes = {name: getattr(forms, name) for name in dir(forms) if not name.startswith("_")}
    found: dict[str, Any] = {}
    for block in BLOCK.findall(TEXT):
        for code in expanded(block):
            scope: dict[str, Any] = {**shapes, **FUNCTIONS, **values}
            scope["month_weight"] = _month_weights(code)
            exec(code, scope)
            found |= {name: scope[name] for name in _assigned(code) if name in values}
    return found


def _assigned(code: str) -> list[str]:
    return re.findall(rf"^\s*({NAME}) = ", code, re.MULTILINE)


def _month_weights(code: str) -> Any:
    for channel in FAMILIES["channel"]:
        if f"epidemic_loss_{channel} = " in code:
            arguments = model().graph.equations[f"epidemic_loss_{channel}"].arguments
            name = next(argument for argument in arguments if "seasonality" in argument)
            weights = np.broadcast_to(model().constants[name], 12)
            return lambda month: weights[month]
    return None


def sections() -> dict[str, str]:
    """The text of each section by what docstrings call it: "E9", "section 5"."""
    found: dict[str, str] = {}
    parts = re.split(r"^(#{2,3} .*)$", TEXT, flags=re.MULTILINE)
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        equation = re.match(r"### (E\d+) \S", heading)
        section = re.match(r"## (\d+)\. \S", heading)
        if equation:
            assert equation[1] not in found
            found[equation[1]] = body
        elif section:
            current = f"section {section[1]}"
            found[current] = body
            continue
        found[current] += body
    return found


def cited(text: str) -> set[str]:
    """The equations and sections that a text cites; a range cites all within."""
    found = {f"section {number}" for number in re.findall(r"\bsection (\d+)", text)}
    for first, last in re.findall(r"\bE(\d+)(?:-E(\d+))?\b", text):
        found |= {f"E{number}" for number in range(int(first), int(last or first) + 1)}
    return found


def docstrings() -> Iterator[str]:
    for found in pkgutil.iter_modules(equations.__path__):
        yield importlib.import_module(f"{equations.__name__}.{found.name}").__doc__ or ""
    for source in all_equations():
        yield Equation.of(source).sentence


@cache
def vocabulary() -> frozenset[str]:
    """Every name that the program or the plan's tables know."""
    given = model().plan
    known = {*model().graph.equations, *model().graph.inputs, *model().constants}
    for table in (given.targets, given.funds, given.sources, given.inconsistencies):
        known |= set(table)
    known |= set(given.catalogue.assumptions) | set(given.catalogue.factors)
    known |= set(shipped_scenarios())
    known |= {found.name for found in pkgutil.iter_modules(equations.__path__)}
    known |= {name for name in dir(forms) if not name.startswith("_")}
    records = (
        *(plan.Fact, plan.Parameter, plan.Target, plan.Fund, plan.FundErrors, plan.Season),
        *(Assumption, CommonFactor),
    )
    for record in records:
        known |= set(record.model_fields)
    for kinds in (Kind, plan.FactKind, plan.TargetKind, plan.Verdict, *_choices(plan.Target)):
        known |= {kind for kind in get_args(kinds) if isinstance(kind, str)}
    local = {name for block in BLOCK.findall(TEXT) for name in _assigned(block)}
    return frozenset(known | local | {"month_weight"})


def _choices(record: Any) -> Iterator[Any]:
    for field in record.model_fields.values():
        yield from get_args(field.annotation)


def units() -> dict[str, str]:
    """The unit that the page states for each quantity: `visitors` [thousand visits]."""
    found = {}
    for names, unit in re.findall(
        rf"((?:`{PATTERN}`(?:, | and )?)+) \[([A-Za-z0-9 /]+)\](?!\()", PROSE
    ):
        for pattern in re.findall(rf"`({PATTERN})`", names):
            for name in expanded(pattern):
                found[name] = canonical(unit)
    return found


def test_every_cited_equation_has_a_heading_and_every_heading_is_cited() -> None:
    in_code = set().union(*map(cited, docstrings()))
    in_targets = set().union(*(cited(row.equation) for row in model().plan.targets.values()))
    headings = set(sections())
    assert in_code | in_targets <= headings
    assert {name for name in headings if name.startswith("E")} <= in_code | in_targets
    numbered = [name for name in sections() if name.startswith("E")]
    assert numbered == [f"E{number}" for number in range(1, len(numbered) + 1)]


def test_an_equation_stands_in_a_section_that_its_docstring_cites() -> None:
    texts = {place: "\n".join(_lines(text)) for place, text in sections().items()}
    for source in all_equations():
        equation = Equation.of(source)
        places = cited(equation.sentence)
        if places:
            assert any(re.search(rf"\b{equation.name}\b", texts[place]) for place in places), (
                f"{equation.name}: {sorted(places)}"
            )


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from expanded(line) if _known_families(line) else [line]


def _known_families(line: str) -> bool:
    return set(re.findall(rf"<({NAME})>", line)) <= set(FAMILIES)


def test_every_name_in_backticks_exists() -> None:
    unknown = set()
    for quoted in re.findall(r"`([^`\n]+)`", PROSE):
        bare = re.sub(r"\(.*\)$", "", quoted)
        if re.fullmatch(rf"<{NAME}>", bare):
            assert bare[1:-1] in FAMILIES, quoted
        elif re.fullmatch(PATTERN, bare):
            unknown |= {name for name in expanded(bare) if name not in vocabulary()}
    assert not unknown


def test_every_file_named_exists() -> None:
    folders = (ROOT, ROOT / "docs", model().plan.folder)
    for quoted in re.findall(r"`([^`\s]*[./][^`\s]*)`", PROSE):
        if re.fullmatch(r"[\w/]+(\.\w+)?/?", quoted) and not re.search(r"^\d|/year$", quoted):
            assert any((folder / quoted).exists() for folder in folders), quoted


def test_every_equation_has_a_formula_and_a_unit() -> None:
    names = set(model().graph.equations)
    assert names - WITHOUT_FORMULA <= set(stated())
    assert names <= set(units())


def test_a_formula_gives_what_the_program_computes() -> None:
    values = shaken().values
    for name, value in stated().items():
        np.testing.assert_allclose(value, values[name], rtol=1e-9, atol=1e-12, err_msg=name)


def test_a_unit_is_the_one_of_the_program() -> None:
    graph = model().graph
    for name, unit in units().items():
        known = graph.equations[name].unit if name in graph.equations else graph.inputs[name]
        assert unit == known, name


def test_the_printed_central_run_is_the_trends() -> None:
    trend = Scenario("trend", {}, {}, 4096, 20191231, "dien_bien_2020")
    plain = build_model(model().plan)
    values = project(plain, trend, deterministic=True).values
    rows = re.findall(r"^\| `(\w+)` \| (-?[\d.]+) \|$", sections()["section 12"], re.MULTILINE)
    assert len(rows) > 25
    for name, printed in rows:
        decimals = len(printed.partition(".")[2])
        assert float(values[name]) == pytest.approx(float(printed), abs=0.51 * 10**-decimals), name


def test_the_printed_map_of_restocking_is_the_trends() -> None:
    header, *rows = (
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in sections()["section 5"].splitlines()
        if re.match(r"\| (\| 0|0\.\d)", line)
    )
    plain = build_model(model().plan)
    assert len(rows) > 3
    for biosecurity, *cells in rows:
        for restocking, printed in zip(header[1:], cells, strict=True):
            changes = {
                "pig_biosecurity": Setting(float(biosecurity)),
                "pig_restocking_rate": Setting(float(restocking)),
            }
            scenario = Scenario("map", changes, {}, 2, 1, "dien_bien_2020")
            pigs = project(plain, scenario, deterministic=True).values["pigs_at_year_end"]
            assert pigs / 1000 == pytest.approx(float(printed), abs=0.051)


def test_every_law_that_a_test_names_is_listed() -> None:
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", sections()["section 10"], re.M)}
    for path in (ROOT / "tests").rglob("test_*.py"):
        for numbers in re.findall(r"mark\.law\(([\d, ]+)\)", path.read_text(encoding="utf-8")):
            assert {int(number) for number in numbers.split(",") if number.strip()} <= listed, path


def test_the_words_for_a_chance_are_the_programs() -> None:
    for band in likelihoods():
        start = "below 0.01" if band.low == 0 else f"{band.low:.2f}"
        row = rf"^\| {re.escape(start)}[^|]*\| {band.vi} \| {band.en} \|$"
        assert re.search(row, textwrap.dedent(PROSE), re.MULTILINE), band.code


def test_every_source_is_named() -> None:
    for name in model().plan.sources:
        assert f"`{name}`" in PROSE, name
