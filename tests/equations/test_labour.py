"""Do jobs grow from the base year and lose to an epidemic?"""

from hypothesis import given

from tests.laws import assert_rises, moved, same
from tests.strategies import raised, run, worlds


@given(world=worlds())
def test_jobs_are_the_grown_base_less_what_an_epidemic_takes(world):
    result = run(world)
    expected = 9535 * (1 + world["job_creation_growth"]) * (1 - result["epidemic_loss_jobs"])
    assert same(result["jobs_created"], expected)
    assert result["jobs_created"] >= 0


@given(worlds=raised("job_creation_growth"))
def test_faster_job_creation_raises_jobs_alone(worlds):
    lower, higher = map(run, worlds)
    assert_rises(lower, higher, ["jobs_created"], strictly=True)
    assert moved(lower, higher) == {"jobs_created", "job_creation_growth"}
