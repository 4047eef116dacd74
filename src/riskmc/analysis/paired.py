"""Paired differences: how far a percentile, a mean or a chance moves between two runs of the same iterations (A3).

Both runs met the same chance events, iteration by iteration, so most of the simulation error is common to both and
leaves the difference. A difference is other minus base, with its 95% interval (simulation error only). Where every
iteration differs by the same amount, by nothing for example, the interval has no width.

Sources: percentiles, the paired bootstrap (Efron 1979) in its limit for many resamples, `quantile_difference`; means,
Student (1908); chances, Newcombe (1998), Statistics in Medicine 17, 2635-2650, method 10.
"""

from __future__ import annotations

from functools import lru_cache
from math import floor, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError
from riskmc.forecast.interval import (
    CONFIDENCE,
    binomial,
    check_share,
    normal_quantile,
    quantile_rank,
    quantile_ranks,
    student,
    wilson,
)
from riskmc.forecast.outcome import ordered_sum

FEWEST = 20  # iterations below which a difference has no interval
NODES, STEP = 1597, 987  # Fibonacci numbers: a lattice that fills the square evenly

Samples = NDArray[Any]


class Difference(NamedTuple):
    """A difference, other minus base, and the ends of its simulation interval; None where iterations are too few."""

    value: float
    low: float | None
    high: float | None

    @property
    def told_apart(self) -> bool:
        """Whether the interval leaves zero out, so that more than simulation error stands behind the difference."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def parts(self) -> tuple[float, tuple[float | None, float | None]]:
        """The value, and both ends, as `forecast.differences` writes them."""
        return self.value, (self.low, self.high)

    def per(self, unit: float) -> Difference:
        """Return the difference in a larger unit: minutes per 1,440 are days."""
        return Difference(self.value / unit, *(None if end is None else end / unit for end in self[1:]))

    def turned(self) -> Difference:
        """Return the difference the other way round, base minus other: 22 days gained move P80 by −22."""
        return Difference(0.0 - self.value, *(None if end is None else 0.0 - end for end in (self.high, self.low)))


def quantile_difference(base: Samples, other: Samples, p: float, confidence: float = CONFIDENCE) -> Difference:
    """Return how far the p-quantile of ``other`` lies above that of ``base``, in the unit of the samples.

    Quantiles are order statistics (A1). Resampling whole iterations moves the rank of either quantile by a binomial
    count; the two counts are correlated as often as an iteration lies at or below both quantiles. The interval is the
    middle of the differences over all such ranks, at fixed nodes: no random numbers, no assumed distribution, ties
    allowed. To the pairs of iterations on different sides, one is added in the share of iterations that do not differ
    at all: a change that strikes seldom may not have been met yet.

    Parameters
    ----------
    base, other : array[n]
        One value an iteration, in the same order of iterations.
    p : float
        0 to 1; 0.80 is P80.

    Returns
    -------
    Difference
        Without interval for fewer than 20 iterations, or so few that one of the percentiles has none.
    """
    check_share("p", p)
    n = _paired(base, other)
    ordered, ordered_other = np.sort(base), np.sort(other)
    rank = quantile_rank(n, p)
    value = float(ordered_other[rank - 1] - ordered[rank - 1])
    if _constant(base, other):
        return Difference(value, value, value)
    first, last = quantile_ranks(n, p, confidence)
    if n < FEWEST or first < 1 or last > n:
        return Difference(value, None, None)
    ranks, ranks_other = _resampled_ranks(n, p, _correlation(base, other, rank))
    low, high = _middle(ordered_other[ranks_other - 1] - ordered[ranks - 1], confidence)
    return Difference(value, min(low, value), max(high, value))


def mean_difference(base: Samples, other: Samples, confidence: float = CONFIDENCE) -> Difference:
    """Return how far the mean of ``other`` lies above that of ``base``, with the paired t interval (Student 1908)."""
    n = _paired(base, other)
    apart = (other - base).astype(np.float64)
    pivot = float(apart[0])
    value = pivot + ordered_sum(apart - pivot) / n
    if _constant(base, other):
        return Difference(value, value, value)
    if n < FEWEST:
        return Difference(value, None, None)
    half = student(n - 1, confidence) * sqrt(ordered_sum(np.square(apart - value)) / (n - 1) / n)
    return Difference(value, value - half, value + half)


def probability_difference(base: Samples, other: Samples, confidence: float = CONFIDENCE) -> Difference:
    """Return how much more often ``other`` is met than ``base``, with Newcombe's interval for paired proportions.

    Parameters
    ----------
    base, other : bool[n]
        Whether each iteration meets the target, in the same order of iterations; as from ``Forecast.meets``.

    Returns
    -------
    Difference
        As a share of the iterations; the ends lie between -1 and 1. The interval keeps a width where no iteration
        differs, for one more might; that runs are equal, and differ by exactly zero, is told from their samples.
    """
    n = _paired(base, other)
    met, met_other, both = (int(np.count_nonzero(hits)) for hits in (base, other, base & other))
    share, share_other = met / n, met_other / n
    (low, high), (low_other, high_other) = wilson(met, n, confidence), wilson(met_other, n, confidence)
    phi = _phi(both, met - both, met_other - both, n)
    value = (met_other - met) / n
    below = _root(share_other - low_other, high - share, phi)
    above = _root(high_other - share_other, share - low, phi)
    return Difference(value, value - below, value + above)


def _paired(base: Samples, other: Samples) -> int:
    """Return the number of iterations, which both have; refuse what is not paired."""
    if base.ndim != 1 or base.shape != other.shape or not base.size:
        raise ArgumentError(
            f"a paired difference needs one value an iteration from each, got shapes {base.shape} and {other.shape}"
        )
    return int(base.size)


def _constant(base: Samples, other: Samples) -> bool:
    """Return whether every iteration differs by the same amount."""
    apart = other - base
    return bool((apart == apart[0]).all())


def _correlation(base: Samples, other: Samples, rank: int) -> float:
    """Return the correlation of lying at or below the two quantiles, from the share of iterations that do."""
    n = len(base)
    apart = int(np.count_nonzero(_lowest(base, other, rank) & ~_lowest(other, base, rank)))
    unmet = np.count_nonzero(base == other) / n
    share = rank / n
    return max(-1.0, 1 - (apart + unmet) / (n * share * (1 - share)))


def _lowest(samples: Samples, partner: Samples, rank: int) -> NDArray[np.bool_]:
    """Return which iterations hold the ``rank`` lowest samples; of equal ones, those with the lowest partner."""
    value = np.partition(samples, rank - 1)[rank - 1]
    held = np.asarray(samples < value)
    ties = np.flatnonzero(samples == value)
    missing = rank - int(np.count_nonzero(held))
    held[ties[np.argsort(partner[ties], kind="stable")[:missing]]] = True
    return held


def _resampled_ranks(n: int, p: float, correlation: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the ranks of both p-quantiles at every node; equal ones where the correlation is 1."""
    first, second = _scores()
    mixed = correlation * first + sqrt(max(0.0, 1 - correlation * correlation)) * second
    return rank_at(n, p, first), rank_at(n, p, mixed)


def rank_at(n: int, p: float, scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rank of a resampled p-quantile at each normal score; at those of the tails, that of `quantile_ranks`.

    Ranks count from below under the median and from above over it, as the two ends of that interval do.
    """
    below, above = _rank_from_below(n, p, scores), n + 1 - _rank_from_below(n, 1 - p, -scores)
    return np.clip(np.where(scores < 0, below, above), 1, n)


def _rank_from_below(n: int, p: float, scores: NDArray[np.float64]) -> NDArray[np.int64]:
    first, limits = _limits(n, p)
    return np.asarray(first + np.searchsorted(limits, scores, side="right"))


@lru_cache(maxsize=256)
def _limits(n: int, p: float) -> tuple[int, NDArray[np.float64]]:
    """Return the first rank worth the name, and the normal scores below the median from which each next one holds."""
    first, chances = binomial(n, p)
    lower = (chance for chance in np.cumsum(chances).tolist() if chance < 0.5)
    return first, np.array([normal_quantile(max(chance, 1e-12)) for chance in lower])


@lru_cache(maxsize=1)
def _scores() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return two independent normal scores at every node, those of a Fibonacci lattice on the unit square."""
    first = [(node + 0.5) / NODES for node in range(NODES)]
    second = [(node * STEP % NODES + 0.5) / NODES for node in range(NODES)]
    return np.array(list(map(normal_quantile, first))), np.array(list(map(normal_quantile, second)))


def _middle(values: Samples, confidence: float) -> tuple[float, float]:
    """Return the ends of the middle ``confidence`` of the values."""
    cut = floor(len(values) * (1 - confidence) / 2)
    ordered = np.sort(values)
    return float(ordered[cut]), float(ordered[len(values) - 1 - cut])


def _phi(both: int, first: int, second: int, n: int) -> float:
    """Return Newcombe's correlation of two paired proportions, from the iterations that meet both, or one alone."""
    neither = n - both - first - second
    margins = (both + first) * (neither + second) * (both + second) * (neither + first)
    excess = both * neither - first * second
    if not margins:
        return 0.0
    return (max(excess - n / 2, 0.0) if excess > 0 else excess) / sqrt(margins)


def _root(first: float, second: float, phi: float) -> float:
    return sqrt(max(0.0, first * first - 2 * phi * first * second + second * second))
