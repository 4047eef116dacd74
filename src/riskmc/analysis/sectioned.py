"""Figures of all iterations and of fixed sections of them: how a share of a percentile gets its interval.

A share is a sum of differences of percentiles of many cases. The same sum over each section of the iterations is a
small independent run of the same estimate; how far these lie from the estimate of all tells its error. Iterations of
one Latin hypercube stay together.
Source: sectioning, Asmussen and Glynn (2007), Stochastic Simulation, III.5a; Nakayama (2014), ACM Transactions on
Modeling and Computer Simulation 24, article 26.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.paired import Difference
from riskmc.forecast.interval import CONFIDENCE, check_share, quantile_rank, student
from riskmc.forecast.outcome import ordered_sum
from riskmc.forecast.replicates import FEWEST as FEWEST_REPLICATES
from riskmc.forecast.replicates import INDEPENDENT, Replicates

SECTIONS, FEWEST = 25, 10  # sections, and the fewest of which the spread says enough
IN_TAIL, FEWEST_IN_TAIL = 8, 3  # iterations beyond a percentile that a section is to have, and has to have

Samples = NDArray[Any]
Measure = Callable[[Samples], Samples]


@dataclass(frozen=True)
class Quantile:
    """Takes the p-quantile, an order statistic (A1), along the last axis of samples."""

    p: float

    def __call__(self, samples: Samples) -> Samples:
        """Return the quantile of each row of samples."""
        rank = quantile_rank(samples.shape[-1], self.p)
        return np.array(np.partition(samples, rank - 1, axis=-1)[..., rank - 1])  # a copy: it keeps no samples


def quantile_of(p: float) -> Measure:
    """Return what takes the p-quantile along the last axis of samples; ``p`` from 0 to 1."""
    check_share("p", p)
    return Quantile(p)


def mean_of(samples: Samples) -> Samples:
    """Return the mean along the last axis of samples, summed in their order (R6)."""
    return np.asarray(np.add.accumulate(samples, axis=-1)[..., -1] / samples.shape[-1])


def sectioned(samples: Samples, measure: Measure, replicates: Replicates = INDEPENDENT) -> NDArray[np.float64]:
    """Return a figure of all samples and then of each section of them, float64[1 + 25], in their unit.

    Parameters
    ----------
    samples : array[n]
        One value an iteration, in the order of the iterations.
    measure : callable
        Takes the figure along the last axis: ``quantile_of(0.8)``, ``mean_of``.
    replicates : Replicates
        Which iterations are one Latin hypercube: those of the trials.

    Returns
    -------
    float64[26]
        Sections that there are not are NaN: of 25, fewer where 8 iterations are not to be found beyond a percentile
        in each, and none at all where the iterations are too few to tell an error from.
    """
    found = np.full(1 + SECTIONS, np.nan)
    found[0] = measure(samples)
    parts = _sections(samples, measure, replicates)
    if parts is not None:
        found[1 : 1 + len(parts)] = measure(parts)
    return found


def told(figure: NDArray[np.float64], confidence: float = CONFIDENCE) -> Difference:
    """Return a figure made of `sectioned` ones, such as a difference of differences, with its t interval."""
    value, apart = float(figure[0]), figure[1:][~np.isnan(figure[1:])] - figure[0]
    if apart.size < 2:
        return Difference(value, None, None)
    half = student(apart.size - 1, confidence) * sqrt(ordered_sum(np.square(apart)) / (apart.size - 1) / apart.size)
    return Difference(value, value - half, value + half)


def _sections(samples: Samples, measure: Measure, replicates: Replicates) -> Samples | None:
    """Return the samples in sections of equal size, array[sections, size], the last few left out; None if too few."""
    size, start = replicates.size, -replicates.first % replicates.size
    units = max(0, samples.size - start) // size
    if size > 1 and units < FEWEST_REPLICATES:
        size, start, units = 1, 0, samples.size  # as if iterations were independent, like every other interval
    p = measure.p if isinstance(measure, Quantile) else 0.5
    rank = quantile_rank(samples.size, p)
    beyond = min(rank, samples.size - rank)
    if beyond < FEWEST * FEWEST_IN_TAIL:
        return None
    count = min(max(FEWEST, beyond // IN_TAIL), SECTIONS, units)
    each = units // count * size
    return samples[start : start + count * each].reshape(count, each)
