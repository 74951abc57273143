"""What are the parts of a split called? One lever by its title, several by their theme and number."""

from simulator.explain import Part
from simulator.insight.naming import title
from simulator.language import Language, say, texts
from simulator.projection import Model


def lever_text(model: Model, part: Part, language: Language) -> str:
    """The lever of a part, or the theme of several that move together."""
    if len(part.levers) == 1:
        return title(model, part.levers[0], language)
    key = f"explain.theme.{part.theme}"
    theme = say(key, language) if key in texts() else part.theme
    return say("explain.group", language, theme=theme, count=len(part.levers))


def control_text(control: str, language: Language) -> str:
    """Who decides on a lever."""
    return say("explain.mixed" if control == "mixed" else f"control.{control}", language)
