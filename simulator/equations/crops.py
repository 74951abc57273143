"""How much food do the fields give, and what does a drought take? (E12)"""

from simulator.forms import grown, named
from simulator.units import Index, Share, SharePerYear, Tonnes


def _crop_output(
    output_base: Tonnes,
    area_growth: SharePerYear,
    yield_growth: SharePerYear,
    drought_severity: Index,
    drought_severity_base: Index,
    area_loss: Share,
    yield_loss: Share,
) -> Tonnes:
    kept = (1 - area_loss * drought_severity) * (1 - yield_loss * drought_severity)
    kept_base = (1 - area_loss * drought_severity_base) * (1 - yield_loss * drought_severity_base)
    return grown(grown(output_base, area_growth), yield_growth) * (kept / kept_base)


CROPS = [
    named(
        f"{crop}_output",
        _crop_output,
        "Area and yield grow from the base year; drought beyond the base year's takes its part (E12).",
        output_base=f"{crop}_output_base",
        area_growth=f"{crop}_area_growth",
        yield_growth=f"{crop}_yield_growth",
        area_loss=f"{crop}_area_drought_loss",
        yield_loss=f"{crop}_yield_drought_loss",
    )
    for crop in ("wet_rice", "upland_rice", "maize")
]


def food_output(
    wet_rice_output: Tonnes, upland_rice_output: Tonnes, maize_output: Tonnes
) -> Tonnes:
    """Food crops are wet rice, upland rice and maize (E12)."""
    return wet_rice_output + upland_rice_output + maize_output
