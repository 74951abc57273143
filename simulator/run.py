"""How does one scenario become a scorecard? Plans and models are read once and shared."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from simulator.equations import all_equations
from simulator.graph import Equation, WiringError
from simulator.plan import OUTCOMES, Plan, find_plan, load_plan
from simulator.projection import Model, build_model, project
from simulator.records import InputError, Problem
from simulator.scenario import Scenario, Vocabulary
from simulator.scorecard import Rules, Scorecard, score
from simulator.solve import PlanSolution, solve_plan
from simulator.track import Tracked, track, watch

MODELS_KEPT = 16
"""Models with typed baselines that are kept at once; each is megabytes."""
SHARES = {"percent", "percent_of_households", "percent_of_grdp"}


@cache
def product_version() -> str:
    """The installed version, which every result carries."""
    try:
        return version("plan-simulator")
    except PackageNotFoundError:
        return "unpackaged"


@dataclass(frozen=True)
class Result:
    """One run: its scorecard, the hash of what decides its numbers, and the plan solve if asked."""

    scenario: Scenario
    card: Scorecard
    hash: str
    solution: PlanSolution | None = None
    tracked: Tracked | None = None
    """What observations changed, where the scenario has any; the scorecard is the posterior's."""


@dataclass
class Workshop:
    """Plans and models in use, each read and built once; of typed baselines the latest few."""

    plans: dict[str, Plan] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    models: dict[tuple[str, tuple[tuple[str, float], ...]], Model] = field(default_factory=dict)

    def plan(self, name: str) -> Plan:
        """A plan by shipped name or folder. Raises InputError where it cannot be read."""
        if name not in self.plans:
            folder = find_plan(name)
            self.plans[name] = load_plan(folder)
            self.hashes[name] = folder_hash(folder)
        return self.plans[name]

    def vocabulary(self, name: str) -> Vocabulary:
        """What the scenarios of a plan may name."""
        plan = self.plan(name)
        return Vocabulary(
            plan.catalogue,
            baseline_ranges(plan),
            name,
            plan.sheet.draws,
            plan.sheet.seed,
            lambda typed_baselines: watch(self.model(name, typed_baselines)),
        )

    def model(self, name: str, typed_baselines: Mapping[str, float]) -> Model:
        """A plan's model with some baselines typed in.

        Raises InputError where the plan's tables do not fit the equations.
        """
        key = (name, tuple(sorted(typed_baselines.items())))
        found = self.models.get(key)
        if found is None:
            try:
                found = self.models[key] = build_model(self.plan(name), typed_baselines)
            except WiringError as error:
                raise InputError([Problem(name, None, "", str(error))]) from None
            typed = [kept for kept in tuple(self.models) if kept[1]]
            for oldest in typed[:-MODELS_KEPT]:
                self.models.pop(oldest, None)
        return found

    def run(
        self, scenario: Scenario, rules: Rules | None = None, *, deterministic: bool = False
    ) -> Result:
        """Solve where the scenario asks for it, project, hold against the plan, and learn.

        Raises InputError where observations meet the central run, which has no draws to learn.
        """
        if scenario.observations and deterministic:
            wrong = "the central run cannot learn from observations"
            raise InputError(
                [Problem(scenario.name, None, "observations", wrong, "a run of draws")]
            )
        model = self.model(scenario.plan, scenario.typed_baselines)
        solution = solve_plan(model, scenario) if scenario.solve == "plan" else None
        solved = solution.scenario if solution else scenario
        projection = project(model, solved, deterministic=deterministic)
        reading = _reading(rules or Rules(), deterministic)
        digest = scenario.hash(self.hashes[scenario.plan], product_version(), reading)
        card = score(projection, rules)
        if not scenario.observations:
            return Result(scenario, card, digest, solution)
        tracked = track(
            card,
            scenario.observations,
            as_of=scenario.as_of,
            build=lambda typed: self.model(scenario.plan, typed),
        )
        return Result(scenario, tracked.posterior, digest, solution, tracked)


def _reading(rules: Rules, deterministic: bool) -> str:
    """What beyond the scenario decides the numbers; nothing where draws are read by the default."""
    drawn = "" if rules == Rules() else repr(rules)
    return f"central {drawn}" if deterministic else drawn


def baseline_ranges(plan: Plan) -> dict[str, tuple[float, float]]:
    """The targets that an equation could project from a typed baseline, and its value's range."""
    largest = {"per_mille": 1000.0} | dict.fromkeys(SHARES, 100.0)
    used = {argument for source in all_equations() for argument in Equation.of(source).arguments}
    return {
        name: (0.0, largest.get(target.unit, float("inf")))
        for name, target in plan.targets.items()
        if f"{name}_base" in used and f"{name}_base" not in plan.facts
    }


def folder_hash(folder: Path) -> str:
    """A hash of a plan's tables, the same whatever ends their lines; outcomes decide no number."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in {".csv", ".yaml"} and path.name != OUTCOMES:
            digest.update(path.name.encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
