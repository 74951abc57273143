"""What does a page send? A kind, and what it is about, in plain values."""

from collections.abc import Mapping
from typing import Any

Event = Mapping[str, Any]
