"""What does one run change of a plan's assumptions, and what may a change say?"""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from simulator.assumptions import Assumption, Catalogue, Setting
from simulator.observation import Observation, Watch
from simulator.yaml_text import in_words, write_yaml

LARGEST = sys.float_info.max

MOST_DRAWS = 2**17


@dataclass(frozen=True)
class Scenario:
    """One run: what it changes of the catalogue's centres, and how it is drawn."""

    name: str
    changes: Mapping[str, Setting]
    typed_baselines: Mapping[str, float]
    draws: int
    seed: int
    plan: str
    title_vi: str = ""
    title_en: str = ""
    because_vi: str = ""
    because_en: str = ""
    solve: Literal["plan"] | None = None
    observations: tuple[Observation, ...] = ()
    as_of: date | None = None
    """The day up to which observations are known; None for all."""

    def title(self, language: str) -> str:
        """The title in a language, or the name where the file gives none."""
        return (self.title_vi if language == "vi" else self.title_en) or self.name

    def hash(self, plan_hash: str, version: str, reading: str = "") -> str:
        """A short hash of all that decides the numbers: changes, draws, seed, plan and version.

        `reading` says how targets were read where it was not by the default rules.
        """
        content: dict[str, Any] = {
            "changes": {name: plain(setting) for name, setting in sorted(self.changes.items())},
            "typed_baselines": dict(sorted(self.typed_baselines.items())),
            "draws": self.draws,
            "seed": self.seed,
            "solve": self.solve,
            "plan": plan_hash,
            "reading": reading,
            "version": version,
        }
        learned = [row for row in self.observations if self.as_of is None or row.date <= self.as_of]
        if learned:
            rows = [(row.quantity, row.kind, row.value, row.unit, str(row.date)) for row in learned]
            content["observations"] = sorted(rows)
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Vocabulary:
    """What the scenarios of one plan may name, and the plan's defaults."""

    catalogue: Catalogue
    baselines: Mapping[str, tuple[float, float]]
    """Targets whose baseline may be typed in, with the range of the value."""
    plan: str
    draws: int
    seed: int
    watch: Callable[[Mapping[str, float]], Watch] | None = None
    """What can be observed of the plan's year under some typed baselines; None: nothing."""


def read_setting(value: Any, assumption: Assumption) -> Setting | tuple[str, str]:
    """A setting from a number, {fixed: x} or {p10, p50, p90}; else what is wrong and what is allowed."""
    low, high = assumption.low, assumption.high
    if not isinstance(value, dict):
        wrong = number_problem(value, low, high, assumption.unit)
        return wrong or Setting(float(value))
    if set(value) not in ({"fixed"}, {"p10", "p50", "p90"}):
        return f"is {in_words(value)}", "a number, {fixed: x} or {p10: x, p50: y, p90: z}"
    for key, part in value.items():
        wrong = number_problem(part, low, high, assumption.unit)
        if wrong:
            return f"{key} {wrong[0]}", wrong[1]
    if "fixed" in value:
        if assumption.link == "switch" and value["fixed"] not in (0, 1):
            return f"fixed is {in_words(value['fixed'])} on a switch", "0, 1 or a bare probability"
        return Setting(float(value["fixed"]), fixed=True)
    p10, p50, p90 = (float(value[key]) for key in ("p10", "p50", "p90"))
    if assumption.link == "switch":
        return "quantiles on a switch", "a probability or {fixed: 0 or 1}"
    if not p10 <= p50 <= p90:
        return f"quantiles out of order: {p10:g}, {p50:g}, {p90:g}", "p10 <= p50 <= p90"
    at_an_end = 0.0 in (p10, p50, p90) or (assumption.link == "logit" and 1.0 in (p10, p50, p90))
    if assumption.link in {"log", "logit"} and at_an_end:
        return "quantiles at the end of the range", "values inside it, or {fixed: x}"
    return Setting(p50, p10=p10, p90=p90)


def number_problem(value: Any, low: float, high: float, unit: str = "") -> tuple[str, str] | None:
    """What is wrong with a value that should be a number in a range, and what is allowed."""
    allowed = f"{low:g} to {high:g}" if high <= LARGEST else f"{low:g} or more"
    if isinstance(value, bool) or not isinstance(value, int | float):
        hint = _number_meant(value) if isinstance(value, str) else ""
        return f"is {in_words(value)}, not a number", allowed + hint
    if not low <= value <= min(high, LARGEST):
        hint = " (a share: 9% is 0.09)" if "share" in unit and value > 1 else ""
        return f"{in_words(value)} is out of range", allowed + hint
    return None


def _number_meant(text: str) -> str:
    """A hint for a number as the province writes it: 7,5 or 9%."""
    if text.endswith("%"):
        return ", without %: 9% is 0.09 in a share, 9 in percent"
    if _DECIMAL_COMMA.fullmatch(text):
        return f", with a dot as the decimal sign: {text.replace(',', '.')}"
    return ""


_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")


def plain(setting: Setting) -> Any:
    """A setting as a scenario file writes it."""
    if setting.fixed:
        return {"fixed": setting.centre}
    if setting.p10 is not None:
        return {"p10": setting.p10, "p50": setting.centre, "p90": setting.p90}
    return setting.centre


def dump(scenario: Scenario) -> str:
    """A scenario as the text of a file that reads back to the same run."""
    document: dict[str, Any] = {
        "title": {"vi": scenario.title_vi, "en": scenario.title_en},
        "because": {"vi": scenario.because_vi, "en": scenario.because_en},
        "plan": scenario.plan,
        "draws": scenario.draws,
        "seed": scenario.seed,
    }
    if scenario.solve:
        document["solve"] = scenario.solve
    document["changes"] = {name: plain(row) for name, row in scenario.changes.items()}
    if scenario.typed_baselines:
        document["typed_baselines"] = dict(scenario.typed_baselines)
    if scenario.observations:
        document["observations"] = [written(row) for row in scenario.observations]
    if scenario.as_of is not None:
        document["as_of"] = scenario.as_of.isoformat()
    return write_yaml(document)


def written(told: Observation) -> dict[str, Any]:
    """An observation as a scenario file writes it."""
    row = {**vars(told), "date": told.date.isoformat()}
    return row if told.entered_by else {k: v for k, v in row.items() if k != "entered_by"}


def draws_problem(draws: int) -> tuple[str, str] | None:
    """What is wrong with a number of draws; Sobol points balance only in powers of two."""
    if draws in allowed_draws():
        return None
    below = [power for power in allowed_draws() if power < draws][-1:]
    above = [power for power in allowed_draws() if power > draws][:1]
    near = " or ".join(map(str, below + above))
    return f"is {in_words(draws)}", f"a power of two from 2 to {MOST_DRAWS}, nearest: {near}"


def allowed_draws() -> list[int]:
    """The numbers of draws that a run may have."""
    return [2**power for power in range(1, MOST_DRAWS.bit_length())]
