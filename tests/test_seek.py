"""Does a search find the smallest change that reaches a goal, and never call a miss a solution?"""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from simulator.assumptions import Setting
from simulator.cockpit.moves import Moves, master_moves
from simulator.projection import project
from simulator.public_funds import MASTER, PUBLIC_FUNDS
from simulator.records import InputError
from simulator.scenario import Scenario, dump
from simulator.scenario_file import read_scenario
from simulator.scorecard import Scorecard, score
from simulator.seek import Goal, seek
from simulator.seek.levers import levers_of
from simulator.seek.trials import Trials
from simulator.unroll import unroll
from tests.cards import card_of
from tests.runs import few
from tests.scenario_texts import vocabulary
from tests.strategies import catalogue, scenario, shipped_model, shipped_plan

DRAWS = 512
CATALOGUE = shipped_plan().catalogue
SIMULATED = sorted(
    name
    for name, row in shipped_plan().targets.items()
    if name in shipped_model().graph.equations and row.kind in {"continuous", "count", "share"}
)


@cache
def trend(draws: int = DRAWS) -> Scorecard:
    return card_of(scenario(draws=draws))


def anew(run: Scenario) -> Scorecard:
    """A run from scratch."""
    return score(project(shipped_model(), run))


def chance(run: Scenario, target: str) -> float:
    return anew(run).rows[target].plan_chance or 0.0


@cache
def levers_behind(target: str) -> tuple[str, ...]:
    """The assumptions on which a target rests."""
    graph = shipped_model().graph
    return tuple(name for name in catalogue() if target in graph.downstream([name]))


def master(points: float, draws: int = DRAWS) -> Scenario:
    return scenario(dict(master_moves(Moves(), points, CATALOGUE).changes), draws=draws)


@st.composite
def questions(draw: st.DrawFn, most: int = 3) -> tuple[Goal, dict[str, float]]:
    target = draw(st.sampled_from(SIMULATED))
    names = st.sampled_from((*levers_behind(target), MASTER))
    levers = draw(st.lists(names, min_size=1, max_size=most, unique=True))
    assume(MASTER not in levers or not set(levers) & set(PUBLIC_FUNDS))
    costs = st.sampled_from([0.5, 1.0, 3.0])
    wanted = draw(st.sampled_from([0.01, 0.2, 0.5, 0.66, 0.9, 0.99, 1.0]))
    return Goal(target, wanted), {name: draw(costs) for name in levers}


# What is found


@few
@given(question=questions())
def test_what_is_found_reaches_the_goal_when_it_is_run_again_from_its_file(
    question, tmp_path_factory
):
    goal, levers = question
    sought = seek(trend(), [goal], levers)
    after = sought.outcomes[0].after
    assert sought.reached == (after >= goal.wanted)
    assert after == chance(sought.card.projection.scenario, goal.target)
    if not sought.reached:
        assert sought.solution is None
        return
    path = tmp_path_factory.mktemp("found") / "found.yaml"
    path.write_text(dump(sought.solution), encoding="utf-8")
    (again,) = unroll(read_scenario(path), vocabulary())
    assert chance(again, goal.target) == after >= goal.wanted


@few
@given(question=questions())
def test_the_answer_moves_the_chosen_levers_alone_and_stays_in_their_ranges(question):
    goal, levers = question
    sought = seek(trend(), [goal], levers)
    moved = sought.card.projection.scenario.changes
    assert set(moved) <= {*levers, *(PUBLIC_FUNDS if MASTER in levers else ())}
    for name, setting in moved.items():
        assert catalogue()[name].low <= setting.centre <= catalogue()[name].high
    assert {move.lever for move in sought.moves} <= set(levers)


@few
@given(question=questions(most=1))
def test_one_step_less_of_the_only_lever_reaches_the_goal_no_longer(question):
    goal, levers = question
    sought = seek(trend(), [goal], levers)
    if not (sought.reached and sought.moves):
        return
    (lever,) = levers_of(CATALOGUE, trend().projection.scenario, levers)
    (move,) = sought.moves
    side = 1 if move.after > move.before else -1
    steps = _steps_of(lever, move.after)
    less = scenario(_changed(lever.settings(steps - side)), draws=DRAWS)
    assert chance(less, goal.target) < goal.wanted


@settings(max_examples=10, suppress_health_check=[HealthCheck.filter_too_much])
@given(question=questions(most=1), part=st.floats(0.05, 0.99), side=st.sampled_from([1, -1]))
def test_no_smaller_move_of_the_only_lever_to_either_side_reaches_the_goal(question, part, side):
    goal, levers = question
    sought = seek(trend(), [goal], levers)
    if not (sought.reached and sought.moves):
        return
    (lever,) = levers_of(CATALOGUE, trend().projection.scenario, levers)
    steps = lever.steps_at(side * part * sought.distance / lever.cost)
    if abs(lever.spreads(steps)) * lever.cost < sought.distance:
        assert not Trials(trend(), [goal], [lever]).reaches((steps,))


def _steps_of(lever, value: float) -> int:
    steps = round((value - lever.start) / lever.step)
    return next(k for k in (steps, steps - 1, steps + 1) if lever.value(k) == value)


def _changed(settings: dict[str, Setting]) -> dict[str, Setting]:
    return {name: row for name, row in settings.items() if row != CATALOGUE.default(name)}


@few
@given(question=questions())
def test_a_search_gives_the_same_answer_every_time(question):
    goal, levers = question
    first, second = (seek(trend(), [goal], levers) for _ in range(2))
    assert (first.moves, first.outcomes, first.runs) == (second.moves, second.outcomes, second.runs)


@few
@given(question=questions(), seed=st.sampled_from([3, 20191231]))
def test_a_search_tries_what_a_run_would_give(question, seed):
    goal, levers = question
    start = card_of(scenario(draws=64, seed=seed))
    chosen = levers_of(CATALOGUE, start.projection.scenario, levers)
    trials = Trials(start, [goal, Goal(None, 20.0)], chosen)
    spots = [(lever.first, lever.last // 3, lever.last) for lever in trials.levers]
    for steps in zip(*spots, strict=True):
        settings = {
            name: row
            for lever, number in zip(trials.levers, steps, strict=True)
            for name, row in lever.settings(number).items()
        }
        with np.errstate(all="ignore"):
            card = anew(scenario(settings, draws=64, seed=seed))
        found = (card.rows[goal.target].plan_chance, card.count.plan.mean)
        assert trials.at(steps).found == found


@pytest.mark.parametrize(
    ("target", "lever", "rises"),
    [
        ("food_output", "drought_severity", False),
        ("forest_cover", "forest_cover_gain", True),
        ("agriculture_share", "industry_growth", True),
        ("registered_capital", "investment_projects_capital", True),
        ("livestock_herd", "pig_biosecurity", True),
    ],
)
def test_the_direction_that_helps_is_found(target, lever, rises):
    start = trend().rows[target].plan_chance
    sought = seek(trend(), [Goal(target, min(0.99, start + 0.03))], {lever: 1.0})
    (move,) = sought.moves
    assert sought.reached
    assert (move.after > move.before) == rises
    assert (move.spreads > 0) == rises


def test_a_switch_is_moved_by_its_probability():
    start = trend().rows["visitors"].plan_chance
    sought = seek(trend(), [Goal("visitors", start - 0.0)], {"human_epidemic": 1.0})
    assert (sought.reached, sought.moves) == (True, ())
    best = seek(trend(), [Goal("visitors", 0.99)], {"human_epidemic": 1.0})
    assert not best.reached
    assert [(move.lever, move.after) for move in best.limits] == [("human_epidemic", 0.0)]


def test_what_is_reached_already_needs_no_change():
    start = trend().rows["forest_cover"].plan_chance
    sought = seek(trend(), [Goal("forest_cover", start)], {"forest_cover_gain": 1.0})
    assert sought.reached
    assert (sought.moves, sought.distance) == ((), 0.0)
    assert sought.solution == trend().projection.scenario


# Against grids


def test_no_point_of_a_grid_reaches_a_chance_with_a_smaller_change():
    start, wanted = trend(2048), 0.66
    names = ("non_state_investment_growth", "local_capital_plan_growth")
    sought = seek(start, [Goal("total_investment", wanted)], {names[0]: 1.0, names[1]: 2.0})
    levers = levers_of(CATALOGUE, start.projection.scenario, dict.fromkeys(names, 1.0))
    trials = Trials(start, [Goal("total_investment", wanted)], levers)
    far = sought.distance
    assert sought.reached
    for angle in np.linspace(0, 2 * math.pi, 48, endpoint=False):
        spreads = far * 0.99 * np.array([math.cos(angle), math.sin(angle) / 2])
        steps = tuple(lever.steps_at(x) for lever, x in zip(levers, spreads, strict=True))
        assert not trials.reaches(steps), spreads


def test_of_several_goals_no_point_of_a_grid_reaches_all_with_a_smaller_change():
    goals = [Goal("grdp_growth", 0.66), Goal("agriculture_share", 0.6)]
    names = ("agriculture_growth", "industry_growth", "services_growth")
    start = trend(2048)
    sought = seek(start, goals, dict.fromkeys(names, 1.0))
    assert sought.reached
    levers = levers_of(CATALOGUE, start.projection.scenario, dict.fromkeys(names, 1.0))
    trials = Trials(start, goals, levers)
    axis = np.linspace(-1, 1, 9) * sought.distance * 0.98
    for spreads in np.array(np.meshgrid(axis, axis, axis)).reshape(3, -1).T:
        if np.linalg.norm(spreads) <= sought.distance * 0.98:
            steps = tuple(lever.steps_at(x) for lever, x in zip(levers, spreads, strict=True))
            assert not trials.reaches(steps), spreads


def test_no_disbursement_of_all_public_funds_brings_investment_to_its_target():
    sought = seek(trend(), [Goal("total_investment", 0.66)], {MASTER: 1.0})
    assert not sought.reached
    assert sought.solution is None
    (limit,) = sought.limits
    assert limit.lever == MASTER
    assert {after for _, _, after in limit.parts} == {1.0}
    assert {name for name, _, _ in limit.parts} == set(PUBLIC_FUNDS)
    grid = np.linspace(-1, 0.45, 60)
    chances = [chance(master(points), "total_investment") for points in grid]
    assert sought.outcomes[0].after == max(chances) < 0.66
    assert chances[-1] == max(chances)


def test_the_disbursement_that_gives_a_chance_in_reach_lies_where_a_grid_first_reaches_it():
    wanted = 0.15
    sought = seek(trend(), [Goal("total_investment", wanted)], {MASTER: 1.0})
    (move,) = sought.moves
    grid = np.arange(0, 0.2, 0.0025)
    reached = [chance(master(points), "total_investment") >= wanted for points in grid]
    first = reached.index(True)
    assert all(reached[first:])
    assert grid[first - 1] < move.after <= grid[first]
    assert sought.solution.changes == master(move.after).changes


# Several levers, goals and costs


def test_a_dearer_lever_is_moved_less():
    goal = [Goal("total_investment", 0.66)]
    names = ("non_state_investment_growth", "local_capital_plan_growth")
    moves = []
    for cost in (0.3, 1.0, 3.0):
        sought = seek(trend(), goal, {names[0]: cost, names[1]: 1.0})
        moves.append(next((m.spreads for m in sought.moves if m.lever == names[0]), 0.0))
    assert moves[0] > moves[1] > moves[2] > 0


def test_an_expected_number_is_met_by_the_run_that_is_found():
    levers = dict.fromkeys(("industry_growth", "services_growth", "retail_growth"), 1.0)
    wanted = trend().count.plan.mean + 1
    sought = seek(trend(), [Goal(None, wanted)], levers)
    assert sought.reached
    assert anew(sought.solution).count.plan.mean == sought.outcomes[0].after >= wanted


def test_goals_that_exclude_each_other_are_reported():
    goals = [Goal("agriculture_share", 0.95), Goal("services_share", 0.95)]
    assert seek(trend(), goals[:1], {"services_growth": 1.0}).reached
    assert seek(trend(), goals[1:], {"services_growth": 1.0}).reached
    both = [*goals, Goal("industry_share", 0.95)]
    sought = seek(trend(), both, {"services_growth": 1.0})
    assert (sought.reached, sought.solution) == (False, None)
    assert any(not outcome.reached for outcome in sought.outcomes)


def test_a_lever_on_which_no_goal_rests_stays_and_is_named():
    levers = {"forest_cover_gain": 1.0, "industry_growth": 1.0}
    sought = seek(trend(), [Goal("forest_cover", 0.9)], levers)
    assert sought.idle == ("industry_growth",)
    assert [move.lever for move in sought.moves] == ["forest_cover_gain"]
    nothing = seek(trend(), [Goal("forest_cover", 0.9)], {"industry_growth": 1.0})
    assert (nothing.reached, nothing.moves, nothing.idle) == (False, (), ("industry_growth",))
    assert nothing.card.rows == trend().rows


def test_levers_start_from_the_scenario_and_keep_what_else_it_says():
    fixed = {
        "forest_cover_gain": Setting(0.2, fixed=True),
        "price_growth": Setting(0.03),
        "foreign_capital_disbursement": Setting(0.4),
    }
    start = card_of(scenario(fixed, draws=DRAWS))
    sought = seek(start, [Goal("forest_cover", 1.0)], {"forest_cover_gain": 1.0})
    assert sought.reached
    assert sought.moves[0].before == 0.2
    assert sought.solution.changes["forest_cover_gain"].fixed
    assert sought.solution.changes["price_growth"] == Setting(0.03)
    funds = seek(start, [Goal("total_investment", 0.05)], {MASTER: 1.0})
    (move,) = funds.moves
    after = funds.solution.changes["foreign_capital_disbursement"].centre
    assert after == pytest.approx(0.4 + move.after)


def test_a_search_is_followed_try_by_try_and_can_be_stopped():
    told: list[int] = []
    goal, levers = [Goal("total_investment", 0.66)], {MASTER: 1.0}
    sought = seek(trend(), goal, levers, told.append)
    assert told == list(range(1, sought.runs + 1))

    class Stopped(Exception):
        pass

    def stop(count: int) -> None:
        if count == 3:
            raise Stopped

    with pytest.raises(Stopped):
        seek(trend(), goal, levers, stop)


# Wrong questions


def wrong(goals: list[Goal], levers: dict[str, float], card: Scorecard | None = None) -> str:
    with pytest.raises(InputError) as caught:
        seek(card or trend(), goals, levers)
    return str(caught.value)


INVESTMENT = [Goal("total_investment", 0.66)]


@pytest.mark.parametrize(
    ("goals", "levers", "said"),
    [
        ([Goal("total_investmnt", 0.5)], {MASTER: 1.0}, "total_investment"),
        ([Goal("total_investment", 66)], {MASTER: 1.0}, "66% is 0.66"),
        ([Goal("total_investment", 0)], {MASTER: 1.0}, "above 0"),
        ([Goal("total_investment", math.nan)], {MASTER: 1.0}, "above 0"),
        ([Goal(None, 99)], {MASTER: 1.0}, "at most 41"),
        ([Goal("population", 0.5)], {MASTER: 1.0}, "has no chance"),
        (INVESTMENT * 2, {MASTER: 1.0}, "twice"),
        ([], {MASTER: 1.0}, "missing"),
        (INVESTMENT, {"industry_grwth": 1.0}, "industry_growth"),
        (INVESTMENT, {MASTER: 0.0}, "above 0"),
        (INVESTMENT, {MASTER: math.inf}, "above 0"),
        (INVESTMENT, {MASTER: 1.0, PUBLIC_FUNDS[0]: 1.0}, f"is moved by {MASTER}"),
        (INVESTMENT, {PUBLIC_FUNDS[0]: 1.0, MASTER: 1.0}, f"and by {MASTER}"),
    ],
)
def test_a_wrong_question_is_told_with_what_is_allowed(goals, levers, said):
    assert said in wrong(goals, levers)


def test_a_lever_with_quantiles_of_its_own_is_refused():
    quantiles = {"industry_growth": Setting(0.07, p10=0.06, p90=0.08)}
    card = card_of(scenario(quantiles, draws=64))
    assert "quantiles" in wrong([Goal("grdp_growth", 0.5)], {"industry_growth": 1.0}, card)


def test_the_central_run_has_no_chances_to_seek():
    central = score(project(shipped_model(), scenario(), deterministic=True))
    with pytest.raises(ValueError, match="central run"):
        seek(central, INVESTMENT, {MASTER: 1.0})


# Levers


@given(st.sampled_from(sorted(catalogue())), st.floats(0, 1))
def test_steps_lie_in_the_range_and_lead_back_to_their_spreads(name, part):
    (lever,) = levers_of(CATALOGUE, scenario(), {name: 1.0})
    steps = round(lever.first + part * (lever.last - lever.first))
    assert lever.low <= lever.value(steps) <= lever.high
    assert (lever.value(lever.first), lever.value(lever.last)) == (lever.low, lever.high)
    assert lever.value(0) == lever.start == catalogue()[name].centre
    assert math.isfinite(lever.spreads(steps))
    if lever.first < steps < lever.last:
        assert abs(lever.steps_at(lever.spreads(steps)) - steps) <= 1


@given(st.sampled_from(sorted(catalogue())), st.sampled_from([1, -1]), st.integers(1, 40))
def test_spaced_steps_go_outwards_to_the_end(name, side, number):
    (lever,) = levers_of(CATALOGUE, scenario(), {name: 1.0})
    steps = list(lever.spaced(side, number))
    end = lever.last if side > 0 else lever.first
    assert steps == sorted(set(steps), key=abs)
    assert all(step * side > 0 for step in steps)
    assert steps[-1:] == [end][: bool(end)]
    assert len(steps) <= number
