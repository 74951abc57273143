"""Does the comparison show what the scorecards hold, in both languages, whatever titles say?"""

from typing import get_args

import pytest

from simulator.cockpit.board_view import board_decimals
from simulator.cockpit.compare_choice import choice
from simulator.cockpit.compare_page import compared, own_file, own_files, saved, too_long
from simulator.cockpit.compare_tables import inputs, outcomes
from simulator.cockpit.compare_verdicts import verdicts
from simulator.cockpit.compare_view import heads
from simulator.cockpit.gallery import MOST_CARDS, Gallery
from simulator.cockpit.session import Session
from simulator.cockpit.shelf import LONGEST_ADDRESS
from simulator.compare import as_rows, compare
from simulator.insight.comparison import markdown
from simulator.insight.differing import largest_shift
from simulator.language import Language, show, unit_name
from simulator.scenario_file import parse_scenario
from simulator.unroll import unroll
from simulator.wording import signed
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
        choice(made, names, saved(comparison, own_files(made, names).values(), made)),
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
    flipped = {row.name for row in comparison.outcomes if row.rows[0].counted and row.flips}
    assert len(assert_safe(flips).findall(".//tbody/tr")) == len(flipped) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_difference_is_that_of_the_two_medians_as_they_are_printed(language):
    made = with_six(language)
    comparison = compared(made)
    root = assert_safe(outcomes(comparison, list(made.side_by_side()), language))
    rows = {row.find("th").text: row.findall("td") for row in root.findall(".//tbody/tr")}
    projected = [row for row in comparison.outcomes if row.rows[0].quantiles is not None]
    assert len(rows) == len(projected)
    for outcome in projected:
        base = outcome.rows[0]
        decimals, unit = board_decimals(base), unit_name(base.target.unit, language)
        title = base.target.short(language)
        cells = rows[f"{title}, {unit}" if unit else title][1:]
        first = round(outcome.medians[0], decimals)
        for cell, median in zip(cells[1:], outcome.medians[1:], strict=True):
            number, by = cell.findall("span")
            move = round(round(median, decimals) - first, decimals)
            assert number.text == show(median, decimals, language)
            assert by.text == (signed(move, decimals, language) if move else "=")
            better = move > 0 if base.target.sense == "at_least" else move < 0
            judged = move and base.target.sense in {"at_least", "at_most"}
            kind = "secondary" if not judged else "up" if better else "down"
            assert by.get("class") == f"by {kind}"


def test_outcomes_that_differ_most_against_their_spread_come_first():
    comparison = compared(with_six("en"))
    sizes = [largest_shift(outcome) for outcome in comparison.outcomes]
    root = assert_safe(outcomes(comparison, ["a"] * 6, "en"))
    first = root.find(".//tbody/tr/th").text
    most = max(zip(sizes, comparison.outcomes, strict=True), key=lambda pair: pair[0])[1]
    assert first.startswith(most.rows[0].target.short("en"))


def test_every_scenario_is_summed_up_in_a_sentence():
    made = with_six("en")
    root = assert_safe(outcomes(compared(made), list("abcdef"), "en"))
    told = [line.text for line in root.findall(".//ul/li")]
    assert [line[0] for line in told] == list("bcdef")


def test_the_files_of_own_scenarios_read_back_to_the_comparison():
    made = with_six("vi")
    names = tuple(made.side_by_side())
    cards = []
    for name, card in zip(names, compared(made).cards, strict=True):
        if name not in own_files(made, names):
            cards.append(card)
            continue
        file = parse_scenario(own_file(made, name), own_files(made, names)[name])
        (scenario,) = unroll(file, made.workshop.vocabulary(made.plan_name))
        cards.append(made.workshop.run(scenario).card)
    again = compare(cards)
    assert list(as_rows(again)) == list(as_rows(compared(made)))
    assert markdown(again, "en") == markdown(compared(made), "en")


def test_a_run_is_made_once_for_all_sessions_and_says_what_a_fresh_one_says():
    gallery = Gallery()
    first, second = session(), session()
    for made in (first, second):
        made.gallery = gallery
        made.handle({"kind": "compare", "change": "add", "name": "plan"})
    for one, other in zip(compared(first).cards, compared(second).cards, strict=True):
        assert one.rows is other.rows
    fresh = session()
    for name in first.side_by_side():
        moves = first.moves_of(name)
        assert first.compared_card(name).rows == fresh.card(moves).rows
        assert first.compared_card(name).count == fresh.card(moves).count


def test_the_gallery_is_bounded_and_holds_no_draws():
    gallery, card = Gallery(), session().trend
    for at in range(MOST_CARDS + 3):
        assert not gallery.card(f"{at}", lambda: card).projection.values
    asked = []
    for key in ("0", f"{MOST_CARDS + 2}"):
        gallery.card(key, lambda key=key: asked.append(key) or card)
    assert asked == ["0"]
    assert card.projection.values


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_may_be_cut_is_told(language):
    made = with_six(language)
    assert too_long(made) is None
    for at in range(5):
        text = "extends: plan\n"
        name = f"{at}.yaml"
        made.handle({"kind": "compare", "change": "upload", "name": name, "text": text})
    told = too_long(made)
    assert len(made.address()) > LONGEST_ADDRESS
    assert show(len(made.address()), 0, language) in words_of(assert_safe(told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_typed_baseline_of_one_scenario_is_a_row_of_inputs_and_of_verdicts(language):
    made = session(language)
    made.handle({"kind": "baseline", "name": "doctors_per_10000", "text": "12"})
    comparison = compared(made)
    assert [found.kind for found in comparison.inputs] == ["typed_baseline"]
    flips, _ = verdicts(comparison, ["a", "b"], language)
    short = comparison.cards[0].rows["doctors_per_10000"].target.short(language)
    assert short in words_of(assert_safe(flips))
    for part in (
        heads(comparison, ["a", "b"], language),
        outcomes(comparison, ["a", "b"], language),
    ):
        assert "None" not in words_of(assert_safe(part))


def test_what_does_not_travel_with_the_product_has_a_file():
    made = with_six("vi")
    files = own_files(made, made.side_by_side())
    assert files == {"levers": "levers.yaml", "kept.1": "kept_1.yaml"}
