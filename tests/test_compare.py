"""Does a comparison show what differs, all of it, and nothing else?"""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.cli.answers import csv_text
from simulator.compare import COLUMNS, Comparison, as_rows, compare
from simulator.insight.comparison import markdown, word_tables
from simulator.projection import project
from simulator.records import InputError
from simulator.scenario import Scenario
from simulator.scorecard import Rules, Scorecard, score
from tests.cards import card_of
from tests.runs import calm_scenarios, few
from tests.strategies import model_with_baselines, scenario, shipped_model

FUNDS = {"local_balance_disbursement": Setting(0.8), "forest_cover_gain": Setting(0.1)}


def named(run: Scenario, name: str) -> Scorecard:
    return card_of(Scenario(**{**vars(run), "name": name}))


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    runs = draw(st.lists(calm_scenarios(3), min_size=2, max_size=3))
    same = [scenario(dict(run.changes), draws=64) for run in runs]
    with np.errstate(all="ignore"):
        return compare([named(run, f"run {at}") for at, run in enumerate(same)])


def of(*changes: dict[str, Setting]) -> Comparison:
    return compare([named(scenario(row), f"run {at}") for at, row in enumerate(changes)])


@few
@given(comparisons())
def test_an_input_is_shown_when_and_only_when_the_scenarios_say_it_differently(comparison):
    settings = [card.projection.settings for card in comparison.cards]
    differing = {name for name in settings[0] if len({row[name] for row in settings}) > 1}
    assert {found.name for found in comparison.inputs} == differing
    for found in comparison.inputs:
        assert found.values == tuple(row[found.name] for row in settings)


@few
@given(comparisons())
def test_an_outcome_differs_only_where_a_differing_input_leads_to_it(comparison):
    graph = shipped_model().graph
    moved = graph.downstream(found.name for found in comparison.inputs)
    moved |= {"workers_trained", "drug_rehabilitation", "drug_rehabilitation_in_centres"}
    for outcome in comparison.outcomes:
        if outcome.rows[0].method == "simulated" and outcome.name not in moved:
            assert not outcome.differs
            assert not outcome.flips


@few
@given(comparisons())
def test_a_comparison_says_what_each_run_says(comparison):
    for at, card in enumerate(comparison.cards):
        assert comparison.expected[at] == card.count.plan.mean
        for outcome in comparison.outcomes:
            assert outcome.rows[at] is card.rows[outcome.name]
        for code in ("likely_met", "unlikely", "cannot_be_said"):
            found = {row.name for row in comparison.outcomes if row.verdicts[at] == code}
            assert found == set(getattr(card.count, code))


@few
@given(comparisons())
def test_the_draws_in_which_more_as_many_or_fewer_are_met_are_all_draws(comparison):
    first, *others = comparison.against
    assert (first.more, first.same, first.fewer) == (0, 1, 0)
    for at, against in enumerate(others, 1):
        assert against.more + against.same + against.fewer == pytest.approx(1)
        if comparison.expected[at] > comparison.expected[0]:
            assert against.more > 0


@few
@given(comparisons())
def test_differences_in_rows_are_those_of_values_to_the_first_scenario(comparison):
    rows = list(as_rows(comparison))
    keys = [(row["part"], row["name"], row["measure"], row["scenario"]) for row in rows]
    assert len(set(keys)) == len(keys)
    values = dict(zip(keys, (row["value"] for row in rows), strict=True))
    for row in rows:
        assert tuple(row) == COLUMNS
        first = values[row["part"], row["name"], row["measure"], comparison.names[0]]
        if row["name"] == "against_first" or row["value"] is None or first is None:
            assert row["difference"] is None
        else:
            assert row["difference"] == row["value"] - first


def test_the_order_of_scenarios_changes_signs_alone():
    there, back = of({}, FUNDS), of(FUNDS, {})
    assert [found.name for found in there.inputs] == [found.name for found in back.inputs]
    assert there.against[1].more == back.against[1].fewer
    assert there.expected == back.expected[::-1]


def test_scenarios_that_say_the_same_differ_in_nothing():
    comparison = of(FUNDS, FUNDS)
    assert comparison.inputs == ()
    assert not any(outcome.differs or outcome.flips for outcome in comparison.outcomes)
    assert comparison.against[1].same == 1
    for language in ("vi", "en"):
        inputs, outcomes, verdicts, counts = word_tables(comparison, language)
        assert (inputs.rows, outcomes.rows, verdicts.rows) == ((), (), ())
        assert counts.rows


def test_draws_seeds_and_typed_baselines_that_differ_are_inputs_too():
    typed = model_with_baselines()
    runs = [
        card_of(scenario()),
        score(
            project(typed, Scenario("typed", {}, typed.typed_baselines, 128, 7, "dien_bien_2020"))
        ),
    ]
    comparison = compare(runs)
    kinds = {found.name: (found.kind, found.values) for found in comparison.inputs}
    assert kinds["draws"] == ("draws", (64.0, 128.0))
    assert kinds["seed"] == ("seed", (20191231.0, 7.0))
    assert kinds["rural_clean_water"] == ("typed_baseline", (None, 82.0))
    assert comparison.against[1] is None
    text = markdown(comparison, "en")
    assert "drawn differently" in text
    assert "typed baseline" in text


def test_the_csv_reads_back_to_the_rows():
    comparison = of({}, FUNDS, {"human_epidemic": Setting(1.0, fixed=True)})
    rows = list(csv.DictReader(io.StringIO(csv_text(COLUMNS, as_rows(comparison)))))
    told = [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in as_rows(comparison)
    ]
    assert rows == told
    assert {row["text"] for row in rows if row["name"] == "human_epidemic"} == {"", "fixed"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_markdown_has_a_table_with_a_column_for_every_scenario(language):
    quantiles = {"industry_growth": Setting(0.07, p10=0.06, p90=0.09)}
    text = markdown(of({}, FUNDS, quantiles), language)
    tables = [block for block in text.split("\n\n") if block.startswith("|")]
    assert len(tables) == 4
    for table in tables:
        assert {line.count("|") for line in table.splitlines()} == {5}
    assert all(part in text for part in ("80%", "6%", "9%"))


# Wrong questions


def card(name: str, **rules: bool) -> Scorecard:
    run = Scenario(**{**vars(scenario()), "name": name})
    return score(project(shipped_model(), run), Rules(**rules))


@pytest.mark.parametrize("count", [0, 1, 7])
def test_two_to_six_scenarios_are_compared(count):
    with pytest.raises(InputError, match="2 to 6"):
        compare([card(f"run {at}") for at in range(count)])


def test_scenarios_of_one_name_cannot_be_told_apart():
    with pytest.raises(InputError, match="named twice"):
        compare([card("one"), card("one")])


def test_scorecards_of_other_rules_or_of_the_central_run_are_refused():
    with pytest.raises(ValueError, match="rules"):
        compare([card("one"), card("two", slack=True)])
    central = score(project(shipped_model(), scenario(), deterministic=True))
    with pytest.raises(ValueError, match="central"):
        compare([central, card("two")])
