"""How is a tracked year told? What was learned, the pace, and every target before and after."""

from simulator.insight.tracking import board, observation_table, pace_table, sentences
from simulator.language import Language, say
from simulator.report.parts import Block, Part, Points, Section, worded
from simulator.track import Tracked

OBSERVATION_WIDTHS = (3, 1.2, 1.6, 1.5, 1.3, 2.4)
PACE_WIDTHS = (2.6, 1.1, 0.9, 1.1, 1, 1.7, 1.1, 1.9, 1.1, 1.1)
BOARD_WIDTHS = (3.2, 2, 2, 1, 1.7, 1.7)


def year_sections(tracked: Tracked, language: Language) -> list[Section]:
    """What the figures so far say, and the figures."""
    blocks: list[Block] = [Points(tuple(sentences(tracked, language)))]
    used = observation_table(tracked, language)
    if used.rows:
        blocks.append(worded(used, OBSERVATION_WIDTHS, right=(2, 3, 4)))
    return [Section(tuple(blocks))]


def year_parts(tracked: Tracked, language: Language) -> list[Part]:
    """The pace of funds and flows, and the board before and after, as appendices."""
    pace = pace_table(tracked, language)
    whole = board(tracked, language)
    parts = []
    if pace.rows:
        table = worded(pace, PACE_WIDTHS, right=range(1, len(PACE_WIDTHS)))
        parts.append(Part(say("report.appendix.pace", language), (Section((table,)),)))
    if whole.rows:
        table = worded(whole, BOARD_WIDTHS, right=(1, 2, 3))
        parts.append(Part(say("report.appendix.year", language), (Section((table,)),)))
    return parts
