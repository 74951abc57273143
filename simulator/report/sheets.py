"""Which sheets does a workbook have, of one scenario or of several?"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from simulator.language import Language, say
from simulator.report.material import Material
from simulator.report.sheet import Made, Row, Sheet
from simulator.report.sheet_numbers import changes, draw_rows, quantity_rows, scorecard
from simulator.report.sheet_reasons import comparison, doubts, provenance, split, tracking

MAKERS: Mapping[str, Callable[[Material, Language], Made]] = {
    "scorecard": scorecard,
    "changes": changes,
    "quantities": quantity_rows,
    "draws": draw_rows,
    "split": split,
    "tracking": tracking,
    "provenance": provenance,
}
"""What is said of each scenario."""
ALWAYS = frozenset({"scorecard", "changes"})
"""Sheets that are there even where they have no row."""


def sheets(materials: Sequence[Material], language: Language) -> Iterator[Sheet]:
    """The sheets; where there are several scenarios, a column says of which one a row is.

    Raises InputError where several scenarios cannot be compared.
    """
    several = len(materials) > 1
    if several:
        yield Sheet(say("report.sheet.comparison", language), *comparison(materials, language))
    for key, maker in MAKERS.items():
        rows: list[Row] = []
        for material in materials:
            columns, found = maker(material, language)
            own = (material.scenario.name,) if several else ()
            rows += [(*own, *row) for row in found]
        if several:
            headed = any(title for title, _ in columns)
            title = say("report.column.scenario", language) if headed else ""
            columns = [(title, 20), *columns]
        if rows or key in ALWAYS:
            yield Sheet(say(f"report.sheet.{key}", language), columns, rows)
    yield Sheet(say("report.sheet.doubts", language), *doubts(materials[0], language))
