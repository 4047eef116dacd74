"""Simulation error under Latin hypercube sampling: it comes from replicates, blocks of iterations that are one design.

Within a replicate the iterations are not independent, so the order statistics and Wilson's interval of independent
ones would overstate the error (R4). Replicates are independent of each other: the share of hits is averaged over each,
and the spread of these averages tells the error of the whole. A percentile is that of the shares turned into ranks.
Sources: McKay, Beckman and Conover (1979); Avramidis and Wilson (1998), Operations Research 46, 574-591; Dong and
Nakayama (2017), Operations Research 65, 1678-1695.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.interval import quantile_ranks, student, wilson

FEWEST = 10  # replicates below which their spread says too little: then as if iterations were independent


@dataclass(frozen=True)
class Replicates:
    """Which iterations belong together: those with the same ``(first + position) // size``; size 1 is independent."""

    size: int = 1
    first: int = 0

    def chance_interval(self, hits: NDArray[np.bool_], confidence: float) -> tuple[float, float]:
        """Return the interval of the probability of which ``hits`` (bool[n]) are the sample."""
        error = self._error(hits)
        if not error:  # independent, or the same share in every replicate, as of what is certain
            return wilson(int(np.count_nonzero(hits)), hits.size, confidence)
        share, half = float(np.mean(hits)), error * student(self._whole(hits).shape[0] - 1, confidence)
        return max(0.0, share - half), min(1.0, share + half)

    def quantile_ranks(self, p: float, below: NDArray[np.bool_], confidence: float) -> tuple[int, int]:
        """Return the ranks (low, high) of the ordered values that hold the true p-quantile between them.

        ``below`` (bool[n]) tells which values do not exceed the estimate. Low is 0, or high n + 1, where the values
        are too few to bound that side.
        """
        low, high = quantile_ranks(below.size, p, confidence)
        error = self._error(below)
        if not error:
            return low, high
        half = error * student(self._whole(below).shape[0] - 1, confidence)
        n = below.size
        return max(low, floor(n * (p - half))), min(high, ceil(n * (p + half)) + 1)

    def mean_half_width(self, samples: NDArray[Any], confidence: float) -> float | None:
        """Return half the t interval of the mean, from the means of the replicates; None where they cannot tell it."""
        whole = self._whole(samples)
        count = whole.shape[0]
        if count < FEWEST:
            return None
        means = np.add.accumulate(whole - samples[0], axis=1, dtype=np.float64)[:, -1] / self.size  # in order (R6)
        apart = means - np.add.accumulate(means)[-1] / count
        spread = float(np.add.accumulate(np.square(apart))[-1])
        return student(count - 1, confidence) * sqrt(spread / (count - 1) / count)

    def _error(self, hits: NDArray[np.bool_]) -> float:
        """Return the standard error of the share of hits; 0 where replicates cannot tell it."""
        whole = self._whole(hits)
        if whole.shape[0] < FEWEST:
            return 0.0
        counts = np.count_nonzero(whole, axis=1)  # whole numbers: the sums below are exact on every machine (R6)
        k, total = counts.size, int(counts.sum())
        spread = k * int((counts.astype(np.int64) ** 2).sum()) - total * total  # k * sum of squared deviations * k
        return sqrt(spread / (k * k * (k - 1))) / self.size

    def _whole(self, hits: NDArray[Any]) -> NDArray[Any]:
        """Return the hits, or samples, of the complete replicates, array[replicates, size]."""
        if self.size == 1:
            return hits[:0].reshape(0, 1)
        start = -self.first % self.size
        count = max(0, (hits.size - start) // self.size)
        return hits[start : start + count * self.size].reshape(count, self.size)


INDEPENDENT = Replicates()
