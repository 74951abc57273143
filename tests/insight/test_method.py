"""Are hindsight, inconsistencies, judgements and revisions told whole, in both languages?"""

from typing import get_args

import pytest

from simulator.insight.method import (
    computed_text,
    hindsight_table,
    inconsistency_table,
    judgement_table,
    vintage_table,
)
from simulator.insight.provenance import known_names
from simulator.language import Language
from simulator.plan import find_plan, load_plan
from simulator.projection import build_model
from tests.strategies import shipped_model

LANGUAGES: tuple[Language, ...] = get_args(Language)
TABLES = (hindsight_table, inconsistency_table, judgement_table, vintage_table)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", TABLES)
def test_every_row_has_a_cell_for_every_column(made, language):
    table = made(shipped_model(), language)
    assert table.rows
    for row in table.rows:
        assert len(row) == len(table.head)
        assert row[0]
        assert row[1]
        assert not any("None" in cell for cell in row)


def test_all_judgements_stand_in_the_list():
    plan = shipped_model().plan
    judged = [row for row in plan.catalogue.assumptions.values() if "judgement" in row.evidence]
    judged += [row for row in plan.parameters.values() if "judgement" in row.source]
    assert len(judgement_table(shipped_model(), "vi").rows) == len(judged) > 70
    assert len(inconsistency_table(shipped_model(), "vi").rows) == len(plan.inconsistencies)


def test_the_two_languages_say_different_words_and_the_same_numbers():
    vi, en = (hindsight_table(shipped_model(), language).rows for language in LANGUAGES)
    assert all(one[1] != other[1] for one, other in zip(vi, en, strict=True))


@pytest.mark.parametrize("name", ["dien_bien_2019", "dien_bien_2020"])
def test_every_name_of_the_registers_is_known(name):
    model = build_model(load_plan(find_plan(name)))
    known = {*known_names(model), *model.plan.funds}
    for row in model.plan.hindsight.values():
        for one in filter(None, row.names.split(";")):
            assert one in known, one
    for vintage in model.plan.vintages:
        assert vintage.name in known
        assert vintage.source in model.plan.sources
        assert vintage.year <= model.plan.sheet.base_year


def test_the_revision_of_poverty_is_what_the_inconsistency_says():
    vintages = {(row.name, row.year): row.error for row in shipped_model().plan.vintages}
    computed = shipped_model().plan.inconsistencies["year_end_estimates"].computed
    assert vintages["poverty_rate", 2019] == -0.92
    assert "-0.92" in computed


@pytest.mark.parametrize(
    ("computed", "vi", "en"),
    [
        ("601.66; 600.6; 1.77%", "601,66; 600,6; 1,77%", "601.66; 600.6; 1.77%"),
        ("-0.3%", "−0,3%", "−0.3%"),
        ("84944; 41035", "84.944; 41.035", "84,944; 41,035"),
    ],
)
def test_recomputed_numbers_are_written_as_the_language_writes_them(computed, vi, en):
    assert (computed_text(computed, "vi"), computed_text(computed, "en")) == (vi, en)
