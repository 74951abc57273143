"""Where are the data, scenarios and pages? In the installed package, else in the checkout."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def shipped(*parts: str) -> Path:
    """A file or folder that travels with the product, such as `data` or `scenarios`."""
    inside = PACKAGE.joinpath(*parts)
    return inside if inside.exists() else PACKAGE.parent.joinpath(*parts)
