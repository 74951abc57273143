"""What is a picture? An SVG with its title, unit, source, numbers and a sentence for screen readers."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Figure:
    """A picture that can be shown, downloaded, read aloud, and checked against its numbers."""

    name: str
    """The stem of its files."""
    title: str
    subtitle: str
    """Unit and year."""
    svg: str
    """Self-contained: no font, script or address from elsewhere."""
    table: pd.DataFrame
    """The numbers behind it; headers name unit and year."""
    alt: str
    """One sentence that says what is seen."""
    source: str

    def csv(self) -> str:
        """The numbers as CSV with dot decimals."""
        return self.table.to_csv(index=False, lineterminator="\n")
