"""Do ranks spread evenly, and does each likelihood word hold? Two small pictures of calibration."""

import pandas as pd
from scipy.stats import binom

from simulator.drawing.figure import Figure
from simulator.drawing.plot import Frame, Span, spans
from simulator.drawing.svg import circle, document, line, rect, shape, text
from simulator.drawing.tokens import Theme
from simulator.drawing.validation import source_of
from simulator.insight.validation import years
from simulator.language import Language, say, show
from simulator.likelihood import likelihoods
from simulator.validation import Chances, Validation

WIDTH = 560
LIKELY = 0.9
"""Level of the band of column heights that chance alone would give."""


def rank_picture(
    validation: Validation, language: Language, theme: Theme = "light", width: int = WIDTH
) -> Figure:
    """How many outcomes fall into each fifth of their forecasts; a good forecast has even columns."""
    ranks = validation.whole.ranks
    bins = ranks.bins if ranks is not None else ()
    total, columns = sum(bins), len(bins)
    even = total / columns
    low, high = binom.interval(LIKELY, total, 1 / columns)
    tallest = max(*bins, float(high)) + 1
    frame = Frame(34, 16, width - 44, 138, 0, columns, 0, tallest)
    parts = [
        rect(
            frame.left,
            frame.y(float(high)),
            frame.width,
            frame.y(float(low)) - frame.y(float(high)),
            fill="sunk",
        ),
        line((frame.left, frame.y(even)), (frame.right, frame.y(even)), colour="edge", dash="4 3"),
    ]
    for at, count in enumerate(bins):
        x, wide = frame.x(at) + 8, frame.width / columns - 16
        parts.append(rect(x, frame.y(count), wide, frame.bottom - frame.y(count), fill="accent"))
        parts.append(
            spans(
                x + wide / 2,
                frame.y(count) - 4,
                [Span(str(count), 600)],
                anchor="middle",
                halo=True,
            )
        )
        ends = f"{show(at / columns, 1, language)}–{show((at + 1) / columns, 1, language)}"
        parts.append(text(x + wide / 2, frame.bottom + 15, ends, anchor="middle", size=11))
    parts.append(line((frame.left, frame.bottom), (frame.right, frame.bottom), colour="edge"))
    parts.append(text(0, frame.y(even) + 4, show(even, 0, language), size=11, colour="ink2"))
    _, year = years(validation)
    alt = say(
        "validation.ranks_picture.alt",
        language,
        bins=", ".join(map(str, bins)),
        even=show(even, 0, language),
    )
    edges = [at / columns for at in range(columns + 1)]
    return Figure(
        name=f"validation_ranks_{year}",
        title=say("validation.ranks_picture.title", language),
        subtitle=say("validation.ranks_picture.subtitle", language, year=year),
        svg=document(width, 176, theme, alt, parts),
        table=pd.DataFrame(
            {
                "rank_from": edges[:-1],
                "rank_to": edges[1:],
                f"outcomes_{year}": list(bins),
                "even": [even] * columns,
            }
        ),
        alt=alt,
        source=source_of(validation, language),
    )


def word_picture(
    validation: Validation,
    chances: Chances,
    language: Language,
    theme: Theme = "light",
    width: int = WIDTH,
) -> Figure:
    """For each likelihood word, the mean chance that it was given with and the part that was met."""
    bands = {band.code: band for band in likelihoods()}
    left, right, top = 176.0, 92.0, 22.0
    height = top + 26 * len(chances.words) + 22
    frame = Frame(left, top, width - left - right, 26.0 * len(chances.words), 0, 100, 0, 1)
    parts = []
    for tick in (0, 25, 50, 75, 100):
        parts.append(line((frame.x(tick), top), (frame.x(tick), frame.bottom)))
        anchor = "middle"
        parts.append(text(frame.x(tick), frame.bottom + 15, f"{tick}%", anchor=anchor, size=11))
    for at, word in enumerate(chances.words):
        y = top + 26 * at + 13
        band = bands[word.word]
        name = band.vi if language == "vi" else band.en
        given, met = 100 * word.chance, 100 * word.met / word.count
        parts += [
            shape(word.word, 8, y),
            text(22, y + 4, name),
            line((frame.x(given), y), (frame.x(met), y), colour="edge", width=1.5),
            circle(frame.x(given), y, 4, fill="panel", stroke="ink"),
            circle(frame.x(met), y, 5, fill="accent"),
            text(
                width,
                y + 4,
                say("validation.words_picture.met", language, met=word.met, count=word.count),
                anchor="end",
            ),
        ]
    parts += [
        circle(left + 5, 8, 4, fill="panel", stroke="ink"),
        text(left + 14, 12, say("validation.words_picture.given", language), size=11),
        circle(left + 150, 8, 5, fill="accent"),
        text(left + 160, 12, say("validation.words_picture.came", language), size=11),
    ]
    _, year = years(validation)
    alt = say(
        "validation.words_picture.alt",
        language,
        met=chances.met,
        count=chances.count,
        expected=show(chances.expected, 1, language),
    )
    return Figure(
        name=f"validation_words_{year}",
        title=say("validation.words", language),
        subtitle=say("validation.words_picture.subtitle", language, year=year),
        svg=document(width, height, theme, alt, parts),
        table=pd.DataFrame(
            {
                "word": [word.word for word in chances.words],
                "targets": [word.count for word in chances.words],
                f"mean_chance_{year}": [word.chance for word in chances.words],
                f"met_{year}": [word.met for word in chances.words],
            }
        ),
        alt=alt,
        source=source_of(validation, language),
    )
