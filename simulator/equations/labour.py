"""How many jobs are created? Training and rehabilitation quotas are judged by reference class (E26)."""

from simulator.forms import grown
from simulator.units import Persons, Share, SharePerYear


def jobs_created(
    jobs_created_base: Persons, job_creation_growth: SharePerYear, epidemic_loss_jobs: Share
) -> Persons:
    """Jobs created grow from the base year's and lose to an epidemic (E26)."""
    return grown(jobs_created_base, job_creation_growth) * (1 - epidemic_loss_jobs)
