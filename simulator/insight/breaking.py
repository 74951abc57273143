"""How is it said when a target is missed? Sentences on a few assumptions and their limits."""

from collections.abc import Iterator
from functools import reduce

from simulator.discovery import Box, Discovery, Limit
from simulator.insight.naming import title, value_text
from simulator.language import Language, say, show
from simulator.projection import Model


def breaking_sentences(found: Discovery, model: Model, language: Language) -> Iterator[str]:
    """A sentence for each box, or the one that says why there is none."""
    if found.silence is not None:
        yield say(f"breaks.silence.{found.silence}", language)
    for box in found.boxes:
        yield say(
            "breaks.box",
            language,
            limits=limits_text(box, model, language),
            density=share_text(box.density, language),
            mass=show(max(1, 100 * box.mass), 0, language),
            coverage=share_text(box.coverage, language),
        )


def limits_text(box: Box, model: Model, language: Language) -> str:
    """The limits of a box, joined."""
    texts = (_limit(limit, model, language) for limit in box.limits)
    return reduce(
        lambda first, second: say("breaks.and", language, first=first, second=second), texts
    )


def _limit(limit: Limit, model: Model, language: Language) -> str:
    row = model.plan.catalogue.assumptions[limit.assumption]
    name = title(model, limit.assumption, language)
    if language == "vi" and name[1:2].islower():
        name = name[0].lower() + name[1:]
    if row.link == "switch":
        return say("breaks.off" if limit.low is None else "breaks.on", language, name=name)
    scale = 100.0 if row.display_unit.startswith("%") else 1.0
    low, high = (
        None
        if value is None
        else value_text(
            model,
            row.name,
            round(scale * value, row.display_decimals) / scale,
            language,
            decimals=row.display_decimals,
        )
        for value in (limit.low, limit.high)
    )
    if low is not None and high is not None:
        return say("breaks.between", language, name=name, low=low, high=high)
    if low is not None:
        return say("breaks.above", language, name=name, value=low)
    return say("breaks.below", language, name=name, value=high)


def share_text(share: float, language: Language) -> str:
    """A share in percent; what is not all of it is never called all of it."""
    percent = f"{show(100 * share, 0, language)}%"
    if share < 1 and percent == "100%":
        return ">99%"
    return "<1%" if share > 0 and percent == "0%" else percent
