"""Poisson distribution: how many of something come that is as likely at any moment, given by their mean."""

from __future__ import annotations

import math

from riskmc.distributions.base import Distribution
from riskmc.distributions.constant import Constant
from riskmc.distributions.discrete import of_weights

_REST = 1e-12  # the probability left out in a tail, less than a random word of 32 bits can tell
_SPREADS = 9.0


def poisson(mean: float) -> Distribution:
    """Return the distribution of a Poisson count of ``mean`` >= 0 as steps, without the last 1e-12 of each tail."""
    if mean == 0:
        return Constant(0.0)
    reach = _SPREADS * math.sqrt(mean) + 30
    counts = range(max(0, math.floor(mean - reach)), math.ceil(mean + reach))
    weights = ((float(k), math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))) for k in counts)
    return of_weights((k, weight) for k, weight in weights if weight > _REST)
