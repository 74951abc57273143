"""How does the address hold the levers? Versioned; old links are clamped and what was clamped is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from simulator.assumptions import Catalogue, Setting
from simulator.cockpit.moves import Moves
from simulator.scenario import read_setting

VERSION = "1"
BASELINE = "baseline."
QUANTILES = ("p10", "p50", "p90")
KEPT = frozenset(
    {
        *("v", "language", "indicator", "denominator", "compare", "seek", "seek_levers", "level"),
        *("as_of", "clock", "year"),
    }
)
"""Keys of the address that are not levers."""
KEPT_BEGIN = ("kept.",)


@dataclass(frozen=True)
class Clamped:
    """A value of an old link that no longer stands: what it was, and what was taken instead."""

    name: str
    given: str
    taken: float | None


def to_address(moves: Moves) -> dict[str, str]:
    """The keys and values of an address for some moves."""
    if not moves.changes and not moves.typed_baselines:
        return {}
    address = {"v": VERSION}
    address |= {name: _text(setting) for name, setting in moves.changes.items()}
    address |= {f"{BASELINE}{name}": repr(value) for name, value in moves.typed_baselines.items()}
    return address


def _text(setting: Setting) -> str:
    if setting.fixed:
        return f"fixed:{setting.centre!r}"
    if setting.p10 is not None:
        return f"{setting.p10!r}~{setting.centre!r}~{setting.p90!r}"
    return repr(setting.centre)


def from_address(
    address: Mapping[str, str], catalogue: Catalogue, baselines: Mapping[str, tuple[float, float]]
) -> tuple[Moves, list[Clamped]]:
    """The moves that an address holds, and what of it had to be clamped or left out."""
    moves = Moves()
    clamped: list[Clamped] = []
    for key, text in address.items():
        if key in KEPT or key.startswith(KEPT_BEGIN):
            continue
        name = key.removeprefix(BASELINE)
        if key.startswith(BASELINE):
            value, told = _within(name, text, baselines.get(name))
            moves = moves if value is None else moves.typed(name, value)
        elif key in catalogue.assumptions:
            setting, told = _setting(key, text, catalogue)
            moves = moves.moved(key, setting, catalogue)
        else:
            told = Clamped(key, text, None)
        clamped += [told] if told else []
    return moves, clamped


def _setting(name: str, text: str, catalogue: Catalogue) -> tuple[Setting | None, Clamped | None]:
    row = catalogue.assumptions[name]
    try:
        parts = [float(part) for part in text.removeprefix("fixed:").split("~")]
    except ValueError:
        return None, Clamped(name, text, None)
    fixed = text.startswith("fixed:")
    setting = read_setting(_as_written(parts, fixed), row)
    if isinstance(setting, Setting):
        return setting, None
    near = [min(row.high, max(row.low, part)) for part in parts if part == part]
    setting = read_setting(_as_written(near, fixed), row)
    if isinstance(setting, Setting) and len(near) == len(parts):
        return setting, Clamped(name, text, setting.centre)
    return None, Clamped(name, text, None)


def _as_written(parts: list[float], fixed: bool) -> object:
    """What a scenario file would say: a number, {fixed: x} or {p10, p50, p90}."""
    if len(parts) == len(QUANTILES) and not fixed:
        return dict(zip(QUANTILES, parts, strict=True))
    if len(parts) != 1:
        return None
    return {"fixed": parts[0]} if fixed else parts[0]


def _within(
    name: str, text: str, allowed: tuple[float, float] | None
) -> tuple[float | None, Clamped | None]:
    try:
        value = float(text)
    except ValueError:
        return None, Clamped(name, text, None)
    if allowed is None or not isfinite(value):
        return None, Clamped(name, text, None)
    near = min(allowed[1], max(allowed[0], value))
    return near, None if near == value else Clamped(name, text, near)
