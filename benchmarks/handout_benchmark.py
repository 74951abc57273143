"""The board in one file: how far from the model in random settings, how fast on a drag, how large."""

import itertools
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright
from serving import FLAGS, PLACES
from timing import verdict

from simulator.assumptions import Setting
from simulator.batch import Failure, default_plan, run_all
from simulator.handout.page import CHANCE_WITHIN, SETTINGS_TRIED, VALUE_WITHIN, handout
from simulator.run import Result, Workshop
from simulator.scenario import Scenario
from simulator.scorecard import Rules

SEED = 20201231
LARGEST = 2_000_000
LEVERS = ("industry_growth", "foreign_capital_disbursement", "pig_biosecurity", "epidemic_months")
STEPS = 60
FRAMES_A_SECOND = 10.0
LISTEN = "addEventListener('simulator-news', () => window.times?.push(performance.now()))"

workshop = Workshop()
plan = workshop.plan(default_plan())


def run(changes: dict[str, Setting]) -> Result | None:
    scenario = Scenario("trend", changes, {}, plan.sheet.draws, plan.sheet.seed, default_plan())
    (outcome,) = run_all([scenario], workshop, Rules())
    return None if isinstance(outcome, Failure) else outcome


def random_changes(generator: np.random.Generator) -> dict[str, Setting]:
    """Every lever somewhere in its range, near the trend as often as anywhere."""
    changes = {}
    for name, row in plan.catalogue.assumptions.items():
        anywhere = float(generator.uniform(row.low, row.high))
        near = row.centre + 0.2 * (anywhere - row.centre)
        changes[name] = Setting(float(generator.choice([anywhere, near, row.centre])))
    return changes


def accuracy(page: Page) -> tuple[list[float], list[float]]:
    """The largest error of a chance, and the largest relative one of a quantile, by setting."""
    generator = np.random.default_rng(SEED)
    chances, values = [], []
    while len(chances) < SETTINGS_TRIED:
        changes = random_changes(generator)
        result = run(changes)
        if result is None:
            continue
        found = page.evaluate("moved => window.simulatorHandout.numbers(moved)", _plain(changes))
        errors = [_errors(found["rows"][name], row) for name, row in result.card.rows.items()]
        chances.append(max(chance for chance, _ in errors))
        values.append(max(value for _, value in errors))
    return chances, values


def _plain(changes: dict[str, Setting]) -> dict[str, Any]:
    return {
        name: {"value": row.centre, "fixed": False, "p10": None, "p90": None}
        for name, row in changes.items()
    }


def _errors(told: Any, row: Any) -> tuple[float, float]:
    chance = 0.0 if row.plan_chance is None else abs(told["chance"] - row.plan_chance)
    pairs = zip(told["quantiles"] or (), row.quantiles or (), strict=True)
    return chance, max(
        (abs(ours - theirs) / max(1.0, abs(theirs)) for ours, theirs in pairs), default=0.0
    )


def updates_a_second(page: Page, lever: str) -> float:
    """How often the board changes while a lever is dragged over most of its range."""
    place = page.locator(f"#lever-{lever}").bounding_box()
    assert place is not None
    y = place["y"] + place["height"] / 2
    page.evaluate("window.times = []")
    page.mouse.move(place["x"] + 0.3 * place["width"], y)
    page.mouse.down()
    for step in range(STEPS):
        page.mouse.move(place["x"] + (0.3 + 0.6 * step / STEPS) * place["width"], y)
    page.mouse.up()
    page.wait_for_timeout(500)
    times: list[float] = page.evaluate("window.times")
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    return 1000 / statistics.median(gaps)


result = run({})
assert result is not None
content = handout(result, "vi")
size = len(content.encode())
browser_path = next(found for place in PLACES if (found := shutil.which(place)))
with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    path = Path(folder) / "board.html"
    path.write_text(content, encoding="utf-8")
    browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
    page = browser.new_context(offline=True, viewport={"width": 1366, "height": 768}).new_page()
    page.goto(path.as_uri())
    page.wait_for_function("window.simulatorBoard?.version > 0")
    page.evaluate(LISTEN)
    opening = page.evaluate("window.simulatorHandout.milliseconds")
    print(
        f"hand-out: {size / 1000:.0f} kB, first numbers after {opening:.0f} ms, {plan.sheet.draws} draws"
    )
    speeds = {lever: updates_a_second(page, lever) for lever in LEVERS}
    for lever, speed in speeds.items():
        print(f"hand-out, {lever} dragged: {speed:.0f} updates a second")
    chances, values = accuracy(page)
    browser.close()
at = np.quantile(chances, 0.95)
print(
    f"hand-out, {SETTINGS_TRIED} settings: chance off by {at:.2g} in 95 of 100, at most {max(chances):.2g}"
)
print(
    f"hand-out, {SETTINGS_TRIED} settings: quantiles off by at most {max(values):.2g} of their size"
)
verdict("hand-out, largest error of a chance / what it says", max(chances) / CHANCE_WITHIN, 1)
verdict("hand-out, largest error of a quantile / what it says", max(values) / VALUE_WITHIN, 1)
verdict(
    "hand-out, updates a second of the slowest lever",
    min(speeds.values()),
    FRAMES_A_SECOND,
    at_most=False,
)
verdict("hand-out, size / two megabytes", size / LARGEST, 1)
