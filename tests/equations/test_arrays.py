"""Do equations take numbers and arrays in any mixture, and give the same as one number at a time?"""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from tests.laws import same
from tests.strategies import catalogue, central_world, run, shipped_model, worlds

NAMES = st.deferred(lambda: st.sets(st.sampled_from(sorted(catalogue())), min_size=1))


@given(first=worlds(), second=worlds(), varying=NAMES, whole=st.booleans())
@example(  # a switch that varies over months that do not
    first=central_world(),
    second=central_world() | {"human_epidemic": 1.0},
    varying={"human_epidemic"},
    whole=False,
)
def test_a_mixture_of_numbers_and_arrays_gives_each_ones_own_run(first, second, varying, whole):
    mixed = {
        name: np.array([first[name], second[name], first[name]]) if name in varying else first[name]
        for name in first
    }
    together = run(mixed, whole_counts=whole)
    changed = first | {name: second[name] for name in varying}
    for at, alone in enumerate(run(world, whole_counts=whole) for world in (first, changed)):
        for name in shipped_model().graph.order:
            if not isinstance(together[name], tuple):
                assert same(np.broadcast_to(together[name], 3)[at], alone[name]), name
