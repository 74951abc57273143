"""Which observations may a ledger meet? Any that the type allows, whatever plan they are of."""

import datetime
import math
import struct

from hypothesis import strategies as st

from simulator.observation import Observation
from simulator.observation_reading import KINDS

DAY = datetime.date(2020, 10, 31)


def told(value: float = 1.0, quantity: str = "visitors", by: str = "me") -> Observation:
    return Observation(quantity, "to_date", value, "visits", DAY, "a report", by)


texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=40).filter(
    lambda text: text.strip() != ""
)
finite = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(
    [0.1 + 0.2, -0.0, 5e-324, 1.7976931348623157e308, 1e16, 1 / 3]
)
observations = st.builds(
    Observation,
    quantity=texts,
    kind=st.sampled_from(KINDS),
    value=finite,
    unit=texts | st.just(""),
    date=st.dates(),
    source=texts,
    entered_by=texts,
)


def bits(observation: Observation) -> tuple[object, ...]:
    """An observation so that equal means the same to the last bit; 0.0 == -0.0 is not enough."""
    assert math.isfinite(observation.value)
    fields = vars(observation) | {"value": struct.pack("d", observation.value)}
    return tuple(fields.items())
