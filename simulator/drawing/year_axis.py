"""Which days stand below a panel that shows a year month by month?"""

from datetime import date
from math import ceil

from simulator.drawing.plot import Frame, width_of
from simulator.drawing.svg import line, text
from simulator.drawing.words import day_text, end_of_month
from simulator.language import Language

MIDDLE = 6
SIZE = 11
APART = 4
"""Between two days, at least."""


def year_axis(
    frame: Frame, year: int, end: float, marked: tuple[float, date] | None, language: Language
) -> str:
    """The year's first, middle and last day, and a dotted line at the day that is marked.

    `end` is the month at the right, `marked` a month and its day; a day too near to it gives way.
    """
    places = {month: end_of_month(year, ceil(month)) for month in (0.0, float(MIDDLE), float(end))}
    parts = []
    if marked is not None:
        month, day = marked
        x = frame.x(month)
        parts.append(line((x, frame.top), (x, frame.bottom), colour="ink3", dash="1 3"))
        near = min(places, key=lambda place: abs(frame.x(place) - x))
        if abs(frame.x(near) - x) < width_of("00/00", SIZE) + APART:
            del places[near]
        places[month] = day
    for month, day in places.items():
        x = frame.x(month)
        parts.append(line((x, frame.bottom), (x, frame.bottom + 3), colour="edge"))
        anchor = "start" if month == 0 else "middle"
        said = day_text(day, language)
        parts.append(text(x, frame.bottom + 15, said, anchor=anchor, size=SIZE, colour="ink3"))
    return "".join(parts)
