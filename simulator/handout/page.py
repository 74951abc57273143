"""How does a board become one file? Data, equations, the cockpit's own panel and board, and a style."""

import json
import math
from pathlib import Path
from typing import Any

from simulator.assumptions import Setting
from simulator.batch import DEFAULT_SCENARIO, default_plan
from simulator.cockpit.markup import Markup, tag
from simulator.drawing.tokens import FONT, declarations
from simulator.handout.kernels import kernels
from simulator.handout.model_data import model_data
from simulator.handout.script import script
from simulator.handout.view_data import view_data
from simulator.language import Language, say, show
from simulator.records import InputError, Problem
from simulator.resources import PACKAGE
from simulator.run import Result, product_version

ASSETS = Path(__file__).parent / "assets"
COCKPIT = PACKAGE / "cockpit" / "assets"
EXPORT = "export default function"

SETTINGS_TRIED = 200
CHANCE_WITHIN = 0.0005
VALUE_WITHIN = 1e-9
"""What the page says of its error, and holds itself to when it opens: `benchmarks/handout_benchmark.py`
measures it and a test in a browser holds it."""


def handout(result: Result, language: Language) -> str:
    """A run as one HTML file that moves its levers without a server.

    Raises InputError for a run without draws or one that has learned from observations.
    """
    _refuse(result)
    card = result.card
    data = {"model": model_data(card), "view": view_data(card), "page": _page(result, language)}
    scripts = (
        f"const KERNELS = {script(kernels(card.projection.model))};",
        _asset(COCKPIT / "base.js"),
        _component("mountLevers", "levers"),
        _component("mountBoard", "board"),
        *(_asset(ASSETS / name) for name in ("engine.js", "view.js", "main.js")),
    )
    policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
    head = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        tag("title", say("bar.brand", language)),
        f"<style>{_tokens(':root')}{_asset(ASSETS / 'page.css')}</style>",
    )
    missing = " ".join(say("handout.no_script", each) for each in ("vi", "en"))
    body = (
        tag("noscript", tag("p", missing)),
        *(_parts(name) for name in ("bar", "levers", "board")),
        '<div id="bar"></div><main id="panes"><div id="levers"></div><div id="board"></div></main>',
        '<p id="about"></p>',
        f'<script type="application/json" id="data">{as_json(data)}</script>',
        f'<script type="module">{"".join(scripts)}</script>',
    )
    lines = "\n".join(body)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n{chr(10).join(head)}\n</head>\n'
        f"<body>\n{lines}\n</body>\n</html>\n"
    )


def _refuse(result: Result) -> None:
    name = result.scenario.name
    if result.card.projection.deterministic:
        raise InputError([Problem(name, None, "", "the central run has no chances to show")])
    if result.tracked is not None:
        wrong = "a hand-out cannot learn from observations"
        allowed = "a scenario without observations"
        raise InputError([Problem(name, None, "observations", wrong, allowed)])


def _page(result: Result, language: Language) -> dict[str, Any]:
    """What belongs to this file alone: where it opens, and what it says of itself."""
    card = result.card
    scenario = card.projection.scenario
    return {
        "language": language,
        "changes": {name: _plain(setting) for name, setting in scenario.changes.items()},
        "words": _words(result),
        "truth": [
            {
                "name": row.name,
                "chance": row.plan_chance,
                "median": row.quantiles[1] if row.quantiles else None,
            }
            for row in card.rows.values()
        ],
        "tolerance": VALUE_WITHIN,
        "chanceTolerance": CHANCE_WITHIN,
        "said": {each: _said(result, each) for each in ("vi", "en")},
    }


def _plain(setting: Setting) -> dict[str, Any]:
    return {
        "value": setting.centre,
        "fixed": setting.fixed,
        "p10": setting.p10,
        "p90": setting.p90,
    }


def _words(result: Result) -> list[str]:
    """What of the command line no lever of the page moves."""
    scenario = result.card.projection.scenario
    sheet = result.card.projection.plan.sheet
    words = []
    for name, value in scenario.typed_baselines.items():
        words += ["--baseline", f"{name}={value!r}"]
    if scenario.plan != default_plan():
        words += ["--plan", scenario.plan]
    if scenario.draws != sheet.draws:
        words += ["--draws", str(scenario.draws)]
    return [*words, "--seed", str(scenario.seed)]


def _said(result: Result, language: Language) -> dict[str, Any]:
    scenario, sheet = result.card.projection.scenario, result.card.projection.plan.sheet
    province = sheet.province.vi if language == "vi" else sheet.province.en
    trend = scenario.name == DEFAULT_SCENARIO
    title = say("handout.trend", language) if trend else scenario.title(language)
    draws = show(scenario.draws, 0, language)
    method = say("handout.method", language, draws=draws)
    error = say(
        "handout.error",
        language,
        settings=SETTINGS_TRIED,
        points=show(100 * CHANCE_WITHIN, 2, language),
        noise=show(100 * _sampling_error(scenario.draws), 1, language),
    )
    return {
        "brand": say("bar.brand", language),
        "place": say("bar.place", language, province=province, year=sheet.plan_year),
        "scenario": say("handout.scenario", language, title=title),
        "print": say("handout.print", language),
        "reopen": say("handout.reopen", language) if scenario.changes else "",
        "language": say("bar.language", language),
        "about": f"{method} {error}",
        "facts": [
            say("foot.version", language, version=product_version()),
            say("foot.plan", language, plan=result.card.projection.plan.name),
            say("handout.hash", language, hash=result.hash),
            say("foot.seed", language, seed=scenario.seed),
            say("foot.draws", language, draws=draws),
        ],
    }


def _sampling_error(draws: int) -> float:
    """Half the width of the 95% interval of an even chance, from independent draws."""
    return 1.96 * math.sqrt(1 / 4 / draws)


def _asset(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _component(name: str, file: str) -> str:
    """A component of the cockpit as a function of the page; its own names stay inside."""
    source = _asset(COCKPIT / f"{file}.js")
    if source.count(EXPORT) != 1:
        raise ValueError(f"{file}.js should export one function")
    inside = source.replace(EXPORT, "const mounted = function")
    return f"const {name} = (() => {{\n{inside}\nreturn mounted;\n}})();\n"


def _parts(name: str) -> str:
    """The template of a shadow root: a style of its own, and the element that a component fills."""
    styles = "".join(_asset(COCKPIT / file) for file in ("base.css", f"{name}.css"))
    style = f"{_tokens(':host')}{styles}{_asset(ASSETS / 'inside.css')}"
    return f'<template id="{name}-parts"><style>{style}</style><div class="root"></div></template>'


def _tokens(selector: str) -> str:
    light = f"{selector}{{--font:{FONT};{declarations('light')}}}"
    dark = f"@media screen and (prefers-color-scheme: dark){{{selector}{{{declarations('dark')}}}}}"
    return f"{light}:root{{color-scheme:light dark}}{dark}"


def as_json(data: dict[str, Any]) -> Markup:
    """JSON that no HTML parser takes for the end of its element."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))
