"""Frontier of joint confidence (JCL): the pairs of a date and a budget that are met together equally often (A4).

Source: NASA Cost Estimating Handbook 4.0 (2015), appendix J. A frontier is not an exchange rate: money spent does not
move a program along it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.forecast.interval import check_share, quantile_rank

POINTS = 60


def joint_frontier(
    finish: Forecast, cost: Forecast, level: float, points: int = POINTS
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return at most ``points`` pairs (finish, cost), in the units of the samples, each met together in ``level``.

    Each pair is met in at least ``level`` of the iterations, and with any lower cost at its date in fewer. Finishes
    rise and costs fall. Both forecasts come from the same trials.
    """
    _check(finish, cost, level)
    n, needed = len(finish), quantile_rank(len(finish), level)
    order = np.argsort(finish.samples, kind="stable")
    finishes, costs = finish.samples[order], cost.samples[order]
    ranks = np.unique(np.linspace(needed, n, points).round().astype(np.int64))
    lowest = [np.partition(costs[:rank], needed - 1)[needed - 1] for rank in ranks.tolist()]
    return finishes[ranks - 1], np.array(lowest)


def balanced_pair(finish: Forecast, cost: Forecast, level: float) -> tuple[float, float]:
    """Return the pair (finish, cost) of equal percentiles that is met together in ``level`` of the iterations.

    The lowest percentile that suffices, in the units of the samples; both values did occur.
    """
    _check(finish, cost, level)
    n = len(finish)
    low, high = quantile_rank(n, level), n
    while low < high:
        middle = (low + high) // 2
        met = (finish.samples <= finish.ordered[middle - 1]) & (cost.samples <= cost.ordered[middle - 1])
        low, high = (low, middle) if np.count_nonzero(met) >= level * n else (middle + 1, high)
    return float(finish.ordered[low - 1]), float(cost.ordered[low - 1])


def _check(finish: Forecast, cost: Forecast, level: float) -> None:
    check_share("level", level)
    if len(finish) != len(cost):
        raise ArgumentError(
            f"a date and a budget are met together within one iteration: {finish.label} has {len(finish):,} "
            f"iterations, {cost.label} {len(cost):,}"
        )
