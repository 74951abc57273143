"""When is a target missed? Sentences on the few assumptions that tell the bad years from the others."""

from simulator.cockpit.markup import Markup, tag
from simulator.cockpit.page_view import card
from simulator.discovery import discover
from simulator.insight.breaking import breaking_sentences, share_text
from simulator.language import Language, say, show
from simulator.scorecard import Scorecard


def breaks_panel(shown: Scorecard, name: str, language: Language) -> Markup:
    """A panel of the indicator's page; it takes a moment, so it comes after the page."""
    found, projection = discover(shown, name), shown.projection
    overall = say(
        "breaks.overall",
        language,
        failing=share_text(found.failing, language),
        draws=show(projection.scenario.draws, 0, language),
    )
    told = breaking_sentences(found, projection.model, language)
    return card(
        tag("p", overall, class_="secondary"),
        *(tag("p", sentence) for sentence in told),
        title=say("breaks.title", language),
    )
