"""Does the comparison show what the scorecards hold, in both languages, whatever titles say?"""

from typing import get_args

import pytest

from simulator.cockpit.compare_page import choice, compared, own_files
from simulator.cockpit.compare_view import heads, inputs, outcomes, verdicts
from simulator.cockpit.session import Session
from simulator.language import Language, show
from tests.cockpit.pages import assert_safe, words_of
from tests.cockpit.sessions import HOSTILE, move, session

LANGUAGES: tuple[Language, ...] = get_args(Language)


def with_six(language: Language) -> Session:
    made = session(language)
    made.handle(move("visitor_growth", 0.3))
    made.handle({"kind": "compare", "change": "keep", "title": HOSTILE})
    for name in ("late_funds", "epidemic_four_months", "drought_severe"):
        made.handle({"kind": "compare", "change": "add", "name": name})
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_well_formed_and_escaped(language):
    made = with_six(language)
    comparison, names = compared(made), tuple(made.side_by_side())
    titles = list(map(str, names))
    titles[2] = HOSTILE
    parts = [
        choice(made, names),
        heads(comparison, titles, language),
        inputs(comparison, titles, language),
        outcomes(comparison, titles, language),
        *verdicts(comparison, titles, language),
    ]
    for part in parts:
        told = words_of(assert_safe(part))
        assert "None" not in told
        assert "nan" not in told.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heads_say_what_the_scorecards_count(language):
    made = with_six(language)
    comparison = compared(made)
    told = words_of(assert_safe(heads(comparison, list(made.side_by_side()), language)))
    for name in made.side_by_side():
        mean = made.card(made.moves_of(name)).count.plan.mean
        assert show(mean, 1, language) in told


def test_only_what_differs_is_listed():
    made = session()
    made.handle(move("visitor_growth", 0.3))
    comparison = compared(made)
    assert [found.name for found in comparison.inputs] == ["visitor_growth"]
    told = words_of(assert_safe(inputs(comparison, ["A", "B"], "en")))
    assert "87 other assumptions are the same." in told


def test_every_counted_target_stands_once_in_the_matrix():
    made = with_six("en")
    comparison = compared(made)
    flips, kept = verdicts(comparison, list(made.side_by_side()), "en")
    rows = len(assert_safe(flips).findall(".//tbody/tr")) + len(assert_safe(kept).findall(".//li"))
    assert rows == comparison.cards[0].count.scored


def test_what_does_not_travel_with_the_product_has_a_file():
    made = with_six("vi")
    files = own_files(made, made.side_by_side())
    assert files == {"levers": "levers.yaml", "kept.1": "kept_1.yaml"}
