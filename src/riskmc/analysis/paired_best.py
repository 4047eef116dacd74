"""Which of several paired runs is best: how often in the iterations, and how sure it is that its P80 is the lowest.

Source: the paired bootstrap (Efron 1979) of several percentiles at once, in its limit for many resamples, as in
`paired.quantile_difference`: the ranks of the percentiles are binomial, and go together as the iterations say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.paired import FEWEST, Samples, rank_at
from riskmc.errors import ArgumentError
from riskmc.forecast.interval import check_share, normal_quantile, quantile_rank

NODES = 4096
_NOTHING = 1e-9  # variance below which a percentile moves with those before it and not by itself


def best_shares(*outcomes: Sequence[Samples]) -> list[float]:
    """Return for each run the share of iterations in which none of the others is lower; ties count for all of them.

    ``outcomes`` are sequences of array[n], one array a run; with several, such as finishes and costs, a run is best
    where it is the lowest in each of them.
    """
    lowest = [np.minimum.reduce(list(runs)) for runs in outcomes]
    held = [[run == low for run in runs] for runs, low in zip(outcomes, lowest, strict=True)]
    return [float(np.logical_and.reduce(both).mean()) for both in zip(*held, strict=True)]


def lowest_chances(runs: Sequence[Samples], p: float) -> list[float] | None:
    """Return for each run the chance that its p-quantile is the lowest, given that only so many iterations were run.

    Resampling whole iterations moves the rank of each quantile by a binomial count; the counts are correlated as often
    as the same iterations lie at or below the quantiles. The chance is the share of 4,096 fixed nodes, spread evenly
    over such ranks, at which the run's quantile is the lowest; runs that tie there all count. None for fewer than 20
    iterations.
    """
    check_share("p", p)
    n = len(runs[0])
    if any(run.shape != (n,) for run in runs):
        raise ArgumentError(f"runs are paired: one value an iteration each, got {[run.shape for run in runs]}")
    if n < FEWEST:
        return None
    moved = _factor(_correlations(runs, quantile_rank(n, p))) @ _scores(len(runs))
    values = np.array([np.sort(run)[rank_at(n, p, scores) - 1] for run, scores in zip(runs, moved, strict=True)])
    return [float(share) for share in (values == values.min(axis=0)).mean(axis=1)]


def _correlations(runs: Sequence[Samples], rank: int) -> list[list[float]]:
    """Return the correlations of "among the ``rank`` lowest" between the runs; 1 where all iterations are."""
    n = len(runs[0])
    held = []
    for run in runs:
        among = np.zeros(n, bool)
        among[np.argsort(run, kind="stable")[:rank]] = True
        held.append(among)
    spread = rank * (n - rank)
    return [[_correlation(one, other, rank, n, spread) for other in held] for one in held]


def _correlation(one: NDArray[np.bool_], other: NDArray[np.bool_], rank: int, n: int, spread: int) -> float:
    return (n * int(np.count_nonzero(one & other)) - rank * rank) / spread if spread else 1.0


def _factor(matrix: list[list[float]]) -> NDArray[np.float64]:
    """Return the lower triangular factor of a correlation matrix, a row of which may hang on those before it.

    Source: Cholesky (1924); in fixed order, without LAPACK, so that every machine has the same bits (R6).
    """
    size = len(matrix)
    factor = np.zeros((size, size))
    for row in range(size):
        for column in range(row + 1):
            rest = matrix[row][column] - sum(factor[row, k] * factor[column, k] for k in range(column))
            if row == column:
                factor[row, row] = sqrt(rest) if rest > _NOTHING else 0.0
            elif factor[column, column]:
                factor[row, column] = rest / factor[column, column]
    return factor


@lru_cache(maxsize=16)
def _scores(count: int) -> NDArray[np.float64]:
    """Return float64[count, NODES]: normal scores at nodes that fill the cube evenly.

    Source: Roberts (2018), the generalised golden ratio: steps by the powers of the root of x^(d + 1) = x + 1.
    """
    root = 2.0
    for _ in range(64):
        root = (1 + root) ** (1 / (count + 1))
    steps = [round(root ** -(row + 1), 12) for row in range(count)]
    return np.array([[normal_quantile(_inside(0.5 + node * step)) for node in range(NODES)] for step in steps])


def _inside(value: float) -> float:
    """Return the part behind the point, never quite 0 or 1."""
    return min(max(value % 1.0, 0.5 / NODES), 1 - 0.5 / NODES)
