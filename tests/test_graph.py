"""Are misfits of equations refused by name, and does a partial run give what a whole run gives?"""

from functools import cache
from typing import Annotated, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.equations import all_equations
from simulator.forms import Named, named
from simulator.graph import Equation, Graph, WiringError
from simulator.units import Share, Tonnes, Unit, Values
from tests.laws import identical, moved
from tests.strategies import BASELINES, catalogue, shipped_model, values, worlds

Litres = Annotated[Values, Unit("litres")]


def harvest(area_sown: Tonnes, rain: Share) -> Tonnes:
    """What is sown and rained on is harvested."""
    return area_sown * rain


def bread(harvest: Tonnes) -> Tonnes:
    """Bread is baked of the harvest."""
    return 2 * harvest


def feast(bread: Tonnes, wine: Tonnes) -> Tonnes:
    """A feast wants bread and wine."""
    return bread + wine


INPUTS = {"area_sown": "tonnes", "rain": "share", "wine": "tonnes"}


def small(*sources: Any, inputs: dict[str, str] | None = None, **options: Any) -> Graph:
    return Graph(sources or (harvest, bread, feast), inputs or INPUTS, **options)


def test_a_typo_in_an_argument_names_the_equation_and_the_nearest_name():
    def stew(harvset: Tonnes) -> Tonnes:
        """Misspelled."""
        return harvset

    with pytest.raises(WiringError, match=r"stew needs harvset.*nearest known name is harvest"):
        small(harvest, stew)


def test_an_argument_like_no_known_name_is_refused_without_a_guess():
    def stew(xylophone: Tonnes) -> Tonnes:
        """Unrelated."""
        return xylophone

    with pytest.raises(WiringError, match=r"stew needs xylophone, which nothing gives$"):
        small(harvest, stew)


def test_an_equation_given_twice_is_refused():
    with pytest.raises(WiringError, match="bread is given twice"):
        small(harvest, bread, bread)


def test_an_equation_of_an_inputs_name_is_refused():
    with pytest.raises(WiringError, match="bread is given twice"):
        small(harvest, bread, inputs=INPUTS | {"bread": "tonnes"})


def test_equations_that_need_each_other_are_refused_with_their_circle():
    def egg(hen: Tonnes) -> Tonnes:
        """First."""
        return hen

    def hen(egg: Tonnes) -> Tonnes:
        """Or first."""
        return egg

    with pytest.raises(WiringError, match=r"circular: (egg -> hen -> egg|hen -> egg -> hen)"):
        small(egg, hen)


def test_an_equation_that_needs_itself_is_refused():
    def echo(echo: Tonnes) -> Tonnes:
        """Forever."""
        return echo

    with pytest.raises(WiringError, match="circular"):
        small(echo)


@pytest.mark.parametrize("name", ["wine", "bread"])
def test_a_unit_that_differs_is_refused_with_both_units(name):
    def drink(wine: Litres) -> Litres:
        """Wine by volume."""
        return wine

    drinking = named("party", drink, "Something to drink.", wine=name)
    with pytest.raises(WiringError, match=f"party takes {name} in litres, .* given in tonnes"):
        small(harvest, bread, drinking)


@pytest.mark.parametrize("unit", ["tonnes", "Tonnes", "  tonnes "])
def test_one_unit_may_be_spelled_in_several_ways(unit):
    assert small(inputs=INPUTS | {"wine": unit}).order[-1] == "feast"


def test_a_form_that_renames_an_argument_it_does_not_take_is_refused():
    wrong = Named("cake", bread, {"harvset": "harvest"}, "Cake.")
    with pytest.raises(WiringError, match=r"cake: renames \['harvset'\]"):
        small(harvest, wrong)


def test_an_argument_without_a_unit_is_refused():
    def cake(harvest) -> Tonnes:
        """No annotation."""
        return harvest

    with pytest.raises(WiringError, match="cake: the annotation of harvest carries no unit"):
        small(harvest, cake)


def test_a_result_without_a_unit_is_refused():
    def cake(harvest: Tonnes) -> float:
        """No unit."""
        return float(harvest)

    with pytest.raises(WiringError, match="cake: the annotation of its result carries no unit"):
        small(harvest, cake)


def test_an_unobserved_input_prunes_what_needs_it_with_a_chain_of_reasons():
    graph = small(inputs={"area_sown": "tonnes", "wine": "tonnes"}, may_be_unobserved="rain".__eq__)
    assert graph.order == ()
    assert graph.unprojected["harvest"].startswith("rain is not given")
    assert graph.unprojected["bread"].startswith("harvest cannot be computed: rain is not given")
    assert "bread cannot be computed: harvest cannot be" in graph.unprojected["feast"]


def test_an_unobserved_input_leaves_the_rest_in_place():
    graph = small(inputs={"area_sown": "tonnes", "rain": "share"}, may_be_unobserved="wine".__eq__)
    assert graph.order == ("harvest", "bread")
    assert graph.run({"area_sown": 3.0, "rain": 0.5}) == {
        "area_sown": 3.0, "rain": 0.5, "harvest": 1.5, "bread": 3.0,
    }  # fmt: skip


def test_the_shipped_plan_leaves_out_what_needs_a_typed_baseline_and_nothing_else():
    assert set(shipped_model().unprojected) == set(BASELINES)


def test_every_equation_says_in_a_sentence_what_it_claims():
    for equation in map(Equation.of, all_equations()):
        assert equation.sentence.strip().splitlines()[0].endswith((".", ".)")), equation.name
        assert equation.unit


# What a change reaches.

NAMES = st.deferred(lambda: st.sets(st.sampled_from(sorted(catalogue())), max_size=8))


@given(world=worlds(), data=st.data(), names=NAMES)
def test_running_again_gives_bit_for_bit_what_a_whole_run_gives(world, data, names):
    graph, constants = shipped_model().graph, shipped_model().constants
    noise = {"new_rural_communes_noise": 0.3, "child_friendly_communes_noise": -0.4}
    inputs = {**_only_inputs(graph, constants), **world, **noise, "whole_counts": True}
    changed = {name: data.draw(values(name)) for name in sorted(names)}
    again = graph.run_again(graph.run(inputs), changed)
    whole = graph.run(inputs | changed)
    assert not moved(again, whole)


@given(world=worlds(), data=st.data(), names=NAMES)
def test_a_change_moves_nothing_but_itself_and_what_lies_downstream(world, data, names):
    graph = shipped_model().graph
    noise = {"new_rural_communes_noise": 0.0, "child_friendly_communes_noise": 0.0}
    before = graph.run(
        {**_only_inputs(graph, shipped_model().constants), **world, **noise, "whole_counts": False}
    )
    changed = {name: data.draw(values(name)) for name in sorted(names)}
    after = graph.run_again(before, changed)
    assert moved(before, after) <= graph.downstream(changed) | set(changed)


def _only_inputs(graph: Graph, constants: Any) -> dict[str, Any]:
    return {name: value for name, value in constants.items() if name not in graph.equations}


def test_upstream_and_downstream_are_two_views_of_one_relation():
    graph = shipped_model().graph
    for name in graph.order:
        for other in graph.downstream([name]):
            assert name in graph.upstream(other)
    for name in graph.order:
        for other in graph.upstream(name):
            assert other == name or name in graph.downstream([other])


def test_an_equation_runs_after_all_that_it_needs():
    graph = shipped_model().graph
    place = {name: at for at, name in enumerate(graph.order)}
    for name in graph.order:
        for argument in graph.equations[name].arguments:
            assert place.get(argument, -1) < place[name]
    for name in graph.order:
        upstream = [place[other] for other in graph.upstream(name)]
        assert upstream == sorted(upstream)
        assert name in graph.upstream(name)


@given(
    wanted=st.deferred(lambda: st.sampled_from(sorted(shipped_model().graph.order))), world=worlds()
)
def test_running_only_what_is_wanted_gives_the_same_value(wanted, world):
    graph = shipped_model().graph
    noise = {"new_rural_communes_noise": 0.0, "child_friendly_communes_noise": 0.0}
    inputs = {
        **_only_inputs(graph, shipped_model().constants), **world, **noise, "whole_counts": False,
    }  # fmt: skip
    only = graph.run_only(inputs, [wanted])
    assert set(only) == set(inputs) | set(graph.upstream(wanted))
    assert identical(only[wanted], graph.run(inputs)[wanted])


def test_every_assumption_moves_something_that_the_plan_or_its_baselines_want():
    from tests.strategies import model_with_baselines

    graph, targets = model_with_baselines().graph, set(model_with_baselines().plan.targets)
    for name in catalogue():
        assert graph.downstream([name]) & targets, f"{name} moves no target"


# The order and the names of equations carry no meaning.


@given(order=st.permutations(range(6)), prefix=st.sampled_from(["", "x_", "a_b_"]))
def test_permuting_and_renaming_equations_changes_nothing(order, prefix):
    forms = [
        named(f"{prefix}harvest", harvest, "H.", area_sown="field"),
        named(f"{prefix}bread", bread, "B.", harvest=f"{prefix}harvest"),
        named(f"{prefix}feast", feast, "F.", bread=f"{prefix}bread", wine="cellar"),
        named(f"{prefix}rest", bread, "R.", harvest=f"{prefix}feast"),
        named(f"{prefix}more", feast, "M.", bread=f"{prefix}rest", wine=f"{prefix}harvest"),
        named(f"{prefix}most", feast, "M.", bread=f"{prefix}more", wine=f"{prefix}feast"),
    ]
    inputs = {"field": "tonnes", "rain": "share", "cellar": "tonnes"}
    given_values = {"field": 3.7, "rain": 0.31, "cellar": 0.77}
    result = Graph([forms[at] for at in order], inputs).run(given_values)
    assert result[f"{prefix}most"] == Graph([
        named("harvest", harvest, "H.", area_sown="field"),
        bread,
        named("feast", feast, "F.", wine="cellar"),
        named("rest", bread, "R.", harvest="feast"),
        named("more", feast, "M.", bread="rest", wine="harvest"),
        named("most", feast, "M.", bread="more", wine="feast"),
    ], inputs).run(given_values)["most"]  # fmt: skip


@given(seed=st.integers(0, 4), world=worlds())
def test_permuting_the_shipped_equations_changes_no_result(seed, world):
    noise = {"new_rural_communes_noise": 0.0, "child_friendly_communes_noise": 0.0}
    model = shipped_model()
    inputs = {
        **_only_inputs(model.graph, model.constants),
        **world,
        **noise,
        "whole_counts": False,
    }
    assert not moved(model.graph.run(inputs), _shuffled(seed).run(inputs))


@cache
def _shuffled(seed: int) -> Graph:
    graph = shipped_model().graph
    sources = [
        source
        for source in all_equations()
        if (source.name if isinstance(source, Named) else source.__name__) in graph.equations
    ]
    order = np.random.default_rng(seed).permutation(len(sources))
    return Graph([sources[at] for at in order], graph.inputs)
