"""How wide is a quantity over the draws? Its median between its tenth and ninetieth percentiles."""

from dataclasses import dataclass
from typing import Any

import numpy as np

LEVELS = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Range:
    """The median of a quantity with the range that four years in five fall into."""

    p10: float
    p50: float
    p90: float

    @classmethod
    def of(cls, draws: Any) -> "Range":
        """From draws, or from one number that does not vary; linear between order statistics."""
        return cls(*(float(level) for level in np.quantile(draws, LEVELS)))
