"""Which assumptions decide a result? One at a time, by share of the variance, and by rank."""

from simulator.sensitivity.ranks import RankCorrelations, rank_correlations
from simulator.sensitivity.sobol import Output, RandomInput, Share, Sobol, random_inputs, sobol
from simulator.sensitivity.tornado import Bar, Outcome, Tornado, shifted, tornado

__all__ = [
    "Bar",
    "Outcome",
    "Output",
    "RandomInput",
    "RankCorrelations",
    "Share",
    "Sobol",
    "Tornado",
    "random_inputs",
    "rank_correlations",
    "shifted",
    "sobol",
    "tornado",
]
