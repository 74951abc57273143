"""What is said above the pictures of disease and weather?"""

from simulator.drawing.herd import thousands
from simulator.drawing.words import Glance, short_percent, span_text
from simulator.insight.epidemic import Epidemic
from simulator.insight.herd import HerdYear
from simulator.language import Language, say, show, show_chance
from simulator.likelihood import likelihood
from simulator.plan import Plan


def disease_glances(
    year: HerdYear, epidemic: Epidemic, plan: Plan, language: Language
) -> list[Glance]:
    """The numbers above the page: pigs, culls, the herd's chance, and an epidemic among people."""
    living, culled = year.living.last, year.culled.last
    plan_year = plan.sheet.plan_year
    glances = [
        Glance(
            say("disease.glance.pigs", language, year=plan_year),
            thousands(living.p50, 0, language),
            span_text(living.p10 / 1000, living.p90 / 1000, 0, language),
        ),
        Glance(
            say("disease.glance.culled", language, year=plan_year),
            thousands(culled.p50, 1, language),
            span_text(culled.p10 / 1000, culled.p90 / 1000, 1, language),
        ),
    ]
    if year.herd_chance is not None and year.herd_target is not None:
        band = likelihood(year.herd_chance)
        glances.append(
            Glance(
                say("disease.glance.herd", language, target=show(year.herd_target, 0, language)),
                show_chance(year.herd_chance, language),
                band.vi if language == "vi" else band.en,
                likelihood=band.code,
            )
        )
    glances.append(
        Glance(
            say("disease.glance.epidemic", language),
            short_percent(epidemic.chance, language),
            say(
                "disease.glance.epidemic_then",
                language,
                expected=show(epidemic.expected_if_it_comes, 1, language),
                scored=epidemic.scored,
            ),
        )
    )
    return glances
