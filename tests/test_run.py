"""Is a model built once, and is only so much kept?"""

from simulator.run import MODELS_KEPT, Workshop
from tests.strategies import shipped_plan


def test_of_models_with_typed_baselines_only_the_latest_are_kept() -> None:
    workshop, name = Workshop(), shipped_plan().name
    plain = workshop.model(name, {})
    typed = [
        workshop.model(name, {"urban_clean_water": 50.0 + at}) for at in range(MODELS_KEPT + 3)
    ]
    assert len(workshop.models) == MODELS_KEPT + 1
    assert workshop.model(name, {}) is plain
    last = {"urban_clean_water": 50.0 + MODELS_KEPT + 2}
    assert workshop.model(name, last) is typed[-1]
    assert workshop.model(name, {"urban_clean_water": 50.0}) is not typed[0]
