"""Estimates of sensitivity with their simulation error: means, products of moments, correlations.

The error of a figure that is computed from means comes from its influence function: how far each iteration moves it.
That takes no distribution for granted, and under Latin hypercube sampling comes from the replicates (R4). Sources:
Hampel (1974), Journal of the American Statistical Association 69, 383-393, influence; Fisher (1921), the scale atanh
of a correlation; Bonett and Wright (2000), Psychometrika 65, 23-28, the interval of Spearman's; Fieller, Hartley and
Pearson (1957), Biometrika 44, 470-481, that of Kendall's.
"""

from __future__ import annotations

from math import atanh, copysign, sqrt, tanh
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.interval import CONFIDENCE, normal_quantile, student
from riskmc.forecast.outcome import ordered_sum
from riskmc.forecast.replicates import Replicates
from riskmc.kernels.inversions import inversions

_BITS = 32
_LOWER = 2**_BITS - 1
FEWEST = 20  # iterations below which a figure has no interval
Floats = NDArray[np.float64]


class Estimate(NamedTuple):
    """A figure and the ends of its 95% simulation interval; None where it cannot be known."""

    value: float | None
    low: float | None
    high: float | None

    def within(self, least: float, most: float) -> Estimate:
        """Return the estimate with its ends inside the range that the true figure has."""
        low, high = (None if end is None else min(most, max(least, end)) for end in self[1:])
        return Estimate(self.value, low, high)

    def magnitude(self) -> Estimate:
        """Return the estimate of the size of the figure, whatever its sign."""
        if self.value is None or self.low is None or self.high is None:
            return Estimate(None if self.value is None else abs(self.value), None, None)
        ends = sorted((abs(self.low), abs(self.high)))
        return Estimate(abs(self.value), 0.0 if self.low <= 0 <= self.high else ends[0], ends[1])


UNKNOWN = Estimate(None, None, None)


def deviations(values: NDArray[np.int64] | Floats) -> Floats:
    """Return how far each value lies from their mean; sums of whole numbers are exact in any order (R6)."""
    apart = np.asarray(values - values[0])
    total = ordered_sum(apart) if apart.dtype.kind == "f" else float(apart.sum())
    return apart - total / apart.size


def half_width(influence: Floats, replicates: Replicates) -> float | None:
    """Return half the t interval of a figure from the influence of each iteration on it, which is 0 on average."""
    n = influence.size
    if n < FEWEST:
        return None
    found = replicates.mean_half_width(influence, CONFIDENCE)
    if found is not None:
        return found
    return student(n - 1, CONFIDENCE) * sqrt(ordered_sum(np.square(influence)) / (n - 1) / n)


def around(value: float, influence: Floats, replicates: Replicates) -> Estimate:
    """Return a figure with the interval that the influence of the iterations gives it."""
    half = half_width(influence, replicates)
    return Estimate(value, None, None) if half is None else Estimate(value, value - half, value + half)


def mean(values: NDArray[np.int64] | Floats, replicates: Replicates) -> Estimate:
    """Return the mean of the values; of no values it is not known."""
    if not values.size:
        return UNKNOWN
    apart = deviations(values)
    return around(float(values[0]) - float(apart[0]), apart, replicates)


def pearson(first: Floats, second: Floats, replicates: Replicates) -> Estimate:
    """Return the correlation of two rows of deviations; not known where one does not vary."""
    n = first.size
    spreads = sqrt(ordered_sum(np.square(first)) / n), sqrt(ordered_sum(np.square(second)) / n)
    if not all(spreads):
        return UNKNOWN
    x, y = first / spreads[0], second / spreads[1]
    together = x * y
    r = max(-1.0, min(1.0, ordered_sum(together) / n))
    if 1 - r * r < 1e-12:
        return Estimate(*(copysign(1, r),) * 3)
    half = half_width(together - r / 2 * (np.square(x) + np.square(y)), replicates)
    return Estimate(r, None, None) if half is None else _fisher(r, half / (1 - r * r))


def spearman(first: Floats, second: Floats) -> Estimate:
    """Return the correlation of two rows of `ranks`; not known where one does not vary."""
    x, y, n = first - (first.size + 1) / 2, second - (second.size + 1) / 2, first.size
    spread = sqrt(float(np.dot(x, x)) * float(np.dot(y, y)))  # halves of whole numbers: exact in any order (R6)
    if not spread:
        return UNKNOWN
    r = max(-1.0, min(1.0, float(np.dot(x, y)) / spread))
    if n < FEWEST or 1 - r * r < 1e-12:
        return Estimate(r, r, r) if n >= FEWEST else Estimate(r, None, None)
    return _fisher(r, _normal() * sqrt((1 + r * r / 2) / (n - 3)))


def kendall(first: NDArray[np.int64], second: NDArray[np.int64]) -> Estimate:
    """Return Kendall's tau-b (1945) of two rows of whole numbers below 2^31; not known where one does not vary."""
    n, pairs = first.size, _sorted_pairs(second, first)
    lower = pairs & _LOWER
    every, tied = n * (n - 1) // 2, (_tied(pairs >> _BITS), _tied(np.sort(lower)))
    if every in tied:
        return UNKNOWN
    disagreeing = int(inversions(lower, np.empty_like(lower)))
    excess = every - sum(tied) + _tied(pairs) - 2 * disagreeing
    r = excess / sqrt((every - tied[0]) * (every - tied[1]))
    if n < FEWEST or 1 - r * r < 1e-12:
        return Estimate(r, r, r) if n >= FEWEST else Estimate(r, None, None)
    return _fisher(r, _normal() * sqrt(0.437 / (n - 4)))


def ranks(values: NDArray[np.int64]) -> Floats:
    """Return the ranks of the values, whole numbers within 2^31, from 1 to n; equal ones share the mean of theirs."""
    pairs = _sorted_pairs(values, np.arange(values.size))
    sizes = _runs(pairs >> _BITS)
    first = np.cumsum(sizes) - sizes
    found = np.empty(values.size)
    found[pairs & _LOWER] = np.repeat(first + (sizes + 1) / 2, sizes)
    return found


def _sorted_pairs(upper: NDArray[np.int64], lower: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of two rows in order, by ``upper`` and then ``lower``, packed into one number each."""
    return np.sort(((upper - upper.min()) << _BITS) | (lower - lower.min()))


def _runs(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many of each value an ordered row has."""
    ends = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True))
    return np.diff(ends, prepend=-1)


def _tied(ordered: NDArray[np.int64]) -> int:
    """Return how many pairs of an ordered row are equal."""
    sizes = _runs(ordered)
    return int((sizes * (sizes - 1) // 2).sum())


def _fisher(r: float, half: float) -> Estimate:
    """Return the interval of a correlation that has the half width ``half`` on Fisher's scale."""
    centre = atanh(r)
    return Estimate(r, tanh(centre - half), tanh(centre + half))


def _normal() -> float:
    return normal_quantile((1 + CONFIDENCE) / 2)
