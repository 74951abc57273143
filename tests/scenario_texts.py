"""Which scenario files do the tests write? The bad ten, and whatever Hypothesis makes of the catalogue."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.records import InputError, Problem
from simulator.run import baseline_ranges
from simulator.scenario import Scenario, Vocabulary
from simulator.scenario_file import read_scenario
from simulator.track import watch
from simulator.unroll import unroll
from tests.strategies import catalogue, settings_of, shipped_model, shipped_plan

PLAN = "dien_bien_2020"

BAD_TEN: dict[str, tuple[bytes, str]] = {
    "unknown_key": (
        b"title:\n  vi: a\n  en: b\nchange:\n  drought_severity: 0.3\n",
        "unknown_key.yaml:4: change: unknown key; allowed: title, because, extends, plan, draws, "
        "seed, solve, changes, typed_baselines, sweep, observations, as_of; did you mean 'changes'?",
    ),
    "unknown_assumption": (
        b"changes:\n  price_growth: 0.03\n  drougth_severity: 0.3\n",
        "unknown_assumption.yaml:3: drougth_severity: unknown assumption; allowed: a name that "
        "`simulator list assumptions` prints; did you mean 'drought_severity'?",
    ),
    "out_of_range": (
        b"changes:\n  services_growth: 9\n",
        "out_of_range.yaml:2: services_growth: 9 is out of range; allowed: -0.1 to 0.2 "
        "(a share: 9% is 0.09)",
    ),
    "out_of_order": (
        b"changes:\n  services_growth: {p10: 0.09, p50: 0.06, p90: 0.08}\n",
        "out_of_order.yaml:2: services_growth: quantiles out of order: 0.09, 0.06, 0.08; "
        "allowed: p10 <= p50 <= p90",
    ),
    "wrong_type": (
        b"draws: 64\nchanges:\n  services_growth: 7,5\n",
        "wrong_type.yaml:3: services_growth: is '7,5', not a number; allowed: -0.1 to 0.2, "
        "with a dot as the decimal sign: 7.5",
    ),
    "doubled_key": (
        b"changes:\n  services_growth: 0.07\n  price_growth: 0.03\n  services_growth: 0.08\n",
        "doubled_key.yaml:4: services_growth: doubled key, first on line 2; "
        "allowed: every key once",
    ),
    "circle": (
        b"title: {vi: a, en: b}\nextends: [trend, circle]\n",
        "circle.yaml:2: extends: circular: circle -> circle; allowed: files that do not lead back",
    ),
    "latin_1": (
        "title:\n  vi: Han\n  en: Sécheresse\n".encode("latin-1"),
        "latin_1.yaml:3: byte 24 is not UTF-8; allowed: text in UTF-8",
    ),
    "alias_bomb": (
        b"a: &a [x, x, x, x, x, x, x, x]\n"
        + b"".join(
            f"{name}: &{name} [{', '.join([f'*{of}'] * 8)}]\n".encode()
            for of, name in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "alias_bomb.yaml:2: alias *a; allowed: values written out, no aliases",
    ),
    "empty": (b"", "empty.yaml:1: the file is empty; allowed: a mapping of keys to values"),
}
"""By file name: the content, and all that is said of it."""


def vocabulary() -> Vocabulary:
    plan = shipped_plan()
    return Vocabulary(
        plan.catalogue,
        baseline_ranges(plan),
        PLAN,
        plan.sheet.draws,
        plan.sheet.seed,
        lambda _: watch(shipped_model()),
    )


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def runs_of(path: Path) -> list[Scenario]:
    """The runs of a scenario file of the shipped plan."""
    return unroll(read_scenario(path), vocabulary())


def only_run(path: Path) -> Scenario:
    (run,) = runs_of(path)
    return run


def problems_of(path: Path) -> tuple[Problem, ...]:
    """All that is wrong with a scenario file of the shipped plan."""
    try:
        runs_of(path)
    except InputError as error:
        return error.problems
    return ()


def only_problem(path: Path) -> Problem:
    (problem,) = problems_of(path)
    return problem


def is_written(name: str, setting: Setting) -> bool:
    """Whether a scenario file takes the setting: a switch is fixed on or off, never between."""
    return not (
        catalogue()[name].link == "switch" and setting.fixed and setting.centre not in (0, 1)
    )


def file_settings(name: str) -> st.SearchStrategy[Setting]:
    """What a scenario file may say of an assumption."""
    return settings_of(name).filter(lambda setting: is_written(name, setting))


@st.composite
def file_changes(draw: st.DrawFn, most: int = 6) -> dict[str, Setting]:
    names = draw(st.lists(st.sampled_from(sorted(catalogue())), max_size=most, unique=True))
    return {name: draw(file_settings(name)) for name in names}


def plain(setting: Setting) -> Any:
    """A setting as a scenario file writes it."""
    if setting.fixed:
        return {"fixed": setting.centre}
    if setting.p10 is None:
        return setting.centre
    return {"p10": setting.p10, "p50": setting.centre, "p90": setting.p90}


def file_text(**keys: Any) -> str:
    """A scenario file written as JSON, which is YAML too; settings as a file writes them."""
    for key in ("changes", "typed_baselines"):
        if isinstance(keys.get(key), dict):
            keys[key] = {
                name: plain(value) if isinstance(value, Setting) else value
                for name, value in keys[key].items()
            }
    return json.dumps(keys, ensure_ascii=False)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["", "7,5", "9%", "1e-3", "no", "0.1", "plan", "trend", "2020-01-01"])
    | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["vi", "en", "fixed", "p10", "p50", "p90", "grid", "list", "name"])
            | st.text(max_size=3),
            inside,
            max_size=3,
        )
    ),
    max_leaves=6,
)
"""Values of every form, right and wrong."""
