"""Which sessions do the laws of the cockpit meet? Few draws, and events of every shape."""

from dataclasses import replace
from functools import cache, partial
from typing import Any

from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.cockpit.moves import MASTER, MASTER_HIGH, MASTER_LOW, Moves
from simulator.cockpit.session import Session
from simulator.language import Language
from simulator.run import Workshop
from simulator.scenario import dump
from simulator.scorecard import Scorecard
from tests.runs import calm_settings
from tests.strategies import BASELINES, catalogue, scenario, shipped_plan

PLAN = "dien_bien_2020"
FRONT = tuple(name for name, row in catalogue().items() if row.front)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&{name}{0}%s\x00‮"


@cache
def workshop(draws: int = 64) -> Workshop:
    """A workshop in which the shipped plan is drawn only a few times."""
    made = Workshop()
    plan = made.plan(PLAN)
    made.plans[PLAN] = replace(plan, sheet=plan.sheet.model_copy(update={"draws": draws}))
    return made


@cache
def trend_card(draws: int = 64) -> Scorecard:
    run = replace(scenario(draws=draws, seed=shipped_plan().sheet.seed), name="trend")
    return workshop(draws).run(run).card


def session(language: Language = "vi", draws: int = 64) -> Session:
    """A session as it begins."""
    return Session(workshop(draws), PLAN, trend_card(draws), language)


def move(name: str, value: float, **more: Any) -> dict[str, Any]:
    return {"kind": "move", "name": name, "value": value, "final": True} | more


def anything() -> st.SearchStrategy[Any]:
    """Whatever JSON can say, and what only Python's reader takes for JSON."""
    leaves = (
        st.none() | st.booleans() | st.integers() | st.floats() | st.just(10**400)
        | st.text(max_size=8) | st.sampled_from(["\ud800", HOSTILE, MASTER, *FRONT[:2]])
    )  # fmt: skip
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
        max_leaves=4,
    )


@st.composite
def lever_moves(draw: st.DrawFn) -> dict[str, Any]:
    """A value of a lever within its range, on the way of a drag or at its end."""
    name = draw(st.sampled_from([MASTER, *catalogue()]))
    low, high = MASTER_LOW, MASTER_HIGH
    if name != MASTER:
        low, high = catalogue()[name].low, catalogue()[name].high
    value = draw(st.floats(low, high, allow_subnormal=False))
    return {"kind": "move", "name": name, "value": value, "final": draw(st.booleans())}


def resets() -> st.SearchStrategy[dict[str, Any]]:
    names = st.lists(st.sampled_from([MASTER, *catalogue()]), max_size=4)
    return st.fixed_dictionaries({"kind": st.just("reset"), "names": st.none() | names})


def baselines() -> st.SearchStrategy[dict[str, Any]]:
    """A baseline typed as one of either language's numbers, or as none."""
    texts = st.sampled_from(["12", "12,5", "12.5", " 9 % ", "", "-3", "1e9", "nan", HOSTILE])
    names = st.sampled_from([*BASELINES, "grdp_growth", "nothing"])
    return st.fixed_dictionaries({"kind": st.just("baseline"), "name": names, "text": texts})


def _as_a_file_may(name: str, setting: Setting) -> Setting:
    """A switch is fixed at 0 or 1 alone."""
    half_way = setting.fixed and catalogue()[name].link == "switch"
    return replace(setting, centre=float(round(setting.centre))) if half_way else setting


@st.composite
def some_moves(draw: st.DrawFn, most: int = 5) -> Moves:
    """Any settings and typed baselines that a scenario file may hold."""
    names = draw(st.lists(st.sampled_from(sorted(catalogue())), max_size=most, unique=True))
    changes = {name: draw(calm_settings(name).map(partial(_as_a_file_may, name))) for name in names}
    default = shipped_plan().catalogue.default
    typed = draw(
        st.dictionaries(st.sampled_from(sorted(BASELINES)), st.floats(0.5, 100), max_size=2)
    )
    return Moves({key: row for key, row in changes.items() if row != default(key)}, typed)


@st.composite
def uploads(draw: st.DrawFn) -> dict[str, Any]:
    """A scenario file, whole or broken."""
    moves = draw(some_moves(3))
    text = dump(scenario(dict(moves.changes), typed_baselines=dict(moves.typed_baselines)))
    cut = draw(st.none() | st.integers(0, len(text)))
    text = draw(st.sampled_from([text[:cut], "extends: trend", "[", HOSTILE, "changes: {a: 1}"]))
    return {"kind": "upload", "name": draw(st.sampled_from(["a.yaml", HOSTILE])), "text": text}


def plain_events() -> st.SearchStrategy[dict[str, Any]]:
    """Events without a value: history, the split of the move, language, pages."""
    kinds = st.sampled_from(["undo", "redo", "split", "dismiss", "language", "page", "open"])
    words = st.sampled_from(["vi", "en", "growth", "grdp_growth", HOSTILE])
    return st.fixed_dictionaries({"kind": kinds, "language": words, "page": words, "name": words})


def broken_events() -> st.SearchStrategy[Any]:
    """Events of a known kind with anything in their fields, and no events at all."""
    kinds = st.sampled_from(
        [
            "move",
            "reset",
            "undo",
            "split",
            "language",
            "page",
            "open",
            "baseline",
            "upload",
            "number",
        ]
    )
    names = st.sampled_from([MASTER, *FRONT]) | anything()
    fields = {
        "kind": kinds | anything(),
        "name": names,
        "names": anything(),
        "value": anything(),
        "text": anything(),
        "final": anything(),
        "number": anything(),
        "language": anything(),
        "page": anything(),
    }
    return anything() | st.fixed_dictionaries({}, optional=fields)


def events() -> st.SearchStrategy[Any]:
    """What the page sends."""
    return lever_moves() | resets() | plain_events() | baselines() | uploads()
